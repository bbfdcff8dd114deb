#include "gateway/rpc/transfer_service.h"

#include <memory>
#include <string>
#include <utility>

#include "gateway/transfers/alert_list.h"
#include "protos/tracegate/bounds_check.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/field_bytes.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {
namespace {

std::string Method(const char* name) {
  return std::string("/tracegate.v1.TransferService/") + name;
}

// The request with its message, which lives as long as it does.
template <typename Message>
std::shared_ptr<const Request> RequestOf(const Call& call, const Message& message,
                                         std::string bytes) {
  return std::make_shared<const Request>(Request{.caller = call.caller,
                                                 .method = call.method,
                                                 .bytes = std::move(bytes),
                                                 .request_id = message.request_id(),
                                                 .message = std::make_shared<Message>(message),
                                                 .deadline = call.deadline});
}

template <typename Message>
const Message& MessageIn(const std::shared_ptr<const Request>& request) {
  return static_cast<const Message&>(*request->message);
}

// An RPC that records by itself: `act` of what `part` is.
template <typename Message, typename Part>
using ActOn = void (Part::*)(std::shared_ptr<const Request>, const Message&, AnswerOnce::Reply);

template <typename Message, typename Part>
void Serve(Part* part, const char* name, ActOn<Message, Part> act, HandlerTable* table) {
  table->ServeUnary<Message>(Method(name), [part, act](const Call& call, const Message& message,
                                                       std::string bytes, ReplyDone done) {
    auto request = RequestOf(call, message, std::move(bytes));
    (part->*act)(request, MessageIn<Message>(request), std::move(done));
  });
}

template <typename Response>
absl::StatusOr<std::string> Serialised(const absl::StatusOr<Response>& response) {
  if (!response.ok()) return response.status();
  return response->SerializeAsString();
}

// Records the transfers of one stream, each as RecordTransfer would.
class TransferImport : public ItemServer {
 public:
  TransferImport(Ledger* ledger, Call call) : ledger_(ledger), call_(std::move(call)) {}

  void Serve(std::string item, ReplyDone done) override {
    const auto bytes = FieldBytes(item, v1::ImportTransfersRequest::kTransferFieldNumber);
    if (!bytes.ok()) return done(bytes.status());
    v1::RecordTransferRequest message;
    if (auto status = ParseChecked(*bytes, &message); !status.ok()) return done(status);
    auto request = RequestOf(call_, message, std::string(*bytes));
    ledger_->RecordOfMany(request, MessageIn<v1::RecordTransferRequest>(request),
                          [request_id = message.request_id(),
                           done = std::move(done)](const absl::StatusOr<std::string>& transfer) {
                            if (!transfer.ok()) return done(transfer.status());
                            // The transfer with its receipt goes out as the bytes that were recorded.
                            v1::ImportTransfersResponse response;
                            response.set_request_id(request_id);
                            std::string reply = response.SerializeAsString();
                            AppendFieldBytes(v1::ImportTransfersResponse::kTransferFieldNumber,
                                             *transfer, &reply);
                            done(std::move(reply));
                          });
  }

  std::string Failed(const std::string& item, const absl::Status& why) const override {
    v1::ImportTransfersResponse response;
    v1::ImportTransfersRequest request;
    if (request.ParseFromString(item)) response.set_request_id(request.transfer().request_id());
    *response.mutable_failure() = DetailOf(why);
    return response.SerializeAsString();
  }

 private:
  Ledger* const ledger_;
  const Call call_;
};

}  // namespace

void ServeTransfers(Transfers* transfers, std::function<absl::Time()> clock, HandlerTable* table) {
  Serve(&transfers->ledger(), "RecordTransfer", &Ledger::Record, table);
  Serve(&transfers->ledger(), "AmendTransfer", &Ledger::Amend, table);
  Serve(&transfers->deliveries(), "ConfirmReceipt", &Deliveries::Confirm, table);
  Serve(&transfers->end_uses(), "RequestEndUse", &EndUses::Ask, table);
  Serve(&transfers->end_uses(), "AnswerEndUse", &EndUses::Answer, table);
  Serve(&transfers->alerts(), "RaiseDiversionAlert", &Alerts::Raise, table);
  Serve(&transfers->follow_ups(), "FollowUpAlert", &AlertFollowUps::FollowUp, table);
  Serve(&transfers->reconciliations(), "Reconcile", &Reconciliations::Reconcile, table);
  Serve(&transfers->reconciliations(), "ResolveDiscrepancy", &Reconciliations::Resolve, table);
  Serve(&transfers->reports(), "GenerateReport", &Reports::Generate, table);
  table->ServeItems(Method("ImportTransfers"), [ledger = &transfers->ledger()](const Call& call) {
    return std::make_shared<TransferImport>(ledger, call);
  });
  table->ServeUnary<v1::ListAuthorizationsRequest>(
      Method("ListAuthorizations"),
      [authorisations = &transfers->authorisations()](const Call& call,
                                                      const v1::ListAuthorizationsRequest& message,
                                                      std::string bytes, ReplyDone done) {
        auto request = std::make_shared<const Request>(Request{.caller = call.caller,
                                                               .method = call.method,
                                                               .bytes = std::move(bytes),
                                                               .request_id = "",
                                                               .message = nullptr,
                                                               .deadline = call.deadline});
        authorisations->List(request, message, std::move(done));
      });
  table->ServeUnary<v1::GetTransferRequest>(
      Method("GetTransfer"),
      [stored = &transfers->stored()](const Call& call, const v1::GetTransferRequest& request,
                                      std::string, ReplyDone done) {
        done(Serialised(stored->Get(call.caller, request)));
      });
  table->ServeUnary<v1::ListTransfersRequest>(
      Method("ListTransfers"),
      [stored = &transfers->stored(), clock](
          const Call& call, const v1::ListTransfersRequest& request, std::string, ReplyDone done) {
        done(Serialised(stored->List(call.caller, request, clock())));
      });
  table->ServeUnary<v1::ListAlertsRequest>(
      Method("ListAlerts"),
      [stored = &transfers->stored()](const Call& call, const v1::ListAlertsRequest& request,
                                      std::string, ReplyDone done) {
        done(Serialised(ListAlerts(stored->store(), call.caller, request)));
      });
  table->ServeUnary<v1::ListDiscrepanciesRequest>(
      Method("ListDiscrepancies"),
      [reconciliations = &transfers->reconciliations()](
          const Call& call, const v1::ListDiscrepanciesRequest& request, std::string,
          ReplyDone done) { done(Serialised(reconciliations->List(call.caller, request))); });
}

}  // namespace tracegate
