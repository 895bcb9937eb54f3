// Every route of the API on the record of the examples, over a real socket.
#include "server/api.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <thread>

#include "base/table.hpp"
#include "base/utf8.hpp"
#include "record/checkpoint.hpp"
#include "record/merkle.hpp"
#include "server/openapi_fits.hpp"
#include "server/server.hpp"
#include "server/test_client.hpp"
#include "service/find.hpp"
#include "service/read_documents.hpp"
#include "service/who_does_what.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::server {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using test_client::Reply;
using test_client::request;

const char* const kReport = "02-cooperation-report.ar.md";

// The examples, read once for all tests of this file.
class ApiTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder() = fs::path(::testing::TempDir()) / ("mithaq-api-" + std::to_string(::getpid()));
    fs::create_directories(folder());
    service::Workspace workspace(options());
    service::read_documents(workspace,
                            {.paths = {test::project() / "examples" / kReport,
                                       test::project() / "examples" / "03-mediation-follow-up.ar.txt",
                                       test::project() / "examples" / "05-field-note.en.txt"}});
  }
  static void TearDownTestSuite() { fs::remove_all(folder()); }
  void SetUp() override {
    api_ = std::make_unique<Api>(options(), 2, metrics_);
    server_ = std::make_unique<Server>(ServerOptions{.port = 0, .workers = 2}, api_->routes(), languages_,
                                       metrics_);
  }
  static fs::path& folder() {
    static fs::path path;
    return path;
  }
  static service::WorkspaceOptions options() {
    return {.record = folder() / "record.mithaq", .data = test::data(), .clock = [] {
              return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000));
            }};
  }
  Reply get(const std::string& target, const std::string& more = "") {
    return request(server_->port(), target, more);
  }
  json get_json(const std::string& target, const std::string& more = "") {
    const Reply reply = get(target, more);
    EXPECT_EQ(reply.status, 200) << target << ' ' << reply.body;
    EXPECT_EQ(reply.headers.at("Content-Type"), "application/json");
    return json::parse(reply.body, nullptr, false);
  }
  // Every statement leads to its place: the words of the citation are not empty, and its raw bytes exist.
  void expect_cited(const json& statement) {
    const json& citation = statement.at("citation");
    EXPECT_FALSE(citation.at("words").get<std::string>().empty());
    EXPECT_FALSE(citation.at("paragraph").get<std::string>().empty());
    EXPECT_FALSE(citation.at("raw_bytes").empty());
    EXPECT_EQ(statement.at("review").at("state"), "proposed");
    const std::string raw =
        get("/api/v1/documents/" + citation.at("document").get<std::string>() + "/raw").body;
    for (const json& span : citation.at("raw_bytes")) {
      EXPECT_LT(span[0], span[1]);
      EXPECT_LE(span[1], raw.size());
    }
  }

  Metrics metrics_{};
  const Languages languages_ = Languages::load(test::data());
  std::unique_ptr<Api> api_{};
  std::unique_ptr<Server> server_{};
};

TEST_F(ApiTest, ListsDocumentsByPages) {
  const json all = get_json("/api/v1/documents");
  ASSERT_EQ(all["documents"].size(), 3u);
  EXPECT_EQ(all["documents"][0]["name"], kReport);
  EXPECT_TRUE(all["page"]["next_offset"].is_null());
  const json first = get_json("/api/v1/documents?limit=2");
  EXPECT_EQ(first["documents"].size(), 2u);
  EXPECT_EQ(first["page"]["next_offset"], 2);
  const json second = get_json("/api/v1/documents?limit=2&offset=2");
  ASSERT_EQ(second["documents"].size(), 1u);
  EXPECT_EQ(second["documents"][0], all["documents"][2]);
  EXPECT_EQ(get_json("/api/v1/documents?reference=05-field-note.en.txt")["documents"].size(), 1u);
}

TEST_F(ApiTest, ShowsADocumentWithWhatWasChangedAndFound) {
  const json shown = get_json(std::string("/api/v1/documents/") + kReport);
  EXPECT_EQ(shown["document"]["language"], "ar");
  const std::string raw = get(std::string("/api/v1/documents/") + kReport + "/raw").body;
  EXPECT_EQ(raw.size(), shown["document"]["raw_bytes"]);
  EXPECT_EQ(shown["edits"].size(), shown["document"]["edits"].get<std::size_t>());
  EXPECT_FALSE(shown["edits"].empty());
  std::size_t mentions = 0, statements = 0, verbatim = 0;
  for (const json& paragraph : shown["paragraphs"]) {
    const std::u32string text = to_utf32(paragraph["text"].get<std::string>());
    for (const json& mention : paragraph["mentions"]) {
      EXPECT_LE(mention["range"][1], text.size());
      ++mentions;
    }
    for (const json& piece : paragraph["pieces"]) {
      if (!piece["verbatim"].get<bool>() || piece["raw_bytes"][0] == piece["raw_bytes"][1]) continue;
      const std::size_t begin = piece["raw_bytes"][0], end = piece["raw_bytes"][1];
      const std::size_t from = piece["range"][0], to = piece["range"][1];
      EXPECT_EQ(raw.substr(begin, end - begin), to_utf8(text.substr(from, to - from)));
      ++verbatim;
    }
    for (const json& statement : paragraph["statements"]) {
      expect_cited(statement);
      ++statements;
    }
  }
  EXPECT_GT(mentions, 10u);
  EXPECT_GT(verbatim, 5u);
  EXPECT_EQ(statements, shown["document"]["statements"].get<std::size_t>());
}

TEST_F(ApiTest, ShowsTheSameDocumentPageByPage) {
  const std::string address = std::string("/api/v1/documents/") + kReport;
  const json whole = get_json(address);
  json paragraphs = json::array();
  std::size_t edits = 0;
  for (json offset = 0; !offset.is_null();) {
    const json page = get_json(address + "?limit=3&offset=" + offset.dump());
    for (const json& paragraph : page["paragraphs"]) paragraphs.push_back(paragraph);
    edits += page["edits"].size();
    offset = page["page"]["next_offset"];
  }
  EXPECT_EQ(paragraphs, whole["paragraphs"]);
  EXPECT_GE(edits, whole["edits"].size()) << "no edit falls between two pages";
}

