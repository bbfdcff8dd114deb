#include "gateway/identity/pem_blocks.h"

#include <openssl/pem.h>

#include <climits>

#include "gateway/identity/certificate_text.h"
#include "gateway/identity/printable.h"

namespace tracegate::x509 {
namespace {

constexpr std::string_view kBlockStart = "-----BEGIN ";

size_t CountBlocks(std::string_view pem) {
  size_t count = 0;
  for (size_t at = pem.find(kBlockStart); at != std::string_view::npos;
       at = pem.find(kBlockStart, at + 1)) {
    ++count;
  }
  return count;
}

// One PEM block of any type: PEM_read_bio_X509 would also take TRUSTED CERTIFICATE blocks, which
// smuggle OpenSSL trust settings in behind the certificate, and would skip private keys in silence.
struct Block {
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* der = nullptr;
  long der_bytes = 0;  // NOLINT(runtime/int): OpenSSL's type
  ~Block() {
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(der);
  }
};

absl::StatusOr<std::string> ReadOne(BIO* bio, const std::string& name) {
  Block block;
  if (PEM_read_bio(bio, &block.name, &block.header, &block.der, &block.der_bytes) != 1) {
    return absl::InvalidArgumentError("holds a broken PEM block (" + TakeLibraryError() + ")");
  }
  if (block.name != name) {
    return absl::InvalidArgumentError("holds a '" + Printable(block.name, 40) + "' block; only " +
                                      name + " blocks belong here");
  }
  return std::string(reinterpret_cast<const char*>(block.der),
                     static_cast<size_t>(block.der_bytes));
}

}  // namespace

absl::StatusOr<std::vector<std::string>> ReadPemBlocks(std::string_view pem,
                                                       const std::string& name, size_t blocks_max) {
  const size_t count = CountBlocks(pem);
  if (count == 0) return std::vector<std::string>();
  if (count > blocks_max || pem.size() > INT_MAX) {
    return absl::InvalidArgumentError("holds more than " + std::to_string(blocks_max) + " " + name +
                                      " blocks");
  }
  BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  std::vector<std::string> blocks;
  for (size_t i = 0; i < count; ++i) {
    auto block = ReadOne(bio.get(), name);
    if (!block.ok()) return block.status();
    blocks.push_back(*std::move(block));
  }
  return blocks;
}

}  // namespace tracegate::x509
