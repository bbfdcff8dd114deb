#include "gateway/liaison/hit_notices.h"

#include "gateway/policy/handling.h"

namespace tracegate {
namespace {

v1::HitNotice NoticeOf(const v1::Hit& hit, const v1::CrossCheckRequest& request, v1::HitSide side) {
  v1::HitNotice notice;
  *notice.mutable_hit() = hit;
  notice.set_side(side);
  *notice.mutable_searcher() = request.requesting_agency();
  if (request.has_on_behalf_of()) *notice.mutable_on_behalf_of() = request.on_behalf_of();
  return notice;
}

}  // namespace

v1::PointOfContact ContactOf(const DirectoryBook& book, const std::string& state,
                             const std::string& office) {
  if (const v1::PointOfContact* contact = book.LiaisonOf(state); contact != nullptr) {
    return *contact;
  }
  v1::PointOfContact contact;
  contact.mutable_agency()->set_state(state);
  contact.mutable_agency()->set_name(office);
  contact.add_purposes(v1::CONTACT_PURPOSE_LIAISON);
  return contact;
}

std::vector<v1::HitNotice> NoticesToOwner(const StateWord& word,
                                          const v1::CrossCheckRequest& request,
                                          const v1::PointOfContact& searcher_contact) {
  std::vector<v1::HitNotice> notices;
  for (const v1::Hit& hit : word.response.hits()) {
    for (const std::string& record_number : word.record_numbers) {
      v1::HitNotice& notice = notices.emplace_back(NoticeOf(hit, request, v1::HIT_SIDE_OWNER));
      notice.set_record_number(record_number);
      *notice.mutable_searcher_contact() = searcher_contact;
      // The asker says how its question must be treated; that it was asked is part of it.
      JoinHandling(request.handling(), notice.mutable_hit()->mutable_handling());
    }
  }
  return notices;
}

v1::HitNotice NoticeToSearcher(const v1::Hit& hit, const CrossCheck& check) {
  v1::HitNotice notice = NoticeOf(hit, check.request, v1::HIT_SIDE_SEARCHER);
  notice.set_cross_check_id(check.id);
  notice.set_subscription_id(check.subscription_id);
  return notice;
}

}  // namespace tracegate
