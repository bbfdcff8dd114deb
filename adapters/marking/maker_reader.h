#ifndef TRACEGATE_ADAPTERS_MARKING_MAKER_READER_H_
#define TRACEGATE_ADAPTERS_MARKING_MAKER_READER_H_

#include <string>
#include <string_view>
#include <vector>

#include "adapters/marking/makers.h"
#include "adapters/marking/states.h"

namespace tracegate {

// Reads one cell with the names of a catalogue: MakerCatalogue::ReadClosely says what comes of it.
//
// Lifetime: catalogue and text outlive the reader, which serves once.
class MakerReader {
 public:
  MakerReader(const MakerCatalogue& catalogue, std::string_view verbatim)
      : catalogue_(catalogue), verbatim_(verbatim) {}

  MakerReading Read();

 private:
  using Words = std::vector<std::string>;

  // What a part of the cell names.
  struct Found {
    std::vector<size_t> makers;
    NameForm form = NameForm::kUnknown;
    std::string rest;
  };

  void ReadInWords();
  Found FindIn(Words words);
  Found FindPlain(Words words) const;
  Found FindLeading(const Words& words) const;
  Found FindMisspelt(const Words& words, const Words& with_state) const;
  void AddClose(const Words& words, Found& found) const;
  bool IsPlaceOf(const std::vector<size_t>& makers, const Words& words, size_t first) const;
  void AddOthers(const Words& words, size_t first, std::vector<size_t>& makers) const;
  void DropState(Words& words);
  void Keep(Found found);
  void NarrowByState();
  MakerReading Reading() const;

  const MakerCatalogue& catalogue_;
  const std::string_view verbatim_;
  Found found_;
  std::vector<const State*> states_;  // that stand beside the name
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MAKER_READER_H_
