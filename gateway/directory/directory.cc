#include "gateway/directory/directory.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "absl/strings/escaping.h"
#include "adapters/marking/states.h"
#include "gateway/directory/state_entry.h"
#include "gateway/tracing/timestamp.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kPageDefault = 50;
constexpr int kPageMax = 200;
constexpr int kAgreementsMax = 64;
constexpr size_t kCodeBytes = 2;
// A State may have many marking practices; a page must fit what clients take by default.
constexpr size_t kPageBytesMax = 1 << 20;

// A former State's successors, in the order to ask them; else the State itself. None where there is no such State.
std::vector<std::string> CandidatesFor(const std::string& code) {
  const State* state = StateCatalogue::Standard().Find(code);
  if (state == nullptr) return {};
  return state->IsFormer() ? state->successors : std::vector<std::string>{state->code};
}

// A token is the last code shown, and what was asked for.
std::string QueryOf(const v1::ListStatesRequest& request) {
  return (request.served_only() ? "served " : "known ") + request.service();
}

absl::StatusOr<std::string> ShownBefore(const v1::ListStatesRequest& request) {
  if (request.page_token().empty()) return std::string();
  std::string token;
  if (!absl::WebSafeBase64Unescape(request.page_token(), &token) || token.size() <= kCodeBytes ||
      token.substr(kCodeBytes) != QueryOf(request)) {
    return FieldFailure(v1::REASON_PAGE_TOKEN_INVALID, "page_token",
                        "is not a token of this list; repeat the filters it was given for");
  }
  return token.substr(0, kCodeBytes);
}

bool Answers(const v1::State& state, const std::string& service) {
  const auto& services = state.capabilities().services();
  return service.empty() || std::find(services.begin(), services.end(), service) != services.end();
}

}  // namespace

absl::StatusOr<v1::State> Directory::GetState(const Caller& caller,
                                              const v1::GetStateRequest& request) const {
  if (request.code().empty()) {
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "code", "name the State, such as BR");
  }
  const std::vector<std::string> candidates = CandidatesFor(request.code());
  if (candidates.empty()) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "code",
                        "'" + request.code() +
                            "' is no State; write ISO 3166-1 alpha-2 such as BR, or ISO 3166-3 "
                            "alpha-4 of a former one such as DDDE");
  }
  const auto book = parts_.book->Now();
  const std::set<std::string> known = Known(*book);
  for (const std::string& code : candidates) {
    if (known.contains(code)) return Describe(caller, *book, code);
  }
  return FieldFailure(v1::REASON_STATE_NOT_SERVED, "code",
                      "no registry, peer or contact of " + request.code() + " is known here");
}

absl::StatusOr<v1::ListStatesResponse> Directory::ListStates(
    const Caller& caller, const v1::ListStatesRequest& request) const {
  if (request.page_size() < 0 || request.page_size() > kPageMax) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "page_size", "must be 1 to 200, or 0 for 50");
  }
  const int limit = request.page_size() == 0 ? kPageDefault : request.page_size();
  const auto before = ShownBefore(request);
  if (!before.ok()) return before.status();
  const auto book = parts_.book->Now();
  v1::ListStatesResponse response;
  size_t bytes = 0;
  for (const std::string& code : Known(*book)) {
    if (code <= *before) continue;
    if (request.served_only() && parts_.registries->ForState(code) == nullptr) continue;
    v1::State state = Describe(caller, *book, code);
    if (!Answers(state, request.service())) continue;
    bytes += state.ByteSizeLong();
    const int shown = response.states_size();
    if (shown == limit || (shown > 0 && bytes > kPageBytesMax)) {
      const std::string& last = response.states(shown - 1).code();
      response.set_next_page_token(absl::WebSafeBase64Escape(last + QueryOf(request)));
      break;
    }
    *response.add_states() = std::move(state);
  }
  return response;
}

std::set<std::string> Directory::Known(const DirectoryBook& book) const {
  std::set<std::string> known;
  for (const Registry& registry : parts_.registries->registries()) known.insert(registry.state);
  for (const auto& [code, row] : book.rows()) known.insert(code);
  return known;
}

v1::State Directory::Describe(const Caller& caller, const DirectoryBook& book,
                              const std::string& code) const {
  v1::State told;
  told.set_code(code);
  const StateCatalogue& states = StateCatalogue::Standard();
  if (const State* state = states.Find(code); state != nullptr) told.set_name(state->name);
  const std::vector<std::string> formers = states.FormersOf(code);
  told.mutable_succeeds()->Assign(formers.begin(), formers.end());
  if (const auto* row = book.Find(code); row != nullptr) {
    *told.mutable_contacts() = row->contacts();
    *told.mutable_marking_practices() = row->marking_practices();
  }
  const Registry* registry = parts_.registries->ForState(code);
  if (registry != nullptr) {
    *told.mutable_capabilities() = CapabilitiesOf(*registry);
    *told.mutable_health() = HealthOf(*registry);
  } else {
    told.mutable_health()->set_reachability(v1::REACHABILITY_CONTACT_ONLY);
  }
  const auto agreements = parts_.agreements->Now();
  for (const auto* agreement : agreements->InForceBetween(caller.state, code, parts_.clock())) {
    if (told.agreements_size() == kAgreementsMax) break;
    *told.add_agreements() = InForce(*agreement);
  }
  *told.mutable_update_time() = ToTimestamp(book.read_time());
  return told;
}

}  // namespace tracegate
