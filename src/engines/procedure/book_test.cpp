#include "engines/procedure/book.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/error.hpp"
#include "base/table.hpp"
#include "engines/procedure/test_facts.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::procedure {
namespace {

const RuleSets& rule_sets() {
  static const RuleSets sets = RuleSets::load(test::data() / "procedure");
  return sets;
}

// "a=b;c=d"
std::map<std::string, std::string> fields_of(std::string_view cell) {
  std::map<std::string, std::string> out;
  std::stringstream in{std::string(cell)};
  for (std::string each; std::getline(in, each, ';');) {
    const std::size_t equals = each.find('=');
    out[each.substr(0, equals)] = equals == std::string::npos ? "" : each.substr(equals + 1);
  }
  return out;
}

std::vector<std::string> list_of(const std::string& text) {
  std::vector<std::string> out;
  std::stringstream in(text);
  for (std::string each; std::getline(in, each, ',');) out.push_back(each);
  return out;
}

// "chair", "secretariat", "program", "KAZ", "KAZ/secretariat"
acts::Actor actor_of(std::string_view who) {
  if (who == "chair") return {.by = "the chair", .capacity = acts::Capacity::chair};
  if (who == "secretariat") return {.by = "a clerk", .capacity = acts::Capacity::secretariat};
  if (who == "program") return {.capacity = acts::Capacity::system};
  const std::size_t bar = who.find('/');
  return {
      .by = "somebody",
      .delegation = std::string(who.substr(0, bar)),
      .capacity = bar == std::string_view::npos ? acts::Capacity::delegation : acts::Capacity::secretariat};
}

std::string* text_field(Fact& fact, std::string_view name) {
  return name == "meeting"   ? &fact.meeting
         : name == "text"    ? &fact.text
         : name == "journal" ? &fact.journal
         : name == "letter"  ? &fact.letter
         : name == "session" ? &fact.session
         : name == "by"      ? &fact.by_id
                             : nullptr;
}

std::vector<std::string>* list_field(Fact& fact, std::string_view name) {
  return name == "excluded"  ? &fact.excluded
         : name == "with"    ? &fact.with
         : name == "present" ? &fact.present
                             : nullptr;
}

Fact fact_of(Kind kind, std::string_view who, std::string_view cell, Instant at,
             const std::string& rule_set) {
  const auto fields = fields_of(cell);
  Fact fact{.kind = kind, .stamp = {.at = at, .actor = actor_of(who), .subject = "C-1"}};
  if (kind == Kind::opened) {
    fact.rule_set = rule_set;
    fact.title = {{"en", "A decision"}};
    fact.words = {{"en", "It is decided."}};
    fact.zone = rule_sets().find(rule_set)->zone;
    fact.entitled = {"AUT", "DEU", "KAZ", "RUS", "USA"};
  }
  for (const auto& [name, value] : fields) {
    if (std::string* const text = text_field(fact, name)) {
      *text = value;
    } else if (std::vector<std::string>* const list = list_field(fact, name)) {
      *list = list_of(value);
    } else if (name == "words") {
      fact.words = {{"en", value}};
    } else if (name == "urgent") {
      fact.urgent = true;
    } else if (name == "kind" && value == "amendment") {
      fact.objection = ObjectionKind::amendment;
    } else if (name == "kind" && value == "reservation") {
      fact.statement = StatementKind::reservation;
    } else if (name == "expires") {
      fact.deadline = {.at = parse_instant(value).value()};
    } else if (name == "local") {
      // "2026-03-29T12:00 Europe/Vienna +02:00"
      std::stringstream in(value);
      acts::Deadline deadline;
      in >> deadline.local >> deadline.zone >> deadline.offset;
      const auto refusal = acts::settle(deadline, at);
      EXPECT_FALSE(refusal) << refusal->reason;
      fact.deadline = deadline;
    } else {
      ADD_FAILURE() << "unknown field " << name;
    }
  }
  return fact;
}

std::string breaks_of(const Case& item) {
  std::string out;
  for (const Break& each : item.breaks()) {
    out += out.empty() ? "" : ", ";
    if (each.late) out += "late ";
    for (std::size_t at = 0; at < each.by.size(); ++at)
      out += (at == 0 ? "" : " + ") + each.by[at]->delegation + " " + std::string(name_of(each.by[at]->kind));
  }
  return out;
}

std::string attachments_of(const Case& item) {
  std::string out;
  for (const Statement& each : item.statements) {
    out += (out.empty() ? "" : ", ") + std::to_string(each.attachment);
    for (const std::string& state : each.by) out += " " + state;
  }
  return out;
}

// Everything about a case that a refusal must leave alone.
std::string picture_of(const Book& book) {
  const Case* item = book.find("C-1");
  if (item == nullptr) return "";
  return std::string(name_of(item->state)) + breaks_of(*item) + attachments_of(*item) + item->symbol() +
         std::to_string(item->history.size()) + std::to_string(item->versions.size());
}

// Every case of tests/procedure/cases.tsv.
TEST(Book, DoesAsTheTableOfCasesSays) {
  const Table table = Table::read(test::project() / "tests/procedure/cases.tsv");
  Book book(rule_sets());
  std::string name, rule_set;
  std::set<std::string> sets;
  Instant at{};
  int cases = 0;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const std::string when(table.cell(row, "at")), act(table.cell(row, "act")), who(table.cell(row, "who")),
        expect(table.cell(row, "expect"));
    if (when == "case") {
      name = act;
      rule_set = who;
      ASSERT_NE(rule_sets().find(rule_set), nullptr) << name;
      sets.insert(rule_set);
      book = Book(rule_sets());
      at = {};
      ++cases;
      continue;
    }
    const std::string place = name + " (cases.tsv:" + std::to_string(table.line_of(row)) + ", " + act + ")";
    const bool asks =
        act == "number" || act == "symbol" || act == "breaks" || act == "attachments" || act == "adopted_at";
    if (!when.empty()) {
      const auto read = parse_instant(when);
      ASSERT_TRUE(read) << place;
      at = *read;
    } else if (!asks && act != "wait") {
      at += std::chrono::minutes(1);
    }
    const Case* item = book.find("C-1");
    if (asks) {
      ASSERT_NE(item, nullptr) << place;
      const std::string answer = act == "number"        ? (item->number.empty() ? "none" : item->number)
                                 : act == "symbol"      ? item->symbol()
                                 : act == "breaks"      ? breaks_of(*item)
                                 : act == "attachments" ? attachments_of(*item)
                                 : item->adopted_at     ? format_instant(*item->adopted_at)
                                                        : "";
      EXPECT_EQ(answer, expect) << place;
      continue;
    }
    if (act == "wait") {
      for (auto due = book.due(at); !due.empty(); due = book.due(at)) {
        ASSERT_FALSE(book.refusal_of(due.front())) << place;
        book.enter(due.front());
      }
    } else {
      const auto kind = kind_named(act);
      ASSERT_TRUE(kind) << place;
      const Fact fact = fact_of(*kind, who, table.cell(row, "fields"), at, rule_set);
      const std::string before = picture_of(book);
      const auto refusal = book.refusal_of(fact);
      const std::string said = refusal ? (refusal->forbidden ? "!!" : "!") + refusal->rule : "";
      if (expect.starts_with("!")) {
        EXPECT_EQ(said, expect) << place;
        EXPECT_EQ(picture_of(book), before) << place;
        if (refusal) {
          const Rule* rule = rule_sets().rule(refusal->rule);
          EXPECT_NE(rule, nullptr) << place << ": there is no rule " << refusal->rule;
        }
        continue;
      }
      ASSERT_EQ(said, "") << place << ": " << refusal->reason;
      book.enter(fact);
    }
    item = book.find("C-1");
    ASSERT_NE(item, nullptr) << place;
    EXPECT_EQ(name_of(item->state), expect) << place;
  }
  EXPECT_GE(cases, 40);
  EXPECT_GE(sets.size(), 5u);
}

