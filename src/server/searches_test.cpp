// Searches that accounts keep, and their feeds: what is new, who may see it, and how a feed ends.
#include <gtest/gtest.h>

#include <fstream>
#include <pugixml.hpp>
#include <set>

#include "server/gate_fixture.hpp"

namespace mithaq::server {
namespace {

class SearchesTest : public GateFixture {
 protected:
  json keep(const Person& who, const json& query, const std::string& name = "الوساطة") {
    const Reply reply = ask(who, "POST", "/api/v1/searches", json{{"name", name}, {"query", query}}.dump());
    EXPECT_EQ(reply.status, 201) << reply.body;
    return json::parse(reply.body, nullptr, false)["search"];
  }
  json searches(const Person& who) { return get(who, "/api/v1/searches")["searches"]; }
  // The documents of a feed's entries, held against what RFC 4287 asks of every feed and entry.
  std::set<std::string> documents_of(const std::string& address) {
    const Reply reply = ask({}, "GET", address);
    EXPECT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(reply.headers.at("Content-Type"), "application/atom+xml");
    pugi::xml_document parsed;
    EXPECT_TRUE(parsed.load_string(reply.body.c_str()));
    const pugi::xml_node feed = parsed.child("feed");
    EXPECT_STREQ(feed.attribute("xmlns").value(), "http://www.w3.org/2005/Atom");
    const auto expect_one = [](pugi::xml_node node, const char* name) {
      const auto children = node.children(name);
      EXPECT_EQ(std::distance(children.begin(), children.end()), 1) << name;
      EXPECT_STRNE(node.child_value(name), "") << name;
    };
    for (const char* name : {"id", "title", "updated"}) expect_one(feed, name);
    EXPECT_STRNE(feed.child("author").child_value("name"), "");
    EXPECT_STREQ(feed.find_child_by_attribute("link", "rel", "self").attribute("href").value(),
                 address.c_str());
    std::set<std::string> out, ids;
    for (const pugi::xml_node entry : feed.children("entry")) {
      for (const char* name : {"id", "title", "updated", "content"}) expect_one(entry, name);
      const std::string id = entry.child_value("id");
      EXPECT_TRUE(id.starts_with("urn:mithaq:sha256-")) << id;
      EXPECT_TRUE(ids.insert(id).second) << id;
      EXPECT_EQ(std::string(entry.child_value("updated")).size(), 20u) << "RFC 3339";
      EXPECT_TRUE(
          std::string(entry.child("link").attribute("href").value()).starts_with("/documents/sha256-"));
      out.insert(id.substr(11, 71));
    }
    return out;
  }
  void hand_in(const std::string& name) {
    service::Workspace workspace(options());
    service::read_documents(workspace, {.paths = {test::project() / "examples" / name}});
  }
};

TEST_F(SearchesTest, KeepsWhatAnAccountAsks) {
  start();
  const Person egypt = person("egypt", access::Role::reader, "EGY"),
               kaz = person("kaz", access::Role::reader, "KAZ");
  const json kept = keep(egypt, {{"org", {"OSCE"}}, {"kind", {"cooperation"}}}, "OSCE, co-operation");
  EXPECT_EQ(kept["new"], 0) << "what was there is not new";
  ASSERT_EQ(searches(egypt).size(), 1u);
  EXPECT_EQ(searches(egypt)[0], kept);
  EXPECT_EQ(kept["query"], (json{{"org", {"OSCE"}}, {"kind", {"cooperation"}}}));
  EXPECT_TRUE(searches(kaz).empty()) << "one's own";

  hand_in("10-joint-visit.ar.txt");
  EXPECT_EQ(searches(egypt)[0]["new"], 1);
  const std::string address = "/api/v1/searches/" + kept["id"].get<std::string>();
  EXPECT_EQ(ask(kaz, "POST", address + "/seen").status, 404);
  EXPECT_EQ(ask(egypt, "POST", address + "/seen").status, 204);
  EXPECT_EQ(searches(egypt)[0]["new"], 0);
  EXPECT_EQ(ask(kaz, "DELETE", address).status, 404);
  EXPECT_EQ(searches(egypt).size(), 1u);
  EXPECT_EQ(ask(egypt, "DELETE", address).status, 204);
  EXPECT_TRUE(searches(egypt).empty());
  EXPECT_EQ(ask({}, "GET", kept["feed"]).status, 404) << "its feed ends with it";
}

TEST_F(SearchesTest, RefusesWhatAsksForNothing) {
  start();
  const Person egypt = person("egypt", access::Role::reader, "EGY");
  const std::map<std::string, json> wrong = {{"query.kind", {{"kind", json::object()}}},
                                             {"query.from", {{"from", "yesterday"}}},
                                             {"query.nothing", {{"nothing", "x"}}},
                                             {"query.words", {{"words", std::string(600, 'x')}}},
                                             {"query", "words"}};
  for (const auto& [field, query] : wrong) {
    const Reply reply = ask(egypt, "POST", "/api/v1/searches", json{{"name", "x"}, {"query", query}}.dump());
    EXPECT_EQ(reply.status, 400) << field;
    EXPECT_NE(reply.body.find("\\\"" + field + "\\\""), std::string::npos) << reply.body;
  }
  const auto status = [&](const json& body) {
    return ask(egypt, "POST", "/api/v1/searches", body.dump()).status;
  };
  EXPECT_EQ(status({{"name", "x"}, {"query", json::object()}}), 400);
  EXPECT_EQ(status({{"name", "x"}, {"query", {{"review", "praised"}}}}), 400);
  EXPECT_EQ(status({{"name", " "}, {"query", {{"words", "x"}}}}), 400);
  EXPECT_EQ(status({{"name", "x"}, {"query", {{"org", {"no such organization"}}}}}), 404);
  EXPECT_EQ(ask({}, "GET", "/api/v1/searches").status, 401);
}

TEST_F(SearchesTest, FeedsShowWhatTheirOwnersMaySee) {
  start();
  const Person egypt = person("egypt", access::Role::reader, "EGY"),
               kaz = person("kaz", access::Role::reader, "KAZ"),
               root = person("root", access::Role::administrator, "OSCE");
  const json query = {{"words", "المنظمة OR الوساطة OR OSCE"}};
  const std::string of_egypt = keep(egypt, query)["feed"], of_kaz = keep(kaz, query)["feed"];
  EXPECT_TRUE(documents_of(of_egypt).contains(partners_));
  EXPECT_FALSE(documents_of(of_egypt).contains(named_));
  EXPECT_TRUE(documents_of(of_kaz).contains(named_));
  EXPECT_FALSE(documents_of(of_kaz).contains(partners_));
  EXPECT_EQ(acts("document.read", "\"egypt\""), 1u) << "a feed is read too";
  // What is closed to somebody is gone from their feed at once.
  const Person officer = person("officer", access::Role::officer, "OSCE");
  const json closed = {{"tlp", "TLP:AMBER"}, {"originator", "OSCE"}, {"reason", "asked by its author"}};
  ASSERT_EQ(ask(officer, "PUT", "/api/v1/documents/" + partners_ + "/handling", closed.dump()).status, 200);
  EXPECT_FALSE(documents_of(of_egypt).contains(partners_));

  std::string other = of_egypt;
  other[8] = other[8] == 'A' ? 'B' : 'A';
  EXPECT_EQ(ask({}, "GET", other).status, 404);
  EXPECT_EQ(ask({}, "GET", of_egypt.substr(0, of_egypt.size() - 5)).status, 404);
  EXPECT_EQ(ask(root, "PATCH", "/api/v1/accounts/egypt", R"({"disabled":true})").status, 200);
  EXPECT_EQ(ask({}, "GET", of_egypt).status, 404) << "gone with the account";
  EXPECT_EQ(ask({}, "GET", of_kaz).status, 200);
}

TEST_F(SearchesTest, KeepsNoTokenOfAFeed) {
  start();
  const Person egypt = person("egypt", access::Role::reader, "EGY");
  const std::string feed = keep(egypt, {{"words", "x"}})["feed"], token = feed.substr(7, feed.size() - 12);
  server_.reset();
  api_.reset();
  gate_.reset();
  accounts_.reset();
  std::string bytes;
  for (const fs::path& path : {folder_ / "record.mithaq", folder_ / "record.mithaq-wal"}) {
    std::ifstream file(path, std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(file), {});
  }
  EXPECT_GT(bytes.size(), 0u);
  EXPECT_EQ(bytes.find(token), std::string::npos);
}

}  // namespace
}  // namespace mithaq::server
