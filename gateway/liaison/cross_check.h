#ifndef TRACEGATE_GATEWAY_LIAISON_CROSS_CHECK_H_
#define TRACEGATE_GATEWAY_LIAISON_CROSS_CHECK_H_

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "adapters/marking/reading.h"
#include "gateway/identity/caller.h"
#include "gateway/tracing/registry_table.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// What is asked, by whom.
struct CrossCheck {
  std::string id;  // 26 characters
  Caller caller;
  std::string method;
  std::string request_bytes;      // as received
  v1::CrossCheckRequest request;  // settled
  ItemReading read;               // of its item
  absl::Time deadline;
  // The subscription that it is made for, by the gateway itself; empty where somebody waits for the words.
  std::string subscription_id = {};
};

// A State that a check is about.
struct CheckedState {
  std::string state;
  const Registry* registry = nullptr;  // set where it is asked
  std::string agreement_id;            // empty where no border is crossed
  absl::Status verdict;                // OK, or why it is not asked
};

// Whether one State asks and another answers, or a gateway asks: then an agreement is needed.
bool CrossesBorder(const CrossCheck& check, const CheckedState& party);

// Whether this gateway's own officer asks; else another State's gateway does.
bool IsOwnOfficers(const CrossCheck& check);

// What another State's gateway is asked.
v1::CrossCheckRequest RequestTo(const CrossCheck& check, const std::string& state);

// What a registry of this house is asked.
adapter::v1::FindRequest QuestionFor(const CrossCheck& check, const std::string& state);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_CROSS_CHECK_H_
