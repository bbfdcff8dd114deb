#ifndef TRACEGATE_ADAPTERS_MARKING_MODELS_H_
#define TRACEGATE_ADAPTERS_MARKING_MODELS_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "adapters/marking/makers.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// One row of tables/models.csv. Families and patterns that many make ("Kalashnikov", "AKM") have no
// makers; a model of one maker's is called by both words ("Taurus PT 92").
struct Model {
  enum class Origin { kOwn, kLicence, kCopy };

  std::string canonical;
  std::string parent;               // what it is a variant of, canonical; empty of a family
  std::vector<std::string> makers;  // canonical
  Origin origin = Origin::kOwn;
  std::string original_maker;         // whose design was licensed or copied; empty of kOwn
  std::vector<std::string> calibres;  // none where it comes in many
  v1::FirearmType type = v1::FIREARM_TYPE_UNSPECIFIED;
};

// The models of weapons in families: "AK-47" as officers write it is a family, "Type 56" one of its
// variants, and a variant may have variants.
//
// Thread safety: immutable once made; all methods may be called from any thread. What is returned
// lives as long as the catalogue.
class ModelCatalogue {
 public:
  // Reads a table with the header canonical,aliases,parent,makers,origin,calibres,type,source; the
  // parent stands in an earlier row, the origin is "licence:Beretta" or "copy:Colt", the type a
  // FirearmType without its prefix. Errors: INTERNAL naming the line.
  static absl::StatusOr<std::unique_ptr<ModelCatalogue>> Parse(std::string_view csv,
                                                               const MakerCatalogue& makers);

  // The catalogue that the library carries.
  static const ModelCatalogue& Standard();

  // The term with `canonical` or `could_be` set from `verbatim` and what was read of the maker: "92"
  // is a Beretta of Beretta's and a Taurus of Taurus's, and anybody's of nobody's. With a known
  // maker, that maker's models, else the families; without one, what one maker alone calls so, but
  // figures alone only may be. Prefixes ("Mod."), the maker's name, and a calibre or finish behind
  // do not count. A cell that a spreadsheet made a date ("24/7") only may be.
  v1::Term Read(std::string_view verbatim, const v1::Term& maker) const;

  // The model of that canonical name; null where there is none.
  const Model* Find(std::string_view canonical) const;

  // Whether `model` is `other` or one of its variants.
  bool IsA(const Model& model, const Model& other) const;

  // The family at the top of the model's line.
  const Model& FamilyOf(const Model& model) const;

  const std::vector<Model>& All() const { return models_; }

  // The places in All() of the models that have a name, folded (see FoldWord); none for a name in
  // no row.
  const std::vector<size_t>& Named(std::string_view key) const;

 private:
  absl::Status AddRow(const std::vector<std::string>& fields, const MakerCatalogue& makers);
  absl::Status SetOrigin(std::string_view text, const MakerCatalogue& makers, Model& model) const;
  void AddName(std::string_view name, size_t model);

  std::vector<Model> models_;
  absl::flat_hash_map<std::string, size_t> canonical_;
  absl::flat_hash_map<std::string, std::vector<size_t>> names_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MODELS_H_
