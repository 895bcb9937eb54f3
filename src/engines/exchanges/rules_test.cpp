#include "engines/exchanges/rules.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::exchanges {
namespace {

using std::chrono::year_month_day;

const Rules& rules() {
  static const Rules loaded = Rules::load(test::data() / "exchanges");
  return loaded;
}

year_month_day day(const char* text) {
  return parse_day(text).value();
}

std::string deadline_text(const char* exchange, int year, std::optional<year_month_day> occasion = {}) {
  const auto at = deadline(rules(), *rules().exchange(exchange), year, occasion);
  return at ? format_instant(*at) : "unknown";
}

TEST(Calendar, ADayIsInTimeToItsEndInItsZone) {
  // Midnight of Vienna is an hour behind UTC's in winter, two in summer.
  EXPECT_EQ(deadline_text("aemi", 2026), "2026-12-15T23:00:00.000Z");
  EXPECT_EQ(deadline_text("annual_calendar", 2026), "2026-11-15T23:00:00.000Z");
  EXPECT_EQ(deadline_text("gemi", 2026), "2026-04-30T22:00:00.000Z");
  EXPECT_EQ(deadline_text("code_of_conduct", 2026), "2026-04-15T22:00:00.000Z");
  EXPECT_EQ(deadline_text("salw_transfers", 2026), "2026-06-30T22:00:00.000Z");
  EXPECT_EQ(deadline_text("landmines", 2026), "2026-05-31T22:00:00.000Z");
  EXPECT_EQ(deadline_text("un_arms_register", 2026), "2026-06-01T04:00:00.000Z");
}

TEST(Calendar, MonthsAreCountedFromTheOccasion) {
  EXPECT_EQ(deadline_text("defence_planning", 2026), "unknown");
  EXPECT_EQ(deadline_text("defence_planning", 2026, day("2026-01-20")), "2026-04-20T22:00:00.000Z");
  EXPECT_EQ(deadline_text("defence_planning", 2026, day("2025-12-31")), "2026-03-31T22:00:00.000Z");
  // Three months after the 30th of November there is no 30th.
  EXPECT_EQ(deadline_text("defence_planning", 2026, day("2025-11-30")), "2026-02-28T23:00:00.000Z");
  EXPECT_EQ(deadline_text("defence_planning", 2024, day("2023-11-30")), "2024-02-29T23:00:00.000Z");
}

TEST(Rules, SayWhoTakesPart) {
  const Exchange& aemi = *rules().exchange("aemi");
  EXPECT_EQ(aemi.obliged, std::vector<std::string>{"OSCE/participating_state"});
  EXPECT_EQ(aemi.voluntary, std::vector<std::string>{"OSCE/partner_for_cooperation"});
  EXPECT_EQ(aemi.about, 1);
  EXPECT_TRUE(aemi.counts_units);
  EXPECT_TRUE(rules().visit("evaluation")->by_quota);
  EXPECT_FALSE(rules().visit("military_visit")->by_quota);
  EXPECT_EQ(rules().exchange("coronation"), nullptr);
}

constexpr const char* kExchanges =
    "id\ten\tar\tru\tdocument\tparagraph\tquote\tdue\tabout\tobliged\tvoluntary\tseen_by\tnil\tcounts_"
    "units\tzone"
    "\tsource\n";
constexpr const char* kReminders = "id\texchanges\tdays\tkind\ten\tar\tru\tsource\n";
constexpr const char* kVisits =
    "id\ten\tar\tru\tdocument\tparagraph\tasked_by\treceived_by\tbasis\tnames_unit\tzone\tsource\n";
constexpr const char* kQuotas = "id\tvisit\tmeasure\tnumber\tbelow\tparagraph\tquote\ten\tar\tru\tsource\n";

std::string complaint(const std::string& exchanges, const std::string& reminders = "",
                      const std::string& visits = "", const std::string& quotas = "") {
  try {
    Rules(Table::parse(kExchanges + exchanges, "exchanges.tsv"),
          Table::parse(kReminders + reminders, "reminders.tsv"), Table::parse(kVisits + visits, "visits.tsv"),
          Table::parse(kQuotas + quotas, "quotas.tsv"));
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(Rules, RefuseALineThatIsWrong) {
  const std::string good = "x\tX\tس\tХ\tD\t1\tq\t12-15\t0\tA/b\t\tA/b\tyes\tno\tEurope/Vienna\tme\n";
  EXPECT_EQ(complaint(good), "");
  EXPECT_EQ(complaint(good + good), "exchanges.tsv:3: an exchange has an id of its own");
  const auto changed = [&](const char* from, const char* to) {
    std::string line = good;
    return line.replace(line.find(from), std::string_view(from).size(), to);
  };
  EXPECT_EQ(complaint(changed("12-15", "02-29")),
            "exchanges.tsv:2: \"02-29\" is neither a day such as 12-15 nor such as budget_approved+3m");
  EXPECT_EQ(complaint(changed("12-15", "budget+xm")), "exchanges.tsv:2: \"x\" is no number");
  EXPECT_EQ(complaint(changed("Europe/Vienna", "Vienna")), "exchanges.tsv:2: there is no zone \"Vienna\"");
  EXPECT_EQ(complaint(changed("yes", "perhaps")), "exchanges.tsv:2: nil is yes or no");
  EXPECT_EQ(complaint(changed("س", "")), "exchanges.tsv:2: it has no words in ar");
  EXPECT_EQ(complaint(changed("A/b\t", "\t")), "exchanges.tsv:2: nobody takes part");
  EXPECT_EQ(complaint(good, "r\tx\t3\treminder\tR\tت\tН\tme\n"),
            "reminders.tsv:2: a reminder comes before the last day, everything else after it");
  EXPECT_EQ(complaint(good, "r\ty\t3\tlate_notice\tR\tت\tН\tme\n"),
            "reminders.tsv:2: there is no exchange \"y\"");
  EXPECT_EQ(complaint(good, "r\t\t3\tletter\tR\tت\tН\tme\n"),
            "reminders.tsv:2: there is no kind of reminder \"letter\"");
  const std::string visit = "v\tV\tز\tВ\tD\t1\tA/b\tA/b\tquota\tno\tEurope/Vienna\tme\n";
  EXPECT_EQ(complaint(good, "", visit, "v/t\tv\ttotal\t3\t\t1\tq\tT\tك\tВ\tme\n"), "");
  EXPECT_EQ(complaint(good, "", visit, "v/t\tv\ttotal\t0\t\t1\tq\tT\tك\tВ\tme\n"),
            "quotas.tsv:2: the number is at least 1");
  EXPECT_EQ(complaint(good, "", visit, "v/t\tw\ttotal\t3\t\t1\tq\tT\tك\tВ\tme\n"),
            "quotas.tsv:2: there is no visit \"w\"");
  EXPECT_EQ(complaint(good, "", visit, "v/t\tv\tguess\t3\t\t1\tq\tT\tك\tВ\tme\n"),
            "quotas.tsv:2: there is no measure \"guess\"");
  EXPECT_EQ(complaint(good, "", visit,
                      "v/t\tv\ttotal\t3\t\t1\tq\tT\tك\tВ\tme\nv/u\tv\ttotal\t4\t\t1\tq\tT\tك\tВ\tme\n"),
            "quotas.tsv:3: the visit has a rule of this measure already");
}

}  // namespace
}  // namespace mithaq::exchanges
