#ifndef TRACEGATE_ADAPTERS_MARKING_ITEM_VIEW_H_
#define TRACEGATE_ADAPTERS_MARKING_ITEM_VIEW_H_

#include <string_view>
#include <vector>

#include "adapters/marking/makers.h"
#include "adapters/marking/states.h"
#include "tracegate/v1/firearm.pb.h"

namespace tracegate {

// The fields that a weapon, an essential part and an ammunition lot have alike, whichever the item
// is. An unset item has none of them.
//
// Lifetime: the item outlives the view.
class ItemView {
 public:
  explicit ItemView(const v1::Item& item);

  // The field of Item that is set: "weapon"; empty for none.
  std::string_view Path() const { return path_; }
  const google::protobuf::RepeatedPtrField<v1::Mark>& Marks() const { return *marks_; }
  const v1::Term& Manufacturer() const { return *manufacturer_; }
  const v1::Term& Calibre() const { return *calibre_; }
  const v1::Country& CountryOfManufacture() const { return *country_; }

 private:
  template <typename Thing>
  void Set(std::string_view path, const Thing& thing);

  std::string_view path_;
  const google::protobuf::RepeatedPtrField<v1::Mark>* marks_;
  const v1::Term* manufacturer_;
  const v1::Term* calibre_;
  const v1::Country* country_;
};

// False for a mark that was found illegible or removed.
bool IsLegible(const v1::Mark& mark);

// Whether any of the makers has works in the State, or in a successor of a former State.
bool HasWorksIn(const std::vector<const Maker*>& makers, const State& state);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_ITEM_VIEW_H_
