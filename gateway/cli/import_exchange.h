#ifndef TRACEGATE_GATEWAY_CLI_IMPORT_EXCHANGE_H_
#define TRACEGATE_GATEWAY_CLI_IMPORT_EXCHANGE_H_

#include <cstddef>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "gateway/cli/profile.h"

namespace tracegate {

// A bulk call: many items, each answered in turn.
struct ImportItems {
  std::string method;
  size_t count = 0;
  std::function<std::string(size_t)> item;       // serialised, by its index
  std::function<bool(const std::string&)> take;  // the next answer; false where it cannot be read
  std::function<size_t()> failed;                // of the answers taken so far
};

// Sends the items as fast as the gateway answers, hands on each answer, and shows on standard error how far it has come.
// Ctrl-C ends the sending; what was sent is still answered. An error ends it; what was taken stands.
absl::Status ExchangeItems(const ImportItems& items, const Connection& connection);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_IMPORT_EXCHANGE_H_
