#ifndef TRACEGATE_ADAPTERS_MARKING_FIREARM_TYPES_H_
#define TRACEGATE_ADAPTERS_MARKING_FIREARM_TYPES_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// What the words for a weapon's type say; what they do not say is unspecified or empty.
struct TypeReading {
  v1::FirearmType type = v1::FIREARM_TYPE_UNSPECIFIED;
  v1::ProductionKind production = v1::PRODUCTION_KIND_UNSPECIFIED;
  std::vector<v1::Modification> modifications;  // each once, in the order they were said
};

// The words of tables/firearm_types.csv, in several languages.
//
// Thread safety: immutable once made; all methods may be called from any thread.
class FirearmTypeList {
 public:
  // Reads a table with the header meaning,language,words,source. Errors: INTERNAL naming the line.
  static absl::StatusOr<std::unique_ptr<FirearmTypeList>> Parse(std::string_view csv);

  // The list that the library carries.
  static const FirearmTypeList& Standard();

  // What a text says ("Espingarda de fabricação caseira", "FUZIL cal. 7.62"), words it does not know
  // passed by, the longest phrase first. Two types that exclude one another leave the type
  // unspecified; so does a word that is more than one type ("metralhadora", "arma"). An air weapon
  // is OTHER whatever else it is called, an alarm or signal weapon GAS_OR_SIGNAL.
  TypeReading Read(std::string_view text) const;

 private:
  struct Meaning {
    v1::FirearmType type = v1::FIREARM_TYPE_UNSPECIFIED;
    bool overrides = false;  // of a type: outweighs every other type told
    v1::ProductionKind production = v1::PRODUCTION_KIND_UNSPECIFIED;
    v1::Modification modification = v1::MODIFICATION_UNSPECIFIED;

    bool operator==(const Meaning&) const = default;
  };

  absl::flat_hash_map<std::string, Meaning> words_;
};

// The reading of the standard list.
TypeReading ReadFirearmType(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_FIREARM_TYPES_H_
