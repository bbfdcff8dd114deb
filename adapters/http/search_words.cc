#include "adapters/http/search_words.h"

#include <algorithm>

#include "absl/strings/str_replace.h"
#include "adapters/find_request.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kSpellings = 16;
constexpr char kSigns[] = "?*";

}  // namespace

absl::StatusOr<SearchWords> SearchWords::Create(const std::string& key, Options options) {
  if (options.spellings_max < 0 || options.spellings_max > kSpellingsMax) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, key + ".spellings_max",
                        "is out of range; expected 1 to 64");
  }
  if (options.wildcard_one.empty() && !options.wildcard_any.empty()) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, key + ".wildcard_any",
                        "stands without wildcard_one");
  }
  if (options.spellings_max == 0) options.spellings_max = kSpellings;
  return SearchWords(std::move(options));
}

std::vector<std::string> SearchWords::Spellings(const adapter::v1::FindRequest& request) const {
  const auto& all = request.serial_spellings();
  const int most = std::min(all.size(), options_.spellings_max);
  std::vector<std::string> spellings(all.begin(), all.begin() + most);
  // The last is the whole text as it was given.
  if (most > 1) spellings.back() = all[all.size() - 1];
  return spellings;
}

std::optional<std::string> SearchWords::Pattern(const std::string& pattern) const {
  const bool has_any = pattern.find('*') != std::string::npos;
  if (!has_wildcards() || (has_any && options_.wildcard_any.empty())) return std::nullopt;
  if (pattern.find_first_not_of(kSigns) == std::string::npos) return std::nullopt;
  return absl::StrReplaceAll(pattern, {{"?", options_.wildcard_one}, {"*", options_.wildcard_any}});
}

absl::StatusOr<adapter::v1::FindResponse> SearchWords::Find(const adapter::v1::FindRequest& request,
                                                            const Mapping& mapping,
                                                            const Collect& collect) const {
  if (absl::Status checked = CheckFindRequest(request); !checked.ok()) return checked;
  std::vector<std::string> serials = Spellings(request);
  const auto pattern = Pattern(request.serial_pattern());
  if (pattern) serials.push_back(*pattern);
  CandidateList candidates(request.candidates_max());
  for (const std::string& serial : serials) {
    if (candidates.full()) break;
    if (absl::Status asked = collect(serial, &candidates); !asked.ok()) return asked;
  }
  if (!request.serial_pattern().empty() && !pattern) {
    // To say that there is nothing would be untrue: it was not looked for.
    if (candidates.empty()) {
      return FieldFailure(v1::REASON_FIELD_INVALID, "serial_pattern",
                          "is not searched for by this registry; expected a whole serial");
    }
    candidates.MarkMore();
  }
  return std::move(candidates).Response(mapping);
}

}  // namespace tracegate
