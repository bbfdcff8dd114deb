#include "tests/bench/match_trial.h"

#include <time.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "absl/time/clock.h"

namespace tracegate {
namespace {

constexpr uint64_t kRegistrySeed = 20260101;
constexpr uint64_t kQuestionSeed = 7;
constexpr size_t kTop = 10;

double ThreadMicroseconds() {
  timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

std::string NumberOf(const WrittenWeapon& weapon) { return weapon.make + '\n' + weapon.serial; }

}  // namespace

Trial MakeTrial(const std::vector<Seizure>& seizures, size_t rows, size_t per_kind, bool years,
                const std::function<void(uint32_t row, const WrittenWeapon&)>& told) {
  Trial trial{SyntheticRegistry(seizures, kRegistrySeed), nullptr, {}, 0};
  std::mt19937_64 random(kQuestionSeed);
  const size_t wanted = per_kind * std::size(kMisreadings);
  const size_t step = std::max<size_t>(1, rows / (2 * wanted));
  std::vector<std::pair<uint32_t, WrittenWeapon>> sample;
  WeaponRows kept;
  const absl::Time start = absl::Now();
  for (uint32_t row = 0; row < rows; ++row) {
    const WrittenWeapon weapon = trial.source.Next();
    const absl::Status added = kept.Add(std::to_string(row), weapon);
    if (!added.ok()) std::abort();
    told(row, weapon);
    if (row % step == 0) sample.emplace_back(row, weapon);
  }
  auto index = WeaponIndex::Build(std::move(kept));
  if (!index.ok()) std::abort();
  trial.index = *std::move(index);
  trial.build_seconds = absl::ToDoubleSeconds(absl::Now() - start);

  for (const Misreading kind : kMisreadings) {
    for (size_t made = 0, tries = 0; made < per_kind && tries < per_kind * 100; ++tries) {
      const auto& [row, weapon] = sample[random() % sample.size()];
      auto asked = Misread(weapon, kind, trial.source, random);
      if (!asked) continue;
      if (!years) asked->year.clear();
      const bool absent = kind == Misreading::kNotRegistered;
      trial.questions.push_back({kind, *asked, absent ? Question::kNoRow : row, false});
      ++made;
    }
  }
  // How often each make and serial that is asked for stands in the registry, on a second drawing.
  absl::flat_hash_map<std::string, size_t> counts;
  for (const auto& [row, weapon] : sample) counts[NumberOf(weapon)] = 0;
  for (const Question& question : trial.questions) counts[NumberOf(question.asked)] = 0;
  SyntheticRegistry again(seizures, kRegistrySeed);
  for (size_t row = 0; row < rows; ++row) {
    const auto found = counts.find(NumberOf(again.Next()));
    if (found != counts.end()) ++found->second;
  }
  absl::flat_hash_map<uint32_t, std::string> numbers;
  for (const auto& [row, weapon] : sample) numbers[row] = NumberOf(weapon);
  for (Question& question : trial.questions)
    question.alone = question.row != Question::kNoRow && counts[numbers[question.row]] == 1;
  std::erase_if(trial.questions, [&](const Question& question) {
    return question.kind == Misreading::kNotRegistered && counts[NumberOf(question.asked)] > 0;
  });
  return trial;
}

Score Judge(const std::vector<Question>& questions, Misreading kind,
            const std::function<Ranked(const WrittenWeapon&)>& ask) {
  Score score;
  for (const Question& question : questions) {
    if (question.kind != kind) continue;
    // The clock of the thread is a system call; the other is none, and stands inside.
    const double cpu_start = ThreadMicroseconds();
    const absl::Time start = absl::Now();
    const Ranked ranked = ask(question.asked);
    score.us.push_back(absl::ToDoubleMicroseconds(absl::Now() - start));
    score.cpu_us.push_back(ThreadMicroseconds() - cpu_start);
    ++score.asked;
    score.asked_alone += question.alone ? 1 : 0;
    const auto found = std::find(ranked.rows.begin(), ranked.rows.end(), question.row);
    const auto place = found - ranked.rows.begin();
    const bool there = found != ranked.rows.end();
    score.first += there && place == 0 ? 1 : 0;
    score.among_five += there && place < 5 ? 1 : 0;
    if (!ranked.identity) continue;
    const bool right = there && place == 0;
    (right ? score.identities : score.false_identities) += 1;
    score.identities_alone += right && question.alone ? 1 : 0;
  }
  std::sort(score.us.begin(), score.us.end());
  std::sort(score.cpu_us.begin(), score.cpu_us.end());
  return score;
}

Ranked AskIndex(const WeaponIndex& index, const WrittenWeapon& weapon) {
  const WeaponIndex::Answer answer = index.Find(ItemReading(ItemOf(weapon)), kTop);
  Ranked ranked;
  for (const WeaponIndex::Candidate& candidate : answer.candidates) {
    if (candidate.identity) ranked.identity = ranked.rows.empty();
    ranked.rows.push_back(candidate.row);
  }
  return ranked;
}

}  // namespace tracegate
