#ifndef TRACEGATE_ADAPTERS_SQL_SERIAL_QUESTIONS_H_
#define TRACEGATE_ADAPTERS_SQL_SERIAL_QUESTIONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "adapters/sql/query_text.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate {

// A spelling of fewer bytes begins too many cells to be looked for with remarks behind it.
inline constexpr size_t kBesideRemarksBytesMin = 4;

// Everything that a registry is asked to find one serial number, likeliest first.
class SerialQuestions {
 public:
  struct Question {
    QueryKey key;
    std::vector<QueryValue> values;
  };

  // Equality first; then, where the mapping says that cells hold remarks, the number with remarks
  // beside it; then the pattern. Never none: the request has a spelling or a pattern.
  SerialQuestions(const adapter::v1::FindRequest& request,
                  const config::v1::SerialSearch& serial_search);

  const std::vector<Question>& all() const { return questions_; }

 private:
  using Texts = std::vector<std::string>;

  void AskWhole(const Texts& spellings, bool has_folded);
  void AskFirstInCell(const Texts& spellings, bool has_folded);
  void AskAnywhereInCell(const Texts& spellings);
  void AskPattern(const std::string& pattern, bool has_folded);

  std::vector<Question> questions_;
};

// A column without a declared type compares numbers with numbers only, so a text that is one is
// looked for as text and as number. Where the column has a type, databases make both the same.
void AddAsTextAndNumber(std::string_view text, std::vector<QueryValue>* values);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_SERIAL_QUESTIONS_H_
