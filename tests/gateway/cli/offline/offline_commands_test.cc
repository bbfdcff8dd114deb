#include "gateway/cli/offline_commands.h"

#include <google/protobuf/util/json_util.h>

#include <iostream>
#include <memory>
#include <sstream>
#include <string>

#include "SQLiteCpp/Database.h"
#include "gateway/cli/log_commands.h"
#include "gateway/evidence/evidence_log.h"
#include "gateway/evidence/note_signer.h"
#include "gateway/evidence/reply_receipt.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nlohmann/json.hpp"
#include "tests/gateway/evidence/audit/cosigner.h"
#include "tests/gateway/evidence/audit/exporter.h"
#include "tests/gateway/evidence/example_log.h"
#include "tests/gateway/storage/sqlite_place.h"

namespace tracegate {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// Standard input and output that a command sees.
class Redirected {
 public:
  explicit Redirected(const std::string& in)
      : in_(in), cin_(std::cin.rdbuf(in_.rdbuf())), cout_(std::cout.rdbuf(out_.rdbuf())) {}
  ~Redirected() {
    std::cin.rdbuf(cin_);
    std::cin.clear();
    std::cout.rdbuf(cout_);
  }
  std::string said() const { return out_.str(); }

 private:
  std::istringstream in_;
  std::ostringstream out_;
  std::streambuf* cin_;
  std::streambuf* cout_;
};

class OfflineCommands : public testing::Test {
 protected:
  void SetUp() override {
    const auto store = place_.Open();
    const auto log = *EvidenceLog::Open(store.get(), ExampleOptions());
    for (int i = 0; i < 3; ++i) {
      RecordDraft draft = ExampleDraft("T" + std::to_string(i));
      draft.entries[1].header.set_actor("spiffe://br.example/policia-federal/registry");
      draft.entries[1].header.set_method("/tracegate.v1.TraceService/CreateTrace");
      const auto recorded = AppendTo(*log, std::move(draft));
      ASSERT_TRUE(recorded.ok());
      reply_ = recorded->reply;
    }
    key_ = log->verifier_key();
    note_ = log->checkpoint();
    audit::ExportTo(folder_.File("export"), audit::EntriesOf(*store), note_);
  }

  // Runs `tracegate` with those arguments; what it says is in said_.
  int Run(const std::vector<std::string>& arguments, const std::string& in = "") {
    Session session;
    CLI::App app;
    app.add_flag("--json", session.json);
    AddLogCommands(&app, &session);
    AddReceiptCommands(&app, &session);
    AddCheckpointCommands(&app, &session);
    AddProofCommands(&app, &session);
    const Redirected redirected(in);
    int exit = 0;
    try {
      app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
      exit = session.exit;
    } catch (const CLI::ParseError&) {
      exit = kExitUsage;
    }
    said_ = redirected.said();
    return exit;
  }

  std::string File(const std::string& name, const std::string& bytes) {
    audit::WriteBytes(folder_.File(name), bytes);
    return folder_.File(name);
  }

  std::string Turned(std::string bytes, size_t at) {
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    return bytes;
  }

