// A cosigned checkpoint, as a witness or a court's file brings it. The input is tried as a note, as the bytes of a
// cosignature, as a verifier key, and as a forger's edits of a genuine note: a place (two bytes), how many bytes to
// leave out (one), and what to put there.

#include "gateway/evidence/audit/cosignature.h"

#include <algorithm>
#include <vector>

#include "gateway/evidence/audit/signed_checkpoint.h"
#include "gateway/evidence/note_signer.h"
#include "gateway/evidence/signed_note.h"
#include "tests/fuzz/property.h"
#include "tests/gateway/evidence/audit/cosigner.h"
#include "tests/gateway/evidence/minted_key.h"

namespace tracegate::audit {
namespace {

constexpr char kText[] = "br.example/log\n2\n+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=\n";

struct Genuine {
  std::string note;
  std::vector<VerifierKey> keys;
};

Genuine MakeGenuine() {
  const auto signer = NoteSigner::FromPem("br.example/log", Ed25519Pem(std::string(32, 's')));
  Require(signer.ok(), "a key can be made");
  const ExampleCosigner witness("pt.example/witness", std::string(32, 'w'));
  Genuine genuine{witness.Cosigned((*signer)->Sign(kText), 1'700'000'000),
                  *ParseVerifierKeys({(*signer)->verifier_key(), witness.verifier_key()})};
  Require(OpenCheckpoint(genuine.note, genuine.keys).ok(), "the genuine note verifies");
  return genuine;
}

void CheckNote(std::string_view note, const Genuine& genuine) {
  const auto opened = OpenCheckpoint(note, genuine.keys);
  if (!opened.ok()) return RequireRefusal(opened.status(), v1::REASON_FIELD_INVALID);
  Require(ParseNote(note)->text == kText, "only the text that was signed verifies");
  for (const auto& signer : opened->signers) {
    Require(!signer.time_s || *signer.time_s == 1'700'000'000, "only the time that was signed");
  }
}

void CheckBytes(std::string_view bytes) {
  const auto parsed = ParseCosignature(bytes);
  if (!parsed) return;
  Require(parsed->time_s >= 0, "a time is not negative");
  Require(CosignatureBytes(*parsed) == bytes, "a cosignature has one spelling");
}

void CheckKey(std::string_view text) {
  const auto key = VerifierKey::Parse(text);
  if (!key.ok()) return;
  Require(text.starts_with(key->name + "+"), "a key begins with its name");
}

std::string Edited(std::string note, std::string_view edit) {
  if (edit.size() < 3) return note;
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(edit[i]); };
  const size_t at = (byte(0) | byte(1) << 8) % (note.size() + 1);
  note.replace(at, std::min<size_t>(byte(2), note.size() - at), edit.substr(3));
  return note;
}

}  // namespace
}  // namespace tracegate::audit

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate::audit;
  static const Genuine* const kGenuine = new Genuine(MakeGenuine());
  const std::string_view input = tracegate::TextOf(bytes, size);
  CheckNote(input, *kGenuine);
  CheckNote(Edited(kGenuine->note, input), *kGenuine);
  CheckBytes(input);
  CheckKey(input);
  return 0;
}
