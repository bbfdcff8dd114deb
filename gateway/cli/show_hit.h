#ifndef TRACEGATE_GATEWAY_CLI_SHOW_HIT_H_
#define TRACEGATE_GATEWAY_CLI_SHOW_HIT_H_

#include <string>
#include <vector>

#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// One State's word to a cross-check, and how many have still to speak.
std::string ShowWord(const v1::CrossCheckResponse& word);

// What the words of a check that has ended come to: who knows the weapon, who does not, of whom it is not known.
std::string ShowSummary(const std::vector<v1::CrossCheckResponse>& words);

// A hit that was told of later: on a record of one's own State, made by one's own check or subscription; or who else asks.
std::string ShowNotice(const v1::HitNotice& notice);

// A subscription as it stands, and how it is renewed and ended.
std::string ShowSubscription(const v1::Subscription& subscription);

// Links, strongest first, one a line.
std::string ShowLinks(const v1::FindLinksResponse& found);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_SHOW_HIT_H_
