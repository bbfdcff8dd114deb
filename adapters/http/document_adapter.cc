#include "adapters/http/document_adapter.h"

#include <utility>

#include "adapters/find_request.h"

namespace tracegate {
namespace {

constexpr int kExpectedAnswerMs = 500;

}  // namespace

DocumentAdapter::DocumentAdapter(Options options,
                                 std::vector<std::unique_ptr<DocumentReader>> readers)
    : options_(std::move(options)),
      trouble_(options_.tell),
      readers_(std::move(readers)),
      pool_({.registry = options_.name,
             .concurrency = readers_.size(),
             .queue_max = static_cast<size_t>(options_.queue_max),
             .timeout = options_.timeout}) {}

adapter::v1::DescribeResponse DocumentAdapter::Describe() const {
  auto description = DescribeSearchBySerial(options_.name, options_.state, kExpectedAnswerMs);
  description.set_partial_serials(options_.partial_serials);
  return description;
}

void DocumentAdapter::Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) {
  pool_.Run(call, std::move(done),
            [this, request = std::move(request)](size_t worker, const CallWatch& watch) {
              auto found = readers_[worker]->Find(request, watch);
              trouble_.Note(found.status());
              return found;
            });
}

void DocumentAdapter::GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                                RecordDone done) {
  pool_.Run(call, std::move(done),
            [this, request = std::move(request)](size_t worker, const CallWatch& watch) {
              auto record = readers_[worker]->GetRecord(request, watch);
              trouble_.Note(record.status());
              return record;
            });
}

void DocumentAdapter::Health(RegistryCall call, HealthDone done) {
  pool_.Run(call, std::move(done), [this](size_t worker, const CallWatch& watch) {
    absl::Status health = readers_[worker]->Health(watch);
    trouble_.Note(health);
    return health;
  });
}

}  // namespace tracegate
