#ifndef TRACEGATE_GATEWAY_LIAISON_HIT_NOTICES_H_
#define TRACEGATE_GATEWAY_LIAISON_HIT_NOTICES_H_

#include <string>
#include <vector>

#include "gateway/directory/directory_book.h"
#include "gateway/liaison/cross_check.h"
#include "gateway/liaison/state_word.h"
#include "tracegate/v1/liaison.pb.h"

namespace tracegate {

// That State's contact for hits, as the directory has it; where it has none, the office that is named.
v1::PointOfContact ContactOf(const DirectoryBook& book, const std::string& state,
                             const std::string& office);

// What the owner of records is told: one notice for each record that was hit, with who asked and for whom.
std::vector<v1::HitNotice> NoticesToOwner(const StateWord& word,
                                          const v1::CrossCheckRequest& request,
                                          const v1::PointOfContact& searcher_contact);

// What the searcher finds again later of one hit.
v1::HitNotice NoticeToSearcher(const v1::Hit& hit, const CrossCheck& check);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_LIAISON_HIT_NOTICES_H_
