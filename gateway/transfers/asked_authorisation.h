#ifndef TRACEGATE_GATEWAY_TRANSFERS_ASKED_AUTHORISATION_H_
#define TRACEGATE_GATEWAY_TRANSFERS_ASKED_AUTHORISATION_H_

#include <string>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// Whether the record concerns that State as the article has it: it names the State as importing, transit or
// trans-shipment State or as final destination (ATT 7(6)); the State is its final destination (ATT 8(3)). A destination
// that is not known is nobody's.
bool Concerns(const v1::TransferRecord& record, const std::string& state, v1::LegalBasis basis);

// Whether it is an export authorisation that the question is about: its status, categories and dates.
bool IsAskedFor(const v1::TransferRecord& record, const v1::ListAuthorizationsRequest& asked);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_TRANSFERS_ASKED_AUTHORISATION_H_
