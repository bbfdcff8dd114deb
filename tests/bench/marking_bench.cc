// How well marks are read and weapons found again, on real data that is no part of the project (it is looked for beside
// the checkout, in ../shared/data; without it nothing is measured). Prints; asserts nothing.
//
//   marking_bench [--rows N] [--questions N] [--years] [--scale] [--postgres]
//
//   --rows N        weapons in the registry of the recall figures, 1,000,000
//   --questions N   of each kind, 2,000
//   --years         the questions tell the year of manufacture
//   --scale         also the time of a look-up at 10^4, 10^6 and 10^7 weapons, of each question the best of
//                   seven rounds, and the bytes
//   --postgres      also PostgreSQL's pg_trgm on the same registry and a sample of the questions; wants the programs of
//                   Debian's postgresql package, runs them in a folder of its own
//
// The registry is drawn from real seizures (synthetic_registry.h), the questions from the registry by the noise model
// of misreading.h. Seeds are fixed.

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <string>

#include "absl/synchronization/mutex.h"
#include "tests/bench/match_trial.h"
#include "tests/bench/reading_coverage.h"
#include "tests/bench/trigram_baseline.h"

namespace tracegate {
namespace {

constexpr int kScaleRounds = 7;
constexpr char kData[] = TRACEGATE_SOURCE_DIR "/../shared/data";

struct Options {
  size_t rows = 1'000'000;
  size_t questions = 2'000;
  bool years = false;
  bool scale = false;
  bool postgres = false;
};

std::optional<Options> Parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string_view arg = argv[i];
    if (arg == "--years") {
      options.years = true;
    } else if (arg == "--scale") {
      options.scale = true;
    } else if (arg == "--postgres") {
      options.postgres = true;
    } else if ((arg == "--rows" || arg == "--questions") && i + 1 < argc) {
      (arg == "--rows" ? options.rows : options.questions) =
          static_cast<size_t>(std::atoll(argv[++i]));
    } else {
      return std::nullopt;
    }
  }
  if (options.rows == 0 || options.questions == 0) return std::nullopt;
  return options;
}

