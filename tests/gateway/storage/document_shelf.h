#ifndef TRACEGATE_TESTS_GATEWAY_STORAGE_DOCUMENT_SHELF_H_
#define TRACEGATE_TESTS_GATEWAY_STORAGE_DOCUMENT_SHELF_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "gateway/storage/record_store.h"

namespace tracegate {

// Documents and kept replies of a store in memory.
//
// Thread safety: none.
class DocumentShelf {
 public:
  // OK where Put will take all of the batch.
  absl::Status Check(const WriteBatch& batch) const;
  void Put(const WriteBatch& batch);
  // What is held of that entry.
  void EraseOf(int64_t entry);

  std::optional<DocumentRow> Find(std::string_view document_id) const;
  std::optional<DocumentRow> Find(std::string_view document_id, int revision) const;
  std::vector<DocumentRow> Scan(const DocumentQuery& query) const;
  std::optional<AnsweredRow> FindAnswered(std::string_view agency,
                                          std::string_view request_id) const;

 private:
  std::map<std::string, std::vector<DocumentRow>, std::less<>> revisions_;  // oldest first
  std::map<std::pair<std::string, std::string>, AnsweredRow> answered_;
};

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_STORAGE_DOCUMENT_SHELF_H_
