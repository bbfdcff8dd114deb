#include "gateway/cli/desk_commands.h"

#include <google/protobuf/util/time_util.h>

#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "gateway/cli/enum_word.h"
#include "gateway/cli/json.h"
#include "gateway/cli/show_desk.h"
#include "gateway/cli/trace_reply.h"
#include "gateway/cli/typed_time.h"
#include "protos/tracegate/config/yaml_message.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr absl::Duration kWait = absl::Seconds(30);

absl::StatusOr<v1::LegalGround> GroundOf(const std::string& word) {
  auto number = EnumNumber("--ground", word, *v1::LegalGround_descriptor());
  if (!number.ok()) return number.status();
  return static_cast<v1::LegalGround>(*number);
}

// Sends what `fill` makes of the request, and shows the trace that comes back.
template <typename Request, typename Fill>
void OnParsed(CLI::App* command, Session* session, const char* method,
              std::shared_ptr<Request> request, Fill fill) {
  command->add_option("TRACE", *request->mutable_trace_id(), "Trace id")->required();
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      if (auto status = fill(request.get()); !status.ok()) return status;
      auto reply =
          connection.client->CallRaw(TraceMethod(method), request->SerializeAsString(), kWait);
      if (!reply.ok()) return reply.status();
      auto shown = ShowReply(*reply, connection, session->json);
      // Whether the trace is over is the asking State's to know.
      return shown.ok() && *shown == kExitInProgress ? kExitOk : shown;
    });
  });
}

void AddList(CLI::App* desk, Session* session) {
  auto* command = desk->add_subcommand("list", "Questions of other States that wait for an answer");
  auto request = std::make_shared<v1::ListTracesRequest>();
  auto page_size = std::make_shared<int>(0);
  command->add_option("--page-size", *page_size, "Questions a page, 1 to 200");
  command->add_option("--page-token", *request->mutable_page_token(), "Continue a list");
  request->set_direction(v1::TRACE_DIRECTION_ASKED_OF_US);
  for (const v1::TraceState state :
       {v1::TRACE_STATE_SUBMITTED, v1::TRACE_STATE_ACKNOWLEDGED, v1::TRACE_STATE_IN_PROGRESS,
        v1::TRACE_STATE_INFO_REQUESTED, v1::TRACE_STATE_DELAYED,
        v1::TRACE_STATE_CLARIFICATION_REQUESTED}) {
    request->add_states(state);
  }
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      request->set_page_size(*page_size);
      auto list = connection.client->Call<v1::ListTracesResponse>(TraceMethod("ListTraces"),
                                                                  *request, kWait);
      if (!list.ok()) return list.status();
      std::cout << (session->json ? JsonOf(*list) + "\n" : ShowDesk(*list, absl::Now()));
      return kExitOk;
    });
  });
}

void AddTake(CLI::App* desk, Session* session) {
  auto* command = desk->add_subcommand("take", "Tell the asking State that you have its question");
  auto request = std::make_shared<v1::AcknowledgeTraceRequest>();
  command->add_option("--reference", *request->mutable_reference(), "Your own case number");
  OnParsed(command, session, "AcknowledgeTrace", request, [](auto*) { return absl::OkStatus(); });
}

void AddAsk(CLI::App* desk, Session* session) {
  auto* command = desk->add_subcommand("ask", "Ask for more information; the clock stands still");
  auto request = std::make_shared<v1::RequestInformationRequest>();
  auto fields = std::make_shared<std::vector<std::string>>();
  command->add_option("--field", *fields,
                      "A field that is missing or unclear, such as item.weapon.marks");
  command->add_option("--message", *request->mutable_message(), "What you need to know");
  OnParsed(command, session, "RequestInformation", request,
           [fields](v1::RequestInformationRequest* wanted) {
             for (const std::string& field : *fields) wanted->add_wanted()->set_field(field);
             return absl::OkStatus();
           });
}

