#ifndef TRACEGATE_GATEWAY_STORAGE_SQLITE_READER_POOL_H_
#define TRACEGATE_GATEWAY_STORAGE_SQLITE_READER_POOL_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "gateway/storage/sqlite_reader.h"

namespace tracegate {

// A few read-only connections, each lent to one thread at a time.
//
// Thread safety: Lend from any thread; it waits while all are lent out.
//
// Errors: the constructor throws SQLite::Exception.
class SqliteReaderPool {
 public:
  SqliteReaderPool(const std::string& file, int readers) {
    for (int i = 0; i < readers; ++i) idle_.push_back(std::make_unique<SqliteReader>(file));
  }

  // Runs `work` with a connection and gives it back, also where `work` throws.
  template <typename Work>
  auto Lend(Work&& work) {
    Loan loan(this);
    return std::forward<Work>(work)(*loan.reader);
  }

 private:
  struct Loan {
    explicit Loan(SqliteReaderPool* lender) : pool(lender), reader(pool->Take()) {}
    ~Loan() { pool->GiveBack(std::move(reader)); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

    SqliteReaderPool* pool;
    std::unique_ptr<SqliteReader> reader;
  };

  std::unique_ptr<SqliteReader> Take() {
    absl::MutexLock lock(&mutex_);
    while (idle_.empty()) returned_.Wait(&mutex_);
    std::unique_ptr<SqliteReader> reader = std::move(idle_.back());
    idle_.pop_back();
    return reader;
  }

  void GiveBack(std::unique_ptr<SqliteReader> reader) {
    absl::MutexLock lock(&mutex_);
    idle_.push_back(std::move(reader));
    returned_.Signal();
  }

  absl::Mutex mutex_;
  absl::CondVar returned_;
  std::vector<std::unique_ptr<SqliteReader>> idle_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_STORAGE_SQLITE_READER_POOL_H_
