#include "gateway/cli/trace_commands.h"

#include <algorithm>
#include <iostream>
#include <memory>

#include "absl/time/clock.h"
#include "gateway/cli/asker_commands.h"
#include "gateway/cli/enum_word.h"
#include "gateway/cli/json.h"
#include "gateway/cli/locale_language.h"
#include "gateway/cli/receipt_on_arrival.h"
#include "gateway/cli/request_input.h"
#include "gateway/cli/show_trace.h"
#include "gateway/cli/trace_diagram.h"
#include "gateway/cli/trace_import.h"
#include "gateway/cli/trace_reply.h"
#include "gateway/cli/trace_statistics.h"
#include "gateway/cli/typed_time.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {
namespace {

constexpr absl::Duration kShortWait = absl::Seconds(30);

// What `check` and `create` share: the request file and the marks typed over it.
struct RequestArguments {
  std::string file;
  TypedMarks marks;
  std::string language = EnvironmentLanguage();

  void AddTo(CLI::App* command) {
    command->add_option("REQUEST", file, "Trace request, YAML or JSON; - for standard input")
        ->required();
    marks.AddTo(command);
    command->add_option("--language", language, "Language of remarks on marks: en, fr, es or pt");
  }
};

void AddCheck(CLI::App* trace, Session* session) {
  auto* command = trace->add_subcommand(
      "check", "Say what is wrong with a request and whom it would go to; nothing is sent on");
  auto arguments = std::make_shared<RequestArguments>();
  arguments->AddTo(command);
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      auto request = ReadTraceRequest(arguments->file, arguments->marks);
      if (!request.ok()) return request.status();
      v1::CheckTraceRequest check;
      *check.mutable_request() = *std::move(request);
      check.set_language(arguments->language);
      auto response = connection.client->Call<v1::CheckTraceResponse>(TraceMethod("CheckTrace"),
                                                                      check, kShortWait);
      if (!response.ok()) return response.status();
      std::cout << (session->json ? JsonOf(*response) + "\n" : ShowCheck(*response));
      return response->passes() ? kExitOk : kExitGateFails;
    });
  });
}

void AddCreate(CLI::App* trace, Session* session) {
  auto* command = trace->add_subcommand("create", "Open a trace and wait for its answer");
  auto arguments = std::make_shared<RequestArguments>();
  auto request_id = std::make_shared<std::string>();
  auto wait_s = std::make_shared<int>(30);
  auto file = std::make_shared<std::string>();
  arguments->AddTo(command);
  command->add_option("--request-id", *request_id,
                      "Id of this request: the same id asks the same thing again");
  command->add_option("--wait", *wait_s, "Seconds to wait for the answer")
      ->check(CLI::Range(1, 600));
  command->add_option("--save", *file, "Keep the reply's bytes in a new file, for receipt verify");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      auto request = ReadTraceRequest(arguments->file, arguments->marks);
      if (!request.ok()) return request.status();
      v1::CreateTraceRequest create;
      create.set_request_id(request_id->empty() ? MakeRequestId() : *request_id);
      *create.mutable_request() = *std::move(request);
      create.set_language(arguments->language);
      auto reply = connection.client->CallRaw(TraceMethod("CreateTrace"),
                                              create.SerializeAsString(), absl::Seconds(*wait_s));
      if (!reply.ok()) {
        std::cerr << "request id: " << create.request_id() << "\n";
        return reply.status();
      }
      if (auto saved = SaveReply(*reply, *file); !saved.ok()) return saved;
      return ShowReply(*reply, connection, session->json);
    });
  });
}

absl::StatusOr<ExitCode> ShowDiagram(const std::string& reply) {
  v1::Trace trace;
  if (!trace.ParseFromString(reply)) return absl::InternalError("the reply cannot be read");
  std::cout << TraceDiagram(trace);
  return IsOver(trace.state()) ? kExitOk : kExitInProgress;
}

void AddGet(CLI::App* trace, Session* session) {
  auto* command = trace->add_subcommand("get", "Show one trace");
  auto id = std::make_shared<std::string>();
  auto file = std::make_shared<std::string>();
  command->add_option("TRACE", *id, "Trace id")->required();
  command->add_option("--save", *file, "Keep the reply's bytes in a new file, for receipt verify");
  auto diagram = std::make_shared<bool>(false);
  command->add_flag("--diagram", *diagram,
                    "What passed between the States, as a Mermaid sequence diagram");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      v1::GetTraceRequest request;
      request.set_trace_id(*id);
      auto reply = connection.client->CallRaw(TraceMethod("GetTrace"), request.SerializeAsString(),
                                              kShortWait);
      if (!reply.ok()) return reply.status();
      if (auto saved = SaveReply(*reply, *file); !saved.ok()) return saved;
      if (*diagram) return ShowDiagram(*reply);
      return ShowReply(*reply, connection, session->json);
    });
  });
}

