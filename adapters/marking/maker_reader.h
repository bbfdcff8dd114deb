#ifndef TRACEGATE_ADAPTERS_MARKING_MAKER_READER_H_
#define TRACEGATE_ADAPTERS_MARKING_MAKER_READER_H_

#include <string_view>
#include <vector>

#include "adapters/marking/maker_search.h"
#include "adapters/marking/makers.h"
#include "adapters/marking/states.h"

namespace tracegate {

// Reads one cell with the names of a catalogue: MakerCatalogue::ReadClosely says what comes of it.
//
// Lifetime: catalogue and text outlive the reader, which serves once.
class MakerReader {
 public:
  MakerReader(const MakerCatalogue& catalogue, std::string_view verbatim)
      : catalogue_(catalogue), search_(catalogue), verbatim_(verbatim) {}

  MakerReading Read();

 private:
  using Words = MakerSearch::Words;

  void ReadInWords();
  NamedMakers FindIn(Words words);
  void DropState(Words& words);
  bool DropOrigin(Words& words);
  void Keep(NamedMakers found);
  void NarrowByState();
  MakerReading Reading() const;

  const MakerCatalogue& catalogue_;
  const MakerSearch search_;
  const std::string_view verbatim_;
  NamedMakers found_;
  std::vector<const State*> states_;  // that stand beside the name
};

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MAKER_READER_H_
