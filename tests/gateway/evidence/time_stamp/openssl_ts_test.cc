// Against `openssl ts`, which shares OpenSSL's reader with this room but none of its rules: what is kept here
// verifies there, and what is asked here is answered there.

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "gateway/evidence/time_stamp/time_stamp_verifier.h"
#include "tests/gateway/evidence/time_stamp/minted_token.h"
#include "tests/gateway/evidence/time_stamp/stamped_note.h"

namespace tracegate {
namespace {

class OpensslTs : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "tracegate-ts.XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    Write("note", note_);
    Write("ca.crt", root_.pem());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& name, const std::string& bytes) {
    std::ofstream(folder_ + "/" + name, std::ios::binary) << bytes;
  }
  std::string Read(const std::string& name) {
    std::ifstream file(folder_ + "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  // Whether the command, run in the folder, succeeds; what it says stands in `said`.
  bool Succeeds(const std::string& command) {
    const int status = system(("cd " + folder_ + " && " + command + " >said 2>&1").c_str());
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

  // As docs/formats/time_stamp.md has it.
  bool OpensslVerifies() {
    return Succeeds("openssl ts -verify -data note -in token -token_in -CAfile ca.crt");
  }

  const Minted root_ = Minted::Root("BR");
  const Minted issuing_ = root_.Intermediate("Stamping CA");
  const Minted signer_ = issuing_.Issue(StamperMint());
  const std::string note_ = ExampleNoteOf(7);
  std::string folder_;
};

TEST_F(OpensslTs, VerifiesTheTokenThatIsKept) {
  const auto request = BuildTimeStampRequest(note_, "", [] { return 42; });
  const auto verifier = TimeStampVerifier::Create({.ca_pem = root_.pem()});
  const auto stamped = (*verifier)->VerifyResponse(
      note_, *request, MintedAuthority(signer_, {issuing_}).Answer(request->der));
  ASSERT_TRUE(stamped.ok()) << stamped.status();
  Write("token", stamped->token);
  EXPECT_TRUE(OpensslVerifies()) << Read("said");
  Write("note", ExampleNoteOf(8));
  EXPECT_FALSE(OpensslVerifies()) << Read("said");
}

TEST_F(OpensslTs, AnswersOurRequestAndItsAnswerVerifies) {
  Write("signer.crt", signer_.pem());
  Write("signer.key", signer_.key_pem());
  Write("chain.crt", issuing_.pem());
  Write("ts.cnf",
        "[tsa]\n"
        "serial = serial\n"
        "crypto_device = builtin\n"
        "signer_digest = sha256\n"
        "default_policy = 2.999.1\n"
        "other_policies = 2.999.7\n"
        "digests = sha256\n"
        "accuracy = secs:1, millisecs:500\n"
        "clock_precision_digits = 3\n"
        "ordering = yes\n"
        "tsa_name = yes\n"
        "ess_cert_id_alg = sha256\n");
  const auto request = BuildTimeStampRequest(note_, "2.999.7", [] { return uint64_t{1} << 63; });
  ASSERT_TRUE(request.ok()) << request.status();
  Write("request", request->der);
  ASSERT_TRUE(
      Succeeds("openssl ts -reply -queryfile request -signer signer.crt -inkey signer.key"
               " -chain chain.crt -config ts.cnf -section tsa -out response"))
      << Read("said");
  const auto verifier = TimeStampVerifier::Create({.ca_pem = root_.pem(), .policy = "2.999.7"});
  const auto stamped = (*verifier)->VerifyResponse(note_, *request, Read("response"));
  ASSERT_TRUE(stamped.ok()) << stamped.status();
  EXPECT_LT(absl::AbsDuration(absl::Now() - stamped->stamp.gen_time), absl::Minutes(10));
  EXPECT_EQ(stamped->stamp.accuracy, absl::Milliseconds(1500));
  EXPECT_EQ(stamped->stamp.policy, "2.999.7");
  Write("token", stamped->token);
  EXPECT_TRUE(OpensslVerifies()) << Read("said");
}

TEST_F(OpensslTs, ReadsOurRequest) {
  Write("request", BuildTimeStampRequest(note_, "2.999.7", [] { return 42; })->der);
  ASSERT_TRUE(Succeeds("openssl ts -query -in request -text")) << Read("said");
  const std::string said = Read("said");
  for (const char* line : {"Version: 1", "Hash Algorithm: sha256", "2.999.7", "Nonce: 0x15",
                           "Certificate required: yes"}) {
    EXPECT_NE(said.find(line), std::string::npos) << line << " in " << said;
  }
}

}  // namespace
}  // namespace tracegate
