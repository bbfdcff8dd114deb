#ifndef TRACEGATE_GATEWAY_TRACING_TRACE_COURSE_H_
#define TRACEGATE_GATEWAY_TRACING_TRACE_COURSE_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/marking/reading.h"
#include "gateway/tracing/house.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// The course of one trace: which State is asked next and under which agreement, what its answer does to the trace,
// what it all comes to. It asks nobody and writes nothing: it changes the v1::Trace and notes what must be recorded.
//
// Thread safety: none; its owner guards it.
class TraceCourse {
 public:
  // Takes up a trace where it stands. `read` is of the trace's item. `asked_by_own_agency`: false where another State's
  // gateway asks.
  TraceCourse(const House* house, const TracingLimits* limits, v1::Trace trace, ItemReading read,
              bool asked_by_own_agency);

  // The hop to ask now: one that is waiting, or a new one. Hops that cannot be asked (no registry for the State, no
  // agreement) are noted in the trace as failed and passed over. Null once the trail has ended.
  v1::Hop* NextHop(absl::Time now);

  // What the hop's registry is asked.
  adapter::v1::FindRequest Question(const v1::Hop& hop) const;

  // Whether the question tells another State something: this State's own agency asks, and asks abroad.
  bool AsksAbroad(const v1::Hop& hop) const;

  // Marks the hop as asked; the first time, a question that goes abroad is noted for the record.
  void Asked(v1::Hop* hop, const adapter::v1::FindRequest& question, absl::Time now);

  // Takes what the registry said: judges records, or takes an authority's own answer, and cuts either to the agreement
  // where it is for another State; a peer's answer was cut at its side. PERMISSION_DENIED where no agreement covers the disclosure any more.
  absl::Status TakeAnswer(v1::Hop* hop, adapter::v1::FindResponse* found, absl::Time now);

  // The registry could not be asked, or does not answer yet; it will be asked again at `again`.
  void Wait(v1::Hop* hop, const absl::Status& why, absl::Time again, absl::Time now);

  // A person answers the hop: it came to the desk of a registry of this house, or another State's gateway tells how far
  // its desk has come.
  void LieAtDesk(v1::Hop* hop, const adapter::v1::Pending& pending, absl::Time now);

  // The open hop at a desk of this house whose officers are of that State. TRACE_STATE where there is none.
  absl::StatusOr<v1::Hop*> HopAtDesk(std::string_view state);

  // An officer changed hop->desk().
  void DeskChanged(v1::Hop* hop, absl::Time now);

  // As TakeAnswer, from an officer: compares the records they name with the marks.
  absl::Status TakeOfficersAnswer(v1::Hop* hop, v1::Answer answer, const v1::Agency& officer,
                                  absl::Time now);

  // The hop cannot be asked at all.
  void Fail(v1::Hop* hop, const absl::Status& why, absl::Time now);

  // Ends the trace with what it comes to.
  void Conclude(absl::Time now);

  const v1::Trace& trace() const { return trace_; }
  v1::Hop* hop(int number) { return trace_.mutable_hops(number - 1); }
  bool expired(absl::Time now) const;
  // Whether another State's gateway is asked; of a hop that NextHop gave.
  bool IsPeer(const v1::Hop& hop) const;

  // What happened since the last call, to be recorded.
  std::vector<EntryDraft> TakeEntries();

 private:
  v1::Hop* AddHop(const v1::RouteStep& step);
  absl::Status Allow(v1::Hop* hop, absl::Time now);
  // Cuts the answer to the agreement of this moment.
  absl::Status Redact(v1::Hop* hop, v1::Answer* answer, absl::Time now) const;
  void Note(v1::EntryKind kind, const v1::Hop& hop, std::string content, v1::Reason reason);

  const House* const house_;
  const TracingLimits* const limits_;
  v1::Trace trace_;
  const bool asked_by_own_agency_;
  const ItemReading read_;
  const std::vector<v1::RouteStep> route_;
  std::vector<EntryDraft> entries_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TRACE_COURSE_H_
