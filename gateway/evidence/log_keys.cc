#include "gateway/evidence/log_keys.h"

#include <algorithm>
#include <utility>

#include "protos/tracegate/failure.h"

namespace tracegate {
namespace {

absl::Status Wrong(std::string_view key, std::string_view what) {
  return FieldFailure(v1::REASON_CONFIG_INVALID, key, what);
}

}  // namespace

absl::StatusOr<std::unique_ptr<LogKeys>> LogKeys::Create(const Options& options) {
  std::unique_ptr<LogKeys> keys(new LogKeys);
  const std::pair<const char*, const std::string*> configured[] = {
      {"evidence.signing_key", &options.signing_key_pem},
      {"evidence.next_signing_key", &options.next_signing_key_pem}};
  for (const auto& [key, pem] : configured) {
    if (pem->empty() && !keys->signers_.empty()) continue;  // none follows
    auto signer = NoteSigner::FromPem(options.origin, *pem, key);
    if (!signer.ok()) return signer.status();
    auto verifier = NoteVerifier::Parse((*signer)->verifier_key());
    if (!verifier.ok()) return verifier.status();
    keys->signers_.push_back(*std::move(signer));
    keys->present_.push_back(*std::move(verifier));
  }
  if (keys->verifier_keys().front() == keys->verifier_keys().back() && keys->signers_.size() > 1) {
    return Wrong("evidence.next_signing_key", "is the same key as evidence.signing_key");
  }
  for (const std::string& former : options.former) {
    auto verifier = NoteVerifier::Parse(former);
    if (!verifier.ok()) {
      return Wrong("evidence.former_keys",
                   "'" + former + "': " + std::string(verifier.status().message()));
    }
    if (verifier->name() != options.origin) {
      return Wrong("evidence.former_keys", "'" + former + "' is a key of another log");
    }
    keys->former_.push_back(*std::move(verifier));
  }
  return keys;
}

std::string LogKeys::Sign(std::string_view text) const {
  std::string note = signers_.front()->Sign(text);
  for (size_t i = 1; i < signers_.size(); ++i) note += signers_[i]->SignatureLine(text);
  return note;
}

std::vector<std::string> LogKeys::verifier_keys() const {
  std::vector<std::string> keys;
  for (const auto& signer : signers_) keys.push_back(signer->verifier_key());
  return keys;
}

absl::StatusOr<std::string> LogKeys::Open(std::string_view note) const {
  auto text = present_.front().Open(note);
  for (const auto* verifiers : {&present_, &former_}) {
    for (const NoteVerifier& verifier : *verifiers) {
      if (text.ok()) return text;
      if (auto other = verifier.Open(note); other.ok()) text = std::move(other);
    }
  }
  return text;
}

bool LogKeys::IsSignedAsNow(std::string_view note) const {
  const auto signed_it = [&](const NoteVerifier& verifier) { return verifier.Open(note).ok(); };
  return std::all_of(present_.begin(), present_.end(), signed_it) &&
         std::none_of(former_.begin(), former_.end(), signed_it);
}

}  // namespace tracegate
