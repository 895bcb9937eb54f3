// What is counted from the table of statements is what the record's own SQL gives, on records made at random.
#include "service/activity.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "engines/activity/contradiction.hpp"
#include "engines/activity/counts.hpp"
#include "service/division_of_labour.hpp"
#include "service/entity_pages.hpp"
#include "service/follow_up.hpp"
#include "service/review_queue.hpp"
#include "service/who_does_what.hpp"
#include "tests/support/made_record.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

class ActivityTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    lexicon() = std::make_shared<const reader::Lexicon>(reader::Lexicon::load(test::data()));
    folder() = fs::path(::testing::TempDir()) / ("mithaq-activity-" + std::to_string(::getpid()));
    fs::create_directories(folder());
    Workspace workspace(options());
    test::RecordMaker maker(*lexicon(), {.paragraphs = 5000,
                                         .statements = 2500,
                                         .seed = 7,
                                         .unlisted = 60,
                                         .reviewed = 0.2,
                                         .vocabulary = 500});
    maker.make(workspace.record_to_write());
  }
  static void TearDownTestSuite() { fs::remove_all(folder()); }
  static fs::path& folder() {
    static fs::path path;
    return path;
  }
  static std::shared_ptr<const reader::Lexicon>& lexicon() {
    static std::shared_ptr<const reader::Lexicon> loaded;
    return loaded;
  }
  static WorkspaceOptions options() {
    return {.record = folder() / "record.mithaq",
            .data = test::data(),
            .clock = [] { return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000)); },
            .lexicon = lexicon()};
  }
  // The rows that the record's SQL gives for a question, each once.
  std::vector<record::StatementRow> slowly(const WhoRequest& request) {
    record::StatementQuery query = plan_who(workspace_, request);
    query.limit = SIZE_MAX / 2;
    return workspace_.record().view().statements(query);
  }
  static std::vector<record::Seq> seqs(const std::vector<record::StatementRow>& rows) {
    std::vector<record::Seq> out;
    for (const auto& row : rows) out.push_back(row.seq);
    return out;
  }
  std::string any_organization() {
    static const char* kNames[] = {"UN", "OSCE", "OIC", "AU", "EU", "UN.SC", "ICRC", "NATO", "CIS", "LAS"};
    return kNames[random_() % std::size(kNames)];
  }
  WhoRequest any_request() {
    WhoRequest request;
    for (std::size_t count = random_() % 3; count > 0; --count) {
      const std::string name = any_organization();
      if (std::find(request.organizations.begin(), request.organizations.end(), name) ==
          request.organizations.end())
        request.organizations.push_back(name);
    }
    const auto& themes = workspace_.themes().all();
    if (random_() % 3 == 0) request.theme = themes[random_() % themes.size()].id;
    if (random_() % 3 == 0) {
      const auto& entities = workspace_.lexicon().entities;
      for (;;) {
        const auto& entity = entities[static_cast<reader::EntityIndex>(random_() % entities.size())];
        if (entity.type == document::MentionType::organization) continue;
        request.place = entity.id;
        break;
      }
    }
    if (random_() % 3 == 0) request.at = std::to_string(1990 + random_() % 35);
    if (random_() % 4 == 0) request.review = random_() % 2 == 0 ? "confirmed" : "reviewed";
    if (random_() % 4 == 0) request.types = {static_cast<document::StatementType>(random_() % 11)};
    request.limit = SIZE_MAX / 2;
    return request;
  }

  Workspace workspace_{options()};
  std::mt19937_64 random_{11};
};

TEST_F(ActivityTest, FindsWhatTheRecordFinds) {
  std::size_t found = 0;
  for (int round = 0; round < 300; ++round) {
    const WhoRequest request = any_request();
    const auto expected = seqs(who_does_what(workspace_, request));
    const WhoPage page = who_page(workspace_, request, 0, SIZE_MAX / 4);
    EXPECT_EQ(seqs(page.rows), expected) << round << ' ' << request.place << ' ' << request.theme;
    EXPECT_EQ(page.total, expected.size());
    // Pages are parts of the whole.
    const std::size_t offset = expected.empty() ? 0 : random_() % expected.size();
    const auto part = seqs(who_page(workspace_, request, offset, 7).rows);
    EXPECT_EQ(part, std::vector<record::Seq>(expected.begin() + static_cast<std::ptrdiff_t>(offset),
                                             expected.begin() + static_cast<std::ptrdiff_t>(
                                                                    std::min(expected.size(), offset + 7))));
    found += expected.size();
  }
  EXPECT_GT(found, 5000u) << "the questions are about something";
}

