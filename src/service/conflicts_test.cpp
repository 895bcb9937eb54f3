// The map of conflicts on hand-made vintages, on the table of the project, and beside claims of documents.
#include "service/conflicts.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "service/conflict_causes.hpp"
#include "service/conflict_plot.hpp"
#include "service/conflict_threads.hpp"
#include "service/event_import.hpp"
#include "service/read_documents.hpp"
#include "tests/support/test_paths.hpp"
#include "tests/support/unpacked.hpp"

namespace mithaq::service {
namespace {

using events::month_of;
using nlohmann::ordered_json;

class ConflictsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) /
              ("mithaq-conflicts-" + std::to_string(::getpid()) + "-" +
               ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    workspace_ = std::make_unique<Workspace>(WorkspaceOptions{
        .record = record::Location(folder_ / "record.mithaq"),
        .data = test::data(),
        .clock = [] { return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000)); },
        .key = folder_ / "key"});
  }
  void TearDown() override {
    workspace_.reset();
    std::filesystem::remove_all(folder_);
  }
  void read(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    read_documents(*workspace_, {.paths = {folder_ / name}});
  }

  struct Row {
    int year = 0, month = 0;
    std::string state{}, conflict{}, side_a{}, side_b{};
    int deaths = 0;
    events::Violence violence = events::Violence::state_based;
  };
  // Keeps a vintage of events, 2010 to 2013.
  void keep(const std::string& id, const std::vector<Row>& rows) {
    NewVintage out;
    out.info = {.id = id, .name = "Made", .source = "a test", .licence = "none", .sha256 = "ab"};
    out.table.first = month_of(2010, 1);
    out.table.last = month_of(2013, 12);
    const auto text = [&](const std::string& words) {
      const auto found = std::find(out.table.strings.begin(), out.table.strings.end(), words);
      if (found != out.table.strings.end())
        return static_cast<events::StringIndex>(found - out.table.strings.begin());
      out.table.strings.push_back(words);
      return static_cast<events::StringIndex>(out.table.strings.size() - 1);
    };
    for (const Row& row : rows) {
      events::Event event;
      event.id = static_cast<events::EventId>(out.table.events.size()) + 1;
      event.start = event.end = *events::day_of(row.year, row.month, 15);
      event.best = event.low = event.high = row.deaths;
      event.violence = row.violence;
      event.state = text(row.state);
      event.conflict = text(row.conflict);
      event.side_a = text(row.side_a);
      event.side_b = text(row.side_b);
      event.latitude = 10;
      event.longitude = 20;
      out.table.events.push_back(event);
    }
    keep_vintage(*workspace_, std::move(out), false);
  }
  static const ordered_json& year_of(const ordered_json& answer, int year) {
    for (const ordered_json& each : answer.at("years")) {
      if (each.at("year") == year) return each;
    }
    throw std::runtime_error("no such year");
  }

  std::filesystem::path folder_{};
  std::unique_ptr<Workspace> workspace_{};
};

TEST_F(ConflictsTest, TheTableOfTheProjectNeedsNoRecord) {
  const ConflictShare share =
      conflict_share(*workspace_, {.organization = "OIC", .from = "2016", .to = "2018"});
  ASSERT_EQ(share.years.size(), 3u);
  EXPECT_EQ(share.organization, "OIC");
  EXPECT_TRUE(share.claims.empty());
  // Counted by hand in data/conflict/deaths.tsv and data/memberships/oic.tsv: States with 25 deaths or more.
  EXPECT_EQ(share.years[1].conflicts_world, 32);
  EXPECT_EQ(share.years[1].conflicts, 21);
  EXPECT_EQ(share.years[1].deaths_world, 72371);
  EXPECT_EQ(share.members_missing, std::vector<std::string>{"PSE"});
  EXPECT_EQ(share.query,
            "mithaq conflicts share OIC --from 2016 --to 2018 --kinds state_based --min-deaths 25 "
            "--quiet-months 12 --vintage ucdp-2024 --count conflict --where most");
}

