#include "adapters/conformance/bench.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "adapters/answer_check.h"
#include "adapters/find_request.h"

namespace tracegate {
namespace {

constexpr absl::Duration kReadyLook = absl::Milliseconds(20);

absl::Status Lost() { return absl::InternalError("no answer came"); }

bool Has(const v1::Term& found, const v1::Term& known) {
  return known.verbatim().empty() || found.verbatim() == known.verbatim();
}

// Whether a record says all that is known.
bool IsThatRecord(const v1::RegistryRecord& found, const v1::RegistryRecord& known) {
  const v1::Firearm& a = found.firearm();
  const v1::Firearm& b = known.firearm();
  return found.record_number() == known.record_number() && a.serial_number() == b.serial_number() &&
         Has(a.manufacturer(), b.manufacturer()) && Has(a.model(), b.model()) &&
         Has(a.calibre(), b.calibre());
}

std::string Said(const absl::Status& status) { return std::string(status.message()); }

}  // namespace

Bench::Bench(std::unique_ptr<RegistryAdapter> adapter, Options options)
    : options_(std::move(options)), adapter_(std::move(adapter)) {}

std::shared_ptr<AskedCalls::Asked<Bench::Found>> Bench::Begin(
    const adapter::v1::FindRequest& request, RegistryCall call) {
  auto asked = calls_.New<Found>();
  adapter_->Find(std::move(call), request, [asked](Found found) { asked->Take(std::move(found)); });
  return asked;
}

Bench::Found Bench::Await(const std::shared_ptr<AskedCalls::Asked<Found>>& asked) const {
  return asked->Await(options_.patience).value_or(Lost());
}

Bench::Found Bench::Find(const adapter::v1::FindRequest& request, RegistryCall call) {
  return Await(Begin(request, std::move(call)));
}

Bench::Shown Bench::GetRecord(const std::string& number, RegistryCall call) {
  adapter::v1::GetRecordRequest request;
  request.set_record_number(number);
  auto asked = calls_.New<Shown>();
  adapter_->GetRecord(std::move(call), request,
                      [asked](Shown shown) { asked->Take(std::move(shown)); });
  return asked->Await(options_.patience).value_or(Lost());
}

absl::Status Bench::Health() {
  auto asked = calls_.New<absl::Status>();
  adapter_->Health({}, [asked](absl::Status status) { asked->Take(std::move(status)); });
  return asked->Await(options_.patience).value_or(Lost());
}

absl::Status Bench::AwaitHealth() {
  const absl::Time until = absl::Now() + options_.ready_patience;
  absl::Status health = Health();
  while (absl::IsUnavailable(health) && absl::Now() < until) {
    absl::SleepFor(kReadyLook);
    health = Health();
  }
  return health;
}

Verdict Bench::StillFindsTheKnownWeapon() {
  if (absl::Status health = Health(); !health.ok()) {
    return Verdict::Failed("the registry is not healthy: " + Said(health));
  }
  if (!known()) return Verdict::Passed();
  const auto request = ForKnown();
  const Found found = Find(request);
  if (!found.ok()) return Verdict::Failed("the known weapon is not found: " + Said(found.status()));
  if (absl::Status sound = CheckFindAnswer(request, *found); !sound.ok()) {
    return Verdict::Failed("the answer is not as the contract has it: " + Said(sound));
  }
  for (const v1::RegistryRecord& record : found->records().records()) {
    if (IsThatRecord(record, *known())) return Verdict::Passed();
  }
  return Verdict::Failed("record " + known()->record_number() + " is not among the " +
                         std::to_string(found->records().records_size()) +
                         " found by its serial, or says something else");
}

Verdict Bench::Destroy() {
  adapter_.reset();
  const auto [lost, repeated] = calls_.LostAndRepeated();
  if (lost > 0) return Verdict::Failed(std::to_string(lost) + " calls were never answered");
  if (repeated == 0) return Verdict::Passed();
  return Verdict::Failed(std::to_string(repeated) + " calls were answered more than once");
}

adapter::v1::FindRequest Bench::Spelled(const std::vector<std::string>& spellings) const {
  adapter::v1::FindRequest request;
  request.set_hop_id("conformance." + std::to_string(++hops_));
  request.mutable_serial_spellings()->Assign(spellings.begin(), spellings.end());
  request.set_candidates_max(kCandidatesMax);
  return request;
}

adapter::v1::FindRequest Bench::Patterned(const std::string& pattern) const {
  adapter::v1::FindRequest request = Spelled({});
  request.set_serial_pattern(pattern);
  return request;
}

adapter::v1::FindRequest Bench::ForKnown() const {
  return Spelled({known()->firearm().serial_number()});
}

}  // namespace tracegate
