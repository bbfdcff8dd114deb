#include "gateway/identity/tls_floor.h"

#include <openssl/conf.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <memory>
#include <string>
#include <string_view>

#include "gateway/identity/certificate_text.h"
#include "gateway/identity/x509_handles.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

using ContextPtr = std::unique_ptr<SSL_CTX, x509::Freeing<SSL_CTX_free>>;
using ConfigurationPtr = std::unique_ptr<CONF, x509::Freeing<NCONF_free>>;

// Protocol and not MinProtocol: gRPC sets the minimum version of its contexts to 1.2 after OpenSSL
// has applied this, but leaves the options that switch single versions off. The cipher string is
// Debian's; without it, replacing the section would lower the security level.
constexpr std::string_view kConfiguration = R"(
openssl_conf = tracegate
[tracegate]
ssl_conf = tracegate_ssl
[tracegate_ssl]
system_default = tracegate_tls_floor
[tracegate_tls_floor]
Protocol = -SSLv3, -TLSv1, -TLSv1.1, -TLSv1.2
CipherString = DEFAULT:@SECLEVEL=2
)";

absl::Status NotTaken(const std::string& step) {
  return Failure(v1::REASON_INTERNAL, "cannot require TLS 1.3: OpenSSL refused " + step + " (" +
                                          x509::TakeLibraryError() + ")");
}

}  // namespace

absl::Status RequireTls13() {
  // OpenSSL reads its default configuration once, at the first TLS use. If that came after ours it
  // would undo ours, so it is brought about now.
  if (OPENSSL_init_ssl(OPENSSL_INIT_LOAD_CONFIG | OPENSSL_INIT_LOAD_SSL_STRINGS, nullptr) != 1) {
    return NotTaken("to start");
  }
  x509::BioPtr bio(BIO_new_mem_buf(kConfiguration.data(), static_cast<int>(kConfiguration.size())));
  ConfigurationPtr configuration(NCONF_new(nullptr));
  if (NCONF_load_bio(configuration.get(), bio.get(), nullptr) != 1) {
    return NotTaken("to read the configuration");
  }
  if (CONF_modules_load(configuration.get(), nullptr, 0) != 1) {
    return NotTaken("the configuration");
  }
  ContextPtr context(SSL_CTX_new(TLS_server_method()));
  if (context == nullptr) return NotTaken("to make a TLS context");
  constexpr uint64_t kOff =
      SSL_OP_NO_SSLv3 | SSL_OP_NO_TLSv1 | SSL_OP_NO_TLSv1_1 | SSL_OP_NO_TLSv1_2;
  if ((SSL_CTX_get_options(context.get()) & kOff) != kOff) {
    return NotTaken("to apply it to a new TLS context");
  }
  return absl::OkStatus();
}

}  // namespace tracegate
