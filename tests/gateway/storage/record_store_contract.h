#ifndef TRACEGATE_TESTS_GATEWAY_STORAGE_RECORD_STORE_CONTRACT_H_
#define TRACEGATE_TESTS_GATEWAY_STORAGE_RECORD_STORE_CONTRACT_H_

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "gateway/storage/record_store.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "protos/tracegate/failure.h"
#include "tests/gateway/storage/example_rows.h"

namespace tracegate {

// An empty store of the kind under test, and its place.
class StorePlace {
 public:
  virtual ~StorePlace() = default;
  virtual RecordStore& store() = 0;
  // Closes the store and opens it again where it was.
  virtual void Reopen() = 0;
};

// One kind of store.
struct StoreKind {
  std::string name;
  std::function<std::unique_ptr<StorePlace>()> make;
};

// What every RecordStore does. A kind runs it with
//   INSTANTIATE_TEST_SUITE_P(Sqlite, RecordStoreContract, testing::Values(StoreKind{...}));
class RecordStoreContract : public testing::TestWithParam<StoreKind> {
 protected:
  RecordStore& store() { return place_->store(); }
  void Reopen() { place_->Reopen(); }

  absl::Status Commit(const WriteBatch& batch) { return store().Commit(batch); }
  absl::Status CommitTrace(const TraceRow& row) {
    WriteBatch batch;
    batch.traces.push_back(row);
    return Commit(batch);
  }
  void CommitExamples(int count) {
    for (int i = 0; i < count; ++i) ASSERT_TRUE(Commit(ExampleBatch(i)).ok());
  }
  std::vector<std::string> Listed(const TraceQuery& query) {
    std::vector<std::string> ids;
    const auto rows = store().ListTraces(query);
    EXPECT_TRUE(rows.ok()) << rows.status();
    if (rows.ok()) {
      for (const TraceRow& row : *rows) ids.push_back(row.trace_id);
    }
    return ids;
  }
  template <typename Field>
  std::vector<std::string> ListedWhere(Field TraceQuery::*field, Field value) {
    TraceQuery query;
    query.*field = std::move(value);
    return Listed(query);
  }
  std::vector<int64_t> Scanned(int64_t from, bool descending, size_t stop_after = 1000) {
    std::vector<int64_t> indexes;
    EXPECT_TRUE(store()
                    .ScanEntries(from, descending,
                                 [&](const EntryRow& row) {
                                   indexes.push_back(row.index);
                                   return indexes.size() < stop_after;
                                 })
                    .ok());
    return indexes;
  }

