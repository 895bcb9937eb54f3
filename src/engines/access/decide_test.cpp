#include "engines/access/decide.hpp"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <set>

#include "base/table.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::access {
namespace {

using document::Handling;
using document::Tlp;

constexpr std::size_t kCases = 100'000;
constexpr std::string_view kMarks = "CGASR";

// The oracle: the tables of tests/access, expanded to one cell for each combination, and sets of people.
class Oracle {
 public:
  Oracle() {
    const Table see = Table::read(test::project() / "tests/access/sees_table.tsv");
    for (std::size_t row = 0; row < see.row_count(); ++row) {
      for (const char mark : kMarks) {
        for (const bool audience : {false, true}) {
          const std::string column = std::string(1, mark) + (audience ? "+" : "");
          if (see.cell(row, column) == "x") see_.insert({std::string(see.cell(row, "relation")), column});
        }
      }
    }
    const Table acts = Table::read(test::project() / "tests/access/acts_table.tsv");
    for (std::size_t row = 0; row < acts.row_count(); ++row) {
      for (const char* role : {"none", "reader", "reviewer", "officer", "administrator"}) {
        for (const char mark : acts.cell(row, role)) {
          acts_.insert({std::string(acts.cell(row, "action")), std::string(acts.cell(row, "kind")),
                        std::string(acts.cell(row, "relation")), role, mark,
                        acts.cell(row, "needs_see") == "x"});
        }
      }
    }
  }

  bool permits(const Subject& who, Action action, const Object& what) const {
    if (action == Action::see) return what.kind == ObjectKind::document && sees(who, what);
    if (action == Action::set_handling) return what.kind == ObjectKind::document && may_set(who, what);
    static constexpr std::array<const char*, 5> kKinds = {"document", "act", "account", "server",
                                                          "delegation"};
    const std::string role = who.signed_in ? std::string(name_of(who.role)) : "none";
    for (const std::string& relation : relations(who, what)) {
      for (const bool needs_see : {false, true}) {
        if (acts_.contains({std::string(name_of(action)), kKinds[static_cast<std::size_t>(what.kind)],
                            relation, role, mark_of(what.handling), needs_see}) &&
            (!needs_see || sees(who, what)))
          return true;
      }
    }
    return false;
  }

 private:
  using Act = std::tuple<std::string, std::string, std::string, std::string, char, bool>;

  static char mark_of(const Handling& handling) { return kMarks[static_cast<std::size_t>(handling.tlp)]; }

  static std::set<std::string> relations(const Subject& who, const Object& what) {
    std::set<std::string> out = {"any"};
    const std::set<std::string> recipients(what.handling.recipients.begin(), what.handling.recipients.end());
    if (!who.signed_in) {
      const bool opened = std::set<std::string>(who.statuses.begin(), who.statuses.end()).contains("public");
      out.insert(opened ? "visitor_opened" : "visitor_closed");
      return out;
    }
    out.insert("signed_in");
    for (const std::string& status : what.handling.statuses) {
      for (const std::string& held : who.statuses) {
        if (held == status) out.insert("status");
      }
    }
    if (!who.party.empty()) {
      if (recipients.contains(who.party)) out.insert("party_named");
      if (who.party == what.handling.originator) out.insert("originator");
      if (who.party == what.party) out.insert("own_party");
    }
    if (!who.account.empty()) {
      if (recipients.contains("account:" + who.account)) out.insert("account_named");
      if (who.account == what.brought_by) out.insert("brought");
      if (who.account == what.account) out.insert("own");
    }
    if (who.staff) out.insert("staff");
    if (who.party.empty()) out.insert("for_nobody");
    return out;
  }

  bool sees(const Subject& who, const Object& what) const {
    const bool audience = what.handling.statuses.size() + what.handling.recipients.size() > 0;
    const std::string column = std::string(1, mark_of(what.handling)) + (audience ? "+" : "");
    for (const std::string& relation : relations(who, what)) {
      if (see_.contains({relation, column})) return true;
    }
    return false;
  }