TEST_F(ActivityTest, NumberInACellIsTheNumberOfStatementsBehindIt) {
  for (int round = 0; round < 12; ++round) {
    WhoRequest request = any_request();
    request.place.clear();
    request.theme.clear();
    const ordered_json matrix = matrix_answer(
        workspace_, activity_request_of(request),
        {.rows = "place", .columns = "theme", .limit_rows = 30, .limit_columns = 20}, Language::arabic);
    EXPECT_EQ(matrix["total"], slowly(request).size());
    std::size_t checked = 0;
    for (const auto& cell : matrix["cells"]) {
      if (random_() % 10 != 0) continue;
      WhoRequest behind = request;
      behind.place = matrix["rows"][cell["row"].get<std::size_t>()]["id"];
      behind.theme = matrix["columns"][cell["column"].get<std::size_t>()]["id"];
      const auto rows = slowly(behind);
      EXPECT_EQ(cell["statements"], rows.size()) << behind.place << ' ' << behind.theme;
      std::size_t leads = 0, confirmed = 0;
      for (const auto& row : rows) {
        leads += row.type == document::StatementType::lead && !row.negated ? 1 : 0;
        confirmed +=
            row.review == record::ReviewState::confirmed || row.review == record::ReviewState::corrected ? 1
                                                                                                         : 0;
      }
      EXPECT_EQ(cell["leads"], leads);
      EXPECT_EQ(cell["confirmed"], confirmed);
      ++checked;
    }
    EXPECT_TRUE(checked > 0 || matrix["total"] < 500u);
  }
  // Organizations with their bodies.
  const ordered_json matrix = matrix_answer(workspace_, {}, {}, Language::english);
  ASSERT_FALSE(matrix["rows"].empty());
  for (std::size_t at = 0; at < matrix["rows"].size(); at += 5) {
    const std::string id = matrix["rows"][at]["id"];
    if (id.starts_with("name:")) continue;
    EXPECT_EQ(matrix["rows"][at]["total"], slowly({.organizations = {id}}).size()) << id;
  }
}

TEST_F(ActivityTest, LeadsContradictAsTheRuleSays) {
  const LeadPage page = division_of_labour(workspace_, {}, 0, SIZE_MAX / 4);
  const auto rows = slowly({.types = {document::StatementType::lead}});
  EXPECT_EQ(page.total, rows.size());
  ASSERT_GT(rows.size(), 50u);
  const auto leaders = [](const record::StatementRow& row) {
    std::set<std::string> out;
    for (const auto& party : row.parties) {
      if (party.role == document::PartyRole::actor)
        out.insert(party.entity.empty() ? party.name : party.entity);
    }
    return out;
  };
  // The obvious way: every lead against every other.
  std::map<record::Seq, std::set<record::Seq>> against;
  for (const auto& a : rows) {
    for (const auto& b : rows) {
      bool meet = false;
      for (const auto& place : a.places) {
        for (const auto& other : b.places) {
          for (const auto& theme : a.themes)
            meet = meet || (place.entity == other.entity &&
                            std::find(b.themes.begin(), b.themes.end(), theme) != b.themes.end());
        }
      }
      if (!meet || a.negated || b.negated || a.citation.paragraph_row == b.citation.paragraph_row) continue;
      if (!a.from.empty() && !b.from.empty() && (a.from > b.to || b.from > a.to)) continue;
      const auto first = leaders(a), second = leaders(b);
      if (first.empty() || second.empty()) continue;
      const bool common =
          std::any_of(first.begin(), first.end(), [&](const auto& each) { return second.contains(each); });
      if (!common) against[a.seq].insert(b.seq);
    }
  }
  std::size_t contradicted = 0;
  for (const LeadRow& row : page.rows) {
    const auto& expected = against[row.statement.seq];
    EXPECT_EQ(row.contradictions, expected.size()) << row.statement.seq;
    for (const record::Seq seq : row.contradicted_by) EXPECT_TRUE(expected.contains(seq));
    contradicted += expected.empty() ? 0 : 1;
  }
  EXPECT_GT(contradicted, 0u);
  const ordered_json findings = findings_answer(workspace_, {}, Language::english);
  EXPECT_FALSE(findings["contradictions"].empty());
  for (const auto& found : findings["contradictions"]) {
    for (const auto& lead : found["leads"])
      EXPECT_FALSE(against[lead["statement"].get<record::Seq>()].empty());
  }
}

