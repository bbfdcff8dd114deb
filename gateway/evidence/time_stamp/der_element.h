#ifndef TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_DER_ELEMENT_H_
#define TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_DER_ELEMENT_H_

#include <optional>
#include <string_view>

namespace tracegate::ts {

// One ASN.1 element of definite length, as parts of the bytes it was read from.
struct Element {
  int tag = 0;  // V_ASN1_...; universal class only
  std::string_view whole;
  std::string_view contents;
};

// Takes one element off the front of `bytes`; nothing, and `bytes` unchanged, where there is none.
// Internal to this room.
std::optional<Element> TakeElement(std::string_view& bytes);

}  // namespace tracegate::ts

#endif  // TRACEGATE_GATEWAY_EVIDENCE_TIME_STAMP_DER_ELEMENT_H_
