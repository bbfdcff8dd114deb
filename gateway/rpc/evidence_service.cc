#include "gateway/rpc/evidence_service.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "gateway/evidence/log_export.h"
#include "gateway/evidence/log_proofs.h"
#include "gateway/policy/entry_access.h"
#include "protos/tracegate/failure.h"
#include "tracegate/v1/evidence.pb.h"

namespace tracegate {
namespace {

constexpr int kPageDefault = 100;
constexpr int kPageMax = 500;
// Entries looked at for one page; a page that finds less continues behind them.
constexpr int kScanMax = 50000;
// Of one ExportLog call: four files a bundle at most stay below what a stream holds for a slow caller.
constexpr int kExportBundlesMax = 60;

std::string Method(const char* name) {
  return std::string("/tracegate.v1.EvidenceService/") + name;
}

absl::Status CheckOwnLog(const Call& call, const RegistryTable& registries) {
  if (registries.Serves(call.caller.state)) return absl::OkStatus();
  return Failure(v1::REASON_STATE_MISMATCH,
                 "agencies of " + call.caller.state + " read the log of their own State's gateway");
}

absl::StatusOr<v1::Entry> HeaderOf(const EntryRow& row) {
  v1::Entry entry;
  entry.set_index(row.index);
  entry.set_header(row.header);
  if (!entry.mutable_parsed_header()->ParseFromString(row.header)) {
    return Failure(v1::REASON_LOG_DAMAGED,
                   "the header of entry " + std::to_string(row.index) + " cannot be read");
  }
  return entry;
}

int64_t Micros(const google::protobuf::Timestamp& time) {
  return time.seconds() * 1000000 + time.nanos() / 1000;
}

bool Matches(const v1::EntryHeader& header, const v1::ListEntriesRequest& request) {
  if (!request.trace_id().empty() && header.trace_id() != request.trace_id()) return false;
  if (request.has_from_time() && header.record_time_us() < Micros(request.from_time()))
    return false;
  if (request.has_to_time() && header.record_time_us() > Micros(request.to_time())) return false;
  if (request.kinds().empty()) return true;
  return std::find(request.kinds().begin(), request.kinds().end(), header.kind()) !=
         request.kinds().end();
}

// A page token is the index to go on from: what may be read is the same for every entry.
absl::StatusOr<int64_t> StartOf(const v1::ListEntriesRequest& request, int64_t log_size) {
  if (request.page_token().empty()) return request.newest_first() ? log_size - 1 : 0;
  int64_t index = 0;
  if (!absl::SimpleAtoi(request.page_token(), &index) || index < 0 || index >= log_size) {
    return FieldFailure(v1::REASON_PAGE_TOKEN_INVALID, "page_token",
                        "is not a token that this list gave");
  }
  return index;
}

absl::StatusOr<std::string> ListEntries(RecordStore* store, EvidenceLog* log,
                                        const v1::ListEntriesRequest& request) {
  if (request.page_size() < 0 || request.page_size() > kPageMax) {
    return FieldFailure(v1::REASON_FIELD_INVALID, "page_size", "must be 1 to 500, or 0 for 100");
  }
  const int limit = request.page_size() == 0 ? kPageDefault : request.page_size();
  v1::ListEntriesResponse response;
  response.set_log_size(log->size());
  auto start = StartOf(request, response.log_size());
  if (!start.ok()) return start.status();
  if (response.log_size() == 0) return response.SerializeAsString();
  absl::Status damaged;
  int scanned_entries = 0;
  const auto scanned = store->ScanEntries(*start, request.newest_first(), [&](const EntryRow& row) {
    auto entry = HeaderOf(row);
    if (!entry.ok()) {
      damaged = entry.status();
      return false;
    }
    if (response.entries_size() == limit || ++scanned_entries > kScanMax) {
      response.set_next_page_token(std::to_string(row.index));
      return false;
    }
    if (!Matches(entry->parsed_header(), request)) return true;
    *response.add_entries() = *std::move(entry);
    return true;
  });
  if (!damaged.ok()) return damaged;
  if (!scanned.ok()) return scanned;
  return response.SerializeAsString();
}

template <typename Proof>
void AddPath(const std::vector<Hash>& path, Proof* proof) {
  for (const Hash& hash : path) proof->add_path(hash.data(), hash.size());
}

absl::StatusOr<std::string> InclusionProofOf(RecordStore* store, const LogView& view,
                                             const v1::GetInclusionProofRequest& request) {
  const int64_t tree_size = request.tree_size() == 0 ? view.size : request.tree_size();
  const auto path = LogProofs(store, view).Inclusion(request.leaf_index(), tree_size);
  if (!path.ok()) return path.status();
  v1::InclusionProof proof;
  proof.set_leaf_index(request.leaf_index());
  proof.set_tree_size(tree_size);
  AddPath(*path, &proof);
  return proof.SerializeAsString();
}

absl::StatusOr<std::string> ConsistencyProofOf(RecordStore* store, const LogView& view,
                                               const v1::GetConsistencyProofRequest& request) {
  const int64_t to_size = request.to_size() == 0 ? view.size : request.to_size();
  const auto path = LogProofs(store, view).Consistency(request.from_size(), to_size);
  if (!path.ok()) return path.status();
  v1::ConsistencyProof proof;
  proof.set_from_size(request.from_size());
  proof.set_to_size(to_size);
  AddPath(*path, &proof);
  return proof.SerializeAsString();
}

void ExportTo(ReplyStream* stream, RecordStore* store, const LogView& view, Role role,
              int64_t from_index) {
  LogExport log(store, view, [role](v1::EntryKind kind) { return MayReadContent(role, kind); });
  const auto written = log.Write(
      from_index, kExportBundlesMax,
      [stream](const v1::ExportLogResponse& file) { stream->Send(file.SerializeAsString()); });
  stream->Finish(written.status());
}

}  // namespace

void ServeEvidence(RecordStore* store, EvidenceLog* log, const RegistryTable* registries,
                   HandlerTable* table) {
  table->ServeUnary<v1::GetCheckpointRequest>(
      Method("GetCheckpoint"),
      [log](const Call&, const v1::GetCheckpointRequest&, std::string, ReplyDone done) {
        v1::Checkpoint checkpoint;
        checkpoint.set_note(log->checkpoint());
        done(checkpoint.SerializeAsString());
      });
  table->ServeUnary<v1::GetEntryRequest>(
      Method("GetEntry"), [store, registries](const Call& call, const v1::GetEntryRequest& request,
                                              std::string, ReplyDone done) {
        if (auto status = CheckOwnLog(call, *registries); !status.ok()) return done(status);
        auto row = store->ReadEntry(request.index());
        if (!row.ok()) return done(row.status());
        auto entry = HeaderOf(*row);
        if (!entry.ok()) return done(entry.status());
        if (MayReadContent(call.caller.role, entry->parsed_header().kind())) {
          entry->set_salt(row->salt);
          entry->set_content(row->content);
        }
        done(entry->SerializeAsString());
      });
  table->ServeUnary<v1::ListEntriesRequest>(
      Method("ListEntries"),
      [store, log, registries](const Call& call, const v1::ListEntriesRequest& request, std::string,
                               ReplyDone done) {
        if (auto status = CheckOwnLog(call, *registries); !status.ok()) return done(status);
        done(ListEntries(store, log, request));
      });
  table->ServeUnary<v1::GetInclusionProofRequest>(
      Method("GetInclusionProof"),
      [store, log](const Call&, const v1::GetInclusionProofRequest& request, std::string,
                   ReplyDone done) { done(InclusionProofOf(store, log->view(), request)); });
  table->ServeUnary<v1::GetConsistencyProofRequest>(
      Method("GetConsistencyProof"),
      [store, log](const Call&, const v1::GetConsistencyProofRequest& request, std::string,
                   ReplyDone done) { done(ConsistencyProofOf(store, log->view(), request)); });
  table->ServeStream<v1::ExportLogRequest>(
      Method("ExportLog"),
      [store, log, registries](const Call& call, const v1::ExportLogRequest& request,
                               const std::shared_ptr<ReplyStream>& stream) {
        if (auto status = CheckOwnLog(call, *registries); !status.ok()) {
          return stream->Finish(status);
        }
        ExportTo(stream.get(), store, log->view(), call.caller.role, request.from_index());
      });
}

}  // namespace tracegate
