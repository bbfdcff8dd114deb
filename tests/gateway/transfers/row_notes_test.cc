#include "gateway/transfers/row_notes.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/utf8.h"

namespace tracegate {
namespace {

using testing::EndsWith;

TEST(RowNotes, AreEachToldOnceInOrder) {
  RowNotes notes;
  for (const char* note : {"b", "", "a", "b"}) notes.Add(note);
  EXPECT_EQ(notes.Text(), "a; b");
  EXPECT_EQ(RowNotes().Text(), "");
}

TEST(RowNotes, AreTheSameInWhateverOrderTheyCome) {
  RowNotes up;
  RowNotes down;
  for (int i = 10; i < 40; ++i) up.Add(std::to_string(i));
  for (int i = 39; i >= 10; --i) down.Add(std::to_string(i));
  EXPECT_EQ(up.Text(), down.Text());
  EXPECT_THAT(up.Text(), EndsWith("17; and others"));
}

TEST(RowNotes, SayOthersOnlyWhereThereAre) {
  RowNotes notes;
  for (int i = 10; i < 18; ++i) notes.Add(std::to_string(i));
  notes.Add("17");
  EXPECT_THAT(notes.Text(), EndsWith("; 17"));
}

TEST(RowNotes, AreCutBetweenCharacters) {
  std::string note;
  while (note.size() < 500) note += "\u0416";
  note.insert(0, "x");
  RowNotes notes;
  notes.Add(note);
  EXPECT_LT(notes.Text().size(), 210u);
  EXPECT_EQ(ValidUtf8Prefix(notes.Text()), notes.Text().size());
}

}  // namespace
}  // namespace tracegate
