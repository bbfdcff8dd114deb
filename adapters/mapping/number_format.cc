#include "adapters/mapping/number_format.h"

#include <algorithm>

#include "absl/status/status.h"
#include "absl/strings/str_replace.h"

namespace tracegate {
namespace {

constexpr size_t kWholeDigitsMax = 18;
constexpr size_t kDecimalsMax = 9;

absl::Status Wrong(const std::string& problem) { return absl::InvalidArgumentError(problem); }

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool AllDigits(std::string_view text) { return std::all_of(text.begin(), text.end(), IsDigit); }

// Takes the signs between groups of three digits out of `whole`; false where they stand elsewhere.
bool TakeGroupsTogether(char thousands, std::string* whole) {
  if (thousands == '\0' || whole->find(thousands) == std::string::npos) return true;
  std::string digits;
  size_t group = 0;
  bool is_first = true;
  for (const char c : *whole) {
    if (c != thousands) {
      digits += c;
      ++group;
      continue;
    }
    if (is_first ? group < 1 || group > 3 : group != 3) return false;
    is_first = false;
    group = 0;
  }
  *whole = digits;
  return group == 3;
}

// Adds one to the last of `digits`; a carry beyond the first makes it longer.
void Increment(std::string* digits) {
  for (size_t i = digits->size(); i-- > 0;) {
    if ((*digits)[i] != '9') {
      ++(*digits)[i];
      return;
    }
    (*digits)[i] = '0';
  }
  digits->insert(0, "1");
}

}  // namespace

absl::StatusOr<NumberFormat> NumberFormat::Create(const config::v1::NumberFormat& proto) {
  NumberFormat format;
  if (proto.thousands() == ".") format.decimal_ = ',';
  if (!proto.decimal().empty()) {
    if (proto.decimal() != "." && proto.decimal() != ",") {
      return Wrong("has the decimal sign '" + proto.decimal() + "'; expected '.' or ','");
    }
    format.decimal_ = proto.decimal()[0];
  }
  if (!proto.thousands().empty()) {
    const std::string& sign = proto.thousands();
    const bool known = sign == "." || sign == "," || sign == "'" || sign == " ";
    if (!known || sign[0] == format.decimal_) {
      return Wrong("has '" + sign +
                   "' between thousands; expected '.', ',', an apostrophe or a blank, "
                   "and another sign than before decimals");
    }
    format.thousands_ = sign[0];
  }
  int32_t rest = proto.times() == 0 ? 1 : proto.times();
  for (; rest > 1 && rest % 10 == 0; rest /= 10) ++format.shift_;
  if (rest != 1)
    return Wrong("counts " + std::to_string(proto.times()) + " times; expected a power of ten");
  return format;
}

absl::StatusOr<ReadNumber> NumberFormat::Read(std::string_view text) const {
  std::string written(text);
  if (thousands_ == ' ') {
    // No-break, narrow no-break and thin spaces are blanks to whoever typed them.
    absl::StrReplaceAll({{"\u00A0", " "}, {"\u202F", " "}, {"\u2009", " "}}, &written);
  }
  if (written.substr(0, 1) == "-") return Wrong("is below zero");
  const size_t point = written.find(decimal_);
  std::string whole = written.substr(0, point);
  std::string decimals = point == std::string::npos ? "" : written.substr(point + 1);
  if (!TakeGroupsTogether(thousands_, &whole) || whole.empty() || !AllDigits(whole) ||
      !AllDigits(decimals) || (point != std::string::npos && decimals.empty())) {
    return Wrong(std::string("is no number such as 1234") + decimal_ + "5");
  }
  if (decimals.size() < shift_) decimals.resize(shift_, '0');
  whole += decimals.substr(0, shift_);
  decimals.erase(0, shift_);

  ReadNumber number;
  decimals.erase(decimals.find_last_not_of('0') + 1);
  if (decimals.size() > kDecimalsMax) {
    number.rounded = true;
    const bool up = decimals[kDecimalsMax] >= '5';
    std::string kept = whole + decimals.substr(0, kDecimalsMax);
    if (up) Increment(&kept);
    whole = kept.substr(0, kept.size() - kDecimalsMax);
    decimals = kept.substr(kept.size() - kDecimalsMax);
    decimals.erase(decimals.find_last_not_of('0') + 1);
  }
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  if (whole.size() > kWholeDigitsMax) return Wrong("is over 18 digits long");
  number.text = decimals.empty() ? whole : whole + "." + decimals;
  return number;
}

}  // namespace tracegate
