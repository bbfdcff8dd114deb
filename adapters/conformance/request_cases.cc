#include <string>
#include <vector>

#include "adapters/conformance/case_functions.h"
#include "adapters/find_request.h"
#include "google/protobuf/util/message_differencer.h"

namespace tracegate::conformance {
namespace {

using adapter::v1::FindRequest;

// Each would do or find something where text becomes a command, a document, a filter, a path or a line.
const std::vector<std::string>& Commands() {
  static const auto* const commands = new std::vector<std::string>{
      "' OR '1'='1",
      "'; DROP TABLE weapons; --",
      "\" OR \"\"=\"",
      "1) UNION SELECT * FROM sqlite_master --",
      "%",
      "_______",
      "]]></serial><serial>",
      "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x>&e;</x>",
      "\",\"candidates_max\":50,\"x\":\"",
      "{\"$gt\":\"\"}",
      "../../../../etc/passwd",
      "*)(uid=*))(|(uid=*",
      "$(id)",
      "`id`;|id&",
      "QZX0\r\nX-Injected: yes",
      "QZX0\nQZX0",
      std::string("QZX0\0QZX0", 9),
      "\x1b[2J",
      "%00%0a",
      "${jndi:ldap://127.0.0.1/x}",
  };
  return *commands;
}

Verdict ExpectInvalid(const absl::Status& status, const std::string& what) {
  if (absl::IsInvalidArgument(status)) return Verdict::Passed();
  return Verdict::Failed(what + ": expected INVALID_ARGUMENT, was " + status.ToString());
}

struct OutOfBounds {
  std::string what;
  FindRequest request;
};

std::vector<OutOfBounds> RequestsOutOfBounds(const Bench& bench) {
  std::vector<OutOfBounds> requests;
  for (const int bound : {-1, 0, kCandidatesMax + 1}) {
    requests.push_back({"candidates_max " + std::to_string(bound), bench.Spelled({"1"})});
    requests.back().request.set_candidates_max(bound);
  }
  requests.push_back({"nothing to look for", bench.Spelled({})});
  requests.push_back({"an empty spelling", bench.Spelled({""})});
  requests.push_back({"a spelling of 257 bytes", bench.Spelled({std::string(257, '1')})});
  requests.push_back({"65 spellings", bench.Spelled(std::vector<std::string>(65, "1"))});
  requests.push_back({"a pattern of 129 bytes", bench.Patterned(std::string(129, '?'))});
  requests.push_back({"a pattern with five *", bench.Patterned("1*2*3*4*5*")});
  return requests;
}

// Whether a command finds nothing, written in each place where a serial or a number may be.
Verdict FindsNothingBy(Bench& bench, const std::string& command) {
  const auto spelled = bench.Find(bench.Spelled({command}));
  if (absl::IsInvalidArgument(spelled.status())) return Verdict::Passed();
  if (!spelled.ok()) return Verdict::Failed(spelled.status().ToString());
  if (spelled->records().records_size() > 0) return Verdict::Failed("as a serial finds something");
  const auto shown = bench.GetRecord(command);
  if (absl::IsNotFound(shown.status()) || absl::IsInvalidArgument(shown.status())) {
    return Verdict::Passed();
  }
  return Verdict::Failed("as a record's number: expected NOT_FOUND, was " +
                         shown.status().ToString());
}

// The question about the known weapon, with a command in every text beside its serial.
FindRequest WithCommandElsewhere(const Bench& bench, const std::string& command) {
  FindRequest request = bench.ForKnown();
  request.mutable_request()->set_legal_justification(command);
  request.mutable_request()->mutable_requesting_agency()->set_name(command);
  request.mutable_request()->mutable_recovery()->set_circumstances(command);
  for (v1::Item* item : {request.mutable_item(), request.mutable_request()->mutable_item()}) {
    v1::Firearm& weapon = *item->mutable_weapon();
    weapon.mutable_manufacturer()->set_verbatim(command);
    weapon.mutable_model()->set_verbatim(command);
    weapon.mutable_calibre()->set_verbatim(command);
    weapon.set_description(command);
    weapon.add_marks()->set_text(command);
  }
  return request;
}

}  // namespace

Verdict RefusesWhatIsOutOfBounds(Bench& bench) {
  for (const OutOfBounds& bad : RequestsOutOfBounds(bench)) {
    const Verdict verdict = ExpectInvalid(bench.Find(bad.request).status(), bad.what);
    if (!verdict.passed()) return verdict;
  }
  for (const std::string& number : {std::string(), std::string(257, '1')}) {
    const Verdict verdict =
        ExpectInvalid(bench.GetRecord(number).status(),
                      "a record's number of " + std::to_string(number.size()) + " bytes");
    if (!verdict.passed()) return verdict;
  }
  return bench.StillFindsTheKnownWeapon();
}

Verdict TakesWhatIsAtTheBound(Bench& bench) {
  std::vector<std::string> spellings(kSpellingsMax, std::string(kSpellingBytesMax, 'Q'));
  const auto found = bench.Find(bench.Spelled(spellings));
  if (!found.ok()) {
    return Verdict::Failed("64 spellings of 256 bytes: " + found.status().ToString());
  }
  return bench.StillFindsTheKnownWeapon();
}

Verdict PassesOverNewerWords(Bench& bench) {
  if (!bench.known()) {
    return Verdict::Skipped("needs a weapon that the registry has; none was named");
  }
  const auto plain = bench.Find(bench.ForKnown());
  auto newer = bench.ForKnown();
  newer.mutable_item()->mutable_weapon()->set_type(static_cast<v1::FirearmType>(9999));
  newer.mutable_request()->set_intended_use(static_cast<v1::IntendedUse>(9999));
  newer.GetReflection()->MutableUnknownFields(&newer)->AddLengthDelimited(4095, "newer");
  const auto found = bench.Find(newer);
  if (!plain.ok() || !found.ok()) {
    return Verdict::Failed((plain.ok() ? found : plain).status().ToString());
  }
  return google::protobuf::util::MessageDifferencer::Equals(*plain, *found)
             ? Verdict::Passed()
             : Verdict::Failed("the answer is another one");
}

Verdict TakesNoSerialForACommand(Bench& bench) {
  for (const std::string& command : Commands()) {
    Verdict verdict = FindsNothingBy(bench, command);
    if (verdict.passed()) verdict = bench.StillFindsTheKnownWeapon();
    if (!verdict.passed()) return Verdict::Failed("'" + command + "': " + verdict.why);
  }
  return Verdict::Passed();
}

Verdict TakesNoOtherFieldForACommand(Bench& bench) {
  if (!bench.known()) {
    return Verdict::Skipped("needs a weapon that the registry has; none was named");
  }
  const auto plain = bench.Find(bench.ForKnown());
  if (!plain.ok()) return Verdict::Failed(plain.status().ToString());
  for (const std::string& command : Commands()) {
    const auto found = bench.Find(WithCommandElsewhere(bench, command));
    if (!found.ok()) return Verdict::Failed("'" + command + "': " + found.status().ToString());
    if (!google::protobuf::util::MessageDifferencer::Equals(*plain, *found)) {
      return Verdict::Failed("'" + command + "' changes the answer");
    }
  }
  return bench.StillFindsTheKnownWeapon();
}

}  // namespace tracegate::conformance
