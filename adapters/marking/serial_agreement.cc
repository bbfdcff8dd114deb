#include "adapters/marking/serial_agreement.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "adapters/marking/confusion.h"

namespace tracegate {
namespace {

constexpr size_t kNumbersMax = 8;
constexpr double kOtherScriptScore = 0.8;
constexpr double kBySoundScore = 0.6;
constexpr double kConfusedScoreMax = 0.75;
constexpr double kUnreadScoreMax = 0.7;
constexpr double kOtherNumberFactor = 0.8;

SerialAgreement Agreement(v1::MatchEffect effect, double score, std::string_view note) {
  SerialAgreement agreement;
  agreement.effect = effect;
  agreement.score = score;
  agreement.note = note;
  return agreement;
}

const std::string& Written(const SerialReading& reading) {
  return reading.pattern.empty() ? reading.key : reading.pattern;
}

bool SoundsLike(const SerialReading& one, const SerialReading& other) {
  return !one.sound_key.empty() && (one.sound_key == other.key || one.sound_key == other.sound_key);
}

// One of the ways to read the one is the other, which is read whole.
bool IsAlternative(const SerialReading& unread, const SerialReading& whole) {
  return !whole.key.empty() && std::find(unread.alternatives.begin(), unread.alternatives.end(),
                                         whole.key) != unread.alternatives.end();
}

SerialAgreement CompareUnread(const SerialReading& asked, const SerialReading& recorded) {
  const int read = std::min(asked.read, recorded.read);
  if (read < kSerialReadMin || !PatternsAgree(Written(asked), Written(recorded)))
    return SerialAgreement();
  const double share = static_cast<double>(read) / std::max({asked.read, recorded.read, 1});
  if (IsAlternative(asked, recorded) || IsAlternative(recorded, asked)) {
    return Agreement(v1::MATCH_EFFECT_COMPATIBLE, kUnreadScoreMax,
                     "agrees, with one of the characters that an examiner thought possible");
  }
  return Agreement(v1::MATCH_EFFECT_COMPATIBLE, kUnreadScoreMax * (0.5 + 0.5 * share),
                   "agrees in the characters that are read; others are unread");
}

std::string_view NoteOn(const Slip& slip) {
  switch (slip.kind) {
    case SlipKind::kLeadingZeros: return "the same but for leading zeros";
    case SlipKind::kAffix: return "the same but for letters before or behind that only one has";
    case SlipKind::kOneCharacter: return "the same but for one character that only one has";
    case SlipKind::kSwapped: return "the same only if neighbours changed places: ";
    case SlipKind::kNone:
    case SlipKind::kConfused: break;
  }
  return "the same only if these were taken for one another: ";
}

SerialAgreement CompareChosen(const SerialReading& asked, const SerialReading& recorded) {
  if (Written(asked).empty() || Written(recorded).empty()) return SerialAgreement();
  if (!asked.pattern.empty() || !recorded.pattern.empty()) return CompareUnread(asked, recorded);
  if (asked.plain_key == recorded.plain_key) return Agreement(v1::MATCH_EFFECT_AGREES, 1, "");
  if (asked.key == recorded.key) {
    return Agreement(v1::MATCH_EFFECT_CONFUSABLE, kOtherScriptScore,
                     "the same only if letters of two scripts that look alike are taken as one");
  }
  if (SoundsLike(asked, recorded) || SoundsLike(recorded, asked)) {
    return Agreement(v1::MATCH_EFFECT_CONFUSABLE, kBySoundScore,
                     "the same only if one was written down by the sound of its letters");
  }
  const std::optional<Slip> slip = SlipBetween(asked.key, recorded.key);
  if (!slip) return SerialAgreement();
  SerialAgreement agreement = Agreement(v1::MATCH_EFFECT_CONFUSABLE,
                                        kConfusedScoreMax * (1 - 0.5 * slip->cost), NoteOn(*slip));
  agreement.confused = ConfusedPairs(asked.key, recorded.key);
  agreement.one_is_longer = slip->kind == SlipKind::kAffix || slip->kind == SlipKind::kLeadingZeros;
  return agreement;
}

// The chosen number first, then the others, each read for itself.
std::vector<SerialReading> NumbersOf(const SerialReading& reading) {
  std::vector<SerialReading> readings{reading};
  for (size_t i = 0; i < std::min(reading.numbers.size(), kNumbersMax); ++i) {
    if (i != reading.chosen) readings.push_back(ReadSerial(reading.numbers[i].text));
  }
  return readings;
}

}  // namespace

SerialAgreement CompareSerials(const SerialReading& asked, const SerialReading& recorded) {
  // Nearly all: the one number of each side, without a copy.
  const bool lone = asked.numbers.size() <= 1 && recorded.numbers.size() <= 1;
  if (lone) return CompareChosen(asked, recorded);
  SerialAgreement best;
  const std::vector<SerialReading> asked_numbers = NumbersOf(asked);
  const std::vector<SerialReading> recorded_numbers = NumbersOf(recorded);
  for (size_t i = 0; i < asked_numbers.size(); ++i) {
    for (size_t k = 0; k < recorded_numbers.size(); ++k) {
      SerialAgreement agreement = CompareChosen(asked_numbers[i], recorded_numbers[k]);
      if (i + k > 0 || asked.ambiguous || recorded.ambiguous) {
        agreement.score *= kOtherNumberFactor;
        if (agreement.effect == v1::MATCH_EFFECT_AGREES) {
          agreement.effect = v1::MATCH_EFFECT_CONFUSABLE;
          agreement.note = "agrees with one of several numbers, not known to be the frame's";
        }
      }
      if (agreement.score > best.score) best = agreement;
    }
  }
  return best;
}

}  // namespace tracegate
