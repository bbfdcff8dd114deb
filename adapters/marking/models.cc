#include "adapters/marking/models.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/csv_table.h"
#include "adapters/marking/model_reader.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "models.csv";

std::vector<std::string> Strings(std::string_view field) {
  std::vector<std::string> strings;
  for (const std::string_view part : ListOf(field)) strings.emplace_back(part);
  return strings;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ModelCatalogue>> ModelCatalogue::Parse(
    std::string_view csv, const MakerCatalogue& makers) {
  auto rows = ReadCsv(csv, "canonical,aliases,parent,makers,origin,calibres,type,source");
  if (!rows.ok()) return rows.status();
  auto catalogue = std::make_unique<ModelCatalogue>();
  for (const CsvRow& row : *rows) {
    const absl::Status added = catalogue->AddRow(row.fields, makers);
    if (!added.ok())
      return TableFault(kTable, row.line, {added.message().data(), added.message().size()});
  }
  return catalogue;
}

absl::Status ModelCatalogue::AddRow(const std::vector<std::string>& fields,
                                    const MakerCatalogue& makers) {
  Model model;
  model.canonical = fields[0];
  model.parent = fields[2];
  model.makers = Strings(fields[3]);
  model.calibres = Strings(fields[5]);
  if (fields[7].empty()) return absl::InternalError("has no source");
  if (!model.parent.empty() && Find(model.parent) == nullptr)
    return absl::InternalError("is a variant of '" + model.parent +
                               "', which no row before it has");
  for (const std::string& maker : model.makers) {
    if (makers.Find(maker) == nullptr)
      return absl::InternalError("has the unknown maker '" + maker + "'");
  }
  if (const absl::Status set = SetOrigin(fields[4], makers, model); !set.ok()) return set;
  if (!fields[6].empty() && !v1::FirearmType_Parse("FIREARM_TYPE_" + fields[6], &model.type))
    return absl::InternalError("has an unknown type");
  const size_t index = models_.size();
  if (FoldWord(model.canonical).empty()) return absl::InternalError("has no name");
  if (!canonical_.emplace(model.canonical, index).second)
    return absl::InternalError("repeats a model");
  AddName(model.canonical, index);
  for (const std::string& maker : model.makers) {
    if (model.canonical.starts_with(maker + " "))
      AddName(std::string_view(model.canonical).substr(maker.size()), index);
  }
  for (const std::string_view alias : ListOf(fields[1])) {
    if (FoldWord(alias).empty()) return absl::InternalError("has a name without letters or digits");
    AddName(alias, index);
  }
  models_.push_back(std::move(model));
  return absl::OkStatus();
}

absl::Status ModelCatalogue::SetOrigin(std::string_view text, const MakerCatalogue& makers,
                                       Model& model) const {
  if (text.empty()) return absl::OkStatus();
  const size_t colon = std::min(text.find(':'), text.size());
  const std::string_view kind = text.substr(0, colon);
  if (kind != "licence" && kind != "copy")
    return absl::InternalError("has an origin that is neither licence nor copy");
  model.origin = kind == "licence" ? Model::Origin::kLicence : Model::Origin::kCopy;
  model.original_maker = text.substr(std::min(colon + 1, text.size()));
  if (makers.Find(model.original_maker) == nullptr)
    return absl::InternalError("has an origin with an unknown maker");
  return absl::OkStatus();
}

void ModelCatalogue::AddName(std::string_view name, size_t model) {
  std::vector<size_t>& models = names_[FoldWord(name)];
  if (models.empty() || models.back() != model) models.push_back(model);
}

const ModelCatalogue& ModelCatalogue::Standard() {
  static const ModelCatalogue* const kCatalogue =
      MustParse(Parse(ModelsCsv(), MakerCatalogue::Standard()));
  return *kCatalogue;
}

v1::Term ModelCatalogue::Read(std::string_view verbatim, const v1::Term& maker) const {
  return ModelReader(*this, maker).Read(verbatim);
}

const Model* ModelCatalogue::Find(std::string_view canonical) const {
  const auto found = canonical_.find(std::string(canonical));
  return found == canonical_.end() ? nullptr : &models_[found->second];
}

bool ModelCatalogue::IsA(const Model& model, const Model& other) const {
  const Model* at = &model;
  while (at != nullptr && at != &other) at = Find(at->parent);
  return at != nullptr;
}

const Model& ModelCatalogue::FamilyOf(const Model& model) const {
  const Model* at = &model;
  while (!at->parent.empty()) at = Find(at->parent);
  return *at;
}

const std::vector<size_t>& ModelCatalogue::Named(std::string_view key) const {
  static const auto* const kNone = new std::vector<size_t>;
  const auto found = names_.find(std::string(key));
  return found == names_.end() ? *kNone : found->second;
}

}  // namespace tracegate
