#include "gateway/tracing/listeners.h"

#include <memory>
#include <vector>

#include "gtest/gtest.h"

namespace tracegate {
namespace {

struct Listener {
  bool left = false;
  bool gone() const { return left; }
};

TEST(Listeners, KeepsWhoListensAndNobodyWhoLeft) {
  Listeners<Listener> listeners;
  const auto stays = std::make_shared<Listener>();
  const auto leaves = std::make_shared<Listener>();
  listeners.Add(stays);
  listeners.Add(leaves);
  EXPECT_EQ(listeners.Present().size(), 2u);
  leaves->left = true;
  EXPECT_EQ(listeners.Present(), Listeners<Listener>::All{stays});
  EXPECT_EQ(leaves.use_count(), 1);
}

TEST(Listeners, DoesNotGrowByThoseWhoComeAndGo) {
  Listeners<Listener> listeners;
  const auto stays = std::make_shared<Listener>();
  listeners.Add(stays);
  for (int i = 0; i < 10'000; ++i) {
    const auto passing = std::make_shared<Listener>();
    listeners.Add(passing);
    passing->left = true;
  }
  EXPECT_LE(listeners.size(), 64u);
  EXPECT_EQ(listeners.TakeAll().front(), stays);
  EXPECT_EQ(listeners.size(), 0u);
}

TEST(Listeners, GrowsByThoseWhoStay) {
  Listeners<Listener> listeners;
  std::vector<std::shared_ptr<Listener>> all;
  for (int i = 0; i < 1000; ++i) listeners.Add(all.emplace_back(std::make_shared<Listener>()));
  EXPECT_EQ(listeners.Present(), all);
}

}  // namespace
}  // namespace tracegate
