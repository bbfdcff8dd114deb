#include "gateway/cli/end_use_commands.h"

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "gateway/cli/attachment.h"
#include "gateway/cli/enum_word.h"
#include "gateway/cli/local_file.h"
#include "gateway/cli/recorded_reply.h"
#include "gateway/cli/request_input.h"
#include "gateway/cli/show_end_use.h"
#include "gateway/cli/show_transfer.h"
#include "gateway/cli/typed_day.h"
#include "gateway/cli/typed_transfer.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr absl::Duration kWait = absl::Seconds(30);

absl::Status Wrong(const std::string& option, const std::string& problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, option, problem);
}

// What is typed of a question, over the file's.
struct TypedQuestion {
  std::string file, transfer, authorisation, due;
  std::vector<std::string> wanted;
  v1::EndUseQuestion typed;
  TypedConfidentiality confidentiality;

  void AddTo(CLI::App* command) {
    command->add_option("--file", file, "EndUseQuestion, YAML or JSON");
    command->add_option("--transfer", transfer, "Transfer id of the authorisation asked about, or");
    command->add_option("--authorisation", authorisation, "its State and number: FI/2026-0417");
    command->add_option("--to", *typed.mutable_to_state(),
                        "The importing State; or one on the way: does it object?");
    command->add_option("--want", wanted, "A document, e.g. end_user_certificate; repeatable");
    command->add_option("--text", *typed.mutable_text(), "What you need to know");
    command->add_option("--due", due, "Day on which the answer is needed");
    confidentiality.AddTo(command);
  }

  absl::Status Fill(v1::EndUseQuestion* question) const {
    if (!file.empty()) {
      if (auto read = ReadRequest(file, question); !read.ok()) return read;
    }
    question->MergeFrom(typed);
    if (!transfer.empty() && !authorisation.empty()) {
      return Wrong("--transfer", "stands beside --authorisation; expected one of them");
    }
    if (!transfer.empty()) question->set_transfer_id(transfer);
    if (!authorisation.empty()) {
      const auto reference = ParseAuthorisation("--authorisation", authorisation);
      if (!reference.ok()) return reference.status();
      *question->mutable_authorisation() = *reference;
    }
    for (const std::string& word : wanted) {
      const auto kind = EnumNumber("--want", word, *v1::EndUseDocumentKind_descriptor());
      if (!kind.ok()) return kind.status();
      question->add_wanted(static_cast<v1::EndUseDocumentKind>(*kind));
    }
    if (confidentiality.Guarantee() != v1::CONFIDENTIALITY_GUARANTEE_UNSPECIFIED) {
      question->set_confidentiality(confidentiality.Guarantee());
    }
    if (due.empty()) return absl::OkStatus();
    const auto day = ParseDay("--due", due);
    if (day.ok()) *question->mutable_due_date() = *day;
    return day.status();
  }
};

void AddAsk(CLI::App* end_use, Session* session) {
  auto* command = end_use->add_subcommand(
      "ask", "Ask the importing State what the arms are for, and whose (ATT 8(1))");
  auto request = std::make_shared<v1::RequestEndUseRequest>();
  auto typed = std::make_shared<TypedQuestion>();
  auto wait_s = std::make_shared<int>(30);
  typed->AddTo(command);
  command->add_option("--request-id", *request->mutable_request_id(),
                      "Id of this request: the same id gives the exchange as it then stands");
  command->add_option("--wait", *wait_s, "Seconds to wait for the answer")
      ->check(CLI::Range(1, 600));
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      if (auto filled = typed->Fill(request->mutable_question()); !filled.ok()) return filled;
      bool answered = false;
      const auto show = [&](const v1::EndUse& exchange) {
        answered = exchange.has_answer() || exchange.state() == v1::END_USE_STATE_EXPIRED;
        std::string text = ShowEndUse(exchange);
        if (!answered) text += "  ask again: --request-id " + exchange.request_id() + "\n";
        return text;
      };
      const auto exit = CallOnceAndShow<v1::EndUse>(
          "RequestEndUse", request.get(), absl::Seconds(*wait_s), connection, session->json, show);
      return exit.ok() && *exit == kExitOk && !session->json && !answered ? kExitInProgress : exit;
    });
  });
}

