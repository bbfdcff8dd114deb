#include "gateway/transfers/arms_category.h"

#include <set>

#include "gtest/gtest.h"

namespace tracegate {
namespace {

TEST(ArmsCategory, EverySubcategoryIsOfOneCategoryAndHasWordsOfItsOwn) {
  std::set<std::string> words;
  for (int i = v1::ArmsSubcategory_MIN + 1; i <= v1::ArmsSubcategory_MAX; ++i) {
    const auto subcategory = static_cast<v1::ArmsSubcategory>(i);
    const v1::ArmsCategory category = CategoryOf(subcategory);
    EXPECT_TRUE(HasSubcategories(category)) << v1::ArmsSubcategory_Name(subcategory);
    EXPECT_TRUE(words.insert(ArmsWords(category, subcategory)).second)
        << v1::ArmsSubcategory_Name(subcategory);
  }
  EXPECT_EQ(CategoryOf(v1::ARMS_SUBCATEGORY_UNSPECIFIED), v1::ARMS_CATEGORY_UNSPECIFIED);
}

TEST(ArmsCategory, FourOfTheEightHaveSubcategories) {
  std::set<int> with;
  for (int i = v1::ArmsCategory_MIN; i <= v1::ArmsCategory_MAX; ++i) {
    if (HasSubcategories(static_cast<v1::ArmsCategory>(i))) with.insert(i);
  }
  EXPECT_EQ(with, (std::set<int>{4, 5, 7, 8}));
}

TEST(ArmsCategory, AmmunitionPartsAndOthersAreNotOfArticleTwo) {
  EXPECT_TRUE(IsConventionalArms(v1::ARMS_CATEGORY_BATTLE_TANKS));
  EXPECT_TRUE(IsConventionalArms(v1::ARMS_CATEGORY_SMALL_ARMS_AND_LIGHT_WEAPONS));
  for (const auto category : {v1::ARMS_CATEGORY_UNSPECIFIED, v1::ARMS_CATEGORY_AMMUNITION,
                              v1::ARMS_CATEGORY_PARTS_AND_COMPONENTS, v1::ARMS_CATEGORY_OTHER}) {
    EXPECT_FALSE(IsConventionalArms(category));
  }
}

}  // namespace
}  // namespace tracegate
