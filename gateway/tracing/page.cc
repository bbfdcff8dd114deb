#include "gateway/tracing/page.h"

#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr int kPageDefault = 50;
constexpr int kPageMax = 200;
constexpr size_t kBindingBytes = 16;

// Ties a token to who asks and what for.
std::string BindingOf(const Caller& caller, const std::string& filters) {
  uint64_t hash = 1469598103934665603u;  // FNV-1a
  for (const unsigned char c : caller.spiffe_id + "\n" + filters) {
    hash = (hash ^ c) * 1099511628211u;
  }
  return absl::StrFormat("%016x", hash);
}

}  // namespace

absl::StatusOr<int> PageSize(int asked) {
  if (asked < 0 || asked > kPageMax) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "page_size", "must be 1 to 200, or 0 for 50");
  }
  return asked == 0 ? kPageDefault : asked;
}

std::string PageTokenOf(const Caller& caller, const std::string& filters, const std::string& last) {
  return absl::WebSafeBase64Escape(last + BindingOf(caller, filters));
}

absl::StatusOr<std::string> LastOfPageBefore(const Caller& caller, const std::string& filters,
                                             const std::string& token) {
  std::string text;
  if (absl::WebSafeBase64Unescape(token, &text) && text.size() > kBindingBytes) {
    const size_t last_bytes = text.size() - kBindingBytes;
    if (text.substr(last_bytes) == BindingOf(caller, filters)) return text.substr(0, last_bytes);
  }
  return FieldFailure(v1::REASON_PAGE_TOKEN_INVALID, "page_token",
                      "is not a token of this list; repeat the filters it was given for");
}

}  // namespace tracegate
