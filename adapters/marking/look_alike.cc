#include "adapters/marking/look_alike.h"

#include <unicode/utf8.h>

#include "absl/container/flat_hash_map.h"
#include "adapters/marking/ascii_text.h"

namespace tracegate {
namespace {

struct Letter {
  char32_t letter;
  std::string_view look;  // empty: none looks like it
  std::string_view sound;
};

// Diacritics are gone before this is asked: Й comes as И, Ё as Е, Ї as І.
constexpr Letter kLetters[] = {
    {U'А', "A", "A"}, {U'Б', "", "B"},   {U'В', "B", "V"},  {U'Г', "", "G"},  {U'Ґ', "", "G"},
    {U'Д', "", "D"},  {U'Ђ', "", "DJ"},  {U'Е', "E", "E"},  {U'Є', "", "YE"}, {U'Ж', "", "ZH"},
    {U'З', "", "Z"},  {U'Ѕ', "S", "DZ"}, {U'И', "", "I"},   {U'І', "I", "I"}, {U'Ј', "J", "J"},
    {U'К', "K", "K"}, {U'Л', "", "L"},   {U'Љ', "", "LJ"},  {U'М', "M", "M"}, {U'Н', "H", "N"},
    {U'Њ', "", "NJ"}, {U'О', "O", "O"},  {U'П', "", "P"},   {U'Р', "P", "R"}, {U'С', "C", "S"},
    {U'Т', "T", "T"}, {U'Ћ', "", "C"},   {U'У', "Y", "U"},  {U'Ф', "", "F"},  {U'Х', "X", "KH"},
    {U'Ц', "", "TS"}, {U'Ч', "", "CH"},  {U'Џ', "", "DZ"},  {U'Ш', "", "SH"}, {U'Щ', "", "SHCH"},
    {U'Ъ', "", "Y"},  {U'Ы', "", "Y"},   {U'Ь', "", "J"},   {U'Э', "", "E"},  {U'Ю', "", "YU"},
    {U'Я', "", "YA"}, {U'Α', "A", "A"},  {U'Β', "B", "V"},  {U'Γ', "", "G"},  {U'Δ', "", "D"},
    {U'Ε', "E", "E"}, {U'Ζ', "Z", "Z"},  {U'Η', "H", "I"},  {U'Θ', "", "TH"}, {U'Ι', "I", "I"},
    {U'Κ', "K", "K"}, {U'Λ', "", "L"},   {U'Μ', "M", "M"},  {U'Ν', "N", "N"}, {U'Ξ', "", "X"},
    {U'Ο', "O", "O"}, {U'Π', "", "P"},   {U'Ρ', "P", "R"},  {U'Σ', "", "S"},  {U'Τ', "T", "T"},
    {U'Υ', "Y", "Y"}, {U'Φ', "", "F"},   {U'Χ', "X", "CH"}, {U'Ψ', "", "PS"}, {U'Ω', "", "O"},
};

const Letter* Find(char32_t letter) {
  static const auto* const kIndex = [] {
    auto* index = new absl::flat_hash_map<char32_t, const Letter*>;
    for (const Letter& row : kLetters) index->emplace(row.letter, &row);
    return index;
  }();
  const auto found = kIndex->find(letter);
  return found == kIndex->end() ? nullptr : found->second;
}

std::string ToLatin(std::string_view folded, bool by_look) {
  if (IsAscii(folded)) return std::string(folded);
  std::string latin;
  latin.reserve(folded.size());
  const int32_t size = static_cast<int32_t>(folded.size());
  for (int32_t i = 0; i < size;) {
    const int32_t start = i;
    UChar32 c = 0;
    U8_NEXT(folded.data(), i, size, c);
    const Letter* letter = c < 0x80 ? nullptr : Find(static_cast<char32_t>(c));
    if (letter == nullptr) {
      latin += folded.substr(start, i - start);
    } else {
      latin += by_look && !letter->look.empty() ? letter->look : letter->sound;
    }
  }
  return latin;
}

}  // namespace

std::string_view AsciiOfLatin(char32_t letter) {
  switch (letter) {
    case U'Ł': return "L";
    case U'Ø': return "O";
    case U'Đ': return "D";
    case U'Ð': return "D";
    case U'Ħ': return "H";
    case U'Ŧ': return "T";
    case U'Þ': return "TH";
    case U'Æ': return "AE";
    case U'Œ': return "OE";
    case U'ẞ': return "SS";
    default: return "";
  }
}

std::string LatinByLook(std::string_view folded) { return ToLatin(folded, true); }

std::string LatinBySound(std::string_view folded) { return ToLatin(folded, false); }

}  // namespace tracegate
