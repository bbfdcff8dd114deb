#ifndef TRACEGATE_ADAPTERS_HTTP_SEARCH_WORDS_H_
#define TRACEGATE_ADAPTERS_HTTP_SEARCH_WORDS_H_

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/http/candidate_list.h"
#include "adapters/mapping/mapping.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace tracegate {

// What a registry that takes one serial at a time is asked for.
//
// Thread safety: immutable.
class SearchWords {
 public:
  struct Options {
    int spellings_max = 0;  // 1 to 64; 0: 16
    std::string wildcard_one;
    std::string wildcard_any;
  };

  // `key`: of the configuration, for messages. Errors: CONFIG_INVALID naming the field.
  static absl::StatusOr<SearchWords> Create(const std::string& key, Options options);

  // Whether the registry can be searched by a part of a serial.
  bool has_wildcards() const { return !options_.wildcard_one.empty(); }

  // The spellings to look for, likeliest first, as many as are asked for; last the one that was given.
  std::vector<std::string> Spellings(const adapter::v1::FindRequest& request) const;

  // A pattern in the registry's own signs; none where it has none for it, or the pattern holds nothing but signs.
  std::optional<std::string> Pattern(const std::string& pattern) const;

  // Adds to the list what one spelling or pattern finds.
  using Collect = std::function<absl::Status(const std::string& serial, CandidateList* candidates)>;

  // Asks for each in turn until there are candidates enough. Errors: those of `collect`; INVALID_ARGUMENT for a request that
  // is out of its bounds, or that looks for a part of a serial where that cannot be asked and nothing else was found.
  absl::StatusOr<adapter::v1::FindResponse> Find(const adapter::v1::FindRequest& request,
                                                 const Mapping& mapping,
                                                 const Collect& collect) const;

 private:
  explicit SearchWords(Options options) : options_(std::move(options)) {}

  Options options_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_SEARCH_WORDS_H_
