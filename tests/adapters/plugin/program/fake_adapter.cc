// An adapter's process for tests: `fake_adapter MODE` behaves as the mode says, well or badly.

#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>

#include "adapters/plugin/child_process.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"

namespace {

using tracegate::adapter::v1::DescribeResponse;
using tracegate::adapter::v1::FindRequest;
using tracegate::adapter::v1::FindResponse;
using tracegate::adapter::v1::GetRecordRequest;
using tracegate::adapter::v1::GetRecordResponse;

std::string mode;

void SleepForEver() {
  while (true) pause();
}

void AwaitEndOfInput() {
  char byte;
  while (read(STDIN_FILENO, &byte, 1) > 0) {
  }
}

void Say(const std::string& line) {
  std::printf("%s\n", line.c_str());
  std::fflush(stdout);
}

grpc::ByteBuffer BufferOf(const std::string& bytes) {
  const grpc::Slice slice(bytes.data(), bytes.size());
  return grpc::ByteBuffer(&slice, 1);
}

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  grpc::Slice slice;
  if (!buffer.DumpToSingleSlice(&slice).ok()) return {};
  return {reinterpret_cast<const char*>(slice.begin()), slice.size()};
}

DescribeResponse Description() {
  DescribeResponse description;
  description.set_name("fake");
  description.add_states(mode == "covers_another_state" ? "FR" : "DE");
  description.add_search_fields(tracegate::adapter::v1::SEARCH_FIELD_SERIAL_NUMBER);
  description.set_partial_serials(true);
  description.set_expected_answer_ms(getpid());  // tests look whether this process is there
  return description;
}

std::string Found(const FindRequest& request) {
  FindResponse answer;
  auto* records = answer.mutable_records();
  const int count = mode == "too_many" ? request.candidates_max() + 1 : 1;
  for (const std::string& spelling : request.serial_spellings()) {
    if (spelling != "AB1234") continue;
    for (int i = 0; i < count; ++i) {
      auto* record = records->add_records();
      record->set_record_number(std::to_string(7 + i));
      record->mutable_firearm()->set_serial_number("AB-12 34");
    }
  }
  std::string bytes = answer.SerializeAsString();
  if (mode == "latin1") bytes.replace(bytes.find("AB-12"), 1, "\xC4");
  return mode == "no_message" ? "\xFF\xFF" : bytes;
}

class Call : public grpc::ServerGenericBidiReactor {
 public:
  explicit Call(std::string method) : method_(method.substr(method.rfind('/') + 1)) {
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) return Finish(grpc::Status::CANCELLED);
    if (method_ == "Describe") return Answer(Description().SerializeAsString());
    if (method_ == "Health") return Answer("");
    if (method_ == "GetRecord") return GetRecord();
    Find();
  }
  void OnCancel() override {
    if (hangs_) Finish(grpc::Status::CANCELLED);
  }
  void OnDone() override { delete this; }

 private:
  void Answer(const std::string& bytes) {
    reply_ = BufferOf(bytes);
    StartWriteAndFinish(&reply_, {}, grpc::Status::OK);
  }

  void GetRecord() {
    GetRecordRequest request;
    request.ParseFromString(BytesOf(request_));
    if (request.record_number() != "7") {
      return Finish({grpc::StatusCode::NOT_FOUND, "secret words of the registry"});
    }
    GetRecordResponse answer;
    answer.mutable_record()->set_record_number(mode == "another_record" ? "8" : "7");
    Answer(answer.SerializeAsString());
  }

  void Find() {
    FindRequest request;
    request.ParseFromString(BytesOf(request_));
    const std::string& serial =
        request.serial_spellings().empty() ? "" : request.serial_spellings(0);
    if (serial == "DIE") raise(SIGKILL);
    if (serial == "HANG") {
      hangs_ = true;  // until the caller goes
      return;
    }
    if (mode == "large") return Answer(std::string(100 << 20, '\0'));
    if (mode == "busy") return Finish({grpc::StatusCode::RESOURCE_EXHAUSTED, "busy"});
    if (mode == "cancels") return Finish(grpc::Status::CANCELLED);
    if (mode == "fails") {
      return Finish({grpc::StatusCode::INTERNAL, "secret words of the registry"});
    }
    Answer(Found(request));
  }

  const std::string method_;
  bool hangs_ = false;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer reply_;
};

class Service : public grpc::CallbackGenericService {
  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override {
    return new Call(context->method());
  }
};

// Something other than HTTP/2 to whoever connects.
void ServeGarbage(const std::string& path) {
  sockaddr_un address = {};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const int listener = socket(AF_UNIX, SOCK_STREAM, 0);
  bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  listen(listener, 8);
  Say("tracegate-adapter 1");
  while (true) {
    const int connection = accept(listener, nullptr, nullptr);
    const std::string garbage(4096, 'x');
    [[maybe_unused]] const auto sent = write(connection, garbage.data(), garbage.size());
    close(connection);
  }
}

void FloodErrors() {
  const std::string flood = std::string(100'000, 'x') + "\nspill\n";
  while (write(STDERR_FILENO, flood.data(), flood.size()) > 0) {
  }
}

// Stands for a gateway that is killed: has a child that ends for nothing but that.
void KeepAChild(const char* program) {
  auto child = tracegate::ChildProcess::Start({{program, "stubborn_sleeper"}, "", {}});
  if (!child.ok()) exit(1);
  char line[64] = {};
  while (read((*child)->output(), line, sizeof line - 1) <= 0) usleep(1000);
  std::printf("%s", line);
  std::fflush(stdout);
  SleepForEver();
}

void Serve(const std::string& path) {
  Service service;
  grpc::ServerBuilder builder;
  builder.RegisterCallbackGenericService(&service);
  builder.SetMaxSendMessageSize(-1);
  builder.AddListeningPort("unix:" + path, grpc::InsecureServerCredentials());
  const auto server = builder.BuildAndStart();
  if (server == nullptr) exit(1);
  Say(mode == "another_version" ? "tracegate-adapter 2" : "tracegate-adapter 1");
  if (mode == "floods") std::thread(FloodErrors).detach();
  if (mode == "stubborn") SleepForEver();
  AwaitEndOfInput();
  _exit(0);
}

}  // namespace

int main(int argc, char** argv) {
  mode = argc > 1 ? argv[1] : "";
  const char* socket = getenv("TRACEGATE_ADAPTER_SOCKET");
  if (mode.starts_with("stubborn")) signal(SIGTERM, SIG_IGN);
  if (mode == "keeps_a_child") KeepAChild(argv[0]);
  if (mode == "stubborn_sleeper") {
    Say(std::to_string(getpid()));
    SleepForEver();
  }
  if (mode == "exits") {
    std::fprintf(stderr, "the database is not there\n");
    return 3;
  }
  if (mode == "silent") AwaitEndOfInput();
  if (mode == "talks_first") Say("hello");
  if (mode == "prints_environment") {
    for (char** entry = environ; *entry != nullptr; ++entry) std::fprintf(stderr, "%s\n", *entry);
    std::fprintf(stderr, "in %s\n", get_current_dir_name());
  }
  if (socket == nullptr) return 2;
  if (mode == "garbage") ServeGarbage(socket);
  Serve(socket);
  return 0;
}
