#include "gateway/transfers/alerts.h"

#include <algorithm>
#include <utility>

#include "gateway/tracing/request_check.h"
#include "gateway/tracing/timestamp.h"
#include "gateway/tracing/trace_id.h"
#include "gateway/transfers/alert_telling.h"
#include "gateway/transfers/transfer_caller.h"
#include "protos/tracegate/dates.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/state_code.h"
#include "protos/tracegate/violations.h"

namespace tracegate {
namespace {

constexpr int kStatesMax = 64;

absl::Status CheckAlert(const v1::RaiseDiversionAlertRequest& asked) {
  const v1::Diversion& diversion = asked.diversion();
  Violations out;
  out.Require(diversion.kind() != v1::DIVERSION_KIND_UNSPECIFIED, "diversion.kind",
              "say where on their way the arms were lost");
  out.Require(!diversion.circumstances().empty(), "diversion.circumstances",
              "say what is known of it");
  out.Refuse(!IsRealDate(diversion.detection_date()), "diversion.detection_date",
             "is no day of the calendar");
  out.Refuse(!diversion.state().empty() && !IsStateCode(diversion.state()), "diversion.state",
             "is not an ISO 3166-1 alpha-2 code such as BR");
  for (int i = 0; i < asked.to_states_size(); ++i) {
    out.Refuse(!IsStateCode(asked.to_states(i)), "to_states[" + std::to_string(i) + "]",
               "is not an ISO 3166-1 alpha-2 code such as BR");
  }
  out.Refuse(asked.to_states_size() > kStatesMax, "to_states", "names more than 64 States");
  return out.status();
}

std::set<std::string> StatesOf(const v1::TransferRecord& record) {
  std::set<std::string> states;
  const v1::TransferStates& named = record.states();
  for (const auto* list :
       {&named.exporting(), &named.importing(), &named.transit(), &named.trans_shipment()}) {
    states.insert(list->begin(), list->end());
  }
  if (!named.final_destination().empty()) states.insert(named.final_destination());
  return states;
}

}  // namespace

Alerts::Alerts(TransferHouse house, AnswerOnce* once, Errands* errands)
    : house_(std::move(house)),
      stored_(house_.store),
      errand_(house_),
      once_(once),
      errands_(errands) {
  errands_->Know(DocumentKind::kAlert, &errand_);
}

void Alerts::Raise(std::shared_ptr<const Request> request,
                   const v1::RaiseDiversionAlertRequest& asked, AnswerOnce::Reply reply) {
  const bool is_peer = request->caller.role == Role::kPeer;
  once_->Answer(
      request,
      [this, request, &asked, is_peer](const AnswerOnce::Done& done) {
        absl::Status status = CheckAlert(asked);
        if (!status.ok()) return done(status);
        done(is_peer ? FromPeer(*request, asked) : FromOfficer(*request, asked));
      },
      [this, reply = std::move(reply)](absl::StatusOr<std::string> bytes) {
        v1::DiversionAlert alert;
        if (bytes.ok() && alert.ParseFromString(*bytes)) {
          // What is told abroad leaves once it is on record, and goes on until it has arrived.
          errands_->Visit(alert.alert_id(), absl::InfiniteFuture(), [](const absl::Status&) {});
        }
        reply(std::move(bytes));
      });
}

absl::StatusOr<std::set<std::string>> Alerts::SettleSource(const Caller& caller,
                                                           v1::Diversion* diversion,
                                                           std::string* transfer_id) const {
  v1::Transfer transfer;
  if (diversion->has_authorisation()) {
    const auto under = stored_.UnderAuthorisation(caller.state, diversion->authorisation());
    if (!under.ok()) return under.status();
    if (!under->empty()) transfer = under->front();
  } else if (diversion->source_case() == v1::Diversion::kTransferId) {
    const auto row = stored_.FindOwn(caller, DocumentKind::kTransfer, diversion->transfer_id(),
                                     "diversion.transfer_id");
    if (!row.ok()) return row.status();
    auto read = ReadDocument<v1::Transfer>(*row);
    if (!read.ok()) return read.status();
    transfer = *std::move(read);
    const v1::Authorisation licence = transfer.record().authorisation();
    if (!licence.number().empty()) {
      // By its licence other States know which transfer is meant.
      diversion->mutable_authorisation()->set_issuing_state(licence.issuing_state());
      diversion->mutable_authorisation()->set_number(licence.number());
    }
  }
  *transfer_id = transfer.transfer_id();
  std::set<std::string> states = StatesOf(transfer.record());
  states.erase(caller.state);
  return states;
}

absl::StatusOr<DocumentRow> Alerts::RowFor(const std::string& state,
                                           v1::DiversionAlert alert) const {
  std::string transfer_id;
  if (alert.diversion().has_authorisation()) {
    const auto under = stored_.UnderAuthorisation(state, alert.diversion().authorisation());
    if (!under.ok()) return under.status();
    if (!under->empty()) transfer_id = under->front().transfer_id();
  }
  alert.clear_recipients();
  v1::AlertRecipient& recipient = *alert.add_recipients();
  recipient.set_state(state);
  *recipient.mutable_told_time() = alert.create_time();
  DocumentRow row = NewRow(DocumentKind::kAlert, alert.alert_id(), state, transfer_id, alert);
  row.keys = {AlertWord(alert.raising_agency().state(), alert.raised_alert_id())};
  return row;
}

absl::StatusOr<Outcome> Alerts::FromOfficer(const Request& request,
                                            const v1::RaiseDiversionAlertRequest& asked) const {
  const Caller& caller = request.caller;
  if (auto status = CheckOwn(house_, caller); !status.ok()) return status;
  const absl::Time now = house_.clock();
  v1::DiversionAlert alert;
  alert.set_alert_id(MakeTraceId(now));
  alert.set_request_id(asked.request_id());
  *alert.mutable_diversion() = asked.diversion();
  *alert.mutable_raising_agency() = asked.raising_agency();
  absl::Status status = SettleAgency(caller, "raising_agency", alert.mutable_raising_agency());
  if (!status.ok()) return status;
  if (asked.has_on_behalf_of()) *alert.mutable_on_behalf_of() = asked.on_behalf_of();
  *alert.mutable_handling() = asked.handling();
  *alert.mutable_create_time() = ToTimestamp(now);
  const std::string discrepancy_id = asked.diversion().discrepancy_id();
  std::string transfer_id;
  auto states = SettleSource(caller, alert.mutable_diversion(), &transfer_id);
  if (!states.ok()) return states.status();
  if (!asked.to_states().empty()) *states = {asked.to_states().begin(), asked.to_states().end()};
  if (states->empty()) {
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "to_states",
                        "say which States are told: no transfer names any");
  }
  Outcome outcome;
  outcome.document_id = alert.alert_id();
  const v1::DiversionAlert told_of = alert;
  const auto left = TellStates(
      house_, caller.state, *states,
      [&](const config::v1::Agreement& agreement, const std::string& state) {
        v1::DiversionAlert told = told_of;
        told.set_alert_id(MakeTraceId(now));
        told.set_request_id(alert.alert_id());
        told.set_raised_alert_id(alert.alert_id());
        *told.mutable_diversion() = DiversionUnder(agreement, alert.diversion());
        auto row = RowFor(state, std::move(told));
        if (row.ok()) outcome.documents.push_back(*std::move(row));
        return row.status();
      },
      alert.mutable_recipients());
  if (!left.ok()) return left.status();
  DocumentRow row =
      NewRow(DocumentKind::kAlert, alert.alert_id(), caller.state, transfer_id, alert);
  row.keys = {AlertWord(caller.state, alert.alert_id())};
  if (*left) row.due = LastDayOfTelling(house_);
  outcome.documents.push_back(std::move(row));
  outcome.reply = alert.SerializeAsString();
  if (!discrepancy_id.empty()) {
    status = NoteDiscrepancy(caller, alert, discrepancy_id, &outcome);
    if (!status.ok()) return status;
  }
  return outcome;
}

