// Who is let in and what they get, over a real socket: sessions, roles, handlings, and what attackers send.
#include "server/gate.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "accounts/fetch.hpp"
#include "accounts/test_provider.hpp"
#include "accounts/totp.hpp"
#include "server/gate_fixture.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {
namespace {

class GateTest : public GateFixture, public ::testing::WithParamInterface<record::Dialect> {
 protected:
  GateTest() : GateFixture(GetParam()) {}
};
MITHAQ_ON_BOTH_DATABASES(GateTest);

// An address and a body that a route takes, of things that are not there.
template <typename AnyRoute>
std::pair<std::string, std::string> example_of(const AnyRoute& route) {
  std::string target = route.pattern;
  for (std::size_t at = target.find(':'); at != std::string::npos; at = target.find(':'))
    target.replace(at, std::min(target.find('/', at), target.size()) - at, "1");
  std::string joint = "?";
  for (const Parameter& parameter : route.parameters) {
    if (!parameter.required || parameter.in == Parameter::In::path) continue;
    target += joint + parameter.name + "=1";
    joint = "&";
  }
  std::string body;
  if (!route.fields.empty()) {
    json given = json::object();
    for (const Field& field : route.fields) {
      if (!field.required) continue;
      switch (field.type) {
        case Field::Type::number:
          given[field.name] = 1;
          break;
        case Field::Type::flag:
          given[field.name] = true;
          break;
        case Field::Type::texts:
          given[field.name] = json::array();
          break;
        case Field::Type::object:
          given[field.name] = json::object();
          break;
        default:
          given[field.name] = "x";
      }
    }
    body = given.dump();
  }
  return {target, body};
}

TEST_P(GateTest, LetsNobodyInWithoutASession) {
  start();
  const Person nobody;
  for (const Route& route : api_->routes()) {
    if (route.pattern.starts_with("/auth/") || route.pattern.starts_with("/feeds/") ||
        route.pattern == "/healthz" || route.pattern == "/api/v1/session" ||
        route.pattern == "/api/v1/openapi.json" ||
        route.pattern == "/api/v1/meetings/calendar.ics")  // of whoever has its secret address
      continue;
    const auto [target, body] = example_of(route);
    EXPECT_EQ(ask(nobody, std::string(name_of(route.method)), target, body).status, 401)
        << name_of(route.method) << ' ' << target;
  }
  EXPECT_EQ(ask(nobody, "GET", "/healthz").body, R"({"status":"ok"})") << "and nothing of the record";
  const json session = get(nobody, "/api/v1/session");
  EXPECT_EQ(session["signed_in"], false);
  EXPECT_EQ(session["first_start"], true);
  EXPECT_TRUE(session["account"].is_null());
}

// What changes something is asked for with an action, before the route itself runs. The exceptions are named
// here.
TEST_P(GateTest, AsksForAnActionBeforeAnythingIsChanged) {
  start();
  const Person reader = person("amina", access::Role::reader, "KAZ");
  std::set<std::string> open, asked;
  for (const ApiRoute& route : api_routes()) {
    if (route.method == Method::get) continue;
    const std::string address = std::string(name_of(route.method)) + " " + route.pattern;
    EXPECT_NE(route.action.has_value(), !route.open_because.empty()) << address;
    if (!route.action) {
      open.insert(address);
      continue;
    }
    const std::string action(access::name_of(*route.action));
    asked.insert(action);
    if (*route.action == access::Action::keep_own) continue;  // everybody who is signed in has something
    const auto [target, body] = example_of(route);
    const Reply reply = ask(reader, std::string(name_of(route.method)), target, body);
    // Not 404: whether the thing is there was not looked at.
    EXPECT_EQ(reply.status, 403) << address << ' ' << reply.body;
    EXPECT_GE(acts("access.refused", "\"" + action + "\""), 1u) << address;
  }
  EXPECT_EQ(open, (std::set<std::string>{"DELETE /api/v1/session", "POST /api/v1/session"}));
  EXPECT_EQ(asked, (std::set<std::string>{"act_for", "erase", "keep_own", "manage_accounts", "review",
                                          "revise", "set_handling", "upload", "warn"}));
}

TEST_P(GateTest, SignsInAndOut) {
  start();
  const std::string password = *accounts_->make_first_administrator();
  const json credentials = {{"account", "admin"}, {"password", password}};
  const Reply in = ask({}, "POST", "/api/v1/session", credentials.dump());
  ASSERT_EQ(in.status, 200) << in.body;
  const std::string set = in.headers.at("Set-Cookie");
  EXPECT_TRUE(set.starts_with("__Host-mithaq="));
  for (const char* attribute : {"; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"})
    EXPECT_NE(set.find(attribute), std::string::npos) << attribute;
  EXPECT_EQ(set.find("Domain"), std::string::npos);
  const json session = json::parse(in.body);
  EXPECT_EQ(session["account"]["id"], "admin");
  EXPECT_EQ(session["account"]["staff"], true);
  EXPECT_EQ(session["account"]["party"]["id"], "OSCE");
  const std::string token = set.substr(14, set.find(';') - 14);
  EXPECT_EQ(in.body.find(token), std::string::npos) << "scripts never see it";
  const Person admin{.cookie = token, .csrf = session["csrf"]};
  EXPECT_EQ(get(admin, "/api/v1/session")["rights"].size(), 10u);
  EXPECT_EQ(ask(admin, "DELETE", "/api/v1/session").status, 204);
  EXPECT_EQ(ask(admin, "GET", "/api/v1/documents").status, 401);
  EXPECT_EQ(acts("session.opened", "\"admin\""), 1u);
  EXPECT_EQ(acts("session.ended", "\"admin\""), 1u);
}

// The administrator of the first start acts for nobody until somebody says for whom.
TEST_P(GateTest, LetsTheFirstAdministratorManageAccountsWhateverComesLater) {
  for (const char* home : {"", "OSCE"}) {
    home_ = home;
    start();
    const auto password = accounts_->make_first_administrator();
    EXPECT_EQ(password.has_value(), home_.empty());
    const Person admin = person("admin", access::Role::administrator, "");
    const json session = get(admin, "/api/v1/session");
    EXPECT_TRUE(session["account"]["party"].is_null());
    EXPECT_EQ(session["organization"].is_null(), home_.empty());
    EXPECT_EQ(get(admin, "/api/v1/accounts")["accounts"].size(), home_.empty() ? 1u : 2u) << "home " << home;
    const std::string id = home_.empty() ? "first" : "second";
    EXPECT_EQ(ask(admin, "POST", "/api/v1/accounts",
                  json{{"id", id}, {"name", id}, {"role", "reader"}, {"party", "KAZ"}}.dump())
                  .status,
              200);
  }
  // It chooses for whom it acts, and is staff from then on.
  const Person admin = person("admin", access::Role::administrator, "");
  EXPECT_EQ(get(admin, "/api/v1/session")["account"]["staff"], false);
  EXPECT_EQ(ask(admin, "PATCH", "/api/v1/accounts/admin", R"({"party":"OSCE"})").status, 200);
  EXPECT_EQ(get(admin, "/api/v1/session")["account"]["staff"], true);
  // An administrator of a delegation makes nobody who acts for nobody.
  const Person cairo = person("cairo", access::Role::administrator, "EGY");
  EXPECT_EQ(ask(cairo, "PATCH", "/api/v1/accounts/cairo", R"({"party":""})").status, 403);
  EXPECT_EQ(ask(cairo, "POST", "/api/v1/accounts", R"({"id":"x","name":"x","role":"administrator"})").status,
            403);
}

TEST_P(GateTest, RefusesWrongCredentialsInOneWay) {
  start();
  accounts_->add({.id = "amina", .name = "Amina"});
  accounts_->new_password("amina");
  std::set<std::string> answers;
  for (const char* account : {"amina", "nobody", "'; drop table accounts; --", ""}) {
    const Reply reply = ask({}, "POST", "/api/v1/session",
                            json{{"account", account}, {"password", "wrong password here"}}.dump());
    EXPECT_EQ(reply.status, 401) << account;
    answers.insert(reply.body);
  }
  EXPECT_EQ(answers.size(), 1u);
  int waits = 0;
  for (int each = 0; each < 8; ++each) {
    const Reply reply = ask({}, "POST", "/api/v1/session",
                            json{{"account", "amina"}, {"password", "guess " + std::to_string(each)}}.dump());
    if (reply.status != 429) continue;
    ++waits;
    EXPECT_GT(std::stoi(reply.headers.at("Retry-After")), 0);
  }
  EXPECT_GE(waits, 4);
  const json huge = {{"account", "amina"}, {"password", std::string(5000, 'x')}};
  EXPECT_EQ(ask({}, "POST", "/api/v1/session", huge.dump()).status, 400);
}

TEST_P(GateTest, RefusesTokensThatAreNotItsOwn) {
  start();
  const Person amina = person("amina", access::Role::reader, "KAZ");
  std::string forged = amina.cookie;
  forged.back() = forged.back() == 'A' ? 'E' : 'A';
  for (const std::string& token :
       {forged, std::string("x"), amina.csrf, std::string(43, 'A'), std::string("\"\"")})
    EXPECT_EQ(ask({.cookie = token}, "GET", "/api/v1/documents").status, 401) << token;
  // The same cookie twice, with two values: a neighbour may have planted one.
  EXPECT_EQ(ask({.cookie = amina.cookie + "; __Host-mithaq=" + forged}, "GET", "/api/v1/documents").status,
            401);
  EXPECT_EQ(ask(amina, "GET", "/api/v1/documents").status, 200);
  now_ += 12 * 3600 + 1;
  EXPECT_EQ(ask(amina, "GET", "/api/v1/documents").status, 401) << "expired";
}

TEST_P(GateTest, DoesNotTakeASessionOver) {
  start();
  const Person before = person("amina", access::Role::reader, "KAZ");
  accounts_->add({.id = "boris", .name = "Boris", .party = "EGY"});
  const json credentials = {{"account", "boris"}, {"password", accounts_->new_password("boris")}};
  // An attacker planted his session in the browser of somebody who then signs in.
  const Reply in = ask(before, "POST", "/api/v1/session", credentials.dump());
  ASSERT_EQ(in.status, 200) << in.body;
  EXPECT_EQ(in.headers.at("Set-Cookie").find(before.cookie), std::string::npos);
  EXPECT_FALSE(accounts_->session(before.cookie)) << "the planted one has ended";
}

TEST_P(GateTest, RefusesWhatAnotherSiteSendsInAPersonsName) {
  start();
  const Person admin = person("root", access::Role::administrator, "OSCE");
  const std::string body = json{{"id", "evil"}, {"name", "Evil"}, {"role", "administrator"}}.dump();
  EXPECT_EQ(ask({.cookie = admin.cookie}, "POST", "/api/v1/accounts", body).status, 403)
      << "without the token";
  EXPECT_EQ(
      ask({.cookie = admin.cookie, .csrf = std::string(64, 'a')}, "POST", "/api/v1/accounts", body).status,
      403);
  const Person other = person("amina", access::Role::reader, "KAZ");
  EXPECT_EQ(ask({.cookie = admin.cookie, .csrf = other.csrf}, "POST", "/api/v1/accounts", body).status, 403)
      << "somebody else's token";
  EXPECT_EQ(ask(admin, "POST", "/api/v1/accounts", body, "Origin: https://evil.example.org\r\n").status, 403);
  EXPECT_EQ(ask(admin, "POST", "/api/v1/accounts", body, "Origin: null\r\n").status, 403);
  EXPECT_EQ(ask(admin, "POST", "/api/v1/accounts", body, "Sec-Fetch-Site: cross-site\r\n").status, 403);
  EXPECT_FALSE(accounts_->find("evil"));
  EXPECT_EQ(ask(admin, "POST", "/api/v1/accounts", body, "Origin: http://localhost\r\n").status, 200);
}

TEST_P(GateTest, ShowsEachWhatIsOpenedToThem) {
  start();
  const Person staff = person("staff", access::Role::officer, "OSCE"),
               egypt = person("egypt", access::Role::reader, "EGY"),  // a Partner of the OSCE
      kazakhstan = person("kaz", access::Role::reader, "KAZ"),        // a participating State
      root = person("root", access::Role::administrator, "");         // acts for nobody
  const auto names_of = [&](const Person& who) {
    std::set<std::string> names;
    const json answer = get(who, "/api/v1/documents");
    for (const json& document : answer["documents"]) names.insert(document["name"]);
    return names;
  };
  using Names = std::set<std::string>;
  EXPECT_EQ(names_of(staff), (Names{kPublic, kPartners})) << "the originator's own";
  EXPECT_EQ(names_of(egypt), (Names{kPublic, kPartners}));
  EXPECT_EQ(names_of(kazakhstan), (Names{kPublic, kNamed}));
  EXPECT_EQ(names_of(root), (Names{kPublic})) << "no right to read comes with a role";

  // Asking for it by its id: 403 and a line in the log.
  const Reply refused = ask(egypt, "GET", "/api/v1/documents/" + named_);
  EXPECT_EQ(refused.status, 403) << refused.body;
  EXPECT_EQ(refused.body.find("KAZ"), std::string::npos) << "says nothing of it";
  EXPECT_EQ(ask(egypt, "GET", "/api/v1/documents/" + named_ + "/raw").status, 403);
  EXPECT_EQ(ask(kazakhstan, "GET", "/api/v1/documents/" + partners_).status, 403);
  EXPECT_EQ(acts("access.refused", "\"egypt\""), 2u);
  EXPECT_EQ(acts("access.refused", partners_), 1u);
  // Statements, search and counts say nothing of it either.
  const std::string words = "/api/v1/find?words=%D8%A7%D9%84%D9%88%D8%B3%D8%A7%D8%B7%D8%A9";
  EXPECT_EQ(get(egypt, words).dump().find(named_), std::string::npos);
  EXPECT_EQ(get(egypt, "/api/v1/who?limit=1000").dump().find(named_), std::string::npos);
  EXPECT_EQ(get(kazakhstan, "/api/v1/who?limit=1000").dump().find(partners_), std::string::npos);
  EXPECT_LT(get(root, "/api/v1/statistics")["documents"].get<int>(), 3);
}

TEST_P(GateTest, ExportsOnlyWhatMayBePassedOn) {
  start();
  // A reader sees the TLP:AMBER paper but takes no copy of it; an officer does.
  const auto rows_of = [&](const Person& who, const char* document) {
    const Reply reply = ask(who, "GET", "/api/v1/export/who-does-what-where?format=jsonl");
    EXPECT_EQ(reply.status, 200) << reply.body;
    std::size_t rows = 0;
    for (std::size_t at = reply.body.find(document); at != std::string::npos;
         at = reply.body.find(document, at + 1))
      ++rows;
    return rows;
  };
  const Person reader = person("reader", access::Role::reader, "EGY"),
               officer = person("officer", access::Role::officer, "EGY");
  EXPECT_NE(get(reader, "/api/v1/who?limit=1000").dump().find(partners_), std::string::npos);
  EXPECT_EQ(rows_of(reader, kPartners), 0u);
  EXPECT_GT(rows_of(reader, kPublic), 0u);
  EXPECT_GT(rows_of(officer, kPartners), 0u);
  EXPECT_EQ(rows_of(officer, kNamed), 0u);
  EXPECT_EQ(acts("export.made"), 4u);
  // What was narrowed for an export is as wide as before for the next question.
  EXPECT_NE(get(reader, "/api/v1/who?limit=1000").dump().find(partners_), std::string::npos);
}

TEST_P(GateTest, WritesReadsOfRestrictedDocumentsDown) {
  start();
  const Person egypt = person("egypt", access::Role::reader, "EGY");
  get(egypt, std::string("/api/v1/documents/") + kPublic);
  EXPECT_EQ(acts("document.read"), 0u);
  get(egypt, "/api/v1/documents/" + partners_);
  EXPECT_EQ(acts("document.read", partners_), 1u);
  get(egypt, "/api/v1/documents/" + partners_);
  EXPECT_EQ(acts("document.read"), 1u) << "one entry stands for ten minutes of reading";
  now_ += 601;
  ask(egypt, "GET", "/api/v1/documents/" + partners_ + "/raw");
  EXPECT_EQ(acts("document.read", partners_), 2u);
  now_ += 601;
  get(egypt, "/api/v1/who?limit=1000");
  EXPECT_EQ(acts("document.read", partners_), 3u) << "statements are read too";
}

TEST_P(GateTest, WithholdsBodiesOfTheLog) {
  start();
  const Person egypt = person("egypt", access::Role::reader, "EGY"),
               root = person("root", access::Role::administrator, "OSCE");
  gate_->append("session.opened", {.account = "somebody", .party = "KAZ"});
  gate_->append("session.opened", {.account = "egypt", .party = "EGY"});
  std::size_t withheld = 0;
  const json entries = get(egypt, "/api/v1/record/entries?limit=1000")["entries"];
  for (const json& entry : entries) {
    if (!entry.value("withheld", false)) continue;
    ++withheld;
    EXPECT_TRUE(entry["body"].is_null());
    EXPECT_EQ(entry["salt"], "") << "with the salt a body could be guessed";
  }
  EXPECT_GT(withheld, 2u);
  const std::string text = entries.dump();
  EXPECT_EQ(text.find("somebody"), std::string::npos);
  EXPECT_EQ(text.find(named_), std::string::npos);
  EXPECT_NE(text.find(R"(\"account\":\"egypt\")"), std::string::npos) << "one's own acts";
  EXPECT_NE(get(root, "/api/v1/record/entries?limit=1000").dump().find("somebody"), std::string::npos);
}

TEST_P(GateTest, OpensToThePublicOnlyWhatIsPublic) {
  start(true);
  const json documents = get({}, "/api/v1/documents")["documents"];
  ASSERT_EQ(documents.size(), 1u);
  EXPECT_EQ(documents[0]["name"], kPublic);
  EXPECT_NE(ask({}, "GET", "/api/v1/documents/" + partners_).status, 200);
  EXPECT_EQ(ask({}, "GET", "/api/v1/accounts").status, 401);
  EXPECT_EQ(ask({}, "GET", "/metrics").status, 401);
  EXPECT_EQ(acts("access.refused"), 0u) << "strangers fill no log";
}

TEST_P(GateTest, ShowsCountersToWhomTheyAreFor) {
  start();
  EXPECT_EQ(ask(person("egypt", access::Role::administrator, "EGY"), "GET", "/metrics").status, 403);
  EXPECT_EQ(ask(person("root", access::Role::administrator, "OSCE"), "GET", "/metrics").status, 200);
  EXPECT_EQ(ask({}, "GET", "/metrics", "", "Authorization: Bearer token-of-prometheus\r\n").status, 200);
  EXPECT_EQ(ask({}, "GET", "/metrics", "", "Authorization: Bearer token-of-prometheuS\r\n").status, 401);
}

TEST_P(GateTest, EndsSessionsAndStreamsOfADisabledAccount) {
  start();
  const Person amina = person("amina", access::Role::reader, "KAZ"),
               root = person("root", access::Role::administrator, "OSCE");
  Client stream(server_->port());
  stream.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-mithaq=" + amina.cookie +
              "\r\n\r\n");
  EXPECT_NE(stream.receive_until("event: record"), "");
  EXPECT_EQ(ask(root, "PATCH", "/api/v1/accounts/amina", R"({"disabled":true})").status, 200);
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(ask(amina, "GET", "/api/v1/documents").status, 401) << "the next request";
  EXPECT_NE(stream.receive_until("event: session"), "");
  EXPECT_NE(stream.receive_until("\r\n0\r\n\r\n"), "") << "the stream's end";
  EXPECT_LE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(1000));
  EXPECT_EQ(acts("account.changed", "disabled"), 1u);
}

