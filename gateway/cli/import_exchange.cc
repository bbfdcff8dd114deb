#include "gateway/cli/import_exchange.h"

#include <unistd.h>

#include <atomic>
#include <iostream>
#include <optional>

#include "gateway/cli/interruption.h"
#include "gateway/cli/progress_bar.h"

namespace tracegate {

absl::Status ExchangeItems(const ImportItems& items, const Connection& connection) {
  const Interruption interruption;
  ProgressBar progress(std::cerr, isatty(STDERR_FILENO) != 0, items.count);
  std::atomic<size_t> sent = 0;
  size_t answered = 0;
  absl::Status fault;
  const auto next = [&]() -> std::optional<std::string> {
    if (sent == items.count || Interruption::wanted()) return std::nullopt;
    return items.item(sent++);
  };
  const auto take = [&](const std::string& reply) {
    progress.Clear();
    if (answered >= sent || !items.take(reply)) {
      fault = absl::InternalError("the gateway's reply cannot be read");
      return false;
    }
    progress.Show(++answered, items.failed());
    return true;
  };
  const absl::Status status =
      connection.client->ExchangeRaw(items.method, absl::InfiniteDuration(), next, take);
  progress.Clear();
  return fault.ok() ? status : fault;
}

}  // namespace tracegate