TEST_F(ConflictsTest, TheShareOfAnOrganizationUsesTheMembershipOfThatMonth) {
  // The EU has Croatia from 2013-07-01 on.
  keep("made", {{2013, 6, "HRV", "a", "A", "B", 30},
                {2013, 7, "HRV", "b", "A", "B", 30},
                {2013, 7, "USA", "c", "", "", 40}});
  const ConflictShare share = conflict_share(
      *workspace_, {.rules = {.vintage = "made"}, .organization = "EU", .from = "2012", .to = "2013"});
  ASSERT_EQ(share.years.size(), 2u);
  EXPECT_EQ(share.years[0].conflicts_world, 0);
  EXPECT_EQ(share.years[1].conflicts, 1);
  EXPECT_EQ(share.years[1].conflicts_world, 3);
  EXPECT_EQ(share.years[1].deaths, 30);
  EXPECT_EQ(share.years[1].members, share.years[0].members + 1);
  const ordered_json answer = share_json(*workspace_, share, Language::english);
  EXPECT_EQ(year_of(answer, 2013).at("share_deaths"), 0.3);
  EXPECT_TRUE(year_of(answer, 2012).at("share_deaths").is_null());
}

TEST_F(ConflictsTest, SuspendedMembersCountUnlessTheyAreLeftOut) {
  keep("made", {{2013, 2, "SYR", "a", "A", "B", 30}});  // suspended in the OIC since 2012-08-15
  ShareRequest request{.rules = {.vintage = "made"}, .organization = "OIC", .from = "2013", .to = "2013"};
  EXPECT_EQ(conflict_share(*workspace_, request).years[0].conflicts, 1);
  request.without_suspended = true;
  EXPECT_EQ(conflict_share(*workspace_, request).years[0].conflicts, 0);
}

TEST_F(ConflictsTest, AClaimOfADocumentIsHeldAgainstDefinitions) {
  read("claim.en.txt",
       "Report of a conference\n\nIstanbul, 29 November 2018\n\n"
       "The Director noted that 60 per cent of conflicts in the world take place in States of the "
       "Organization of "
       "Islamic Cooperation.\n\nHe added that 39 per cent of refugees come from a few States.\n");
  const ConflictShare share = conflict_share(*workspace_, {.organization = "OIC"});
  ASSERT_EQ(share.claims.size(), 1u);
  const ShareClaim& claim = share.claims[0];
  EXPECT_DOUBLE_EQ(claim.share, 0.6);
  EXPECT_EQ(claim.year, 2018);
  EXPECT_FALSE(claim.deaths);
  ASSERT_EQ(claim.by_default.size(), 2u);
  EXPECT_EQ(claim.by_default[0].year, 2018);
  EXPECT_EQ(claim.by_default[0].share, claim.by_default[0].members / claim.by_default[0].world);
  ASSERT_EQ(claim.nearest.size(), 3u);
  EXPECT_GT(claim.tried, 10u);
  double last = 0;
  for (const ClaimReading& reading : claim.nearest) {
    EXPECT_GE(std::round(std::abs(reading.share - 0.6) * 1000), last);
    last = std::round(std::abs(reading.share - 0.6) * 1000);
    EXPECT_GE(reading.world, 20);
    // The command that is given counts the same again.
    const std::string year = std::to_string(reading.year);
    ConflictRules rules{.deaths_min = reading.rules.rules.deaths_min};
    for (std::size_t kind = 0; kind < 3; ++kind) {
      if (reading.rules.rules.kinds[kind])
        rules.kinds.emplace_back(conflicts::name_of(static_cast<events::Violence>(kind)));
    }
    const ConflictShare again =
        conflict_share(*workspace_, {.rules = rules, .organization = "OIC", .from = year, .to = year});
    EXPECT_DOUBLE_EQ(*again.years[0].share_conflicts(), reading.share);
    EXPECT_EQ(again.query, reading.query);
  }
  const ordered_json answer = share_json(*workspace_, share, Language::arabic);
  EXPECT_EQ(answer.at("claims").at(0).at("value"), "60");
  EXPECT_EQ(answer.at("claims").at(0).at("name"), "claim.en.txt");
  EXPECT_TRUE(conflict_share(*workspace_, {.organization = "AU"}).claims.empty());
}

