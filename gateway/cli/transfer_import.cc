#include "gateway/cli/transfer_import.h"

#include <iostream>
#include <memory>
#include <string>

#include "adapters/mapping/transfer_mapping.h"
#include "gateway/cli/import_exchange.h"
#include "gateway/cli/local_file.h"
#include "gateway/cli/receipt_on_arrival.h"
#include "gateway/cli/transfer_import_report.h"
#include "gateway/cli/transfer_rows.h"
#include "protos/tracegate/failure.h"
#include "protos/tracegate/field_bytes.h"

namespace tracegate {
namespace {

struct Typed {
  std::string file;
  std::string mapping;
  std::string batch;
  bool dry_run = false;
  bool strict = false;
};

absl::StatusOr<TransferRows> ReadRows(const Typed& typed) {
  const auto mapping = TransferMapping::Load(typed.mapping);
  if (!mapping.ok()) return mapping.status();
  const auto text = ReadLocalFile(typed.file);
  if (!text.ok()) return text.status();
  return ReadTransferRows(typed.file, *text, *mapping, typed.batch);
}

// Says what the file holds that no record will; whether it may be imported all the same.
absl::Status TellLosses(const Typed& typed, const TransferRows& rows) {
  std::cerr << LossesText(typed.file, rows);
  const size_t lost = rows.lines_lost + rows.rows_lost;
  if (typed.strict && lost > 0) {
    return FieldFailure(v1::REASON_CONFIG_INVALID, typed.file,
                        std::to_string(lost) + " lines cannot be mapped; nothing was sent");
  }
  if (!rows.transfers.empty()) return absl::OkStatus();
  return FieldFailure(v1::REASON_CONFIG_INVALID, typed.file, "has no row that can be mapped");
}

// Whether the receipt holds that an answer, or the transfer in it, came with.
bool IsProven(const std::string& reply, const v1::ImportTransfersResponse& response,
              const Connection& connection) {
  if (response.has_receipt()) return ReceiptHolds(reply, connection);
  if (!response.has_transfer()) return true;
  const auto transfer = FieldBytes(reply, v1::ImportTransfersResponse::kTransferFieldNumber);
  return transfer.ok() && ReceiptHolds(std::string(*transfer), connection);
}

// Sends the transfers and reports the answers as they come. An error ends it; what was reported stands.
absl::Status Exchange(const TransferRows& rows, const Connection& connection,
                      TransferImportReport* report) {
  ImportItems items;
  items.method = "/tracegate.v1.TransferService/ImportTransfers";
  items.count = rows.transfers.size();
  items.item = [&](size_t index) {
    v1::ImportTransfersRequest item;
    *item.mutable_transfer() = rows.transfers[index].request;
    return item.SerializeAsString();
  };
  items.take = [&](const std::string& reply) {
    v1::ImportTransfersResponse response;
    if (!response.ParseFromString(reply)) return false;
    report->Add(response, IsProven(reply, response, connection));
    return true;
  };
  items.failed = [&] { return report->failed(); };
  return ExchangeItems(items, connection);
}

absl::StatusOr<ExitCode> Import(const Typed& typed, const Connection& connection, bool json) {
  const auto rows = ReadRows(typed);
  if (!rows.ok()) return rows.status();
  if (auto status = TellLosses(typed, *rows); !status.ok()) return status;
  TransferImportReport report(*rows, json, std::cout);
  const absl::Status status = Exchange(*rows, connection, &report);
  std::cerr << report.Summary() << "\n";
  if (report.answered() < rows->transfers.size()) {
    std::cerr << "tracegate: the same command goes on with the rest; nothing is recorded twice\n";
  }
  if (!status.ok()) return status;
  return report.Exit();
}

// What would be recorded, without a gateway.
absl::StatusOr<ExitCode> Rehearse(const Typed& typed, bool json) {
  const auto rows = ReadRows(typed);
  if (!rows.ok()) return rows.status();
  const absl::Status status = TellLosses(typed, *rows);
  std::cout << (json ? RehearsalJson(*rows) : RehearsalText(*rows));
  if (!status.ok()) return status;
  return rows->lines_lost + rows->rows_lost > 0 ? kExitRefused : kExitOk;
}

}  // namespace

void AddTransferImport(CLI::App* transfer, Session* session) {
  auto* command = transfer->add_subcommand(
      "import-file", "Record every transfer of a CSV file, as a mapping says what its rows mean");
  auto typed = std::make_shared<Typed>();
  command->add_option("CSV", typed->file, "The file; - for standard input")->required();
  command->add_option("--mapping", typed->mapping, "What its rows mean, YAML")->required();
  command->add_option("--batch", typed->batch, "Name of this file: begins every request id")
      ->required();
  command->add_flag("--dry-run", typed->dry_run,
                    "Show what would be recorded and what is lost; asks no gateway");
  command->add_flag("--strict", typed->strict, "Send nothing where a line cannot be mapped");
  command->callback([=] {
    if (typed->dry_run) {
      session->RunHere([&] { return Rehearse(*typed, session->json); });
    } else {
      session->Run(
          [&](Connection& connection) { return Import(*typed, connection, session->json); });
    }
  });
}

}  // namespace tracegate
