#include "gateway/transfers/alert_follow_ups.h"

#include <algorithm>
#include <set>
#include <utility>

#include "gateway/tracing/request_check.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_id.h"
#include "gateway/transfers/alert_telling.h"
#include "gateway/transfers/transfer_caller.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/violations.h"

namespace tracegate {
namespace {

absl::Status CheckFollowUp(const v1::FollowUpAlertRequest& asked) {
  const v1::AlertFollowUp& word = asked.follow_up();
  Violations out;
  out.Require(!asked.alert_id().empty(), "alert_id", "say which alert");
  out.Require(!word.text().empty(), "follow_up.text", "say what was done or found");
  out.Refuse(std::find(word.measures().begin(), word.measures().end(),
                       v1::DIVERSION_MEASURE_UNSPECIFIED) != word.measures().end(),
             "follow_up.measures", "each must say which measure");
  return out.status();
}

absl::Status NotFound(const std::string& id) {
  return FieldFailure(v1::REASON_DOCUMENT_NOT_FOUND, "alert_id", "there is no " + id);
}

// Whom the raising State's word goes to: all that were told of the alert, or will be.
std::set<std::string> ToldOf(const v1::DiversionAlert& alert) {
  std::set<std::string> states;
  for (const v1::AlertRecipient& recipient : alert.recipients()) {
    if (recipient.has_told_time() || IsUntold(recipient)) states.insert(recipient.state());
  }
  return states;
}

absl::Status AddWord(const v1::AlertFollowUp& word, v1::DiversionAlert* alert) {
  if (alert->follow_ups_size() >= AlertFollowUps::kFollowUpsMax) {
    return FieldFailure(v1::REASON_DOCUMENT_STATE, "alert_id",
                        "holds 64 words on what came of it; raise another alert");
  }
  *alert->add_follow_ups() = word;
  return absl::OkStatus();
}

// The word as it is kept: what the gateway adds is its own.
v1::AlertFollowUp Settled(v1::AlertFollowUp word, absl::Time now) {
  word.set_follow_up_id(MakeTraceId(now));
  *word.mutable_create_time() = ToTimestamp(now);
  word.clear_recipients();
  return word;
}

bool IsRaisedHere(const v1::DiversionAlert& alert, const std::string& state) {
  return alert.raising_agency().state() == state;
}

}  // namespace

void AlertFollowUps::FollowUp(std::shared_ptr<const Request> request,
                              const v1::FollowUpAlertRequest& asked, AnswerOnce::Reply reply) {
  const bool is_peer = request->caller.role == Role::kPeer;
  once_->Answer(
      request,
      [this, request, &asked, is_peer](const AnswerOnce::Done& done) {
        if (auto status = CheckFollowUp(asked); !status.ok()) return done(status);
        done(is_peer ? FromPeer(*request, asked) : FromOfficer(*request, asked));
      },
      [this, reply = std::move(reply)](absl::StatusOr<std::string> bytes) {
        v1::DiversionAlert alert;
        if (bytes.ok() && alert.ParseFromString(*bytes) && !alert.alert_id().empty()) {
          errands_->Visit(alert.alert_id(), absl::InfiniteFuture(), [](const absl::Status&) {});
        }
        reply(std::move(bytes));
      });
}

absl::StatusOr<std::optional<DocumentRow>> AlertFollowUps::FindAt(
    const std::string& state, const std::string& raising, const std::string& raised_id) const {
  std::optional<DocumentRow> found;
  DocumentQuery query = DocumentsOf(DocumentKind::kAlert, state);
  query.key = AlertWord(raising, raised_id);
  const absl::Status scanned = house_.store->ScanDocuments(query, [&](const DocumentRow& row) {
    found = row;
    return false;
  });
  if (!scanned.ok()) return scanned;
  return found;
}

absl::Status AlertFollowUps::AddAt(const std::optional<DocumentRow>& row,
                                   const v1::AlertFollowUp& word, Outcome* outcome) const {
  if (!row) return NotFound("such alert");
  auto alert = ReadDocument<v1::DiversionAlert>(*row);
  if (!alert.ok()) return alert.status();
  if (auto added = AddWord(word, &*alert); !added.ok()) return added;
  outcome->documents.push_back(NextRevision(*row, *alert));
  return absl::OkStatus();
}

absl::StatusOr<Outcome> AlertFollowUps::FromOfficer(const Request& request,
                                                    const v1::FollowUpAlertRequest& asked) const {
  const Caller& caller = request.caller;
  if (auto status = CheckOwn(house_, caller); !status.ok()) return status;
  const auto row = stored_.FindOwn(caller, DocumentKind::kAlert, asked.alert_id(), "alert_id");
  if (!row.ok()) return row.status();
  auto alert = ReadDocument<v1::DiversionAlert>(*row);
  if (!alert.ok()) return alert.status();
  v1::AlertFollowUp word = Settled(asked.follow_up(), house_.clock());
  absl::Status status = SettleAgency(caller, "follow_up.agency", word.mutable_agency());
  if (status.ok()) status = AddWord(word, &*alert);
  if (!status.ok()) return status;
  const bool raised = IsRaisedHere(*alert, caller.state);
  const std::string raising = alert->raising_agency().state();
  const std::string raised_id = raised ? alert->alert_id() : alert->raised_alert_id();
  Outcome outcome;
  outcome.document_id = alert->alert_id();
  const auto left = TellStates(
      house_, caller.state, raised ? ToldOf(*alert) : std::set<std::string>{raising},
      [&](const config::v1::Agreement&, const std::string& state) {
        const auto there = FindAt(state, raising, raised_id);
        return there.ok() ? AddAt(*there, word, &outcome) : there.status();
      },
      alert->mutable_follow_ups()->rbegin()->mutable_recipients());
  if (!left.ok()) return left.status();
  DocumentRow kept = NextRevision(*row, *alert);
  if (*left && kept.due.empty()) kept.due = LastDayOfTelling(house_);
  outcome.reply = kept.body;
  outcome.documents.push_back(std::move(kept));
  return outcome;
}

absl::StatusOr<Outcome> AlertFollowUps::FromPeer(const Request& request,
                                                 const v1::FollowUpAlertRequest& asked) const {
  const Caller& peer = request.caller;
  const std::string& state = asked.to_state();
  if (auto status = CheckAsked(house_, peer, state, "to_state"); !status.ok()) return status;
  const absl::Time now = house_.clock();
  v1::AlertFollowUp word = Settled(asked.follow_up(), now);
  const absl::Status settled = SettleAgency(peer, "follow_up.agency", word.mutable_agency());
  if (!settled.ok()) return settled;
  // The peer's own alert, or one that this State raised and told it of.
  auto row = FindAt(state, peer.state, asked.alert_id());
  if (row.ok() && !*row) row = FindAt(state, state, asked.alert_id());
  if (!row.ok()) return row.status();
  if (!*row || (*row)->state != state) return NotFound(asked.alert_id());
  const auto alert = ReadDocument<v1::DiversionAlert>(**row);
  if (!alert.ok() || (!IsRaisedHere(*alert, peer.state) && !ToldOf(*alert).contains(peer.state))) {
    return NotFound(asked.alert_id());
  }
  Outcome outcome;
  outcome.document_id = (*row)->document_id;
  if (auto added = AddAt(*row, word, &outcome); !added.ok()) return added;
  outcome.reply = ArrivalOf(asked.request_id(), state, now);
  return outcome;
}

}  // namespace tracegate