void AddAnswer(CLI::App* desk, Session* session) {
  auto* command = desk->add_subcommand("answer", "Answer, in full or restricted");
  auto request = std::make_shared<v1::AnswerTraceRequest>();
  auto file = std::make_shared<std::string>();
  auto outcome = std::make_shared<std::string>();
  auto ground = std::make_shared<std::string>();
  auto typed = std::make_shared<v1::Answer>();
  command->add_option("--file", *file, "Answer, YAML or JSON of tracegate.v1.Answer");
  command->add_option("--outcome", *outcome, "What the records say, e.g. no_record");
  command->add_option("--explanation", *typed->mutable_explanation(), "For the asking State");
  command->add_option("--next-state", *typed->mutable_next_state(), "Where the weapon went");
  command->add_option("--ground", *ground, "Legal ground where the answer is restricted");
  OnParsed(command, session, "AnswerTrace", request,
           [=](v1::AnswerTraceRequest* answering) -> absl::Status {
             v1::Answer& answer = *answering->mutable_answer();
             if (!file->empty()) {
               if (auto read = ReadYamlMessage(*file, &answer); !read.ok()) return read;
             }
             answer.MergeFrom(*typed);
             if (!outcome->empty()) {
               auto number = EnumNumber("--outcome", *outcome, *v1::Outcome_descriptor());
               if (!number.ok()) return number.status();
               answer.set_outcome(static_cast<v1::Outcome>(*number));
             }
             if (ground->empty()) return absl::OkStatus();
             auto legal = GroundOf(*ground);
             if (legal.ok()) answer.set_legal_ground(*legal);
             return legal.status();
           });
}

void AddDelay(CLI::App* desk, Session* session) {
  auto* command =
      desk->add_subcommand("delay", "Say on which legal ground and until when you wait");
  auto request = std::make_shared<v1::DelayTraceRequest>();
  auto ground = std::make_shared<std::string>();
  auto until = std::make_shared<std::string>();
  command->add_option("--ground", *ground, "ongoing_investigation, confidentiality_law, ...")
      ->required();
  command->add_option("--until", *until, "Day, or RFC 3339 time")->required();
  command->add_option("--explanation", *request->mutable_explanation(), "For the asking State");
  OnParsed(command, session, "DelayTrace", request,
           [=](v1::DelayTraceRequest* delay) -> absl::Status {
             auto legal = GroundOf(*ground);
             if (!legal.ok()) return legal.status();
             auto time = ParseTypedTime("--until", *until);
             if (!time.ok()) return time.status();
             delay->set_legal_ground(*legal);
             *delay->mutable_until() =
                 google::protobuf::util::TimeUtil::SecondsToTimestamp(absl::ToUnixSeconds(*time));
             return absl::OkStatus();
           });
}

void AddRefuse(CLI::App* desk, Session* session) {
  auto* command = desk->add_subcommand("refuse", "Refuse, on one of the four legal grounds");
  auto request = std::make_shared<v1::RefuseTraceRequest>();
  auto ground = std::make_shared<std::string>();
  command->add_option("--ground", *ground, "ongoing_investigation, confidentiality_law, ...")
      ->required();
  command->add_option("--explanation", *request->mutable_explanation(), "For the asking State");
  OnParsed(command, session, "RefuseTrace", request,
           [=](v1::RefuseTraceRequest* refusal) -> absl::Status {
             auto legal = GroundOf(*ground);
             if (legal.ok()) refusal->set_legal_ground(*legal);
             return legal.status();
           });
}

void AddClarify(CLI::App* desk, Session* session) {
  auto* command =
      desk->add_subcommand("clarify", "Explain a delay, restriction or refusal further (ITI 23)");
  auto request = std::make_shared<v1::ClarifyTraceRequest>();
  command->add_option("--message", *request->mutable_clarification(), "For the asking State")
      ->required();
  OnParsed(command, session, "ClarifyTrace", request, [](auto*) { return absl::OkStatus(); });
}

}  // namespace

void AddDeskCommands(CLI::App* app, Session* session) {
  auto* desk = app->add_subcommand("desk", "Answer other States' questions by hand");
  desk->require_subcommand(1);
  AddList(desk, session);
  AddTake(desk, session);
  AddAsk(desk, session);
  AddAnswer(desk, session);
  AddDelay(desk, session);
  AddRefuse(desk, session);
  AddClarify(desk, session);
}

}  // namespace tracegate
