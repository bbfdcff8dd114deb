#ifndef TRACEGATE_GATEWAY_CLI_SHOW_TRANSFER_H_
#define TRACEGATE_GATEWAY_CLI_SHOW_TRANSFER_H_

#include <google/protobuf/repeated_field.h>

#include <string>

#include "tracegate/v1/transfer.pb.h"

namespace tracegate {

// A transfer for people: what, between whom, what happened to it.
std::string ShowTransfer(const v1::Transfer& transfer);

// Transfers in a table, newest first.
std::string ShowTransfers(const v1::ListTransfersResponse& list);

// What another State told of its authorisations, or why it does not.
std::string ShowAuthorizations(const v1::ListAuthorizationsResponse& list);

// Parts of these, for other pages.
// "actual export", "authorised import, granted".
std::string KindText(const v1::TransferRecord& record);
// "SE, NO".
std::string ListText(const google::protobuf::RepeatedPtrField<std::string>& words);
// "VIII, small arms 2: Rifles and carbines, 12, 17645 EUR, ML1a, Sako TRG 22".
std::string LineText(const v1::TransferLine& line);
// "FI/police-firearms, case 17".
std::string AgencyText(const v1::Agency& agency);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SHOW_TRANSFER_H_
