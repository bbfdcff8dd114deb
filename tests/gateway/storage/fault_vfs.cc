#include "tests/gateway/storage/fault_vfs.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace tracegate {
namespace {

namespace fs = std::filesystem;

constexpr size_t kSectorBytes = 512;
constexpr int kTracked = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL;

std::string ReadAll(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

// 0: there is none.
ino_t InodeOf(const std::string& path) {
  struct stat status;
  return stat(path.c_str(), &status) == 0 ? status.st_ino : 0;
}

// What was done to a file since its last sync.
struct Change {
  size_t offset = 0;
  std::string bytes;
  bool truncates = false;  // to `offset`
};

void Write(std::string_view bytes, size_t offset, std::string* content) {
  if (content->size() < offset + bytes.size()) content->resize(offset + bytes.size(), '\0');
  content->replace(offset, bytes.size(), bytes);
}

void Apply(const Change& change, std::string* content) {
  if (change.truncates) {
    if (content->size() > change.offset) content->resize(change.offset);
  } else {
    Write(change.bytes, change.offset, content);
  }
}

// What the disk has of a file, and what only the cache has.
struct Image {
  ino_t inode = 0;
  std::string lasting;
  std::vector<Change> changes;
  bool name_lasts = false;
  int64_t failed_syncs = 0;
};

}  // namespace

class FaultVfs::Disk {
 public:
  explicit Disk(uint32_t seed);
  ~Disk() { sqlite3_vfs_unregister(&vfs_); }

  void Set(std::optional<Fault> fault) {
    absl::MutexLock lock(&mutex_);
    fault_ = fault;
    counts_ = {};
    struck_ = false;
  }
  Counts counts() const {
    absl::MutexLock lock(&mutex_);
    return counts_;
  }
  bool struck() const {
    absl::MutexLock lock(&mutex_);
    return struck_;
  }
  void CutPower() {
    absl::MutexLock lock(&mutex_);
    Cut();
  }
  void PowerOn();

 private:
  // What a file's name leads to, and led to on the disk before it was deleted.
  struct Name {
    std::shared_ptr<Image> image;
    std::shared_ptr<Image> deleted;
  };

  // One open file; SQLite's own behind it.
  struct File : sqlite3_file {
    Disk* disk;
    Image* image;
    int64_t failures_told;  // of the image's failed syncs
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };

  struct Vfs : sqlite3_vfs {
    Disk* disk;
  };

  static Disk& Of(sqlite3_vfs* vfs) { return *static_cast<Vfs*>(vfs)->disk; }
  static File& Of(sqlite3_file* file) { return *static_cast<File*>(file); }
  static const sqlite3_io_methods* Methods();

  int Open(const char* name, sqlite3_file* file, int flags, int* flags_out);
  int Delete(const char* name, int sync_folder);
  int Close(File& file);
  int Read(File& file, void* to, int bytes, sqlite3_int64 offset);
  int Write(File& file, const void* from, int bytes, sqlite3_int64 offset);
  int Truncate(File& file, sqlite3_int64 size);
  int Sync(File& file);

  // Counts a step; whether power goes in its middle.
  bool StepCut() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  // Whether the fault is of that kind and comes now, at the count-th.
  bool Strikes(Kind kind, int64_t count) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::shared_ptr<Image> ImageOf(const std::string& path) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void Cut() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::optional<std::string> Left(const Name& name) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::string LeftOf(const Image& image) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void ApplyTorn(const Change& change, std::string* content) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  int Chance(int of) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    return static_cast<int>(random_() % static_cast<uint32_t>(of));
  }

  sqlite3_vfs* const real_;
  Vfs vfs_;

  mutable absl::Mutex mutex_;
  std::mt19937 random_ ABSL_GUARDED_BY(mutex_);
  std::optional<Fault> fault_ ABSL_GUARDED_BY(mutex_);
  Counts counts_ ABSL_GUARDED_BY(mutex_);
  bool struck_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<std::string, Name> names_ ABSL_GUARDED_BY(mutex_);
  // Of open files too that no name leads to any more.
  std::vector<std::shared_ptr<Image>> images_ ABSL_GUARDED_BY(mutex_);
  // Since power was cut: what is left of each file, or that there is none.
  std::optional<std::map<std::string, std::optional<std::string>>> left_ ABSL_GUARDED_BY(mutex_);
};

