#ifndef TRACEGATE_TESTS_GATEWAY_STORAGE_FAULT_VFS_H_
#define TRACEGATE_TESTS_GATEWAY_STORAGE_FAULT_VFS_H_

#include <cstdint>
#include <memory>

namespace tracegate {

// A disk under every SQLite database that this process opens while it lives: it fails where it is told to, and forgets
// at a power cut what it was never asked to keep.
//
// Reads see every write, as through an operating system's cache. A sync makes a file's writes lasting, and at a file's
// first sync its name; no sync reaches the real disk. After a sync that failed each write before it was kept or lost for
// good, and is not tried again; every other open file on it is told at its own next sync (as Linux does since 4.13: a
// checkpoint's failed sync must not pass for a commit's). When power is cut, of the writes and truncations that were not
// synced none is kept, or the first few, or any of them, each whole or some of its 512-byte sectors alone; a file that
// was never synced may be gone, and one that was deleted without a sync may be back. Everything fails from then on,
// until PowerOn.
//
// A write that SQLite believes to have succeeded is there until power is cut: disks that lie about syncs are not what
// this is.
//
// Thread safety: all methods from any thread. Lifetime: outlives every connection opened meanwhile; one at a time.
class FaultVfs {
 public:
  enum class Kind {
    kWriteFails,  // SQLITE_IOERR_WRITE, with nothing written
    kDiskFull,    // SQLITE_FULL, with nothing written
    kWriteTorn,   // SQLITE_IOERR_WRITE, with its first half written
    kSyncFails,   // SQLITE_IOERR_FSYNC
    kPowerCut,
  };

  struct Fault {
    Kind kind;
    // Counted from 1, from when it was set: of writes; of syncs where they are to fail; of all steps (writes, syncs,
    // truncations and deletions) where power is to be cut in the middle of one.
    int64_t nth = 0;
    bool lasting = false;  // whether all after it fail too
  };

  struct Counts {
    int64_t writes = 0;
    int64_t syncs = 0;
    int64_t steps = 0;
  };

  // `seed`: of everything that is left to chance.
  explicit FaultVfs(uint32_t seed);
  ~FaultVfs();
  FaultVfs(const FaultVfs&) = delete;
  FaultVfs& operator=(const FaultVfs&) = delete;

  void Set(const Fault& fault);
  // No fault any more, but what a power cut left so far.
  void Heal();
  // Since the last Set or Heal.
  Counts counts() const;
  // Whether the fault has come.
  bool struck() const;

  // Now, between two steps.
  void CutPower();
  // Makes the files what the disk had kept. Every connection was closed.
  void PowerOn();

  class Disk;

 private:
  std::unique_ptr<Disk> disk_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_STORAGE_FAULT_VFS_H_
