#ifndef TRACEGATE_GATEWAY_TRANSFERS_COOPERATION_TALLY_H_
#define TRACEGATE_GATEWAY_TRANSFERS_COOPERATION_TALLY_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "tracegate/v1/trace.pb.h"
#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// How a State asked others to trace in a period, and answered when it was asked: the figures of the national report on the
// Programme of Action and the ITI. One State asked about one weapon is one request; its day is that on which it was asked.
// Each is answered in full, restricted, refused or unanswered; delayed and sent back for more it may be beside that.
//
// Thread safety: none. Memory: two durations for each request.
class CooperationTally {
 public:
  CooperationTally(std::string state, absl::CivilDay from, absl::CivilDay to)
      : state_(std::move(state)), from_(from), to_(to) {}

  // Counts its hops between this State and another, whichever of the two asks.
  void Add(const v1::Trace& trace);

  // The counts; contacts and marking practices are the caller's to add.
  v1::CooperationFigures Figures() const;

 private:
  struct Side {
    v1::CooperationCount count;
    std::map<v1::LegalGround, int64_t> refusals;
    std::vector<absl::Duration> to_acknowledgement;
    std::vector<absl::Duration> to_answer;
  };

  bool IsInPeriod(const v1::Hop& hop) const;
  static void AddHop(const v1::Hop& hop, bool supplemented, Side* side);
  static void AddTimes(const v1::Hop& hop, Side* side);
  static v1::CooperationCount CountOf(const Side& side);

  const std::string state_;
  const absl::CivilDay from_;
  const absl::CivilDay to_;
  Side asked_;
  Side answered_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_COOPERATION_TALLY_H_
