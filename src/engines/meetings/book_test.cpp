#include "engines/meetings/book.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>

#include "acts/fields.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::meetings {
namespace {

using acts::Capacity;
using acts::Words;

Words words(const std::string& text) {
  return {{"en", text}};
}

// A book with one meeting of the Permanent Council, "M", and a clock that goes on by a second with each act.
class BookTest : public ::testing::Test {
 protected:
  static constexpr const char* kPartner = "OSCE/partner_for_cooperation";
  static constexpr const char* kMember = "OSCE/participating_state";

  Asker asker(std::string_view delegation) const {
    if (delegation == "JPN" || delegation == "EGY") return {.member = false, .status = kPartner};
    if (delegation == "BRA" || delegation.empty()) return {};
    return {.member = true, .status = kMember};
  }
  // Done if it is allowed; the rule that refuses it otherwise.
  std::string act(std::string_view delegation, Capacity capacity, const Fact& fact,
                  const std::string& subject = "M") {
    now_ += std::chrono::seconds(1);
    const acts::Stamp stamp{.at = now_,
                            .actor = {.by = "t", .delegation = std::string(delegation), .capacity = capacity},
                            .subject = subject};
    const auto no = book_.refusal(stamp, fact, asker(delegation));
    if (no) return no->rule + (no->forbidden ? "!" : "");
    book_.enter(stamp, fact);
    return "";
  }
  std::string chair(const Fact& fact) { return act("CHE", Capacity::chair, fact); }
  std::string desk(const Fact& fact) { return act("", Capacity::secretariat, fact); }
  std::string state(const char* who, const Fact& fact) { return act(who, Capacity::delegation, fact); }

  static acts::Deadline at(const char* local, const char* instant) {
    return {.local = local, .zone = "Europe/Vienna", .at = *parse_instant(instant)};
  }
  static Planned plan() {
    return {.body = "OSCE_PC",
            .title = words("Plenary"),
            .begins = at("2026-03-26T10:00", "2026-03-26T09:00:00Z"),
            .ends = at("2026-03-26T13:00", "2026-03-26T12:00:00Z"),
            .place = "Hofburg"};
  }
  static Invited invitation() {
    Invited fact;
    for (const char* each : {"CHE", "FRA", "KAZ", "TUR"})
      fact.invitees.push_back({.delegation = each, .status = kMember, .member = true, .at_table = true});
    fact.invitees.push_back({.delegation = "JPN", .status = kPartner, .at_table = true});
    return fact;
  }
  static AgendaProposed agenda() {
    return {
        .items = {{.title = words("Report")}, {.title = words("Current issues")}, {.title = words("Other")}}};
  }
  // Up to a state by its name.
  void bring_to(const std::string& wanted) {
    EXPECT_EQ(desk(plan()), "");
    if (wanted == "planned") return;
    if (wanted == "cancelled") {
      EXPECT_EQ(desk(Cancelled{}), "");
      return;
    }
    EXPECT_EQ(desk(invitation()), "");
    EXPECT_EQ(chair(agenda()), "");
    for (const char* each : {"CHE", "FRA", "KAZ", "JPN"})
      EXPECT_EQ(state(each, Registered{.names = {{.name = "A. Person"}}}), "");
    if (wanted == "invited") return;
    EXPECT_EQ(chair(Opened{.chairperson = "R. Nägeli"}), "");
    if (wanted == "open") return;
    EXPECT_EQ(chair(AgendaAdopted{}), "");
    if (wanted == "adopted") return;
    if (wanted == "suspended") {
      EXPECT_EQ(chair(Suspended{}), "");
      return;
    }
    EXPECT_EQ(chair(Closed{}), "");
  }
  const Meeting& meeting() const { return *book_.find("M"); }

