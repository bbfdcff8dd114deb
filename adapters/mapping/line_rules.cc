#include "adapters/mapping/line_rules.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace tracegate {
namespace {

using google::protobuf::Message;

// What decides in which figure a transfer is counted: half read, it would be counted in another.
bool IsDecisive(const std::string& path) {
  static constexpr std::string_view kPaths[] = {"basis",
                                                "kind",
                                                "date",
                                                "date.year",
                                                "states.exporting",
                                                "states.importing",
                                                "states.transit",
                                                "category",
                                                "subcategory",
                                                "states.trans_shipment",
                                                "states.final_destination"};
  return std::find(std::begin(kPaths), std::end(kPaths), path) != std::end(kPaths);
}

// What became of the rules of one message.
struct Outcome {
  std::set<std::string> put;  // paths
  std::set<std::string> lost;
  bool stopped = false;
};

Outcome ApplyAll(const std::vector<FieldRule>& rules, const SourceRow& row, Message* root,
                 std::vector<TransferLoss>* losses) {
  Outcome outcome;
  for (const bool constants : {false, true}) {
    for (const FieldRule& rule : rules) {
      if (rule.is_constant() != constants) continue;
      std::vector<v1::TranslationLoss> told;
      const RuleOutcome translated = rule.Apply(row, "", root, &told);
      const std::string& path = rule.target().path();
      const bool lost = translated == RuleOutcome::kLost;
      const bool stops = lost && (rule.required() || IsDecisive(path));
      outcome.stopped = outcome.stopped || stops;
      if (lost) outcome.lost.insert(path);
      if (translated == RuleOutcome::kPut) outcome.put.insert(path);
      for (const v1::TranslationLoss& loss : told) {
        losses->push_back({loss.name(), loss.value(), loss.reason(), stops});
      }
    }
  }
  return outcome;
}

// The column that fills `path`; of several the first.
const FieldRule* ColumnRule(const std::vector<FieldRule>& rules, std::string_view path) {
  for (const FieldRule& rule : rules) {
    if (rule.target().path() == path && !rule.is_constant()) return &rule;
  }
  return nullptr;
}

// Says that something is not there without which there is no record.
void Miss(const std::vector<FieldRule>& rules, const SourceRow& row, std::string_view path,
          const std::string& what, Outcome* outcome, std::vector<TransferLoss>* losses) {
  outcome->stopped = true;
  const FieldRule* const rule = ColumnRule(rules, path);
  const std::string column = rule == nullptr ? "" : rule->column();
  if (outcome->lost.contains(std::string(path))) {
    for (TransferLoss& loss : *losses) {
      if (loss.column == column) loss.stops = true;
    }
    return;
  }
  const bool is_empty = rule != nullptr && !rule->HasValue(row);
  losses->push_back({column, "", is_empty ? "is empty; " + what : what, true});
}

bool NeedsSubcategory(v1::ArmsCategory category) {
  return category == v1::ARMS_CATEGORY_COMBAT_AIRCRAFT ||
         category == v1::ARMS_CATEGORY_ATTACK_HELICOPTERS ||
         category == v1::ARMS_CATEGORY_MISSILES_AND_LAUNCHERS ||
         category == v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS;
}

// Quantity and value, each whole or not at all.
void CheckFigures(const std::vector<FieldRule>& rules, const SourceRow& row, v1::TransferLine* line,
                  Outcome* outcome, std::vector<TransferLoss>* losses) {
  const bool has_quantity = outcome->put.contains("quantity.amount");
  const bool has_value = outcome->put.contains("value.units");
  if (!has_quantity) line->clear_quantity();
  if (!has_value) line->clear_value();
  if (!has_quantity && !has_value) {
    const char* const path =
        ColumnRule(rules, "value.units") == nullptr ? "quantity.amount" : "value.units";
    return Miss(rules, row, path, "a line needs a quantity or a value", outcome, losses);
  }
  if (has_quantity && line->quantity().unit() == v1::QUANTITY_UNIT_UNSPECIFIED) {
    Miss(rules, row, "quantity.unit", "a quantity needs its unit", outcome, losses);
  }
  if (has_value && line->value().currency().empty()) {
    Miss(rules, row, "value.currency", "a value needs its currency", outcome, losses);
  }
}

}  // namespace

bool FillRecord(const std::vector<FieldRule>& rules, const SourceRow& row,
                v1::TransferRecord* record, std::vector<TransferLoss>* losses) {
  record->mutable_states();  // there is no transfer without: constants belong to it
  Outcome outcome = ApplyAll(rules, row, record, losses);
  const auto need = [&](bool is_there, const char* path, const char* what) {
    if (!is_there && !outcome.stopped) Miss(rules, row, path, what, &outcome, losses);
  };
  need(record->basis() != v1::TRANSFER_BASIS_UNSPECIFIED, "basis", "authorised or actual?");
  need(record->kind() != v1::TRANSFER_KIND_UNSPECIFIED, "kind", "export, import or other?");
  need(record->date().year() != 0, ColumnRule(rules, "date") == nullptr ? "date.year" : "date",
       "a record needs its year");
  need(!record->states().exporting().empty(), "states.exporting",
       "a record needs its exporting State");
  return !outcome.stopped;
}

bool FillLine(const std::vector<FieldRule>& rules, const SourceRow& row, v1::TransferLine* line,
              std::vector<TransferLoss>* losses) {
  Outcome outcome = ApplyAll(rules, row, line, losses);
  CheckFigures(rules, row, line, &outcome, losses);
  if (line->category() == v1::ARMS_CATEGORY_UNSPECIFIED && !outcome.lost.contains("category")) {
    Miss(rules, row, "category", "a line needs its category", &outcome, losses);
  }
  if (NeedsSubcategory(line->category()) && !outcome.lost.contains("subcategory") &&
      line->subcategory() == v1::ARMS_SUBCATEGORY_UNSPECIFIED) {
    Miss(rules, row, "subcategory", "the category needs a sub-category", &outcome, losses);
  }
  return !outcome.stopped;
}

}  // namespace tracegate
