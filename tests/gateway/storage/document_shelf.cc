#include "tests/gateway/storage/document_shelf.h"

#include <algorithm>
#include <set>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

bool IsShown(const DocumentRow& row, const DocumentQuery& query) {
  if (row.kind != query.kind) return false;
  if (!query.state.empty() && row.state != query.state) return false;
  if (!query.about.empty() && row.about != query.about) return false;
  if (!query.key.empty() && !(row.keys && std::ranges::count(*row.keys, query.key))) return false;
  if (!query.from_date.empty() && row.date < query.from_date) return false;
  if (!query.until_date.empty() && row.date > query.until_date + "~") return false;
  if (!query.due_before.empty() && (row.due.empty() || row.due >= query.due_before)) return false;
  if (query.beyond_id.empty()) return true;
  return query.newest_first ? row.document_id < query.beyond_id : row.document_id > query.beyond_id;
}

}  // namespace

absl::Status DocumentShelf::Check(const WriteBatch& batch) const {
  std::map<std::string, int> newest;
  for (const DocumentRow& row : batch.documents) {
    const auto found = revisions_.find(row.document_id);
    const int stored = found == revisions_.end() ? 0 : found->second.back().revision;
    int& last = newest.emplace(row.document_id, stored).first->second;
    if (row.revision != last + 1) {
      return Failure(v1::REASON_REVISION_STALE, row.document_id + " has changed meanwhile");
    }
    last = row.revision;
  }
  std::set<std::pair<std::string, std::string>> in_batch;
  for (const AnsweredRow& row : batch.answered) {
    const std::pair key{row.agency, row.request_id};
    if (answered_.contains(key) || !in_batch.insert(key).second)
      return Failure(v1::REASON_REQUEST_ID_REUSED, "another request has this request_id");
  }
  return absl::OkStatus();
}

void DocumentShelf::Put(const WriteBatch& batch) {
  for (const DocumentRow& row : batch.documents) {
    auto& revisions = revisions_[row.document_id];
    DocumentRow kept = row;
    if (!kept.keys && !revisions.empty()) kept.keys = revisions.back().keys;
    revisions.push_back(std::move(kept));
  }
  for (const AnsweredRow& row : batch.answered) answered_[{row.agency, row.request_id}] = row;
}

void DocumentShelf::EraseOf(int64_t entry) {
  for (auto& [id, revisions] : revisions_) {
    if (revisions.back().entry == entry) {
      revisions.back().keys.reset();
      revisions.back().due.clear();
    }
    for (DocumentRow& row : revisions) {
      if (row.entry == entry) row.body.clear();
    }
  }
  for (auto& [key, row] : answered_) {
    if (row.reply_entry == entry) row.reply_receipt.clear();
  }
}

std::optional<DocumentRow> DocumentShelf::Find(std::string_view document_id) const {
  const auto found = revisions_.find(document_id);
  if (found == revisions_.end()) return std::nullopt;
  DocumentRow row = found->second.back();
  row.keys.reset();
  return row;
}

std::optional<DocumentRow> DocumentShelf::Find(std::string_view document_id, int revision) const {
  std::optional<DocumentRow> row = Find(document_id);
  if (!row || revision < 1 || revision > row->revision) return std::nullopt;
  const DocumentRow& former =
      revisions_.find(document_id)->second[static_cast<size_t>(revision) - 1];
  row->revision = former.revision;
  row->body = former.body;
  row->entry = former.entry;
  return row;
}

std::vector<DocumentRow> DocumentShelf::Scan(const DocumentQuery& query) const {
  std::vector<DocumentRow> rows;
  for (const auto& [id, revisions] : revisions_) {
    if (!IsShown(revisions.back(), query)) continue;
    rows.push_back(revisions.back());
    rows.back().keys.reset();
  }
  if (query.newest_first) std::ranges::reverse(rows);
  return rows;
}

std::optional<AnsweredRow> DocumentShelf::FindAnswered(std::string_view agency,
                                                       std::string_view request_id) const {
  const auto found = answered_.find({std::string(agency), std::string(request_id)});
  if (found == answered_.end()) return std::nullopt;
  return found->second;
}

}  // namespace tracegate
