// What people do to documents over HTTP: revisions, reviews, handlings, erasures and copies, over a real
// socket and in a real record, with what each is refused for.
#include <gtest/gtest.h>

#include "accounts/fetch.hpp"
#include "server/gate_fixture.hpp"

namespace mithaq::server {
namespace {

constexpr const char* kVisit = "10-joint-visit.ar.txt";  // its dates read two ways

class ActsTest : public GateFixture, public ::testing::WithParamInterface<record::Dialect> {
 protected:
  ActsTest() : GateFixture(GetParam()) {}
  void SetUp() override {
    GateFixture::SetUp();
    if (IsSkipped()) return;
    service::Workspace workspace(options());
    service::read_documents(workspace, {.paths = {test::project() / "examples" / kVisit}});
    start();
    reader_ = person("reader", access::Role::reader, "OSCE");
    reviewer_ = person("reviewer", access::Role::reviewer, "OSCE");
    officer_ = person("officer", access::Role::officer, "OSCE");
    root_ = person("root", access::Role::administrator, "OSCE");
    egypt_ = person("egypt", access::Role::reader, "EGY");  // a Partner of the OSCE
  }
  json shown(const Person& who, const std::string& document) {
    return get(who, "/api/v1/documents/" + document + "?limit=500");
  }
  Reply put(const Person& who, const std::string& document, const std::string& rest, const json& body) {
    return ask(who, "PUT", "/api/v1/documents/" + document + "/" + rest, body.dump());
  }
  Reply review(const Person& who, std::uint64_t statement, const json& body) {
    return ask(who, "POST", "/api/v1/statements/" + std::to_string(statement) + "/review", body.dump());
  }
  static std::string kind_of(const Reply& reply) {
    return json::parse(reply.body, nullptr, false).value(json::json_pointer("/error/kind"), "");
  }
  static json handling(const char* tlp, const json& statuses, const char* reason = "asked by its author") {
    return {{"tlp", tlp},
            {"statuses", statuses},
            {"recipients", json::array()},
            {"originator", "OSCE"},
            {"reason", reason}};
  }
  // The first statement of a document.
  std::uint64_t statement_of(const std::string& document) {
    const json page = shown(root_, document);
    for (const json& paragraph : page["paragraphs"]) {
      for (const json& statement : paragraph["statements"]) return statement["statement"];
    }
    ADD_FAILURE() << document << " has no statements";
    return 0;
  }
  bool verifies() { return service::Workspace(options()).record().verify().ok(); }

