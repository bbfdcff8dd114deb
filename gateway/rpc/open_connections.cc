#include "gateway/rpc/open_connections.h"

#include <sys/socket.h>
#include <unistd.h>

#include <utility>

namespace tracegate {
namespace {

constexpr size_t kAddressesMax = 16;

// `ipv4:192.0.2.1:40000` -> `192.0.2.1`.
std::string AddressOf(const std::string& peer) {
  const size_t scheme = peer.find(':');
  const size_t port = peer.rfind(':');
  if (scheme == std::string::npos || port <= scheme) return peer;
  return peer.substr(scheme + 1, port - scheme - 1);
}

}  // namespace

OpenConnections::~OpenConnections() {
  absl::MutexLock lock(&mutex_);
  for (const auto& [descriptor, row] : rows_) close(descriptor);
}

bool OpenConnections::Add(int descriptor, std::string peer) {
  absl::MutexLock lock(&mutex_);
  if (rows_.size() >= connections_max_) {
    ++turned_away_;
    close(descriptor);
    return false;
  }
  by_peer_[peer] = descriptor;
  rows_[descriptor].peer = std::move(peer);
  return true;
}

void OpenConnections::Remove(int descriptor) {
  absl::MutexLock lock(&mutex_);
  const auto found = rows_.find(descriptor);
  if (found == rows_.end()) return;
  const Row& row = found->second;
  if (!row.called) {
    const std::string address = AddressOf(row.peer);
    const bool has_room = callless_.size() < kAddressesMax || callless_.contains(address);
    ++callless_[has_room ? address : "others"];
  }
  // The same address and port may have come again before the end of the former was heard of.
  const auto by_peer = by_peer_.find(row.peer);
  if (by_peer != by_peer_.end() && by_peer->second == descriptor) by_peer_.erase(by_peer);
  rows_.erase(found);
  close(descriptor);
}

void OpenConnections::NoteCall(const std::string& peer, const std::string& leaf_pem,
                               const std::string& chain_pem) {
  absl::MutexLock lock(&mutex_);
  const auto found = by_peer_.find(peer);
  if (found == by_peer_.end()) return;
  Row& row = rows_[found->second];
  if (std::exchange(row.called, true)) return;  // a connection keeps its certificate
  row.leaf_pem = leaf_pem;
  row.chain_pem = chain_pem;
}

int OpenConnections::Recheck(const OpenCalls::Believe& believe) {
  // Judged outside the lock: a path takes a millisecond to build.
  std::map<std::pair<std::string, std::string>, bool> verdicts;
  {
    absl::MutexLock lock(&mutex_);
    for (const auto& [descriptor, row] : rows_) {
      if (row.called) verdicts.try_emplace({row.leaf_pem, row.chain_pem}, true);
    }
  }
  for (auto& [certificate, believed] : verdicts) {
    believed = believe(certificate.first, certificate.second).ok();
  }
  int cut = 0;
  absl::MutexLock lock(&mutex_);
  for (auto& [descriptor, row] : rows_) {
    const auto verdict = verdicts.find({row.leaf_pem, row.chain_pem});
    const bool doubted = row.called && verdict != verdicts.end() && !verdict->second;
    if (doubted && row.doubted && shutdown(descriptor, SHUT_RDWR) == 0) ++cut;
    row.doubted = doubted;
  }
  return cut;
}

std::map<std::string, int64_t> OpenConnections::TakeCallless() {
  absl::MutexLock lock(&mutex_);
  return std::exchange(callless_, {});
}

int64_t OpenConnections::TakeTurnedAway() {
  absl::MutexLock lock(&mutex_);
  return std::exchange(turned_away_, 0);
}

size_t OpenConnections::size() const {
  absl::MutexLock lock(&mutex_);
  return rows_.size();
}

}  // namespace tracegate
