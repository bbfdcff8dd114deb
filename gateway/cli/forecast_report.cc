#include "gateway/cli/forecast_report.h"

#include "gateway/cli/table.h"
#include "gateway/cli/typed_time.h"

namespace tracegate {
namespace {

using nlohmann::json;

json CountOf(const EntryCount& count) {
  json out = {{"entries", count.entries}, {"bytes", count.bytes}};
  if (count.entries > 0) {
    out["first"] = count.first;
    out["last"] = count.last;
  }
  return out;
}

void AddRow(const std::string& what, const EntryCount& count, Table* table) {
  const bool any = count.entries > 0;
  table->Add({what, std::to_string(count.entries), std::to_string(count.bytes),
              any ? std::to_string(count.first) : "-", any ? std::to_string(count.last) : "-"});
}

}  // namespace

json ForecastReport(const RetentionForecast& forecast, absl::Time at) {
  json out = {{"at", TimeText(at)},
              {"rules", json::array()},
              {"held", CountOf(forecast.held)},
              {"running", CountOf(forecast.running)},
              {"open_trace", CountOf(forecast.open_trace)},
              {"no_rule", CountOf(forecast.no_rule)},
              {"without_content", forecast.nothing},
              {"kept_for_ever", forecast.for_ever},
              {"holds", json::array()}};
  for (const auto& rule : forecast.rules) {
    json one = CountOf(rule.due);
    one["id"] = rule.id;
    one["source"] = rule.source;
    out["rules"].push_back(std::move(one));
  }
  for (const auto& hold : forecast.holds) {
    out["holds"].push_back(
        {{"hold_id", hold.hold_id()}, {"trace_id", hold.trace_id()}, {"ground", hold.ground()}});
  }
  return out;
}

std::string ForecastText(const RetentionForecast& forecast, absl::Time at) {
  Table table({"AT " + TimeText(at), "ENTRIES", "BYTES", "FIRST", "LAST"});
  for (const auto& rule : forecast.rules) AddRow("erased under " + rule.id, rule.due, &table);
  AddRow("kept: held", forecast.held, &table);
  AddRow("kept: time not over", forecast.running, &table);
  AddRow("kept: trace open", forecast.open_trace, &table);
  AddRow("kept: no rule fits", forecast.no_rule, &table);
  std::string out = table.Text();
  out += std::to_string(forecast.nothing) + " entries have no content any more or never had; " +
         std::to_string(forecast.for_ever) + " speak of the gateway itself and are kept for ever\n";
  for (const auto& hold : forecast.holds) {
    out += "hold " + hold.hold_id() + " on trace " + hold.trace_id() + ": " + hold.ground() + "\n";
  }
  return out;
}

}  // namespace tracegate
