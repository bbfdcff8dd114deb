#include "adapters/marking/serial_keys.h"

#include <algorithm>
#include <array>
#include <string>

#include "adapters/marking/confusion.h"
#include "adapters/marking/serial_forms.h"

namespace tracegate {
namespace {

constexpr size_t kNearBytesMin = 4;   // shorter serials are all near one another
constexpr size_t kNearBytesMax = 24;  // longer ones are no maker's
constexpr size_t kEndBytes = 4;
constexpr size_t kUnreadEndBytes = 3;
constexpr size_t kCoreBytesMin = 4;
constexpr size_t kFilledWaysMax = 300;

enum class Kind : uint8_t { kWhole, kNear, kCore, kStart, kEnd, kUnreadStart, kUnreadEnd };

using Fold = std::array<char, 256>;

// Each class becomes its first member.
Fold FoldOf(std::initializer_list<std::string_view> classes) {
  Fold fold;
  for (size_t i = 0; i < fold.size(); ++i) fold[i] = static_cast<char>(i);
  for (const std::string_view members : classes) {
    for (const char member : members) fold[static_cast<unsigned char>(member)] = members[0];
  }
  return fold;
}

// The domain reference's classes (6.1), made disjoint: for keys of whole serials, which few share.
const Fold& Coarse() {
  static const Fold kFold =
      FoldOf({"0OQDC", "1IL7TJ", "2Z", "38BEF", "4A", "5S", "6G9", "UVY", "MNW", "KX", "PR"});
  return kFold;
}

// The commonest confusions alone: for keys that many serials share anyhow.
const Fold& Fine() {
  static const Fold kFold = FoldOf({"0OQD", "1IL", "2Z", "5S", "6G", "8B"});
  return kFold;
}

// Characters as numbers below 64, in the order of ASCII. One that none of these stands for counts as
// unread, which may be any.
constexpr char kFirst = ' ';  // in no form
constexpr char kLast = '_';

uint8_t NumberOf(char c) {
  return static_cast<uint8_t>((c > kFirst && c <= kLast ? c : '?') - kFirst);
}

uint64_t BitOf(char c) { return uint64_t{1} << NumberOf(c); }

using CharacterSets = std::array<uint64_t, 64>;  // of each character, by its number

template <typename Belongs>
CharacterSets SetsOf(Belongs belongs) {
  CharacterSets sets{};
  for (char one = kFirst + 1; one <= kLast; ++one) {
    for (char other = kFirst + 1; other <= kLast; ++other) {
      if (belongs(one, other)) sets[NumberOf(one)] |= BitOf(other);
    }
  }
  return sets;
}

// The characters that are taken for that one, or are unread.
uint64_t TakenFor(char c) {
  static const CharacterSets kSets = SetsOf(
      [](char one, char other) { return one == '?' || other == '?' || AreConfusable(one, other); });
  return kSets[NumberOf(c)];
}

// The characters that are folded to the same.
uint64_t FoldedAs(char c) {
  static const CharacterSets kSets = SetsOf([](char one, char other) {
    return Fine()[static_cast<unsigned char>(one)] == Fine()[static_cast<unsigned char>(other)];
  });
  return kSets[NumberOf(c)];
}

constexpr uint64_t kAny = ~uint64_t{0};
constexpr size_t kLastPlace = LeftOuts().size() - 1;
constexpr size_t kCountMax = 63;

size_t CharactersOf(std::string_view form) {
  return static_cast<size_t>(
      std::count_if(form.begin(), form.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

LeftOut NothingLeftOut(std::string_view form) {
  return {static_cast<uint8_t>(std::min(CharactersOf(form), kCountMax)), 0};
}

// That nothing was left out of a form of so many characters.
uint64_t AllOf(size_t characters) { return uint64_t{1} << std::min(characters, kCountMax); }

std::string Folded(std::string_view form, const Fold& fold) {
  std::string folded(form);
  for (char& c : folded) c = fold[static_cast<unsigned char>(c)];
  return folded;
}

std::string_view WithoutZeros(std::string_view folded) {
  return folded.substr(std::min(folded.find_first_not_of('0'), folded.size()));
}

std::string_view Start(std::string_view form, size_t bytes) { return form.substr(0, bytes); }

std::string_view End(std::string_view form, size_t bytes) {
  return form.substr(form.size() - std::min(bytes, form.size()));
}

// FNV-1a, then the finaliser of MurmurHash3: both ends of the result serve as table positions.
uint64_t Key(Kind kind, std::string_view text) {
  uint64_t hash = 0xCBF29CE484222325 ^ (static_cast<uint64_t>(kind) << 32);
  for (const char c : text) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001B3;
  }
  hash ^= hash >> 33;
  hash *= 0xFF51AFD7ED558CCD;
  hash ^= hash >> 33;
  hash *= 0xC4CEB9FE1A85EC53;
  return hash ^ (hash >> 33);
}

uint64_t WholeKey(std::string_view form) {
  return Key(Kind::kWhole, WithoutZeros(Folded(form, Coarse())));
}

bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }

// The form without its leading letters; empty where it has none or little is left.
std::string_view CoreOf(std::string_view form) {
  const size_t letters = std::find_if_not(form.begin(), form.end(), IsLetter) - form.begin();
  if (letters == 0 || form.size() - letters < kCoreBytesMin) return {};
  return form.substr(letters);
}

uint64_t CoreKey(std::string_view core) {
  return Key(Kind::kCore, WithoutZeros(Folded(core, Fine())));
}

uint64_t NearKey(std::string_view form) {
  return Key(Kind::kNear, WithoutZeros(Folded(form, Fine())));
}

size_t PlaceOf(size_t at) { return std::min(at + 1, kLastPlace); }

// Those in places from the first to the last.
LeftOuts InPlaces(size_t first, size_t last, uint64_t characters) {
  LeftOuts some{};
  std::fill(some.begin() + first, some.begin() + last + 1, characters);
  return some;
}

LeftOut LeftOutAt(std::string_view form, size_t at) {
  return {NumberOf(form[at]), static_cast<uint8_t>(PlaceOf(at))};
}

// A key for the form with each one character left out, leading zeros aside: take(key, which one). Of
// neighbours that are folded to the same the first: leaving out another comes to the same.
template <typename Take>
void EachNear(std::string_view form, Take take) {
  const std::string folded = Folded(form, Fine());
  const size_t zeros = folded.size() - WithoutZeros(folded).size();
  if (folded.size() - zeros < kNearBytesMin || folded.size() - zeros > kNearBytesMax) return;
  std::string shorter;
  for (size_t i = zeros; i < folded.size(); ++i) {
    if (i > zeros && folded[i] == folded[i - 1]) continue;
    shorter.assign(folded).erase(i, 1);
    take(Key(Kind::kNear, WithoutZeros(shorter)), i);
  }
}

// What a stored form may have left out where of the form asked for the character at `at` was, the
// first of those folded to the same beside it: nothing, where that one is too many, or is taken for a
// leading zero; what is taken for one of them, in its place; the same one behind, where neighbours were
// swapped.
LeftOuts MayBeLeftOut(std::string_view form, size_t at) {
  LeftOuts may_be{};
  const size_t characters = CharactersOf(form);
  may_be[0] = AllOf(characters - 1);
  const bool is_first = WithoutZeros(Folded(form.substr(0, at), Fine())).empty();
  if (is_first && (TakenFor(form[at]) & FoldedAs('0')) != 0) may_be[0] |= AllOf(characters);
  const auto may_be_at = [&](size_t place, uint64_t which) { may_be[PlaceOf(place)] |= which; };
  const uint64_t alike = FoldedAs(form[at]);
  size_t behind = at;
  for (; behind < form.size() && (alike & BitOf(form[behind])) != 0; ++behind)
    may_be_at(behind, TakenFor(form[behind]));
  // Where what is read here is folded to the same, so is all: found under the key of the whole form.
  if (alike != BitOf('?') && at + 1 < kLastPlace) may_be[at + 1] &= ~alike;
  if (behind < form.size()) may_be_at(behind, BitOf(form[behind - 1]));
  if (at == 0) return may_be;
  // What is taken for it may be folded to the same as what stands before, and the first of those is
  // left out in its stead.
  const uint64_t before = FoldedAs(form[at - 1]);
  if ((before & TakenFor(form[at])) == 0) return may_be;
  for (size_t i = at; i > 0 && (before & BitOf(form[i - 1])) != 0; --i) may_be_at(i - 1, before);
  return may_be;
}

bool IsRead(std::string_view part, size_t bytes) { return part.size() == bytes && !IsUnread(part); }

// With each `?` but one in turn as every character it may be, and that one left out: what is left of
// a stored form whose one character is left out.
class UnreadKeys {
 public:
  explicit UnreadKeys(std::string_view pattern) : pattern_(pattern) {}

  // take(key, form, which one was left out of it).
  template <typename Take>
  void Each(Take take) {
    std::vector<size_t> unread;
    for (size_t i = 0; i < pattern_.size(); ++i) {
      if (pattern_[i] == '?') unread.push_back(i);
    }
    const size_t bare = WithoutZeros(pattern_).size();
    if (unread.empty() || bare < kNearBytesMin || bare > kNearBytesMax) return;
    std::sort(unread.begin(), unread.end(),
              [&](size_t one, size_t other) { return MayBe(one).size() < MayBe(other).size(); });
    const size_t left_out = unread.back();
    unread.pop_back();
    size_t ways = 1;
    for (const size_t place : unread) {
      ways *= MayBe(place).size();
      if (ways > kFilledWaysMax) return;
    }
    text_ = Folded(pattern_, Fine());
    Fill(unread, left_out, take);
  }

 private:
  // Digits stand among digits; beside a letter, or where no neighbour tells, any character may.
  std::string_view MayBe(size_t place) const {
    const char before = Neighbour(place, -1);
    const char after = Neighbour(place, 1);
    const bool digits = before >= '0' && before <= '9' && (after == 0 || !IsLetter(after));
    return digits ? "0123456789" : "0123456789ACEFHJKMNPRTUVWXY";
  }

  // The nearest character that is read, 0 for none.
  char Neighbour(size_t place, int step) const {
    for (size_t i = place + step; i < pattern_.size(); i += step) {
      if (pattern_[i] != '?') return pattern_[i];
    }
    return 0;
  }

  template <typename Take>
  void Fill(std::vector<size_t> unread, size_t left_out, Take& take) {
    if (unread.empty()) {
      std::string shorter = text_;
      shorter.erase(left_out, 1);
      take(Key(Kind::kNear, WithoutZeros(shorter)), text_, left_out);
      return;
    }
    const size_t place = unread.back();
    unread.pop_back();
    for (const char c : MayBe(place)) {
      text_[place] = Fine()[static_cast<unsigned char>(c)];
      Fill(unread, left_out, take);
    }
  }

  const std::string_view pattern_;
  std::string text_;
};

// The longest run of read characters.
std::string_view LongestRun(std::string_view pattern) {
  std::string_view longest;
  for (size_t start = 0; start < pattern.size();) {
    const size_t end = std::min(pattern.find_first_of("?*", start), pattern.size());
    if (end - start > longest.size()) longest = pattern.substr(start, end - start);
    start = end + 1;
  }
  return longest;
}

AskedKey AnyUnder(uint64_t hash) {
  return {.hash = hash, .left_out = InPlaces(0, kLastPlace, kAny)};
}

void AskUnread(std::string_view pattern, std::vector<AskedKey>& keys) {
  const bool runs = pattern.find('*') != std::string_view::npos;
  if (!runs) {
    UnreadKeys(pattern).Each([&](uint64_t key, std::string_view filled, size_t at) {
      keys.push_back({.hash = key, .left_out = MayBeLeftOut(filled, at)});
      // It is compared with what is as long.
      keys.back().left_out[0] &= ~AllOf(CharactersOf(filled) - 1);
    });
  }
  const std::string_view run = LongestRun(pattern);
  if (run.size() < kEndBytes) return;
  const std::string folded = Folded(run, Fine());
  const uint64_t end = Key(Kind::kEnd, End(folded, kEndBytes));
  const uint64_t start = Key(Kind::kStart, Start(folded, kEndBytes));
  if (runs) {
    // It may be all there is, or all behind a prefix.
    for (const uint64_t hash : {CoreKey(run), WholeKey(run), end, start})
      keys.push_back(AnyUnder(hash));
    return;
  }
  const LeftOuts as_long = {AllOf(CharactersOf(pattern))};
  const size_t before = run.data() - pattern.data();
  if (before + run.size() == pattern.size()) {
    // Or all behind a prefix; what is unread may be one, and zeros.
    keys.push_back(
        {.hash = CoreKey(run), .left_out = InPlaces(1, std::min(before, kLastPlace), kAny)});
    keys.push_back({.hash = end, .left_out = as_long});
  }
  if (before == 0) keys.push_back({.hash = start, .left_out = as_long});
}

}  // namespace

std::vector<StoredKey> KeysToStore(std::string_view form) {
  std::vector<StoredKey> keys;
  const auto add = [&](uint64_t hash) { keys.push_back({hash, NothingLeftOut(form)}); };
  const std::string folded = Folded(form, Fine());
  if (IsUnread(form)) {
    if (std::count(form.begin(), form.end(), '?') == 1 && form.find('*') == std::string_view::npos)
      UnreadKeys(form).Each([&](uint64_t key, std::string_view filled, size_t at) {
        keys.push_back({key, LeftOutAt(filled, at)});
      });
    const std::string_view start = Start(folded, kUnreadEndBytes);
    const std::string_view end = End(folded, kUnreadEndBytes);
    if (IsRead(start, kUnreadEndBytes)) add(Key(Kind::kUnreadStart, start));
    if (IsRead(end, kUnreadEndBytes)) add(Key(Kind::kUnreadEnd, end));
  } else {
    add(WholeKey(form));
    add(NearKey(form));
    EachNear(form, [&](uint64_t key, size_t at) { keys.push_back({key, LeftOutAt(form, at)}); });
    // The last of its letters is what tells it from others with the same core.
    if (const std::string_view core = CoreOf(form); !core.empty())
      keys.push_back({CoreKey(core), LeftOutAt(form, form.size() - core.size() - 1)});
    if (folded.size() > kEndBytes) {
      add(Key(Kind::kStart, Start(folded, kEndBytes)));
      add(Key(Kind::kEnd, End(folded, kEndBytes)));
    }
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::vector<AskedKey> KeysToAsk(std::string_view form) {
  std::vector<AskedKey> keys;
  if (IsUnread(form)) {
    AskUnread(form, keys);
    return keys;
  }
  keys.reserve(form.size() + 8);
  keys.push_back({NearKey(form), AskedKey::Reach::kSame, {kAny}});
  keys.push_back({WholeKey(form), AskedKey::Reach::kConfused, {AllOf(CharactersOf(form))}});
  const std::string_view core = CoreOf(form);
  if (core.empty()) {
    keys.push_back(AnyUnder(CoreKey(form)));
  } else {
    // A prefix that is as long is no other, or is near.
    const size_t last_letter = form.size() - core.size() - 1;
    keys.push_back(
        {.hash = CoreKey(core), .left_out = InPlaces(1, kLastPlace, BitOf(form[last_letter]))});
    if (last_letter + 1 < kLastPlace) keys.back().left_out[last_letter + 1] = 0;
    keys.push_back({.hash = NearKey(core), .left_out = {AllOf(CharactersOf(core))}});
  }
  EachNear(form, [&](uint64_t key, size_t at) {
    keys.push_back({.hash = key, .left_out = MayBeLeftOut(form, at)});
  });
  keys.push_back(AnyUnder(NearKey(form)));
  keys.back().left_out[0] = 0;
  const std::string folded = Folded(form, Fine());
  keys.push_back(AnyUnder(Key(Kind::kUnreadStart, Start(folded, kUnreadEndBytes))));
  keys.push_back(AnyUnder(Key(Kind::kUnreadEnd, End(folded, kUnreadEndBytes))));
  return keys;
}

}  // namespace tracegate