FaultVfs::Disk::Disk(uint32_t seed) : real_(sqlite3_vfs_find(nullptr)), random_(seed) {
  static_cast<sqlite3_vfs&>(vfs_) = *real_;
  vfs_.disk = this;
  vfs_.zName = "fault";
  vfs_.pNext = nullptr;
  vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
  vfs_.xOpen = [](sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out) {
    return Of(vfs).Open(name, file, flags, out);
  };
  vfs_.xDelete = [](sqlite3_vfs* vfs, const char* name, int sync_folder) {
    return Of(vfs).Delete(name, sync_folder);
  };
  sqlite3_vfs_register(&vfs_, /*makeDflt=*/1);
}

// Locks, shared memory and whatever else is no write go to the real file. No memory-mapped reads: version 2 has none.
const sqlite3_io_methods* FaultVfs::Disk::Methods() {
  static const sqlite3_io_methods methods = [] {
    sqlite3_io_methods m{};
    m.iVersion = 2;
    m.xClose = [](sqlite3_file* f) { return Of(f).disk->Close(Of(f)); };
    m.xRead = [](sqlite3_file* f, void* to, int bytes, sqlite3_int64 offset) {
      return Of(f).disk->Read(Of(f), to, bytes, offset);
    };
    m.xWrite = [](sqlite3_file* f, const void* from, int bytes, sqlite3_int64 offset) {
      return Of(f).disk->Write(Of(f), from, bytes, offset);
    };
    m.xTruncate = [](sqlite3_file* f, sqlite3_int64 size) {
      return Of(f).disk->Truncate(Of(f), size);
    };
    m.xSync = [](sqlite3_file* f, int) { return Of(f).disk->Sync(Of(f)); };
    m.xFileSize = [](sqlite3_file* f, sqlite3_int64* size) {
      return Of(f).real()->pMethods->xFileSize(Of(f).real(), size);
    };
    m.xLock = [](sqlite3_file* f, int level) {
      return Of(f).real()->pMethods->xLock(Of(f).real(), level);
    };
    m.xUnlock = [](sqlite3_file* f, int level) {
      return Of(f).real()->pMethods->xUnlock(Of(f).real(), level);
    };
    m.xCheckReservedLock = [](sqlite3_file* f, int* out) {
      return Of(f).real()->pMethods->xCheckReservedLock(Of(f).real(), out);
    };
    m.xFileControl = [](sqlite3_file* f, int what, void* argument) {
      return Of(f).real()->pMethods->xFileControl(Of(f).real(), what, argument);
    };
    m.xSectorSize = [](sqlite3_file* f) {
      return Of(f).real()->pMethods->xSectorSize(Of(f).real());
    };
    m.xDeviceCharacteristics = [](sqlite3_file* f) {
      return Of(f).real()->pMethods->xDeviceCharacteristics(Of(f).real());
    };
    m.xShmMap = [](sqlite3_file* f, int region, int bytes, int extend, void volatile** at) {
      return Of(f).real()->pMethods->xShmMap(Of(f).real(), region, bytes, extend, at);
    };
    m.xShmLock = [](sqlite3_file* f, int offset, int n, int flags) {
      return Of(f).real()->pMethods->xShmLock(Of(f).real(), offset, n, flags);
    };
    m.xShmBarrier = [](sqlite3_file* f) { Of(f).real()->pMethods->xShmBarrier(Of(f).real()); };
    m.xShmUnmap = [](sqlite3_file* f, int deletes) {
      return Of(f).real()->pMethods->xShmUnmap(Of(f).real(), deletes);
    };
    return m;
  }();
  return &methods;
}