TEST_P(GateTest, KeepsTheLanguageOfAnAccount) {
  start();
  const Person amina = person("amina", access::Role::reader, "OSCE");
  EXPECT_EQ(get(amina, "/api/v1/session")["account"]["language"], "");
  const Reply set = ask(amina, "PUT", "/api/v1/session/language", R"({"language":"ru"})");
  ASSERT_EQ(set.status, 200) << set.body;
  EXPECT_EQ(json::parse(set.body)["account"]["language"], "ru");
  EXPECT_EQ(get(amina, "/api/v1/session")["account"]["language"], "ru");
  EXPECT_EQ(get(person("amina", access::Role::reader, "OSCE"), "/api/v1/session")["account"]["language"],
            "ru")
      << "with the account, not the session";
  EXPECT_EQ(ask(amina, "PUT", "/api/v1/session/language", R"({"language":"de"})").status, 400);
  EXPECT_EQ(ask(amina, "PUT", "/api/v1/session/language", R"({"language":""})").status, 400);
  EXPECT_EQ(ask({.cookie = amina.cookie}, "PUT", "/api/v1/session/language", R"({"language":"ar"})").status,
            403);
  EXPECT_EQ(ask({}, "PUT", "/api/v1/session/language", R"({"language":"ar"})").status, 401);
}

