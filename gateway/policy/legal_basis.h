#ifndef TRACEGATE_GATEWAY_POLICY_LEGAL_BASIS_H_
#define TRACEGATE_GATEWAY_POLICY_LEGAL_BASIS_H_

#include <span>
#include <string_view>

#include "tracegate/v1/directory.pb.h"

namespace tracegate {

// What an instrument lets States ask each other.
struct LegalBasisRow {
  v1::LegalBasis basis;
  bool covers_tracing;      // where a weapon came from (CreateTrace)
  bool covers_transfers;    // what is known of exports and imports (TransferService)
  std::string_view name;    // for people: "ATT 8(3)"
  std::string_view source;  // why
};

// One row for each LegalBasis but UNSPECIFIED.
std::span<const LegalBasisRow> LegalBasisTable();

// The row of a basis; null where there is none: such an agreement covers nothing.
const LegalBasisRow* FindLegalBasis(v1::LegalBasis basis);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_POLICY_LEGAL_BASIS_H_
