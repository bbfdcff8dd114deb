#include "gateway/evidence/time_stamp/ts_text.h"

#include <openssl/err.h>

#include <algorithm>
#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate::ts {
namespace {

constexpr size_t kTextBytesMax = 200;
constexpr int kDottedBytesMax = 128;

std::string Cut(std::string text) {
  if (text.size() <= kTextBytesMax) return text;
  text.resize(kTextBytesMax);
  return text + "...";
}

}  // namespace

absl::Status Refused(std::string_view part, std::string_view problem) {
  return FieldFailure(v1::REASON_FIELD_INVALID, "time_stamp." + std::string(part), problem);
}

std::string Quoted(std::string_view text) {
  std::string shown(text.substr(0, kTextBytesMax + 1));
  for (char& c : shown) {
    if (c < 0x20 || c > 0x7e) c = '?';
  }
  return Cut(std::move(shown));
}

std::string Subject(const X509* certificate) {
  const BioPtr bio(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(bio.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253);
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(bio.get(), &bytes);
  // The format escapes all but printable ASCII by itself.
  return Cut({bytes, static_cast<size_t>(std::max<decltype(size)>(size, 0))});
}

std::string Dotted(const ASN1_OBJECT* object) {
  char text[kDottedBytesMax] = "";
  if (object != nullptr) OBJ_obj2txt(text, sizeof text, object, /*no_name=*/1);
  return text;
}

std::string TakeLibraryError() {
  const char* detail = nullptr;
  int flags = 0;
  const unsigned long code =  // NOLINT(runtime/int): OpenSSL's type
      ERR_get_error_all(nullptr, nullptr, nullptr, &detail, &flags);
  const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
  std::string text = reason == nullptr ? "no further detail" : reason;
  if ((flags & ERR_TXT_STRING) != 0 && detail != nullptr && *detail != '\0') {
    text += ": " + Quoted(detail);
  }
  // The queue is the thread's: what stays there would be taken for the next user's error.
  ERR_clear_error();
  return text;
}

std::string_view BytesOf(const ASN1_STRING* string) {
  if (string == nullptr) return {};
  return {reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
          static_cast<size_t>(ASN1_STRING_length(string))};
}

}  // namespace tracegate::ts