  SqlitePlace place_;
  TempFolder folder_;
  std::string key_;
  std::string note_;
  std::string reply_;
  std::string said_;
};

TEST_F(OfflineCommands, LogVerifySaysWhatIsProven) {
  EXPECT_EQ(Run({"log", "verify", "--database", place_.file(), "--key", key_}), kExitOk);
  EXPECT_THAT(said_, HasSubstr("verified"));
  EXPECT_THAT(said_, HasSubstr("registry.example/log"));
  EXPECT_THAT(said_, HasSubstr("6 entries"));
  EXPECT_EQ(Run({"log", "verify", "--export", folder_.File("export"), "--key", key_, "--json"}),
            kExitOk);
  const json verdict = json::parse(said_);
  EXPECT_EQ(verdict["verdict"], "verified");
  EXPECT_EQ(verdict["size"], 6);
  EXPECT_EQ(verdict["checkpoints_verified"], 1);
  EXPECT_EQ(verdict["tiles_verified"], 1);
  EXPECT_EQ(verdict["first_time"], "1970-01-01T00:00:01.000000Z");
  EXPECT_FALSE(verdict.contains("wrong"));
}

TEST_F(OfflineCommands, LogVerifyNamesTheFirstWrongEntry) {
  const std::string bundle = folder_.File("export") + "/tile/entries/000.p/6";
  const std::string good = audit::ReadBytes(bundle);
  audit::WriteBytes(bundle, Turned(good, good.size() - 1));
  EXPECT_EQ(Run({"log", "verify", "--export", folder_.File("export"), "--key", key_}),
            kExitNoProof);
  EXPECT_THAT(said_, HasSubstr("NOT verified: entry 5 has another header"));
  Run({"log", "verify", "--export", folder_.File("export"), "--key", key_, "--json"});
  const json verdict = json::parse(said_);
  EXPECT_EQ(verdict["verdict"], "refused");
  EXPECT_EQ(verdict["wrong"]["what"], "entry");
  EXPECT_EQ(verdict["wrong"]["first"], 5);
}

TEST_F(OfflineCommands, LogVerifyHoldsTheLogAgainstKeptCheckpoints) {
  std::vector<std::string> arguments = {"log",   "verify", "--database", place_.file(),
                                        "--key", key_,     "--kept",     File("kept", note_)};
  EXPECT_EQ(Run(arguments), kExitOk);
  {
    // The key's holder cut the log back by a batch.
    SQLite::Database database(place_.file(), SQLite::OPEN_READWRITE);
    database.exec("DELETE FROM entry WHERE idx > 3; DELETE FROM checkpoint WHERE tree_size > 4");
  }
  EXPECT_EQ(Run({"log", "verify", "--database", place_.file(), "--key", key_}), kExitOk);
  EXPECT_EQ(Run(arguments), kExitNoProof);
  EXPECT_THAT(said_, HasSubstr("entry 4 is missing: a checkpoint of 6 entries was kept"));
  arguments.back() = File("kept", Turned(note_, 0));
  EXPECT_EQ(Run(arguments), kExitUsage);
}

TEST_F(OfflineCommands, LogVerifyNeedsALogAndAKey) {
  EXPECT_EQ(Run({"log", "verify", "--key", key_}), kExitUsage);
  EXPECT_EQ(Run({"log", "verify", "--database", place_.file()}), kExitUsage);
  EXPECT_EQ(Run({"log", "verify", "--database", place_.file(), "--key", "x"}), kExitUsage);
  EXPECT_EQ(Run({"log", "verify", "--database", folder_.File("no"), "--key", key_}), kExitUsage);
  EXPECT_EQ(Run({"log", "verify", "--database", place_.file(), "--export", folder_.File("export"),
                 "--key", key_}),
            kExitUsage);
}

TEST_F(OfflineCommands, ReceiptVerifySaysWhatIsProven) {
  const std::string file = File("reply", reply_);
  EXPECT_EQ(Run({"receipt", "verify", "--reply", file, "--key", key_}), kExitOk);
  for (const char* words : {"registry.example/log", "CreateTrace", "policia-federal", "T2",
                            "ENTRY_KIND_ANSWER_DISCLOSED"}) {
    EXPECT_THAT(said_, HasSubstr(words));
  }
  Run({"receipt", "verify", "--reply", file, "--key", key_, "--json"});
  const json verdict = json::parse(said_);
  EXPECT_EQ(verdict["verdict"], "verified");
  EXPECT_EQ(verdict["leaf_index"], 5);
  EXPECT_EQ(verdict["tree_size"], 6);
}

TEST_F(OfflineCommands, ReceiptVerifyRefusesATurnedByte) {
  for (size_t at = 0; at < reply_.size(); at += 7) {
    EXPECT_EQ(
        Run({"receipt", "verify", "--reply", File("reply", Turned(reply_, at)), "--key", key_}),
        kExitNoProof)
        << at;
    EXPECT_THAT(said_, HasSubstr("NOT verified"));
  }
}

TEST_F(OfflineCommands, ReceiptVerifyTakesContentAndReceiptApart) {
  const auto split = SplitReceipt(reply_);
  ASSERT_TRUE(split.ok());
  const std::string content = File("content", std::string(split->content));
  const std::string bytes = File("receipt", split->receipt.SerializeAsString());
  std::string text;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(split->receipt, &text).ok());
  const std::string as_json = File("receipt.json", text);
  for (const std::string& receipt : {bytes, as_json}) {
    EXPECT_EQ(Run({"receipt", "verify", "--content", content, "--receipt", receipt, "--key", key_}),
              kExitOk);
  }
  EXPECT_EQ(Run({"receipt", "verify", "--content", File("other", "other"), "--receipt", bytes,
                 "--key", key_}),
            kExitNoProof);
  EXPECT_EQ(Run({"receipt", "verify", "--content", content, "--key", key_}), kExitUsage);
  EXPECT_EQ(Run({"receipt", "verify", "--key", key_}), kExitUsage);
  EXPECT_EQ(Run({"receipt", "verify", "--content", content, "--receipt", File("bad", "{]"), "--key",
                 key_}),
            kExitUsage);
}

