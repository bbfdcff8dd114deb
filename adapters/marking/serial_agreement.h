#ifndef TRACEGATE_ADAPTERS_MARKING_SERIAL_AGREEMENT_H_
#define TRACEGATE_ADAPTERS_MARKING_SERIAL_AGREEMENT_H_

#include <string>
#include <string_view>

#include "adapters/marking/serial.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// A partly read serial with fewer characters than this says nothing of any weapon.
inline constexpr int kSerialReadMin = 3;

// Whether two serial numbers can be one.
struct SerialAgreement {
  // UNSPECIFIED: they cannot. AGREES: the same characters, all read. CONFUSABLE: the same if
  // characters were taken for one another. COMPATIBLE: the same as far as they are read.
  v1::MatchEffect effect = v1::MATCH_EFFECT_UNSPECIFIED;
  double score = 0;            // 0..1
  std::string_view note = "";  // for people; empty where they agree
  std::string confused;        // goes on from the note: which characters, "0/O, 1/I"
  // The one number is the other with letters or zeros more: what was read may be all that is left of
  // the longer.
  bool one_is_longer = false;
};

// Compares every number of one reading with every number of the other, up to eight each; the best
// counts. A number that was not chosen for the frame agrees at best as CONFUSABLE. Symmetric in
// effect and score.
SerialAgreement CompareSerials(const SerialReading& asked, const SerialReading& recorded);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SERIAL_AGREEMENT_H_