double Share(size_t part, size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

double Quantile(const std::vector<double>& sorted, double share) {
  return sorted.empty() ? 0 : sorted[static_cast<size_t>(share * (sorted.size() - 1))];
}

void PrintHead(const char* who) {
  std::printf("\n%-26s %7s %7s %7s %9s %9s %9s %8s %8s %8s %8s\n", who, "asked", "first", "in 5",
              "identity", "id/alone", "false id", "p50 us", "p99 us", "cpu p50", "cpu p99");
}

void Print(const char* name, const Score& score) {
  std::printf("%-26s %7zu %7.4f %7.4f %9.4f %9.4f %9zu %8.0f %8.0f %8.0f %8.0f\n", name,
              score.asked, Share(score.first, score.asked), Share(score.among_five, score.asked),
              Share(score.identities, score.asked),
              Share(score.identities_alone, score.asked_alone), score.false_identities,
              Quantile(score.us, 0.5), Quantile(score.us, 0.99), Quantile(score.cpu_us, 0.5),
              Quantile(score.cpu_us, 0.99));
}

// The five kinds of the noise model that issue and baseline have in common.
bool Counts(Misreading kind) {
  return kind == Misreading::kConfused || kind == Misreading::kPrefixLost ||
         kind == Misreading::kSwapped || kind == Misreading::kPartlyRemoved ||
         kind == Misreading::kWrongCalibre;
}

void Add(const Score& score, Score& total) {
  total.asked += score.asked;
  total.first += score.first;
  total.among_five += score.among_five;
  total.identities += score.identities;
  total.false_identities += score.false_identities;
  total.asked_alone += score.asked_alone;
  total.identities_alone += score.identities_alone;
  for (const double us : score.us) total.us.push_back(us);
  for (const double us : score.cpu_us) total.cpu_us.push_back(us);
  std::sort(total.us.begin(), total.us.end());
  std::sort(total.cpu_us.begin(), total.cpu_us.end());
}

// Each kind, and the five noisy ones together.
void JudgeAll(const char* who, const std::vector<Question>& questions,
              const std::function<Ranked(const WrittenWeapon&)>& ask) {
  PrintHead(who);
  Score noisy;
  Score all;
  for (const Misreading kind : kMisreadings) {
    const Score score = Judge(questions, kind, ask);
    Print(NameOf(kind), score);
    if (Counts(kind)) Add(score, noisy);
    Add(score, all);
  }
  Print("the five kinds of noise", noisy);
  Print("everything", all);
}

void RunRecall(const Options& options, const std::vector<Seizure>& seizures) {
  std::optional<TrigramBaseline> baseline =
      options.postgres ? TrigramBaseline::Start() : std::nullopt;
  const Trial trial = MakeTrial(seizures, options.rows, options.questions, options.years,
                                [&](uint32_t row, const WrittenWeapon& weapon) {
                                  if (baseline) baseline->Add(row, weapon);
                                });
  std::printf("\nregistry: %zu weapons drawn from %zu; index %.1f s, %.1f bytes a weapon\n",
              options.rows, trial.source.SourceRows(), trial.build_seconds,
              Share(trial.index->Bytes(), options.rows));
  JudgeAll("index", trial.questions,
           [&](const WrittenWeapon& weapon) { return AskIndex(*trial.index, weapon); });
  if (baseline) {
    baseline->Finish();
    std::vector<Question> sample;
    for (size_t i = 0; i < trial.questions.size(); i += kBaselineEach)
      sample.push_back(trial.questions[i]);
    JudgeAll("pg_trgm 0.3 + LIKE", sample,
             [&](const WrittenWeapon& weapon) { return baseline->Ask(weapon); });
  } else {
    std::printf("\nno pg_trgm was asked (--postgres)\n");
  }
}

// Lowers each question's fastest time, in microseconds, to what it takes now.
void Time(const Trial& trial, std::vector<double>& fastest) {
  for (size_t i = 0; i < trial.questions.size(); ++i) {
    const absl::Time start = absl::Now();
    AskIndex(*trial.index, trial.questions[i].asked);
    fastest[i] = std::min(fastest[i], absl::ToDoubleMicroseconds(absl::Now() - start));
  }
}

// Each registry in turn, over and over, and of each question its fastest round: other work on the
// machine slows some of them.
void RunScale(const std::vector<Seizure>& seizures) {
  constexpr size_t kRows[] = {10'000, 1'000'000, 10'000'000};
  std::vector<Trial> trials;
  std::vector<std::vector<double>> us;
  for (const size_t rows : kRows) {
    trials.push_back(
        MakeTrial(seizures, rows, 1'000, false, [](uint32_t, const WrittenWeapon&) {}));
    us.emplace_back(trials.back().questions.size(), std::numeric_limits<double>::infinity());
  }
  for (int round = 0; round < kScaleRounds; ++round) {
    for (size_t i = 0; i < trials.size(); ++i) Time(trials[i], us[i]);
  }
  for (std::vector<double>& each : us) std::sort(each.begin(), each.end());
  std::printf("\n%12s %10s %10s %10s %10s %12s %10s\n", "weapons", "p50 us", "p99 us", "of first",
              "of first", "bytes each", "build s");
  for (size_t i = 0; i < trials.size(); ++i) {
    std::printf("%12zu %10.1f %10.1f %10.2f %10.2f %12.1f %10.1f\n", kRows[i], Quantile(us[i], 0.5),
                Quantile(us[i], 0.99), Quantile(us[i], 0.5) / Quantile(us[0], 0.5),
                Quantile(us[i], 0.99) / Quantile(us[0], 0.99),
                Share(trials[i].index->Bytes(), kRows[i]), trials[i].build_seconds);
  }
}

int Run(int argc, char** argv) {
  const std::optional<Options> options = Parse(argc, argv);
  if (!options) {
    std::fprintf(
        stderr,
        "usage: marking_bench [--rows N] [--questions N] [--years] [--scale] [--postgres]\n");
    return 2;
  }
  const std::string file = std::string(kData) + "/seizures_rj_2020_2022_masked.csv";
  std::ifstream in(file, std::ios::binary);
  const std::string csv{std::istreambuf_iterator<char>(in), {}};
  if (csv.empty()) {
    std::printf("SKIPPED, NOTHING IS MEASURED: %s is not there\n", file.c_str());
    return 0;
  }
  const auto seizures = ReadSeizures(csv);
  if (!seizures.ok()) {
    std::fprintf(stderr, "%s: %s\n", file.c_str(), seizures.status().ToString().c_str());
    return 1;
  }
  PrintCoverage(kData, *seizures);
  RunRecall(*options, *seizures);
  if (options->scale) RunScale(*seizures);
  return 0;
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  return tracegate::Run(argc, argv);
}
