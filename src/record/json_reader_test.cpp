#include "record/json_reader.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "base/error.hpp"

namespace mithaq::record {
namespace {

void expect_refused(const std::function<void()>& read, const std::string& what) {
  try {
    read();
    ADD_FAILURE() << what;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::corrupt) << what;
  }
}

TEST(JsonReader, ReadsWhatItIsAskedFor) {
  JsonReader in(
      R"( {"نص":"التعاون", "n" : 12,"yes":true,"no":false,"span":[3, 9],"more":{"x":["]",{}]}, "list":["a","b"]} )");
  std::string seen;
  in.object([&](std::string_view name) {
    seen += std::string(name) + "=";
    if (name == "نص") {
      seen += in.text();
    } else if (name == "n") {
      seen += std::to_string(in.number());
    } else if (name == "yes" || name == "no") {
      seen += in.flag() ? "1" : "0";
    } else if (name == "span") {
      const auto [begin, end] = in.numbers<2>();
      seen += std::to_string(begin) + "-" + std::to_string(end);
    } else if (name == "list") {
      in.array([&] { seen += in.text(); });
    } else {
      seen += in.skip();
    }
    seen += ";";
  });
  in.finish();
  EXPECT_EQ(seen, R"(نص=التعاون;n=12;yes=1;no=0;span=3-9;more={"x":["]",{}]};list=ab;)");
}

TEST(JsonReader, ReadsEscapes) {
  EXPECT_EQ(JsonReader(R"("a\"b\\c\/\b\f\n\r\td")").text(), "a\"b\\c/\b\f\n\r\td");
  EXPECT_EQ(JsonReader(R"("\u0645\u064a\u062B\u0000.\ud83d\ude00")").text(), std::string("ميث\0.😀", 12));
  EXPECT_EQ(JsonReader(R"("\\")").text(), "\\");
  for (const char* wrong : {R"("\x")", R"("\u12")", R"("\u12g4")", R"("\ud83d")", R"("\ud83dx")",
                            R"("\ude00")", R"("\ud83d\u0041")", R"("\)", R"("\")", R"("abc)", R"(abc)", ""}) {
    expect_refused([&] { JsonReader(wrong).text(); }, wrong);
  }
}

TEST(JsonReader, RefusesOtherNumbers) {
  EXPECT_EQ(JsonReader("0").number(), 0u);
  EXPECT_EQ(JsonReader("9007199254740992").number(), 9007199254740992u);
  for (const char* wrong :
       {"", "-1", "1.5", "1e3", "9007199254740993", "99999999999999999999999", "x", "\"1\""}) {
    expect_refused([&] { JsonReader(wrong).number(); }, wrong);
  }
}

TEST(JsonReader, RefusesWhatIsCutOrTooMuch) {
  for (const char* wrong :
       {"{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}", "[1]", "{\"a\":]}"}) {
    expect_refused(
        [&] {
          JsonReader in(wrong);
          in.object([&](std::string_view) { in.skip(); });
        },
        wrong);
  }
  for (const char* wrong : {"[", "[1", "[1,", "[1,2", "[1,2,3]", "[]", "1"}) {
    expect_refused([&] { JsonReader(wrong).numbers<2>(); }, wrong);
  }
  JsonReader more("1 2");
  more.number();
  expect_refused([&] { more.finish(); }, "a second value");
}

TEST(JsonReader, PassesOverValuesAsDeepAsTheyGo) {
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  JsonReader in(deep);
  EXPECT_EQ(in.skip().size(), deep.size());
  in.finish();
  expect_refused([] { JsonReader(std::string_view("[[[")).skip(); }, "cut");
}

}  // namespace
}  // namespace mithaq::record
