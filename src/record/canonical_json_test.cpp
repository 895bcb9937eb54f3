#include "record/canonical_json.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.hpp"

namespace mithaq::record {
namespace {

std::string number(std::uint64_t bits) {
  std::string out;
  append_json_number(out, std::bit_cast<double>(bits));
  return out;
}

// RFC 8785 section 3.2.2.
TEST(CanonicalJson, ExampleOfTheRfc) {
  const auto value = nlohmann::json::parse(R"({
     "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
     "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
     "literals": [null, true, false]
   })");
  EXPECT_EQ(canonical_json(value),
            R"({"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],)"
            R"("string":"€$\u000f\nA'B\"\\\\\"/"})");
}

// RFC 8785 section 3.2.3.
TEST(CanonicalJson, SortsNamesByUtf16) {
  const auto value = nlohmann::json::parse(R"({
     "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
     "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis"
   })");
  EXPECT_EQ(canonical_json(value),
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
            "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
            "\"\U0001F600\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
}

// RFC 8785 appendix B.
TEST(CanonicalJson, NumbersOfTheRfc) {
  EXPECT_EQ(number(0x0000000000000000), "0");
  EXPECT_EQ(number(0x8000000000000000), "0");
  EXPECT_EQ(number(0x0000000000000001), "5e-324");
  EXPECT_EQ(number(0x8000000000000001), "-5e-324");
  EXPECT_EQ(number(0x7fefffffffffffff), "1.7976931348623157e+308");
  EXPECT_EQ(number(0xffefffffffffffff), "-1.7976931348623157e+308");
  EXPECT_EQ(number(0x4340000000000000), "9007199254740992");
  EXPECT_EQ(number(0xc340000000000000), "-9007199254740992");
  EXPECT_EQ(number(0x4430000000000000), "295147905179352830000");
  EXPECT_EQ(number(0x44b52d02c7e14af5), "9.999999999999997e+22");
  EXPECT_EQ(number(0x44b52d02c7e14af6), "1e+23");
  EXPECT_EQ(number(0x44b52d02c7e14af7), "1.0000000000000001e+23");
  EXPECT_EQ(number(0x444b1ae4d6e2ef4e), "999999999999999700000");
  EXPECT_EQ(number(0x444b1ae4d6e2ef4f), "999999999999999900000");
  EXPECT_EQ(number(0x444b1ae4d6e2ef50), "1e+21");
  EXPECT_EQ(number(0x3eb0c6f7a0b5ed8c), "9.999999999999997e-7");
  EXPECT_EQ(number(0x3eb0c6f7a0b5ed8d), "0.000001");
  EXPECT_EQ(number(0x41b3de4355555553), "333333333.3333332");
  EXPECT_EQ(number(0x41b3de4355555554), "333333333.33333325");
  EXPECT_EQ(number(0x41b3de4355555555), "333333333.3333333");
  EXPECT_EQ(number(0x41b3de4355555556), "333333333.3333334");
  EXPECT_EQ(number(0x41b3de4355555557), "333333333.33333343");
  EXPECT_EQ(number(0xbecbf647612f3696), "-0.0000033333333333333333");
  EXPECT_EQ(number(0x43143ff3c1cb0959), "1424953923781206.2");
  EXPECT_THROW(number(0x7fffffffffffffff), Error);
  EXPECT_THROW(number(0x7ff0000000000000), Error);
}

TEST(CanonicalJson, RefusesWhatHasNoCanonicalForm) {
  EXPECT_THROW(canonical_json("\xFF"), Error);
  EXPECT_THROW(canonical_json("\xED\xA0\x80"), Error);  // a lone surrogate
  EXPECT_THROW(canonical_json(nlohmann::json{{"\xC3", 1}}), Error);
  EXPECT_THROW(canonical_json(std::numeric_limits<std::int64_t>::max()), Error);
  EXPECT_EQ(canonical_json(-9007199254740992), "-9007199254740992");
}

TEST(CanonicalJson, Utf16OrderAgreesWithCodeUnits) {
  const std::u16string_view units[] = {u"",           u"a",      u"ab",     u"b",
                                       u"\u00e9",     u"\u0639", u"\ud7ff", u"\U00010000",
                                       u"\U0010ffff", u"\ue000", u"\ufb33", u"\uffff"};
  const std::string_view bytes[] = {"",       "a",          "ab",         "b",      "\u00e9", "\u0639",
                                    "\ud7ff", "\U00010000", "\U0010ffff", "\ue000", "\ufb33", "\uffff"};
  for (std::size_t left = 0; left < std::size(units); ++left) {
    for (std::size_t right = 0; right < std::size(units); ++right) {
      EXPECT_EQ(before_in_utf16(bytes[left], bytes[right]), units[left] < units[right])
          << left << " " << right;
    }
  }
}

TEST(CanonicalJson, ObjectWriterInsistsOnOrder) {
  std::string out;
  ObjectWriter writer(out);
  writer.put("b", "x");
  EXPECT_THROW(writer.put("a", 1), Error);
}

}  // namespace
}  // namespace mithaq::record
