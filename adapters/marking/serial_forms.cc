#include "adapters/marking/serial_forms.h"

#include <algorithm>
#include <array>

#include "adapters/marking/confusion.h"

namespace tracegate {
namespace {

constexpr size_t kNumbersMax = 8;
constexpr double kConfused = 0.75;
constexpr double kUnread = 0.6;
constexpr double kZerosLost = 0.6;
constexpr double kSwapped = 0.55;
constexpr double kEndLost = 0.5;
constexpr double kOneLost = 0.45;
constexpr size_t kEndBytesMin = 3;
constexpr double kNever = 9;

// What ConfusionOf says of two single characters, for the inner loop.
const std::array<std::array<float, 128>, 128>& PairCosts() {
  static const auto* const kCosts = [] {
    auto* costs = new std::array<std::array<float, 128>, 128>;
    for (auto& row : *costs) row.fill(static_cast<float>(kNever));
    const std::string_view marks = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (const char one : marks) {
      for (const char other : marks) {
        const auto cost = ConfusionOf(std::string(1, one), std::string(1, other));
        if (cost)
          (*costs)[static_cast<size_t>(one)][static_cast<size_t>(other)] =
              static_cast<float>(*cost);
      }
    }
    return costs;
  }();
  return *kCosts;
}

double PairCost(char one, char other) {
  if (one == other) return 0;
  if (((one | other) & 0x80) != 0) return kNever;
  return PairCosts()[static_cast<size_t>(one)][static_cast<size_t>(other)];
}

std::optional<double> LikenessAtOneLength(std::string_view form, std::string_view other) {
  double cost = 0;
  bool swapped = false;
  for (size_t i = 0; i < form.size(); ++i) {
    const double pair = PairCost(form[i], other[i]);
    if (cost + pair <= 1) {
      cost += pair;
      continue;
    }
    const bool swap =
        !swapped && i + 1 < form.size() && form[i] == other[i + 1] && form[i + 1] == other[i];
    if (!swap) return std::nullopt;
    swapped = true;
    ++i;
  }
  if (swapped) return kSwapped * (1 - 0.5 * cost);
  return cost == 0 ? 1 : kConfused * (1 - 0.5 * cost);
}

std::string_view WithoutLeadingZeros(std::string_view form) {
  return form.substr(std::min(form.find_first_not_of('0'), form.size()));
}

std::optional<double> LikenessOfPart(std::string_view shorter, std::string_view longer) {
  const std::string_view bare = WithoutLeadingZeros(longer);
  if (!bare.empty() && bare == WithoutLeadingZeros(shorter)) return kZerosLost;
  const size_t lost = longer.size() - shorter.size();
  if (shorter.size() < kEndBytesMin) return std::nullopt;
  if (longer.substr(lost) == shorter || longer.substr(0, shorter.size()) == shorter)
    return kEndLost;
  if (lost > 1) return std::nullopt;
  const size_t same =
      std::mismatch(shorter.begin(), shorter.end(), longer.begin()).first - shorter.begin();
  if (shorter.substr(same) == longer.substr(same + 1)) return kOneLost;
  return std::nullopt;
}

void Add(const SerialReading& reading, std::vector<std::string>& forms) {
  for (const std::string* form : {&reading.key, &reading.pattern, &reading.sound_key}) {
    if (!form->empty() && std::find(forms.begin(), forms.end(), *form) == forms.end())
      forms.push_back(*form);
  }
}

}  // namespace

std::vector<std::string> FormsOf(const SerialReading& reading) {
  std::vector<std::string> forms;
  Add(reading, forms);
  for (size_t i = 0; i < std::min(reading.numbers.size(), kNumbersMax); ++i) {
    if (i != reading.chosen) Add(ReadSerial(reading.numbers[i].text), forms);
  }
  return forms;
}

bool IsUnread(std::string_view form) { return form.find_first_of("?*") != std::string_view::npos; }

std::optional<double> LikenessOf(std::string_view form, std::string_view other) {
  if (IsUnread(form) || IsUnread(other)) {
    if (!PatternsAgree(form, other)) return std::nullopt;
    return kUnread;
  }
  if (form.size() == other.size()) return LikenessAtOneLength(form, other);
  return form.size() < other.size() ? LikenessOfPart(form, other) : LikenessOfPart(other, form);
}

}  // namespace tracegate
