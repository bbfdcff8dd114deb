#include "tests/integration/seizures/seizure_table.h"

#include <iomanip>
#include <map>
#include <string>

namespace tracegate {
namespace {

class Table {
 public:
  Table(std::ostream& out, size_t of) : out_(out), of_(of) {}

  void Title(const std::string& title) { out_ << "\n" << title << "\n"; }

  void Line(const std::string& name, size_t count) {
    const double share =
        of_ == 0 ? 0 : 100.0 * static_cast<double>(count) / static_cast<double>(of_);
    out_ << "  " << std::left << std::setw(46) << name << std::right << std::setw(7) << count
         << std::fixed << std::setprecision(1) << std::setw(7) << share << " %\n";
  }

  void Lines(const std::map<std::string, size_t>& counts) {
    for (const auto& [name, count] : counts) Line(name, count);
  }

 private:
  std::ostream& out_;
  const size_t of_;
};

// The name of an enum value without the enum's own prefix.
std::string Bare(const std::string& name, const std::string& prefix) {
  return name.compare(0, prefix.size(), prefix) == 0 ? name.substr(prefix.size()) : name;
}

std::string KindName(v1::RemarkKind kind) {
  return Bare(v1::RemarkKind_Name(kind), "REMARK_KIND_");
}

}  // namespace

void PrintSeizureTable(const std::vector<RowTrace>& rows, std::ostream& out) {
  size_t traced = 0, found = 0, several = 0, more = 0, one_number = 0, one_number_found = 0,
         bare = 0, bare_found = 0;
  std::map<std::string, size_t> errors, remarks, outcomes, grades;
  for (const RowTrace& row : rows) {
    for (const auto kind : row.errors) ++errors[KindName(kind)];
    for (const auto kind : row.other_remarks) ++remarks[KindName(kind)];
    if (!row.traced) continue;
    const bool self = row.own_grade != v1::MATCH_GRADE_UNSPECIFIED;
    ++traced;
    ++outcomes[Bare(v1::Outcome_Name(row.outcome), "OUTCOME_")];
    if (self) ++grades[Bare(v1::MatchGrade_Name(row.own_grade), "MATCH_GRADE_")];
    found += self;
    several += row.candidates > 1;
    more += row.more_candidates;
    one_number += row.one_number;
    one_number_found += row.one_number && self;
    bare += row.bare;
    bare_found += row.bare && self;
  }
  Table all(out, rows.size());
  all.Title("Rows");
  all.Line("in the file", rows.size());
  all.Line("pass the gate", traced);
  all.Title("Stopped by the gate, by error (a row may have several)");
  all.Lines(errors);
  all.Title("Noted without stopping, by remark (all rows)");
  all.Lines(remarks);
  Table passed(out, traced);
  passed.Title("Passed the gate: the own registry's outcome");
  passed.Lines(outcomes);
  passed.Title("Passed the gate: finds its own record");
  passed.Line("found", found);
  passed.Lines(grades);
  passed.Line("one serial, fully read", one_number);
  passed.Line("  of these found", one_number_found);
  passed.Line("  with nothing else in the cell", bare);
  passed.Line("    of these found", bare_found);
  passed.Line("more than one candidate", several);
  passed.Line("more candidates than were returned", more);
  out << std::endl;
}

}  // namespace tracegate
