#include "gateway/cli/figure_tables.h"

#include <map>
#include <string>

#include "absl/strings/str_format.h"
#include "gateway/cli/table.h"
#include "protos/tracegate/dates.h"

namespace tracegate {
namespace {

std::string Count(int64_t count) { return std::to_string(count); }

// "3 d 4 h", "25 min", "40 s".
std::string LengthText(const google::protobuf::Duration& duration) {
  const int64_t s = duration.seconds();
  if (s < 60) return Count(s) + " s";
  if (s < 3600) return Count(s / 60) + " min";
  if (s < 86'400) return absl::StrFormat("%d h %d min", s / 3600, s % 3600 / 60);
  return absl::StrFormat("%d d %d h", s / 86'400, s % 86'400 / 3600);
}

std::string Percent(int64_t part, int64_t whole) {
  return whole == 0 ? ""
                    : absl::StrFormat("%.1f %%", 100.0 * static_cast<double>(part) /
                                                     static_cast<double>(whole));
}

std::string OrNone(const std::string& words) { return words == "unspecified" ? "" : words; }

// Both directions side by side: one row per figure.
ReportTable CountTable(const v1::CooperationFigures& figures) {
  ReportTable table{"Requests for tracing",
                    {{"", false}, {"Asked by this State", true}, {"Answered for others", true}},
                    {},
                    ""};
  const v1::CooperationCount& asked = figures.asked();
  const v1::CooperationCount& answered = figures.answered();
  const auto add = [&](const char* what, auto figure) {
    table.rows.push_back({what, Count(figure(asked)), Count(figure(answered))});
  };
  add("Requests", [](const auto& count) { return count.requests(); });
  add("Answered in full", [](const auto& count) { return count.answered_in_full(); });
  add("Answered in part", [](const auto& count) { return count.restricted(); });
  add("Delayed", [](const auto& count) { return count.delayed(); });
  add("Refused", [](const auto& count) { return count.refused(); });
  add("Not answered", [](const auto& count) { return count.unanswered(); });
  add("More information sought", [](const auto& count) { return count.information_requested(); });
  const auto length = [](bool is_there, const auto& duration) {
    return is_there ? LengthText(duration) : std::string();
  };
  table.rows.push_back(
      {"Median time to acknowledgement",
       length(asked.has_median_to_acknowledgement(), asked.median_to_acknowledgement()),
       length(answered.has_median_to_acknowledgement(), answered.median_to_acknowledgement())});
  table.rows.push_back({"Median time to answer",
                        length(asked.has_median_to_answer(), asked.median_to_answer()),
                        length(answered.has_median_to_answer(), answered.median_to_answer())});
  return table;
}

ReportTable RefusalTable(const v1::CooperationFigures& figures) {
  ReportTable table{
      "Refusals by legal ground (ITI 22)",
      {{"Ground", false}, {"Asked by this State", true}, {"Answered for others", true}},
      {},
      "Nothing was refused."};
  std::map<int, std::pair<int64_t, int64_t>> counts;
  for (const auto& count : figures.asked().refusals()) {
    counts[count.legal_ground()].first += count.count();
  }
  for (const auto& count : figures.answered().refusals()) {
    counts[count.legal_ground()].second += count.count();
  }
  for (const auto& [ground, both] : counts) {
    table.rows.push_back(
        {OrNone(Words(v1::LegalGround_Name(static_cast<v1::LegalGround>(ground)), "LEGAL_GROUND_")),
         Count(both.first), Count(both.second)});
  }
  return table;
}

ReportTable ContactTable(const v1::CooperationFigures& figures) {
  ReportTable table{
      "Points of contact",
      {{"Agency", false}, {"Electronic mail", false}, {"Telephone", false}, {"Hours", false}},
      {},
      "None is told."};
  for (const v1::PointOfContact& contact : figures.contacts()) {
    const v1::Agency& agency = contact.agency();
    table.rows.push_back({agency.title().empty() ? agency.name() : agency.title(), contact.email(),
                          contact.phone(), contact.hours()});
  }
  return table;
}

ReportTable MarkingTable(const v1::CooperationFigures& figures) {
  ReportTable table{
      "Marking practices (ITI 8)",
      {{"Mark", false}, {"In force", false}, {"Example", false}, {"Description", false}},
      {},
      "None is told."};
  for (const v1::MarkingPractice& practice : figures.marking_practices()) {
    std::string in_force = DateText(practice.from_date());
    if (practice.has_to_date()) in_force += " to " + DateText(practice.to_date());
    table.rows.push_back({OrNone(Words(v1::MarkKind_Name(practice.kind()), "MARK_KIND_")), in_force,
                          practice.example(), practice.description()});
  }
  return table;
}

}  // namespace

std::vector<ReportTable> ArmsFlowTables(const v1::ArmsFlowFigures& figures) {
  ReportTable arms{"Arms seized, found and surrendered, and what tracing said",
                   {{"Recovered by", false},
                    {"Type", false},
                    {"Made", false},
                    {"Serial number", false},
                    {"Context", false},
                    {"Recovered", true},
                    {"Traced", true},
                    {"Traced to a State", true}},
                   {},
                   "No arms were recovered in the period reported on."};
  for (const v1::ArmsFlowRow& row : figures.rows()) {
    arms.rows.push_back(
        {OrNone(Words(v1::RecoveryKind_Name(row.recovery()), "RECOVERY_KIND_")),
         OrNone(Words(v1::FirearmType_Name(row.type()), "FIREARM_TYPE_")),
         OrNone(Words(v1::ProductionKind_Name(row.production()), "PRODUCTION_KIND_")),
         OrNone(Words(v1::SerialStatus_Name(row.serial_status()), "SERIAL_STATUS_")),
         OrNone(Words(v1::OffenceContext_Name(row.offence()), "OFFENCE_CONTEXT_")),
         Count(row.recovered()), Count(row.traced()), Count(row.traced_to_state())});
  }
  ReportTable others{"Taken with them",
                     {{"", false}, {"Number", true}},
                     {{"Parts and components", Count(figures.parts())},
                      {"Cartridges", Count(figures.cartridges())}},
                     ""};
  return {arms, others};
}

std::vector<ReportTable> OriginTables(const v1::OriginFigures& figures) {
  return {{"SDG indicator 16.4.2",
           {{"Figure", false}, {"Arms", true}},
           {{"Recovered (denominator)", Count(figures.recovered())},
            {"of these seized", Count(figures.seized())},
            {"of these found", Count(figures.found())},
            {"of these surrendered", Count(figures.surrendered())},
            {"Point of diversion established (numerator)", Count(figures.established())},
            {"of these by tracing", Count(figures.established_by_tracing())},
            {"of these otherwise", Count(figures.established_otherwise())},
            {"Proportion", Percent(figures.established(), figures.recovered())}},
           ""}};
}

std::vector<ReportTable> CooperationTables(const v1::CooperationFigures& figures) {
  return {CountTable(figures), RefusalTable(figures), ContactTable(figures), MarkingTable(figures)};
}

}  // namespace tracegate
