#ifndef TRACEGATE_TESTS_GATEWAY_EVIDENCE_AUDIT_EXPORTER_H_
#define TRACEGATE_TESTS_GATEWAY_EVIDENCE_AUDIT_EXPORTER_H_

#include <string>
#include <vector>

#include "gateway/storage/record_store.h"

namespace tracegate::audit {

// Writes an export of those entries as docs/formats/export.md has it, with the code of plain_tree.h alone.
void ExportTo(const std::string& folder, const std::vector<EntryRow>& entries,
              const std::string& checkpoint);

// All entries of a store.
std::vector<EntryRow> EntriesOf(RecordStore& store);

std::string ReadBytes(const std::string& file);
// Makes the folders that the file needs.
void WriteBytes(const std::string& file, const std::string& bytes);

}  // namespace tracegate::audit

#endif  // TRACEGATE_TESTS_GATEWAY_EVIDENCE_AUDIT_EXPORTER_H_
