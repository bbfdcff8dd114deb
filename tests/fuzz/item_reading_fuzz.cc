// An item as a caller sends it: read, then held against the quality gate.

#include "adapters/marking/quality_gate.h"
#include "adapters/marking/reading.h"
#include "protos/tracegate/bounds_check.h"
#include "tests/fuzz/property.h"

namespace tracegate {
namespace {

void CheckRemarks(const ItemReading& read) {
  const auto remarks = CheckMarks(read, "BR");
  for (const v1::MarkRemark& remark : remarks) {
    RequireText(remark.field(), "a remark's field");
    RequireText(remark.message(), "a remark");
    RequireText(remark.help(), "a remark's help");
    Require(CheckBounds(remark).ok(), "a remark is within its bounds");
  }
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  v1::Item item;
  if (!ParseChecked(TextOf(bytes, size), &item).ok()) return 0;
  const v1::Item read = ReadItem(item);
  Require(read.weapon().serial_number() == item.weapon().serial_number(), "the serial is kept");
  Require(read.weapon().calibre().verbatim() == item.weapon().calibre().verbatim() &&
              read.weapon().manufacturer().verbatim() == item.weapon().manufacturer().verbatim(),
          "verbatim terms are kept");
  Require(ReadItem(read).SerializeAsString() == read.SerializeAsString(),
          "reading a read item changes nothing");
  CheckRemarks(ItemReading(item));
  return 0;
}