TEST_F(ActivityTest, GapsAreWhereNobodyActs) {
  const ordered_json findings = findings_answer(workspace_, {}, Language::english);
  ASSERT_FALSE(findings["gaps"].empty());
  using document::StatementType;
  for (std::size_t at = 0; at < findings["gaps"].size(); at += 7) {
    const auto& gap = findings["gaps"][at];
    const std::string place = gap["place"]["id"], theme = gap["theme"]["id"];
    std::size_t asks = 0;
    for (const auto& row : slowly({})) {
      const bool here = std::any_of(row.places.begin(), row.places.end(),
                                    [&](const auto& each) { return each.entity == place; }) &&
                        std::find(row.themes.begin(), row.themes.end(), theme) != row.themes.end();
      if (!here || row.negated) continue;
      const bool called =
          row.modality == document::Modality::called_for || row.modality == document::Modality::recommended;
      if (row.type == StatementType::mandate || row.type == StatementType::commitment || called) {
        ++asks;
      } else {
        EXPECT_TRUE(row.type != StatementType::cooperation && row.type != StatementType::lead &&
                    row.type != StatementType::deployment && row.type != StatementType::implementation)
            << row.seq;
      }
    }
    EXPECT_EQ(gap["statements"], asks) << place << ' ' << theme;
  }
}

TEST_F(ActivityTest, ShowsOnlyWhatTheAskerMaySee) {
  workspace_.record().view().look_as(record::Sight::of({document::Handling{}}, ""));
  const auto visible = slowly({});
  const ordered_json matrix = matrix_answer(workspace_, {}, {}, Language::english);
  EXPECT_EQ(matrix["total"], visible.size());
  const ordered_json queue = queue_answer(workspace_, {.limit = 100}, Language::english);
  for (const auto& item : queue["items"])
    EXPECT_NO_THROW(workspace_.record().view().document(item["statement"]["citation"]["document"]));
  workspace_.record().view().look_as(record::Sight::all());
  EXPECT_GT(slowly({}).size(), visible.size()) << "some documents of the record are restricted";
  workspace_.record().view().look_as(record::Sight::of({}, "account:nobody"));
  EXPECT_EQ(matrix_answer(workspace_, {}, {}, Language::english)["total"], 0);
  EXPECT_TRUE(queue_answer(workspace_, {}, Language::english)["items"].empty());
  EXPECT_EQ(suggest_answer(workspace_, {.words = "لجنة", .kind = "organization", .limit = 50},
                           Language::arabic)["entities"]
                .dump()
                .find("name:"),
            std::string::npos)
      << "names that only hidden documents know";
}

TEST_F(ActivityTest, QueueIsOrderedAndEndless) {
  for (const char* order : {"doubt", "weight", "newest"}) {
    std::vector<record::Seq> all;
    std::optional<record::Seq> after;
    double last = 2;
    for (;;) {
      const ordered_json page =
          queue_answer(workspace_, {.order = order, .limit = 100, .after = after}, Language::english);
      for (const auto& item : page["items"]) {
        EXPECT_EQ(item["statement"]["review"]["state"], "proposed");
        if (std::string(order) != "newest") {
          const double now = item[order];
          EXPECT_LE(now, last + 1e-4);
          last = now;
        }
        all.push_back(item["statement"]["statement"]);
      }
      if (page["items"].empty()) break;
      after = all.back();
      if (all.size() > 400) break;
      EXPECT_EQ(page["remaining"].get<std::size_t>() > 0, true);
    }
    std::set<record::Seq> each(all.begin(), all.end());
    EXPECT_EQ(each.size(), all.size()) << "nothing comes twice";
    EXPECT_GT(all.size(), 100u);
  }
  std::size_t proposed = 0;
  for (const auto& row : workspace_.record().view().statements({.limit = SIZE_MAX / 2}))
    proposed += row.review == record::ReviewState::proposed ? 1 : 0;
  const ordered_json page = queue_answer(workspace_, {.limit = 20}, Language::english);
  EXPECT_EQ(page["remaining"].get<std::size_t>() + page["items"].size(), proposed);
  // Who has decided is not asked again.
  QueueRequest decided{.account = "account:amina", .limit = 100};
  decided.filter.review = "reviewed";
  const ordered_json others = queue_answer(workspace_, decided, Language::english);
  for (const auto& item : others["items"]) {
    for (const auto& review : item["reviews"]) EXPECT_NE(review["by"], "account:amina");
  }
  EXPECT_FALSE(others["items"].empty());
}

