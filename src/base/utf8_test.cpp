#include "base/utf8.hpp"

#include <gtest/gtest.h>

namespace mithaq {
namespace {

TEST(Utf8, RoundTripsEveryScalarValue) {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    if (value >= 0xD800 && value <= 0xDFFF) continue;
    std::string text;
    append_utf8(text, value);
    const CodePoint point = decode_utf8(text, 0);
    ASSERT_EQ(point.value, value);
    ASSERT_EQ(point.length, text.size());
  }
}

TEST(Utf8, CountsEachInvalidByteOnce) {
  EXPECT_EQ(count_code_points("\xC3\x28"), 2u);      // a lone lead byte, then "("
  EXPECT_EQ(count_code_points("\xED\xA0\x80"), 3u);  // a surrogate
  EXPECT_EQ(count_code_points("\xC0\xAF"), 2u);      // an overlong form
  EXPECT_EQ(count_code_points("\xD9\x85\xD9"), 2u);  // cut off in the middle of a letter
}

TEST(Utf8, FindsTheFirstInvalidByte) {
  EXPECT_EQ(find_invalid_utf8("ميثاق"), std::string_view("ميثاق").size());
  EXPECT_EQ(find_invalid_utf8("ab\xFFz"), 2u);
  EXPECT_EQ(valid_utf8("a\xFFz"), "a\xEF\xBF\xBDz");
}

}  // namespace
}  // namespace mithaq
