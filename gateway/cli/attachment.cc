#include "gateway/cli/attachment.h"

#include "gateway/cli/local_file.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kContentBytesMax = 262'144;  // transfer.proto

absl::Status Wrong(const std::string& field, const std::string& problem) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, field, problem);
}

}  // namespace

absl::Status Attach(const std::string& text, v1::EndUseAnswer* answer) {
  const size_t equals = text.rfind('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    return Wrong("--attach", "must be REFERENCE=FILE, such as EUC-2026-17=certificate.pdf");
  }
  const std::string reference = text.substr(0, equals);
  for (v1::EndUseDocument& document : *answer->mutable_documents()) {
    if (document.reference() != reference) continue;
    const std::string file = text.substr(equals + 1);
    auto content = ReadLocalFile(file);
    if (!content.ok()) return content.status();
    if (content->empty() || content->size() > kContentBytesMax) {
      return Wrong(file, "has " + std::to_string(content->size()) +
                             " bytes; a document goes along with 1 to 262144, a larger one by its "
                             "hash alone");
    }
    document.set_content(*std::move(content));
    return absl::OkStatus();
  }
  return Wrong("--attach", "the answer names no document '" + reference + "'");
}

absl::StatusOr<std::string> ContentOf(const v1::Transfer& transfer, const std::string& reference) {
  for (int i = transfer.end_uses_size(); i-- > 0;) {
    for (const v1::EndUseDocument& document : transfer.end_uses(i).answer().documents()) {
      if (document.reference() != reference) continue;
      if (!document.content().empty()) return document.content();
      return Wrong("--document", "'" + reference + "' came without its bytes: by its hash alone");
    }
  }
  return Wrong("--document", "no answer names '" + reference + "'");
}

}  // namespace tracegate
