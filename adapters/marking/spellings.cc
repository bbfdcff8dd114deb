#include "adapters/marking/spellings.h"

#include <algorithm>

#include "adapters/marking/look_alike.h"
#include "adapters/marking/text.h"

namespace tracegate {
namespace {

std::string Without(std::string text, char dropped) {
  text.erase(std::remove(text.begin(), text.end(), dropped), text.end());
  return text;
}

std::string Replaced(std::string text, char from, char to) {
  std::replace(text.begin(), text.end(), from, to);
  return text;
}

}  // namespace

std::vector<std::string> SpellingsOf(std::string_view text, std::string_view marks,
                                     size_t spellings_max) {
  std::vector<std::string> spellings;
  const auto add = [&](std::string spelling) {
    if (spelling.empty() || spellings.size() >= spellings_max) return;
    if (std::find(spellings.begin(), spellings.end(), spelling) != spellings.end()) return;
    spellings.push_back(std::move(spelling));
  };
  const std::string upper = UpperCase(text);
  add(std::string(text));
  add(upper);
  add(std::string(marks));
  add(LatinByLook(marks));
  add(LatinBySound(marks));
  add(Without(upper, ' '));
  add(Replaced(upper, '-', ' '));
  add(Replaced(LatinByLook(marks), 'O', '0'));
  return spellings;
}

}  // namespace tracegate
