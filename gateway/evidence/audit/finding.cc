#include "gateway/evidence/audit/finding.h"

namespace tracegate::audit {
namespace {

std::string PlaceOf(const Finding& finding) {
  switch (finding.kind) {
    case Finding::Kind::kTile: return "the file " + finding.tile;
    case Finding::Kind::kCheckpoint:
      return finding.first < 0 ? "the checkpoint"
                               : "the checkpoint of " + std::to_string(finding.first) + " entries";
    case Finding::Kind::kEntry: break;
  }
  if (finding.first == finding.last) return "entry " + std::to_string(finding.first);
  return "one of the entries " + std::to_string(finding.first) + " to " +
         std::to_string(finding.last);
}

}  // namespace

std::string TextOf(const Finding& finding) { return PlaceOf(finding) + " " + finding.what; }

Finding WrongEntry(int64_t index, std::string_view what) {
  return WrongEntries(index, index, what);
}

Finding WrongEntries(int64_t first, int64_t last, std::string_view what) {
  return {Finding::Kind::kEntry, first, last, "", std::string(what)};
}

Finding WrongTile(std::string_view path, std::string_view what) {
  return {Finding::Kind::kTile, 0, 0, std::string(path), std::string(what)};
}

Finding WrongCheckpoint(int64_t size, std::string_view what) {
  return {Finding::Kind::kCheckpoint, size, size, "", std::string(what)};
}

Judgement JudgementOf(const absl::Status& failure, Finding place) {
  if (failure.code() != absl::StatusCode::kDataLoss) return failure;
  place.what = std::string(failure.message());
  return std::optional<Finding>(std::move(place));
}

}  // namespace tracegate::audit