int FaultVfs::Disk::Open(const char* name, sqlite3_file* file, int flags, int* flags_out) {
  absl::MutexLock lock(&mutex_);
  if (left_) return SQLITE_CANTOPEN;
  if (name == nullptr || (flags & kTracked) == 0) {
    return real_->xOpen(real_, name, file, flags, flags_out);
  }
  // Read before it is open: closing any descriptor of a file lets go of the process's locks on it.
  std::shared_ptr<Image> image = ImageOf(name);
  File& opened = Of(file);
  opened.disk = this;
  opened.pMethods = nullptr;
  const int code = real_->xOpen(real_, name, opened.real(), flags, flags_out);
  if (code != SQLITE_OK) return code;
  opened.pMethods = Methods();
  if (image == nullptr) {
    image = std::make_shared<Image>();
    image->inode = InodeOf(name);
    images_.push_back(image);
    names_[name].image = image;
  }
  opened.image = image.get();
  opened.failures_told = image->failed_syncs;
  return SQLITE_OK;
}

// Null where there is no such file yet. One that somebody else made or renamed has its name for good.
std::shared_ptr<Image> FaultVfs::Disk::ImageOf(const std::string& path) {
  const ino_t inode = InodeOf(path);
  if (inode == 0) return nullptr;
  Name& name = names_[path];
  if (name.image != nullptr && name.image->inode == inode) return name.image;
  name = {};
  for (auto& [other_path, other] : names_) {
    if (other.image != nullptr && other.image->inode == inode && InodeOf(other_path) == 0) {
      name.image = std::exchange(other.image, nullptr);
    }
  }
  if (name.image == nullptr) {
    name.image = std::make_shared<Image>();
    name.image->inode = inode;
    name.image->lasting = ReadAll(path);
    images_.push_back(name.image);
  }
  name.image->name_lasts = true;
  return name.image;
}

int FaultVfs::Disk::Close(File& file) {
  absl::MutexLock lock(&mutex_);
  return file.real()->pMethods->xClose(file.real());
}

int FaultVfs::Disk::Read(File& file, void* to, int bytes, sqlite3_int64 offset) {
  absl::MutexLock lock(&mutex_);
  if (left_) return SQLITE_IOERR_READ;
  return file.real()->pMethods->xRead(file.real(), to, bytes, offset);
}

int FaultVfs::Disk::Write(File& file, const void* from, int bytes, sqlite3_int64 offset) {
  absl::MutexLock lock(&mutex_);
  if (left_) return SQLITE_IOERR_WRITE;
  ++counts_.writes;
  if (Strikes(Kind::kWriteFails, counts_.writes)) return SQLITE_IOERR_WRITE;
  if (Strikes(Kind::kDiskFull, counts_.writes)) return SQLITE_FULL;
  const bool torn = Strikes(Kind::kWriteTorn, counts_.writes);
  if (torn) bytes /= 2;
  file.image->changes.push_back(
      {static_cast<size_t>(offset), {static_cast<const char*>(from), static_cast<size_t>(bytes)}});
  if (StepCut()) return SQLITE_IOERR_WRITE;
  const int code = file.real()->pMethods->xWrite(file.real(), from, bytes, offset);
  return torn ? SQLITE_IOERR_WRITE : code;
}

int FaultVfs::Disk::Truncate(File& file, sqlite3_int64 size) {
  absl::MutexLock lock(&mutex_);
  if (left_) return SQLITE_IOERR_TRUNCATE;
  file.image->changes.push_back({static_cast<size_t>(size), {}, /*truncates=*/true});
  if (StepCut()) return SQLITE_IOERR_TRUNCATE;
  return file.real()->pMethods->xTruncate(file.real(), size);
}

int FaultVfs::Disk::Sync(File& file) {
  absl::MutexLock lock(&mutex_);
  if (left_ || StepCut()) return SQLITE_IOERR_FSYNC;
  ++counts_.syncs;
  Image& image = *file.image;
  const bool fails = Strikes(Kind::kSyncFails, counts_.syncs);
  for (const Change& change : std::exchange(image.changes, {})) {
    if (!fails || Chance(2) == 0) Apply(change, &image.lasting);
  }
  if (fails) ++image.failed_syncs;
  if (std::exchange(file.failures_told, image.failed_syncs) < image.failed_syncs) {
    return SQLITE_IOERR_FSYNC;
  }
  image.name_lasts = true;
  for (auto& [path, name] : names_) {
    if (name.image.get() == &image) name.deleted = nullptr;
  }
  return SQLITE_OK;
}