TEST_P(GateTest, ListsAndEndsOnesOwnSessions) {
  start();
  const Person phone = person("amina", access::Role::reader, "OSCE");
  now_ += 600;
  const Person desk = person("amina", access::Role::reader, "OSCE");
  const Person other = person("boris", access::Role::administrator, "OSCE");
  const Reply listed = ask(desk, "GET", "/api/v1/session/list");
  ASSERT_EQ(listed.status, 200);
  const json sessions = json::parse(listed.body)["sessions"];
  ASSERT_EQ(sessions.size(), 2u);
  EXPECT_EQ(sessions[0]["this"], true) << "used last";
  EXPECT_EQ(sessions[1]["this"], false);
  EXPECT_EQ(sessions[1]["opened_at"],
            record::format_time(std::chrono::sys_seconds(std::chrono::seconds(kStart))));
  // Nothing of it opens a session.
  for (const Person* each : {&phone, &desk}) {
    EXPECT_EQ(listed.body.find(each->cookie), std::string::npos);
    EXPECT_EQ(listed.body.find(each->csrf), std::string::npos);
  }
  const std::string forgotten = sessions[1]["id"];
  EXPECT_EQ(get({.cookie = forgotten}, "/api/v1/session")["signed_in"], false);

  Client stream(server_->port());
  stream.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-mithaq=" + phone.cookie +
              "\r\n\r\n");
  EXPECT_NE(stream.receive_until("event: record"), "");
  EXPECT_EQ(ask(other, "DELETE", "/api/v1/session/list/" + forgotten).status, 404)
      << "not an administrator either";
  EXPECT_EQ(get(phone, "/api/v1/session")["signed_in"], true);
  const auto before = std::chrono::steady_clock::now();
  ASSERT_EQ(ask(desk, "DELETE", "/api/v1/session/list/" + forgotten).status, 204);
  EXPECT_NE(stream.receive_until("event: session"), "");
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(2));
  EXPECT_EQ(get(phone, "/api/v1/session")["signed_in"], false);
  EXPECT_EQ(ask(desk, "DELETE", "/api/v1/session/list/" + forgotten).status, 404) << "once";
  EXPECT_EQ(acts("session.ended", "\"amina\""), 1u);
  EXPECT_EQ(get(desk, "/api/v1/session/list")["sessions"].size(), 1u);
  const Reply own = ask(desk, "DELETE", "/api/v1/session/list/" + sessions[0]["id"].get<std::string>());
  EXPECT_EQ(own.status, 204);
  EXPECT_NE(own.headers.at("Set-Cookie").find("Max-Age=0"), std::string::npos);
  EXPECT_EQ(ask(desk, "GET", "/api/v1/session/list").status, 401);
}

