#include "base/sha256.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

namespace mithaq {
namespace {

TEST(Sha256, AgreesWithFips180) {
  EXPECT_EQ(to_hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Sha256, DoesNotDependOnHowTheBytesComeIn) {
  Sha256 pieces;
  pieces.update("a");
  pieces.update("");
  pieces.update("bc");
  EXPECT_EQ(pieces.finish(), sha256("abc"));
}

// Every length around the blocks, in one piece and in two, against libsodium's portable code.
TEST(Sha256, AgreesWithLibsodium) {
  std::string bytes;
  for (std::size_t size = 0; size <= 300; ++size) {
    Sha256Digest expected;
    crypto_hash_sha256(expected.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    EXPECT_EQ(sha256(bytes), expected) << size;
    for (const std::size_t cut : {size / 3, size / 2, size - size / 7}) {
      Sha256 hash;
      hash.update(std::string_view(bytes).substr(0, cut));
      hash.update(std::string_view(bytes).substr(cut));
      EXPECT_EQ(hash.finish(), expected) << size << " cut at " << cut;
    }
    bytes += static_cast<char>(size * 37 + 11);
  }
}

}  // namespace
}  // namespace mithaq
