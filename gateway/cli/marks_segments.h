#ifndef TRACEGATE_GATEWAY_CLI_MARKS_SEGMENTS_H_
#define TRACEGATE_GATEWAY_CLI_MARKS_SEGMENTS_H_

#include <string_view>
#include <vector>

namespace tracegate {

// A part of a free text that ends at a comma, a semicolon, a line's end or the next label.
struct MarksSegment {
  // What the label before it says it is ("make:", "Calibre:", "nº de série:"), as a MarksWord's kind;
  // empty for none.
  std::string_view kind;
  std::vector<std::string_view> words;  // of the text, the label left out
};

// The segments of a text, in its order. A comma within a number ("7,62x39") ends none.
std::vector<MarksSegment> SegmentsOf(std::string_view text);

// The words from the first to the last as they stand in the text.
std::string_view Span(std::string_view first, std::string_view last);

// Whether the word introduces a calibre ("cal", "Kaliber", "calibro"), a serial number ("nº").
bool SaysCalibre(std::string_view word);
bool SaysSerial(std::string_view word);

}  // namespace tracegate

#endif  // TRACEGATE_GATEWAY_CLI_MARKS_SEGMENTS_H_
