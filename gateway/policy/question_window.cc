#include "gateway/policy/question_window.h"

#include "absl/hash/hash.h"
#include "absl/strings/numbers.h"

namespace tracegate {
namespace {

constexpr size_t kQuestionsMax = 2048;
constexpr size_t kDigitsMax = 18;
constexpr std::string_view kDigits = "0123456789";

uint64_t HashOf(std::string_view maker, std::string_view letters) {
  return absl::HashOf(maker, letters);
}

}  // namespace

WeaponAsked WeaponAskedOf(std::string_view maker, std::string_view serial) {
  WeaponAsked weapon{std::string(maker), std::string(serial), std::nullopt};
  const size_t last = serial.find_last_of(kDigits);
  if (last == std::string_view::npos) return weapon;
  const size_t before = serial.find_last_not_of(kDigits, last);
  const size_t first = before == std::string_view::npos ? 0 : before + 1;
  const std::string digits(serial.substr(first, last - first + 1));
  int64_t number = 0;
  if (digits.size() > kDigitsMax || !absl::SimpleAtoi(digits, &number)) return weapon;
  weapon.letters.assign(serial.substr(0, first));
  weapon.letters.push_back('#');
  weapon.letters.append(serial.substr(last + 1));
  weapon.number = number;
  return weapon;
}

QuestionWindow::Key QuestionWindow::KeyOf(const WeaponAsked& weapon) {
  return {HashOf(weapon.maker, weapon.letters), weapon.number.value_or(-1)};
}

// Asked in whatever order: what counts is that a neighbour was asked about.
bool QuestionWindow::Follows(const Key& key, int serial_step_max) const {
  if (key.number < 0) return false;
  const auto near = questions_.lower_bound(Key{key.series, key.number - serial_step_max});
  return near != questions_.end() && near->first.series == key.series && near->first.number >= 0 &&
         near->first.number <= key.number + serial_step_max;
}

void QuestionWindow::CountMaker(uint64_t maker) {
  const int count = ++of_maker_[maker];
  if (count >= counts_.of_one_maker || maker == top_maker_) {
    top_maker_ = maker;
    counts_.of_one_maker = count;
  }
}

void QuestionWindow::Add(const WeaponAsked& weapon, int serial_step_max, absl::Time now) {
  if (by_time_.size() >= kQuestionsMax) ForgetOldest();
  const Key key = KeyOf(weapon);
  Question question{.asked_at = now, .maker = HashOf(weapon.maker, "")};
  question.walked = Follows(key, serial_step_max);
  const auto [place, added] = questions_.emplace(key, question);
  if (!added) return;
  by_time_.push_back(place);
  ++counts_.asked;
  counts_.walked += question.walked ? 1 : 0;
  if (!weapon.maker.empty()) CountMaker(question.maker);
}

void QuestionWindow::Answered(const WeaponAsked& weapon, bool hit) {
  const auto found = questions_.find(KeyOf(weapon));
  if (found == questions_.end()) return;
  Question& question = found->second;
  counts_.answered += question.answered ? 0 : 1;
  counts_.hits += hit && !question.hit ? 1 : 0;
  question.answered = true;
  question.hit = question.hit || hit;
}

void QuestionWindow::Forget(absl::Time before) {
  while (!by_time_.empty() && by_time_.front()->second.asked_at < before) ForgetOldest();
}

void QuestionWindow::ForgetOldest() {
  const auto oldest = by_time_.front();
  by_time_.pop_front();
  const Question& question = oldest->second;
  --counts_.asked;
  counts_.walked -= question.walked ? 1 : 0;
  counts_.answered -= question.answered ? 1 : 0;
  counts_.hits -= question.hit ? 1 : 0;
  if (auto maker = of_maker_.find(question.maker); maker != of_maker_.end()) {
    --maker->second;
    if (question.maker == top_maker_) counts_.of_one_maker = maker->second;
    if (maker->second == 0) of_maker_.erase(maker);
  }
  questions_.erase(oldest);
}

}  // namespace tracegate
