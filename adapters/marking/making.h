#ifndef TRACEGATE_ADAPTERS_MARKING_MAKING_H_
#define TRACEGATE_ADAPTERS_MARKING_MAKING_H_

#include <string>

#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// How a weapon came to be, where no factory stands behind it as it is: nobody's rules marked it, so
// no maker's registry knows it, and other things can be asked.
struct Making {
  // CRAFT, PRIVATELY_MADE, KIT_BUILT or PRINTED; UNSPECIFIED: nothing says so.
  v1::ProductionKind production = v1::PRODUCTION_KIND_UNSPECIFIED;
  bool converted = false;    // from blank-firing, air or signal arms
  bool reactivated = false;  // was deactivated once
  bool copied = false;       // said to bear another maker's mark falsely
  std::string said;          // the first words that say so, as written; empty where a field says it

  bool IsHomeMade() const { return production != v1::PRODUCTION_KIND_UNSPECIFIED; }
  bool IsOrdinary() const { return !IsHomeMade() && !converted && !reactivated && !copied; }
};

// Reads it from the weapon's production and modifications, which count for more, and from words in
// maker, model, type, description and serial number (tables/words.csv). A part: from its maker and
// the weapon that it was found on. INDUSTRIAL told by a field silences words for home-made ones.
// Pure; any thread; linear time.
Making MakingOf(const v1::Item& item);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MAKING_H_
