#ifndef TRACEGATE_ADAPTERS_SQL_REGISTRY_CONNECTION_H_
#define TRACEGATE_ADAPTERS_SQL_REGISTRY_CONNECTION_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/call_watch.h"
#include "adapters/mapping/mapping.h"
#include "adapters/sql/query_text.h"

namespace tracegate {

// One connection to a registry's own database, which answers questions and is never written.
//
// It opens when it is first needed, and again after a failure: a registry that was away is back without a restart.
//
// Thread safety: none: one thread at a time.
//
// Errors: UNAVAILABLE (REGISTRY_UNAVAILABLE: it cannot be reached or broke off; REGISTRY_BUSY: locked until the call's
// time was up), FAILED_PRECONDITION (REGISTRY_MISMATCH: no such table or column), DEADLINE_EXCEEDED, CANCELLED. None
// says where the database is.
class RegistryConnection {
 public:
  virtual ~RegistryConnection() = default;

  // One call to the registry: connects where needed, and holds everything asked until it ends to the watch. With
  // `snapshot`, all questions see the database at one moment.
  class Call {
   public:
    // `connection` and `watch` outlive the call.
    static absl::StatusOr<Call> Begin(RegistryConnection* connection, const CallWatch* watch,
                                      bool snapshot);
    Call(Call&& other) noexcept;
    Call& operator=(Call&&) = delete;
    ~Call();

    // At most `rows_max` rows, each with the columns of the question's table. Values are cut at 8 KiB, which is past
    // what a record carries.
    absl::StatusOr<std::vector<SourceRow>> Ask(const QueryKey& key,
                                               const std::vector<QueryValue>& values,
                                               size_t rows_max) {
      return connection_->Ask(key, values, rows_max);
    }

    // OK where the question fits the database's schema.
    absl::Status Check(const QueryKey& key) { return connection_->Check(key); }

   private:
    explicit Call(RegistryConnection* connection) : connection_(connection) {}

    RegistryConnection* connection_;
  };

 protected:
  // What a call does. End follows each Begin, also one that failed.
  virtual absl::Status Begin(const CallWatch* watch, bool snapshot) = 0;
  virtual absl::StatusOr<std::vector<SourceRow>> Ask(const QueryKey& key,
                                                     const std::vector<QueryValue>& values,
                                                     size_t rows_max) = 0;
  virtual absl::Status Check(const QueryKey& key) = 0;
  virtual void End() = 0;
};

inline constexpr size_t kSourceValueBytesMax = 8 << 10;

// A value as a row has it: cut at its bound, and decoded.
std::string SourceValue(std::string_view bytes, const CharacterSet& character_set);

// REGISTRY_UNAVAILABLE, with why.
absl::Status RegistryUnavailable(const std::string& registry, std::string_view why);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_REGISTRY_CONNECTION_H_