absl::Status Alerts::NoteDiscrepancy(const Caller& caller, const v1::DiversionAlert& alert,
                                     const std::string& discrepancy_id, Outcome* outcome) const {
  const auto row = stored_.FindOwn(caller, DocumentKind::kDiscrepancy, discrepancy_id,
                                   "diversion.discrepancy_id");
  if (!row.ok()) return row.status();
  auto discrepancy = ReadDocument<v1::Discrepancy>(*row);
  if (!discrepancy.ok()) return discrepancy.status();
  discrepancy->add_alert_ids(alert.alert_id());
  outcome->documents.push_back(NextRevision(*row, *discrepancy));
  return absl::OkStatus();
}

absl::StatusOr<Outcome> Alerts::FromPeer(const Request& request,
                                         const v1::RaiseDiversionAlertRequest& asked) const {
  const Caller& peer = request.caller;
  if (asked.to_states_size() != 1) {
    return FieldFailure(v1::REASON_FIELD_REQUIRED, "to_states",
                        "a gateway names the one State that it tells");
  }
  const std::string& state = asked.to_states(0);
  if (auto status = CheckAsked(house_, peer, state, "to_states[0]"); !status.ok()) return status;
  v1::DiversionAlert alert;
  *alert.mutable_raising_agency() = asked.raising_agency();
  const absl::Status settled = SettleAgency(peer, "raising_agency", alert.mutable_raising_agency());
  if (!settled.ok()) return settled;
  const absl::Time now = house_.clock();
  alert.set_alert_id(MakeTraceId(now));
  alert.set_request_id(asked.request_id());
  alert.set_raised_alert_id(asked.request_id());
  *alert.mutable_diversion() = asked.diversion();
  if (asked.has_on_behalf_of()) *alert.mutable_on_behalf_of() = asked.on_behalf_of();
  *alert.mutable_handling() = asked.handling();
  *alert.mutable_create_time() = ToTimestamp(now);
  auto row = RowFor(state, alert);
  if (!row.ok()) return row.status();
  Outcome outcome;
  outcome.document_id = alert.alert_id();
  outcome.documents.push_back(*std::move(row));
  outcome.reply = ArrivalOf(alert.request_id(), state, now);
  return outcome;
}

}  // namespace tracegate