// What was appended is counted at once, and as a fresh reading of the whole counts it.
TEST_F(ActivityTest, StaysFreshAsARecordGrows) {
  const fs::path grown = folder() / "grown.mithaq";
  WorkspaceOptions with = options();
  with.record = grown;
  Workspace workspace(with);
  test::RecordMaker(*lexicon(),
                    {.paragraphs = 300, .statements = 200, .seed = 3, .unlisted = 30, .vocabulary = 200})
      .make(workspace.record_to_write());
  ActivityReader kept;
  const auto same = [&] {
    const auto fresh = ActivityReader().read(workspace);
    const auto now = kept.read(workspace);
    EXPECT_EQ(now->table.statements, fresh->table.statements);
    const auto dump = [](const Activity& activity) {
      const activity::Counts counts =
          activity::count(activity::Asked(activity.table, {.reviews = ~0U}), SIZE_MAX);
      ordered_json out = {
          {"n", counts.statements}, {"d", counts.documents}, {"t", counts.by_type}, {"r", counts.by_review}};
      std::map<std::string, std::size_t> names;
      for (const auto* list : {&counts.organizations, &counts.places, &counts.states}) {
        for (const auto& each : *list) names[(*activity.table.names)[each.id].key] += each.statements;
      }
      out["names"] = names;
      for (const auto& each : counts.themes) out["themes"][(*activity.themes)[each.id]] = each.statements;
      const auto queue = activity::review_queue(activity::Asked(activity.table, {}),
                                                activity::ReviewOrder::newest, 1, {}, 50);
      out["queue"] = queue.seqs;
      out["remaining"] = queue.remaining;
      return out;
    };
    EXPECT_EQ(dump(*now), dump(*fresh));
  };
  same();
  std::mt19937_64 random(5);
  for (int round = 0; round < 12; ++round) {
    record::SqlStore& store = workspace.record_to_write();
    const auto rows = store.view().statements({.limit = SIZE_MAX / 2});
    ASSERT_FALSE(rows.empty());
    const record::Seq seq = rows[random() % rows.size()].seq;
    std::vector<record::Body> bodies;
    switch (round % 4) {
      case 0:
        bodies.push_back(record::ReviewBody{
            .statement = seq, .action = record::ReviewAction::reject, .by = "account:amina"});
        break;
      case 1: {
        record::ReviewBody body{
            .statement = seq, .action = record::ReviewAction::correct, .by = "account:boris"};
        body.correction.themes = {"mediation"};
        bodies.push_back(body);
        break;
      }
      case 2:
        test::RecordMaker(*lexicon(), {.paragraphs = 60,
                                       .statements = 50,
                                       .seed = 100 + static_cast<std::uint64_t>(round),
                                       .unlisted = 40,
                                       .reviewed = 0,
                                       .merges = 0,
                                       .vocabulary = 200})
            .make(store);
        break;
      default: {
        const record::Seq document = store.view().documents({.limit = 1}).front().seq;
        const record::Seq entries[] = {document};
        store.erase(entries, "account:amina", "by law");
        break;
      }
    }
    if (!bodies.empty()) store.append(bodies);
    same();
  }
}

