#include "gateway/cli/asker_commands.h"

#include <memory>
#include <string>
#include <utility>

#include "gateway/cli/trace_reply.h"
#include "gateway/cli/typed_marks.h"
#include "gateway/tracing/trace_state.h"
#include "protos/tracegate/config/yaml_message.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr absl::Duration kWait = absl::Seconds(30);

template <typename Request>
absl::StatusOr<ExitCode> Send(const char* method, const Request& request, Connection& connection,
                              const Session& session) {
  auto reply = connection.client->CallRaw(TraceMethod(method), request.SerializeAsString(), kWait);
  if (!reply.ok()) return reply.status();
  return ShowReply(*reply, connection, session.json);
}

// The item that the trace describes now.
absl::StatusOr<v1::Item> ItemOf(const std::string& trace_id, Connection& connection) {
  v1::GetTraceRequest get;
  get.set_trace_id(trace_id);
  auto trace = connection.client->Call<v1::Trace>(TraceMethod("GetTrace"), get, kWait);
  if (!trace.ok()) return trace.status();
  return TracedItem(*trace);
}

void AddSupplement(CLI::App* trace, Session* session) {
  auto* command = trace->add_subcommand(
      "supplement", "Give the State asked what it wants to know; its clock goes on");
  auto request = std::make_shared<v1::SupplementTraceRequest>();
  auto file = std::make_shared<std::string>();
  auto marks = std::make_shared<TypedMarks>();
  command->add_option("TRACE", *request->mutable_trace_id(), "Trace id")->required();
  command->add_option("--message", *request->mutable_message(), "For the State asked");
  command->add_option("--file", *file,
                      "The weapon described anew, YAML or JSON of tracegate.v1.Item");
  marks->AddTo(command);
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      absl::StatusOr<v1::Item> item = v1::Item();
      if (!file->empty()) {
        if (auto read = ReadYamlMessage(*file, &*item); !read.ok()) return read;
      } else if (!marks->empty()) {
        item = ItemOf(request->trace_id(), connection);
        if (!item.ok()) return item.status();
      }
      LayOver(*marks, &*item);
      if (!file->empty() || !marks->empty()) *request->mutable_item() = *std::move(item);
      return Send("SupplementTrace", *request, connection, *session);
    });
  });
}

void AddSeekClarification(CLI::App* trace, Session* session) {
  auto* command = trace->add_subcommand(
      "clarify", "Ask the State asked to explain a delay, restriction or refusal (ITI 23)");
  auto request = std::make_shared<v1::RequestClarificationRequest>();
  auto hop = std::make_shared<int>(0);
  command->add_option("TRACE", *request->mutable_trace_id(), "Trace id")->required();
  command->add_option("--question", *request->mutable_question(), "What is to be clarified")
      ->required();
  command->add_option("--hop", *hop, "Number of the hop, where several States gave a ground");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      request->set_hop_number(*hop);
      return Send("RequestClarification", *request, connection, *session);
    });
  });
}

void AddWithdraw(CLI::App* trace, Session* session) {
  auto* command = trace->add_subcommand(
      "withdraw", "End a trace that is no longer needed; every State that has it is told");
  auto request = std::make_shared<v1::WithdrawTraceRequest>();
  command->add_option("TRACE", *request->mutable_trace_id(), "Trace id")->required();
  command->add_option("--explanation", *request->mutable_explanation(), "For the States asked");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      return Send("WithdrawTrace", *request, connection, *session);
    });
  });
}

}  // namespace

void AddAskerCommands(CLI::App* trace, Session* session) {
  AddSupplement(trace, session);
  AddSeekClarification(trace, session);
  AddWithdraw(trace, session);
}

}  // namespace tracegate
