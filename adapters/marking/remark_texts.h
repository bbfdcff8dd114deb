#ifndef TRACEGATE_ADAPTERS_MARKING_REMARK_TEXTS_H_
#define TRACEGATE_ADAPTERS_MARKING_REMARK_TEXTS_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace tracegate {

// What a remark says in one language: {name} stands for a value.
struct RemarkText {
  std::string text;
  std::string help;  // may be empty
};

// The value of each placeholder of a text, by name.
using RemarkValues = std::vector<std::pair<std::string_view, std::string>>;

// The texts of tables/remarks.csv, in every language that remarks are made in.
//
// Thread safety: immutable once made; all methods may be called from any thread. What is returned
// lives as long as the texts.
class RemarkTexts {
 public:
  static constexpr std::string_view kLanguages[] = {"en", "fr", "es", "pt"};

  // Reads a table with the header key,language,text,help,source. Errors: INTERNAL naming the line
  // or the key: a key without one of the languages or with one twice; a text whose placeholders are
  // not those of the English one.
  static absl::StatusOr<std::unique_ptr<RemarkTexts>> Parse(std::string_view csv);

  // The texts that the library carries.
  static const RemarkTexts& Standard();

  // The text of `key`, which must be in the table, in `language`, one of kLanguages.
  const RemarkText& Find(std::string_view key, std::string_view language) const;

  bool Has(std::string_view key) const { return texts_.find(key) != texts_.end(); }

 private:
  using ByLanguage = std::map<std::string, RemarkText, std::less<>>;

  std::map<std::string, ByLanguage, std::less<>> texts_;
};

// The one of kLanguages that a BCP 47 tag or a POSIX locale asks for: "pt" for "pt-BR" and
// "pt_BR.UTF-8"; "en" for any that is not there.
std::string_view RemarkLanguage(std::string_view tag);

// `text` with each {name} replaced by its value, once: braces in a value are plain text.
std::string Filled(std::string_view text, const RemarkValues& values);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_REMARK_TEXTS_H_