TEST_F(ActivityTest, PageOfAnEntityAddsUp) {
  const ordered_json page = entity_answer(workspace_, "OSCE", "", Language::russian);
  EXPECT_EQ(page["entity"]["names"]["ar"].get<std::string>().empty(), false);
  EXPECT_NE(page["entity"]["name"], page["entity"]["names"]["en"]);
  EXPECT_FALSE(page["statuses"].empty());
  std::size_t by_kind = 0;
  for (const auto& [kind, count] : page["counts"]["by_kind"].items()) by_kind += count.get<std::size_t>();
  EXPECT_EQ(page["counts"]["statements"], by_kind);
  std::set<record::Seq> statements;
  for (const std::string& part : workspace_.with_parts("OSCE")) {
    record::StatementQuery query{.parties = {part}, .limit = SIZE_MAX / 2};
    for (const auto& row : workspace_.record().view().statements(query)) statements.insert(row.seq);
  }
  EXPECT_EQ(page["counts"]["statements"], statements.size());
  EXPECT_THROW(entity_answer(workspace_, "nobody of this name", "", Language::english), Error);
}

TEST_F(ActivityTest, SuggestsNamesByTheirBeginningsInAnySpelling) {
  const auto first = [&](const std::string& words) -> std::string {
    const ordered_json found =
        suggest_answer(workspace_, {.words = words, .kind = "organization"}, Language::english);
    return found["entities"].empty() ? "" : found["entities"][0]["id"];
  };
  EXPECT_EQ(first("osce"), "OSCE");
  EXPECT_EQ(first("منظمة الأمن والتعاون"), "OSCE");
  EXPECT_EQ(first("منظمه الامن"), "OSCE") << "spelling folded";
  EXPECT_EQ(first("Организация по безопасности"), "OSCE");
  EXPECT_EQ(first("امم المتحد").substr(0, 2), "UN") << "without the article";
  const ordered_json states =
      suggest_answer(workspace_, {.words = "kaz", .kind = "state"}, Language::russian);
  EXPECT_EQ(states["entities"][0]["id"], "KAZ");
  EXPECT_EQ(states["entities"][0]["name"], "Казахстан");
  EXPECT_TRUE(suggest_answer(workspace_, {.words = "؟!"}, Language::english)["entities"].empty());
}

TEST_F(ActivityTest, AgreementAndSumsAreThoseOfTheRecord) {
  const record::View& view = workspace_.record().view();
  const ordered_json found = agreement_answer(workspace_, {});
  const auto reviewers = view.reviewers();
  ASSERT_EQ(found["reviewers"].size(), reviewers.size());
  for (const auto& each : found["reviewers"]) {
    const auto expected = std::find_if(reviewers.begin(), reviewers.end(),
                                       [&](const auto& reviewer) { return reviewer.by == each["account"]; });
    ASSERT_NE(expected, reviewers.end());
    EXPECT_EQ(each["confirmed"], expected->confirmed);
    EXPECT_EQ(each["corrected"], expected->corrected);
    EXPECT_EQ(each["rejected"], expected->rejected);
  }
  ASSERT_FALSE(found["pairs"].empty());
  for (const auto& pair : found["pairs"]) {
    const auto shared = view.decided_by_both(pair["a"], pair["b"]);
    EXPECT_EQ(pair["both"], shared.size());
    EXPECT_EQ(pair["agree"],
              static_cast<std::size_t>(std::count_if(
                  shared.begin(), shared.end(), [](const auto& each) { return each.first == each.second; })));
  }
  const activity::Sums sums = record_sums(workspace_);
  const record::Statistics expected = view.statistics();
  EXPECT_EQ(sums.documents, expected.documents);
  EXPECT_EQ(sums.paragraphs, expected.paragraphs);
  EXPECT_EQ(sums.statements, expected.statements);
  EXPECT_EQ(sums.mentions, expected.mentions);
  EXPECT_EQ(sums.doubts, expected.doubts);
  EXPECT_EQ(sums.edits, expected.edits);
  EXPECT_EQ(sums.reviews, expected.reviews);
}

TEST_F(ActivityTest, PapersCountCommitments) {
  const ordered_json papers = papers_answer(workspace_, 500, 0, Language::english);
  std::map<std::string, std::size_t> expected;
  for (const auto& row : slowly({.types = {document::StatementType::commitment}})) {
    ++expected[row.citation.document];
    if (!row.instrument.empty()) ++expected[row.instrument.substr(0, row.instrument.find(", paragraph"))];
  }
  EXPECT_EQ(papers["total"], expected.size());
  for (const auto& paper : papers["papers"])
    EXPECT_EQ(paper["commitments"], expected[paper["reference"]]) << paper["reference"];
}

}  // namespace
}  // namespace mithaq::service
