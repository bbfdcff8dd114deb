#include "adapters/marking/serial_forms.h"

#include <algorithm>

#include "adapters/marking/confusion.h"

namespace tracegate {
namespace {

constexpr size_t kNumbersMax = 8;
constexpr double kUnread = 0.6;

bool IsUnreadSign(char c) { return c == '?' || c == '*'; }

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

bool IsUnread(std::string_view form) {
  return std::any_of(form.begin(), form.end(), [](char c) { return IsUnreadSign(c); });
}

std::optional<double> LikenessOf(std::string_view form, std::string_view other) {
  if (form == other) return IsUnread(form) ? kUnread : 1;
  if (IsUnread(form) || IsUnread(other)) {
    if (!PatternsAgree(form, other)) return std::nullopt;
    return kUnread;
  }
  const std::optional<double> cost = ConfusionOf(form, other);
  if (!cost) return std::nullopt;
  return kLikenessOfOthersMax * (1 - 0.5 * *cost);
}

}  // namespace tracegate
