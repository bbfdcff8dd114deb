#include "adapters/marking/weapon_index.h"

#include <algorithm>
#include <utility>

#include "adapters/marking/candidate_search.h"
#include "adapters/marking/serial_forms.h"
#include "adapters/marking/serial_keys.h"

namespace tracegate {
namespace {

constexpr size_t kComparedMin = 16;
static_assert(WeaponRows::kRowsMax <= size_t{1} << PostingTable::kRowBits);

google::protobuf::ArenaOptions RoomForMatches() {
  google::protobuf::ArenaOptions options;
  options.start_block_size = 8192;
  options.max_block_size = 32768;
  return options;
}

void EachPosting(const WeaponRows& rows, const PostingTable::Take& take) {
  for (uint32_t row = 0; row < rows.Count(); ++row) {
    const WeaponGroup& group = rows.DescriptionOf(row).group;
    rows.EachForm(row, [&](std::string_view form) {
      for (const StoredKey& key : KeysToStore(form)) take({key, group, row});
    });
  }
}

// A row that was compared in earnest.
struct Judged {
  Judged(uint32_t compared, const WeaponRows& rows, const ItemReading& asked,
         CandidateSearch& search)
      : row(compared),
        serial(rows.ReadSerialOf(row)),
        judgement(Judge(asked, search.Record(row, serial))) {}

  uint32_t row;
  SerialReading serial;
  MatchJudgement judgement;
};

bool IsExact(const Judged& judged) { return judged.judgement.grade == v1::MATCH_GRADE_EXACT; }

// An EXACT match is the weapon if no other may be meant as well.
bool IsAlone(const Judged& exact, const std::vector<Judged>& all) {
  return std::none_of(all.begin(), all.end(), [&](const Judged& other) {
    return other.row != exact.row && MayBeMeant(other.judgement, exact.judgement);
  });
}

// The `top` best ones, the best first.
std::vector<const Judged*> Best(const std::vector<Judged>& judged, size_t top) {
  std::vector<const Judged*> best;
  for (const Judged& one : judged) best.push_back(&one);
  std::stable_sort(best.begin(), best.end(), [](const Judged* one, const Judged* other) {
    return one->judgement.score > other->judgement.score;
  });
  best.resize(std::min(best.size(), top));
  return best;
}

}  // namespace

absl::StatusOr<std::unique_ptr<WeaponIndex>> WeaponIndex::Build(WeaponRows rows) {
  auto index = std::make_unique<WeaponIndex>();
  rows.ShrinkToFit();
  index->rows_ = std::move(rows);
  const WeaponRows& kept = index->rows_;
  absl::StatusOr<PostingTable> table =
      PostingTable::Build([&](const auto& take) { EachPosting(kept, take); });
  if (!table.ok()) return table.status();
  index->table_ = *std::move(table);
  return index;
}

WeaponIndex::Answer WeaponIndex::Find(const ItemReading& asked, size_t top) const {
  const size_t wanted = std::max(top, kComparedMin);
  const std::vector<std::string> forms = FormsOf(asked.serial);
  CandidateSearch search(rows_, table_, asked.item, forms, wanted);
  const std::vector<CandidateSearch::Hit> hits = search.Run();
  const size_t compared = std::min(hits.size(), wanted);
  for (size_t i = 0; i < compared; ++i) rows_.PrefetchText(hits[i].row);
  std::vector<Judged> judged;
  judged.reserve(compared);
  for (size_t i = 0; i < compared; ++i) {
    judged.emplace_back(hits[i].row, rows_, asked, search);
    if (judged.back().judgement.grade == v1::MATCH_GRADE_UNSPECIFIED) judged.pop_back();
  }
  // A row that was not compared in earnest may be the weapon too.
  const bool all_seen =
      search.SawAllAlike() &&
      std::none_of(hits.begin() + static_cast<ptrdiff_t>(compared), hits.end(),
                   [](const CandidateSearch::Hit& hit) { return hit.may_be_meant; });
  const auto exact = std::find_if(judged.begin(), judged.end(), IsExact);
  const bool is_found = exact != judged.end() && all_seen && IsAlone(*exact, judged);

  Answer answer;
  answer.in_doubt = exact != judged.end() && !is_found;
  answer.arena = std::make_unique<google::protobuf::Arena>(RoomForMatches());
  answer.candidates.reserve(std::min(judged.size(), top));
  for (const Judged* one : Best(judged, top)) {
    auto* match = google::protobuf::Arena::CreateMessage<v1::Candidate>(answer.arena.get());
    Explain(asked, search.Record(one->row, one->serial), one->judgement, *match);
    answer.candidates.push_back(
        {.row = one->row, .match = match, .identity = is_found && one == &*exact});
  }
  return answer;
}

}  // namespace tracegate
