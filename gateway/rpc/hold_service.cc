#include "gateway/rpc/hold_service.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "gateway/tracing/trace_view.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kPageDefault = 100;
constexpr int kPageMax = 500;

std::string Method(const char* name) {
  return std::string("/tracegate.v1.EvidenceService/") + name;
}

absl::Status CheckOwn(const Call& call, const RegistryTable& registries) {
  if (registries.Serves(call.caller.state)) return absl::OkStatus();
  return Failure(v1::REASON_STATE_MISMATCH,
                 "agencies of " + call.caller.state +
                     " hold contents in the log of their own State's gateway");
}

// A hold is set on a trace that the caller may see; what is lifted stood already.
absl::Status CheckTrace(const Call& call, RecordStore* store, const v1::LegalHold& hold) {
  if (hold.lifted() || hold.trace_id().empty()) return absl::OkStatus();
  const auto row = store->FindTrace(hold.trace_id());
  if (!row.ok()) return row.status();
  if (*row && MaySee(call.caller, **row)) return absl::OkStatus();
  return FieldFailure(v1::REASON_TRACE_NOT_FOUND, "hold.trace_id",
                      "there is no trace " + hold.trace_id());
}

void SetHold(const Call& call, LegalHolds* holds, const v1::LegalHold& hold, ReplyDone done) {
  v1::EntryHeader header;
  header.set_actor(call.caller.spiffe_id);
  header.set_state(call.caller.state);
  header.set_method(call.method);
  holds->Change(header, hold, [done = std::move(done)](const auto& changed) {
    if (!changed.ok()) return done(changed.status());
    done(changed->SerializeAsString());
  });
}

// A page token is how many holds came before: they are few.
absl::StatusOr<std::string> ListHolds(const std::vector<v1::LegalHold>& holds,
                                      const v1::ListLegalHoldsRequest& request) {
  if (request.page_size() < 0 || request.page_size() > kPageMax) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "page_size", "must be 1 to 500, or 0 for 100");
  }
  size_t first = 0;
  const std::string& token = request.page_token();
  if (!token.empty() && (!absl::SimpleAtoi(token, &first) || first > holds.size())) {
    return FieldFailure(v1::REASON_PAGE_TOKEN_INVALID, "page_token",
                        "is not a token that this list gave");
  }
  const auto size =
      static_cast<size_t>(request.page_size() == 0 ? kPageDefault : request.page_size());
  const size_t last = std::min(first + size, holds.size());
  v1::ListLegalHoldsResponse response;
  for (size_t i = first; i < last; ++i) *response.add_holds() = holds[i];
  if (last < holds.size()) response.set_next_page_token(std::to_string(last));
  return response.SerializeAsString();
}

}  // namespace

void ServeHolds(LegalHolds* holds, RecordStore* store, const RegistryTable* registries,
                HandlerTable* table) {
  table->ServeUnary<v1::SetLegalHoldRequest>(
      Method("SetLegalHold"),
      [holds, store, registries](const Call& call, const v1::SetLegalHoldRequest& request,
                                 std::string, ReplyDone done) {
        absl::Status status = CheckOwn(call, *registries);
        if (status.ok()) status = CheckTrace(call, store, request.hold());
        if (!status.ok()) return done(status);
        SetHold(call, holds, request.hold(), std::move(done));
      });
  table->ServeUnary<v1::ListLegalHoldsRequest>(
      Method("ListLegalHolds"),
      [holds, registries](const Call& call, const v1::ListLegalHoldsRequest& request, std::string,
                          ReplyDone done) {
        if (auto status = CheckOwn(call, *registries); !status.ok()) return done(status);
        done(ListHolds(holds->Of(call.caller.state), request));
      });
}

void RefuseHolds(const absl::Status& damage, HandlerTable* table) {
  table->ServeUnary<v1::SetLegalHoldRequest>(
      Method("SetLegalHold"), [damage](const Call&, const v1::SetLegalHoldRequest&, std::string,
                                       ReplyDone done) { done(damage); });
  table->ServeUnary<v1::ListLegalHoldsRequest>(
      Method("ListLegalHolds"), [damage](const Call&, const v1::ListLegalHoldsRequest&, std::string,
                                         ReplyDone done) { done(damage); });
}

}  // namespace tracegate
