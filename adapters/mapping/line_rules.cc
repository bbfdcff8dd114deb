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
std::string ColumnOf(const std::vector<FieldRule>& rules, std::string_view path) {
  for (const FieldRule& rule : rules) {
    if (rule.target().path() == path && !rule.is_constant()) return rule.column();
  }
  return "";
}

// Says that something is not there without which there is no record.
void Miss(const std::vector<FieldRule>& rules, std::string_view path, const std::string& what,
          Outcome* outcome, std::vector<TransferLoss>* losses) {
  outcome->stopped = true;
  const std::string column = ColumnOf(rules, path);
  if (outcome->lost.contains(std::string(path))) {
    for (TransferLoss& loss : *losses) {
      if (loss.column == column) loss.stops = true;
    }
    return;
  }
  losses->push_back({column, "", "is empty; " + what, true});
}

bool NeedsSubcategory(v1::ArmsCategory category) {
  return category == v1::ARMS_CATEGORY_COMBAT_AIRCRAFT ||
         category == v1::ARMS_CATEGORY_ATTACK_HELICOPTERS ||
         category == v1::ARMS_CATEGORY_MISSILES_AND_LAUNCHERS ||
         category == v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS;
}

// Quantity and value, each whole or not at all.
void CheckFigures(const std::vector<FieldRule>& rules, v1::TransferLine* line, Outcome* outcome,
                  std::vector<TransferLoss>* losses) {
  const bool has_quantity = outcome->put.contains("quantity.amount");
  const bool has_value = outcome->put.contains("value.units");
  if (!has_quantity) line->clear_quantity();
  if (!has_value) line->clear_value();
  if (!has_quantity && !has_value) {
    const char* const path =
        ColumnOf(rules, "value.units").empty() ? "quantity.amount" : "value.units";
    return Miss(rules, path, "a line needs a quantity or a value", outcome, losses);
  }
  if (has_quantity && line->quantity().unit() == v1::QUANTITY_UNIT_UNSPECIFIED) {
    Miss(rules, "quantity.unit", "a quantity needs its unit", outcome, losses);
  }
  if (has_value && line->value().currency().empty()) {
    Miss(rules, "value.currency", "a value needs its currency", outcome, losses);
  }
}

}  // namespace

bool FillRecord(const std::vector<FieldRule>& rules, const SourceRow& row,
                v1::TransferRecord* record, std::vector<TransferLoss>* losses) {
  record->mutable_states();  // there is no transfer without: constants belong to it
  Outcome outcome = ApplyAll(rules, row, record, losses);
  const auto need = [&](bool is_there, const char* path, const char* what) {
    if (!is_there && !outcome.stopped) Miss(rules, path, what, &outcome, losses);
  };
  need(record->basis() != v1::TRANSFER_BASIS_UNSPECIFIED, "basis", "authorised or actual?");
  need(record->kind() != v1::TRANSFER_KIND_UNSPECIFIED, "kind", "export, import or other?");
  need(record->date().year() != 0, ColumnOf(rules, "date").empty() ? "date.year" : "date",
       "a record needs its year");
  need(!record->states().exporting().empty(), "states.exporting",
       "a record needs its exporting State");
  return !outcome.stopped;
}

bool FillLine(const std::vector<FieldRule>& rules, const SourceRow& row, v1::TransferLine* line,
              std::vector<TransferLoss>* losses) {
  Outcome outcome = ApplyAll(rules, row, line, losses);
  CheckFigures(rules, line, &outcome, losses);
  if (line->category() == v1::ARMS_CATEGORY_UNSPECIFIED && !outcome.lost.contains("category")) {
    Miss(rules, "category", "a line needs its category", &outcome, losses);
  }
  if (NeedsSubcategory(line->category()) && !outcome.lost.contains("subcategory") &&
      line->subcategory() == v1::ARMS_SUBCATEGORY_UNSPECIFIED) {
    Miss(rules, "subcategory", "the category needs a sub-category", &outcome, losses);
  }
  return !outcome.stopped;
}

}  // namespace tracegate
