#ifndef TRACEGATE_GATEWAY_TRACING_JUDGE_H_
#define TRACEGATE_GATEWAY_TRACING_JUDGE_H_

#include "adapters/marking/reading.h"
#include "tracegate/adapter/v1/registry_adapter.pb.h"
#include "tracegate/v1/trace.pb.h"

namespace tracegate {

// Turns the records that a registry found into that State's answer. Only one record that agrees exactly decides an
// outcome; anything less is listed, best first, as candidates for a person to compare with the weapon, and names no
// next State.
v1::Answer JudgeRecords(const ItemReading& item, const adapter::v1::Records& records);

// What the life of one record says: where the weapon went last.
v1::Outcome OutcomeOfLife(const v1::RegistryRecord& record, std::string* next_state);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRACING_JUDGE_H_