TEST(Book, NumbersOfASeriesHaveNoGapAndNoDouble) {
  Book book(rule_sets());
  Fact start{.kind = Kind::series_started, .stamp = {.actor = actor_of("secretariat")}};
  start.series = "PC.DEC";
  start.number = 1041;
  EXPECT_FALSE(book.refusal_of(start));
  book.enter(start);
  EXPECT_TRUE(book.refusal_of(start)) << "a series begins once";
  std::set<std::string> numbers;
  for (int each = 0; each < 1000; ++each) {
    Fact fact =
        test_opening("osce_pc", "C-" + std::to_string(each), parse_instant("2026-01-01T00:00:00Z").value());
    // Every third is of the Forum, every seventh is withdrawn, and one refused issue lies between.
    if (each % 3 == 0) fact.rule_set = "osce_fsc";
    book.enter(fact);
    const auto go_on = [&](Kind kind, const char* who) {
      Fact next{.kind = kind,
                .stamp = {.at = fact.stamp.at, .actor = actor_of(who), .subject = fact.stamp.subject}};
      next.meeting = "PC-1";
      if (book.refusal_of(next)) return false;
      book.enter(next);
      return true;
    };
    EXPECT_FALSE(go_on(Kind::issued, "secretariat"));
    if (each % 7 == 0) {
      EXPECT_TRUE(go_on(Kind::withdrawn, "chair"));
      EXPECT_FALSE(go_on(Kind::issued, "secretariat"));
      continue;
    }
    EXPECT_TRUE(go_on(Kind::adopted_in_meeting, "chair"));
    EXPECT_TRUE(go_on(Kind::issued, "secretariat"));
    EXPECT_FALSE(go_on(Kind::issued, "secretariat"));
    EXPECT_TRUE(numbers.insert(book.find(fact.stamp.subject)->number).second);
  }
  // 1000 without the 143 that 7 divides; of these a third of the Forum (286 of 334 that 3 divides).
  std::size_t pc = 0, fsc = 0;
  for (const std::string& each : numbers) (each.starts_with("PC.DEC/") ? pc : fsc) += 1;
  EXPECT_EQ(pc + fsc, 857u);
  for (std::size_t each = 0; each < pc; ++each)
    EXPECT_TRUE(numbers.contains("PC.DEC/" + std::to_string(1041 + each)));
  for (std::size_t each = 0; each < fsc; ++each)
    EXPECT_TRUE(numbers.contains("FSC.DEC/" + std::to_string(1 + each)));
}

