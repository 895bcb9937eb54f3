// The routes of early warning over a real socket: answers as openapi.json says, rights, entries, what is
// hidden.
#include <gtest/gtest.h>

#include <thread>

#include "server/gate_fixture.hpp"
#include "server/openapi_fits.hpp"
#include "service/early_warning.hpp"
#include "service/made_vintage.hpp"

namespace mithaq::server {
namespace {

using events::month_of;

class EarlyWarningRoutesTest : public GateFixture {
 protected:
  void SetUp() override {
    GateFixture::SetUp();
    service::Workspace workspace(options());
    // The clock of the fixture stands in January 2027.
    service::NewVintage open = service::made_vintage("made-1", month_of(2015, 1), month_of(2026, 12));
    open.info.world = true;
    service::keep_vintage(workspace, std::move(open), false);
    service::NewVintage secret = service::made_vintage("secret", month_of(2015, 1), month_of(2026, 12));
    secret.info.handling = {.tlp = document::Tlp::amber, .recipients = {"KAZ"}};
    service::keep_vintage(workspace, std::move(secret), false);
    forecasts_ = std::make_shared<service::ForecastLibrary>(options(), service::quick_settings());
    start();
  }
  void start() { GateFixture::start(false, nullptr, forecasts_); }
  // Asks until the forecast is made.
  Reply answered(const Person& who, const std::string& target) {
    Reply reply = ask(who, "GET", target);
    for (int wait = 0; wait < 600 && reply.status == 202; ++wait) {
      const json state = json::parse(reply.body);
      EXPECT_EQ(state["state"], "being_made");
      EXPECT_GE(state["part"], 0);
      EXPECT_LE(state["part"], 1);
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      reply = ask(who, "GET", target);
    }
    return reply;
  }
  json answer(const Person& who, const std::string& target) {
    const Reply reply = answered(who, target);
    EXPECT_EQ(reply.status, 200) << target << ' ' << reply.body;
    return json::parse(reply.body, nullptr, false);
  }
  std::shared_ptr<service::ForecastLibrary> forecasts_{};
};

TEST_F(EarlyWarningRoutesTest, AnswerAsTheirDescriptionSays) {
  const Person reader = person("reader", access::Role::reader, "EGY");
  const Person reviewer = person("reviewer", access::Role::reviewer, "OSCE");
  answer(reader, "/api/v1/early-warning");
  ASSERT_EQ(
      ask(reviewer, "POST", "/api/v1/early-warning/issue", R"({"condition":"at_least_25","cost":0.333})")
          .status,
      200);
  const json description = get(reader, "/api/v1/openapi.json");
  const std::map<std::string, std::string> asked = {
      {"/api/v1/early-warning", "/api/v1/early-warning?condition=at_least_25&within=6&cost=0.2&in=Mali"},
      {"/api/v1/early-warning/map", ""},
      {"/api/v1/early-warning/countries/{country}",
       "/api/v1/early-warning/countries/%D9%85%D8%A7%D9%84%D9%8A"},
      {"/api/v1/early-warning/scores", ""},
      {"/api/v1/early-warning/record", ""}};
  for (const auto& [path, target] : asked) {
    const json schema =
        description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    ASSERT_TRUE(schema.is_object()) << path;
    const json got = answer(reader, target.empty() ? path : target);
    expect_fits(description, schema, got, path);
    for (const auto& [name, member] : got.items())
      EXPECT_TRUE(schema["properties"].contains(name)) << path << " does not describe " << name;
  }
}

TEST_F(EarlyWarningRoutesTest, SayTheSameInThreeLanguages) {
  const Person reader = person("reader", access::Role::reader, "EGY");
  answer(reader, "/api/v1/early-warning");
  std::set<std::string> said;
  for (const char* language : {"ar", "en", "ru"}) {
    const Reply reply = ask(reader, "GET", "/api/v1/early-warning?in=MLI&condition=at_least_25", "",
                            std::string("Accept-Language: ") + language + "\r\n");
    ASSERT_EQ(reply.status, 200);
    const json got = json::parse(reply.body);
    for (const json& text : {got["forecast"]["said"], got["track_record"][0]["said"],
                             got["warnings"][0]["unit"]["name"], got["warnings"][0]["condition"]["name"]})
      EXPECT_TRUE(said.insert(text.get<std::string>()).second) << text << " in " << language;
  }
}

TEST_F(EarlyWarningRoutesTest, AreIssuedByReviewersAndStandInTheLog) {
  const Person reader = person("reader", access::Role::reader, "EGY"),
               reviewer = person("reviewer", access::Role::reviewer, "OSCE");
  answer(reader, "/api/v1/early-warning");
  const std::string wanted = R"({"condition":"at_least_25","within":3})";
  EXPECT_EQ(ask(reader, "POST", "/api/v1/early-warning/issue", wanted).status, 403);
  EXPECT_EQ(ask({}, "POST", "/api/v1/early-warning/issue", wanted).status, 401);
  EXPECT_EQ(acts("warning.issued"), 0u);
  const Reply reply = ask(reviewer, "POST", "/api/v1/early-warning/issue", wanted);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const json issued = json::parse(reply.body)["issued"];
  ASSERT_FALSE(issued.empty());
  EXPECT_EQ(acts("warning.issued", "\"reviewer\""), issued.size());
  EXPECT_EQ(json::parse(ask(reviewer, "POST", "/api/v1/early-warning/issue", wanted).body)["issued"].size(),
            0u);
  const json record = answer(reader, "/api/v1/early-warning/record");
  ASSERT_EQ(record["warnings"].size(), issued.size());
  EXPECT_EQ(record["warnings"][0]["by"]["account"], "reviewer");
  EXPECT_EQ(record["warnings"][0]["outcome"], "pending");
  // Whoever may see the data reads the entry in the log, in words.
  bool told = false;
  const json log = get(reader, "/api/v1/record/log?kind=act&limit=100");
  for (const json& entry : log["entries"])
    told = told || entry["summary"].get<std::string>().starts_with("early warning: ");
  EXPECT_TRUE(told);
}

TEST_F(EarlyWarningRoutesTest, AreRefusedFromOldData) {
  const Person reviewer = person("reviewer", access::Role::reviewer, "OSCE");
  answer(reviewer, "/api/v1/early-warning");
  now_ += 300LL * 24 * 3600;
  const Person again = person("reviewer", access::Role::reviewer, "OSCE");
  const json head = answer(again, "/api/v1/early-warning?limit=1")["forecast"];
  EXPECT_EQ(head["is_forecast"], false);
  EXPECT_GT(head["age_months"], head["age_limit_months"]);
  EXPECT_EQ(ask(again, "POST", "/api/v1/early-warning/issue", R"({"condition":"at_least_25"})").status, 409);
  EXPECT_EQ(acts("warning.issued"), 0u);
  EXPECT_EQ(
      ask(again, "POST", "/api/v1/early-warning/issue", R"({"condition":"at_least_25","past":true})").status,
      200);
  EXPECT_GT(acts("warning.issued", "\"retrospective\":true"), 0u);
}

TEST_F(EarlyWarningRoutesTest, HideDataThatAreNotOpened) {
  const Person kaz = person("kaz", access::Role::reviewer, "KAZ"),
               egypt = person("egypt", access::Role::reviewer, "EGY");
  EXPECT_EQ(ask(egypt, "GET", "/api/v1/early-warning?vintage=secret").status, 404);
  EXPECT_EQ(ask(egypt, "POST", "/api/v1/early-warning/issue", R"({"vintage":"secret"})").status, 404);
  EXPECT_EQ(answer(kaz, "/api/v1/early-warning?vintage=secret")["forecast"]["vintage"]["id"], "secret");
  ASSERT_EQ(
      ask(kaz, "POST", "/api/v1/early-warning/issue", R"({"vintage":"secret","condition":"at_least_25"})")
          .status,
      200);
  EXPECT_GT(answer(kaz, "/api/v1/early-warning/record")["warnings"].size(), 0u);
  EXPECT_EQ(answer(egypt, "/api/v1/early-warning/record")["warnings"].size(), 0u);
  const json log = get(egypt, "/api/v1/record/log?kind=act&limit=200");
  for (const json& entry : log["entries"])
    EXPECT_FALSE(entry["summary"].get<std::string>().starts_with("early warning")) << entry;
  // TLP:AMBER leaves the server with officers alone.
  EXPECT_EQ(ask(kaz, "GET", "/api/v1/early-warning/export?format=csv&what=forecast&vintage=secret").status,
            403);
}

TEST_F(EarlyWarningRoutesTest, GiveFiles) {
  const Person reader = person("reader", access::Role::reader, "EGY");
  answer(reader, "/api/v1/early-warning");
  const std::map<std::string, std::string> types = {{"csv", "text/csv; charset=utf-8"},
                                                    {"hxl", "text/csv; charset=utf-8"},
                                                    {"json", "application/json"},
                                                    {"geojson", "application/geo+json"}};
  for (const auto& [format, type] : types) {
    const Reply reply = ask(reader, "GET", "/api/v1/early-warning/export?what=warnings&format=" + format);
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.headers.at("Content-Type"), type);
    EXPECT_NE(reply.headers.at("Content-Disposition").find("attachment"), std::string::npos);
  }
  EXPECT_EQ(acts("export.made"), types.size());
}

TEST_F(EarlyWarningRoutesTest, RefuseWhatMakesNoSense) {
  const Person reader = person("reader", access::Role::reader, "EGY");
  answer(reader, "/api/v1/early-warning");
  for (const char* wrong :
       {"?condition=peace", "?within=0", "?within=13", "?cost=cheap", "?cost=-1", "?cost=nan",
        "?origin=yesterday", "/export?format=pdf&what=forecast", "/export?format=csv&what=all"})
    EXPECT_EQ(ask(reader, "GET", std::string("/api/v1/early-warning") + wrong).status, 400) << wrong;
  for (const char* missing : {"?in=Atlantis", "?vintage=nothing", "?origin=1999-01", "/countries/Atlantis"})
    EXPECT_EQ(ask(reader, "GET", std::string("/api/v1/early-warning") + missing).status, 404) << missing;
}

TEST_F(EarlyWarningRoutesTest, AreNotSentTwice) {
  const Person reader = person("reader", access::Role::reader, "EGY");
  answer(reader, "/api/v1/early-warning/map");
  const Reply first = ask(reader, "GET", "/api/v1/early-warning/map");
  ASSERT_TRUE(first.headers.contains("ETag"));
  EXPECT_EQ(ask(reader, "GET", "/api/v1/early-warning/map", "",
                "If-None-Match: " + first.headers.at("ETag") + "\r\n")
                .status,
            304);
}

// The server itself writes what became of warnings, once their months are known.
TEST_F(EarlyWarningRoutesTest, AreScoredByTheServer) {
  const Person reviewer = person("reviewer", access::Role::reviewer, "OSCE");
  answer(reviewer, "/api/v1/early-warning?origin=2026-06");
  ASSERT_EQ(ask(reviewer, "POST", "/api/v1/early-warning/issue",
                R"({"condition":"at_least_25","origin":"2026-06","past":true})")
                .status,
            200);
  start();  // anew
  for (int wait = 0; wait < 100 && acts("warning.scored") == 0; ++wait)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(acts("warning.scored"), acts("warning.issued"));
}

}  // namespace
}  // namespace mithaq::server
