// What a question through the adapter of an API costs beside the same question through libcurl alone: both on a connection
// that is kept, to the same loopback server, in turns. Prints; asserts nothing.
//
//   rest_bench [QUESTIONS]

#include <curl/curl.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "adapters/rest/rest_adapter.h"
#include "protos/tracegate/config/yaml_message.h"
#include "tests/adapters/http/https_fixture.h"

namespace tracegate {
namespace {

constexpr char kMapping[] = R"yaml(
source: /hits
record_number: id
serial_search: {column: serial}
fields:
  - {column: /maker/name, to: firearm.manufacturer}
  - {column: year, to: firearm.year_of_manufacture}
events:
  - source: /moves
    kind: EXPORT
    fields:
      - {column: day, to: date, date_format: "%Y-%m-%d"}
      - {column: to, to: to_state}
)yaml";

constexpr char kAnswer[] =
    R"({"hits":[{"id":"N-1","serial":"AB-12 34","maker":{"name":"Kongsberg"},"year":1985,"moves":[)"
    R"({"day":"1990-01-02","to":"DK"},{"day":"1999-05-01","to":"SE"}]}]})";

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "rest_bench: %s\n", why.c_str());
  std::exit(1);
}

std::unique_ptr<RegistryAdapter> OpenAdapter(const config::v1::HttpsServer& server) {
  config::v1::Mapping proto;
  if (absl::Status read = ParseYamlMessage(kMapping, "m.yaml", &proto); !read.ok()) {
    Fail(read.ToString());
  }
  auto mapping = Mapping::Create(proto);
  if (!mapping.ok()) Fail(mapping.status().ToString());
  config::v1::RestRegistry config;
  *config.mutable_server() = server;
  config.mutable_find()->set_path("/w?s={serial}");
  config.mutable_record()->set_path("/w/{record_number}");
  auto adapter = OpenRestAdapter(config, *std::move(mapping), /*concurrency=*/1,
                                 {.name = "bench", .state = "NO"});
  if (!adapter.ok()) Fail(adapter.status().ToString());
  return *std::move(adapter);
}

void AskAdapter(RegistryAdapter& adapter) {
  adapter::v1::FindRequest request;
  request.add_serial_spellings("AB-12 34");
  request.set_candidates_max(20);
  std::promise<bool> answered;
  adapter.Find({}, std::move(request), [&](const auto& answer) {
    answered.set_value(answer.ok() && answer->records().records(0).events_size() == 2);
  });
  if (!answered.get_future().get()) Fail("the adapter did not find the record");
}

size_t Append(char* bytes, size_t one, size_t size, void* text) {
  static_cast<std::string*>(text)->append(bytes, one * size);
  return one * size;
}

// A GET with nothing around it.
class BareCurl {
 public:
  BareCurl(const std::string& url, const std::string& ca_file) : handle_(curl_easy_init()) {
    curl_easy_setopt(handle_, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle_, CURLOPT_CAINFO, ca_file.c_str());
    curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, &Append);
    curl_easy_setopt(handle_, CURLOPT_WRITEDATA, &body_);
  }
  ~BareCurl() { curl_easy_cleanup(handle_); }
  BareCurl(const BareCurl&) = delete;
  BareCurl& operator=(const BareCurl&) = delete;

  void Ask() {
    body_.clear();
    if (curl_easy_perform(handle_) != CURLE_OK || body_ != kAnswer)
      Fail("libcurl was not answered");
  }

 private:
  CURL* const handle_;
  std::string body_;
};

template <typename Ask>
double Microseconds(Ask ask) {
  const absl::Time start = absl::Now();
  ask();
  return absl::ToDoubleMicroseconds(absl::Now() - start);
}

double Print(const char* what, std::vector<double> us) {
  std::sort(us.begin(), us.end());
  const double p50 = us[us.size() / 2];
  std::printf("%-10s p50 %7.1f us  p99 %7.1f us\n", what, p50, us[us.size() * 99 / 100]);
  return p50;
}

int Run(int argc, char** argv) {
  const int count = argc > 1 && std::atoi(argv[1]) > 0 ? std::atoi(argv[1]) : 3000;
  HttpsFixture registry;
  registry.Serve([](const auto&, auto& reply) { reply.Json(kAnswer); });
  const auto config = registry.Config();
  BareCurl bare(registry.server().url() + "/w?s=AB-12%2034", config.ca_file());
  const auto adapter = OpenAdapter(config);
  bare.Ask();
  AskAdapter(*adapter);
  std::vector<double> bare_us;
  std::vector<double> adapter_us;
  for (int i = 0; i < count; ++i) {
    bare_us.push_back(Microseconds([&] { bare.Ask(); }));
    adapter_us.push_back(Microseconds([&] { AskAdapter(*adapter); }));
  }
  if (registry.server().connections() != 2) Fail("a connection was not kept");
  const double base = Print("libcurl", std::move(bare_us));
  std::printf("ratio %.2f\n", Print("adapter", std::move(adapter_us)) / base);
  return 0;
}

}  // namespace
}  // namespace tracegate

int main(int argc, char** argv) {
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  return tracegate::Run(argc, argv);
}
