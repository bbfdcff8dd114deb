#include "adapters/http/transfer.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "absl/strings/ascii.h"

namespace tracegate {
namespace {

constexpr size_t kHeaderBytesMax = size_t{64} << 10;
constexpr int kLinksMax = 16;
// OpenSSL's names for why a certificate was not believed; libcurl hands them through as numbers.
// 1: the chain was not what was wrong.
constexpr long kChainSound = 1;   // NOLINT(runtime/int): libcurl's type
constexpr long kNotYetValid = 9;  // NOLINT(runtime/int)
constexpr long kExpired = 10;     // NOLINT(runtime/int)

std::string_view CertificateProblem(CURL* handle) {
  long result = 0;  // NOLINT(runtime/int)
  curl_easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &result);
  if (result <= kChainSound) return "shows a certificate for another name";
  if (result == kExpired || result == kNotYetValid) return "shows a certificate out of its time";
  return "shows a certificate that ca_file does not vouch for";
}

std::string_view ProblemOf(CURLcode outcome, CURL* handle) {
  switch (outcome) {
    case CURLE_COULDNT_RESOLVE_HOST: return "is under a name that does not resolve";
    case CURLE_COULDNT_CONNECT: return "accepts no connection";
    case CURLE_PEER_FAILED_VERIFICATION: return CertificateProblem(handle);
    case CURLE_SSL_CONNECT_ERROR: return "broke off the TLS handshake";
    case CURLE_SSL_CACERT_BADFILE: return "cannot be verified: ca_file is not readable as PEM";
    case CURLE_SSL_CERTPROBLEM:
      return "cannot be shown a certificate: certificate_file and key_file are not readable as a "
             "pair";
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR: return "broke off";
    case CURLE_OPERATION_TIMEDOUT: return "took no connection in time";
    default: return curl_easy_strerror(outcome);
  }
}

std::string TypeOf(const char* header) {
  std::string type = header == nullptr ? "" : header;
  type.resize(std::min(type.size(), type.find(';')));
  absl::StripAsciiWhitespace(&type);
  return absl::AsciiStrToLower(type);
}

absl::Status NoAnswer(std::string_view problem) {
  return absl::UnavailableError({problem.data(), problem.size()});
}

}  // namespace

Transfer::Transfer(CURL* handle, const TlsFiles& tls, size_t answer_bytes_max,
                   const HttpRequest& request)
    : handle_(handle), answer_bytes_max_(answer_bytes_max) {
  // Takes back what an earlier request set, and keeps its connection.
  curl_easy_reset(handle_);
  SetTls(tls);
  SetRequest(request);
  SetSinks();
}

template <typename Value>
void Transfer::Set(CURLoption option, Value value) {
  const CURLcode outcome = curl_easy_setopt(handle_, option, value);
  if (set_up_ == CURLE_OK) set_up_ = outcome;
}

void Transfer::SetTls(const TlsFiles& tls) {
  Set(CURLOPT_SSL_VERIFYPEER, 1L);
  Set(CURLOPT_SSL_VERIFYHOST, 2L);
  Set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));  // NOLINT(runtime/int)
  Set(CURLOPT_CAINFO, tls.ca_file.c_str());
  // Or the system's CAs would be good enough beside it.
  Set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  // A file that changed counts for the next connection.
  Set(CURLOPT_CA_CACHE_TIMEOUT, 0L);
  if (tls.certificate_file.empty()) return;
  Set(CURLOPT_SSLCERT, tls.certificate_file.c_str());
  Set(CURLOPT_SSLKEY, tls.key_file.c_str());
}

void Transfer::SetRequest(const HttpRequest& request) {
  Set(CURLOPT_URL, request.url.text().c_str());
  Set(CURLOPT_PROTOCOLS_STR, "https");
  Set(CURLOPT_FOLLOWLOCATION, 0L);
  Set(CURLOPT_PROXY, "");                                     // not even the environment's
  Set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));  // NOLINT(runtime/int)
  Set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));  // NOLINT(runtime/int)
  // A path is sent as it was written, dots included.
  Set(CURLOPT_PATH_AS_IS, 1L);
  // No alarm signals in a process of many threads; and no waiting for a name server when a request is
  // given up.
  Set(CURLOPT_NOSIGNAL, 1L);
  Set(CURLOPT_QUICK_EXIT, 1L);
  if (request.body) {
    Set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body->size()));
    Set(CURLOPT_POSTFIELDS, request.body->data());
  }
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  for (const std::string& header : request.headers) {
    curl_slist* longer = list == nullptr ? nullptr : curl_slist_append(list, header.c_str());
    if (longer == nullptr) set_up_ = CURLE_OUT_OF_MEMORY;
  }
  headers_.reset(list);
  Set(CURLOPT_HTTPHEADER, headers_.get());
}

void Transfer::SetSinks() {
  Set(CURLOPT_WRITEFUNCTION, &Transfer::TakeBody);
  Set(CURLOPT_WRITEDATA, this);
  Set(CURLOPT_HEADERFUNCTION, &Transfer::TakeHeader);
  Set(CURLOPT_HEADERDATA, this);
}

// Taking less than all makes libcurl break off.
size_t Transfer::TakeBody(char* bytes, size_t one, size_t size, void* self) {
  auto* transfer = static_cast<Transfer*>(self);
  std::string& body = transfer->answer_.body;
  if (size * one > transfer->answer_bytes_max_ - body.size()) {
    transfer->too_large_ = true;
    return 0;
  }
  body.append(bytes, size * one);
  return size * one;
}

size_t Transfer::TakeHeader(char* /*bytes*/, size_t one, size_t size, void* self) {
  auto* transfer = static_cast<Transfer*>(self);
  transfer->header_bytes_ += size * one;
  transfer->too_large_ = transfer->too_large_ || transfer->header_bytes_ > kHeaderBytesMax;
  return transfer->too_large_ ? 0 : size * one;
}

absl::StatusOr<HttpAnswer> Transfer::Answer(CURLcode outcome) {
  if (set_up_ != CURLE_OK) outcome = set_up_;
  if (too_large_) {
    return NoAnswer("answers more than " + std::to_string(answer_bytes_max_) + " bytes");
  }
  if (outcome != CURLE_OK) return NoAnswer(ProblemOf(outcome, handle_));
  ReadHeaders();
  return std::move(answer_);
}

void Transfer::ReadHeaders() {
  long status = 0;  // NOLINT(runtime/int): libcurl's type
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  answer_.status = static_cast<int>(status);
  const char* type = nullptr;
  curl_easy_getinfo(handle_, CURLINFO_CONTENT_TYPE, &type);
  answer_.content_type = TypeOf(type);
  curl_off_t seconds = 0;
  curl_easy_getinfo(handle_, CURLINFO_RETRY_AFTER, &seconds);
  answer_.retry_after = absl::Seconds(seconds);
  curl_header* header = nullptr;
  for (size_t i = 0; i < kLinksMax; ++i) {
    if (curl_easy_header(handle_, "Link", i, CURLH_HEADER, -1, &header) != CURLHE_OK) break;
    answer_.links.emplace_back(header->value);
  }
}

}  // namespace tracegate
