// A signed note and the checkpoint in it, as another gateway or a court's file brings it.

#include "gateway/evidence/signed_note.h"

#include "gateway/evidence/checkpoint.h"
#include "gateway/evidence/note_verifier.h"
#include "protos/tracegate/utf8.h"
#include "tests/fuzz/property.h"

namespace tracegate {
namespace {

// FormatNote writes one signature; more follow as lines of the same form.
std::string Rewritten(const SignedNote& parsed) {
  std::string note = parsed.text + "\n";
  for (const SignedNote::Signature& signature : parsed.signatures) {
    note += FormatNote("", signature).substr(1);
  }
  return note;
}

void CheckNote(std::string_view note) {
  const auto parsed = ParseNote(note);
  if (!parsed.ok()) return RequireRefusal(parsed.status(), v1::REASON_FIELD_INVALID);
  Require(!parsed->signatures.empty(), "a note is signed");
  Require(parsed->signatures.size() <= kNoteSignaturesMax, "signatures are bounded");
  Require(ValidUtf8Prefix(note) == note.size(), "a note is UTF-8");
  Require(Rewritten(*parsed) == note, "a note has one spelling");
}

void CheckCheckpoint(std::string_view text) {
  const auto checkpoint = ParseCheckpoint(text);
  if (!checkpoint.ok()) return RequireRefusal(checkpoint.status(), v1::REASON_FIELD_INVALID);
  Require(checkpoint->tree_size >= 0, "a log has no negative size");
  const std::string first_lines = FormatCheckpoint(*checkpoint);
  Require(text.substr(0, first_lines.size()) == first_lines, "a checkpoint has one spelling");
}

void CheckVerifierKey(std::string_view key) {
  const auto verifier = NoteVerifier::Parse(key);
  if (!verifier.ok()) return RequireRefusal(verifier.status(), v1::REASON_FIELD_INVALID);
  Require(key.substr(0, verifier->name().size()) == verifier->name(), "a key begins with its name");
}

}  // namespace
}  // namespace tracegate

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  using namespace tracegate;
  const std::string_view input = TextOf(bytes, size);
  CheckNote(input);
  CheckCheckpoint(input);
  CheckVerifierKey(input);
  const auto note = ParseNote(input);
  if (note.ok()) CheckCheckpoint(note->text);
  return 0;
}
