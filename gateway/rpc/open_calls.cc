#include "gateway/rpc/open_calls.h"

#include <map>
#include <utility>
#include <vector>

namespace tracegate {

OpenCalls::Place::Place(Place&& other) noexcept
    : calls_(std::exchange(other.calls_, nullptr)), number_(other.number_) {}

OpenCalls::Place& OpenCalls::Place::operator=(Place&& other) noexcept {
  std::swap(calls_, other.calls_);
  std::swap(number_, other.number_);
  return *this;
}

OpenCalls::Place::~Place() {
  if (calls_ != nullptr) calls_->Leave(number_);
}

OpenCalls::Place OpenCalls::Add(std::string leaf_pem, std::string chain_pem, End end) {
  auto row =
      std::make_shared<const Row>(Row{std::move(leaf_pem), std::move(chain_pem), std::move(end)});
  absl::MutexLock lock(&mutex_);
  const uint64_t number = next_++;
  rows_.emplace(number, std::move(row));
  return {this, number};
}

int OpenCalls::Recheck(const Believe& believe) {
  std::vector<std::shared_ptr<const Row>> rows;
  {
    absl::MutexLock lock(&mutex_);
    rows.reserve(rows_.size());
    for (const auto& [number, row] : rows_) rows.push_back(row);
  }
  // Many calls come with one certificate; what was sent behind it may differ after a resumed session.
  std::map<std::pair<std::string_view, std::string_view>, absl::Status> verdicts;
  int ended = 0;
  for (const auto& row : rows) {
    const auto [verdict, is_new] = verdicts.try_emplace({row->leaf_pem, row->chain_pem});
    if (is_new) verdict->second = believe(row->leaf_pem, row->chain_pem);
    if (!verdict->second.ok() && row->end(verdict->second)) ++ended;
  }
  return ended;
}

size_t OpenCalls::size() const {
  absl::MutexLock lock(&mutex_);
  return rows_.size();
}

void OpenCalls::Leave(uint64_t number) {
  std::shared_ptr<const Row> row;  // destroyed after the lock is released
  absl::MutexLock lock(&mutex_);
  const auto found = rows_.find(number);
  if (found == rows_.end()) return;
  row = std::move(found->second);
  rows_.erase(found);
}

}  // namespace tracegate
