#ifndef TRACEGATE_ADAPTERS_CSV_CSV_ADAPTER_H_
#define TRACEGATE_ADAPTERS_CSV_CSV_ADAPTER_H_

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/call_pool.h"
#include "adapters/csv/csv_snapshot.h"
#include "adapters/csv/csv_table.h"
#include "adapters/mapping/mapping.h"
#include "adapters/registry_adapter.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// A registry that is files in a folder, read through a mapping. They are read in the background from the first question
// on, and again after they changed and stayed so for one look, so that a file that is being written is left alone;
// questions meanwhile are answered from what was read before.
//
// Thread safety, lifetime: as RegistryAdapter. Errors: as RegistryAdapter; UNAVAILABLE before the files were read once. New
// files that cannot be read change nothing but Health, which says why.
class CsvAdapter : public RegistryAdapter {
 public:
  struct Options {
    std::string name;
    std::string state;  // ISO 3166-1 alpha-2, whose records it holds
    Mapping mapping;
    std::vector<CsvFile> files;  // FilesOf
    int concurrency = 4;
    int queue_max = 256;
    absl::Duration timeout = absl::Seconds(10);
    absl::Duration look_period = absl::Seconds(1);
    // Told of rows that were skipped and of files that cannot be read, for whoever keeps them; without any of their
    // contents. From a thread of the adapter's; may be empty.
    std::function<void(const std::string& trouble)> tell = {};
  };

  // Where the mapping's tables are. CONFIG_INVALID naming the field of the registry.
  static absl::StatusOr<std::vector<CsvFile>> FilesOf(const config::v1::CsvRegistry& config,
                                                      const Mapping& mapping);

  explicit CsvAdapter(Options options);
  ~CsvAdapter() override;

  adapter::v1::DescribeResponse Describe() const override;
  void Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) override;
  void GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                 RecordDone done) override;
  void Health(RegistryCall call, HealthDone done) override;

 private:
  using Snapshot = std::shared_ptr<const CsvSnapshot>;

  // Once: begins to read and to watch.
  void Begin();
  void Watch(const std::stop_token& ending);
  void Read();
  void TellBadRows(const CsvSnapshot& snapshot) const;
  // What to answer from; why there is none.
  absl::StatusOr<Snapshot> Current() const;

  const Options options_;
  mutable std::mutex mutex_;
  std::condition_variable_any ended_;
  Snapshot snapshot_;    // guarded by mutex_
  absl::Status newest_;  // guarded by mutex_; whether the files as they are now could be read
  std::once_flag begun_;
  std::jthread watching_;
  CallPool pool_;  // the first to go
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_CSV_CSV_ADAPTER_H_
