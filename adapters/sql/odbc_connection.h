#ifndef TRACEGATE_ADAPTERS_SQL_ODBC_CONNECTION_H_
#define TRACEGATE_ADAPTERS_SQL_ODBC_CONNECTION_H_

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "adapters/sql/driver_thread.h"
#include "adapters/sql/odbc_session.h"
#include "adapters/sql/registry_connection.h"

namespace tracegate {

// A connection to somebody else's database through its ODBC driver.
//
// A driver may wait for a network that is gone, whatever it is told. So it runs on a thread of its own, and a call that
// is over leaves both: the driver is asked to cancel, and the next call gets a new session on a new thread. Where too
// many have not come back, calls are refused until some have.
//
// There is no snapshot: isolation that gives one would lock the registry's rows in some databases.
//
// Thread safety, errors: as RegistryConnection. Lifetime: destroying it waits for its threads for two seconds; those
// that hang longer in a driver touch nothing of it.
class OdbcConnection : public RegistryConnection {
 public:
  // OK where it names a data source or is a connection string, without a password. Errors: CONFIG_INVALID for `sql.odbc`.
  static absl::Status CheckWhere(const std::string& where);

  // `mapping` outlives this.
  OdbcConnection(std::string registry, const std::string& where, const Mapping* mapping);
  ~OdbcConnection() override;

  OdbcConnection(const OdbcConnection&) = delete;
  OdbcConnection& operator=(const OdbcConnection&) = delete;

 protected:
  absl::Status Begin(const CallWatch* watch, bool snapshot) override;
  absl::StatusOr<std::vector<SourceRow>> Ask(const QueryKey& key,
                                             const std::vector<QueryValue>& values,
                                             size_t rows_max) override;
  absl::Status Check(const QueryKey& key) override;
  void End() override { watch_ = nullptr; }

 private:
  // Has the driver do something; the call's own failure where it is over first.
  template <typename Work>
  absl::StatusOr<OdbcOutcome> Run(Work work);
  absl::Status FailureOf(const OdbcOutcome& outcome);
  absl::Status Mismatch(const OdbcOutcome& outcome, bool certain);
  // Leaves the session to its thread, which ends it.
  void Close();

  const std::string registry_;
  const std::string where_;
  const Mapping* const mapping_;
  const CallWatch* watch_ = nullptr;  // of the call that runs

  const std::shared_ptr<DriverThread::Count> threads_;
  std::unique_ptr<DriverThread> thread_;
  std::shared_ptr<OdbcSession> session_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_ODBC_CONNECTION_H_