  // Everybody there could be, in the small world of these tests.
  static const std::vector<Subject>& people() {
    static const std::vector<Subject> kPeople = [] {
      std::vector<Subject> all = {visitor(false), visitor(true)};
      for (const char* account : {"amina", "boris", "chen"}) {
        for (const char* party : {"", "KAZ", "EGY", "OSCE"}) {
          for (const bool staff : {false, true}) {
            for (unsigned held = 0; held < 4; ++held) {
              Subject who{.signed_in = true, .account = account, .party = party, .staff = staff};
              if (held & 1) who.statuses.emplace_back("OSCE/participating_state");
              if (held & 2) who.statuses.emplace_back("OSCE/partner_for_cooperation");
              all.push_back(who);
            }
          }
        }
      }
      return all;
    }();
    return kPeople;
  }

  // "Nobody opens a document wider than they may pass it on", said by the people who would see it.
  bool may_set(const Subject& who, const Object& what) const {
    if (!what.wanted || !who.signed_in || who.role < Role::officer || !sees(who, what)) return false;
    const Handling& now = what.handling;
    const bool named = !now.originator.empty();
    if (named && who.party == now.originator) return true;
    if (!named && (who.staff || (!who.account.empty() && who.account == what.brought_by))) return true;
    if (what.wanted->originator != now.originator || what.wanted->tlp < now.tlp) return false;
    Object after = what;
    after.handling = *what.wanted;
    bool somebody_left_out = false;
    for (const Subject& other : people()) {
      const bool before = sees(other, what), then = sees(other, after);
      if (before && !then) somebody_left_out = true;
      if (before || !then) continue;
      const bool own =
          (!who.party.empty() && other.party == who.party && other.signed_in) || (who.staff && other.staff);
      if (now.tlp == Tlp::red) return false;
      if (now.tlp >= Tlp::amber && !own) return false;
      if (now.tlp == Tlp::green && !other.signed_in) return false;
    }
    return who.staff || (!somebody_left_out && what.wanted->tlp == now.tlp);
  }

  std::set<std::pair<std::string, std::string>> see_{};
  std::set<Act> acts_{};
};

class Dice {
 public:
  std::size_t below(std::size_t sides) {
    return std::uniform_int_distribution<std::size_t>(0, sides - 1)(source_);
  }
  bool coin() { return below(2) == 0; }
  bool one_in(std::size_t sides) { return below(sides) == 0; }
  template <typename Value, std::size_t count>
  Value one_of(const Value (&values)[count]) {
    return values[below(count)];
  }

  std::string account() {
    static constexpr const char* kAccounts[] = {"amina", "boris", "chen"};
    return one_in(8) ? "" : one_of(kAccounts);
  }
  std::string party() {
    static constexpr const char* kParties[] = {"KAZ", "EGY", "OSCE"};
    return one_in(5) ? "" : one_of(kParties);
  }
  std::vector<std::string> statuses() {
    std::vector<std::string> out;
    if (one_in(3)) out.emplace_back("OSCE/participating_state");
    if (one_in(3)) out.emplace_back("OSCE/partner_for_cooperation");
    return out;
  }
  Subject subject() {
    if (one_in(6)) {
      // Also what can only come of a slip: somebody who did not sign in, with the names of one who did.
      Subject who = visitor(coin());
      if (coin()) who.account = account();
      if (coin()) who.party = party();
      if (coin()) who.role = Role::administrator;
      if (coin()) who.staff = true;
      if (coin() && who.statuses.empty()) who.statuses = statuses();
      return who;
    }
    Subject who{.signed_in = true,
                .account = account(),
                .role = one_of({Role::reader, Role::reviewer, Role::officer, Role::administrator}),
                .party = party(),
                .staff = one_in(3),
                .statuses = statuses()};
    if (one_in(20)) who.statuses.emplace_back("public");
    return who;
  }
  Handling handling() {
    Handling out{.tlp = one_of({Tlp::clear, Tlp::green, Tlp::amber, Tlp::amber_strict, Tlp::red})};
    if (coin()) out.statuses = statuses();
    if (one_in(3)) out.recipients.push_back(one_of({"EGY", "KAZ", "OSCE"}));
    if (one_in(3)) out.recipients.push_back(std::string("account:") + one_of({"amina", "boris", "chen"}));
    if (coin()) out.originator = party();
    return out;
  }
  // A handling that was touched here and there.
  Handling changed(Handling from) {
    if (one_in(4)) return handling();
    if (one_in(3) && from.tlp < Tlp::red) from.tlp = static_cast<Tlp>(static_cast<int>(from.tlp) + 1);
    if (one_in(8)) from.statuses = statuses();
    if (one_in(3)) from.recipients.push_back(one_of({"EGY", "KAZ", "OSCE"}));
    if (one_in(6)) from.recipients.push_back(std::string("account:") + one_of({"amina", "boris", "chen"}));
    if (one_in(8)) from.recipients.clear();
    if (one_in(10)) from.originator = party();
    return from;
  }
  Object object() {
    Object what{.kind = one_in(3) ? one_of({ObjectKind::act, ObjectKind::account, ObjectKind::server,
                                            ObjectKind::delegation})
                                  : ObjectKind::document,
                .handling = handling(),
                .brought_by = account(),
                .account = account(),
                .party = party()};
    what.wanted = changed(what.handling);
    if (one_in(20)) what.wanted.reset();
    return what;
  }

