#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/time/clock.h"
#include "adapters/conformance/case_functions.h"

namespace tracegate::conformance {
namespace {

constexpr int kManyAtOnce = 200;
constexpr int kInFlight = 64;

Verdict Expect(absl::StatusCode code, const absl::Status& status) {
  if (status.code() == code) return Verdict::Passed();
  return Verdict::Failed("expected " + absl::StatusCodeToString(code) + ", was " +
                         status.ToString());
}

Verdict ExpectAnsweredOr(absl::StatusCode code, const absl::Status& status) {
  return status.ok() ? Verdict::Passed() : Expect(code, status);
}

adapter::v1::FindRequest Question(const Bench& bench) {
  return bench.known() ? bench.ForKnown() : bench.Spelled({"QZX0QZX0"});
}

Verdict AndStillWorks(Bench& bench, const Verdict& verdict) {
  return verdict.passed() ? bench.StillFindsTheKnownWeapon() : verdict;
}

}  // namespace

Verdict EndsAtADeadlineThatIsPast(Bench& bench) {
  const RegistryCall call{absl::Now() - absl::Seconds(1), {}};
  const Verdict found =
      Expect(absl::StatusCode::kDeadlineExceeded, bench.Find(Question(bench), call).status());
  if (!found.passed()) return found;
  return AndStillWorks(bench, Expect(absl::StatusCode::kDeadlineExceeded,
                                     bench.GetRecord("QZX0QZX0", call).status()));
}

Verdict EndsAtAShortDeadline(Bench& bench) {
  const RegistryCall call{absl::Now() + absl::Milliseconds(1), {}};
  return AndStillWorks(bench, ExpectAnsweredOr(absl::StatusCode::kDeadlineExceeded,
                                               bench.Find(Question(bench), call).status()));
}

Verdict EndsWhenCancelledBefore(Bench& bench) {
  std::stop_source nobody_waits;
  nobody_waits.request_stop();
  const RegistryCall call{absl::InfiniteFuture(), nobody_waits.get_token()};
  return AndStillWorks(
      bench, Expect(absl::StatusCode::kCancelled, bench.Find(Question(bench), call).status()));
}

Verdict EndsWhenCancelledMeanwhile(Bench& bench) {
  std::stop_source nobody_waits;
  const auto asked =
      bench.Begin(Question(bench), {absl::InfiniteFuture(), nobody_waits.get_token()});
  nobody_waits.request_stop();
  return AndStillWorks(bench,
                       ExpectAnsweredOr(absl::StatusCode::kCancelled, bench.Await(asked).status()));
}

Verdict AnswersManyAtOnce(Bench& bench) {
  std::vector<std::shared_ptr<AskedCalls::Asked<Bench::Found>>> asked;
  for (int i = 0; i < kManyAtOnce; ++i) asked.push_back(bench.Begin(Question(bench)));
  int answered = 0;
  for (const auto& call : asked) {
    const absl::Status status = bench.Await(call).status();
    const Verdict verdict = ExpectAnsweredOr(absl::StatusCode::kResourceExhausted, status);
    if (!verdict.passed()) return verdict;
    answered += status.ok() ? 1 : 0;
  }
  if (answered == 0) return Verdict::Failed("not one of them was answered");
  return bench.StillFindsTheKnownWeapon();
}

Verdict EndsWithCallsInFlight(Bench& bench) {
  for (int i = 0; i < kInFlight; ++i) bench.Begin(Question(bench));
  return bench.Destroy();
}

}  // namespace tracegate::conformance
