#ifndef TRACEGATE_ADAPTERS_MARKING_SERIAL_RULES_H_
#define TRACEGATE_ADAPTERS_MARKING_SERIAL_RULES_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "adapters/marking/serial_pattern.h"

namespace tracegate {

// What a serial number says by its form.
struct SerialForm {
  enum class Verdict {
    kNothingKnown,  // no rule for this maker, or not all its forms are known
    kKnown,
    kUnknown,  // all forms of this maker are known, and it has none of them
  };

  Verdict verdict = Verdict::kNothingKnown;
  // The years in which numbers of these forms were stamped; 0: open. Where the number tells its
  // own year, both are that year.
  int first_year = 0;
  int last_year = 0;
};

// The forms of tables/serial_rules.csv: which serial numbers a maker stamps, and in which years.
// Knowledge of this kind is never whole: it is for remarks, not for refusals.
//
// Thread safety: immutable once made; all methods may be called from any thread.
class SerialRules {
 public:
  // Reads a table with the header maker,models,pattern,years,told,complete,source:
  // `maker` as in the table of makers; `models` a list, empty for all, of what the model holds as
  // whole words; `pattern` see serial_pattern.h; `years` "1980-", "1969-1983" or empty; `told` how
  // the digits at `y` make a year ("1960+yy", "2000-yy"), "browning" for that maker's letters, or
  // empty; `complete` "yes" in all rows of a maker all of whose forms are in the table, else "no".
  // Errors: INTERNAL naming the line.
  static absl::StatusOr<std::unique_ptr<SerialRules>> Parse(std::string_view csv);

  // The rules that the library carries.
  static const SerialRules& Standard();

  // `maker` is canonical, `model` as written, `key` a SerialReading's key with nothing unread.
  // Several forms that fit: the years of all of them together.
  SerialForm Check(std::string_view maker, std::string_view model, std::string_view key) const;

 private:
  struct Rule {
    std::vector<std::string> models;  // folded phrases
    SerialPattern pattern;
    int first_year = 0;
    int last_year = 0;
    std::string told;
    bool complete = false;
  };

  std::map<std::string, std::vector<Rule>, std::less<>> rules_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_SERIAL_RULES_H_