  std::unique_ptr<StorePlace> place_ = GetParam().make();
};

inline v1::Reason ReasonOf(const absl::Status& status) { return DetailOf(status).reason(); }

MATCHER_P(SameEntry, row, "") {
  return arg.index == row.index && arg.header == row.header && arg.salt == row.salt &&
         arg.content == row.content;
}

MATCHER_P(SameTrace, row, "") {
  return arg.trace_id == row.trace_id && arg.agency == row.agency &&
         arg.request_id == row.request_id && arg.asking_state == row.asking_state &&
         arg.asked_state == row.asked_state && arg.serial_number == row.serial_number &&
         arg.state == row.state && arg.open == row.open && arg.body == row.body &&
         arg.reply_entry == row.reply_entry && arg.reply_receipt == row.reply_receipt;
}

TEST_P(RecordStoreContract, StartsEmpty) {
  EXPECT_EQ(*store().EntryCount(), 0);
  EXPECT_FALSE(store().LatestCheckpoint()->has_value());
  EXPECT_TRUE(store().OpenTraces()->empty());
  EXPECT_TRUE(Scanned(0, false).empty());
}

TEST_P(RecordStoreContract, ReadsBackWhatWasCommittedAlsoAfterReopening) {
  TraceRow trace = ExampleTrace(7);
  trace.asked_state = "DE";
  trace.reply_entry = 0;
  trace.reply_receipt = std::string("\x00\xFF receipt", 10);
  WriteBatch batch;
  batch.entries = {ExampleEntry(0), ExampleEntry(1)};
  batch.traces = {trace};
  batch.checkpoint = CheckpointRow{2, "note"};
  ASSERT_TRUE(Commit(batch).ok());
  for (int pass = 0; pass < 2; ++pass) {
    EXPECT_EQ(*store().EntryCount(), 2);
    EXPECT_THAT(*store().ReadEntry(1), SameEntry(batch.entries[1]));
    EXPECT_THAT(**store().FindTrace("07"), SameTrace(trace));
    EXPECT_THAT(**store().FindTraceByRequest(trace.agency, trace.request_id), SameTrace(trace));
    EXPECT_EQ((*store().LatestCheckpoint())->tree_size, 2);
    EXPECT_EQ((*store().LatestCheckpoint())->note, "note");
    Reopen();
  }
}

MATCHER_P(SameDocument, row, "") {
  return arg.document_id == row.document_id && arg.kind == row.kind && arg.state == row.state &&
         arg.about == row.about && arg.date == row.date && arg.due == row.due &&
         arg.revision == row.revision && arg.body == row.body && arg.entry == row.entry;
}

TEST_P(RecordStoreContract, KeepsEachRevisionOfADocumentAlsoAfterReopening) {
  for (int revision = 1; revision <= 3; ++revision) {
    WriteBatch batch;
    batch.documents.push_back(ExampleDocument("D1", revision));
    ASSERT_TRUE(Commit(batch).ok());
  }
  for (int pass = 0; pass < 2; ++pass) {
    EXPECT_THAT(**store().FindDocument("D1"), SameDocument(ExampleDocument("D1", 3)));
    for (int revision = 1; revision <= 3; ++revision) {
      EXPECT_THAT(**store().FindRevision("D1", revision),
                  SameDocument(ExampleDocument("D1", revision)));
    }
    EXPECT_FALSE(store().FindRevision("D1", 4)->has_value());
    EXPECT_FALSE(store().FindRevision("D1", 0)->has_value());
    EXPECT_FALSE(store().FindDocument("D2")->has_value());
    Reopen();
  }
}

TEST_P(RecordStoreContract, RefusesARevisionThatDoesNotFollow) {
  WriteBatch first;
  first.documents.push_back(ExampleDocument("D1"));
  ASSERT_TRUE(Commit(first).ok());
  for (const int revision : {0, 1, 3}) {
    WriteBatch batch;
    batch.entries.push_back(ExampleEntry(0));
    batch.documents.push_back(ExampleDocument("D1", revision));
    EXPECT_EQ(ReasonOf(Commit(batch)), v1::REASON_REVISION_STALE) << revision;
  }
  WriteBatch twice;
  twice.documents = {ExampleDocument("D1", 2), ExampleDocument("D1", 2)};
  EXPECT_EQ(ReasonOf(Commit(twice)), v1::REASON_REVISION_STALE);
  EXPECT_EQ(*store().EntryCount(), 0);
  EXPECT_EQ((*store().FindDocument("D1"))->revision, 1);
}

TEST_P(RecordStoreContract, FindsDocumentsByEachFilterInOrder) {
  WriteBatch batch;
  for (const char* id : {"D3", "D1", "D2"}) batch.documents.push_back(ExampleDocument(id));
  batch.documents[0].date = "2023";
  batch.documents[1].state = "PT";
  batch.documents[2].due = "";
  batch.documents.push_back(ExampleDocument("D4"));
  batch.documents[3].kind = 2;
  ASSERT_TRUE(Commit(batch).ok());
  const auto found = [&](const std::function<void(DocumentQuery&)>& set) {
    DocumentQuery query;
    query.kind = 1;
    set(query);
    std::string ids;
    EXPECT_TRUE(store()
                    .ScanDocuments(query,
                                   [&](const DocumentRow& row) {
                                     ids += row.document_id + " ";
                                     return true;
                                   })
                    .ok());
    return ids;
  };
  EXPECT_EQ(found([](auto&) {}), "D1 D2 D3 ");
  EXPECT_EQ(found([](auto& q) { q.newest_first = true; }), "D3 D2 D1 ");
  EXPECT_EQ(found([](auto& q) { q.state = "BR"; }), "D2 D3 ");
  EXPECT_EQ(found([](auto& q) { q.about = "D0"; }), "D1 D2 D3 ");
  EXPECT_EQ(found([](auto& q) { q.about = "D9"; }), "");
  EXPECT_EQ(found([](auto& q) { q.key = "word D2"; }), "D2 ");
  EXPECT_EQ(found([](auto& q) {
              q.key = "word of all";
              q.newest_first = true;
            }),
            "D3 D2 D1 ");
  EXPECT_EQ(found([](auto& q) { q.from_date = "2024-01-01"; }), "D1 D2 ");
  EXPECT_EQ(found([](auto& q) { q.until_date = "2023-12"; }), "D3 ");
  EXPECT_EQ(found([](auto& q) {
              q.from_date = "2023";
              q.until_date = "2024";
            }),
            "D1 D2 D3 ");
  EXPECT_EQ(found([](auto& q) { q.due_before = "2024-06-21"; }), "D1 D3 ");
  EXPECT_EQ(found([](auto& q) { q.due_before = "2024-06-20"; }), "");
  EXPECT_EQ(found([](auto& q) { q.beyond_id = "D1"; }), "D2 D3 ");
  EXPECT_EQ(found([](auto& q) {
              q.beyond_id = "D3";
              q.newest_first = true;
            }),
            "D2 D1 ");
}

TEST_P(RecordStoreContract, KeepsADocumentsWordsUntilItGetsOthers) {
  WriteBatch first;
  first.documents.push_back(ExampleDocument("D1"));
  ASSERT_TRUE(Commit(first).ok());
  const auto has = [&](const std::string& word) {
    bool found = false;
    DocumentQuery query;
    query.kind = 1;
    query.key = word;
    EXPECT_TRUE(
        store().ScanDocuments(query, [&](const DocumentRow&) { return found = true; }).ok());
    return found;
  };
  WriteBatch second;
  second.documents.push_back(ExampleDocument("D1", 2));
  second.documents[0].keys.reset();
  ASSERT_TRUE(Commit(second).ok());
  EXPECT_TRUE(has("word D1"));
  WriteBatch third;
  third.documents.push_back(ExampleDocument("D1", 3));
  third.documents[0].keys = {{"another"}};
  ASSERT_TRUE(Commit(third).ok());
  EXPECT_FALSE(has("word D1"));
  EXPECT_TRUE(has("another"));
}

TEST_P(RecordStoreContract, KeepsOneReplyForARequest) {
  WriteBatch batch;
  batch.answered.push_back({.agency = "BR/exercito",
                            .request_id = "r1",
                            .method = "/s/M",
                            .request_entry = 3,
                            .reply_entry = 4,
                            .reply_receipt = std::string("\x00\xFF", 2)});
  ASSERT_TRUE(Commit(batch).ok());
  EXPECT_EQ(ReasonOf(Commit(batch)), v1::REASON_REQUEST_ID_REUSED);
  for (int pass = 0; pass < 2; ++pass) {
    const auto row = *store().FindAnswered("BR/exercito", "r1");
    ASSERT_TRUE(row.has_value());
    EXPECT_EQ(row->method, "/s/M");
    EXPECT_EQ(row->request_entry, 3);
    EXPECT_EQ(row->reply_entry, 4);
    EXPECT_EQ(row->reply_receipt, batch.answered[0].reply_receipt);
    EXPECT_FALSE(store().FindAnswered("BR/policia-federal", "r1")->has_value());
    Reopen();
  }
}

TEST_P(RecordStoreContract, ErasesWithAnEntryWhatItHoldsOfIt) {
  CommitExamples(3);
  WriteBatch batch;
  batch.documents = {ExampleDocument("D1", 1, 0), ExampleDocument("D1", 2, 1)};
  batch.answered.push_back({.agency = "BR/exercito",
                            .request_id = "r1",
                            .method = "/s/M",
                            .request_entry = 0,
                            .reply_entry = 1,
                            .reply_receipt = "receipt"});
  ASSERT_TRUE(Commit(batch).ok());
  WriteBatch first = ExampleBatch(3);
  first.erasure.entries = {0};
  ASSERT_TRUE(Commit(first).ok());
  EXPECT_EQ((*store().FindRevision("D1", 1))->body, "");
  EXPECT_EQ((*store().FindDocument("D1"))->body, ExampleDocument("D1", 2).body);
  EXPECT_EQ((*store().FindAnswered("BR/exercito", "r1"))->reply_receipt, "receipt");
  WriteBatch second = ExampleBatch(4);
  second.erasure.entries = {1};
  second.erasure.sweep = true;
  ASSERT_TRUE(Commit(second).ok());
  for (int pass = 0; pass < 2; ++pass) {
    EXPECT_EQ((*store().FindDocument("D1"))->body, "");
    EXPECT_EQ((*store().FindDocument("D1"))->due, "");
    EXPECT_EQ((*store().FindAnswered("BR/exercito", "r1"))->reply_receipt, "");
    DocumentQuery query;
    query.kind = 1;
    query.key = "word D1";
    EXPECT_TRUE(store()
                    .ScanDocuments(query,
                                   [](const DocumentRow& row) {
                                     ADD_FAILURE() << row.document_id;
                                     return true;
                                   })
                    .ok());
    Reopen();
  }
}

TEST_P(RecordStoreContract, KeepsErasedEntries) {
  WriteBatch batch;
  batch.entries.push_back({0, "header", "", ""});
  ASSERT_TRUE(Commit(batch).ok());
  EXPECT_THAT(*store().ReadEntry(0), SameEntry(batch.entries[0]));
}

TEST_P(RecordStoreContract, ErasesContentsWithTheBatchThatSaysSo) {
  CommitExamples(4);
  WriteBatch batch = ExampleBatch(4);
  batch.erasure.entries = {3, 1};
  ASSERT_TRUE(Commit(batch).ok());
  for (int pass = 0; pass < 2; ++pass) {
    for (int64_t index = 0; index < 5; ++index) {
      EntryRow expected = ExampleEntry(index);
      if (index == 1 || index == 3) expected.salt = expected.content = "";
      EXPECT_THAT(*store().ReadEntry(index), SameEntry(expected)) << index;
    }
    Reopen();
  }
}

TEST_P(RecordStoreContract, ErasesWhatIsErasedAlready) {
  CommitExamples(2);
  for (int64_t index = 2; index < 4; ++index) {
    WriteBatch batch = ExampleBatch(index);
    batch.erasure.entries = {0, 0};
    batch.erasure.traces = {"00", "00"};
    EXPECT_TRUE(Commit(batch).ok());
    EXPECT_TRUE(IsErased(*store().ReadEntry(0)));
  }
}

TEST_P(RecordStoreContract, ErasesNothingOfABatchThatItRefuses) {
  CommitExamples(2);
  for (const int64_t index : {int64_t{2}, int64_t{9}, int64_t{-1}}) {
    WriteBatch batch = ExampleBatch(2);
    batch.erasure.entries = {0, index};
    const absl::Status status = Commit(batch);
    EXPECT_EQ(ReasonOf(status), v1::REASON_ENTRY_NOT_FOUND) << status;
    EXPECT_EQ(*store().EntryCount(), 2);
    EXPECT_THAT(*store().ReadEntry(0), SameEntry(ExampleEntry(0)));
  }
  WriteBatch batch = ExampleBatch(7);
  batch.erasure.entries = {0};
  EXPECT_EQ(ReasonOf(Commit(batch)), v1::REASON_LOG_DAMAGED);
  EXPECT_THAT(*store().ReadEntry(0), SameEntry(ExampleEntry(0)));
}

TEST_P(RecordStoreContract, ErasesOfAnEndedTraceWhatIsNotItsIdentity) {
  CommitExamples(1);
  TraceRow ended = ExampleTrace(1);
  ended.open = false;
  ended.reply_entry = 0;
  ended.reply_receipt = "receipt with the salt";
  const TraceRow open = ExampleTrace(2);
  ASSERT_TRUE(CommitTrace(ended).ok());
  ASSERT_TRUE(CommitTrace(open).ok());
  for (const bool sweep : {false, true}) {
    WriteBatch batch;
    batch.erasure.traces = {"01", "02", "unknown"};
    batch.erasure.sweep = sweep;
    ASSERT_TRUE(Commit(batch).ok());
    for (int pass = 0; pass < 2; ++pass) {
      TraceRow rest = ended;
      rest.serial_number = rest.body = rest.reply_receipt = "";
      EXPECT_THAT(**store().FindTrace("01"), SameTrace(rest));
      EXPECT_THAT(**store().FindTraceByRequest(ended.agency, ended.request_id), SameTrace(rest));
      EXPECT_THAT(**store().FindTrace("02"), SameTrace(open));
      EXPECT_EQ(store().OpenTraces()->size(), 2u);
      EXPECT_THAT(ListedWhere(&TraceQuery::serial_number, std::string("SN-01")),
                  testing::IsEmpty());
      Reopen();
    }
  }
  EXPECT_TRUE(Commit(ExampleBatch(1)).ok());
}

TEST_P(RecordStoreContract, NotFindingATraceIsNoError) {
  ASSERT_TRUE(CommitTrace(ExampleTrace(1)).ok());
  EXPECT_FALSE(store().FindTrace("1")->has_value());
  EXPECT_FALSE(store().FindTrace("")->has_value());
  EXPECT_FALSE(store().FindTraceByRequest("BR/policia-federal", "request 02")->has_value());
  EXPECT_FALSE(store().FindTraceByRequest("BR/policia", "request 01")->has_value());
}

TEST_P(RecordStoreContract, SaysWhereTheEntriesEnd) {
  ASSERT_TRUE(Commit(ExampleBatch(0)).ok());
  EXPECT_TRUE(store().ReadEntry(0).ok());
  for (const int64_t index : {int64_t{1}, int64_t{-1}}) {
    const absl::Status status = store().ReadEntry(index).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
    EXPECT_EQ(ReasonOf(status), v1::REASON_ENTRY_NOT_FOUND);
  }
}

TEST_P(RecordStoreContract, RefusesAnEntryThatDoesNotFollow) {
  ASSERT_TRUE(Commit(ExampleBatch(0)).ok());
  for (const int64_t index : {int64_t{0}, int64_t{2}, int64_t{-1}}) {
    WriteBatch batch = ExampleBatch(index);
    batch.traces = {ExampleTrace(9)};
    EXPECT_EQ(ReasonOf(Commit(batch)), v1::REASON_LOG_DAMAGED) << index;
    EXPECT_FALSE(store().FindTrace("09")->has_value());
  }
  WriteBatch gap;
  gap.entries = {ExampleEntry(1), ExampleEntry(3)};
  EXPECT_EQ(Commit(gap).code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(*store().EntryCount(), 1);
  EXPECT_TRUE(Commit(ExampleBatch(1)).ok());
}

TEST_P(RecordStoreContract, KeepsTilesAndNeverReplacesOne) {
  WriteBatch batch;
  batch.tiles = {{0, 3, std::string("\x00\xFF", 2)}, {1, 3, "above"}};
  ASSERT_TRUE(Commit(batch).ok());
  Reopen();
  EXPECT_EQ((*store().ReadTile(0, 3))->hashes, std::string("\x00\xFF", 2));
  EXPECT_EQ((*store().ReadTile(1, 3))->hashes, "above");
  EXPECT_FALSE(store().ReadTile(0, 2)->has_value());
  EXPECT_FALSE(store().ReadTile(2, 3)->has_value());
  batch = ExampleBatch(0);
  batch.tiles = {{0, 3, "another"}};
  EXPECT_EQ(ReasonOf(Commit(batch)), v1::REASON_LOG_DAMAGED);
  EXPECT_EQ((*store().ReadTile(0, 3))->hashes, std::string("\x00\xFF", 2));
  EXPECT_EQ(*store().EntryCount(), 0);
  WriteBatch repair;
  repair.tiles_repaired = {{0, 3, "repaired"}, {0, 4, "new"}};
  ASSERT_TRUE(Commit(repair).ok());
  EXPECT_EQ((*store().ReadTile(0, 3))->hashes, "repaired");
  EXPECT_EQ((*store().ReadTile(0, 4))->hashes, "new");
}

TEST_P(RecordStoreContract, FindsTheFirstCheckpointOfSoManyEntries) {
  EXPECT_FALSE(store().CheckpointFrom(0)->has_value());
  WriteBatch batch;
  batch.entries = {ExampleEntry(0), ExampleEntry(1)};
  batch.checkpoint = CheckpointRow{2, "note of 2"};
  ASSERT_TRUE(Commit(batch).ok());
  ASSERT_TRUE(Commit(ExampleBatch(2)).ok());
  EXPECT_EQ((*store().CheckpointFrom(0))->tree_size, 2);
  EXPECT_EQ((*store().CheckpointFrom(2))->note, "note of 2");
  EXPECT_EQ((*store().CheckpointFrom(3))->tree_size, 3);
  EXPECT_FALSE(store().CheckpointFrom(4)->has_value());
}

TEST_P(RecordStoreContract, NeverReplacesACheckpoint) {
  ASSERT_TRUE(Commit(ExampleBatch(0)).ok());
  WriteBatch batch;
  batch.checkpoint = CheckpointRow{1, "another"};
  EXPECT_EQ(ReasonOf(Commit(batch)), v1::REASON_LOG_DAMAGED);
  EXPECT_EQ((*store().LatestCheckpoint())->note, "note of 1");
}

TEST_P(RecordStoreContract, ReplacesATraceByItsId) {
  ASSERT_TRUE(CommitTrace(ExampleTrace(1)).ok());
  TraceRow changed = ExampleTrace(1);
  changed.state = v1::TRACE_STATE_ANSWERED;
  changed.open = false;
  changed.body = "";
  changed.reply_entry = 12;
  changed.reply_receipt = "receipt";
  ASSERT_TRUE(CommitTrace(changed).ok());
  EXPECT_THAT(**store().FindTrace("01"), SameTrace(changed));
  EXPECT_TRUE(store().OpenTraces()->empty());
}

TEST_P(RecordStoreContract, RefusesASecondTraceWithTheSameRequestAndKeepsNothingOfTheBatch) {
  ASSERT_TRUE(CommitTrace(ExampleTrace(1)).ok());
  TraceRow second = ExampleTrace(2);
  second.request_id = ExampleTrace(1).request_id;
  WriteBatch batch = ExampleBatch(0);
  batch.traces = {ExampleTrace(3), second};
  const absl::Status status = Commit(batch);
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(ReasonOf(status), v1::REASON_REQUEST_ID_REUSED);
  EXPECT_EQ(*store().EntryCount(), 0);
  EXPECT_FALSE(store().FindTrace("03")->has_value());
  EXPECT_FALSE(store().LatestCheckpoint()->has_value());
  // Another agency may use the same.
  second.agency = "BR/exercito";
  EXPECT_TRUE(CommitTrace(second).ok());
}

TEST_P(RecordStoreContract, ListsNewestFirstPageByPage) {
  for (int i = 1; i <= 5; ++i) ASSERT_TRUE(CommitTrace(ExampleTrace(i)).ok());
  TraceQuery query;
  query.limit = 2;
  EXPECT_THAT(Listed(query), testing::ElementsAre("05", "04"));
  query.before_trace_id = "04";
  EXPECT_THAT(Listed(query), testing::ElementsAre("03", "02"));
  query.before_trace_id = "02";
  EXPECT_THAT(Listed(query), testing::ElementsAre("01"));
  query.before_trace_id = "01";
  EXPECT_THAT(Listed(query), testing::IsEmpty());
}

TEST_P(RecordStoreContract, ListsOnlyWhatTheQueryAsksFor) {
  TraceRow ours = ExampleTrace(1);
  TraceRow answered = ExampleTrace(2);
  answered.state = v1::TRACE_STATE_ANSWERED;
  answered.agency = "BR/exercito";
  TraceRow theirs = ExampleTrace(3);
  theirs.asking_state = "DE";
  theirs.asked_state = "BR";
  TraceRow others = ExampleTrace(4);
  others.asking_state = "DE";
  others.asked_state = "FR";
  for (const TraceRow& row : {ours, answered, theirs, others}) ASSERT_TRUE(CommitTrace(row).ok());

  using Query = TraceQuery;
  using States = std::vector<v1::TraceState>;
  using testing::ElementsAre;
  const auto where = [this](std::string Query::*field, std::string value) {
    return ListedWhere(field, std::move(value));
  };
  EXPECT_THAT(where(&Query::visible_to_state, "BR"), ElementsAre("03", "02", "01"));
  EXPECT_THAT(where(&Query::visible_to_state, "FR"), ElementsAre("04"));
  EXPECT_THAT(where(&Query::agency, "BR/exercito"), ElementsAre("02"));
  EXPECT_THAT(where(&Query::serial_number, "SN-03"), ElementsAre("03"));
  EXPECT_THAT(where(&Query::serial_number, "sn-03"), ElementsAre());
  EXPECT_THAT(where(&Query::serial_number, "' OR 1=1 --"), ElementsAre());
  EXPECT_THAT(ListedWhere(&Query::states, States{v1::TRACE_STATE_ANSWERED}), ElementsAre("02"));
  EXPECT_THAT(
      ListedWhere(&Query::states, States{v1::TRACE_STATE_ANSWERED, v1::TRACE_STATE_IN_PROGRESS}),
      testing::SizeIs(4));
  EXPECT_THAT(ListedWhere(&Query::direction, v1::TRACE_DIRECTION_ASKED_BY_US),
              ElementsAre("02", "01"));
  EXPECT_THAT(ListedWhere(&Query::direction, v1::TRACE_DIRECTION_ASKED_OF_US),
              ElementsAre("04", "03"));
  TraceQuery both;
  both.visible_to_state = "BR";
  both.direction = v1::TRACE_DIRECTION_ASKED_OF_US;
  EXPECT_THAT(Listed(both), ElementsAre("03"));
}

TEST_P(RecordStoreContract, GivesOpenTracesOldestFirst) {
  for (int i = 3; i >= 1; --i) {
    TraceRow row = ExampleTrace(i);
    row.open = i != 2;
    ASSERT_TRUE(CommitTrace(row).ok());
  }
  const auto open = store().OpenTraces();
  ASSERT_EQ(open->size(), 2u);
  EXPECT_EQ((*open)[0].trace_id, "01");
  EXPECT_EQ((*open)[1].trace_id, "03");
}

TEST_P(RecordStoreContract, ScansBothWaysUntilToldToStop) {
  CommitExamples(5);
  EXPECT_THAT(Scanned(0, false), testing::ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(Scanned(3, false), testing::ElementsAre(3, 4));
  EXPECT_THAT(Scanned(5, false), testing::IsEmpty());
  EXPECT_THAT(Scanned(2, true), testing::ElementsAre(2, 1, 0));
  EXPECT_THAT(Scanned(99, true, 2), testing::ElementsAre(4, 3));
  EXPECT_THAT(Scanned(0, false, 1), testing::ElementsAre(0));
}

TEST_P(RecordStoreContract, ScansMoreThanItHoldsInMemoryAtOnce) {
  WriteBatch batch;
  for (int i = 0; i < 700; ++i)
    batch.entries.push_back(ExampleEntry(i, i % 100 == 0 ? 900'000 : 100));
  ASSERT_TRUE(Commit(batch).ok());
  EXPECT_EQ(Scanned(0, false).size(), 700u);
  EXPECT_EQ(Scanned(699, true).size(), 700u);
}

TEST_P(RecordStoreContract, LetsAScanReadTheStoreAgain) {
  CommitExamples(3);
  int found = 0;
  ASSERT_TRUE(store()
                  .ScanEntries(0, false,
                               [&](const EntryRow& row) {
                                 if (store().ReadEntry(row.index).ok()) ++found;
                                 return true;
                               })
                  .ok());
  EXPECT_EQ(found, 3);
}

TEST_P(RecordStoreContract, ReadsFromManyThreadsBesideTheWriter) {
  constexpr int kBatches = 60;
  std::atomic<bool> writing = true;
  std::atomic<int> torn = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 6; ++i) {
    readers.emplace_back([&] {
      while (writing) {
        const auto checkpoint = store().LatestCheckpoint();
        if (!checkpoint.ok()) ++torn;
        if (!checkpoint.ok() || !*checkpoint) continue;
        // What one batch wrote is visible together.
        const int64_t last = (*checkpoint)->tree_size - 1;
        if (!store().ReadEntry(last).ok() || *store().EntryCount() <= last) ++torn;
        if (!store().FindTrace(ExampleTrace(static_cast<int>(last)).trace_id)->has_value()) ++torn;
      }
    });
  }
  CommitExamples(kBatches);
  writing = false;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(torn, 0);
  EXPECT_EQ(*store().EntryCount(), kBatches);
}

}  // namespace tracegate

#endif  // TRACEGATE_TESTS_GATEWAY_STORAGE_RECORD_STORE_CONTRACT_H_