TEST_F(ApiTest, GivesTheRawTextByteForByte) {
  const Reply reply = get(std::string("/api/v1/documents/") + kReport + "/raw");
  EXPECT_EQ(reply.headers.at("Content-Type"), "text/plain; charset=utf-8");
  std::ifstream file(test::project() / "examples" / kReport, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  EXPECT_EQ(reply.body, bytes.str());
  EXPECT_EQ(get(std::string("/api/v1/documents/") + kReport + "/raw?section=0").body, bytes.str());
  EXPECT_EQ(get(std::string("/api/v1/documents/") + kReport + "/raw?section=1").status, 404);
}

TEST_F(ApiTest, FindsAsTheCommandLineDoes) {
  const json found = get_json("/api/v1/find?words=%D8%A7%D9%84%D9%88%D8%B3%D8%A7%D8%B7%D8%A9&limit=2");
  service::Workspace workspace(options());
  const search::Answer expected = service::find(workspace, {.words = "الوساطة", .limit = 2});
  ASSERT_EQ(found["hits"].size(), 2u);
  for (std::size_t each = 0; each < 2; ++each) {
    EXPECT_EQ(found["hits"][each]["citation"]["words"], expected.hits[each].citation.words);
    EXPECT_EQ(found["hits"][each]["snippet"]["text"], expected.hits[each].snippet.text);
    EXPECT_EQ(found["hits"][each]["snippet"]["highlights"].size(),
              expected.hits[each].snippet.highlights.size());
  }
  EXPECT_EQ(found["page"]["next_offset"], 2);
  const json next =
      get_json("/api/v1/find?words=%D8%A7%D9%84%D9%88%D8%B3%D8%A7%D8%B7%D8%A9&limit=1&offset=1");
  EXPECT_EQ(next["hits"][0], found["hits"][1]);
  EXPECT_TRUE(get_json("/api/v1/find?words=zzzz")["hits"].empty());
  EXPECT_FALSE(get_json("/api/v1/find?words=OSCE&org=OSCE&place=Georgia")["hits"].is_null());
}

TEST_F(ApiTest, SaysWhoDoesWhat) {
  const json answer = get_json("/api/v1/who?limit=1000");
  service::Workspace workspace(options());
  EXPECT_EQ(answer["statements"].size(), service::who_does_what(workspace, {}).size());
  ASSERT_FALSE(answer["statements"].empty());
  for (const json& statement : answer["statements"]) expect_cited(statement);
  EXPECT_LT(get_json("/api/v1/who?org=UN&kind=lead&kind=mandate")["statements"].size(),
            answer["statements"].size());
  EXPECT_TRUE(get_json("/api/v1/who?confirmed=true")["statements"].empty()) << "nobody has reviewed anything";
}

TEST_F(ApiTest, CountsWhoDoesWhatWhere) {
  const json matrix = get_json("/api/v1/matrix?rows=organization&columns=theme", "Accept-Language: ar\r\n");
  EXPECT_EQ(matrix["total"], get_json("/api/v1/who?limit=1000")["statements"].size());
  ASSERT_FALSE(matrix["cells"].empty());
  // The number in a cell is what the question behind it gives.
  for (const json& cell : matrix["cells"]) {
    const std::string row = matrix["rows"][cell["row"].get<std::size_t>()]["id"];
    const std::string column = matrix["columns"][cell["column"].get<std::size_t>()]["id"];
    if (row.find_first_of(":#") != std::string::npos) continue;  // not without escapes in an address
    EXPECT_EQ(get_json("/api/v1/who?limit=1&org=" + row + "&theme=" + column)["total"], cell["statements"])
        << row;
  }
  EXPECT_EQ(get("/api/v1/matrix?rows=theme&columns=theme").status, 400);
  EXPECT_EQ(get("/api/v1/matrix?review=guessed").status, 400);
  EXPECT_EQ(get("/api/v1/matrix?org=nobody").status, 404);
  EXPECT_FALSE(get_json("/api/v1/network")["nodes"].empty());
  EXPECT_FALSE(get_json("/api/v1/map")["states"].empty());
  EXPECT_FALSE(get_json("/api/v1/timeline")["years"].empty());
  EXPECT_TRUE(get_json("/api/v1/matrix/findings")["gaps"].is_array());
  const json page = get_json("/api/v1/entities/OSCE", "Accept-Language: ru\r\n");
  EXPECT_GT(page["counts"]["statements"], 0);
  for (const json& statement : page["statements"]) expect_cited(statement);
  EXPECT_EQ(get_json("/api/v1/entities?words=osc")["entities"][0]["id"], "OSCE");
  EXPECT_FALSE(get_json("/api/v1/organizations")["organizations"].empty());
  EXPECT_GT(get_json("/api/v1/states")["states"].size(), 190u);
  EXPECT_FALSE(get_json("/api/v1/papers")["papers"].empty());
}

TEST_F(ApiTest, FindsByFiltersAloneAndSaysWhatItIsAbout) {
  const json found = get_json("/api/v1/find?org=OSCE&facets=true&limit=5");
  ASSERT_FALSE(found["hits"].empty());
  for (const json& hit : found["hits"]) EXPECT_FALSE(hit["statements"].empty());
  EXPECT_EQ(found["facets_of"], "all");
  EXPECT_EQ(found["facets"]["organizations"][0]["id"], "OSCE");
  std::size_t statements = 0;
  for (const json& kind : found["facets"]["kinds"]) statements += kind["count"].get<std::size_t>();
  std::size_t languages = 0;
  for (const json& language : found["facets"]["languages"]) languages += language["count"].get<std::size_t>();
  EXPECT_EQ(statements, languages);
  const json english = get_json("/api/v1/find?org=OSCE&language=en&limit=100");
  for (const json& hit : english["hits"]) EXPECT_EQ(hit["citation"]["name"], "05-field-note.en.txt");
  EXPECT_TRUE(get_json("/api/v1/find?org=OSCE&language=fr")["hits"].empty());
  EXPECT_EQ(get_json("/api/v1/find?words=OSCE&facets=true")["facets_of"], "best 200");
  EXPECT_EQ(get("/api/v1/find").status, 400);
}

const std::string kUnited =
    "%D8%A7%D9%84%D8%A3%D9%85%D9%85%20OR%20%D8%A7%D9%84%D9%85%D9%86%D8%B8%D9%85%D8%A9";

TEST_F(ApiTest, FindsAnyOfSeveralOrganizationsAndKinds) {
  const auto rows = [&](const std::string& target) {
    std::set<std::string> out;
    const json found = get_json(target);
    for (const json& hit : found["hits"])
      out.insert(hit["citation"]["document"].get<std::string>() +
                 hit["citation"]["paragraph"].get<std::string>());
    return out;
  };
  for (const std::string& words : {std::string(), "&words=" + kUnited}) {
    const auto osce = rows("/api/v1/find?limit=100&org=OSCE" + words),
               oic = rows("/api/v1/find?limit=100&org=OIC" + words);
    auto any = osce;
    any.insert(oic.begin(), oic.end());
    EXPECT_EQ(rows("/api/v1/find?limit=100&org=OSCE&org=OIC" + words), any) << words;
    EXPECT_GT(any.size(), osce.size()) << words;
    const auto lead = rows("/api/v1/find?limit=100&kind=lead" + words),
               meeting = rows("/api/v1/find?limit=100&kind=meeting" + words);
    any = lead;
    any.insert(meeting.begin(), meeting.end());
    EXPECT_EQ(rows("/api/v1/find?limit=100&kind=lead&kind=meeting" + words), any) << words;
  }
  // What it is about is counted for the same question.
  const json facets = get_json("/api/v1/find?org=OSCE&org=OIC&kind=lead&kind=meeting&facets=true")["facets"];
  std::set<std::string> kinds;
  std::size_t statements = 0;
  for (const json& kind : facets["kinds"]) {
    kinds.insert(kind["id"]);
    statements += kind["count"].get<std::size_t>();
  }
  EXPECT_FALSE(kinds.empty());
  for (const std::string& kind : kinds) EXPECT_TRUE(kind == "lead" || kind == "meeting") << kind;
  EXPECT_EQ(statements, get_json("/api/v1/who?org=OSCE&org=OIC&kind=lead&kind=meeting")["total"]);
  EXPECT_EQ(get("/api/v1/find?org=OSCE&org=Nobody").status, 404);
  EXPECT_EQ(get("/api/v1/find?kind=lead&kind=friendship").status, 400);
  // Page by page as at once.
  for (const std::string& asked : {std::string("org=UN"), "words=" + kUnited}) {
    const json whole = get_json("/api/v1/find?limit=50&" + asked)["hits"];
    ASSERT_GT(whole.size(), 4u) << asked;
    json parts = json::array();
    for (std::size_t offset = 0;;) {
      const json page = get_json("/api/v1/find?limit=2&offset=" + std::to_string(offset) + "&" + asked);
      for (const json& hit : page["hits"]) parts.push_back(hit);
      if (page["page"]["next_offset"].is_null() || parts.size() >= whole.size()) break;
      offset = page["page"]["next_offset"];
    }
    EXPECT_EQ(parts, whole) << asked;
  }
}

TEST_F(ApiTest, GivesThePageOfAParagraph) {
  const std::string address = std::string("/api/v1/documents/") + kReport;
  const json whole = get_json(address)["paragraphs"];
  ASSERT_GT(whole.size(), 5u);
  for (const std::size_t at : {std::size_t{0}, std::size_t{2}, std::size_t{3}, whole.size() - 1}) {
    const json page = get_json(address + "?limit=3&paragraph=" + whole[at]["id"].get<std::string>());
    const std::size_t offset = page["page"]["offset"];
    EXPECT_EQ(offset, at / 3 * 3);
    EXPECT_EQ(page["paragraphs"][at - offset]["id"], whole[at]["id"]);
    EXPECT_EQ(page, get_json(address + "?limit=3&offset=" + std::to_string(offset)));
  }
  EXPECT_EQ(get(address + "?paragraph=nothing").status, 404);
  EXPECT_EQ(get(address + "?paragraph=" + whole[0]["id"].get<std::string>() + "&offset=3").status, 400);
  EXPECT_EQ(get(address + "?paragraph=" + whole[0]["id"].get<std::string>() + "&limit=0").status, 400);
}

TEST_F(ApiTest, FollowsCommitmentsAndLeadsUpPageByPage) {
  for (const auto& [list, target] :
       {std::pair<std::string, std::string>{"commitments",
                                            "/api/v1/commitments?paper=03-mediation-follow-up.ar.txt"},
        {"leads", "/api/v1/leads?"},
        {"leads", "/api/v1/leads?words=" + kUnited}}) {
    const json whole = get_json(target + "&limit=1000")[list];
    json parts = json::array();
    for (std::size_t offset = 0;;) {
      const json page = get_json(target + "&limit=1&offset=" + std::to_string(offset));
      EXPECT_LE(page[list].size(), 1u);
      for (const json& row : page[list]) parts.push_back(row);
      if (list == "commitments") {
        EXPECT_EQ(page["total"], whole.size());
      }
      if (page["page"]["next_offset"].is_null() || parts.size() > whole.size()) break;
      offset = page["page"]["next_offset"];
    }
    // Of words the pages come in the order of documents.
    const std::multiset<std::string> left = [&] {
      std::multiset<std::string> out;
      for (const json& row : whole) out.insert(row.dump());
      return out;
    }();
    std::multiset<std::string> right;
    for (const json& row : parts) right.insert(row.dump());
    EXPECT_EQ(left, right) << target;
    EXPECT_GT(whole.size(), 1u) << target;
    if (target.find("words") == std::string::npos) {
      EXPECT_EQ(parts, whole) << target;
    }
  }
}

TEST_F(ApiTest, QueuesWhatWaitsForReview) {
  const json queue = get_json("/api/v1/review/queue?limit=3");
  ASSERT_EQ(queue["items"].size(), 3u);
  for (const json& item : queue["items"]) {
    expect_cited(item["statement"]);
    EXPECT_FALSE(item["why"].empty());
    const json one = get_json("/api/v1/statements/" + item["statement"]["statement"].dump());
    EXPECT_EQ(one["statement"], item["statement"]);
    EXPECT_EQ(one["suggestions"], item["suggestions"]);
    // The words that the statement stands on are those of the range.
    const std::u32string text = to_utf32(one["context"]["text"].get<std::string>());
    const std::size_t from = one["context"]["range"][0], to = one["context"]["range"][1];
    EXPECT_EQ(to_utf8(text.substr(from, to - from)),
              one["statement"]["citation"]["words"].get<std::string>());
  }
  const json next =
      get_json("/api/v1/review/queue?limit=3&after=" + queue["items"][2]["statement"]["statement"].dump());
  EXPECT_EQ(next["remaining"].get<int>() + static_cast<int>(next["items"].size()),
            queue["remaining"].get<int>());
  EXPECT_EQ(get("/api/v1/review/queue?order=luck").status, 400);
  EXPECT_TRUE(get_json("/api/v1/review/agreement")["reviewers"].empty());
  EXPECT_TRUE(get_json("/api/v1/review/history")["reviews"].empty());
}

TEST_F(ApiTest, ExportsWhoDoesWhatWhere) {
  const std::string address = "/api/v1/export/who-does-what-where?format=";
  const Reply hxl = get(address + "hxl", "Accept-Language: ar\r\n");
  EXPECT_EQ(hxl.status, 200);
  EXPECT_NE(hxl.body.find("\r\n#org+name,#org+code,"), std::string::npos);
  EXPECT_TRUE(hxl.body.starts_with("المنظمة,"));
  EXPECT_EQ(get(address + "csv").body.find("#org+name"), std::string::npos);
  EXPECT_TRUE(get(address + "xlsx").body.starts_with("PK"));
  const Reply lines = get(address + "jsonl&kind=lead");
  std::istringstream each(lines.body);
  std::size_t count = 0;
  for (std::string line; std::getline(each, line); ++count) EXPECT_EQ(json::parse(line)["type"], "lead");
  EXPECT_EQ(count, get_json("/api/v1/who?kind=lead")["total"]);
  EXPECT_EQ(get(address + "exe").status, 400);
}

TEST_F(ApiTest, SaysWhoLeads) {
  const json answer = get_json("/api/v1/leads");
  ASSERT_FALSE(answer["leads"].empty());
  for (const json& lead : answer["leads"]) {
    EXPECT_EQ(lead["type"], "lead");
    EXPECT_TRUE(lead["contradicted_by"].is_array());
    expect_cited(lead);
  }
}

TEST_F(ApiTest, FollowsCommitmentsUp) {
  const json answer = get_json("/api/v1/commitments?paper=03-mediation-follow-up.ar.txt");
  ASSERT_FALSE(answer["commitments"].empty());
  for (const json& row : answer["commitments"]) {
    expect_cited(row["commitment"]);
    EXPECT_FALSE(row["status"].get<std::string>().empty());
  }
  EXPECT_EQ(get("/api/v1/commitments?paper=no-such-paper").status, 404);
}

TEST_F(ApiTest, NamesPartiesInTheLanguageOfTheClient) {
  const auto names = [&](const std::string& language) {
    const json shown =
        get_json("/api/v1/documents/" + std::string(kReport), "Accept-Language: " + language + "\r\n");
    std::set<std::string> found;
    for (const json& paragraph : shown["paragraphs"]) {
      for (const json& statement : paragraph["statements"]) {
        for (const json& party : statement["parties"]) found.insert(party["name"]);
      }
      for (const json& mention : paragraph["mentions"]) {
        EXPECT_EQ(mention["names"].size(), mention["entities"].size());
      }
    }
    return found;
  };
  EXPECT_TRUE(names("en").contains("United Nations"));
  EXPECT_TRUE(names("ar").contains("الأمم المتحدة"));
  EXPECT_FALSE(names("ar").contains("United Nations"));
  EXPECT_TRUE(names("ru").contains("Организация Объединенных Наций"));
}

// English names of data/ that it also has in another language.
std::set<std::string> english_names(const reader::Lexicon& lexicon, reader::Language language) {
  std::set<std::string> out;
  const auto at = static_cast<std::size_t>(language);
  for (reader::EntityIndex each = 0; each < lexicon.entities.size(); ++each) {
    const reader::Entity& entity = lexicon.entities[each];
    if (!entity.names[at].empty() && entity.names[at] != entity.name) out.insert(entity.name);
  }
  const service::Themes themes = service::Themes::load(test::data());
  for (const service::Theme& theme : themes.all()) out.insert(theme.english);
  for (const auto* file : {"instruments.tsv", "persons.tsv"}) {
    const Table table = Table::read(test::data() / file);
    const char* column = language == reader::Language::ar ? "ar" : "ru";
    for (std::size_t row = 0; row < table.row_count(); ++row) {
      if (table.has_column(column) && !table.cell(row, column).empty()) out.emplace(table.cell(row, "en"));
    }
  }
  return out;
}

// The texts of an answer that name something, each with where it stands.
void collect_names(const json& value, const std::string& where, std::map<std::string, std::string>& out) {
  static const std::set<std::string> kNaming = {
      "name", "names", "short", "theme_names", "instrument_name", "status_name", "rule_name"};
  for (const auto& [key, member] : value.items()) {
    const std::string here = where + "/" + key;
    const bool naming = value.is_object() && kNaming.contains(key);
    // An entity's page gives its names in all languages; a kept paper, its English reference.
    if (member.is_object() && key == "names") continue;
    if (naming && member.is_string()) out.emplace(here, member);
    if (naming && member.is_array()) {
      for (const json& each : member) out.emplace(here + "[]" + each.dump(), each);
    } else if (member.is_structured()) {
      collect_names(member, here, out);
    }
  }
}

TEST_F(ApiTest, NamesEverythingInTheLanguageOfTheClientOnEveryRoute) {
  const std::string statement =
      std::to_string(get_json("/api/v1/who")["statements"][0]["statement"].get<int>());
  const std::map<std::string, std::string> asked = {
      {"/api/v1/documents", ""},
      {"/api/v1/documents/:id", std::string("/api/v1/documents/") + kReport},
      {"/api/v1/find", "/api/v1/find?facets=true&limit=100&org=UN"},
      {"/api/v1/who", "/api/v1/who?limit=1000"},
      {"/api/v1/leads", ""},
      {"/api/v1/commitments", "/api/v1/commitments?paper=03-mediation-follow-up.ar.txt"},
      {"/api/v1/members/:org", "/api/v1/members/CSTO?at=1995"},
      {"/api/v1/conflicts", ""},
      {"/api/v1/conflicts/share", "/api/v1/conflicts/share?org=OIC"},
      {"/api/v1/conflicts/threads", "/api/v1/conflicts/threads?limit=20"},
      {"/api/v1/exchanges", "/api/v1/exchanges?year=2026"},
      {"/api/v1/exchanges/:id", "/api/v1/exchanges/aemi-2026"},
      {"/api/v1/exchanges/quotas", ""},
      {"/api/v1/secondments", ""},
      {"/api/v1/overlap", "/api/v1/overlap?org=OIC&org=AU"},
      {"/api/v1/statistics", ""},
      {"/api/v1/fund", ""},
      {"/api/v1/calls", ""},
      {"/api/v1/rosters", "/api/v1/rosters?kind=placement"},
      {"/api/v1/overview", ""},
      {"/api/v1/matrix", "/api/v1/matrix?rows=organization&columns=theme"},
      {"/api/v1/matrix/findings", ""},
      {"/api/v1/network", ""},
      {"/api/v1/map", ""},
      {"/api/v1/timeline", ""},
      {"/api/v1/entities", "/api/v1/entities?words=united&limit=50"},
      {"/api/v1/entities/:id", "/api/v1/entities/CSTO"},
      {"/api/v1/organizations", ""},
      {"/api/v1/states", ""},
      {"/api/v1/bodies", ""},
      {"/api/v1/bodies/:id", "/api/v1/bodies/OSCE_MED?year=2026"},
      {"/api/v1/meetings", ""},
      {"/api/v1/calendar", "/api/v1/calendar?year=2026"},
      {"/api/v1/papers", ""},
      {"/api/v1/statements/:seq", "/api/v1/statements/" + statement},
      {"/api/v1/review/queue", "/api/v1/review/queue?limit=100"},
      {"/api/v1/review/history", ""}};
  // These name nothing of data/, are files, or are of the accounts, which this server has none of; those of
  // early warning wait for a forecast, and early_warning_test.cpp asks them; meetings_test.cpp asks for a
  // meeting.
  const std::set<std::string> nameless = {"/api/v1/meetings/:id",
                                          "/api/v1/meetings/calendar.ics",
                                          "/api/v1/calendar/address",
                                          "/api/v1/early-warning",
                                          "/api/v1/early-warning/map",
                                          "/api/v1/early-warning/countries/:country",
                                          "/api/v1/early-warning/scores",
                                          "/api/v1/early-warning/record",
                                          "/api/v1/early-warning/export",
                                          "/api/v1/fund/projects/:id",
                                          "/api/v1/fund/projects/:id/sheet",
                                          "/api/v1/fund/iati.xml",
                                          "/api/v1/fund/export",
                                          "/api/v1/calls/:id",
                                          "/api/v1/documents/:id/raw",
                                          "/api/v1/documents/:id/export",
                                          "/api/v1/export/who-does-what-where",
                                          "/api/v1/exchanges/export",
                                          "/api/v1/visits/:id",
                                          "/api/v1/secondments/roster",
                                          "/api/v1/secondments/:id",
                                          "/api/v1/record/checkpoint",
                                          "/api/v1/record/proof/:seq",
                                          "/api/v1/record/entries",
                                          "/api/v1/record/log",
                                          "/api/v1/record/consistency",
                                          "/api/v1/review/agreement",
                                          "/api/v1/jobs",
                                          "/api/v1/jobs/:id",
                                          "/api/v1/events",
                                          "/api/v1/session",
                                          "/api/v1/session/list",
                                          "/api/v1/accounts",
                                          "/api/v1/statuses",
                                          "/api/v1/searches",
                                          "/api/v1/consultations",
                                          "/api/v1/consultations/:id",
                                          "/api/v1/consultations/:id/paper",
                                          "/api/v1/meetings/:id/journal",
                                          "/api/v1/rule-sets",
                                          "/api/v1/home",
                                          "/api/v1/applications",
                                          "/api/v1/applications/:id",
                                          "/api/v1/standing",
                                          "/api/v1/standing/:state",
                                          "/api/v1/debates",
                                          "/api/v1/debates/:id",
                                          "/api/v1/openapi.json"};
  for (const Route& route : api_->routes()) {
    if (route.method == Method::get && route.pattern.starts_with("/api/")) {
      EXPECT_TRUE(asked.contains(route.pattern) || nameless.contains(route.pattern)) << route.pattern;
    }
  }
  const reader::Lexicon lexicon = reader::Lexicon::load(test::data());
  for (const auto& [code, language] : {std::pair{"ar", reader::Language::ar}, {"ru", reader::Language::ru}}) {
    const std::set<std::string> english = english_names(lexicon, language);
    std::size_t names = 0;
    for (const auto& [pattern, target] : asked) {
      std::map<std::string, std::string> found;
      collect_names(
          get_json(target.empty() ? pattern : target, std::string("Accept-Language: ") + code + "\r\n"),
          pattern, found);
      for (const auto& [where, name] : found) {
        ++names;
        EXPECT_FALSE(english.contains(name)) << code << ' ' << where << ": " << name;
        EXPECT_FALSE(name.ends_with("(office)") || name == "treaty party" ||
                     name.find("resolution") != std::string::npos)
            << code << ' ' << where << ": " << name;
      }
    }
    EXPECT_GT(names, 500u) << code;
    // The first column of the table is the organization, the sixth the theme.
    const std::string table =
        get("/api/v1/export/who-does-what-where?format=csv", std::string("Accept-Language: ") + code + "\r\n")
            .body;
    EXPECT_EQ(table.find("United Nations,UN,"), std::string::npos);
    EXPECT_EQ(table.find("Mediation,mediation,"), std::string::npos);
  }
}

TEST_F(ApiTest, NamesOfficesAndPapersInTheLanguageOfTheClient) {
  service::Workspace workspace(options());
  using service::Language;
  const auto name = [&](const char* id, Language language) { return workspace.name_of(id, language); };
  EXPECT_EQ(name("UN#Secretary-General", Language::arabic), "الأمين العام للأمم المتحدة");
  EXPECT_EQ(name("UN#Secretary-General", Language::russian), "Генеральный секретарь ООН");
  EXPECT_EQ(name("OSCE#participating States", Language::arabic),
            "الدول المشاركة في منظمة الأمن والتعاون في أوروبا");
  EXPECT_EQ(name("KAZ#Minister for Foreign Affairs", Language::russian),
            "Министр иностранных дел (Казахстан)");
  EXPECT_EQ(name("SDN#North-East", Language::arabic), "شمال شرق السودان");
  EXPECT_EQ(name("person:trygve-lie", Language::arabic), "تريغفه لي");
  EXPECT_EQ(name("UN#Nothing", Language::arabic), "UN#Nothing");
  EXPECT_EQ(workspace.name_of("doc:A/RES/54/117", "General Assembly resolution 54/117, paragraph 3",
                              Language::arabic),
            "قرار الجمعية العامة 54/117، الفقرة 3");
  EXPECT_EQ(workspace.name_of("doc:x", "بعثة", Language::russian), "بعثة") << "the record's own name";
  const service::EntityNames& names = workspace.knowledge().names;
  EXPECT_EQ(names.paper("Charter of the United Nations, paragraph 3", Language::russian),
            "Устав Организации Объединенных Наций, пункт 3");
  // Every role that the reader can give has its line.
  for (const auto* table : {"offices", "groups"}) {
    for (const auto* code : {"ar", "en", "fr", "ru", "es", "zh"}) {
      const Table rows = Table::read(test::data() / "languages" / code / (std::string(table) + ".tsv"));
      for (std::size_t row = 0; row < rows.row_count(); ++row) {
        const std::string role(rows.cell(row, "en"));
        if (rows.has_column("scope") && rows.cell(row, "scope") == "word") continue;
        EXPECT_NE(names.role_of(role, "X", Language::arabic), "") << role;
        EXPECT_NE(names.role_of(role, "X", Language::russian), "") << role;
      }
    }
  }
}

TEST_F(ApiTest, ListsMembersInTheLanguageOfTheClient) {
  const json english = get_json("/api/v1/members/OSCE?at=2011-06-01&status=participating_state");
  EXPECT_EQ(english["members"].size(), 56u);
  EXPECT_FALSE(english["members"][0]["source"].get<std::string>().empty());
  const json arabic =
      get_json("/api/v1/members/OSCE?at=2011-06-01&status=participating_state", "Accept-Language: ar\r\n");
  EXPECT_EQ(arabic["members"][0]["state"]["id"], english["members"][0]["state"]["id"]);
  EXPECT_NE(arabic["members"][0]["state"]["name"], english["members"][0]["state"]["name"]);
  EXPECT_EQ(get("/api/v1/members/Nobody").status, 404);
  EXPECT_EQ(get("/api/v1/members/OSCE?at=yesterday").status, 400);
}

TEST_F(ApiTest, ComputesOverlaps) {
  const json answer = get_json("/api/v1/overlap?org=CSTO&org=SCO&at=2016-10-28");
  ASSERT_FALSE(answer["parts"].empty());
  EXPECT_EQ(answer["parts"][0]["organizations"].size(), 2u);
  EXPECT_FALSE(answer["parts"][0]["states"].empty());
  EXPECT_EQ(get("/api/v1/overlap?org=SCO").status, 400);
  EXPECT_EQ(get("/api/v1/overlap").status, 400);
}

TEST_F(ApiTest, ProvesEveryEntry) {
  const json head = get_json("/api/v1/record/checkpoint");
  const auto note = record::parse_note(head["checkpoint"].get<std::string>());
  const auto key = record::VerifierKey::parse(head["verifier_key"].get<std::string>());
  ASSERT_TRUE(note && key);
  EXPECT_TRUE(record::verify_note(*note, *key));
  const auto checkpoint = record::parse_checkpoint(note->text);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(get_json("/api/v1/statistics")["entries"], checkpoint->size);

  std::uint64_t seen = 0;
  for (json from = 0; !from.is_null();) {
    const json page = get_json("/api/v1/record/entries?limit=7&from=" + from.dump());
    for (const json& entry : page["entries"]) {
      EXPECT_EQ(entry["seq"], seen);
      const json proven = get_json("/api/v1/record/proof/" + std::to_string(seen));
      EXPECT_EQ(proven["leaf"], entry["leaf"]);
      std::vector<record::Hash> proof;
      for (const json& hash : proven["proof"]) {
        record::Hash bytes{};
        const std::string hex = hash;
        for (std::size_t at = 0; at < bytes.size(); ++at)
          bytes[at] = static_cast<std::uint8_t>(std::stoul(hex.substr(2 * at, 2), nullptr, 16));
        proof.push_back(bytes);
      }
      EXPECT_TRUE(record::verify_inclusion(seen, checkpoint->size,
                                           record::leaf_hash(entry["leaf"].get<std::string>()), proof,
                                           checkpoint->root));
      ++seen;
    }
    from = page["next_from"];
  }
  EXPECT_EQ(seen, checkpoint->size);
  EXPECT_EQ(get("/api/v1/record/proof/" + std::to_string(seen)).status, 404);
  EXPECT_EQ(get("/api/v1/record/proof/x").status, 400);
  EXPECT_TRUE(get_json("/api/v1/record/entries?from=1000000")["entries"].empty());
}

TEST_F(ApiTest, ListsDocumentsByWordsMarksAndOrders) {
  const auto names = [&](const std::string& parameters) {
    const json answer = get_json("/api/v1/documents?" + parameters);
    std::vector<std::string> out;
    for (const json& document : answer["documents"]) out.push_back(document["name"]);
    return std::pair(out, answer["total"].get<std::size_t>());
  };
  EXPECT_EQ(names("limit=1").second, 3u) << "of all, not of the page";
  EXPECT_EQ(names("words=FIELD+note").first, std::vector<std::string>{"05-field-note.en.txt"});
  EXPECT_EQ(names("words=no-such").second, 0u);
  EXPECT_EQ(names("language=ar,fr").second, 2u);
  EXPECT_EQ(names("order=newest").first.front(), "05-field-note.en.txt");
  EXPECT_EQ(names("order=name").first.front(), kReport);
  EXPECT_EQ(names("order=name-last").first.back(), kReport);
  for (const char* order : {"date", "date-earliest", "doubts", "doubts-fewest", "oldest"})
    EXPECT_EQ(names(std::string("order=") + order).second, 3u);
  std::size_t marked = 0;
  for (const char* mark : {"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER%2BSTRICT", "TLP:RED"})
    marked += names(std::string("tlp=") + mark).second;
  EXPECT_EQ(marked, 3u);
  for (const char* wrong : {"order=colour", "tlp=BLUE", "from=soon"})
    EXPECT_EQ(get(std::string("/api/v1/documents?") + wrong).status, 400) << wrong;
}

TEST_F(ApiTest, ListsTheLogBackwards) {
  const std::uint64_t size = get_json("/api/v1/statistics")["entries"];
  std::uint64_t expected = size;
  for (json before = size; !before.is_null();) {
    const json page = get_json("/api/v1/record/log?limit=7&before=" + before.dump());
    EXPECT_EQ(page["size"], size);
    for (const json& entry : page["entries"]) {
      EXPECT_EQ(entry["entry"], --expected);
      const std::string leaf = entry["leaf"];
      EXPECT_EQ(entry["leaf_hash"], to_hex(record::leaf_hash(leaf)));
    }
    before = page["next_before"];
  }
  EXPECT_EQ(expected, 0u);
  const json documents = get_json("/api/v1/record/log?kind=document");
  ASSERT_EQ(documents["entries"].size(), 3u);
  EXPECT_EQ(documents["entries"][2]["summary"], kReport);
  EXPECT_TRUE(documents["next_before"].is_null());
  EXPECT_EQ(get_json("/api/v1/record/log?kind=document&limit=2")["entries"].size(), 2u);
  EXPECT_EQ(get("/api/v1/record/log?kind=nothing").status, 400);
}

TEST_F(ApiTest, ProvesThatTheLogOnlyGrew) {
  const json head = get_json("/api/v1/record/checkpoint");
  const auto checkpoint =
      record::parse_checkpoint(record::parse_note(head["checkpoint"].get<std::string>())->text);
  const auto proof_of = [&](std::uint64_t from) {
    std::vector<record::Hash> proof;
    const json answer = get_json("/api/v1/record/consistency?from=" + std::to_string(from));
    for (const json& hash : answer["proof"]) {
      record::Hash bytes{};
      const std::string hex = hash;
      for (std::size_t at = 0; at < bytes.size(); ++at)
        bytes[at] = static_cast<std::uint8_t>(std::stoul(hex.substr(2 * at, 2), nullptr, 16));
      proof.push_back(bytes);
    }
    return proof;
  };
  // The root of a log of one entry is the hash of its leaf.
  const std::string first = get_json("/api/v1/record/proof/0")["leaf"];
  EXPECT_TRUE(record::verify_consistency(1, checkpoint->size, record::leaf_hash(first), checkpoint->root,
                                         proof_of(1)));
  EXPECT_FALSE(record::verify_consistency(1, checkpoint->size, record::leaf_hash("other"), checkpoint->root,
                                          proof_of(1)));
  EXPECT_EQ(get("/api/v1/record/consistency?from=0").status, 400);
  EXPECT_EQ(get("/api/v1/record/consistency?from=1000000").status, 400);
  EXPECT_EQ(get("/api/v1/record/consistency").status, 400);
}

TEST_F(ApiTest, ShowsAnOverview) {
  const json overview = get_json("/api/v1/overview");
  EXPECT_EQ(overview["counts"]["documents"], 3);
  EXPECT_EQ(overview["counts"]["proposed"], overview["counts"]["statements"]);
  EXPECT_EQ(overview["counts"]["confirmed"], 0);
  EXPECT_EQ(overview["latest_documents"][0]["name"], "05-field-note.en.txt");
  EXPECT_EQ(overview["languages"], (json{"ar", "en"}));
  EXPECT_EQ(overview["checkpoint"]["size"], overview["counts"]["entries"]);
}

TEST_F(ApiTest, TellsItsHealthAndItsNumbers) {
  EXPECT_EQ(get_json("/healthz")["status"], "ok");
  get("/api/v1/statistics");
  const Reply metrics = get("/metrics");
  EXPECT_NE(metrics.body.find("mithaq_http_requests_total{route=\"/api/v1/statistics\",status=\"200\"}"),
            std::string::npos);
  EXPECT_NE(metrics.body.find("mithaq_record_bytes"), std::string::npos);
}

TEST_F(ApiTest, RefusesWhatItDoesNotUnderstand) {
  for (const char* target :
       {"/api/v1/find", "/api/v1/find?words=x&limit=101", "/api/v1/find?words=x&limit=18446744073709551616",
        "/api/v1/find?words=x&kind=nothing", "/api/v1/find?words=x&status=nothing",
        "/api/v1/find?words=x&from=soon", "/api/v1/who?at=soon", "/api/v1/who?colour=red",
        "/api/v1/documents?offset=-1"}) {
    EXPECT_EQ(get(target).status, 400) << target;
  }
  EXPECT_EQ(get("/api/v1/find?words=x&org=Nobody-at-all").status, 404);
  EXPECT_EQ(get("/api/v1/documents/no-such-document").status, 404);
  EXPECT_EQ(get("/api/v1/documents/..%2F..%2Fetc%2Fpasswd").status, 404) << "a name like any other";
}

TEST_F(ApiTest, NoticesThatTheRecordWasReplaced) {
  const fs::path record = options().record.file();
  const fs::path aside = folder() / "aside.mithaq";
  EXPECT_EQ(get("/healthz").status, 200);
  fs::rename(record, aside);
  for (int each = 0; each < 4; ++each) {
    const Reply reply = get("/api/v1/documents");
    EXPECT_EQ(reply.status, 503);
    EXPECT_NE(reply.body.find("The record of this server is not there"), std::string::npos);
    EXPECT_EQ(reply.body.find(folder().string()), std::string::npos) << "no paths for strangers";
  }
  EXPECT_EQ(get("/metrics").status, 200);
  {
    service::Workspace workspace(options());
    service::read_documents(workspace, {.paths = {test::project() / "examples" / "05-field-note.en.txt"}});
  }
  for (int each = 0; each < 4; ++each) EXPECT_EQ(get_json("/api/v1/documents")["documents"].size(), 1u);
  for (const char* beside : {"", "-wal", "-shm"}) fs::remove(record.string() + beside);
  fs::rename(aside, record);
  // A thread that looks at the record at this very moment may still hold the log of the file that was taken
  // away: the next opening finds the right one.
  for (int each = 0; each < 40 && get("/api/v1/documents").status != 200; ++each)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(get_json("/api/v1/documents")["documents"].size(), 3u);
}

TEST_F(ApiTest, AnswersManyAtOnce) {
  const std::string expected = get("/api/v1/who").body;
  std::vector<std::thread> askers;
  std::atomic<int> wrong{0};
  for (int each = 0; each < 4; ++each) {
    askers.emplace_back([&] {
      for (int turn = 0; turn < 10; ++turn) wrong += get("/api/v1/who").body == expected ? 0 : 1;
    });
  }
  for (std::thread& asker : askers) asker.join();
  EXPECT_EQ(wrong, 0);
}

// "/documents/:id" as OpenAPI writes it: "/documents/{id}".
std::string in_braces(const std::string& pattern) {
  std::string out;
  for (std::size_t at = 0; at < pattern.size();) {
    if (pattern[at] != ':') {
      out += pattern[at++];
      continue;
    }
    const std::size_t end = std::min(pattern.find('/', at), pattern.size());
    out += "{" + pattern.substr(at + 1, end - at - 1) + "}";
    at = end;
  }
  return out;
}

// The fields of the JSON that a route takes are those that openapi.json names.
void expect_fields(const json& operation, const Route& route, const std::string& path) {
  const json& media = operation.value(json::json_pointer("/requestBody/content"), json::object());
  const json schema = media.value(json::json_pointer("/application~1json/schema"), json::object());
  const json required = schema.value("required", json::array());
  std::set<std::string> described, taken;
  const json properties = schema.value("properties", json::object());
  for (const auto& [name, member] : properties.items()) described.insert(name);
  for (const Field& field : route.fields) {
    taken.insert(field.name);
    EXPECT_EQ(std::find(required.begin(), required.end(), field.name) != required.end(), field.required)
        << path << ' ' << field.name;
  }
  EXPECT_EQ(described, taken) << path;
}

TEST_F(ApiTest, OpenApiDescribesEveryRouteAndParameterAndNoOther) {
  const json description = get_json("/api/v1/openapi.json");
  EXPECT_EQ(description["openapi"], "3.1.0");
  std::set<std::pair<std::string, std::string>> described, known;
  for (const auto& [path, methods] : description["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) described.emplace(path, method);
  }
  std::set<std::string> operations;
  for (const Route& route : api_->routes()) {
    const std::string path = in_braces(route.pattern);
    std::string method(name_of(route.method));
    std::transform(method.begin(), method.end(), method.begin(), ::tolower);
    known.emplace(path, method);
    ASSERT_TRUE(description["paths"].contains(path) && description["paths"][path].contains(method))
        << method << ' ' << path;
    const json& operation = description["paths"][path][method];
    EXPECT_TRUE(operations.insert(operation["operationId"].get<std::string>()).second)
        << operation["operationId"];
    expect_fields(operation, route, path);
    std::set<std::string> parameters;
    for (const Parameter& parameter : route.parameters) parameters.insert(parameter.name);
    for (const json& parameter : operation.value("parameters", json::array())) {
      const std::string name = parameter["name"];
      const auto declared = std::find_if(route.parameters.begin(), route.parameters.end(),
                                         [&](const Parameter& each) { return each.name == name; });
      ASSERT_NE(declared, route.parameters.end()) << path << " does not take " << name;
      parameters.erase(name);
      EXPECT_EQ(parameter["in"], declared->in == Parameter::In::path ? "path" : "query")
          << path << ' ' << name;
      EXPECT_EQ(parameter["required"], declared->required) << path << ' ' << name;
      const json& schema = parameter["schema"];
      EXPECT_EQ(schema["type"] == "array", declared->repeated) << path << ' ' << name;
      EXPECT_EQ(schema["type"] == "integer", declared->kind == Parameter::Kind::number)
          << path << ' ' << name;
      EXPECT_EQ(schema["type"] == "boolean", declared->kind == Parameter::Kind::flag) << path << ' ' << name;
      if (declared->kind == Parameter::Kind::number) {
        EXPECT_EQ(schema["maximum"], declared->most) << path << ' ' << name;
        if (!declared->required) {
          EXPECT_EQ(schema["default"], declared->otherwise) << path << ' ' << name;
        }
      }
    }
    EXPECT_TRUE(parameters.empty()) << path << ": openapi.json does not name " << *parameters.begin();
  }
  EXPECT_EQ(described, known);
}

TEST_F(ApiTest, OpenApiDescribesTheAnswers) {
  const json description = get_json("/api/v1/openapi.json");
  const std::map<std::string, std::string> asked = {
      {"/api/v1/documents", ""},
      {"/api/v1/documents/{id}", std::string("/api/v1/documents/") + kReport},
      {"/api/v1/find", "/api/v1/find?words=%D8%A7%D9%84%D9%88%D8%B3%D8%A7%D8%B7%D8%A9"},
      {"/api/v1/who", ""},
      {"/api/v1/leads", ""},
      {"/api/v1/commitments", "/api/v1/commitments?paper=03-mediation-follow-up.ar.txt"},
      {"/api/v1/members/{org}", "/api/v1/members/OSCE"},
      {"/api/v1/overlap", "/api/v1/overlap?org=OIC&org=AU"},
      {"/api/v1/statistics", ""},
      {"/api/v1/record/checkpoint", ""},
      {"/api/v1/record/proof/{seq}", "/api/v1/record/proof/1"},
      {"/api/v1/record/entries", ""},
      {"/api/v1/record/log", ""},
      {"/api/v1/record/consistency", "/api/v1/record/consistency?from=1"},
      {"/api/v1/overview", ""},
      {"/api/v1/jobs", ""},
      {"/api/v1/conflicts", ""},
      {"/api/v1/conflicts/share", "/api/v1/conflicts/share?org=OIC"},
      {"/api/v1/conflicts/threads", ""},
      {"/api/v1/exchanges", ""},
      {"/api/v1/exchanges/{id}", "/api/v1/exchanges/aemi-2026"},
      {"/api/v1/exchanges/quotas", ""},
      {"/api/v1/secondments", ""},
      {"/api/v1/secondments/roster", ""},
      {"/healthz", ""}};
  for (const auto& [path, target] : asked) {
    const json& schema =
        description["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
    const json answer = get_json(target.empty() ? path : target);
    ASSERT_TRUE(schema.is_object()) << path;
    expect_fits(description, schema, answer, path);
    const json& whole = schema.contains("$ref")
                            ? description[json::json_pointer(schema["$ref"].get<std::string>().substr(1))]
                            : schema;
    for (const auto& [name, member] : answer.items())
      EXPECT_TRUE(whole["properties"].contains(name)) << path << " does not describe " << name;
  }
  const json error = json::parse(get("/nothing").body);
  expect_fits(description, description["components"]["schemas"]["Error"], error, "error");
}

}  // namespace
}  // namespace mithaq::server