void AddAnswer(CLI::App* end_use, Session* session) {
  auto* command = end_use->add_subcommand("answer", "Answer such a question, or say why not");
  auto request = std::make_shared<v1::AnswerEndUseRequest>();
  auto file = std::make_shared<std::string>();
  auto outcome = std::make_shared<std::string>();
  auto ground = std::make_shared<std::string>();
  auto explanation = std::make_shared<std::string>();
  auto letter = std::make_shared<std::string>();
  auto attachments = std::make_shared<std::vector<std::string>>();
  command->add_option("END_USE", *request->mutable_end_use_id(), "Its id")->required();
  command->add_option("--file", *file, "EndUseAnswer, YAML or JSON");
  command->add_option("--outcome", *outcome, "confirmed, not_confirmed, refused, ...");
  command->add_option("--ground", *ground, "Legal ground where it is refused");
  command->add_option("--explanation", *explanation, "For the exporting State");
  command->add_option("--no-objection", *letter,
                      "Of a State on the way: the number of the letter that says so");
  command->add_option("--attach", *attachments,
                      "REFERENCE=FILE: the bytes of a document that the answer names; repeatable");
  command->add_option("--request-id", *request->mutable_request_id(),
                      "Id of this request: the same id says the same thing again");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      v1::EndUseAnswer& answer = *request->mutable_answer();
      if (!file->empty()) {
        if (auto read = ReadRequest(*file, &answer); !read.ok()) return read;
      }
      if (!outcome->empty()) {
        const auto number = EnumNumber("--outcome", *outcome, *v1::EndUseOutcome_descriptor());
        if (!number.ok()) return number.status();
        answer.set_outcome(static_cast<v1::EndUseOutcome>(*number));
      }
      if (!ground->empty()) {
        const auto number = EnumNumber("--ground", *ground, *v1::LegalGround_descriptor());
        if (!number.ok()) return number.status();
        answer.set_legal_ground(static_cast<v1::LegalGround>(*number));
      }
      if (!explanation->empty()) answer.set_explanation(*explanation);
      if (!letter->empty()) answer.mutable_no_objection()->set_reference(*letter);
      for (const std::string& attachment : *attachments) {
        if (auto added = Attach(attachment, &answer); !added.ok()) return added;
      }
      return CallOnceAndShow<v1::EndUse>("AnswerEndUse", request.get(), kWait, connection,
                                         session->json, ShowEndUse);
    });
  });
}

// Shows what was asked of a transfer and answered, or keeps a document of it in a file.
absl::StatusOr<ExitCode> ShowEndUses(const v1::Transfer& transfer, const std::string& document,
                                     const std::string& file, bool json) {
  if (document.empty()) {
    for (const v1::EndUse& end_use : transfer.end_uses()) {
      std::cout << (json ? JsonOf(end_use) + "\n" : ShowEndUse(end_use));
    }
    if (!json && transfer.end_uses().empty()) std::cout << "nothing was asked\n";
    return kExitOk;
  }
  const auto content = ContentOf(transfer, document);
  if (!content.ok()) return content.status();
  if (auto written = WriteNewFile(file, *content, 0600); !written.ok()) return written;
  return kExitOk;
}