TEST_P(GateTest, ShowsTheFirstDocumentThatSomebodyBringsToThemAlone) {
  start();
  const Person amina = person("amina", access::Role::officer, "KAZ");
  const Person berik = person("berik", access::Role::officer, "KAZ");
  // Until then both see the same, and the server keeps that for both.
  const json before = get(amina, "/api/v1/documents");
  EXPECT_EQ(get(berik, "/api/v1/documents"), before);
  service::Workspace workspace(options());
  const record::Body brought = record::DocumentBody{.id = record::document_id(std::string(64, 'a'), "amina"),
                                                    .name = "note.txt",
                                                    .metadata = {.handling = {.tlp = document::Tlp::red}},
                                                    .brought_by = "amina"};
  workspace.record_to_write().append(std::span(&brought, 1));
  EXPECT_EQ(get(amina, "/api/v1/documents").at("total").get<int>(), before.at("total").get<int>() + 1);
  EXPECT_EQ(get(berik, "/api/v1/documents").at("total"), before.at("total"));
}

TEST_P(GateTest, LetsAdministratorsManageTheirOwnAccountsAlone) {
  start();
  const Person root = person("root", access::Role::administrator, "OSCE"),
               cairo = person("cairo", access::Role::administrator, "EGY"),
               reader = person("amina", access::Role::reader, "KAZ");
  EXPECT_EQ(ask(reader, "GET", "/api/v1/accounts").status, 403);
  EXPECT_EQ(acts("access.refused", "\"amina\""), 1u);
  const json made = json::parse(
      ask(root, "POST", "/api/v1/accounts",
          json{{"id", "nadia"}, {"name", "Nadia \u202Eevil"}, {"role", "officer"}, {"party", "Egypt"}}.dump())
          .body);
  EXPECT_EQ(made["account"]["party"]["id"], "EGY");
  EXPECT_EQ(made["account"]["name"], "Nadia \u202Eevil") << "stored as given; the page isolates it";
  EXPECT_EQ(made["password"].get<std::string>().size(), 23u);
  EXPECT_EQ(
      ask(root, "POST", "/api/v1/accounts", json{{"id", "x"}, {"name", "a\nb"}, {"role", "reader"}}.dump())
          .status,
      400);
  std::set<std::string> seen;
  const json managed = get(cairo, "/api/v1/accounts");
  for (const json& account : managed["accounts"]) seen.insert(account["id"]);
  EXPECT_EQ(seen, (std::set<std::string>{"cairo", "nadia"}));
  EXPECT_EQ(ask(cairo, "PATCH", "/api/v1/accounts/nadia", R"({"role":"reviewer"})").status, 200);
  EXPECT_EQ(ask(cairo, "PATCH", "/api/v1/accounts/amina", R"({"role":"reviewer"})").status, 403);
  EXPECT_EQ(ask(cairo, "PATCH", "/api/v1/accounts/nobody", R"({"role":"reviewer"})").status, 403)
      << "not even whether it is there";
  EXPECT_EQ(ask(cairo, "PATCH", "/api/v1/accounts/nadia", R"({"party":"OSCE"})").status, 403)
      << "into the staff";
  EXPECT_EQ(
      ask(cairo, "PATCH", "/api/v1/accounts/nadia", R"({"statuses":["OSCE/participating_state"]})").status,
      403);
  EXPECT_EQ(accounts_->find("nadia")->party, "EGY");
  EXPECT_EQ(ask(root, "PATCH", "/api/v1/accounts/nadia", R"({"statuses":["UN/observer"]})").status, 200);
}

