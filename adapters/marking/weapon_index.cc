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

// An EXACT match is the weapon if no other candidate may be meant as well.
void SettleIdentity(bool all_seen, WeaponIndex::Answer& answer) {
  const auto is_exact = [](const WeaponIndex::Candidate& candidate) {
    return candidate.match->grade() == v1::MATCH_GRADE_EXACT;
  };
  const auto exact = std::find_if(answer.candidates.begin(), answer.candidates.end(), is_exact);
  if (exact == answer.candidates.end()) return;
  const auto rivals =
      std::count_if(answer.candidates.begin(), answer.candidates.end(), [&](const auto& other) {
        return other.row != exact->row && MayBeMeant(*other.match, *exact->match);
      });
  exact->identity = all_seen && rivals == 0;
  answer.in_doubt = !exact->identity;
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
  Answer answer;
  answer.arena = std::make_unique<google::protobuf::Arena>(RoomForMatches());
  answer.candidates.reserve(compared);
  for (size_t i = 0; i < compared; ++i) {
    const uint32_t row = hits[i].row;
    const SerialReading serial = rows_.ReadSerialOf(row);
    auto* match = google::protobuf::Arena::CreateMessage<v1::Candidate>(answer.arena.get());
    Weigh(asked, search.Record(row, serial), *match);
    if (match->grade() != v1::MATCH_GRADE_UNSPECIFIED) answer.candidates.push_back({row, match});
  }
  // A row that was not compared in earnest may be the weapon too.
  const bool all_seen =
      search.SawAllAlike() &&
      std::none_of(hits.begin() + static_cast<ptrdiff_t>(compared), hits.end(),
                   [](const CandidateSearch::Hit& hit) { return hit.may_be_meant; });
  SettleIdentity(all_seen, answer);
  std::stable_sort(answer.candidates.begin(), answer.candidates.end(),
                   [](const Candidate& one, const Candidate& other) {
                     return one.match->score() > other.match->score();
                   });
  if (answer.candidates.size() > top) answer.candidates.resize(top);
  return answer;
}

}  // namespace tracegate
