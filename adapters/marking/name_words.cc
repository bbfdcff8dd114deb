#include "adapters/marking/name_words.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/csv_table.h"
#include "adapters/marking/standard_table.h"
#include "adapters/marking/tables.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

constexpr std::string_view kTable = "name_words.csv";

constexpr std::pair<std::string_view, NameWord> kMeanings[] = {
    {"legal_form", NameWord::kLegalForm},
    {"trade", NameWord::kTrade},
    {"lead", NameWord::kLead},
    {"origin", NameWord::kOrigin},
    {"denial", NameWord::kDenial},
    {"apart", NameWord::kApart},
    {"model_prefix", NameWord::kModelPrefix},
    {"description", NameWord::kDescription},
    {"finish", NameWord::kFinish},
};

}  // namespace

absl::StatusOr<std::unique_ptr<NameWords>> NameWords::Parse(std::string_view csv) {
  auto rows = ReadCsv(csv, "meaning,words,source");
  if (!rows.ok()) return rows.status();
  auto list = std::make_unique<NameWords>();
  for (const CsvRow& row : *rows) {
    const auto* const meaning =
        std::find_if(std::begin(kMeanings), std::end(kMeanings),
                     [&](const auto& known) { return known.first == row.fields[0]; });
    if (meaning == std::end(kMeanings))
      return TableFault(kTable, row.line, "has an unknown meaning");
    if (row.fields[2].empty()) return TableFault(kTable, row.line, "has no source");
    for (const std::string_view word : ListOf(row.fields[1])) {
      std::string key = FoldWord(word);
      if (key.empty()) return TableFault(kTable, row.line, "has a word without letters");
      list->words_[meaning->second].insert(std::move(key));
    }
  }
  return list;
}

const NameWords& NameWords::Standard() {
  static const NameWords* const kWords = MustParse(Parse(NameWordsCsv()));
  return *kWords;
}

bool NameWords::Is(std::string_view key, NameWord meaning) const {
  const auto words = words_.find(meaning);
  return words != words_.end() && words->second.contains(std::string(key));
}

bool NameWords::DropLast(NameWord meaning, std::vector<std::string>& words) const {
  bool dropped = false;
  for (size_t n = kPhraseWordsMax; n > 0; --n) {
    while (words.size() > n && Is(KeyOfWords(words, words.size() - n, words.size()), meaning)) {
      words.resize(words.size() - n);
      dropped = true;
      n = kPhraseWordsMax;
    }
  }
  return dropped;
}

bool NameWords::DropFirst(NameWord meaning, std::vector<std::string>& words) const {
  bool dropped = false;
  for (size_t n = kPhraseWordsMax; n > 0; --n) {
    while (words.size() > n && Is(KeyOfWords(words, 0, n), meaning)) {
      words.erase(words.begin(), words.begin() + static_cast<ptrdiff_t>(n));
      dropped = true;
      n = kPhraseWordsMax;
    }
  }
  return dropped;
}

std::vector<std::string> FoldedWords(std::string_view text, size_t words_max) {
  std::vector<std::string> words;
  const std::string phrase = FoldPhrase(text);
  for (size_t begin = 0; begin < phrase.size() && words.size() < words_max;) {
    const size_t end = std::min(phrase.find(' ', begin), phrase.size());
    words.push_back(phrase.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

std::string KeyOfWords(const std::vector<std::string>& words, size_t first, size_t last) {
  std::string key;
  for (size_t i = first; i < last; ++i) key += words[i];
  return key;
}

}  // namespace tracegate
