#include "gateway/evidence/log_batch.h"

#include <openssl/rand.h>

#include <algorithm>
#include <utility>

#include "gateway/evidence/checkpoint.h"
#include "gateway/evidence/reply_receipt.h"
#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

constexpr size_t kSaltBytes = 32;

// All salts of a batch in one draw: a draw costs more than its bytes.
absl::StatusOr<std::string> DrawSalts(size_t count) {
  std::string salts(count * kSaltBytes, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(salts.data()), static_cast<int>(salts.size())) !=
      1) {
    return Failure(v1::REASON_RECORD_NOT_DURABLE, "evidence log has no random bytes for its salts");
  }
  return salts;
}

size_t EntriesIn(std::span<const RecordDraft> drafts) {
  size_t count = 0;
  for (const RecordDraft& draft : drafts) count += draft.entries.size();
  return count;
}

// What differs between the receipts of one batch.
void Describe(const EntryRow& row, const std::vector<Hash>& path, v1::Receipt& receipt) {
  receipt.set_leaf_index(row.index);
  receipt.set_header(row.header);
  receipt.set_salt(row.salt);
  receipt.clear_path();
  for (const Hash& hash : path) receipt.add_path(hash.data(), hash.size());
}

}  // namespace

absl::StatusOr<LogBatch> LogBatch::Build(const LogHead& before, std::span<RecordDraft> drafts,
                                         int64_t now_us, const LogKeys& keys, Hasher& hasher) {
  const auto salts = DrawSalts(EntriesIn(drafts));
  if (!salts.ok()) return salts.status();
  LogBatch batch;
  batch.after_.tiles = before.tiles;
  batch.after_.record_time_us = std::max(now_us, before.record_time_us);
  const MerkleBatch tree(before.tree, batch.AddEntries(before.tree.size(), drafts, *salts, hasher),
                         hasher);
  batch.after_.tree = tree.after();
  batch.AddDocuments(drafts);
  batch.AddErasures(drafts);
  batch.AddCheckpoint(tree, keys);
  batch.AddReplies(tree, drafts, keys);
  return batch;
}

std::vector<Hash> LogBatch::AddEntries(int64_t first_index, std::span<RecordDraft> drafts,
                                       std::string_view salts, Hasher& hasher) {
  std::vector<Hash> leaves;
  leaves.reserve(salts.size() / kSaltBytes);
  rows_.entries.reserve(salts.size() / kSaltBytes);
  recorded_.reserve(drafts.size());
  for (RecordDraft& draft : drafts) {
    recorded_.push_back({first_index + static_cast<int64_t>(leaves.size()), {}, {}});
    for (EntryDraft& entry : draft.entries) {
      EntryRow& row = rows_.entries.emplace_back();
      row.index = first_index + static_cast<int64_t>(leaves.size());
      row.salt = salts.substr(leaves.size() * kSaltBytes, kSaltBytes);
      row.content = std::move(entry.content);
      const Hash commitment = hasher.Commitment(row.salt, row.content);
      entry.header.set_record_time_us(after_.record_time_us);
      entry.header.set_content_bytes(static_cast<int64_t>(row.content.size()));
      entry.header.set_commitment(commitment.data(), commitment.size());
      entry.header.SerializeToString(&row.header);
      leaves.push_back(hasher.Leaf(row.header));
      after_.tiles.Append(leaves.back(), hasher, &rows_.tiles);
    }
  }
  return leaves;
}

void LogBatch::AddDocuments(std::span<const RecordDraft> drafts) {
  for (size_t i = 0; i < drafts.size(); ++i) {
    for (DocumentRow row : drafts[i].documents) {
      row.entry += recorded_[i].first_index;
      rows_.documents.push_back(std::move(row));
    }
  }
}

void LogBatch::AddErasures(std::span<const RecordDraft> drafts) {
  Erasure& all = rows_.erasure;
  for (const RecordDraft& draft : drafts) {
    const Erasure& one = draft.erasure;
    all.entries.insert(all.entries.end(), one.entries.begin(), one.entries.end());
    all.traces.insert(all.traces.end(), one.traces.begin(), one.traces.end());
    all.sweep = all.sweep || one.sweep;
  }
}

void LogBatch::AddCheckpoint(const MerkleBatch& tree, const LogKeys& keys) {
  const int64_t size = tree.after().size();
  after_.checkpoint = keys.Sign(FormatCheckpoint({keys.origin(), size, tree.root()}));
  rows_.checkpoint = CheckpointRow{size, after_.checkpoint};
}

void LogBatch::AddReplies(const MerkleBatch& tree, std::span<RecordDraft> drafts,
                          const LogKeys& keys) {
  v1::Receipt receipt;
  receipt.set_log_origin(keys.origin());
  receipt.set_checkpoint(after_.checkpoint);
  size_t first = 0;
  for (size_t i = 0; i < drafts.size(); ++i) {
    RecordDraft& draft = drafts[i];
    if (draft.reply_entry >= 0) {
      const size_t place = first + static_cast<size_t>(draft.reply_entry);
      const EntryRow& row = rows_.entries[place];
      Describe(row, tree.Path(place), receipt);
      std::string bytes = receipt.SerializeAsString();
      if (draft.receipt_in_reply) {
        recorded_[i].reply = ReplyWithReceipt(row.content, bytes);
      } else {
        recorded_[i].receipt = bytes;
      }
      if (draft.answered) {
        AnsweredRow& answered = rows_.answered.emplace_back(*draft.answered);
        answered.request_entry += recorded_[i].first_index;
        answered.reply_entry = row.index;
        answered.reply_receipt = bytes;
      }
      if (draft.trace) {
        draft.trace->reply_entry = row.index;
        draft.trace->reply_receipt = std::move(bytes);
      }
    }
    if (draft.trace) rows_.traces.push_back(std::move(*draft.trace));
    first += draft.entries.size();
  }
}

void LogBatch::GiveBack(std::span<RecordDraft> drafts) {
  auto entry_row = rows_.entries.begin();
  auto trace_row = rows_.traces.begin();
  for (RecordDraft& draft : drafts) {
    for (EntryDraft& entry : draft.entries) entry.content = std::move((entry_row++)->content);
    if (draft.trace) *draft.trace = std::move(*trace_row++);
  }
}

}  // namespace tracegate
