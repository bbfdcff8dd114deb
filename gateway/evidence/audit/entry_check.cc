#include "gateway/evidence/audit/entry_check.h"

#include "gateway/evidence/audit/digest.h"

namespace tracegate::audit {
namespace {

constexpr size_t kSaltBytes = 32;

std::optional<std::string> WrongContent(const SourceEntry& entry, const v1::EntryHeader& header) {
  if (entry.salt.size() != kSaltBytes) return "has a salt that is not 32 bytes";
  if (header.content_bytes() != static_cast<int64_t>(entry.content.size()))
    return "has a content of another length than its header says";
  if (BytesOf(Sha256({entry.salt, entry.content})) != header.commitment())
    return "has another content than its header commits to";
  return std::nullopt;
}

}  // namespace

std::optional<std::string> EntryCheck::WhatIsWrong(const SourceEntry& entry, bool contents) {
  if (!header_.ParseFromArray(entry.header.data(), static_cast<int>(entry.header.size())) ||
      header_.commitment().size() != kDigestBytes) {
    return "has no readable header";
  }
  if (!contents) return std::nullopt;
  // Only both together: a salt alone would let an erased content be guessed.
  if (entry.salt.empty() && entry.content.empty()) {
    ++erased_;
    if (first_erased_.size() < kErasedNamed) first_erased_.push_back(entry.index);
    return std::nullopt;
  }
  return WrongContent(entry, header_);
}

}  // namespace tracegate::audit