void AddShow(CLI::App* end_use, Session* session) {
  auto* command =
      end_use->add_subcommand("show", "Show what was asked of a transfer, and answered");
  auto request = std::make_shared<v1::GetTransferRequest>();
  auto document = std::make_shared<std::string>();
  auto file = std::make_shared<std::string>();
  command->add_option("TRANSFER", *request->mutable_transfer_id(), "Transfer id")->required();
  auto* wanted = command->add_option("--document", *document, "Reference of a document to keep");
  auto* save = command->add_option("--save", *file, "Keep its bytes in a new file");
  wanted->needs(save);
  save->needs(wanted);
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      const auto transfer =
          connection.client->Call<v1::Transfer>(TransferMethod("GetTransfer"), *request, kWait);
      if (!transfer.ok()) return transfer.status();
      return ShowEndUses(*transfer, *document, *file, session->json);
    });
  });
}

// What is typed of the question for another State's authorisations.
struct TypedAuthorizations {
  std::string authorisation, from, to;
  std::vector<std::string> statuses, categories;
  int page_size = 0;
  TypedConfidentiality confidentiality;
  v1::ListAuthorizationsRequest request;

  void AddTo(CLI::App* command) {
    command->add_option("--state", *request.mutable_to_state(), "The exporting State")->required();
    command->add_option("--authorisation", authorisation,
                        "A given one, as importing or transit State (ATT 7(6)): FI/2026-0417; "
                        "else all of which yours is the final destination (ATT 8(3))");
    command->add_option("--status", statuses, "pending, granted, ...; else those two");
    command->add_option("--category", categories, "e.g. small_arms_and_light_weapons");
    command->add_option("--from", from, "Issued from this day, month or year on");
    command->add_option("--to", to, "Up to this day, month or year");
    command->add_option("--justification", *request.mutable_justification(), "Why it is asked");
    confidentiality.AddTo(command);
    command->add_option("--page-size", page_size, "Authorisations a page, 1 to 200");
    command->add_option("--page-token", *request.mutable_page_token(), "Continue a list");
  }

  absl::Status Fill() {
    request.set_legal_basis(authorisation.empty() ? v1::LEGAL_BASIS_ATT_8_3
                                                  : v1::LEGAL_BASIS_ATT_7_6);
    request.set_confidentiality(confidentiality.Guarantee());
    request.set_page_size(page_size);
    if (!authorisation.empty()) {
      const auto reference = ParseAuthorisation("--authorisation", authorisation);
      if (!reference.ok()) return reference.status();
      *request.mutable_authorisation() = *reference;
    }
    for (const std::string& word : statuses) {
      const auto status = EnumNumber("--status", word, *v1::AuthorisationStatus_descriptor());
      if (!status.ok()) return status.status();
      request.add_statuses(static_cast<v1::AuthorisationStatus>(*status));
    }
    if (!from.empty()) {
      const auto day = ParseFirstDay("--from", from);
      if (!day.ok()) return day.status();
      *request.mutable_from_date() = *day;
    }
    if (!to.empty()) {
      const auto day = ParseLastDay("--to", to);
      if (!day.ok()) return day.status();
      *request.mutable_to_date() = *day;
    }
    return AddCategories(categories, request.mutable_categories());
  }
};

void AddAuthorizations(CLI::App* transfer, Session* session) {
  auto* command = transfer->add_subcommand(
      "authorizations", "Ask an exporting State for its authorisations that concern yours");
  auto typed = std::make_shared<TypedAuthorizations>();
  typed->AddTo(command);
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      if (auto filled = typed->Fill(); !filled.ok()) return filled;
      return CallAndShow<v1::ListAuthorizationsResponse>("ListAuthorizations", typed->request,
                                                         kWait, connection, session->json,
                                                         ShowAuthorizations);
    });
  });
}

}  // namespace

void AddEndUseCommands(CLI::App* transfer, Session* session) {
  auto* end_use =
      transfer->add_subcommand("end-use", "Ask and answer what exported arms are for, and whose");
  end_use->require_subcommand(1);
  AddAsk(end_use, session);
  AddAnswer(end_use, session);
  AddShow(end_use, session);
  AddAuthorizations(transfer, session);
}

}  // namespace tracegate
