#ifndef TRACEGATE_GATEWAY_CLI_TRANSLATION_REPORT_H_
#define TRACEGATE_GATEWAY_CLI_TRANSLATION_REPORT_H_

#include <string>

#include "tracegate/v1/registry_record.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// One record of a registry as its mapping translates it, for whoever writes the mapping: every value as it was written,
// then each canonical field, then what was lost on the way. `match` is the record held against what was asked; none where
// it was asked for by its number.
std::string TranslationReport(const v1::RegistryRecord& record, const v1::Candidate* match);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_TRANSLATION_REPORT_H_
