#include "gateway/evidence/time_stamp/der_element.h"

#include <openssl/asn1.h>
#include <openssl/err.h>

namespace tracegate::ts {
namespace {

// ASN1_get_object sets these bits in its result for an error and for an indefinite length.
constexpr int kError = 0x80;
constexpr int kIndefinite = 0x01;

}  // namespace

std::optional<Element> TakeElement(std::string_view& bytes) {
  const auto* const start = reinterpret_cast<const unsigned char*>(bytes.data());
  const unsigned char* contents = start;
  long length = 0;  // NOLINT(runtime/int): OpenSSL's type
  int tag = 0;
  int tag_class = 0;
  const int form = ASN1_get_object(&contents, &length, &tag, &tag_class,
                                   static_cast<long>(bytes.size()));  // NOLINT(runtime/int)
  if ((form & kError) != 0) ERR_clear_error();
  if ((form & (kError | kIndefinite)) != 0 || tag_class != V_ASN1_UNIVERSAL) return std::nullopt;
  const size_t header_bytes = static_cast<size_t>(contents - start);
  const size_t whole_bytes = header_bytes + static_cast<size_t>(length);
  const Element element{tag, bytes.substr(0, whole_bytes),
                        bytes.substr(header_bytes, static_cast<size_t>(length))};
  bytes.remove_prefix(whole_bytes);
  return element;
}

}  // namespace tracegate::ts