TEST(Book, AReplacementOfAConsultationIsNamed) {
  Book book(rule_sets());
  const Instant at = parse_instant("2026-01-01T00:00:00Z").value();
  book.enter(test_opening("osce_pc", "C-1", at));
  book.enter(test_opening("osce_pc", "C-2", at));
  Fact fact{.kind = Kind::superseded, .stamp = {.at = at, .actor = actor_of("chair"), .subject = "C-1"}};
  fact.by_id = "C-1";
  EXPECT_TRUE(book.refusal_of(fact));
  fact.by_id = "C-2";
  ASSERT_FALSE(book.refusal_of(fact));
  book.enter(fact);
  EXPECT_EQ(book.find("C-1")->state, State::superseded);
  EXPECT_EQ(book.find("C-1")->superseded_by, "C-2");
}

TEST(Book, AnActAboutNothingIsRefusedAndCorruptInTheRecord) {
  Book book(rule_sets());
  Fact fact{.kind = Kind::objected, .stamp = {.actor = actor_of("KAZ"), .subject = "none"}};
  EXPECT_TRUE(book.refusal_of(fact));
  EXPECT_THROW(book.enter(fact), Error);
  Fact opening = test_opening("no_such_rules", "C-1", {});
  EXPECT_TRUE(book.refusal_of(opening));
  EXPECT_THROW(book.enter(opening), Error);
}

TEST(Book, SaysWhereADecisionIsAndWhatComesNext) {
  Book book(rule_sets());
  const Instant at = parse_instant("2026-03-26T10:00:00Z").value();
  book.enter(test_opening("osce_pc", "C-1", at));
  const auto steps = [&] {
    std::string out;
    for (const Step& each : book.steps(*book.find("C-1")))
      out += (out.empty() ? "" : " ") + each.rule->id.substr(8) + ":" + std::string(name_of(each.state));
    return out;
  };
  EXPECT_EQ(steps(), "consensus:done 1:next 2:not 3:not 4:not 5:not 6:not statements:not");
  Fact fact{.kind = Kind::proposed, .stamp = {.at = at, .actor = actor_of("chair"), .subject = "C-1"}};
  fact.meeting = "PC-1";
  fact.deadline = {.at = at + std::chrono::hours(24)};
  book.enter(fact);
  fact.kind = Kind::silence_opened;
  book.enter(fact);
  EXPECT_EQ(steps(), "consensus:done 1:done 2:now 3:next 4:next 5:not 6:not statements:not");
  const auto next = book.next(*book.find("C-1"));
  ASSERT_EQ(next.size(), 2u);
  EXPECT_EQ(next[0].rule, "osce_pc/4");
  EXPECT_EQ(next[0].at, at + std::chrono::hours(24));
  EXPECT_EQ(next[1].rule, "osce_pc/3");
  EXPECT_EQ(book.next_due(), at + std::chrono::hours(24));
  EXPECT_TRUE(book.due(at + std::chrono::hours(24) - std::chrono::milliseconds(1)).empty());
  ASSERT_EQ(book.due(at + std::chrono::hours(24)).size(), 1u);
  book.enter(book.due(at + std::chrono::hours(30)).front());
  // However late it was written down, it was adopted when the period ended.
  EXPECT_EQ(book.find("C-1")->adopted_at, at + std::chrono::hours(24));
  EXPECT_FALSE(book.next_due());
  EXPECT_EQ(steps(), "consensus:done 1:done 2:done 3:not 4:done 5:next 6:next statements:now");
}

TEST(AddMonths, KeepsTheTimeAndTheLastDay) {
  const auto later = [](const char* from, int months) {
    return format_instant(add_months(parse_instant(from).value(), months));
  };
  EXPECT_EQ(later("2026-03-03T15:00:00.123Z", 6), "2026-09-03T15:00:00.123Z");
  EXPECT_EQ(later("2026-08-31T15:00:00Z", 6), "2027-02-28T15:00:00.000Z");
  EXPECT_EQ(later("2027-08-31T15:00:00Z", 6), "2028-02-29T15:00:00.000Z");
  EXPECT_EQ(later("2026-12-31T00:00:00Z", 3), "2027-03-31T00:00:00.000Z");
}

}  // namespace
}  // namespace mithaq::procedure