TEST_F(OfflineCommands, CheckpointVerifySaysWhoSigned) {
  const audit::ExampleCosigner witness("pt.example/witness", std::string(32, 'w'));
  const std::string cosigned = witness.Cosigned(note_, 1'700'000'000);
  EXPECT_EQ(Run({"checkpoint", "verify", "--key", key_, "--key", witness.verifier_key(),
                 File("note", cosigned)}),
            kExitOk);
  EXPECT_THAT(said_, HasSubstr("signed by        registry.example/log"));
  EXPECT_THAT(said_, HasSubstr("cosigned by      pt.example/witness at 2023-11-14T22:13:20Z"));
  EXPECT_EQ(Run({"checkpoint", "verify", "--key", key_, "--json"}, cosigned), kExitOk);
  const json verdict = json::parse(said_);
  EXPECT_EQ(verdict["size"], 6);
  EXPECT_EQ(verdict["signed_by"].size(), 1u);
  EXPECT_THAT(verdict["unknown_signatures"][0].get<std::string>(), HasSubstr("pt.example/witness"));
}

TEST_F(OfflineCommands, CheckpointVerifyCanAskForEverySignature) {
  const audit::ExampleCosigner witness("pt.example/witness", std::string(32, 'w'));
  const std::vector<std::string> some = {"checkpoint", "verify", "--key",
                                         key_,         "--key",  witness.verifier_key()};
  EXPECT_EQ(Run(some, note_), kExitOk);
  EXPECT_THAT(said_, HasSubstr("NOT signed by    pt.example/witness"));
  std::vector<std::string> all = some;
  all.push_back("--all");
  EXPECT_EQ(Run(all, note_), kExitNoProof);
  EXPECT_EQ(Run(all, witness.Cosigned(note_, 1)), kExitOk);
}

TEST_F(OfflineCommands, CheckpointVerifyRefusesATurnedByte) {
  for (size_t at = 0; at < note_.size(); ++at) {
    EXPECT_EQ(Run({"checkpoint", "verify", "--key", key_, "-"}, Turned(note_, at)), kExitNoProof)
        << at;
  }
}

TEST_F(OfflineCommands, ProofCheckReadsStandardInput) {
  const std::string root = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
  const std::string line =
      R"({"type":"inclusion","leaf_index":0,"tree_size":1,"path":[],"root":")" + root +
      R"(","leaf_hash":")" + root + "\"}\n";
  EXPECT_EQ(Run({"proof", "check", "--jsonl"}, line), kExitOk);
  EXPECT_EQ(said_, "{\"line\":1,\"valid\":true}\n");
  EXPECT_EQ(Run({"proof", "check", "--jsonl"}, line + "x\n"), kExitNoProof);
  EXPECT_EQ(Run({"proof", "check"}, line), kExitUsage);
}

// What the pages under docs/formats show was made with OpenSSL's command line, not with this code.
TEST_F(OfflineCommands, VerifyTheExampleOfTheFormatPages) {
  const std::string example = TRACEGATE_SOURCE_DIR "/tests/vectors/evidence/";
  const std::string log_key =
      "br.example/tracegate+b1a5d5c5+AYMgpRl32MOMqKSSfGcN9YIeRJdhlF4V6e+yahUJ0jDq";
  const std::string witness_key =
      "pt.example/witness+80787a21+BMhTrQ8M0rYZrqks7sT9VqJNZJnVhM55JX5Fz9gTm2Cn";
  EXPECT_EQ(Run({"log", "verify", "--export", example + "export", "--key", log_key}), kExitOk)
      << said_;
  EXPECT_EQ(Run({"receipt", "verify", "--reply", example + "reply", "--key", log_key}), kExitOk)
      << said_;
  EXPECT_EQ(Run({"checkpoint", "verify", "--all", "--key", log_key, "--key", witness_key,
                 example + "cosigned"}),
            kExitOk)
      << said_;
}

}  // namespace
}  // namespace tracegate
