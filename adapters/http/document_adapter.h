#ifndef TRACEGATE_ADAPTERS_HTTP_DOCUMENT_ADAPTER_H_
#define TRACEGATE_ADAPTERS_HTTP_DOCUMENT_ADAPTER_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "adapters/call_pool.h"
#include "adapters/http/document_reader.h"
#include "adapters/http/trouble_teller.h"
#include "adapters/registry_adapter.h"

namespace tracegate {

// A registry that answers with documents over HTTPS, read through a mapping.
//
// Thread safety, lifetime and errors: as RegistryAdapter, and DocumentReader. Calls run on a thread for each reader, with a
// connection each; `queue_max` more may wait, and past them the answer is RESOURCE_EXHAUSTED (OVERLOADED) with a hint.
// The registry may be away at any time, the start included.
class DocumentAdapter : public RegistryAdapter {
 public:
  struct Options {
    std::string name;
    std::string state;  // ISO 3166-1 alpha-2, whose records it holds
    bool partial_serials = false;
    int queue_max = 256;
    absl::Duration timeout = absl::Seconds(10);  // of one call, its wait in the queue included
    // Told why the registry cannot be asked, or does not answer as the mapping says; nothing of its contents. From a
    // thread of the adapter's; may be empty.
    std::function<void(const std::string& trouble)> tell = {};
  };

  // `readers`: at least one.
  DocumentAdapter(Options options, std::vector<std::unique_ptr<DocumentReader>> readers);

  adapter::v1::DescribeResponse Describe() const override;
  void Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) override;
  void GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                 RecordDone done) override;
  void Health(RegistryCall call, HealthDone done) override;

 private:
  const Options options_;
  TroubleTeller trouble_;
  const std::vector<std::unique_ptr<DocumentReader>> readers_;  // one per worker, used by it alone
  CallPool pool_;  // the first to go: it waits for what the readers do
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_HTTP_DOCUMENT_ADAPTER_H_