TEST_F(ConflictsTest, TheMapTellsConflictsPartiesAndPlaces) {
  keep("made", {{2012, 1, "MLI", "Mali: Azawad", "Government of Mali", "MNLA", 30},
                {2013, 1, "NER", "Mali: Azawad", "Government of Mali", "MNLA", 40},
                {2013, 5, "MLI", "AQIM - Civilians", "AQIM", "Civilians", 26, events::Violence::one_sided},
                {2013, 5, "FRA", "c", "A", "B", 24}});
  ConflictsRequest request{.rules = {.vintage = "made"}};
  ConflictMap map = conflict_map(*workspace_, request);
  ASSERT_EQ(map.conflicts.size(), 1u);
  const ordered_json answer = conflicts_json(*workspace_, map, 0, 10, Language::arabic);
  const ordered_json& mali = answer.at("conflicts").at(0);
  EXPECT_EQ(mali.at("name"), "Mali: Azawad");
  EXPECT_EQ(mali.at("countries").at(0).at("id"), "NER");
  EXPECT_EQ(mali.at("countries").at(0).at("name"), "النيجر");
  EXPECT_EQ(mali.at("parties"), (ordered_json{"Government of Mali", "MNLA"}));
  EXPECT_EQ(mali.at("deaths"), 70);
  EXPECT_EQ(mali.at("dyads").at(0).at("name"), "Government of Mali - MNLA");
  EXPECT_EQ(mali.at("deaths_12"), 40);
  EXPECT_EQ(mali.at("state"), "war");
  EXPECT_EQ(mali.at("course").size(), 2u);
  EXPECT_EQ(answer.at("total"), 1);
  EXPECT_TRUE(conflicts_json(*workspace_, map, 5, 10, Language::english).at("conflicts").empty());

  request.rules.kinds = {"all"};
  EXPECT_EQ(conflict_map(*workspace_, request).conflicts.size(), 2u);
  request.all = true;
  EXPECT_EQ(conflict_map(*workspace_, request).conflicts.size(), 3u);
  request.place = "Niger";
  EXPECT_EQ(conflict_map(*workspace_, request).conflicts.size(), 1u);
  request.place = "";
  request.organization = "EU";
  EXPECT_EQ(conflict_map(*workspace_, request).conflicts.size(), 1u);
  const ordered_json geo = conflicts_geojson(*workspace_, map, Language::english);
  EXPECT_EQ(geo.at("type"), "FeatureCollection");
  EXPECT_EQ(geo.at("features").at(0).at("geometry").at("coordinates"), (ordered_json{20.0, 10.0}));
}