  Person reader_{}, reviewer_{}, officer_{}, root_{}, egypt_{};
};

MITHAQ_ON_BOTH_DATABASES(ActsTest);

TEST_P(ActsTest, ShowsADocumentWithAllThatIsDoneToIt) {
  const json visit = shown(reviewer_, kVisit);
  EXPECT_EQ(visit["document"]["handling"]["public"], true);
  EXPECT_EQ(visit["document"]["rights"], (json{"export", "pass_on", "review", "revise"}));
  EXPECT_EQ(shown(reader_, kVisit)["document"]["rights"], (json{"export", "pass_on"}));
  const std::string raw = ask(reader_, "GET", std::string("/api/v1/documents/") + kVisit + "/raw").body;
  bool named = false;
  for (const json& paragraph : visit["paragraphs"]) {
    const std::string lines = paragraph["raw"];
    ASSERT_FALSE(lines.empty());
    EXPECT_NE(raw.find(lines), std::string::npos);
    EXPECT_EQ(paragraph["section_begin"], 0);
    for (const json& mention : paragraph["mentions"]) {
      ASSERT_EQ(mention["names"].size(), mention["entities"].size());
      named = named || mention["names"] == json{"Organization for Security and Co-operation in Europe"};
    }
  }
  EXPECT_TRUE(named);
  EXPECT_EQ(visit["doubts"][1]["id"], "0-1");
  EXPECT_TRUE(visit["doubts"][1]["chosen"].is_null());
  const json edit = shown(root_, kPartners)["edits"][0];
  EXPECT_EQ(edit["id"], "0-0");
  EXPECT_EQ(edit["undone"], false);
}

TEST_P(ActsTest, SaysWhyInTheLanguageOfTheAsker) {
  const auto in = [&](const std::string& document, const std::string& language) {
    return json::parse(ask(root_, "GET", "/api/v1/documents/" + document + "?limit=500", "",
                           "Accept-Language: " + language + "\r\n")
                           .body);
  };
  std::size_t edits = 0, readings = 0;
  for (const std::string& document : {partners_, std::string(kVisit)}) {
    const json english = in(document, "en"), arabic = in(document, "ar"), russian = in(document, "ru");
    for (std::size_t each = 0; each < english["edits"].size(); ++each) {
      for (const char* said : {"reason", "rule_name"}) {
        EXPECT_NE(arabic["edits"][each][said], english["edits"][each][said]);
        EXPECT_NE(russian["edits"][each][said], english["edits"][each][said]);
        EXPECT_NE(russian["edits"][each][said], arabic["edits"][each][said]);
      }
      EXPECT_EQ(arabic["edits"][each]["rule"], english["edits"][each]["rule"]);
      ++edits;
    }
    for (std::size_t each = 0; each < english["doubts"].size(); ++each) {
      EXPECT_NE(arabic["doubts"][each]["rule_name"], english["doubts"][each]["rule_name"]);
      for (std::size_t at = 0; at < english["doubts"][each]["readings"].size(); ++at) {
        const auto reason = [&](const json& shown) {
          return shown["doubts"][each]["readings"][at]["reason"];
        };
        EXPECT_NE(reason(arabic), reason(english));
        EXPECT_NE(reason(russian), reason(english));
        ++readings;
      }
    }
  }
  EXPECT_GT(edits, 0U);
  EXPECT_GT(readings, 2U);
  // What a revision answers is said so too.
  const Reply undone = ask(reviewer_, "PUT", "/api/v1/documents/" + partners_ + "/edits/0-0",
                           R"({"undone":true})", "Accept-Language: ar\r\n");
  ASSERT_EQ(undone.status, 200) << undone.body;
  EXPECT_EQ(json::parse(undone.body)["edits"][0]["reason"], in(partners_, "ar")["edits"][0]["reason"]);
}

TEST_P(ActsTest, UndoesAnEditAndMakesItAgain) {
  const json before = shown(reviewer_, partners_);
  std::string id, wrong, right;
  for (const json& edit : before["edits"]) {
    if (edit["after"] != "قيرغيزستان") continue;
    id = edit["id"];
    wrong = edit["before"];
    right = edit["after"];
  }
  ASSERT_FALSE(id.empty());
  const auto finds_it = [&] {
    const json found = get(reader_, "/api/v1/find?" + accounts::form_text({{"words", right}}));
    return found.dump().find(partners_) != std::string::npos;
  };
  EXPECT_TRUE(finds_it());
  const Reply undone = put(reviewer_, partners_, "edits/" + id, {{"undone", true}, {"note", "a name"}});
  ASSERT_EQ(undone.status, 200) << undone.body;
  const json answer = json::parse(undone.body);
  ASSERT_EQ(answer["paragraphs"].size(), 1u);
  EXPECT_NE(answer["paragraphs"][0]["text"].get<std::string>().find(wrong), std::string::npos);
  EXPECT_EQ(answer["edits"][0]["undone"], true);
  EXPECT_EQ(answer["edits"][0]["by"], "account:reviewer");
  EXPECT_GT(answer["entry"], 0);
  // Each worker of the server shows it at once, and finds it.
  for (int each = 0; each < 6; ++each)
    EXPECT_NE(shown(reader_, partners_)["paragraphs"], before["paragraphs"]) << "in sight of every worker";
  for (int each = 0; each < 6; ++each) EXPECT_FALSE(finds_it());
  EXPECT_EQ(put(reviewer_, partners_, "edits/" + id, {{"undone", true}}).status, 409);

  ASSERT_EQ(put(officer_, partners_, "edits/" + id, {{"undone", false}}).status, 200);
  EXPECT_EQ(shown(reviewer_, partners_)["paragraphs"], before["paragraphs"]) << right;
  EXPECT_TRUE(finds_it());
  EXPECT_TRUE(verifies());

  EXPECT_EQ(put(reader_, partners_, "edits/" + id, {{"undone", true}}).status, 403);
  EXPECT_EQ(acts("access.refused", "\"reader\""), 1u);
  EXPECT_EQ(put(reviewer_, named_, "edits/0-0", {{"undone", true}}).status, 403) << "hidden";
  EXPECT_EQ(acts("access.refused", named_), 1u);
  EXPECT_EQ(put(reviewer_, "sha256-0000", "edits/0-0", {{"undone", true}}).status, 404);
  EXPECT_EQ(put(reviewer_, partners_, "edits/0-999", {{"undone", true}}).status, 404);
  EXPECT_EQ(put(reviewer_, partners_, "edits/x", {{"undone", true}}).status, 404);
  EXPECT_EQ(put(reviewer_, partners_, "edits/" + id, json::object()).status, 400);
  EXPECT_EQ(put({}, partners_, "edits/" + id, {{"undone", true}}).status, 401);
}

TEST_P(ActsTest, SettlesADoubtByOneOfItsReadings) {
  const auto time_of = [&] {
    std::string time;
    const json page = shown(reader_, kVisit);
    for (const json& paragraph : page["paragraphs"]) {
      for (const json& statement : paragraph["statements"]) time = statement["time"];
    }
    return time;
  };
  EXPECT_EQ(time_of(), "2011-06-05");
  const Reply settled = put(reviewer_, kVisit, "doubts/0-1", {{"reading", 1}, {"note", "he said so"}});
  ASSERT_EQ(settled.status, 200) << settled.body;
  const json answer = json::parse(settled.body);
  EXPECT_EQ(answer["doubts"][0]["chosen"], 1);
  EXPECT_EQ(answer["doubts"][0]["by"], "account:reviewer");
  ASSERT_FALSE(answer["paragraphs"].empty());
  EXPECT_EQ(answer["paragraphs"][0]["id"], "p2");
  EXPECT_EQ(time_of(), "2011-05-06");
  EXPECT_EQ(put(reviewer_, kVisit, "doubts/0-1", {{"reading", 1}}).status, 409);
  EXPECT_EQ(put(reviewer_, kVisit, "doubts/0-1", {{"reading", 7}}).status, 400);
  EXPECT_EQ(put(reviewer_, kVisit, "doubts/0-1", {{"reading", "1"}}).status, 400);
  EXPECT_EQ(put(reviewer_, kVisit, "doubts/0-77", {{"reading", 1}}).status, 404);
  EXPECT_EQ(put(reader_, kVisit, "doubts/0-1", {{"reading", 0}}).status, 403);
  ASSERT_EQ(put(reviewer_, kVisit, "doubts/0-1", {{"reading", nullptr}}).status, 200);
  EXPECT_TRUE(shown(reader_, kVisit)["doubts"][1]["chosen"].is_null());
  EXPECT_EQ(time_of(), "2011-06-05");
}

TEST_P(ActsTest, ClosesADocumentAtOnce) {
  const auto names_of = [&](const Person& who) { return get(who, "/api/v1/documents").dump(); };
  EXPECT_NE(names_of(egypt_).find(partners_), std::string::npos);
  const Reply closed = put(officer_, partners_, "handling", handling("TLP:AMBER", json::array()));
  ASSERT_EQ(closed.status, 200) << closed.body;
  EXPECT_EQ(json::parse(closed.body)["document"]["handling"]["statuses"], json::array());
  for (int each = 0; each < 6; ++each) {
    EXPECT_EQ(names_of(egypt_).find(partners_), std::string::npos);
    EXPECT_EQ(ask(egypt_, "GET", "/api/v1/documents/" + partners_).status, 403);
  }
  EXPECT_NE(names_of(reader_).find(partners_), std::string::npos) << "the originator's own";

  EXPECT_EQ(put(officer_, partners_, "handling", handling("TLP:AMBER", json::array())).status, 409);
  EXPECT_EQ(put(officer_, partners_, "handling", handling("TLP:PINK", json::array())).status, 400);
  EXPECT_EQ(put(officer_, partners_, "handling", handling("TLP:AMBER", {"OSCE/nothing"})).status, 400);
  EXPECT_EQ(put(officer_, partners_, "handling", handling("TLP:RED", json::array(), " ")).status, 400);
  EXPECT_EQ(put(reviewer_, partners_, "handling", handling("TLP:RED", json::array())).status, 403);
  EXPECT_EQ(acts("access.refused", "\"reviewer\""), 1u);
  EXPECT_EQ(put(officer_, named_, "handling", handling("TLP:CLEAR", json::array())).status, 403);
  EXPECT_EQ(put(officer_, "sha256-0000", "handling", handling("TLP:RED", json::array())).status, 404);
  // An officer of somebody else's opens nothing wider.
  const Person cairo = person("cairo", access::Role::officer, "EGY");
  EXPECT_EQ(put(cairo, kPublic, "handling", handling("TLP:RED", json::array())).status, 403);
  EXPECT_TRUE(verifies());
}

TEST_P(ActsTest, ErasesADocument) {
  const std::string target = "/api/v1/documents/" + partners_, why = json{{"reason", "asked by law"}}.dump();
  const std::uint64_t statement = statement_of(partners_);
  EXPECT_EQ(ask(officer_, "DELETE", target, why).status, 403);
  EXPECT_EQ(acts("access.refused", "\"officer\""), 1u);
  EXPECT_EQ(ask(root_, "DELETE", target).status, 400) << "without a reason";
  EXPECT_EQ(ask(root_, "DELETE", target, R"({"reason":" "})").status, 400);
  EXPECT_EQ(ask(root_, "DELETE", "/api/v1/documents/" + named_, why).status, 403) << "hidden from this one";
  EXPECT_EQ(ask(root_, "DELETE", "/api/v1/documents/sha256-0000", why).status, 404);
  // It was handed in under a name that says much.
  service::ReadingQueue queue(options().record, options().clock);
  const std::string job = queue.add({.account = "officer", .name = "secret talks.txt", .bytes = "x"}).id;
  ASSERT_TRUE(queue.take("worker"));
  queue.finish(job, "worker", service::JobState::done, "", partners_);
  const Reply erased = ask(root_, "DELETE", target, why);
  ASSERT_EQ(erased.status, 200) << erased.body;
  EXPECT_GT(json::parse(erased.body)["entry"], 0);
  // As any id that shows nothing: nobody learns whether there ever was such a document.
  for (int each = 0; each < 6; ++each) EXPECT_EQ(ask(root_, "GET", target).status, 403);
  EXPECT_FALSE(queue.job(job)) << "its name is gone too";
  EXPECT_EQ(review(root_, statement, {{"action", "confirm"}}).status, 404);
  EXPECT_EQ(get(root_, "/api/v1/who?limit=1000").dump().find(partners_), std::string::npos);
  EXPECT_TRUE(verifies());
}

TEST_P(ActsTest, GivesCopiesAsFiles) {
  const auto copy = [&](const Person& who, const std::string& document, const std::string& format) {
    return ask(who, "GET", "/api/v1/documents/" + document + "/export?format=" + format);
  };
  const Reply xml = copy(reader_, kPublic, "akn");
  ASSERT_EQ(xml.status, 200) << xml.body;
  EXPECT_EQ(xml.headers.at("Content-Type"), "application/akn+xml");
  EXPECT_EQ(xml.headers.at("Content-Disposition"),
            "attachment; filename=\"document.xml\"; filename*=UTF-8''05-field-note.en.xml");
  EXPECT_NE(xml.body.find("<akomaNtoso"), std::string::npos);
  EXPECT_NE(copy(reader_, kPublic, "text").body.find("\n\n"), std::string::npos);
  const std::string statements = copy(reader_, kPublic, "jsonl").body;
  ASSERT_FALSE(statements.empty());
  EXPECT_TRUE(json::parse(statements.substr(0, statements.find('\n')))["citation"].is_object());
  EXPECT_NE(copy(reader_, kPublic, "findings").body.find("\"kind\":\"mention\""), std::string::npos);
  EXPECT_EQ(acts("export.made"), 0u) << "for everybody";

  EXPECT_EQ(copy(officer_, partners_, "text").status, 200);
  EXPECT_EQ(acts("export.made", partners_), 1u);
  EXPECT_EQ(acts("export.made", "\"officer\""), 1u);
  EXPECT_EQ(copy(egypt_, partners_, "text").status, 403) << "a reader sees it and passes it on to nobody";
  EXPECT_EQ(acts("access.refused", "\"export\""), 1u);
  EXPECT_EQ(acts("export.made"), 1u);
  EXPECT_EQ(copy(officer_, named_, "text").status, 403);
  EXPECT_EQ(copy(officer_, kPublic, "docx").status, 400);
  EXPECT_EQ(copy(officer_, "sha256-0000", "text").status, 404);
  EXPECT_EQ(
      ask(officer_, "GET", std::string("/api/v1/documents/") + kPublic + "/export?format=text&section=9")
          .status,
      404);
}

TEST_P(ActsTest, TakesReviewsOfSeveralPeople) {
  const std::uint64_t statement = statement_of(partners_);
  const Person second = person("second", access::Role::reviewer, "EGY");
  const Reply confirmed = review(reviewer_, statement, {{"action", "confirm"}, {"note", "as printed"}});
  ASSERT_EQ(confirmed.status, 200) << confirmed.body;
  EXPECT_EQ(json::parse(confirmed.body)["statement"]["review"]["state"], "confirmed");
  EXPECT_EQ(json::parse(confirmed.body)["statement"]["review"]["by"], "account:reviewer");
  const auto agreement = [&] { return service::Workspace(options()).record().view().agreement(statement); };
  ASSERT_EQ(review(second, statement, {{"action", "confirm"}}).status, 200);
  EXPECT_EQ(agreement().confirmed, 2u);
  EXPECT_TRUE(agreement().unanimous());
  const auto shown_agreement = [&] {
    return get(reader_, "/api/v1/statements/" + std::to_string(statement))["agreement"];
  };
  EXPECT_EQ(shown_agreement()["confirmed"], 2);
  EXPECT_EQ(shown_agreement()["unanimous"], true);
  const json correction = {
      {"time", "2010"},
      {"topic", "policing"},
      {"negated", true},
      {"places", {"GEO"}},
      {"place_names", {"Georgia"}},
      {"parties", json::array({{{"role", "actor"}, {"entity", "OSCE"}, {"name", "OSCE"}}})}};
  const Reply corrected = review(second, statement, {{"action", "correct"}, {"correction", correction}});
  ASSERT_EQ(corrected.status, 200) << corrected.body;
  const json now = json::parse(corrected.body)["statement"];
  EXPECT_EQ(now["time"], "2010");
  EXPECT_EQ(now["negated"], true);
  EXPECT_EQ(now["parties"].size(), 1u);
  EXPECT_EQ(now["places"][0]["entity"], "GEO");
  EXPECT_FALSE(agreement().unanimous());
  EXPECT_EQ(shown_agreement()["unanimous"], false);
  EXPECT_EQ(agreement().corrected, 1u);
  const auto reviews = service::Workspace(options()).record().view().reviews(statement);
  ASSERT_EQ(reviews.size(), 3u);
  EXPECT_EQ(reviews.back().by, "account:second");
  EXPECT_EQ(reviews.back().on_behalf_of, "EGY");
  EXPECT_EQ(reviews.front().note, "as printed");
  ASSERT_EQ(review(second, statement, {{"action", "withdraw"}}).status, 200);
  EXPECT_EQ(agreement().corrected, 0u);
  EXPECT_TRUE(verifies());
}

TEST_P(ActsTest, RefusesReviewsThatAreNone) {
  const std::uint64_t statement = statement_of(partners_), hidden = [&] {
    return service::Workspace(options()).record().view().statements({.documents = {named_}}).front().seq;
  }();
  EXPECT_EQ(review(reader_, statement, {{"action", "confirm"}}).status, 403);
  EXPECT_EQ(acts("access.refused", "\"reader\""), 1u);
  EXPECT_EQ(review(reviewer_, hidden, {{"action", "confirm"}}).status, 403);
  EXPECT_EQ(acts("access.refused", "\"reviewer\""), 1u);
  EXPECT_EQ(review(reviewer_, 999'999, {{"action", "confirm"}}).status, 404);
  EXPECT_EQ(review(reviewer_, 0, {{"action", "confirm"}}).status, 404) << "the entry of a document";
  EXPECT_EQ(review({}, statement, {{"action", "confirm"}}).status, 401);
  EXPECT_EQ(review(reviewer_, statement, {{"action", "praise"}}).status, 400);
  EXPECT_EQ(review(reviewer_, statement, {{"action", "withdraw"}}).status, 400) << "nothing to take back";
  EXPECT_EQ(review(reviewer_, statement, {{"action", "correct"}}).status, 400) << "nothing is corrected";
  EXPECT_EQ(review(reviewer_, statement, {{"action", "confirm"}, {"by", "account:root"}}).status, 400);
  // A correction that is wrong is refused by the name of its field.
  const std::map<std::string, json> wrong = {
      {"correction.time", {{"time", "yesterday"}}},
      {"correction.type", {{"type", "friendship"}}},
      {"correction.topic", {{"topic", 7}}},
      {"correction.themes", {{"themes", "policing"}}},
      {"correction.negated", {{"negated", "true"}}},
      {"correction.modality", {{"modality", ""}}},
      {"correction.status", {{"status", "lost"}}},
      {"correction.place_names", {{"places", {"GEO", ""}}}},
      {"correction.places", {{"places", {"ATLANTIS"}}}},
      {"correction.parties", {{"parties", "OSCE"}}},
      {"correction.parties.entity",
       {{"parties", json::array({{{"role", "actor"}, {"entity", "OSCE.NOTHING"}, {"name", "OSCE"}}})}}},
      {"correction.parties.role", {{"parties", json::array({{{"entity", "OSCE"}}})}}},
      {"correction.parties.name", {{"parties", json::array({{{"role", "actor"}}})}}},
      {"correction.parties.rank", {{"parties", json::array({{{"role", "actor"}, {"rank", 1}}})}}},
      {"correction.reviewed_by", {{"reviewed_by", "account:root"}}},
      {"correction.unit", {{"unit", std::string(3000, 'x')}}},
      {"correction", "time"}};
  for (const auto& [field, correction] : wrong) {
    const Reply reply = review(reviewer_, statement, {{"action", "correct"}, {"correction", correction}});
    EXPECT_EQ(reply.status, 400) << field;
    EXPECT_NE(reply.body.find("\\\"" + field + "\\\""), std::string::npos) << reply.body;
  }
  // A theme that nobody has, and an entity that only a document names that the reviewer may not see.
  const auto refused = [&](const json& correction) {
    return review(reviewer_, statement, {{"action", "correct"}, {"correction", correction}});
  };
  EXPECT_NE(refused({{"themes", {"mediation", "friendship"}}}).body.find("\\\"friendship\\\""),
            std::string::npos);
  EXPECT_EQ(refused({{"places", {"name:nowhere"}}}).status, 400);
  EXPECT_TRUE(service::Workspace(options()).record().view().reviews(statement).empty());
}

TEST_P(ActsTest, PutsCanonicalNamesIntoACorrection) {
  const std::uint64_t statement = statement_of(partners_);
  const Reply corrected = review(
      reviewer_, statement,
      {{"action", "correct"},
       {"correction",
        {{"themes", {"mediation"}},
         {"places", {"GEO"}},
         {"parties", json::array({{{"role", "actor"}, {"entity", "OSCE"}, {"name", "anything"}},
                                  {{"role", "counterpart"}, {"entity", "UN"}},
                                  {{"role", "counterpart"}, {"name", "the elders of the valley"}}})}}}});
  ASSERT_EQ(corrected.status, 200) << corrected.body;
  const json now = json::parse(corrected.body)["statement"];
  EXPECT_EQ(now["themes"], json{"mediation"});
  EXPECT_EQ(now["places"][0]["entity"], "GEO");
  EXPECT_EQ(now["places"][0]["name"], "Georgia");
  ASSERT_EQ(now["parties"].size(), 3u);
  EXPECT_EQ(now["parties"][0]["name"], "Organization for Security and Co-operation in Europe");
  EXPECT_EQ(now["parties"][1]["name"], "United Nations");
  EXPECT_EQ(now["parties"][2]["name"], "the elders of the valley");
  // In the record too, not only as shown.
  const auto row = service::Workspace(options()).record().view().statement(statement);
  EXPECT_EQ(row.parties[0].name, "Organization for Security and Co-operation in Europe");
  // What only the record names is taken by the id that answers give it.
  const json parties =
      json::array({{{"role", "actor"}, {"entity", "name:the elders of the valley"}, {"name", ""}}});
  const Reply again =
      review(officer_, statement, {{"action", "correct"}, {"correction", {{"parties", parties}}}});
  ASSERT_EQ(again.status, 200) << again.body;
  EXPECT_EQ(json::parse(again.body)["statement"]["parties"][0]["name"], "the elders of the valley");
  EXPECT_EQ(json::parse(again.body)["statement"]["parties"][0]["entity"], "");
}

TEST_P(ActsTest, NamesWhoActedInTheLog) {
  accounts_->change("reviewer", {.name = "Amina Karimova"});
  const std::uint64_t statement = statement_of(partners_);
  ASSERT_EQ(review(reviewer_, statement, {{"action", "confirm"}}).status, 200);
  ASSERT_EQ(put(reviewer_, partners_, "edits/0-0", {{"undone", true}}).status, 200);
  ASSERT_EQ(put(officer_, partners_, "handling", handling("TLP:GREEN", json::array())).status, 200);
  ask(reader_, "GET", "/api/v1/documents/" + named_);  // refused
  std::map<std::string, json> by;
  const json log = get(root_, "/api/v1/record/log?limit=500");
  for (const json& entry : log["entries"]) {
    if (entry.contains("by") && !by.contains(entry["kind"])) by[entry["kind"]] = entry["by"];
    if (entry["kind"] == "section") {
      EXPECT_FALSE(entry.contains("by")) << "the machine";
    }
  }
  const json amina = {{"account", "reviewer"}, {"name", "Amina Karimova"}};
  EXPECT_EQ(by["review"], amina);
  EXPECT_EQ(by["revision"], amina);
  EXPECT_EQ(by["handling"], (json{{"account", "officer"}, {"name", "officer"}}));
  EXPECT_EQ(by["act"], (json{{"account", "reader"}, {"name", "reader"}}));
  // Beside reviews and edits too.
  const json shown_now = shown(reader_, partners_);
  EXPECT_EQ(shown_now["edits"][0]["by_name"], "Amina Karimova");
  EXPECT_EQ(get(reader_, "/api/v1/review/history")["reviews"][0]["by_name"], "Amina Karimova");
  EXPECT_EQ(get(reader_, "/api/v1/review/agreement")["reviewers"][0]["name"], "Amina Karimova");
  EXPECT_EQ(get(reader_, "/api/v1/statements/" + std::to_string(statement))["reviews"][0]["by_name"],
            "Amina Karimova");
  // Who may not read an act is not told whose it is.
  const json as_egypt = get(egypt_, "/api/v1/record/log?limit=500&kind=act");
  for (const json& entry : as_egypt["entries"]) {
    EXPECT_TRUE(entry.contains("withheld") || entry["by"]["account"] == "egypt") << entry;
  }
}

TEST_P(ActsTest, OnlyOfficersActForADelegationAndOnlyForTheirOwn) {
  const Person tunis = person("tunis", access::Role::officer, "TUN");
  const auto act = [&](const Person& who, const json& body) {
    return ask(who, "POST", "/api/v1/acts", body.dump());
  };
  const json wanted = {{"type", "coronation.held"}, {"subject", "X-1"}};
  EXPECT_EQ(act(egypt_, wanted).status, 403);     // a reader of a delegation
  EXPECT_EQ(act(reviewer_, wanted).status, 403);  // of the organization
  json for_another = wanted;
  for_another["delegation"] = "EGY";
  EXPECT_EQ(act(tunis, for_another).status, 403);
  json as_secretariat = wanted;
  as_secretariat["capacity"] = "secretariat";
  EXPECT_EQ(act(tunis, as_secretariat).status, 403);
  json as_program = wanted;
  as_program["capacity"] = "system";
  EXPECT_EQ(act(officer_, as_program).status, 400);
  // Both may act; there is no such act.
  for (const Person& who : {tunis, officer_}) {
    const Reply reply = act(who, wanted);
    EXPECT_EQ(reply.status, 400);
    EXPECT_NE(reply.body.find("coronation.held"), std::string::npos);
  }
  EXPECT_EQ(act(officer_, {{"type", "coronation.held"}, {"fields", "none"}}).status, 400);
  EXPECT_EQ(act(officer_, {{"typ", "coronation.held"}}).status, 400);
}

}  // namespace
}  // namespace mithaq::server
