#ifndef TRACEGATE_GATEWAY_CLI_TRACE_STATISTICS_H_
#define TRACEGATE_GATEWAY_CLI_TRACE_STATISTICS_H_

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// What a State's traces come to, in figures: how often each State was asked and how soon it answered, how many traces
// established a point of diversion, how the weapons were recovered and in what context. No weapon, no person.
class TraceStatistics {
 public:
  void Add(const v1::Trace& trace);

  // Tables for people.
  std::string Text() const;
  // The same as one line of JSON.
  std::string Json() const;

 private:
  // One State asked.
  struct Asked {
    int asked = 0;
    int answered = 0;    // in full
    int restricted = 0;  // ITI 22
    int refused = 0;
    int open = 0;
    int not_told = 0;  // could not be asked, or never answered
    int late = 0;      // missed a target of the agreement
    std::vector<absl::Duration> to_acknowledge;
    std::vector<absl::Duration> to_answer;
  };
  // Traces of one kind of recovery, or one context.
  struct Traced {
    int traces = 0;
    int diversion_established = 0;
  };

  void AddHop(const v1::Hop& hop);

  Traced all_;
  std::map<std::string, Asked> states_;
  std::map<std::string, Traced> outcomes_;
  std::map<std::string, Traced> recoveries_;
  std::map<std::string, Traced> offences_;
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TRACE_STATISTICS_H_
