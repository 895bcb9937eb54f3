#include "server/http.hpp"

#include <gtest/gtest.h>

#include "server/compression.hpp"
#include "server/test_client.hpp"

namespace mithaq::server {
namespace {

TEST(Target, IsCutBeforeItIsDecoded) {
  const Target target = parse_target("/api/documents/A%2F55%2F98?words=%D8%B3+%2B&org=&x");
  EXPECT_EQ(target.segments, (std::vector<std::string>{"api", "documents", "A/55/98"}));
  const std::vector<std::pair<std::string, std::string>> queries = {{"words", "س +"}, {"org", ""}, {"x", ""}};
  EXPECT_EQ(target.queries, queries);
  EXPECT_EQ(parse_target("http://localhost:8080/a?b=c").segments, std::vector<std::string>{"a"});
  EXPECT_EQ(parse_target("http://localhost").segments, std::vector<std::string>{""});
}

TEST(Target, RefusesWhatIsNoAddress) {
  for (const char* bad :
       {"", "*", "a", "/%", "/%4", "/%zz", "/%00", "/a%0Ab", "/%ff", "/%c0%af", "/%ed%a0%80", "/..",
        "/a/../b", "/%2e%2e/b", "/a/%2E", "/a?%", "/a?x=%00", "/a?x=%80"}) {
    EXPECT_THROW(parse_target(bad), Error) << bad;
  }
  std::string many = "/?";
  for (int each = 0; each < 65; ++each) many += "a=b&";
  EXPECT_THROW(parse_target(many), Error);
}

Parameters read(const std::vector<Parameter>& wanted, const std::string& target) {
  return read_parameters(wanted, {}, {}, parse_target(target));
}

TEST(Parameters, AreReadAsTheRouteSays) {
  const std::vector<Parameter> wanted = {required_text("words"), repeated_text("org"), optional_flag("sure"),
                                         optional_number("limit", 20, 100)};
  const Parameters given = read(wanted, "/?words=a&org=b&org=c&sure=true&limit=100");
  EXPECT_EQ(given.text("words"), "a");
  EXPECT_EQ(given.texts("org"), (std::vector<std::string>{"b", "c"}));
  EXPECT_TRUE(given.flag("sure"));
  EXPECT_EQ(given.number("limit"), 100u);
  EXPECT_EQ(read(wanted, "/?words=a").number("limit"), 20u);
  for (const char* bad : {"/", "/?words=", "/?words=a&words=b", "/?words=a&other=b", "/?words=a&limit=101",
                          "/?words=a&limit=-1", "/?words=a&limit=1x", "/?words=a&limit=99999999999999999999",
                          "/?words=a&sure=yes"}) {
    EXPECT_THROW(read(wanted, bad), Error) << bad;
  }
}

TEST(Accepted, LanguageFollowsWeights) {
  using service::Language;
  EXPECT_EQ(accepted_language("ar-EG,en;q=0.5"), Language::arabic);
  EXPECT_EQ(accepted_language("en,ar;q=0.9"), Language::english);
  EXPECT_EQ(accepted_language("fr, en;q=0.1"), Language::english);
  EXPECT_EQ(accepted_language("ar;q=0"), Language::english);
  EXPECT_EQ(accepted_language("ar;q=2"), Language::english);
  EXPECT_EQ(accepted_language("arq"), Language::english) << "another language";
  EXPECT_EQ(accepted_language(""), Language::english);
  EXPECT_EQ(accepted_language("ru-RU,ru;q=0.9,en;q=0.8"), Language::russian);
  EXPECT_EQ(accepted_language("ru;q=0.5,ar;q=0.6"), Language::arabic);
  EXPECT_EQ(accepted_language(",,;q=,ar"), Language::arabic);
}

TEST(Accepted, CodingFollowsWeights) {
  EXPECT_EQ(accepted_coding("gzip, deflate, br"), Coding::gzip);
  EXPECT_EQ(accepted_coding("gzip;q=0.1, deflate"), Coding::deflate);
  EXPECT_EQ(accepted_coding("gzip;q=0"), Coding::identity);
  EXPECT_EQ(accepted_coding("*"), Coding::gzip);
  EXPECT_EQ(accepted_coding("br"), Coding::identity);
}

TEST(Compression, GivesBackTheSameBytes) {
  std::string text;
  for (int each = 0; each < 5000; ++each) text += "الوساطة " + std::to_string(each);
  for (const Coding coding : {Coding::gzip, Coding::deflate}) {
    const std::string packed = compressed(text, coding);
    EXPECT_LT(packed.size(), text.size() / 3);
    EXPECT_EQ(test_client::inflated(packed), text);
  }
  EXPECT_EQ(compressed("a", Coding::identity), "a");
}

TEST(EntityTag, IsRecognized) {
  const std::string tag = entity_tag("a");
  EXPECT_NE(tag, entity_tag("b"));
  EXPECT_TRUE(tag_is_known(tag, tag));
  EXPECT_TRUE(tag_is_known("\"x\", " + tag, tag));
  EXPECT_TRUE(tag_is_known(tag.substr(2), tag)) << "weak comparison";
  EXPECT_TRUE(tag_is_known("*", tag));
  EXPECT_FALSE(tag_is_known("", tag));
  EXPECT_FALSE(tag_is_known("\"x\"", tag));
}

TEST(Loopback, KnowsThisMachineOnly) {
  for (const char* own : {"localhost", "LocalHost:8080", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8080"})
    EXPECT_TRUE(is_loopback_name(own)) << own;
  for (const char* other : {"evil.example", "localhost.evil.example", "127.evil.example", "[::2]", "10.0.0.1",
                            "127.0.0.1.evil.example:8080"})
    EXPECT_FALSE(is_loopback_name(other)) << other;
  EXPECT_FALSE(is_loopback_address("0.0.0.0"));
  EXPECT_FALSE(is_loopback_address("::"));
}

TEST(Errors, AreWholeSentences) {
  EXPECT_EQ(whole_sentence("the record has no document \"x\""), "The record has no document \"x\".");
  EXPECT_EQ(whole_sentence("в реестре нет документа «x»"), "В реестре нет документа «x».");
  EXPECT_EQ(whole_sentence("её нет"), "Её нет.");
  EXPECT_EQ(whole_sentence("ليس في السجل وثيقة"), "ليس في السجل وثيقة.");
  EXPECT_EQ(whole_sentence("\"tomorrow\" is no date"), "\"tomorrow\" is no date.");
  EXPECT_EQ(whole_sentence("cannot write x: is the disk full?"), "Cannot write x: is the disk full?");
  EXPECT_EQ(whole_sentence("place:osh is there twice"), "place:osh is there twice.") << "so does an id";
  EXPECT_EQ(whole_sentence("a-note.txt is not there"), "a-note.txt is not there.") << "a file keeps its name";
  EXPECT_EQ(whole_sentence("give two organizations: org=OIC&org=AU"),
            "Give two organizations: org=OIC&org=AU");
  EXPECT_EQ(whole_sentence("Done."), "Done.");
  EXPECT_EQ(whole_sentence(""), "");
}

TEST(Errors, HaveAStatusAndAShape) {
  EXPECT_EQ(http_status(ErrorKind::invalid_input), 400);
  EXPECT_EQ(http_status(ErrorKind::unavailable), 503);
  EXPECT_EQ(http_status(ErrorKind::no_space), 507);
  EXPECT_EQ(http_status(ErrorKind::bug), 500);
  EXPECT_EQ(error_response(404, "not_found", "no \"x\"\xff").body,
            "{\"error\":{\"kind\":\"not_found\",\"message\":\"No \\\"x\\\"\xEF\xBF\xBD.\"}}");
}

}  // namespace
}  // namespace mithaq::server
