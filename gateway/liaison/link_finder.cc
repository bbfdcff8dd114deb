#include "gateway/liaison/link_finder.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/numbers.h"
#include "gateway/tracing/page.h"
#include "gateway/tracing/trace_view.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/violations.h"

namespace tracegate {
namespace {

constexpr int kPageDefault = 50;
constexpr int kPageMax = 200;
constexpr int kStoreRowsMax = 200;
constexpr int kDistanceDefault = 10;
constexpr int kDistanceMax = 1000;
// What two traces tell by themselves; the rest is in transfers.
constexpr v1::LinkKind kKinds[] = {
    v1::LINK_KIND_SAME_ITEM,      v1::LINK_KIND_SAME_SOURCE, v1::LINK_KIND_NEIGHBOURING_SERIAL,
    v1::LINK_KIND_SAME_CONSIGNEE, v1::LINK_KIND_SAME_FIND,   v1::LINK_KIND_SAME_POINT_OF_DIVERSION};

absl::Status CheckFindLinks(const v1::FindLinksRequest& request) {
  Violations out;
  out.Require(request.start_case() != v1::FindLinksRequest::START_NOT_SET, "start",
              "say where to start: trace_id, transfer_id or item");
  out.Refuse(request.has_item() && request.item().item_case() == v1::Item::ITEM_NOT_SET, "item",
             "describe the weapon");
  out.Refuse(std::find(request.kinds().begin(), request.kinds().end(), v1::LINK_KIND_UNSPECIFIED) !=
                 request.kinds().end(),
             "kinds", "each must say what kind; leave the list empty for all");
  out.Refuse(request.serial_distance_max() < 0 || request.serial_distance_max() > kDistanceMax,
             "serial_distance_max", "must be 1 to 1000, or 0 for 10");
  out.Require(request.intended_use() != v1::INTENDED_USE_UNSPECIFIED, "intended_use",
              "say what the links will be used for");
  out.Require(!request.justification().empty(), "justification", "say why it is asked");
  out.Refuse(request.page_size() < 0 || request.page_size() > kPageMax, "page_size",
             "must be 1 to 200, or 0 for 50");
  return out.status();
}

bool IsWanted(v1::LinkKind kind, const v1::FindLinksRequest& request) {
  return request.kinds().empty() ||
         std::find(request.kinds().begin(), request.kinds().end(), kind) != request.kinds().end();
}

// How many links came before; a token says it as a number.
absl::StatusOr<size_t> ShownBefore(const Caller& caller, const v1::FindLinksRequest& request) {
  const auto before = PageBeginsBehind(caller, request);
  if (!before.ok()) return before.status();
  uint64_t shown = 0;
  if (before->empty() || absl::SimpleAtoi(*before, &shown)) return shown;
  return FieldFailure(v1::REASON_PAGE_TOKEN_INVALID, "page_token", "is not a token of this list");
}

absl::Status NotFound(const std::string& trace_id) {
  return FieldFailure(v1::REASON_TRACE_NOT_FOUND, "trace_id", "there is no trace " + trace_id);
}

bool IsErased(const absl::Status& status) {
  return DetailOf(status).reason() == v1::REASON_TRACE_ERASED;
}

}  // namespace

absl::StatusOr<v1::FindLinksResponse> LinkFinder::Find(const Caller& caller,
                                                       const v1::FindLinksRequest& request) const {
  if (auto status = CheckFindLinks(request); !status.ok()) return status;
  if (!registries_->Serves(caller.state)) {
    return Failure(v1::REASON_STATE_MISMATCH,
                   "agencies of " + caller.state + " look for links at their own State's gateway");
  }
  const auto before = ShownBefore(caller, request);
  if (!before.ok()) return before.status();
  auto links = AllFrom(caller, request);
  if (!links.ok()) return links.status();
  const auto size =
      static_cast<size_t>(request.page_size() == 0 ? kPageDefault : request.page_size());
  const size_t first = std::min(*before, links->size());
  const size_t last = std::min(first + size, links->size());
  v1::FindLinksResponse response;
  for (size_t i = first; i < last; ++i) *response.add_links() = std::move((*links)[i]);
  if (last < links->size()) {
    response.set_next_page_token(PageTokenBehind(caller, request, std::to_string(last)));
  }
  return response;
}

absl::StatusOr<std::vector<v1::Link>> LinkFinder::AllFrom(
    const Caller& caller, const v1::FindLinksRequest& request) const {
  std::vector<v1::Link> links;
  if (request.start_case() == v1::FindLinksRequest::kTransferId) {
    auto from = transfers_.FromTransfer(caller, request.transfer_id());
    if (!from.ok()) return from;
    links = *std::move(from);
  } else {
    const auto start = StartOf(caller, request);
    if (!start.ok()) return start.status();
    auto traces = LinksFrom(*start, caller, request);
    if (!traces.ok()) return traces;
    links = *std::move(traces);
    const auto transfers = transfers_.FromWeapon(caller, *start);
    if (!transfers.ok()) return transfers;
    links.insert(links.end(), transfers->begin(), transfers->end());
  }
  std::erase_if(links, [&](const v1::Link& link) { return !IsWanted(link.kind(), request); });
  std::stable_sort(links.begin(), links.end(),
                   [](const auto& a, const auto& b) { return a.score() > b.score(); });
  return links;
}

absl::StatusOr<LinkedThing> LinkFinder::StartOf(const Caller& caller,
                                                const v1::FindLinksRequest& request) const {
  if (request.has_item()) return LinkedItem(request.item());
  const auto row = store_->FindTrace(request.trace_id());
  if (!row.ok()) return row.status();
  if (!*row || !MaySee(caller, **row)) return NotFound(request.trace_id());
  const auto trace = stored_.Read(**row);
  if (IsErased(trace.status())) {
    return FieldFailure(v1::REASON_TRACE_ERASED, "trace_id",
                        "what was told of " + request.trace_id() + " was erased");
  }
  if (!trace.ok()) return trace.status();
  return LinkedTrace(caller, *trace);
}

absl::StatusOr<std::vector<v1::Link>> LinkFinder::LinksFrom(
    const LinkedThing& start, const Caller& caller, const v1::FindLinksRequest& request) const {
  const int distance_max =
      request.serial_distance_max() == 0 ? kDistanceDefault : request.serial_distance_max();
  std::vector<v1::Link> links;
  TraceQuery query;
  query.visible_to_state = caller.state;
  query.limit = kStoreRowsMax;
  for (int seen = 0; seen < kTracesMax; seen += kStoreRowsMax) {
    const auto rows = store_->ListTraces(query);
    if (!rows.ok()) return rows.status();
    for (const TraceRow& row : *rows) {
      query.before_trace_id = row.trace_id;
      if (row.trace_id == start.end.trace_id() || !MaySee(caller, row)) continue;
      const auto trace = stored_.Read(row);
      if (IsErased(trace.status())) continue;
      if (!trace.ok()) return trace.status();
      const LinkedThing other = LinkedTrace(caller, *trace);
      for (const v1::LinkKind kind : kKinds) {
        if (!IsWanted(kind, request)) continue;
        if (auto link = LinkOf(kind, start, other, distance_max)) links.push_back(*std::move(link));
      }
    }
    if (static_cast<int>(rows->size()) < kStoreRowsMax) break;
  }
  return links;
}

}  // namespace tracegate
