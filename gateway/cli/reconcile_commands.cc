#include "gateway/cli/reconcile_commands.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "gateway/cli/enum_word.h"
#include "gateway/cli/recorded_reply.h"
#include "gateway/cli/request_input.h"
#include "gateway/cli/show_reconciliation.h"
#include "gateway/cli/typed_day.h"
#include "gateway/cli/typed_transfer.h"

namespace tracegate {
namespace {

constexpr absl::Duration kWait = absl::Seconds(30);
// All of a period's consignments are held against what arrived.
constexpr absl::Duration kLongWait = absl::Minutes(10);

// What is typed of a comparison, over the file's rows.
struct TypedComparison {
  std::string rows, partner, state, source, from, to, request_id;
  std::vector<std::string> categories;

  void AddTo(CLI::App* command) {
    command->add_option("--partner", partner, "The State to be held against")->required();
    command->add_option("--from", from, "First day, month or year")->required();
    command->add_option("--to", to, "Last day, month or year")->required();
    command->add_option("--state", state, "Whose own figures; else yours");
    command->add_option("--category", categories, "e.g. small_arms_and_light_weapons; else all");
    command->add_option("--rows", rows,
                        "The partner's figures: a ReconcileRequest with partner_rows, YAML or "
                        "JSON; else its gateway is asked");
    command->add_option("--source", source, "Where they are from: \"UNROCA 2024\"");
    command->add_option("--request-id", request_id,
                        "Id of this request: the same id gives the same answer again");
  }

  absl::Status Fill(v1::ReconcileRequest* request) const {
    if (!rows.empty()) {
      if (auto read = ReadRequest(rows, request); !read.ok()) return read;
    }
    const auto first = ParseFirstDay("--from", from);
    if (!first.ok()) return first.status();
    const auto last = ParseLastDay("--to", to);
    if (!last.ok()) return last.status();
    *request->mutable_from_date() = *first;
    *request->mutable_to_date() = *last;
    request->set_partner_state(partner);
    if (!state.empty()) request->set_state(state);
    if (!source.empty()) request->set_partner_source(source);
    if (!request_id.empty()) request->set_request_id(request_id);
    return AddCategories(categories, request->mutable_categories());
  }
};

void AddReconcile(CLI::App* transfer, Session* session) {
  auto* command = transfer->add_subcommand(
      "reconcile",
      "Hold your State's figures against a partner's, and what left against what came");
  auto typed = std::make_shared<TypedComparison>();
  typed->AddTo(command);
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      v1::ReconcileRequest request;
      if (auto filled = typed->Fill(&request); !filled.ok()) return filled;
      return CallOnceAndShow<v1::Reconciliation>("Reconcile", &request, kLongWait, connection,
                                                 session->json, ShowReconciliation);
    });
  });
}

void AddDiscrepancies(CLI::App* transfer, Session* session) {
  auto* command = transfer->add_subcommand("discrepancies", "Where the figures part");
  auto request = std::make_shared<v1::ListDiscrepanciesRequest>();
  auto kinds = std::make_shared<std::vector<std::string>>();
  auto open = std::make_shared<bool>(false);
  auto page_size = std::make_shared<int>(0);
  command->add_option("RECONCILIATION", *request->mutable_reconciliation_id(), "Its id")
      ->required();
  command->add_option("--kind", *kinds, "only_ours, quantity, never_arrived, ...; else all");
  command->add_flag("--open", *open, "Only those that nobody explained");
  command->add_option("--page-size", *page_size, "Discrepancies a page, 1 to 200");
  command->add_option("--page-token", *request->mutable_page_token(), "Continue a list");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      for (const std::string& word : *kinds) {
        const auto kind = EnumNumber("--kind", word, *v1::DiscrepancyKind_descriptor());
        if (!kind.ok()) return kind.status();
        request->add_kinds(static_cast<v1::DiscrepancyKind>(*kind));
      }
      request->set_open_only(*open);
      request->set_page_size(*page_size);
      const auto list = connection.client->Call<v1::ListDiscrepanciesResponse>(
          TransferMethod("ListDiscrepancies"), *request, kWait);
      if (!list.ok()) return list.status();
      std::cout << (session->json ? JsonOf(*list) + "\n" : ShowDiscrepancies(*list));
      return kExitOk;
    });
  });
}

void AddResolve(CLI::App* transfer, Session* session) {
  auto* command = transfer->add_subcommand("resolve", "Say why figures part");
  auto request = std::make_shared<v1::ResolveDiscrepancyRequest>();
  auto kind = std::make_shared<std::string>();
  auto amended = std::make_shared<std::vector<std::string>>();
  v1::DiscrepancyResolution& resolution = *request->mutable_resolution();
  command->add_option("DISCREPANCY", *request->mutable_discrepancy_id(), "Its id")->required();
  command->add_option("--kind", *kind, "our_error, their_error, different_year, ...")->required();
  command->add_option("--explanation", *resolution.mutable_explanation(), "In words")->required();
  command->add_option("--amended", *amended, "Your records that were amended for it");
  command->add_option("--request-id", *request->mutable_request_id(),
                      "Id of this request: the same id says the same thing again");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      const auto number = EnumNumber("--kind", *kind, *v1::ResolutionKind_descriptor());
      if (!number.ok()) return number.status();
      v1::DiscrepancyResolution& said = *request->mutable_resolution();
      said.set_kind(static_cast<v1::ResolutionKind>(*number));
      said.mutable_amended_transfer_ids()->Assign(amended->begin(), amended->end());
      return CallOnceAndShow<v1::Discrepancy>("ResolveDiscrepancy", request.get(), kWait,
                                              connection, session->json, ShowDiscrepancy);
    });
  });
}

}  // namespace

void AddReconcileCommands(CLI::App* transfer, Session* session) {
  AddReconcile(transfer, session);
  AddDiscrepancies(transfer, session);
  AddResolve(transfer, session);
}

}  // namespace tracegate
