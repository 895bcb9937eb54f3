#include "record/checkpoint.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/sha256.hpp"

namespace mithaq::record {
namespace {

// The example of Go's golang.org/x/mod/sumdb/note, which the specification follows.
constexpr char kVerifier[] = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
constexpr char kNote[] =
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann "
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

TEST(Note, VerifiesTheKnownExample) {
  const auto key = VerifierKey::parse(kVerifier);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->to_string(), kVerifier);
  const auto note = parse_note(kNote);
  ASSERT_TRUE(note);
  EXPECT_EQ(note->signatures.size(), 1u);
  EXPECT_EQ(note->signatures[0].key_id, 0xc74f20a3u);
  EXPECT_TRUE(verify_note(*note, *key));
  Note other = *note;
  other.text[0] = 'i';
  EXPECT_FALSE(verify_note(other, *key));
}

TEST(Note, RefusesKeysThatDoNotFitTheirId) {
  EXPECT_FALSE(VerifierKey::parse("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
  EXPECT_FALSE(VerifierKey::parse("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"));
  EXPECT_FALSE(VerifierKey::parse("PeterNeumann+c74f20a3"));
  EXPECT_FALSE(VerifierKey::parse(""));
}

TEST(Note, RefusesMalformedNotes) {
  const std::string good = kNote;
  for (const std::string& bad :
       {std::string(), good.substr(0, good.size() - 1), good.substr(0, good.find("— ")),
        "x\n" + good.substr(good.find("— ")), good + "x\n", good + "\n", "\x01" + good, "\xFF" + good,
        good + "— name\n", good + "— name AAAA\n"}) {
    EXPECT_FALSE(parse_note(bad)) << bad;
  }
}

TEST(Note, SignsAndVerifiesAmongOthers) {
  std::array<std::uint8_t, 32> seed{};
  seed[0] = 7;
  const SigningKey key = SigningKey::from_seed("mithaq.example/سجل", seed);
  const std::string signed_once = sign_note("نص\n\nسطر\n", key);
  EXPECT_TRUE(verify_note(parse_note(signed_once).value(), key.verifier()));
  const std::string twice = signed_once + std::string(kNote).substr(std::string(kNote).find("— "));
  EXPECT_TRUE(verify_note(parse_note(twice).value(), key.verifier()));
  EXPECT_FALSE(verify_note(parse_note(twice).value(), SigningKey::generate("mithaq.example/سجل").verifier()));
}

// RFC 8032 section 7.1, test 2.
TEST(Note, SignsAsTheRfcSays) {
  const auto seed = from_hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb").value();
  std::array<std::uint8_t, 32> bytes;
  std::copy(seed.begin(), seed.end(), bytes.begin());
  const SigningKey key = SigningKey::from_seed("rfc8032", bytes);
  EXPECT_EQ(to_hex(key.verifier().public_key),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const auto signature = key.sign("\x72");
  EXPECT_EQ(to_hex(std::string_view(reinterpret_cast<const char*>(signature.data()), signature.size())),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(Checkpoint, WritesAndReads) {
  Checkpoint checkpoint{
      .origin = "example.com/record", .size = 20, .root = sha256("x"), .extensions = {"more"}};
  EXPECT_EQ(parse_checkpoint(to_text(checkpoint)), checkpoint);
  checkpoint.size = 0;
  checkpoint.extensions.clear();
  EXPECT_EQ(parse_checkpoint(to_text(checkpoint)), checkpoint);
  for (const char* bad :
       {"", "a\n1\n", "a\n01\nAAAA\n", "a\n-1\nAAAA\n", "a\n1\nAAAA\n", "a\n1x\nAAAA\n", "\n1\nAAAA\n"}) {
    EXPECT_FALSE(parse_checkpoint(bad)) << bad;
  }
}

class KeyFile : public testing::Test {
 protected:
  KeyFile() : folder_(std::filesystem::temp_directory_path() / ("mithaq-key-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~KeyFile() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path folder_;
};

TEST_F(KeyFile, IsMadeOnceAndPrivate) {
  const auto path = folder_ / "record.key";
  EXPECT_THROW(SigningKey::load(path), Error);
  const SigningKey made = SigningKey::load_or_create(path, "mithaq");
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(SigningKey::load_or_create(path, "other").verifier(), made.verifier());
  ::chmod(path.c_str(), 0644);
  try {
    SigningKey::load(path);
    FAIL() << "a key that all may read was taken";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::forbidden);
  }
}

TEST_F(KeyFile, RefusesWhatIsNoKey) {
  const auto path = folder_ / "record.key";
  std::ofstream(path) << "PRIVATE+KEY+mithaq+00000000+AAAA\n";
  ::chmod(path.c_str(), 0600);
  EXPECT_THROW(SigningKey::load_or_create(path, "mithaq"), Error);
}

}  // namespace
}  // namespace mithaq::record
