#ifndef TRACEGATE_ADAPTERS_DESK_DESK_ADAPTER_H_
#define TRACEGATE_ADAPTERS_DESK_DESK_ADAPTER_H_

#include <functional>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "adapters/registry_adapter.h"
#include "tracegate/config/v1/gateway.pb.h"

namespace tracegate {

// A registry that people answer for. It takes every question and answers none: the question stands in its trace, where an
// officer finds it and says what there is to say.
//
// Thread safety, lifetime: as RegistryAdapter; every callback runs before the method returns. Errors: INVALID_ARGUMENT for
// a question out of its bounds. It keeps no records: GetRecord finds none.
class DeskAdapter : public RegistryAdapter {
 public:
  struct Options {
    std::string name;
    std::string state;  // ISO 3166-1 alpha-2, whose officers answer
    // The desk's own targets, from when a question comes in; infinite: none (the ITI sets none).
    absl::Duration acknowledge_within = absl::InfiniteDuration();
    absl::Duration answer_within = absl::InfiniteDuration();
    absl::Duration look_every = absl::Hours(24);  // when to ask again whether an answer is there
    std::function<absl::Time()> clock;            // no default
  };

  // CONFIG_INVALID naming the field, for a target that is less than a second.
  static absl::StatusOr<Options> OptionsOf(const config::v1::Registry& registry,
                                           std::function<absl::Time()> clock);

  explicit DeskAdapter(Options options) : options_(std::move(options)) {}

  adapter::v1::DescribeResponse Describe() const override;
  // PENDING with the targets, counted from now.
  void Find(RegistryCall call, adapter::v1::FindRequest request, FindDone done) override;
  void GetRecord(RegistryCall call, adapter::v1::GetRecordRequest request,
                 RecordDone done) override;
  void Health(RegistryCall call, HealthDone done) override;

 private:
  const Options options_;
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_DESK_DESK_ADAPTER_H_
