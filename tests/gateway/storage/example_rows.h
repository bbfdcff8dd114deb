#ifndef TRACEGATE_TESTS_GATEWAY_STORAGE_EXAMPLE_ROWS_H_
#define TRACEGATE_TESTS_GATEWAY_STORAGE_EXAMPLE_ROWS_H_

#include <cstdint>
#include <string>

#include "gateway/storage/record_store.h"

namespace tracegate {

inline EntryRow ExampleEntry(int64_t index, size_t content_bytes = 300) {
  const std::string name = std::to_string(index);
  return {index, "header " + name, std::string(32, static_cast<char>('a' + index % 26)),
          "content " + name + std::string(content_bytes, '.')};
}

// "01", "02": sorts by number up to 99.
inline TraceRow ExampleTrace(int number) {
  TraceRow row;
  row.trace_id = (number < 10 ? "0" : "") + std::to_string(number);
  row.agency = "BR/policia-federal";
  row.actor = "spiffe://br.example/policia-federal/registry";
  row.request_id = "request " + row.trace_id;
  row.asking_state = "BR";
  row.serial_number = "SN-" + row.trace_id;
  row.state = v1::TRACE_STATE_IN_PROGRESS;
  row.body = std::string("body \0 of ", 10) + row.trace_id;
  return row;
}

// A document of Brazil's, dated and due, that is found by its id.
inline DocumentRow ExampleDocument(const std::string& id, int revision = 1, int64_t entry = 0) {
  DocumentRow row;
  row.document_id = id;
  row.kind = 1;
  row.state = "BR";
  row.about = "D0";
  row.date = "2024-05-06";
  row.due = "2024-06-20";
  row.revision = revision;
  row.body = std::string("body \0 of ", 10) + id + " " + std::to_string(revision);
  row.keys = {{"word " + id, "word of all"}};
  row.entry = entry;
  return row;
}

// One entry, one trace and the checkpoint after it.
inline WriteBatch ExampleBatch(int64_t index, size_t content_bytes = 300) {
  WriteBatch batch;
  batch.entries.push_back(ExampleEntry(index, content_bytes));
  batch.traces.push_back(ExampleTrace(static_cast<int>(index)));
  batch.checkpoint = CheckpointRow{index + 1, "note of " + std::to_string(index + 1)};
  return batch;
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_STORAGE_EXAMPLE_ROWS_H_