  const Bodies bodies_ = Bodies::load(test::data());
  const Conduct conduct_ = Conduct::load(test::data());
  Book book_{bodies_, conduct_};
  Instant now_ = *parse_instant("2026-03-01T10:00:00Z");
};

// What each act is answered in each state of a meeting: "" is done, else the rule; "!" behind it is never
// allowed.
struct Row {
  const char* name;
  Capacity capacity;
  const char* delegation;
  Fact fact;
  std::map<std::string, std::string> answers;
};

class BookTable : public BookTest {};

TEST_F(BookTable, EveryActInEveryState) {
  const char* const states[] = {"planned", "invited", "open", "adopted", "suspended", "closed", "cancelled"};
  const auto same = [&](const std::string& answer) {
    std::map<std::string, std::string> out;
    for (const char* each : states) out[each] = answer;
    return out;
  };
  const auto but = [](std::map<std::string, std::string> answers, std::initializer_list<const char*> in,
                      const std::string& answer) {
    for (const char* each : in) answers[each] = answer;
    return answers;
  };
  const std::string kState = "meetings/state";
  const Moved move{.begins = at("2026-03-27T10:00", "2026-03-27T09:00:00Z"),
                   .ends = at("2026-03-27T13:00", "2026-03-27T12:00:00Z")};
  const Registered register_{.names = {{.name = "B. Person"}}};
  const Row rows[] = {
      {"invite", Capacity::secretariat, "", invitation(), but(same(kState), {"planned", "invited"}, "")},
      {"invite by a State", Capacity::delegation, "FRA", invitation(), same("meetings/members_plan!")},
      {"move", Capacity::chair, "CHE", move, but(same(kState), {"planned", "invited"}, "")},
      {"move by a State", Capacity::delegation, "FRA", move, same("meetings/members_plan!")},
      {"cancel", Capacity::chair, "CHE", Cancelled{}, but(same(kState), {"planned", "invited"}, "")},
      {"propose an agenda", Capacity::chair, "CHE", agenda(),
       but(but(same(""), {"closed", "cancelled"}, kState), {"adopted", "suspended"},
           "meetings/agenda_consensus")},
      {"add an item", Capacity::delegation, "FRA", ItemAdded{.title = words("One more")},
       but(but(same(""), {"closed", "cancelled"}, kState), {"adopted", "suspended"},
           "meetings/agenda_consensus")},
      {"add an item as a Partner", Capacity::delegation, "JPN", ItemAdded{.title = words("One more")},
       but(same("meetings/members_decide!"), {"closed", "cancelled"}, kState)},
      {"object to the agenda", Capacity::delegation, "KAZ", AgendaObjected{},
       but(but(same(kState), {"open"}, ""), {"adopted", "suspended"}, "meetings/agenda_consensus")},
      {"object as a Partner", Capacity::delegation, "JPN", AgendaObjected{},
       same("meetings/members_decide!")},
      {"adopt the agenda", Capacity::chair, "CHE", AgendaAdopted{},
       but(but(same(kState), {"open"}, ""), {"adopted"}, "meetings/agenda_consensus")},
      {"adopt as a State", Capacity::delegation, "FRA", AgendaAdopted{}, same("meetings/chair_conducts!")},
      {"register", Capacity::delegation, "TUR", register_,
       but(but(same(""), {"closed", "cancelled"}, kState), {"planned"}, "meetings/invited!")},
      {"register uninvited", Capacity::delegation, "BRA", register_,
       but(same("meetings/invited!"), {"closed", "cancelled"}, kState)},
      {"open", Capacity::chair, "CHE", Opened{.chairperson = "X"}, but(same(kState), {"invited"}, "")},
      {"open without a name", Capacity::chair, "CHE", Opened{},
       but(same(kState), {"invited"}, "meetings/fields")},
      {"suspend", Capacity::chair, "CHE", Suspended{}, but(same(kState), {"open", "adopted"}, "")},
      {"resume", Capacity::chair, "CHE", Resumed{}, but(same(kState), {"suspended"}, "")},
      {"close", Capacity::chair, "CHE", Closed{}, but(same(kState), {"open", "adopted", "suspended"}, "")},
      {"close as a State", Capacity::delegation, "FRA", Closed{}, same("meetings/chair_conducts!")},
      {"ask for the floor", Capacity::delegation, "FRA", Inscribed{.item = 2},
       but(but(same(""), {"closed", "cancelled"}, kState), {"planned"}, "meetings/invited!")},
      {"ask for the floor unregistered", Capacity::delegation, "TUR", Inscribed{.item = 2},
       but(but(same("meetings/registered"), {"closed", "cancelled"}, kState), {"planned"},
           "meetings/invited!")},
      {"ask for the floor on no item", Capacity::delegation, "FRA", Inscribed{.item = 9},
       but(but(same("meetings/fields"), {"closed", "cancelled"}, kState), {"planned"}, "meetings/invited!")},
      {"give the floor to nobody", Capacity::chair, "CHE", FloorGiven{.item = 1},
       but(but(same(kState), {"open"}, "meetings/agenda_consensus"), {"adopted"}, "meetings/speakers_list")},
      {"end without a speaker", Capacity::chair, "CHE", Spoke{},
       but(same(kState), {"open", "adopted", "suspended"}, "meetings/one_speaker")},
      {"a point of order", Capacity::delegation, "FRA", OrderRaised{.text = "The interpretation."},
       but(same(kState), {"open", "adopted"}, "")},
      {"a point of order of a Partner", Capacity::delegation, "JPN", OrderRaised{.text = "?"},
       same("meetings/members_decide!")},
      {"open an item", Capacity::chair, "CHE", ItemOpened{.item = 1},
       but(but(same(kState), {"open"}, "meetings/agenda_consensus"), {"adopted"}, "")},
      {"a paper", Capacity::delegation, "FRA", DocumentAdded{.title = words("Food for thought")},
       but(but(same(""), {"closed", "cancelled"}, kState), {"planned"}, "meetings/invited!")},
      {"a decision", Capacity::system, "", DecisionAdopted{.item = 1, .consultation = "PC-2026-0001"},
       but(but(same(kState), {"open"}, "meetings/agenda_consensus"), {"adopted", "suspended"}, "")},
  };
  std::size_t cases = 0;
  for (const char* each : states) {
    for (const Row& row : rows) {
      book_ = Book(bodies_, conduct_);
      bring_to(each);
      EXPECT_EQ(act(row.delegation, row.capacity, row.fact), row.answers.at(each))
          << row.name << " in " << each;
      ++cases;
    }
  }
  EXPECT_GE(cases, 200u);
}

TEST_F(BookTest, AnObjectionToTheAgendaEndsTheMeetingUnlessItIsWithdrawn) {
  bring_to("open");
  EXPECT_EQ(state("KAZ", AgendaObjected{.text = words("Item 3 is not for this body.")}), "");
  EXPECT_EQ(state("KAZ", AgendaObjected{}), "meetings/agenda_consensus");
  EXPECT_EQ(chair(AgendaAdopted{}), "meetings/agenda_consensus");
  EXPECT_EQ(state("FRA", AgendaObjectionWithdrawn{}), "meetings/agenda_consensus") << "not its own";
  EXPECT_EQ(state("FRA", Inscribed{.item = 1}), "");
  EXPECT_EQ(chair(FloorGiven{.item = 1}), "meetings/agenda_consensus");
  EXPECT_EQ(state("KAZ", AgendaObjectionWithdrawn{}), "");
  EXPECT_EQ(state("KAZ", AgendaObjected{}), "");
  EXPECT_EQ(chair(agenda()), "") << "another agenda is proposed, and the objection falls";
  EXPECT_TRUE(meeting().objections.empty());
  EXPECT_EQ(state("KAZ", AgendaObjected{}), "");
  EXPECT_EQ(chair(Closed{}), "") << "though France waits for the floor";
  EXPECT_EQ(meeting().state, MeetingState::closed);
  EXPECT_FALSE(meeting().agenda_adopted);
  ASSERT_EQ(meeting().objections.size(), 1u);
  EXPECT_EQ(meeting().objections[0].delegation, "KAZ");
  EXPECT_EQ(meeting().speeches[0].state, SpeechState::unheard);
}

TEST_F(BookTest, AMoveAndACancellationRaiseTheSequence) {
  bring_to("invited");
  EXPECT_EQ(meeting().sequence, 0);
  EXPECT_EQ(chair(Moved{.begins = meeting().begins, .ends = meeting().ends}), "meetings/state");
  EXPECT_EQ(chair(Moved{.begins = meeting().begins, .ends = meeting().ends, .place = "Hofburg, room 201"}),
            "");
  EXPECT_EQ(meeting().sequence, 1);
  EXPECT_EQ(chair(Moved{.begins = at("2026-03-27T10:00", "2026-03-27T09:00:00Z"),
                        .ends = at("2026-03-27T09:00", "2026-03-27T08:00:00Z")}),
            "meetings/fields");
  EXPECT_EQ(chair(Cancelled{.reason = words("No quorum of interpreters.")}), "");
  EXPECT_EQ(meeting().sequence, 2);
  EXPECT_EQ(chair(Cancelled{}), "meetings/state");
}

TEST_F(BookTest, AStatusThatIsLostGivesNoSeat) {
  bring_to("invited");
  const acts::Stamp stamp{.at = now_, .actor = {.by = "t", .delegation = "JPN"}, .subject = "M"};
  EXPECT_FALSE(book_.refusal(stamp, Inscribed{.item = 1}, {.status = kPartner}).has_value());
  const auto no = book_.refusal(stamp, Inscribed{.item = 1}, {});
  ASSERT_TRUE(no.has_value());
  EXPECT_EQ(no->rule, "meetings/invited");
  EXPECT_TRUE(no->forbidden);
}

TEST_F(BookTest, TheFloorGoesInOrderAndRepliesComeLast) {
  bring_to("adopted");
  EXPECT_EQ(state("FRA", Inscribed{.item = 2, .group = "EU", .aligned = {"UKR", "GEO"}}), "");
  EXPECT_EQ(state("JPN", Inscribed{.item = 2}), "");
  EXPECT_EQ(state("JPN", Inscribed{.item = 2}), "meetings/speakers_list");
  EXPECT_EQ(state("KAZ", Inscribed{.item = 2, .aligned = {"UKR"}}), "meetings/fields")
      << "with whose statement?";
  EXPECT_EQ(state("KAZ", Inscribed{.item = 2, .group = "CSTO", .aligned = {"ARM", "ARM"}}),
            "meetings/fields");
  EXPECT_EQ(state("KAZ", Inscribed{.item = 2, .kind = SpeechKind::right_of_reply}), "meetings/right_of_reply")
      << "nothing was said yet";
  EXPECT_EQ(chair(FloorGiven{}), "meetings/fields") << "no item is before the meeting";
  EXPECT_EQ(chair(FloorGiven{.item = 2}), "");
  EXPECT_EQ(meeting().speaking, 1);
  EXPECT_EQ(meeting().speech(1)->limit_seconds, 420) << "a group has longer";
  EXPECT_EQ(meeting().speech(2)->limit_seconds, 300);
  EXPECT_FALSE(meeting().speech(2)->member) << "a Partner is marked";
  EXPECT_EQ(state("KAZ", Inscribed{.item = 2, .kind = SpeechKind::right_of_reply}), "");
  EXPECT_EQ(chair(FloorGiven{}), "meetings/one_speaker");
  EXPECT_EQ(state("KAZ", Spoke{}), "meetings/chair_conducts!") << "another delegation's speech";
  EXPECT_EQ(chair(Suspended{}), "meetings/one_speaker");
  EXPECT_EQ(state("FRA", Spoke{}), "");
  EXPECT_EQ(chair(FloorGiven{.speech = 3}), "meetings/right_of_reply") << "the list comes first";
  EXPECT_EQ(chair(FloorGiven{}), "");
  EXPECT_EQ(meeting().speaking, 2);
  EXPECT_EQ(chair(Spoke{}), "");
  EXPECT_EQ(chair(ItemClosed{.item = 2}), "meetings/speakers_list");
  EXPECT_EQ(chair(FloorGiven{}), "");
  EXPECT_EQ(meeting().speaking, 3);
  EXPECT_EQ(chair(Spoke{}), "");
  // Two replies on one item in the Council, no more.
  EXPECT_EQ(state("KAZ", Inscribed{.item = 2, .kind = SpeechKind::right_of_reply}), "");
  EXPECT_EQ(state("KAZ", Inscribed{.item = 2, .kind = SpeechKind::right_of_reply}),
            "meetings/right_of_reply");
  EXPECT_EQ(chair(FloorGiven{}), "");
  EXPECT_EQ(chair(Spoke{}), "");
  EXPECT_EQ(state("KAZ", Inscribed{.item = 2, .kind = SpeechKind::right_of_reply}),
            "meetings/right_of_reply");
  EXPECT_EQ(chair(ListClosed{.item = 2}), "");
  EXPECT_EQ(state("FRA", Inscribed{.item = 2}), "meetings/speakers_list");
  EXPECT_EQ(chair(ItemClosed{.item = 2}), "");
  EXPECT_EQ(chair(Closed{}), "");
}

TEST_F(BookTest, APointOfOrderInterruptsAndStopsTheSpeakersClock) {
  bring_to("adopted");
  EXPECT_EQ(state("FRA", Inscribed{.item = 1}), "");
  EXPECT_EQ(chair(FloorGiven{.item = 1}), "");
  now_ += std::chrono::seconds(59);
  EXPECT_EQ(state("KAZ", OrderRaised{.text = "The subject is item 2."}), "");
  EXPECT_EQ(meeting().speech(1)->spoken, std::chrono::seconds(60));
  EXPECT_EQ(state("CHE", OrderRaised{.text = "And I."}), "meetings/point_of_order");
  EXPECT_EQ(chair(Spoke{}), "meetings/point_of_order");
  EXPECT_EQ(chair(Closed{}), "meetings/one_speaker");
  now_ += std::chrono::seconds(600);
  EXPECT_EQ(chair(OrderRuled{.text = "It is in order."}), "");
  now_ += std::chrono::seconds(29);
  EXPECT_EQ(chair(Spoke{}), "");
  EXPECT_EQ(meeting().speech(1)->spoken, std::chrono::seconds(90)) << "without the point of order";
  EXPECT_EQ(meeting().speech(2)->ruling, "It is in order.");
  EXPECT_EQ(meeting().speech(2)->state, SpeechState::spoken);
}

TEST_F(BookTest, PapersHaveSymbolsOfTheirOwn) {
  bring_to("adopted");
  const Body& council = *bodies_.find("OSCE_PC");
  const auto year = std::chrono::year(2026);
  EXPECT_EQ(book_.next_symbol(council, year), "PC.DEL/1/26");
  EXPECT_EQ(state("FRA", DocumentAdded{.item = 1, .symbol = "PC.DEL/17/26", .title = words("Paper")}), "");
  EXPECT_EQ(book_.next_symbol(council, year), "PC.DEL/18/26");
  EXPECT_EQ(book_.next_symbol(council, std::chrono::year(2027)), "PC.DEL/1/27");
  EXPECT_EQ(state("KAZ", DocumentAdded{.item = 1, .symbol = "PC.DEL/17/26", .title = words("Another")}),
            "meetings/symbol");
  EXPECT_EQ(state("KAZ", Inscribed{.item = 1}), "");
  EXPECT_EQ(chair(FloorGiven{.item = 1}), "");
  EXPECT_EQ(chair(Spoke{}), "");
  EXPECT_EQ(state("FRA", DocumentAdded{.item = 1, .speech = 1, .symbol = "PC.DEL/18/26"}),
            "meetings/speakers_list!")
      << "another's statement";
  EXPECT_EQ(chair(Closed{}), "");
  EXPECT_EQ(state("KAZ", DocumentAdded{.item = 1, .speech = 1, .symbol = "PC.DEL/18/26", .restricted = true}),
            "")
      << "a statement is handed in after it was made";
  EXPECT_TRUE(meeting().item(1)->papers[1].restricted);
  EXPECT_EQ(state("KAZ", DocumentAdded{.item = 1, .title = words("Late")}), "meetings/state");
}

TEST_F(BookTest, NumbersGoOnWithoutGapsFromWhereARecordBegins) {
  bring_to("invited");
  EXPECT_EQ(chair(Opened{.chairperson = "X", .number = 1500}), "");
  EXPECT_EQ(meeting().number, 1500);
  EXPECT_EQ(act("", Capacity::secretariat, plan(), "N"), "");
  EXPECT_EQ(act("", Capacity::secretariat, invitation(), "N"), "");
  EXPECT_EQ(act("", Capacity::secretariat, Opened{.chairperson = "X", .number = 1502}, "N"),
            "meetings/number");
  EXPECT_EQ(act("", Capacity::secretariat, Opened{.chairperson = "X"}, "N"), "");
  EXPECT_EQ(book_.find("N")->number, 1501);
  EXPECT_EQ(act("", Capacity::secretariat, plan(), "N"), "meetings/state") << "the id is taken";
}

TEST_F(BookTest, EveryFactSurvivesItsJson) {
  std::size_t kinds = 0;
  for (const char* verb :
       {"planned", "invited", "moved", "closed", "inscribed", "document_added", "chair_named"}) {
    auto fact = fact_named(verb);
    ASSERT_TRUE(fact.has_value()) << verb;
    EXPECT_EQ(verb_of(*fact), verb);
    ++kinds;
  }
  EXPECT_FALSE(fact_named("voted").has_value());
  EXPECT_EQ(kinds, 7u);
  Invited sent = invitation();
  sent.decision = "PC-2026-0001";
  acts::FieldWriter writer;
  visit_fields(writer, sent);
  Invited back;
  acts::read_fields(writer.json(), back);
  EXPECT_EQ(back.invitees, sent.invitees);
  EXPECT_EQ(back.decision, sent.decision);
}

// Acts in random order: whatever is accepted, these stay true.
TEST_F(BookTest, RandomOrdersKeepTheInvariants) {
  const char* const delegations[] = {"CHE", "FRA", "KAZ", "TUR", "JPN", "EGY", "BRA"};
  std::size_t accepted = 0, refused = 0;
  for (unsigned seed = 0; seed < 2'000; ++seed) {
    std::mt19937 random(seed);
    const auto pick = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
    book_ = Book(bodies_, conduct_);
    std::size_t symbols = 0;
    for (int step = 0; step < 120; ++step) {
      const std::string who = delegations[pick(7)];
      Fact fact = Spoke{};
      switch (pick(24)) {
        case 0:
          fact = plan();
          break;
        case 1:
          fact = invitation();
          break;
        case 2:
          fact = Moved{.begins = at("x", "2026-03-27T09:00:00Z"),
                       .ends = at("x", "2026-03-27T12:00:00Z"),
                       .place = std::to_string(step)};
          break;
        case 3:
          if (pick(20) == 0) fact = Cancelled{};
          break;
        case 4:
          fact = agenda();
          break;
        case 5:
          fact = ItemAdded{.title = words("x")};
          break;
        case 6:
          if (pick(4) == 0) fact = AgendaObjected{};
          break;
        case 7:
          fact = AgendaObjectionWithdrawn{};
          break;
        case 8:
          fact = AgendaAdopted{};
          break;
        case 9:
        case 10:
          fact = Registered{.names = {{.name = "x"}}};
          break;
        case 11:
          if (pick(4) == 0) fact = Declined{};
          break;
        case 12:
          fact = Opened{.chairperson = "x"};
          break;
        case 13:
          if (pick(4) == 0) fact = Suspended{};
          break;
        case 14:
          fact = Resumed{};
          break;
        case 15:
          if (pick(10) == 0) fact = Closed{.with_waiting = pick(2) == 0};
          break;
        case 16:
        case 17:
          fact = Inscribed{.item = pick(4),
                           .kind = pick(3) == 0 ? SpeechKind::right_of_reply : SpeechKind::statement};
          break;
        case 18:
          fact = SpeakerWithdrawn{.speech = pick(12)};
          break;
        case 19:
        case 20:
          fact = FloorGiven{.item = pick(4), .speech = pick(3) == 0 ? pick(12) : 0};
          break;
        case 21:
          fact = OrderRaised{.text = "x"};
          break;
        case 22:
          fact = OrderRuled{.text = "x"};
          break;
        case 23:
          fact = ItemClosed{.item = pick(4)};
          break;
      }
      const auto capacity = static_cast<Capacity>(pick(3));
      const Meeting before = book_.find("M") == nullptr ? Meeting{} : meeting();
      const std::string rule = act(capacity == Capacity::secretariat ? "" : who, capacity, fact);
      (rule.empty() ? accepted : refused)++;
      if (book_.find("M") == nullptr) continue;
      const Meeting& now = meeting();
      // What is over stays over, and is not touched.
      if (before.state == MeetingState::closed || before.state == MeetingState::cancelled) {
        ASSERT_FALSE(rule.empty()) << "seed " << seed << ": " << verb_of(fact);
      }
      ASSERT_GE(now.sequence, before.sequence);
      // One speaker at a time beside a point of order; who has the floor is in a meeting whose agenda was
      // adopted.
      int speaking = 0, orders = 0;
      for (const Speech& each : now.speeches) {
        if (each.state == SpeechState::speaking)
          (each.kind == SpeechKind::point_of_order ? orders : speaking)++;
        if (each.state == SpeechState::spoken && each.kind != SpeechKind::point_of_order) {
          ASSERT_TRUE(now.agenda_adopted);
        }
        // Who spoke was invited and registered, and no Partner raised a point of order.
        ASSERT_NE(now.invitee(each.delegation), nullptr);
        if (each.kind == SpeechKind::point_of_order) {
          ASSERT_TRUE(each.member);
        }
        if (each.state == SpeechState::waiting) {
          ASSERT_NE(now.state, MeetingState::closed);
        }
      }
      ASSERT_EQ(speaking, now.speaking == 0 ? 0 : 1);
      ASSERT_EQ(orders, now.order_pending == 0 ? 0 : 1);
      if (now.speaking != 0) {
        ASSERT_TRUE(now.agenda_adopted);
        ASSERT_EQ(now.state, MeetingState::open);
      }
      int items_now = 0;
      for (const Item& each : now.items) items_now += each.state == ItemState::now ? 1 : 0;
      ASSERT_LE(items_now, 1);
      if (now.agenda_adopted) {
        ASSERT_TRUE(now.objections.empty());
      }
      for (const auto& objection : now.objections) {
        ASSERT_TRUE(now.invitee(objection.delegation) == nullptr ||
                    now.invitee(objection.delegation)->member);
      }
      // Times alternate: opened, suspended, resumed …, closed.
      for (std::size_t each = 0; each < now.times.size(); ++each) {
        const std::string& kind = now.times[each].kind;
        ASSERT_EQ(kind == "opened", each == 0);
        if (kind == "resumed") {
          ASSERT_EQ(now.times[each - 1].kind, "suspended");
        }
        if (kind == "closed") {
          ASSERT_EQ(each + 1, now.times.size());
        }
      }
      ASSERT_EQ(now.number != 0, !now.times.empty());
      symbols += now.papers.size();
    }
    ASSERT_EQ(symbols, 0u);
  }
  EXPECT_GT(accepted, 20'000u);
  EXPECT_GT(refused, 20'000u);
}

// A10: a full meeting of the Council, 57 States and 11 Partners, 6 items, 90 statements.
TEST_F(BookTest, AFullMeetingOfTheCouncil) {
  std::vector<std::string> states, partners;
  for (int each = 0; each < 57; ++each) states.push_back(each == 0 ? "CHE" : "S" + std::to_string(each));
  for (int each = 0; each < 11; ++each) partners.push_back("P" + std::to_string(each));
  EXPECT_EQ(desk(plan()), "");
  Invited invited;
  for (const std::string& each : partners)
    invited.invitees.push_back({.delegation = each, .status = kPartner, .at_table = true});
  for (const std::string& each : states)
    invited.invitees.push_back({.delegation = each, .status = kMember, .member = true, .at_table = true});
  EXPECT_EQ(desk(invited), "");
  EXPECT_TRUE(meeting().invitees.front().member) << "members first";
  AgendaProposed six;
  for (int each = 0; each < 6; ++each)
    six.items.push_back({.title = words("Item " + std::to_string(each + 1))});
  EXPECT_EQ(chair(six), "");
  const auto of = [&](const std::string& who, const Fact& fact) {
    now_ += std::chrono::seconds(1);
    const acts::Stamp stamp{.at = now_, .actor = {.by = "t", .delegation = who}, .subject = "M"};
    const bool partner = who[0] == 'P';
    const auto no = book_.refusal(stamp, fact, {.member = !partner, .status = partner ? kPartner : kMember});
    if (no) return no->rule;
    book_.enter(stamp, fact);
    return std::string();
  };
  for (const auto* group : {&states, &partners}) {
    for (const std::string& each : *group) EXPECT_EQ(of(each, Registered{.names = {{.name = "N"}}}), "");
  }
  EXPECT_EQ(meeting().registered.size(), 68u);
  EXPECT_EQ(chair(Opened{.chairperson = "First"}), "");
  EXPECT_EQ(chair(AgendaAdopted{}), "");
  // Each item 15 statements: of the EU first, then States and Partners in turn.
  for (int item = 1; item <= 6; ++item) {
    EXPECT_EQ(of("S1", Inscribed{.item = item, .group = "EU", .aligned = {"S50", "S51", "S52"}}), "");
    for (int each = 0; each < 14; ++each) {
      const std::string who = each % 7 == 6 ? partners[static_cast<std::size_t>((item * 2 + each / 7) % 11)]
                                            : states[static_cast<std::size_t>(2 + (item * 9 + each) % 48)];
      EXPECT_EQ(of(who, Inscribed{.item = item}), "") << who << " on " << item;
    }
  }
  for (int item = 1; item <= 6; ++item) {
    EXPECT_EQ(chair(ItemOpened{.item = item}), "");
    for (int each = 0; each < 15; ++each) {
      EXPECT_EQ(chair(FloorGiven{}), "");
      now_ += std::chrono::seconds(120);
      EXPECT_EQ(chair(Spoke{}), "");
    }
    EXPECT_EQ(chair(ItemClosed{.item = item}), "");
    if (item == 3) {
      EXPECT_EQ(chair(Suspended{}), "");
      now_ += std::chrono::hours(1);
      EXPECT_EQ(chair(Resumed{}), "");
      EXPECT_EQ(chair(ChairTaken{.chairperson = "Second"}), "");
    }
  }
  EXPECT_EQ(chair(Closed{.next_said = words("Thursday, 2 April 2026, at 10 a.m.")}), "");
  ASSERT_EQ(meeting().speeches.size(), 90u);
  std::chrono::milliseconds spoken{};
  for (const Speech& each : meeting().speeches) {
    EXPECT_EQ(each.state, SpeechState::spoken);
    spoken += each.spoken;
  }
  EXPECT_EQ(spoken, std::chrono::seconds(90 * 121));
  EXPECT_EQ(meeting().chairs.size(), 2u);
  EXPECT_EQ(meeting().times.size(), 4u);
}

}  // namespace
}  // namespace mithaq::meetings
