#include "server/json_body.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/error.hpp"

namespace mithaq::server {
namespace {

using Type = Field::Type;

const std::vector<Field> kWanted = {required_field("name"), optional_field("statuses", Type::texts),
                                    optional_field("times", Type::number), optional_field("yes", Type::flag),
                                    optional_field("inner", Type::object)};

std::string complaint(std::string_view bytes, const std::vector<Field>& wanted = kWanted) {
  try {
    read_json_body(bytes, wanted);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
    return error.what();
  }
  return "";
}

TEST(JsonBody, GivesWhatItHolds) {
  const JsonBody body = read_json_body(
      R"({"name":"أمينة","statuses":["OSCE/partner"],"times":3,"yes":true,"inner":{"a":[1]}})", kWanted);
  EXPECT_EQ(body.text("name"), "أمينة");
  EXPECT_EQ(body.texts("statuses"), std::vector<std::string>{"OSCE/partner"});
  EXPECT_EQ(body.number("times"), 3u);
  EXPECT_TRUE(body.flag("yes"));
  EXPECT_EQ(body.value("inner")["a"][0], 1);
  EXPECT_FALSE(body.has("other"));
  EXPECT_EQ(read_json_body("", {}).text("name"), "");
}

TEST(JsonBody, TellsNullFromWhatIsMissing) {
  const std::vector<Field> wanted = {nullable_field("reading", Type::number), optional_field("note")};
  EXPECT_TRUE(read_json_body(R"({"reading":null})", wanted).is_null("reading"));
  EXPECT_FALSE(read_json_body(R"({"reading":0})", wanted).is_null("reading"));
  EXPECT_TRUE(read_json_body(R"({"reading":0})", wanted).has("reading"));
  EXPECT_EQ(complaint("{}", wanted), "the field \"reading\" is missing");
  EXPECT_EQ(complaint(R"({"reading":1,"note":null})", wanted), "") << "an optional field may be null";
}

TEST(JsonBody, SaysWhereItIsNoJson) {
  EXPECT_EQ(complaint(R"({"name":)"), "the body is not JSON: byte 9 does not fit");
  EXPECT_EQ(complaint(R"({"name" "x"})"), "the body is not JSON: byte 11 does not fit");
  for (const char* bytes : {"x", "{", "{\"name\":\"\xff\"}", "{\"name\":\"x\"}{", "{'name':1}",
                            "{\"name\":\"\\ud800\"}", "{\"name\":NaN}", "{\"name\":01}"}) {
    EXPECT_TRUE(complaint(bytes).starts_with("the body is not JSON: byte ")) << bytes;
  }
}

TEST(JsonBody, RefusesWhatWouldBeReadInTwoWays) {
  EXPECT_EQ(complaint(R"({"name":"a","name":"b"})"), "the field \"name\" is given twice");
  EXPECT_EQ(complaint(R"({"name":"a","inner":{"x":1,"x":2}})"), "the field \"x\" is given twice");
  EXPECT_EQ(complaint(R"({"name":"a","inner":{"y":{"x":1},"x":[{"x":2},{"x":3}]}})"), "");
  EXPECT_EQ(complaint(R"({"name":"a\u0000b"})"), "the body holds a character U+0000");
}

TEST(JsonBody, NamesWrongTypesAndUnknownFields) {
  EXPECT_EQ(complaint("[]"), "the body is a JSON object");
  EXPECT_EQ(complaint("{}"), "the field \"name\" is missing");
  EXPECT_EQ(complaint(R"({"name":1})"), "the field \"name\" is a text");
  EXPECT_EQ(complaint(R"({"name":null})"), "the field \"name\" is a text");
  EXPECT_EQ(complaint(R"({"name":"a","colour":1})"), "there is no field \"colour\" here");
  EXPECT_EQ(complaint(R"({"name":"a","statuses":"x"})"), "the field \"statuses\" is a list of texts");
  EXPECT_EQ(complaint(R"({"name":"a","statuses":[1]})"), "the field \"statuses\" is a list of texts");
  for (const char* number : {"-1", "1.5", "\"1\"", "18446744073709551616", "9007199254740993"})
    EXPECT_EQ(complaint(R"({"name":"a","times":)" + std::string(number) + "}"),
              "the field \"times\" is a whole number from 0")
        << number;
  EXPECT_EQ(complaint(R"({"name":"a","times":1e999})"), "the body holds a number that is too large");
  EXPECT_EQ(complaint(R"({"name":"a","yes":1})"), "the field \"yes\" is true or false");
  EXPECT_EQ(complaint(R"({"name":"a","inner":[]})"), "the field \"inner\" is an object");
}

TEST(JsonBody, BoundsItsDepth) {
  const std::string deep(10'000, '[');
  EXPECT_EQ(complaint(R"({"name":"a","inner":{"x":)" + deep), "the body is nested too deep");
}

}  // namespace
}  // namespace mithaq::server