int FaultVfs::Disk::Delete(const char* path, int sync_folder) {
  absl::MutexLock lock(&mutex_);
  if (left_) return SQLITE_IOERR_DELETE;
  Name before = names_[path];
  if (before.image != nullptr) {
    if (before.image->name_lasts) names_[path].deleted = before.image;
    names_[path].image = nullptr;
  }
  if (StepCut()) return SQLITE_IOERR_DELETE;
  if (sync_folder != 0) names_.erase(path);
  return real_->xDelete(real_, path, /*syncDir=*/0);
}

bool FaultVfs::Disk::StepCut() {
  ++counts_.steps;
  if (!Strikes(Kind::kPowerCut, counts_.steps)) return false;
  Cut();
  return true;
}

bool FaultVfs::Disk::Strikes(Kind kind, int64_t count) {
  if (!fault_ || fault_->kind != kind) return false;
  const bool now = fault_->lasting ? count >= fault_->nth : count == fault_->nth;
  struck_ = struck_ || now;
  return now;
}

void FaultVfs::Disk::Cut() {
  if (left_) return;
  left_.emplace();
  for (const auto& [path, name] : names_) (*left_)[path] = Left(name);
}

std::optional<std::string> FaultVfs::Disk::Left(const Name& name) {
  const bool there = name.image != nullptr && (name.image->name_lasts || Chance(2) == 0);
  if (there) return LeftOf(*name.image);
  const bool back = name.deleted != nullptr && Chance(2) == 0;
  if (back) return LeftOf(*name.deleted);
  return std::nullopt;
}

std::string FaultVfs::Disk::LeftOf(const Image& image) {
  std::string content = image.lasting;
  const auto count = static_cast<int>(image.changes.size());
  const int how = Chance(3);
  const int first_few = how == 0 ? 0 : Chance(count + 1);
  for (int i = 0; i < count; ++i) {
    const Change& change = image.changes[static_cast<size_t>(i)];
    if (how == 2) {
      const int fate = Chance(3);
      if (fate == 0) Apply(change, &content);
      if (fate == 1) ApplyTorn(change, &content);
    } else if (i < first_few) {
      Apply(change, &content);
    } else if (i == first_few && how == 1) {
      ApplyTorn(change, &content);
    }
  }
  return content;
}

void FaultVfs::Disk::ApplyTorn(const Change& change, std::string* content) {
  if (change.truncates) return;
  const std::string_view bytes = change.bytes;
  for (size_t at = 0; at < bytes.size();) {
    const size_t sector_end = (change.offset + at) / kSectorBytes * kSectorBytes + kSectorBytes;
    const size_t end = std::min(bytes.size(), sector_end - change.offset);
    if (Chance(2) == 0) tracegate::Write(bytes.substr(at, end - at), change.offset + at, content);
    at = end;
  }
}

void FaultVfs::Disk::PowerOn() {
  absl::MutexLock lock(&mutex_);
  Cut();
  for (const auto& [path, content] : *left_) {
    fs::remove(path);
    fs::remove(path + "-shm");
    if (content) std::ofstream(path, std::ios::binary) << *content;
  }
  left_.reset();
  names_.clear();
  images_.clear();
  fault_.reset();
  counts_ = {};
  struck_ = false;
}

FaultVfs::FaultVfs(uint32_t seed) : disk_(std::make_unique<Disk>(seed)) {}
FaultVfs::~FaultVfs() = default;
void FaultVfs::Set(const Fault& fault) { disk_->Set(fault); }
void FaultVfs::Heal() { disk_->Set(std::nullopt); }
FaultVfs::Counts FaultVfs::counts() const { return disk_->counts(); }
bool FaultVfs::struck() const { return disk_->struck(); }
void FaultVfs::CutPower() { disk_->CutPower(); }
void FaultVfs::PowerOn() { disk_->PowerOn(); }

}  // namespace tracegate