TEST_P(GateTest, SetsAndAsksForASecondFactor) {
  start();
  accounts_->add({.id = "amina", .name = "Amina", .party = "KAZ"});
  const std::string password = accounts_->new_password("amina");
  json credentials = {{"account", "amina"}, {"password", password}};
  Reply in = ask({}, "POST", "/api/v1/session", credentials.dump());
  const auto person_of = [](const Reply& reply) {
    const std::string set = reply.headers.at("Set-Cookie");
    return Person{.cookie = set.substr(14, set.find(';') - 14), .csrf = json::parse(reply.body)["csrf"]};
  };
  const Person amina = person_of(in);
  const json factor = json::parse(ask(amina, "POST", "/api/v1/session/totp").body);
  const std::string secret = *accounts::from_base32(factor["secret"].get<std::string>());
  const auto code = [&] {
    return accounts::totp_code(
        secret, accounts::totp_step(std::chrono::sys_seconds(std::chrono::seconds(now_.load()))));
  };
  EXPECT_EQ(ask(amina, "PUT", "/api/v1/session/totp", R"({"code":"000"})").status, 403);
  const Reply confirmed = ask(amina, "PUT", "/api/v1/session/totp", json{{"code", code()}}.dump());
  ASSERT_EQ(confirmed.status, 200) << confirmed.body;
  EXPECT_EQ(json::parse(confirmed.body)["recovery"].size(), 10u);
  in = ask({}, "POST", "/api/v1/session", credentials.dump());
  EXPECT_EQ(in.status, 401);
  EXPECT_EQ(json::parse(in.body)["error"]["kind"], "code_needed");
  now_ += 30;
  credentials["code"] = code();
  EXPECT_EQ(ask({}, "POST", "/api/v1/session", credentials.dump()).status, 200);
  const std::string change = json{{"old", password}, {"new", "green mountain kettle"}}.dump();
  EXPECT_EQ(ask(amina, "POST", "/api/v1/session/password", change).status, 204);
  EXPECT_EQ(ask(amina, "DELETE", "/api/v1/session/totp", R"({"password":"green mountain kettle"})").status,
            204);
}

