#ifndef TRACEGATE_ADAPTERS_MARKING_MODEL_READER_H_
#define TRACEGATE_ADAPTERS_MARKING_MODEL_READER_H_

#include <string>
#include <string_view>
#include <vector>

#include "adapters/marking/models.h"

namespace tracegate {

// Reads model cells of weapons of one maker: ModelCatalogue::Read says what comes of it.
//
// Lifetime: catalogue and term outlive the reader.
class ModelReader {
 public:
  ModelReader(const ModelCatalogue& catalogue, const v1::Term& maker);

  v1::Term Read(std::string_view verbatim) const;

 private:
  using Words = std::vector<std::string>;

  // Places in All(), and whether they are certain enough to call the only one of them so.
  struct Found {
    std::vector<size_t> models;
    bool certain = true;
  };

  Found FindIn(const Words& words) const;
  Found FindKey(const std::string& key) const;
  Found FindDate(std::string_view verbatim) const;
  bool DropMaker(Words& words) const;

  const ModelCatalogue& catalogue_;
  std::vector<std::string> makers_;  // canonical, that may have made the weapon
  bool anybody_;                     // no cell tells of a maker
};

// The month and day of a cell that a spreadsheet made a date of ("2021-07-24 00:00:00"), as keys of
// what it may have been, day first ("247", "724"); none of other cells.
std::vector<std::string> KeysOfSpreadsheetDate(std::string_view text);

}  // namespace tracegate

#endif  // TRACEGATE_ADAPTERS_MARKING_MODEL_READER_H_
