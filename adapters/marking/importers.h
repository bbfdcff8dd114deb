#ifndef TRACEGATE_ADAPTERS_MARKING_IMPORTERS_H_
#define TRACEGATE_ADAPTERS_MARKING_IMPORTERS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"

namespace tracegate {

// One row of tables/importers.csv.
struct Importer {
  std::string name;
  std::string state;  // ISO 3166-1 alpha-2
  std::string place;  // where it is or was, for people
};

// Importers whose marks stand on weapons, under the names and letters they mark.
//
// Thread safety: immutable once made; all methods may be called from any thread. What is returned
// lives as long as the list.
class ImporterList {
 public:
  // Reads a table with the header name,aliases,state,place,source. Errors: INTERNAL naming the
  // line.
  static absl::StatusOr<std::unique_ptr<ImporterList>> Parse(std::string_view csv);

  // The list that the library carries.
  static const ImporterList& Standard();

  // The importer of exactly that name after folding; null where there is none.
  const Importer* Find(std::string_view text) const;

 private:
  std::vector<Importer> importers_;
  absl::flat_hash_map<std::string, size_t> index_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_IMPORTERS_H_