TEST_P(GateTest, SignsInThroughTheProvider) {
  accounts::test_provider::Server server([this] { return now_.load(); });
  accounts::Provider provider({.issuer = server.issuer,
                               .client_id = accounts::test_provider::Server::kClient,
                               .client_secret = accounts::test_provider::Server::kSecret,
                               .redirect_address = "http://localhost/auth/oidc/callback",
                               .seal = std::string(32, 's'),
                               .clock = options().clock});
  start(false, &provider);
  const Reply begun = ask({}, "GET", "/auth/oidc/start");
  ASSERT_EQ(begun.status, 302) << begun.body;
  const std::string kept = begun.headers.at("Set-Cookie");
  EXPECT_TRUE(kept.starts_with("__Host-mithaq-oidc="));
  auto back = server.authorize(begun.headers.at("Location"));
  const std::string target = "/auth/oidc/callback?code=" + back["code"] + "&state=" + back["state"] +
                             "&iss=" + accounts::form_text({{"", back["iss"]}}).substr(1);
  const std::string cookie = "Cookie: " + kept.substr(0, kept.find(';')) + "\r\n";
  EXPECT_EQ(ask({}, "GET", target).headers.at("Location"), "/?sign_in=failed") << "another browser";
  EXPECT_EQ(ask({}, "GET", target, "", cookie).headers.at("Location"), "/?sign_in=unknown")
      << "no account yet";
  accounts_->add({.id = "amina", .name = "Amina", .party = "KAZ", .email = "amina@example.org"});
  const Reply again = ask({}, "GET", "/auth/oidc/start");
  back = server.authorize(again.headers.at("Location"));
  const std::string kept_again = again.headers.at("Set-Cookie");
  const Reply in = ask({}, "GET",
                       "/auth/oidc/callback?code=" + back["code"] + "&state=" + back["state"] +
                           "&iss=" + accounts::form_text({{"", back["iss"]}}).substr(1),
                       "", "Cookie: " + kept_again.substr(0, kept_again.find(';')) + "\r\n");
  EXPECT_EQ(in.status, 302);
  EXPECT_EQ(in.headers.at("Location"), "/");
  EXPECT_EQ(acts("session.opened", "provider"), 1u);
}

TEST_P(GateTest, NamesStatusesInTheLanguageOfTheRequest) {
  start();
  const Person amina = person("amina", access::Role::officer, "OSCE");
  const json answer = get(amina, "/api/v1/statuses?issuer=OSCE");
  EXPECT_EQ(answer["proposed"][0], "OSCE/participating_state");
  const Reply arabic = ask(amina, "GET", "/api/v1/statuses", "", "Accept-Language: ar\r\n");
  EXPECT_NE(arabic.body.find("شركاء"), std::string::npos);
}

}  // namespace
}  // namespace mithaq::server
