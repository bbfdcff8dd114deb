#include "gateway/cli/transfer_commands.h"

#include <memory>
#include <string>
#include <vector>

#include "gateway/cli/alert_commands.h"
#include "gateway/cli/end_use_commands.h"
#include "gateway/cli/enum_word.h"
#include "gateway/cli/reconcile_commands.h"
#include "gateway/cli/recorded_reply.h"
#include "gateway/cli/request_input.h"
#include "gateway/cli/show_transfer.h"
#include "gateway/cli/transfer_import.h"
#include "gateway/cli/typed_day.h"
#include "gateway/cli/typed_transfer.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr absl::Duration kWait = absl::Seconds(30);

absl::Status Wrong(const std::string& option, const std::string& problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, option, problem);
}

void AddRequestId(CLI::App* command, std::string* id) {
  command->add_option("--request-id", *id,
                      "Id of this request: the same id says the same thing again");
}

void AddRecord(CLI::App* transfer, Session* session) {
  auto* command = transfer->add_subcommand(
      "record", "Put one transfer on record: an authorisation, or an actual movement");
  auto request = std::make_shared<v1::RecordTransferRequest>();
  auto file = std::make_shared<std::string>();
  command->add_option("--file", *file, "TransferRecord, YAML or JSON; - for standard input")
      ->required();
  AddRequestId(command, request->mutable_request_id());
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      if (auto read = ReadRequest(*file, request->mutable_record()); !read.ok()) return read;
      return CallOnceAndShow<v1::Transfer>("RecordTransfer", request.get(), kWait, connection,
                                           session->json, ShowTransfer);
    });
  });
}

// The newest revision of the transfer that is to be amended.
absl::StatusOr<int> NewestRevision(const std::string& id, const Connection& connection) {
  v1::GetTransferRequest request;
  request.set_transfer_id(id);
  const auto transfer =
      connection.client->Call<v1::Transfer>(TransferMethod("GetTransfer"), request, kWait);
  if (!transfer.ok()) return transfer.status();
  return transfer->revision().number();
}

void AddAmend(CLI::App* transfer, Session* session) {
  auto* command =
      transfer->add_subcommand("amend", "Add a revision to a transfer; the earlier ones stay");
  auto request = std::make_shared<v1::AmendTransferRequest>();
  auto file = std::make_shared<std::string>();
  auto kind = std::make_shared<std::string>();
  auto revision = std::make_shared<int>(0);
  command->add_option("TRANSFER", *request->mutable_transfer_id(), "Transfer id")->required();
  command->add_option("--file", *file,
                      "The whole TransferRecord as it now is, YAML or JSON; none with void");
  command->add_option("--kind", *kind, "correction, change or void")->required();
  command->add_option("--reason", *request->mutable_reason(), "Why")->required();
  command->add_option("--revision", *revision,
                      "The revision that you have read, and amend; else the newest");
  AddRequestId(command, request->mutable_request_id());
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      const auto number = EnumNumber("--kind", *kind, *v1::AmendmentKind_descriptor());
      if (!number.ok()) return number.status();
      request->set_amendment(static_cast<v1::AmendmentKind>(*number));
      const bool voids = request->amendment() == v1::AMENDMENT_KIND_VOID;
      if (voids != file->empty()) {
        return Wrong("--file", voids ? "stands beside --kind void, which leaves no record"
                                     : "is missing: the whole record as it now is");
      }
      if (!voids) {
        if (auto read = ReadRequest(*file, request->mutable_record()); !read.ok()) return read;
      }
      auto newest = *revision > 0 ? absl::StatusOr<int>(*revision)
                                  : NewestRevision(request->transfer_id(), connection);
      if (!newest.ok()) return newest.status();
      request->set_amends_revision(*newest);
      return CallOnceAndShow<v1::Transfer>("AmendTransfer", request.get(), kWait, connection,
                                           session->json, ShowTransfer);
    });
  });
}

void AddShow(CLI::App* transfer, Session* session) {
  auto* command = transfer->add_subcommand("show", "Show one transfer");
  auto request = std::make_shared<v1::GetTransferRequest>();
  auto revision = std::make_shared<int>(0);
  command->add_option("TRANSFER", *request->mutable_transfer_id(), "Transfer id")->required();
  command->add_option("--revision", *revision, "An earlier revision");
  command->callback([=] {
    session->Run([&](Connection& connection) {
      request->set_revision(*revision);
      return CallAndShow<v1::Transfer>("GetTransfer", *request, kWait, connection, session->json,
                                       ShowTransfer);
    });
  });
}

// What narrows a list of transfers, as it was typed.
struct TypedFilter {
  std::vector<std::string> bases, kinds, states, categories;
  std::string from, to, row;
  int page_size = 0;
  v1::ListTransfersRequest request;
  bool end_use_open = false, overdue = false, alerted = false, reassess = false;

  void AddTo(CLI::App* command) {
    command->add_option("--page-size", page_size, "Transfers a page, 1 to 200");
    command->add_option("--page-token", *request.mutable_page_token(), "Continue a list");
    command->add_option("--basis", bases, "authorised or actual");
    command->add_option("--kind", kinds, "export, import, transit, trans_shipment or brokering");
    command->add_option("--state", states, "Only transfers that name one of these States");
    command->add_option("--category", categories, "e.g. small_arms_and_light_weapons");
    command->add_option("--from", from, "From this day, month or year on");
    command->add_option("--to", to, "Up to this day, month or year");
    command->add_option("--authorisation", *request.mutable_authorisation_number(), "Its number");
    command->add_option("--consignment", *request.mutable_consignment(), "Its number");
    command->add_option("--serial", *request.mutable_serial_number(), "Serial number as written");
    command->add_option("--row", row, "The records behind a row of a report: TransferRow, YAML");
    command->add_flag("--end-use-open", end_use_open, "Only with a question not yet answered");
    command->add_flag("--overdue", overdue, "Only where arrival should have been confirmed");
    command->add_flag("--alerted", alerted, "Only with a diversion alert");
    command->add_flag("--reassess", reassess, "Only where something came in since the assessment");
  }

