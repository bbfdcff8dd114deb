#include "tests/adapters/conformance/faulty_registry.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "adapters/find_request.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kLostEach = 150;  // call: of 200 at once, one at least

v1::RegistryRecord Record(const std::string& number, const std::string& serial) {
  v1::RegistryRecord record;
  record.set_record_number(number);
  record.mutable_firearm()->set_serial_number(serial);
  record.mutable_firearm()->mutable_manufacturer()->set_verbatim("Taurus");
  return record;
}

// `?` is one character, `*` any number.
bool Matches(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    return Matches(pattern.substr(1), text) || (!text.empty() && Matches(pattern, text.substr(1)));
  }
  if (text.empty() || (pattern[0] != '?' && pattern[0] != text[0])) return false;
  return Matches(pattern.substr(1), text.substr(1));
}

bool IsAscii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

absl::Status Invalid() { return Failure(v1::REASON_FIELD_INVALID, "faulty"); }

}  // namespace

FaultyRegistry::FaultyRegistry(std::string fault)
    : fault_(std::move(fault)),
      records_({Record("1", "AB12"), Record("2", "AB13"), Record("3", "C7")}),
      pool_({.registry = "faulty", .concurrency = 2}) {}

v1::RegistryRecord FaultyRegistry::Known() { return Record("1", "AB12"); }

adapter::v1::DescribeResponse FaultyRegistry::Describe() const {
  return DescribeSearchBySerial("faulty", Has("describes_itself") ? "Brazil" : "BR", 1);
}

bool FaultyRegistry::Loses(const RegistryCall& call) {
  const absl::Duration left = call.deadline - absl::Now();
  if (left > absl::Milliseconds(-500) && left < absl::Seconds(1)) return Has("deadline_short");
  return Has("many_at_once") && ++asked_ % kLostEach == 0;
}

void FaultyRegistry::Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) {
  if (Loses(call)) return;
  if (Has("deadline_past")) call.deadline = absl::InfiniteFuture();
  if (Has("cancelled_before")) call.cancelled = {};
  if (Has("cancelled_meanwhile") && call.cancelled.stop_possible()) {
    return done(Failure(v1::REASON_REGISTRY_UNAVAILABLE, "faulty"));
  }
  const bool twice = Has("ends_in_flight");
  pool_.Run(
      call, std::function<void(Found)>([twice, done](const Found& found) {
        done(found);
        if (twice) done(found);
      }),
      [this, request = std::move(request)](size_t, const CallWatch&) { return Search(request); });
}

FaultyRegistry::Found FaultyRegistry::Search(const adapter::v1::FindRequest& request) {
  const absl::Status sound = CheckFindRequest(request);
  if (!sound.ok() && !Has("refuses_beyond_bounds")) return sound;
  if (absl::Status stumbles = Stumble(request); !stumbles.ok()) return stumbles;
  adapter::v1::FindResponse answer;
  adapter::v1::Records& records = *answer.mutable_records();
  const bool repeated = IsRepeated(request.hop_id());
  for (const v1::RegistryRecord& record : records_) {
    if (!Fits(request, record.firearm().serial_number())) continue;
    if (repeated) continue;
    if (records.records_size() == request.candidates_max() && !Has("keeps_the_bound")) {
      records.set_more(true);
      break;
    }
    v1::RegistryRecord& found = *records.add_records();
    found = record;
    if (Has("finds_known")) found.mutable_firearm()->clear_manufacturer();
  }
  if (Has("finds_nothing") && records.records().empty()) {
    return Failure(v1::REASON_RECORD_NOT_FOUND, "finding nothing is no error");
  }
  return answer;
}

bool FaultyRegistry::Fits(const adapter::v1::FindRequest& request,
                          const std::string& serial) const {
  const bool by_pattern = !Has("finds_by_pattern") && !request.serial_pattern().empty() &&
                          Matches(request.serial_pattern(), serial);
  return by_pattern || std::any_of(request.serial_spellings().begin(),
                                   request.serial_spellings().end(), [&](const auto& spelling) {
                                     return spelling == serial ||
                                            (Has("no_command_in_serial") && spelling == "%");
                                   });
}

absl::Status FaultyRegistry::Stumble(const adapter::v1::FindRequest& request) const {
  const auto& spellings = request.serial_spellings();
  const v1::Firearm& weapon = request.item().weapon();
  if (Has("takes_every_script") && !std::all_of(spellings.begin(), spellings.end(), IsAscii)) {
    return Invalid();
  }
  if (Has("takes_at_bounds") && spellings.size() == kSpellingsMax) return Invalid();
  if (Has("takes_newer_words") && !v1::FirearmType_IsValid(weapon.type())) return Invalid();
  const std::string& maker = weapon.manufacturer().verbatim();
  const bool is_closed = Has("no_command_elsewhere") && maker.find('\'') != std::string::npos;
  return is_closed ? Invalid() : absl::OkStatus();
}

bool FaultyRegistry::IsRepeated(const std::string& hop_id) {
  const std::lock_guard lock(mutex_);
  return !hops_.insert(hop_id).second && Has("repeats_itself");
}

void FaultyRegistry::GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                               RecordDone done) {
  pool_.Run(call, std::move(done),
            [this, request = std::move(request)](
                size_t, const CallWatch&) -> absl::StatusOr<adapter::v1::GetRecordResponse> {
              adapter::v1::GetRecordResponse answer;
              if (absl::Status sound = CheckGetRecordRequest(request); !sound.ok()) return sound;
              for (const v1::RegistryRecord& record : records_) {
                if (record.record_number() == request.record_number()) {
                  *answer.mutable_record() = Has("shows_known") ? records_.back() : record;
                  return answer;
                }
              }
              if (Has("shows_nothing")) return answer;
              return Failure(v1::REASON_RECORD_NOT_FOUND, "no record of that number");
            });
}

void FaultyRegistry::Health(RegistryCall call, HealthDone done) {
  pool_.Run(call, std::move(done), [this](size_t, const CallWatch&) {
    return Has("is_healthy") ? Failure(v1::REASON_REGISTRY_UNAVAILABLE, "faulty")
                             : absl::OkStatus();
  });
}

}  // namespace tracegate
