// What strangers and people of other delegations send to learn or to break something, over a real socket.
#include <gtest/gtest.h>

#include <array>

#include "base/sha256.hpp"
#include "server/compression.hpp"
#include "server/gate_fixture.hpp"

namespace mithaq::server {
namespace {

class AttackTest : public GateFixture, public ::testing::WithParamInterface<record::Dialect> {
 protected:
  AttackTest() : GateFixture(GetParam()) {}
  static std::string hash_of(const std::string& bytes) { return to_hex(sha256(bytes)); }
};
MITHAQ_ON_BOTH_DATABASES(AttackTest);

// Whoever has a file can hand it in to see whether somebody else did, or ask for the id that it would have.
// Nothing that is answered tells a paper that is hidden from one that nobody has.
TEST_P(AttackTest, AFileThatIsHandedInTellsNothingOfAHiddenOne) {
  start();
  const Person spy = person("spy", access::Role::officer, "EGY");
  const fs::path examples = test::project() / "examples";
  const std::string hidden = bytes_of(examples / kNamed),
                    unknown = bytes_of(examples / "06-early-warning.html");
  ASSERT_EQ("sha256-" + hash_of(hidden), named_);
  // What is told of a file, as text, without what differs between any two.
  const auto told = [&](const std::string& bytes) {
    std::string out;
    const auto note = [&](const Reply& reply) {
      out += std::to_string(reply.status) + " " + reply.body + "\n";
    };
    const std::string hash = hash_of(bytes), plain = "sha256-" + hash;
    for (const std::string account : {"", "spy", "officer"}) {
      const std::string id = record::document_id(hash, account);
      for (const std::string& each :
           {"documents/" + id, "documents/" + id + "/raw", "documents/" + id + "/export?format=text",
            "documents/" + id.substr(0, 30), "documents/" + id.substr(7, 4),
            "find?words=peace&document=" + id, "commitments?paper=" + id, "review/queue?document=" + id,
            "documents?reference=" + id})
        note(ask(spy, "GET", "/api/v1/" + each));
      note(ask(spy, "PUT", "/api/v1/documents/" + id + "/edits/0-0", R"({"undone":true})"));
      note(ask(spy, "PUT", "/api/v1/documents/" + id + "/handling", R"({"tlp":"TLP:RED","reason":"x"})"));
      for (std::size_t at = out.find(id.substr(7, 23)); at != std::string::npos;
           at = out.find(id.substr(7, 23)))
        out.replace(at, 23, "ID");
      for (const std::string& part : {id.substr(7, 4)})
        for (std::size_t at = out.find('"' + part); at != std::string::npos; at = out.find('"' + part))
          out.replace(at, 5, "PART");
    }
    const std::uint64_t entries = get(spy, "/api/v1/record/log?limit=1")["size"];
    json job = json::parse(hand_in(spy, "name=mine.txt&tlp=TLP:RED", bytes).body)["job"];
    read_what_waits();
    json done = get(spy, "/api/v1/jobs/" + job["id"].get<std::string>())["job"];
    const std::string id = done["document"];
    EXPECT_EQ(id, record::document_id(hash, "spy"));
    EXPECT_NE(id, plain);
    const json shown = get(spy, "/api/v1/documents/" + id)["document"];
    EXPECT_EQ(shown["name"], "mine.txt");
    EXPECT_EQ(shown["handling"]["tlp"], "TLP:RED");
    EXPECT_GT(get(spy, "/api/v1/record/log?limit=1")["size"], entries) << "it was read into the record";
    for (json* each : {&job, &done}) {
      for (const char* own : {"id", "bytes", "created_at", "document"}) each->erase(own);
      out += each->dump() + "\n";
    }
    // The same once more is known: as one's own.
    const json again = json::parse(hand_in(spy, "name=again.txt&tlp=TLP:RED", bytes).body)["job"];
    EXPECT_EQ(again["state"], "known");
    EXPECT_EQ(again["document"], id);
    return out;
  };
  const std::string of_hidden = told(hidden), of_unknown = told(unknown);
  EXPECT_EQ(of_hidden, of_unknown);
  EXPECT_NE(of_hidden.find("403"), std::string::npos);
  EXPECT_GE(acts("access.refused", named_), 1u) << "what was asked for stands in the log";
  // By its name too it is as if it were not there.
  EXPECT_EQ(ask(spy, "GET", std::string("/api/v1/documents/") + kNamed).status, 404);
  // And to whom the paper is open nothing has changed.
  const Person kazakhstan = person("kaz", access::Role::officer, "KAZ");
  EXPECT_EQ(get(kazakhstan, "/api/v1/documents/" + named_)["document"]["name"], kNamed);
  EXPECT_EQ(get(kazakhstan, "/api/v1/documents")["total"], 2);
  const json known = json::parse(hand_in(kazakhstan, "name=ours.txt&tlp=TLP:CLEAR", hidden).body)["job"];
  EXPECT_EQ(known["state"], "known");
  EXPECT_EQ(known["document"], named_);
}

// Ids that somebody makes up are refused each, but do not fill the log.
TEST_P(AttackTest, GuessedIdsFillNoLog) {
  start();
  const Person spy = person("spy", access::Role::reader, "EGY");
  const auto guess = [&](int number) {
    return ask(spy, "GET", "/api/v1/documents/sha256-" + hash_of(std::to_string(number))).status;
  };
  for (int each = 0; each < 100; ++each) ASSERT_EQ(guess(each), 403);
  EXPECT_EQ(acts("access.refused"), 60u);
  EXPECT_EQ(acts("access.refused", "further refusals"), 1u);
  now_ += 61;
  EXPECT_EQ(guess(1000), 403);
  EXPECT_EQ(acts("access.refused"), 61u);
}

// A text with U+0000, or bytes that are no UTF-8, in every place that takes one: refused, or kept as it is,
// on a database that cannot keep it too; never an error of ours.
TEST_P(AttackTest, BytesThatNoTextHoldsBreakNothing) {
  start();
  const Person root = person("root", access::Role::administrator, "OSCE");
  const std::string statement = [&] {
    const json page = get(root, std::string("/api/v1/documents/") + kPublic + "?limit=500");
    for (const json& paragraph : page["paragraphs"])
      for (const json& each : paragraph["statements"]) return each["statement"].dump();
    return std::string();
  }();
  const std::string document = std::string("/api/v1/documents/") + kPublic;
  for (const std::string bad : {R"(a\u0000b)", R"(\ud800)", "a\xff\xfe", "\xc0\xaf", R"(\u202ea\u2066)"}) {
    const std::string text = '"' + bad + '"';
    for (const auto& [method, target, body] : std::vector<std::array<std::string, 3>>{
             {"POST", "/api/v1/session", R"({"account":)" + text + R"(,"password":"x"})"},
             {"POST", "/api/v1/session", R"({"account":"root","password":)" + text + "}"},
             {"POST", "/api/v1/session/password", R"({"old":)" + text + R"(,"new":)" + text + "}"},
             {"POST", "/api/v1/accounts", R"({"id":"x","role":"reader","name":)" + text + "}"},
             {"POST", "/api/v1/accounts", R"({"name":"x","role":"reader","id":)" + text + "}"},
             {"PATCH", "/api/v1/accounts/root", R"({"email":)" + text + "}"},
             {"PATCH", "/api/v1/accounts/root", R"({"party":)" + text + "}"},
             {"POST", "/api/v1/searches", R"({"query":{"words":"peace"},"name":)" + text + "}"},
             {"POST", "/api/v1/searches", R"({"name":"x","query":{"words":)" + text + "}}"},
             {"POST", "/api/v1/statements/" + statement + "/review",
              R"({"action":"confirm","note":)" + text + "}"},
             {"POST", "/api/v1/statements/" + statement + "/review",
              R"({"action":"correct","correction":{"topic":)" + text + "}}"},
             {"PUT", document + "/handling",
              R"({"tlp":"TLP:CLEAR","recipients":["KAZ"],"reason":)" + text + "}"},
             {"PUT", document + "/handling", R"({"tlp":"TLP:CLEAR","reason":"x","originator":)" + text + "}"},
             {"PUT", document + "/edits/0-0", R"({"undone":true,"note":)" + text + "}"},
             {"DELETE", "/api/v1/documents/nothing", R"({"reason":)" + text + "}"}}) {
      const Reply reply = ask(root, method, target, body);
      EXPECT_GE(reply.status, 200) << method << ' ' << target << ' ' << body;
      EXPECT_LT(reply.status, 500) << method << ' ' << target << ' ' << body << ' ' << reply.body;
      EXPECT_FALSE(json::parse(reply.body.empty() ? "{}" : reply.body, nullptr, false).is_discarded())
          << reply.body;
    }
  }
  for (const char* bad : {"%00", "a%00b", "%ff", "%C0%AF", "%ED%A0%80", "%F4%90%80%80"}) {
    for (const std::string& target :
         {"/api/v1/find?words=" + std::string(bad), "/api/v1/documents?reference=" + std::string(bad),
          "/api/v1/entities?words=" + std::string(bad), "/api/v1/documents/" + std::string(bad),
          "/feeds/" + std::string(bad)})
      EXPECT_EQ(ask(root, "GET", target).status, 400) << target;
  }
  EXPECT_TRUE(service::Workspace(options()).record().verify().ok());
}

// Names that mean to be markup, to end a header or to turn round what stands behind them.
TEST_P(AttackTest, NamesAndTextsOfStrangersAreOnlyEverShown) {
  start();
  const Person officer = person("officer", access::Role::officer, "OSCE");
  const std::string script = "<script>alert(1)</script><img src=x onerror=alert(1)>";
  const std::string page = "<html><head><title>" + script +
                           "</title></head><body><p>The OSCE leads the mission in "
                           "Georgia. " +
                           script + "</p></body></html>";
  const Reply sent =
      hand_in(officer, "name=%3Cscript%3Ealert%281%29%3C%E2%80%AEscript%3E%22%3B.html&tlp=TLP:CLEAR", page);
  ASSERT_EQ(sent.status, 202) << sent.body;
  read_what_waits();
  const json job = get(officer, "/api/v1/jobs?limit=1")["jobs"][0];
  ASSERT_EQ(job["state"], "done") << job;
  const std::string at = "/api/v1/documents/" + job["document"].get<std::string>();
  for (const std::string& target :
       {at, at + "/raw", at + "/export?format=text", at + "/export?format=akn", at + "/export?format=jsonl",
        at + "/export?format=findings", std::string("/api/v1/documents"),
        std::string("/api/v1/find?words=alert"), std::string("/api/v1/export/who-does-what-where?format=csv"),
        std::string("/api/v1/export/who-does-what-where?format=hxl")}) {
    const Reply reply = ask(officer, "GET", target);
    EXPECT_EQ(reply.status, 200) << target;
    // No browser takes it for a page, nor runs what is in it.
    EXPECT_EQ(reply.headers.at("Content-Type").find("html"), std::string::npos) << target;
    EXPECT_EQ(reply.headers.at("X-Content-Type-Options"), "nosniff") << target;
    EXPECT_NE(reply.headers.at("Content-Security-Policy").find("default-src 'self'"), std::string::npos)
        << target;
    const auto saved = reply.headers.find("Content-Disposition");
    if (target.find("/export") != std::string::npos) {
      ASSERT_NE(saved, reply.headers.end()) << target;
      EXPECT_TRUE(saved->second.starts_with("attachment; ")) << target;
    }
    if (saved != reply.headers.end()) {
      EXPECT_EQ(saved->second.find_first_of("<>\n\r"), std::string::npos) << saved->second;
      EXPECT_EQ(saved->second.find("\u202E"), std::string::npos) << saved->second;
    }
  }
  // A name of an account is shown, and cannot hold what ends a line.
  const Person root = person("root", access::Role::administrator, "OSCE");
  EXPECT_EQ(ask(root, "POST", "/api/v1/accounts",
                json{{"id", "x"}, {"name", "\u202Enimda\u202C <b>x</b>"}, {"role", "reader"}}.dump())
                .status,
            200);
  EXPECT_EQ(ask(root, "POST", "/api/v1/accounts",
                json{{"id", "y"}, {"name", "a\r\nSet-Cookie: b"}, {"role", "reader"}}.dump())
                .status,
            400);
}

TEST_P(AttackTest, ASessionThatIsOverOpensNothing) {
  start();
  const Person amina = person("amina", access::Role::administrator, "OSCE");
  EXPECT_EQ(ask(amina, "GET", "/api/v1/accounts").status, 200);
  now_ += 13 * 3600;
  EXPECT_EQ(ask(amina, "GET", "/api/v1/accounts").status, 401) << "idle for 13 hours";
  EXPECT_EQ(ask(amina, "POST", "/api/v1/searches", R"({"name":"x","query":{"words":"x"}})").status, 401);
  EXPECT_EQ(hand_in(amina, "name=x.txt", "a text").status, 401);
}

// What has nothing to do with the database.
class HttpAttackTest : public GateFixture {
 protected:
  // All that the server says to these bytes until it closes or falls silent.
  std::string said_to(const std::string& bytes) {
    Client client(server_->port());
    client.set_patience(std::chrono::milliseconds(400));
    client.send(bytes);
    return client.receive_all();
  }
};

// Two programs that part a stream of bytes into requests in different places let one person's request carry
// another's.
TEST_F(HttpAttackTest, RequestsThatCanBeReadInTwoWaysAreRefused) {
  start();
  const std::string hidden = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
  const std::string post =
      "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
  const auto length = [](std::size_t bytes) { return "Content-Length: " + std::to_string(bytes) + "\r\n"; };
  const std::string longer = length(hidden.size() + 2);
  for (const std::string& bytes : std::vector<std::string>{
           post + length(2) + longer + "\r\n{}" + hidden,
           post + longer + length(2) + "\r\n{}" + hidden,
           post + "Content-Length: 2, " + std::to_string(hidden.size() + 2) + "\r\n\r\n{}" + hidden,
           post + longer + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden,
           post + "Transfer-Encoding: chunked\r\n" + longer + "\r\n0\r\n\r\n" + hidden,
           post + length(2) + "Transfer-Encoding: xchunked\r\n\r\n{}" + hidden,
           post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + hidden,
           post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n" + hidden,
           post + "Content-Length : 2\r\n\r\n{}" + hidden,
           post + " Content-Length: 2\r\n\r\n{}" + hidden,
           post + "Content-Length: +2\r\n\r\n{}" + hidden,
           post + "Content-Length: -2\r\n\r\n{}" + hidden,
           post + "Content-Length: 0x2\r\n\r\n{}" + hidden,
           post + "Content-Length: 2 2\r\n\r\n{}" + hidden,
           post + "Content-Length: 18446744073709551618\r\n\r\n{}" + hidden,
           post + "Content-Length:\r\n\r\n" + hidden,
           post + "X-A: b\r\n " + length(2) + "\r\n{}" + hidden,
           "GET /api/v1/session HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n" + hidden,
           "GET /api/v1/session HTTP/1.1\r\n\r\n" + hidden,
           "GET /api/v1/session\r\n\r\n" + hidden,
           "GET  /api/v1/session  HTTP/1.1\r\nHost: localhost\r\n\r\n" + hidden,
           "GET /api/v1/session HTTP/1.1\rHost: localhost\r\r" + hidden}) {
    const std::string said = said_to(bytes);
    EXPECT_EQ(said.find(R"({"status":"ok"})"), std::string::npos) << bytes << "\n-- was answered:\n" << said;
    EXPECT_FALSE(said.starts_with("HTTP/1.1 2")) << bytes << "\n-- was answered:\n" << said;
  }
  EXPECT_EQ(ask({}, "GET", "/healthz").status, 200);
}

TEST_F(HttpAttackTest, ALongListOfRangesOrParametersCostsNothing) {
  start();
  const Person reader = person("reader", access::Role::reader, "OSCE");
  std::string ranges = "Range: bytes=0-";
  for (int each = 0; each < 1200; ++each) ranges += ",5-" + std::to_string(each);
  const Reply whole = ask(reader, "GET", "/api/v1/documents");
  const Reply ranged = ask(reader, "GET", "/api/v1/documents", "", ranges + "\r\nIf-Range: \"x\"\r\n");
  EXPECT_EQ(ranged.status, 200) << "there are no ranges here";
  EXPECT_EQ(ranged.body.size(), whole.body.size());
  std::string many = "/api/v1/who?org=OSCE";
  for (int each = 0; each < 3000; ++each) many += "&org=UN";
  const auto begun = std::chrono::steady_clock::now();
  const Reply reply = ask(reader, "GET", many);
  EXPECT_TRUE(reply.status == 400 || reply.status == 414) << reply.status;
  std::string names = "/api/v1/who?";
  for (int each = 0; each < 3000; ++each) names += "a" + std::to_string(each) + "&";
  EXPECT_TRUE(ask(reader, "GET", names).status >= 400);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(2));
  // Many cookies, of which one is right, and one cookie many times.
  std::string cookies = "Cookie: ";
  for (int each = 0; each < 1000; ++each) cookies += "c" + std::to_string(each) + "=x; ";
  const int status =
      ask({}, "GET", "/api/v1/documents", "", cookies + "__Host-mithaq=" + reader.cookie + "\r\n").status;
  EXPECT_TRUE(status == 0 || status == 431) << "more than a browser keeps: " << status;
  EXPECT_EQ(ask(reader, "GET", "/api/v1/documents").status, 200);
}

TEST_F(HttpAttackTest, DeepOrEndlessJsonIsRefusedAtOnce) {
  start();
  const Person reader = person("reader", access::Role::reader, "OSCE");
  const std::string begin = R"({"name":"x","query":)";
  for (const std::string& body :
       {begin + std::string(30'000, '[') + std::string(30'000, ']') + "}", begin + std::string(60'000, '['),
        begin + "{\"a\":" + std::string(20'000, '{'), begin + R"({"words":"x","words":"y"}})",
        begin + "{\"words\":1e400}}", begin + "{\"words\":" + std::string(50'000, '9') + "}}",
        begin + R"({"words":"x"}}{"name":"y"})", std::string("\xEF\xBB\xBF{}"), std::string("[]"),
        std::string("null"), std::string("\"x\""), std::string(1, '\0')}) {
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_EQ(ask(reader, "POST", "/api/v1/searches", body).status, 400) << body.substr(0, 80);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(1));
  }
}

// A form on a page of another site can send these without asking the browser, and the cookie goes along.
TEST_F(HttpAttackTest, FormsOfOtherSitesChangeNothing) {
  start();
  const Person root = person("root", access::Role::administrator, "OSCE");
  const std::string body = R"({"id":"evil","name":"evil","role":"administrator","party":"OSCE"})";
  const auto post = [&](const std::string& target, const std::string& headers, const std::string& sent) {
    Client client(server_->port());
    client.send("POST " + target + " HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-mithaq=" + root.cookie +
                "\r\n" + headers + "Content-Length: " + std::to_string(sent.size()) + "\r\n\r\n" + sent);
    return client.receive().status;
  };
  for (const char* type : {"text/plain", "application/x-www-form-urlencoded",
                           "multipart/form-data; boundary=x", "text/plain; charset=application/json", ""}) {
    const std::string header = *type == '\0' ? "" : "Content-Type: " + std::string(type) + "\r\n";
    // Old browsers say nothing of where a request comes from.
    EXPECT_GE(post("/api/v1/accounts", header, body), 400) << type;
    EXPECT_GE(post("/api/v1/accounts", header + "X-Mithaq-CSRF: \r\n", body), 400) << type;
    EXPECT_GE(post("/api/v1/accounts", header + "Origin: null\r\n", body), 400) << type;
    EXPECT_GE(post("/api/v1/documents?name=x.txt", header, "The OSCE leads."), 400) << type;
    // Even with the token, JSON is what it says that it is.
    if (*type != '\0') {
      EXPECT_EQ(post("/api/v1/accounts", header + "X-Mithaq-CSRF: " + root.csrf + "\r\n", body), 415) << type;
    }
  }
  EXPECT_EQ(post("/api/v1/documents?name=x.txt&csrf=" + root.csrf, "Content-Type: text/plain\r\n", "x"), 400)
      << "a token in the address is none";
  EXPECT_EQ(accounts_->list().size(), 1u);
  EXPECT_TRUE(get(root, "/api/v1/jobs")["jobs"].empty());
}

// Half a kilobyte that unpacks to gigabytes, in the ways that a request can carry it.
TEST_F(HttpAttackTest, WhatUnpacksToGigabytesIsNotUnpacked) {
  start();
  const Person officer = person("officer", access::Role::officer, "OSCE");
  const std::string gzip = compressed(std::string(100'000'000, 'a'), Coding::gzip);
  EXPECT_LT(gzip.size(), 200'000u);
  EXPECT_EQ(hand_in(officer, "name=x.txt", gzip).status, 415)
      << "it is a packed file, and is not read as one";
  // A body that says it is packed is taken as it is: nothing is unpacked before it is looked at.
  const Reply packed =
      ask(officer, "POST", "/api/v1/searches",
          compressed(R"({"name":"x","query":{"words":"x"}})", Coding::gzip), "Content-Encoding: gzip\r\n");
  EXPECT_TRUE(packed.status == 400 || packed.status == 415) << packed.status;
}

}  // namespace
}  // namespace mithaq::server
