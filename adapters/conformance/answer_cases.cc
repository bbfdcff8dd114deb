#include <algorithm>
#include <string>

#include "adapters/answer_check.h"
#include "adapters/conformance/case_functions.h"
#include "google/protobuf/util/message_differencer.h"

namespace tracegate::conformance {
namespace {

// Nobody's, in any alphabet of serials that is known of.
constexpr char kNobodys[] = "QZX0QZX0QZX0QZX9";

std::string Said(const absl::Status& status) { return std::string(status.message()); }

Verdict NeedsAKnownWeapon() {
  return Verdict::Skipped("needs a weapon that the registry has; none was named");
}

// Passed where an answer is as the contract has it.
Verdict Sound(const adapter::v1::FindRequest& request, const Bench::Found& found) {
  if (!found.ok()) return Verdict::Failed(Said(found.status()));
  const absl::Status sound = CheckFindAnswer(request, *found);
  return sound.ok() ? Verdict::Passed() : Verdict::Failed(Said(sound));
}

Verdict Empty(const adapter::v1::FindRequest& request, const Bench::Found& found) {
  if (Verdict sound = Sound(request, found); !sound.passed()) return sound;
  if (found->records().records_size() > 0) return Verdict::Failed("something was found");
  return found->records().more() ? Verdict::Failed("nothing was found, and more than that")
                                 : Verdict::Passed();
}

bool HasNumber(const adapter::v1::Records& records, const std::string& number) {
  return std::any_of(records.records().begin(), records.records().end(),
                     [&](const auto& record) { return record.record_number() == number; });
}

bool IsPlain(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// The serial with an ASCII letter or digit of it unread, from the end; empty where it has none.
std::string OneUnread(std::string serial) {
  for (size_t i = serial.size(); i-- > 0;) {
    if (!IsPlain(serial[i])) continue;
    serial[i] = '?';
    return serial;
  }
  return {};
}

}  // namespace

Verdict IsHealthy(Bench& bench) {
  const absl::Status health = bench.AwaitHealth();
  return health.ok() ? Verdict::Passed() : Verdict::Failed(Said(health));
}

Verdict DescribesItself(Bench& bench) {
  const auto description = bench.Describe();
  if (description.states_size() != 1) return Verdict::Failed("states: is not one State");
  const absl::Status sound = CheckDescription(description.states(0), description);
  const std::string& state = description.states(0);
  if (!sound.ok()) return Verdict::Failed(Said(sound));
  const bool is_code = state.size() == 2 && std::all_of(state.begin(), state.end(), [](char c) {
                         return c >= 'A' && c <= 'Z';
                       });
  return is_code ? Verdict::Passed()
                 : Verdict::Failed("states: is no ISO 3166-1 alpha-2 code; expected such as DE");
}

Verdict FindsTheKnownWeapon(Bench& bench) {
  return bench.known() ? bench.StillFindsTheKnownWeapon() : NeedsAKnownWeapon();
}

Verdict FindsByPattern(Bench& bench) {
  if (!bench.Describe().partial_serials()) {
    return Verdict::Skipped("the adapter does not say that it searches by partial serials");
  }
  if (!bench.known()) return NeedsAKnownWeapon();
  const std::string pattern = OneUnread(bench.known()->firearm().serial_number());
  if (pattern.empty()) return Verdict::Skipped("the known serial has no letter or digit of ASCII");
  const auto request = bench.Patterned(pattern);
  const auto found = bench.Find(request);
  if (Verdict sound = Sound(request, found); !sound.passed()) return sound;
  if (HasNumber(found->records(), bench.known()->record_number()) || found->records().more()) {
    return Verdict::Passed();
  }
  return Verdict::Failed("the known weapon is not found by '" + pattern + "'");
}

Verdict FindsNothing(Bench& bench) {
  const auto request = bench.Spelled({kNobodys});
  return Empty(request, bench.Find(request));
}

Verdict KeepsTheBound(Bench& bench) {
  if (!bench.known()) return NeedsAKnownWeapon();
  const std::string& serial = bench.known()->firearm().serial_number();
  const bool by_its_first = bench.Describe().partial_serials() && IsPlain(serial.front());
  auto request = by_its_first ? bench.Patterned(serial.substr(0, 1) + "*") : bench.ForKnown();
  const auto many = bench.Find(request);
  if (Verdict sound = Sound(request, many); !sound.passed()) return sound;
  request.set_hop_id(request.hop_id() + ".one");
  request.set_candidates_max(1);
  const auto one = bench.Find(request);
  if (Verdict sound = Sound(request, one); !sound.passed()) return sound;
  if (many->records().records_size() > 1 && !one->records().more()) {
    return Verdict::Failed("there are more than one, and an answer of one does not say so");
  }
  if (many->records().records_size() <= 1 && !many->records().more() && one->records().more()) {
    return Verdict::Failed("there are no more than one, and an answer of one says so");
  }
  return Verdict::Passed();
}

Verdict TakesEveryScript(Bench& bench) {
  for (const char* serial : {"ЖЩЪ-70707070", "ΞΨΩ-70707070", "سلاح٧٠٧٠٧٠", "銃第七〇七〇七〇号",
                             "\xF0\x90\x8E\xA0\xF0\x90\x8E\xA1\xF0\x90\x8E\xA2"}) {
    const auto request = bench.Spelled({serial});
    if (Verdict sound = Sound(request, bench.Find(request)); !sound.passed()) return sound;
  }
  return bench.StillFindsTheKnownWeapon();
}

Verdict RepeatsItself(Bench& bench) {
  const auto request = bench.known() ? bench.ForKnown() : bench.Spelled({kNobodys});
  const auto first = bench.Find(request);
  if (Verdict sound = Sound(request, first); !sound.passed()) return sound;
  const auto second = bench.Find(request);
  if (Verdict sound = Sound(request, second); !sound.passed()) return sound;
  return google::protobuf::util::MessageDifferencer::Equals(*first, *second)
             ? Verdict::Passed()
             : Verdict::Failed("the second answer differs from the first");
}

Verdict ShowsARecord(Bench& bench) {
  if (!bench.known()) return NeedsAKnownWeapon();
  adapter::v1::GetRecordRequest request;
  request.set_record_number(bench.known()->record_number());
  const auto shown = bench.GetRecord(request.record_number());
  if (!shown.ok()) return Verdict::Failed(Said(shown.status()));
  const absl::Status sound = CheckRecordAnswer(request, *shown);
  return sound.ok() ? Verdict::Passed() : Verdict::Failed(Said(sound));
}

Verdict KnowsNoOtherRecord(Bench& bench) {
  const absl::Status status = bench.GetRecord(kNobodys).status();
  return absl::IsNotFound(status) ? Verdict::Passed()
                                  : Verdict::Failed("expected NOT_FOUND, was " + status.ToString());
}

}  // namespace tracegate::conformance
