#include "base/encoding.hpp"

#include <gtest/gtest.h>

#include "base/sha256.hpp"

namespace mithaq {
namespace {

TEST(Encoding, Base64OfRfc4648) {
  const std::pair<const char*, const char*> vectors[] = {{"", ""},
                                                         {"f", "Zg=="},
                                                         {"fo", "Zm8="},
                                                         {"foo", "Zm9v"},
                                                         {"foob", "Zm9vYg=="},
                                                         {"fooba", "Zm9vYmE="},
                                                         {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(to_base64(std::string_view(bytes)), text);
    EXPECT_EQ(from_base64(text), std::string(bytes));
  }
}

TEST(Encoding, RefusesBase64ThatNoBytesGive) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zh==", "Zm9=", "Z=g=", "Zg==Zg==", "Zm9v\n", "Zm-_", "===="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

TEST(Encoding, HexBothWays) {
  EXPECT_EQ(to_hex(std::string_view("\x00\x7f\xff", 3)), "007fff");
  EXPECT_EQ(from_hex("007FfF"), std::string("\x00\x7f\xff", 3));
  EXPECT_FALSE(from_hex("0"));
  EXPECT_FALSE(from_hex("0g"));
}

}  // namespace
}  // namespace mithaq
