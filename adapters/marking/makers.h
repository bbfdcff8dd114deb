#ifndef TRACEGATE_ADAPTERS_MARKING_MAKERS_H_
#define TRACEGATE_ADAPTERS_MARKING_MAKERS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// One row of tables/makers.csv.
struct Maker {
  struct Site {
    std::string state;  // ISO 3166-1 alpha-2 of today
    std::string note;   // the works, and what was made there
  };

  std::string canonical;
  std::vector<Site> sites;  // the main one first; empty where none is known
  std::string successor;    // who has its records or its name; may be in no row
  std::string status;       // "active", "closed", "absorbed", "unknown"
};

// The makers of weapons, under every name they are written by. One name may be several makers'.
//
// Thread safety: immutable once made; all methods may be called from any thread. What is returned
// lives as long as the catalogue.
class MakerCatalogue {
 public:
  // Reads a table with the header canonical,aliases,sites,successor,status,source; a site is "AT"
  // or "US=Smyrna GA". Errors: INTERNAL naming the line.
  static absl::StatusOr<std::unique_ptr<MakerCatalogue>> Parse(std::string_view csv);

  // The catalogue that the library carries.
  static const MakerCatalogue& Standard();

  // The term with `canonical` set where one maker has the name, `could_be` where several have,
  // neither where none has. Exact after folding; no guess.
  v1::Term Read(std::string_view verbatim) const;

  // The maker of that canonical name; null where there is none.
  const Maker* Find(std::string_view canonical) const;

  // The makers that a read term names: none, one, or as many as could be.
  std::vector<const Maker*> Named(const v1::Term& read) const;

  const std::vector<Maker>& All() const { return makers_; }

 private:
  std::vector<Maker> makers_;
  absl::flat_hash_map<std::string, std::vector<size_t>> index_;
  absl::flat_hash_map<std::string, size_t> canonical_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MAKERS_H_
