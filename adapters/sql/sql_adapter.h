#ifndef TRACEGATE_ADAPTERS_SQL_SQL_ADAPTER_H_
#define TRACEGATE_ADAPTERS_SQL_SQL_ADAPTER_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/call_pool.h"
#include "adapters/mapping/mapping.h"
#include "adapters/registry_adapter.h"
#include "adapters/sql/registry_reader.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// A registry that is somebody else's database, read in place and never written, through a mapping: a SQLite file, a
// PostgreSQL, or whatever has an ODBC driver.
//
// Thread safety, lifetime and errors: as RegistryAdapter. Calls run on `concurrency` threads with a connection
// each; `queue_max` more may wait, and past them the answer is RESOURCE_EXHAUSTED (OVERLOADED) with a hint.
// The database may be missing, locked or damaged at any time, the start included: calls fail with UNAVAILABLE
// while it is, and work again once it is back.
class SqlAdapter : public RegistryAdapter {
 public:
  struct Options {
    std::string name;
    std::string state;               // ISO 3166-1 alpha-2, whose records it holds
    config::v1::SqlRegistry source;  // where its database is; the mapping's file is not looked at
    Mapping mapping;
    int concurrency = 4;                         // 1..64
    int queue_max = 256;                         // 0..65,536
    absl::Duration timeout = absl::Seconds(10);  // of one call, its wait in the queue included
  };

  // Does not touch the database. Errors: CONFIG_INVALID naming the option.
  static absl::StatusOr<std::unique_ptr<SqlAdapter>> Open(Options options);

  adapter::v1::DescribeResponse Describe() const override;
  void Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) override;
  void GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                 RecordDone done) override;
  void Health(RegistryCall call, HealthDone done) override;

 private:
  explicit SqlAdapter(Options options);

  std::unique_ptr<RegistryConnection> NewConnection() const;

  const Options options_;
  std::vector<std::unique_ptr<RegistryReader>> readers_;  // one per worker, used by it alone
  CallPool pool_;  // the first to go: it waits for what the readers do
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_SQL_SQL_ADAPTER_H_
