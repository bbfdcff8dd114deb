#ifndef TRACEGATE_GATEWAY_TRACING_TRACE_COURSE_H_
#define TRACEGATE_GATEWAY_TRACING_TRACE_COURSE_H_

#include <optional>
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
  // Takes up a trace where it stands. `read` is of the item that is traced; where it is not given it is read when needed.
  // `asked_by_own_agency`: false where another State's gateway asks.
  TraceCourse(const House* house, const TracingLimits* limits, v1::Trace trace,
              std::optional<ItemReading> read, bool asked_by_own_agency);

  // The hops to ask now: new ones, and those that are due again. Hops that cannot be asked (no registry for the State, no
  // agreement) are noted in the trace as failed and passed over.
  std::vector<v1::Hop*> HopsToAsk(absl::Time now);

  // Whether anybody still owes a word. While no hop is to be asked and nothing is open, the trace is over.
  bool open() const;

  // What the hop's registry is asked.
  adapter::v1::FindRequest Question(const v1::Hop& hop) const;

  // Whether the question tells another State something: this State's own agency asks, and asks abroad.
  bool AsksAbroad(const v1::Hop& hop) const;

  // Marks the hop as asked; what goes abroad is noted for the record, the first time and when there is more to say.
  void Asked(v1::Hop* hop, const adapter::v1::FindRequest& question, absl::Time now);

  // Whether there is more to say on the hop than `question` said: then its answer comes too early.
  bool HasMoreToSay(const v1::Hop& hop, const adapter::v1::FindRequest& question) const;

  // It is due again.
  void Wake(v1::Hop* hop);

  // Takes what the registry said: judges records, or takes an authority's own answer, and cuts either to the agreement
  // where it is for another State; a peer's answer was cut at its side. What was answered once stays: of a second answer
  // the clarifications alone are taken. PERMISSION_DENIED where no agreement covers the disclosure any more.
  absl::Status TakeAnswer(v1::Hop* hop, adapter::v1::FindResponse* found, absl::Time now);

  // The registry could not be asked, or does not answer yet; it will be asked again at `again`.
  void Wait(v1::Hop* hop, const absl::Status& why, absl::Time again, absl::Time now);

  // A person answers the hop: it came to the desk of a registry of this house, or another State's gateway tells how far
  // its desk has come.
  void LieAtDesk(v1::Hop* hop, const adapter::v1::Pending& pending, absl::Time now);

  // The question was taken back.
  void TakeBack(v1::Hop* hop, absl::Time now);

  // What the State asked owes past its target, as Overdue; noted for the record once a target.
  std::string_view Escalate(v1::Hop* hop, absl::Time now);

  // The hop cannot be asked at all.
  void Fail(v1::Hop* hop, const absl::Status& why, absl::Time now);

  // The open hop at a desk of this house whose officers are of that State. TRACE_STATE where there is none.
  absl::StatusOr<v1::Hop*> HopAtDesk(std::string_view state);

  // An officer changed hop->desk().
  void DeskChanged(absl::Time now) { Changed(now); }

  // As TakeAnswer, from an officer: compares the records they name with the marks.
  absl::Status TakeOfficersAnswer(v1::Hop* hop, v1::Answer answer, const v1::Agency& officer,
                                  absl::Time now);

  // The asking State's own steps; asker_step.h says when they are legal. Whoever must hear of one is due to be asked again.
  void Supplement(v1::Supplement supplement, absl::Time now);
  void SeekClarification(v1::Hop* hop, v1::Clarification clarification, absl::Time now);
  void Withdraw(v1::Withdrawal withdrawal, absl::Time now);

  // The State asked says what was to be clarified on a hop that awaits it.
  void Clarify(v1::Hop* hop, std::string text, const v1::Agency& officer, absl::Time now);

  // The trace waits, maybe for months: what can be read again is not kept.
  void Rest() { reading_.reset(); }

  // Ends the trace with what it comes to.
  void Conclude(absl::Time now);

  // No refusal to answer: what went wrong, in the words of TRACE_STATE.
  absl::Status WrongState(const std::string& why) const;

  const v1::Trace& trace() const { return trace_; }
  v1::Hop* hop(int number) { return trace_.mutable_hops(number - 1); }
  bool asked_by_own_agency() const { return asked_by_own_agency_; }
  bool expired(absl::Time now) const;
  // Whether another State's gateway is asked; of a hop that was asked.
  bool IsPeer(const v1::Hop& hop) const;

  // What happened since the last call, to be recorded.
  std::vector<EntryDraft> TakeEntries();

 private:
  // What the marks say, and where they lead.
  struct Reading {
    ItemReading item;
    std::vector<v1::RouteStep> route;
  };
  const Reading& Read() const;
  std::vector<v1::RouteStep> RouteOfRead(const v1::Item& item) const;
  void PlanHops(absl::Time now);
  v1::Hop* AddHop(const v1::RouteStep& step);
  absl::Status Allow(v1::Hop* hop, absl::Time now);
  void SetTargets(v1::Hop* hop, absl::Time now) const;
  void TakeClarifications(
      v1::Hop* hop, const google::protobuf::RepeatedPtrField<v1::Clarification>& clarifications);
  // What is not answered by now will not be.
  static void CloseClarifications(v1::Hop* hop, absl::Time now);
  // Cuts the answer to the agreement of this moment.
  absl::Status Redact(v1::Hop* hop, v1::Answer* answer, absl::Time now) const;
  void Note(v1::EntryKind kind, const v1::Hop& hop, std::string content, v1::Reason reason);
  void Changed(absl::Time now);

  const House* const house_;
  const TracingLimits* const limits_;
  v1::Trace trace_;
  const bool asked_by_own_agency_;
  mutable std::optional<Reading> reading_;
  std::vector<EntryDraft> entries_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_TRACE_COURSE_H_
