#include "tests/fuzz/property.h"

#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "protos/tracegate/failure.h"
#include "protos/tracegate/utf8.h"

namespace tracegate {
namespace {

// Protobuf writes a line for every string that is not UTF-8: of fuzzing, gigabytes.
[[maybe_unused]] google::protobuf::LogHandler* const kLoudLog =
    google::protobuf::SetLogHandler(nullptr);

bool IsControl(char c) {
  const bool breaks = c == '\t' || c == '\n' || c == '\r';
  return (static_cast<unsigned char>(c) < 0x20 && !breaks) || c == 0x7F;
}

}  // namespace

void Require(bool holds, std::string_view claim) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(claim.size()), claim.data());
  std::abort();
}

void RequireText(std::string_view text, std::string_view claim) {
  Require(ValidUtf8Prefix(text) == text.size() && std::none_of(text.begin(), text.end(), IsControl),
          std::string(claim) + " is text");
}

void RequireRefusal(const absl::Status& status, v1::Reason reason) {
  const v1::FailureDetail detail = DetailOf(status);
  Require(detail.reason() == reason,
          "the refusal is " + ReasonName(reason) + ", not " + ReasonName(detail.reason()));
  Require(status.code() == CodeOf(reason), "the code is that of the reason");
  RequireText({status.message().data(), status.message().size()}, "the refusal's message");
  for (const v1::FieldViolation& violation : detail.violations()) {
    RequireText(violation.field(), "the violated field");
    RequireText(violation.description(), "the violation's description");
  }
}

}  // namespace tracegate