  absl::Status Fill() {
    for (const std::string& word : bases) {
      const auto basis = EnumNumber("--basis", word, *v1::TransferBasis_descriptor());
      if (!basis.ok()) return basis.status();
      request.add_bases(static_cast<v1::TransferBasis>(*basis));
    }
    for (const std::string& word : kinds) {
      const auto kind = EnumNumber("--kind", word, *v1::TransferKind_descriptor());
      if (!kind.ok()) return kind.status();
      request.add_kinds(static_cast<v1::TransferKind>(*kind));
    }
    if (auto added = AddCategories(categories, request.mutable_categories()); !added.ok()) {
      return added;
    }
    if (auto filled = FillDays(); !filled.ok()) return filled;
    request.mutable_states()->Assign(states.begin(), states.end());
    request.set_page_size(page_size);
    request.set_end_use_open(end_use_open);
    request.set_delivery_overdue(overdue);
    request.set_alerted(alerted);
    request.set_reassess(reassess);
    return row.empty() ? absl::OkStatus() : ReadRequest(row, request.mutable_row());
  }

  absl::Status FillDays() {
    if (!from.empty()) {
      const auto day = ParseFirstDay("--from", from);
      if (!day.ok()) return day.status();
      *request.mutable_from_date() = *day;
    }
    if (to.empty()) return absl::OkStatus();
    const auto day = ParseLastDay("--to", to);
    if (day.ok()) *request.mutable_to_date() = *day;
    return day.status();
  }
};

void AddList(CLI::App* transfer, Session* session) {
  auto* command = transfer->add_subcommand("list", "List transfers, newest first");
  auto typed = std::make_shared<TypedFilter>();
  typed->AddTo(command);
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      if (auto filled = typed->Fill(); !filled.ok()) return filled;
      const auto list = connection.client->Call<v1::ListTransfersResponse>(
          TransferMethod("ListTransfers"), typed->request, kWait);
      if (!list.ok()) return list.status();
      std::cout << (session->json ? JsonOf(*list) + "\n" : ShowTransfers(*list));
      return kExitOk;
    });
  });
}

void AddConfirm(CLI::App* transfer, Session* session) {
  auto* command =
      transfer->add_subcommand("confirm", "Say that a consignment arrived, in whole or in part");
  auto request = std::make_shared<v1::ConfirmReceiptRequest>();
  auto typed = std::make_shared<v1::Delivery>();
  auto id = std::make_shared<std::string>();
  auto authorisation = std::make_shared<std::string>();
  auto file = std::make_shared<std::string>();
  auto date = std::make_shared<std::string>();
  command->add_option("TRANSFER", *id, "Transfer id, or");
  command->add_option("--authorisation", *authorisation,
                      "the exporter's authorisation: FI/2026-0417");
  command->add_option("--consignment", *request->mutable_consignment(),
                      "Which of several consignments under it");
  command->add_option("--file", *file, "Delivery, YAML or JSON: lines and weapons");
  command->add_option("--date", *date, "Day of arrival");
  command->add_option("--state", *typed->mutable_state(), "Where");
  command->add_option("--document", *typed->mutable_document(),
                      "Number of the delivery verification");
  command->add_option("--remarks", *typed->mutable_remarks(), "For the exporting State");
  AddRequestId(command, request->mutable_request_id());
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      if (id->empty() == authorisation->empty()) {
        return Wrong("TRANSFER", "names what arrived, or --authorisation; expected one of them");
      }
      if (!id->empty()) request->set_transfer_id(*id);
      if (!authorisation->empty()) {
        const auto reference = ParseAuthorisation("--authorisation", *authorisation);
        if (!reference.ok()) return reference.status();
        *request->mutable_authorisation() = *reference;
      }
      v1::Delivery& delivery = *request->mutable_delivery();
      if (!file->empty()) {
        if (auto read = ReadRequest(*file, &delivery); !read.ok()) return read;
      }
      delivery.MergeFrom(*typed);
      if (!date->empty()) {
        const auto day = ParseDay("--date", *date);
        if (!day.ok()) return day.status();
        *delivery.mutable_date() = *day;
      }
      return CallOnceAndShow<v1::Transfer>("ConfirmReceipt", request.get(), kWait, connection,
                                           session->json, ShowTransfer);
    });
  });
}

}  // namespace

void AddTransferCommands(CLI::App* app, Session* session) {
  auto* transfer =
      app->add_subcommand("transfer", "Keep the record of exports, imports and their end use");
  transfer->require_subcommand(1);
  AddRecord(transfer, session);
  AddTransferImport(transfer, session);
  AddAmend(transfer, session);
  AddShow(transfer, session);
  AddList(transfer, session);
  AddConfirm(transfer, session);
  AddEndUseCommands(transfer, session);
  AddAlertCommands(transfer, session);
  AddReconcileCommands(transfer, session);
}

}  // namespace tracegate