void AddList(CLI::App* trace, Session* session) {
  auto* command = trace->add_subcommand("list", "List traces, newest first");
  auto page_size = std::make_shared<int>(0);
  auto token = std::make_shared<std::string>();
  auto serial = std::make_shared<std::string>();
  auto states = std::make_shared<std::vector<std::string>>();
  auto direction = std::make_shared<std::string>();
  command->add_option("--page-size", *page_size, "Traces a page, 1 to 200");
  command->add_option("--page-token", *token, "Continue a list");
  command->add_option("--serial", *serial, "Only this serial number as written");
  command->add_option("--state", *states, "Only these states, e.g. answered");
  command->add_option("--direction", *direction, "asked_by_us or asked_of_us");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      v1::ListTracesRequest request;
      request.set_page_size(*page_size);
      request.set_page_token(*token);
      request.set_serial_number(*serial);
      for (const std::string& state : *states) {
        auto value = EnumNumber("--state", state, *v1::TraceState_descriptor());
        if (!value.ok()) return value.status();
        request.add_states(static_cast<v1::TraceState>(*value));
      }
      if (!direction->empty()) {
        auto value = EnumNumber("--direction", *direction, *v1::TraceDirection_descriptor());
        if (!value.ok()) return value.status();
        request.set_direction(static_cast<v1::TraceDirection>(*value));
      }
      auto response = connection.client->Call<v1::ListTracesResponse>(TraceMethod("ListTraces"),
                                                                      request, kShortWait);
      if (!response.ok()) return response.status();
      std::cout << (session->json ? JsonOf(*response) + "\n" : ShowTraces(*response));
      return kExitOk;
    });
  });
}

void AddStatistics(CLI::App* trace, Session* session) {
  auto* command = trace->add_subcommand(
      "statistics", "What this State's traces come to, in figures: no weapon, no person");
  auto since = std::make_shared<std::string>();
  auto until = std::make_shared<std::string>();
  command->add_option("--since", *since, "Traces opened from this day or RFC 3339 time on");
  command->add_option("--until", *until, "Traces opened before this day or RFC 3339 time");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      absl::StatusOr<absl::Time> from = absl::InfinitePast();
      absl::StatusOr<absl::Time> to = absl::InfiniteFuture();
      if (!since->empty()) from = ParseTypedTime("--since", *since);
      if (!until->empty()) to = ParseTypedTime("--until", *until);
      if (!from.ok()) return from.status();
      if (!to.ok()) return to.status();
      v1::ListTracesRequest request;
      request.set_page_size(200);
      request.set_direction(v1::TRACE_DIRECTION_ASKED_BY_US);
      TraceStatistics statistics;
      do {
        auto page = connection.client->Call<v1::ListTracesResponse>(TraceMethod("ListTraces"),
                                                                    request, kShortWait);
        if (!page.ok()) return page.status();
        request.set_page_token(page->next_page_token());
        for (const v1::Trace& listed : page->traces()) {
          if (!listed.has_create_time()) continue;  // erased
          const absl::Time opened = absl::FromUnixSeconds(listed.create_time().seconds());
          if (opened < *from) request.clear_page_token();  // newest first: none after it counts
          if (opened >= *from && opened < *to) statistics.Add(listed);
        }
      } while (!request.page_token().empty());
      std::cout << (session->json ? statistics.Json() + "\n" : statistics.Text());
      return kExitOk;
    });
  });
}

// A watcher that lost its gateway waits for it so often, a little longer each time.
constexpr int kReconnectsMax = 20;

void AddWatch(CLI::App* trace, Session* session) {
  auto* command = trace->add_subcommand("watch", "Show a trace at each change until it ends");
  auto id = std::make_shared<std::string>();
  auto file = std::make_shared<std::string>();
  command->add_option("TRACE", *id, "Trace id")->required();
  command->add_option("--save", *file,
                      "Keep the last reply's bytes in a new file, for receipt verify");
  command->callback([=] {
    session->Run([&](Connection& connection) -> absl::StatusOr<ExitCode> {
      v1::WatchTraceRequest request;
      request.set_trace_id(*id);
      bool over = false;
      bool proven = true;
      std::string last;
      int reconnects = 0;
      const auto show = [&](const std::string& bytes) {
        v1::WatchTraceResponse response;
        if (!response.ParseFromString(bytes)) return false;
        const v1::Trace& trace = response.trace();
        std::cout << (session->json ? JsonOf(trace) + "\n" : ShowTrace(trace)) << std::flush;
        over = IsOver(trace.state());
        request.set_after_revision(trace.revision());
        reconnects = 0;
        last = bytes;
        proven = ReceiptHolds(bytes, connection);
        return proven;
      };
      absl::Status status;
      while (true) {
        status = connection.client->StreamRaw(
            TraceMethod("WatchTrace"), request.SerializeAsString(), absl::InfiniteDuration(), show);
        // Also where it had more to tell than was taken (OVERLOADED): what was missed comes with the next stream.
        const bool gone =
            status.ok() ? !over : absl::IsUnavailable(status) || absl::IsResourceExhausted(status);
        if (!proven || !gone || last.empty() || reconnects == kReconnectsMax) break;
        absl::SleepFor(absl::Seconds(std::min(++reconnects, 15)));
      }
      if (!last.empty()) {
        if (auto saved = SaveReply(last, *file); !saved.ok()) return saved;
      }
      if (!proven) return kExitNoProof;
      if (!status.ok()) return status;
      return over ? kExitOk : kExitInProgress;
    });
  });
}

}  // namespace

void AddTraceCommands(CLI::App* app, Session* session) {
  auto* trace = app->add_subcommand("trace", "Trace a weapon");
  trace->require_subcommand(1);
  AddCheck(trace, session);
  AddCreate(trace, session);
  AddGet(trace, session);
  AddList(trace, session);
  AddStatistics(trace, session);
  AddWatch(trace, session);
  AddAskerCommands(trace, session);
  AddTraceImport(trace, session);
}

}  // namespace tracegate