 private:
  template <typename Value>
  Value one_of(std::initializer_list<Value> values) {
    return values.begin()[below(values.size())];
  }
  std::mt19937_64 source_{20'261'128};
};

struct Case {
  Subject who{};
  Action action = Action::see;
  Object what{};
};

std::string shown(const Case& each) {
  std::string out = std::string(each.who.signed_in ? "signed in " : "visitor ") + each.who.account + " " +
                    std::string(name_of(each.who.role)) + " of " + each.who.party +
                    (each.who.staff ? " staff" : "");
  for (const std::string& status : each.who.statuses) out += " " + status;
  out +=
      ": " + std::string(name_of(each.action)) + " kind " + std::to_string(static_cast<int>(each.what.kind));
  const auto add = [&](const Handling& handling) {
    out += " [" + std::string(name_of(handling.tlp));
    for (const std::string& status : handling.statuses) out += " " + status;
    for (const std::string& recipient : handling.recipients) out += " " + recipient;
    out += " by " + handling.originator + "]";
  };
  add(each.what.handling);
  if (each.what.wanted) add(*each.what.wanted);
  return out + " brought by " + each.what.brought_by;
}

std::vector<Case> random_cases() {
  Dice dice;
  std::vector<Case> cases;
  for (std::size_t at = 0; at < kCases; ++at) {
    Case each{.who = dice.subject(), .what = dice.object()};
    // Half of the cases ask for what the kind of thing is there for.
    each.action = kActions[dice.below(std::size(kActions))];
    if (dice.coin()) {
      if (each.what.kind == ObjectKind::act) each.action = Action::see_log;
      if (each.what.kind == ObjectKind::account)
        each.action = dice.one_in(3) ? Action::keep_own : Action::manage_accounts;
      if (each.what.kind == ObjectKind::server) each.action = Action::see_metrics;
      if (each.what.kind == ObjectKind::delegation) each.action = Action::act_for;
    }
    cases.push_back(std::move(each));
  }
  return cases;
}

TEST(Decide, SaysWhatTheTableSaysInAHundredThousandCases) {
  const Oracle oracle;
  std::map<std::string_view, std::size_t> permitted;
  for (const Case& each : random_cases()) {
    const Decision decision = decide(each.who, each.action, each.what);
    ASSERT_EQ(decision.permitted, oracle.permits(each.who, each.action, each.what)) << shown(each);
    EXPECT_EQ(decision.permitted, !decision.rule.empty());
    if (decision.permitted) ++permitted[decision.rule];
  }
  for (const Rule& rule : rules()) EXPECT_GE(permitted[rule.name], 20u) << rule.name << " was hardly tried";
}

// Each rule is needed: without it, some case gets another answer than the table's.
TEST(Decide, MissesEachRuleThatIsLeftOut) {
  const Oracle oracle;
  std::vector<std::pair<Case, bool>> cases;
  for (Case& each : random_cases()) {
    const bool permits = oracle.permits(each.who, each.action, each.what);
    if (permits) cases.emplace_back(std::move(each), permits);
  }
  for (std::size_t left_out = 0; left_out < rules().size(); ++left_out) {
    std::vector<Rule> others(rules().begin(), rules().end());
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(left_out));
    const bool noticed = std::any_of(cases.begin(), cases.end(), [&](const auto& each) {
      return decide(each.first.who, each.first.action, each.first.what, others).permitted != each.second;
    });
    EXPECT_TRUE(noticed) << "nobody misses the rule " << rules()[left_out].name;
  }
}