TEST_F(ConflictsTest, WhatIsAskedForWronglyIsRefused) {
  const auto refused = [&](const ConflictsRequest& request) {
    try {
      conflict_map(*workspace_, request);
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::bug;
  };
  EXPECT_EQ(refused({.rules = {.kinds = {"war"}}}), ErrorKind::invalid_input);
  EXPECT_EQ(refused({.rules = {.deaths_min = 0}}), ErrorKind::invalid_input);
  EXPECT_EQ(refused({.rules = {.multi_month = "guess"}}), ErrorKind::invalid_input);
  EXPECT_EQ(refused({.rules = {.where_precision_max = 9}}), ErrorKind::invalid_input);
  EXPECT_EQ(refused({.rules = {.vintage = "nothing"}}), ErrorKind::not_found);
  EXPECT_EQ(refused({.from = "soon"}), ErrorKind::invalid_input);
  EXPECT_EQ(refused({.from = "2018", .to = "2017"}), ErrorKind::invalid_input);
  EXPECT_EQ(refused({.organization = "nobody"}), ErrorKind::not_found);
  EXPECT_EQ(refused({.place = "Vienna"}), ErrorKind::not_found);
  EXPECT_THROW(conflict_share(*workspace_, {.organization = "OIC", .counted = "people"}), Error);
  EXPECT_THROW(conflict_share(*workspace_, {.organization = "OIC", .where = "here"}), Error);
  EXPECT_THROW(conflict_threads(*workspace_, {.kind = "cause"}, Language::english), Error);
}

TEST_F(ConflictsTest, MonthsOfATimeAreAllThatItCovers) {
  const MonthRange year = months_of("2017", "2017");
  EXPECT_EQ(*year.from, month_of(2017, 1));
  EXPECT_EQ(*year.to, month_of(2017, 12));
  EXPECT_EQ(*months_of("2017-05", "").from, month_of(2017, 5));
  EXPECT_FALSE(months_of("2017-05", "").to);
  EXPECT_THROW(months_of("..", ""), Error);
}

TEST_F(ConflictsTest, ThreadsNameSharedPartiesWithTheirEvents) {
  keep("made", {{2012, 1, "MLI", "Mali: Azawad", "Government of Mali", "AQIM", 30},
                {2012, 2, "DZA", "Algeria: Government", "Government of Algeria", "AQIM", 40},
                {2012, 3, "MLI", "AQIM - Civilians", "AQIM", "Civilians", 26, events::Violence::one_sided}});
  const ConflictThreads threads =
      conflict_threads(*workspace_, {.rules = {.vintage = "made"}, .kind = "actor"}, Language::english);
  ASSERT_EQ(threads.threads.size(), 1u);
  const Thread& aqim = threads.threads[0];
  EXPECT_EQ(aqim.name, "AQIM");
  EXPECT_EQ(aqim.conflicts.size(), 3u);  // all kinds, if none is asked for
  ASSERT_EQ(aqim.evidence.size(), 5u);
  EXPECT_EQ(aqim.evidence[0].said, "Algeria: Government: 40 deaths in 1 events with it, 2012-02 to 2012-02");
  EXPECT_EQ(aqim.evidence[0].source, "a test; none; made; events to read: 2");
  EXPECT_EQ(aqim.evidence[3].said, "In 2 countries, deaths: Mali 56; Algeria 40");
  EXPECT_TRUE(conflict_threads(*workspace_,
                               {.rules = {.vintage = "made"}, .organization = "EU", .kind = "actor"},
                               Language::english)
                  .threads.empty());
  const ordered_json answer = threads_json(*workspace_, threads, 0, 10, Language::russian);
  EXPECT_EQ(answer.at("threads").at(0).at("conflicts").at(0), "state_based:Algeria: Government");
}

TEST_F(ConflictsTest, ThreadsNameRootCausesThatPapersName) {
  read("causes.en.txt",
       "Note on mediation\n\nParticipants recalled that the root causes of conflicts in Mali are weak "
       "governance "
       "and inequality.\n\nThe root causes of the delay are many.\n");
  const ConflictThreads threads = conflict_threads(*workspace_, {.kind = "driver"}, Language::english);
  ASSERT_EQ(threads.threads.size(), 2u);
  EXPECT_EQ(threads.threads[0].name, "named by papers as a root cause: inequality");
  ASSERT_EQ(threads.threads[0].evidence.size(), 1u);
  EXPECT_TRUE(threads.threads[0].evidence[0].source.starts_with("causes.en.txt ¶"));
  ASSERT_FALSE(threads.threads[0].conflicts.empty());
  const std::string& id = threads.table.acts.conflicts[threads.threads[0].conflicts[0]].id;
  EXPECT_TRUE(id.starts_with("MLI/")) << id;
}

TEST_F(ConflictsTest, ThreadsOfNeighboursAreTheSameEveryTime) {
  const ConflictThreads first = conflict_threads(*workspace_, {.kind = "neighbour"}, Language::english);
  const ConflictThreads again = conflict_threads(*workspace_, {.kind = "neighbour"}, Language::english);
  ASSERT_FALSE(first.threads.empty());
  ASSERT_EQ(first.threads.size(), again.threads.size());
  for (std::size_t each = 0; each < first.threads.size(); ++each)
    EXPECT_EQ(first.threads[each].evidence[0].said, again.threads[each].evidence[0].said);
}

TEST_F(ConflictsTest, TheEventsOfGedAreCountedAsByHand) {
  MITHAQ_NEEDS_SHARED();
  const std::filesystem::path file = folder_ / "ged211_prec12_events.csv";
  std::ofstream(file, std::ios::binary)
      << test::unpacked(test::shared() / "data" / "conflict" / "ged211_prec12_events.csv.xz");
  import_events(*workspace_, {.files = {file}, .vintage = "ged-21.1"});
  const ConflictShare share = conflict_share(
      *workspace_, {.rules = {.vintage = "ged-21.1"}, .organization = "OIC", .from = "2017", .to = "2018"});
  // The world's figures counted from the file by a script of its own: conflicts by name with 25
  // deaths; deaths of every event of state-based violence.
  ASSERT_EQ(share.years.size(), 2u);
  EXPECT_EQ(share.years[0].conflicts_world, 46);
  EXPECT_EQ(share.years[0].deaths_world, 41845);
  EXPECT_EQ(share.years[1].conflicts_world, 44);
  EXPECT_EQ(share.years[1].deaths_world, 31208);
  EXPECT_NEAR(*share.years[0].share_conflicts(), 0.63, 0.01);
  const ConflictThreads threads =
      conflict_threads(*workspace_, {.rules = {.vintage = "ged-21.1"}, .kind = "actor"}, Language::english);
  ASSERT_FALSE(threads.threads.empty());
  EXPECT_EQ(threads.threads[0].name, "IS");
}

TEST_F(ConflictsTest, ThePlotIsWholeAndEscapesNames) {
  for (const Language language : {Language::english, Language::arabic, Language::russian}) {
    const std::string svg =
        share_svg(*workspace_, conflict_share(*workspace_, {.organization = "OIC"}), language);
    EXPECT_TRUE(svg.starts_with("<svg "));
    EXPECT_TRUE(svg.ends_with("</svg>\n"));
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_NE(svg.find("mithaq conflicts share OIC"), std::string::npos);
  }
}

TEST(ConflictCauses, TellConflictsFromWarningsAndWardens) {
  const ConflictCauses causes = ConflictCauses::load(test::data());
  EXPECT_TRUE(causes.speaks_of_conflicts("60 per cent of conflicts"));
  EXPECT_TRUE(causes.speaks_of_conflicts("60% من الصراعات حول العالم"));
  EXPECT_TRUE(causes.speaks_of_conflicts("60 % конфликтов"));
  EXPECT_FALSE(causes.speaks_of_conflicts("early warning in 60 per cent of wards"));
  EXPECT_TRUE(causes.speaks_of_root_causes("السبب الجذري للصراعات هو فقدان المساواة"));
  ASSERT_EQ(causes.named_in("السبب الجذري للصراعات هو فقدان المساواة").size(), 1u);
  EXPECT_EQ(causes.all()[causes.named_in("rising inequality")[0]].id, "inequality");
  EXPECT_EQ(causes.worse_end("NY.GDP.PCAP.KD"), conflicts::Worse::low);
  EXPECT_EQ(causes.worse_end("SI.POV.GINI"), conflicts::Worse::high);
  EXPECT_EQ(causes.worse_end("SP.POP.TOTL"), conflicts::Worse::unknown);
  EXPECT_EQ(causes.of_indicator("CC.EST")->id, "corruption");
}

}  // namespace
}  // namespace mithaq::service
