#ifndef TRACEGATE_TESTS_BENCH_TRIGRAM_BASELINE_H_
#define TRACEGATE_TESTS_BENCH_TRIGRAM_BASELINE_H_

#include <sys/types.h>

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

#include "tests/bench/match_trial.h"

namespace tracegate {

// PostgreSQL's pg_trgm, asked as one would without an index of marks: serials whose trigrams are
// similar to 0.3 at least or which end in the same four digits, most similar serial, then make, then
// calibre first, the first ten.
//
// A server of its own in a folder of its own, on a socket there; it ends with the object. psql is
// asked over a pipe: its share of the time is the server's and the pipe's.
class TrigramBaseline {
 public:
  // None, with the reason printed, where the programs are not installed or do not start.
  static std::optional<TrigramBaseline> Start();

  TrigramBaseline(TrigramBaseline&& other) noexcept;
  TrigramBaseline& operator=(TrigramBaseline&&) = delete;
  ~TrigramBaseline();

  void Add(uint32_t row, const WrittenWeapon& weapon);
  void Finish();  // loads what was added and indexes it
  Ranked Ask(const WrittenWeapon& weapon);

 private:
  TrigramBaseline() = default;

  bool Connect();
  void Send(const std::string& text);
  std::vector<std::string> LinesUntilMark();

  std::string folder_;
  pid_t server_ = -1;
  pid_t client_ = -1;
  FILE* to_client_ = nullptr;
  FILE* from_client_ = nullptr;
  FILE* rows_ = nullptr;
};

// One question in so many is asked of it.
inline constexpr size_t kBaselineEach = 10;

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_BENCH_TRIGRAM_BASELINE_H_