// Each act of each rule is needed too.
TEST(Decide, MissesEachActOfARuleThatIsLeftOut) {
  const Oracle oracle;
  std::vector<Case> cases;
  for (Case& each : random_cases()) {
    if (oracle.permits(each.who, each.action, each.what)) cases.push_back(std::move(each));
  }
  for (std::size_t at = 0; at < rules().size(); ++at) {
    for (const Action action : rules()[at].actions) {
      std::vector<Rule> others(rules().begin(), rules().end());
      std::erase(others[at].actions, action);
      const bool noticed = std::any_of(cases.begin(), cases.end(), [&](const Case& each) {
        return !decide(each.who, each.action, each.what, others).permitted;
      });
      EXPECT_TRUE(noticed) << rules()[at].name << " without " << name_of(action);
    }
  }
}

TEST(Decide, RefusesWhatNoRulePermits) {
  const Subject administrator{
      .signed_in = true, .account = "root", .role = Role::administrator, .staff = true};
  const Object secret{.handling = {.tlp = Tlp::red, .recipients = {"account:amina"}}};
  for (const Action action :
       {Action::see, Action::export_copy, Action::review, Action::erase, Action::see_log})
    EXPECT_FALSE(decide(administrator, action, secret)) << name_of(action);
  EXPECT_FALSE(decide(administrator, Action::see, secret, {}));
}

TEST(Decide, NamesTheRuleThatPermits) {
  EXPECT_EQ(decide(visitor(true), Action::see, {}).rule, "public");
  EXPECT_FALSE(decide(visitor(false), Action::see, {}));
}

TEST(CouldEver, PromisesNoLessThanAnyCasePermits) {
  for (const Case& each : random_cases()) {
    if (decide(each.who, each.action, each.what)) {
      ASSERT_TRUE(could_ever(each.who, each.action)) << shown(each);
    }
  }
}

TEST(RightsOf, FollowTheRole) {
  using Names = std::vector<std::string>;
  Subject who{.signed_in = true, .account = "amina", .party = "KAZ"};
  EXPECT_EQ(rights_of(who), Names{});
  who.role = Role::reviewer;
  EXPECT_EQ(rights_of(who), (Names{"review", "revise", "warn"}));
  who.role = Role::officer;
  EXPECT_EQ(rights_of(who), (Names{"upload", "review", "revise", "warn", "set_handling", "act_for"}));
  who.role = Role::administrator;
  EXPECT_EQ(rights_of(who), (Names{"upload", "review", "revise", "warn", "set_handling", "erase",
                                   "manage_accounts", "act_for"}));
  who.staff = true;
  EXPECT_EQ(rights_of(who), (Names{"upload", "review", "revise", "warn", "set_handling", "erase", "see_log",
                                   "manage_accounts", "see_metrics", "act_for"}));
  EXPECT_EQ(rights_of(visitor(true)), Names{});
}

TEST(Rules, HaveNamesOfTheirOwnWordsAndSources) {
  std::set<std::string_view> names;
  for (const Rule& rule : rules()) {
    EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
    EXPECT_FALSE(rule.says.empty() || rule.source.empty() || rule.actions.empty()) << rule.name;
  }
}

TEST(WhatWouldOpen, SaysNothingOfTheDocument) {
  const Subject reader{.signed_in = true, .account = "amina", .party = "KAZ"};
  const Object hidden{.handling = {.tlp = Tlp::amber, .recipients = {"EGY"}, .originator = "UNHCR"}};
  const std::string words = what_would_open(reader, Action::see, hidden);
  EXPECT_EQ(words.find("EGY"), std::string::npos);
  EXPECT_EQ(words.find("UNHCR"), std::string::npos);
  EXPECT_EQ(words, what_would_open(reader, Action::see, {.handling = {.tlp = Tlp::red}}));
}

}  // namespace
}  // namespace mithaq::access
