// Meetings and calendars as people and programs are shown them, on a record in a file.
#include "service/meetings.hpp"

#include <gtest/gtest.h>
#include <libical/ical.h>
#include <unistd.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "service/calendar_feed.hpp"
#include "service/convening.hpp"
#include "service/messages.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

namespace fs = std::filesystem;
using acts::Capacity;
using nlohmann::json;
using nlohmann::ordered_json;

class ServiceMeetingsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    static int count = 0;
    folder_ = fs::path(::testing::TempDir()) /
              ("mithaq-meetings-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    fs::create_directories(folder_);
    workspace_ = std::make_unique<Workspace>(WorkspaceOptions{
        .record = record::Location(folder_ / "record.mithaq"), .data = test::data(), .clock = [this] {
          return now_;
        }});
  }
  void TearDown() override {
    workspace_.reset();
    fs::remove_all(folder_);
  }
  // The id of what it is about; the rule that refused it.
  std::string act(const std::string& delegation, Capacity capacity, const std::string& verb,
                  const json& fields, const std::string& subject = "") {
    now_ += std::chrono::seconds(1);
    secretariat::Act wanted{.type = verb.find('.') == std::string::npos ? "meeting." + verb : verb,
                            .stamp = {.actor = {.by = "test", .delegation = delegation, .capacity = capacity},
                                      .subject = subject},
                            .fields = fields};
    const ActOutcome outcome = workspace_->convening().act(*workspace_, wanted, now_);
    return outcome.refusal ? outcome.refusal->rule : outcome.done.front().act.stamp.subject;
  }
  std::string desk(const std::string& verb, const json& fields, const std::string& subject = "") {
    return act("", Capacity::secretariat, verb, fields, subject);
  }
  std::string state(const std::string& who, const std::string& verb, const json& fields,
                    const std::string& subject) {
    return act(who, Capacity::delegation, verb, fields, subject);
  }
  ConveningReader reader(const std::string& party, Language language = Language::english) {
    messages_ = Messages::load(test::data(), language);
    return {.asker = {.party = party, .secretariat = party.empty()},
            .sees = [party](const document::Handling&) { return party.empty() || party == "KAZ"; },
            .language = language,
            .say = [this](std::string_view english) { return messages_.say(english); }};
  }
  std::string planned(const std::string& body = "OSCE_PC", const std::string& local = "2026-03-26T10:00") {
    return desk("planned", {{"body", body}, {"begins", {{"local", local}}}, {"place", "Hofburg, Vienna"}});
  }
  // A meeting that is open with its agenda adopted.
  std::string open_meeting() {
    const std::string id = planned();
    desk("invited", json::object(), id);
    desk("agenda_proposed",
         {{"items",
           {{{"title", {{"ar", "تقرير الأمين العام"}, {"en", "Report"}}}},
            {{"title", {{"ar", "مسائل جارية"}, {"en", "Current issues"}}}}}}},
         id);
    for (const char* each : {"CHE", "KAZ", "FRA", "JPN"})
      state(each, "registered", {{"names", "A. Person"}}, id);
    act("CHE", Capacity::chair, "opened", {{"chairperson", "R. Nägeli"}}, id);
    act("CHE", Capacity::chair, "agenda_adopted", json::object(), id);
    return id;
  }
  static std::set<std::string> forms_of(const ordered_json& meeting) {
    std::set<std::string> out;
    for (const auto& each : meeting.at("can")) out.insert(each.at("type").get<std::string>());
    return out;
  }

  fs::path folder_{};
  Instant now_ = *parse_instant("2026-03-02T10:00:00Z");
  std::unique_ptr<Workspace> workspace_{};
  Messages messages_{};
};

TEST_F(ServiceMeetingsTest, ABodyComesWithItsChairsAndTheTroika) {
  planned();  // the record is there
  const ordered_json body = body_json(*workspace_, "OSCE_MED", 2026, reader("KAZ", Language::arabic));
  EXPECT_EQ(body["chair"]["state"]["id"], "CYP");
  EXPECT_EQ(body["chair"]["state"]["name"], "قبرص");
  EXPECT_EQ(body["troika"].size(), 3u);
  EXPECT_EQ(body["troika"][2]["state"]["id"], "CYP");
  EXPECT_EQ(body["members_status"]["id"], "OSCE/participating_state");
  EXPECT_EQ(body["invited"][0]["id"], "OSCE/partner_mediterranean");
  EXPECT_GE(body["chairs"].size(), 6u);
  EXPECT_THROW(body_json(*workspace_, "OSCE_XX", 0, reader("KAZ")), Error);
  EXPECT_THROW(body_json(*workspace_, "OSCE_MED", 5000, reader("KAZ")), Error);
  EXPECT_GE(bodies_json(*workspace_, reader("KAZ"))["bodies"].size(), 15u);
}

TEST_F(ServiceMeetingsTest, AProposedYearSaysWhatIsPlanned) {
  const std::string id = planned("OSCE_PC", "2026-03-26T10:00");
  const ordered_json year = proposals_json(*workspace_, "OSCE_PC", 2026, reader(""));
  std::size_t found = 0;
  for (const auto& each : year["proposals"]) found += each["meeting"] == id ? 1 : 0;
  EXPECT_EQ(found, 1u);
  EXPECT_GT(year["proposals"].size(), 38u);
}

TEST_F(ServiceMeetingsTest, WhoIsNotOfTheBodyIsNotTold) {
  const std::string id = planned();
  EXPECT_EQ(meetings_json(*workspace_, {}, reader("KAZ"))["meetings"].size(), 1u);
  EXPECT_TRUE(meetings_json(*workspace_, {}, reader("BRA"))["meetings"].empty());
  EXPECT_THROW(meeting_json(*workspace_, id, reader("BRA")), Error);
  // Whom a decision invites is told.
  EXPECT_EQ(desk("invited", {{"delegations", {"BRA"}}, {"decision", "PC.DEC/1"}}, id), id);
  EXPECT_EQ(meetings_json(*workspace_, {}, reader("BRA"))["meetings"].size(), 1u);
  EXPECT_EQ(
      meetings_json(*workspace_, {.from = *parse_instant("2026-04-01T00:00:00Z")}, reader("KAZ"))["meetings"]
          .size(),
      0u);
}

TEST_F(ServiceMeetingsTest, AMeetingWithItsListIsShownInTheLanguageOfTheReader) {
  const std::string id = open_meeting();
  state("FRA", "inscribed", {{"item", 2}, {"group", "EU"}, {"aligned", {"UKR", "MDA"}}}, id);
  state("JPN", "inscribed", {{"item", 2}}, id);
  act("CHE", Capacity::chair, "floor_given", {{"item", 2}}, id);
  now_ += std::chrono::seconds(75);
  const ordered_json meeting = meeting_json(*workspace_, id, reader("KAZ", Language::arabic));
  EXPECT_EQ(meeting["number"], 1);
  EXPECT_EQ(meeting["agenda"][0]["title"], "تقرير الأمين العام");
  EXPECT_EQ(meeting["agenda"][1]["state"], "now");
  const auto& list = meeting["speakers"]["2"];
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0]["delegation"]["name"], "فرنسا");
  EXPECT_EQ(list[0]["group"], "الاتحاد الأوروبي");
  EXPECT_EQ(list[0]["aligned"][0]["name"], "أوكرانيا");
  EXPECT_EQ(list[0]["seconds"], 75);
  EXPECT_EQ(list[0]["state"], "speaking");
  EXPECT_EQ(list[1]["partner"], true);
  EXPECT_EQ(meeting["chairs"][0]["name"], "R. Nägeli");
  EXPECT_EQ(meeting["registered"].size(), 4u);
  EXPECT_EQ(meeting["invited"].size(), 68u);
  EXPECT_EQ(meeting["history"].size(), 12u);
  // Every sentence has its line in the table.
  for (const Language language : {Language::arabic, Language::russian}) {
    for (const char* party : {"KAZ", "CHE", ""}) {
      const ordered_json said = meeting_json(*workspace_, id, reader(party, language));
      for (const auto& each : said["can"])
        EXPECT_GE(static_cast<unsigned char>(each["says"].get<std::string>().front()), 0x80u) << each["says"];
      for (const auto& each : said["history"])
        EXPECT_GE(static_cast<unsigned char>(each["said"].get<std::string>().front()), 0x80u) << each["said"];
      EXPECT_GE(static_cast<unsigned char>(said["state_name"].get<std::string>().front()), 0x80u);
    }
  }
}

TEST_F(ServiceMeetingsTest, FormsAreWhatTheRulesLetPass) {
  const std::string id = open_meeting();
  const auto chair = forms_of(meeting_json(*workspace_, id, reader("CHE")));
  EXPECT_TRUE(chair.contains("meeting.closed"));
  EXPECT_TRUE(chair.contains("meeting.suspended"));
  EXPECT_FALSE(chair.contains("meeting.agenda_adopted")) << "it is adopted";
  EXPECT_FALSE(chair.contains("meeting.floor_given")) << "nobody waits";
  const auto kaz = forms_of(meeting_json(*workspace_, id, reader("KAZ")));
  EXPECT_TRUE(kaz.contains("meeting.inscribed"));
  EXPECT_TRUE(kaz.contains("meeting.order_raised"));
  EXPECT_FALSE(kaz.contains("meeting.closed"));
  const auto jpn = forms_of(meeting_json(*workspace_, id, reader("JPN")));
  EXPECT_TRUE(jpn.contains("meeting.inscribed"));
  EXPECT_FALSE(jpn.contains("meeting.order_raised")) << "a Partner raises no point of order";
  // Each form that is offered to the Chair and needs nothing is accepted.
  EXPECT_EQ(act("CHE", Capacity::chair, "suspended", json::object(), id), id);
  EXPECT_TRUE(forms_of(meeting_json(*workspace_, id, reader("CHE"))).contains("meeting.resumed"));
  ConveningReader visitor = reader("KAZ");
  visitor.asker.acts = false;
  EXPECT_TRUE(meeting_json(*workspace_, id, visitor)["can"].empty());
}

// --- calendars

// What libical reads out of a text; every line of it is within 75 octets and ends in CRLF.
class Parsed {
 public:
  explicit Parsed(const std::string& text) : calendar_(icalparser_parse_string(text.c_str())) {
    EXPECT_NE(calendar_, nullptr);
    EXPECT_EQ(icalcomponent_count_errors(calendar_), 0);
    EXPECT_TRUE(icalrestriction_check(calendar_)) << text;
    EXPECT_EQ(icalcomponent_count_errors(calendar_), 0) << text;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = text.find("\r\n", begin);
      EXPECT_NE(end, std::string::npos) << "a line without CRLF";
      if (end == std::string::npos) break;
      const std::string line = text.substr(begin, end - begin);
      EXPECT_LE(line.size(), 75u) << line;
      EXPECT_EQ(line.find('\n'), std::string::npos);
      EXPECT_EQ(find_invalid_utf8(line), line.size()) << "a character was cut in two: " << line;
      begin = end + 2;
    }
  }
  ~Parsed() { icalcomponent_free(calendar_); }
  Parsed(const Parsed&) = delete;
  Parsed& operator=(const Parsed&) = delete;
  icalproperty_method method() const { return icalcomponent_get_method(calendar_); }
  std::vector<icalcomponent*> events() const {
    std::vector<icalcomponent*> out;
    for (auto* each = icalcomponent_get_first_component(calendar_, ICAL_VEVENT_COMPONENT); each != nullptr;
         each = icalcomponent_get_next_component(calendar_, ICAL_VEVENT_COMPONENT))
      out.push_back(each);
    return out;
  }

 private:
  icalcomponent* calendar_;
};

TEST_F(ServiceMeetingsTest, AMovedMeetingKeepsItsUidAndRaisesItsSequence) {
  const std::string id = planned();
  desk("invited", json::object(), id);
  std::string uid;
  {
    const Parsed feed(calendar_feed(*workspace_, reader("KAZ")));
    EXPECT_EQ(feed.method(), ICAL_METHOD_NONE);
    ASSERT_EQ(feed.events().size(), 1u);
    uid = icalcomponent_get_uid(feed.events()[0]);
    EXPECT_EQ(icalcomponent_get_sequence(feed.events()[0]), 0);
    EXPECT_EQ(std::string(icaltime_as_ical_string(icalcomponent_get_dtstart(feed.events()[0]))),
              "20260326T090000Z");
    EXPECT_EQ(icalcomponent_get_status(feed.events()[0]), ICAL_STATUS_CONFIRMED);
  }
  // To the Thursday after the clocks went forward.
  desk("moved", {{"begins", {{"local", "2026-04-02T10:00"}}}}, id);
  {
    const Parsed feed(calendar_feed(*workspace_, reader("KAZ")));
    ASSERT_EQ(feed.events().size(), 1u);
    EXPECT_EQ(icalcomponent_get_uid(feed.events()[0]), uid);
    EXPECT_EQ(icalcomponent_get_sequence(feed.events()[0]), 1);
    EXPECT_EQ(std::string(icaltime_as_ical_string(icalcomponent_get_dtstart(feed.events()[0]))),
              "20260402T080000Z");
  }
  {
    const Parsed request(
        meeting_message(*workspace_, id, reader("KAZ"), "desk@example.org", {"kaz@example.org"}));
    EXPECT_EQ(request.method(), ICAL_METHOD_REQUEST);
    EXPECT_EQ(icalcomponent_get_uid(request.events()[0]), uid);
  }
  desk("cancelled", {{"reason", {{"en", "No interpreters."}}}}, id);
  const Parsed feed(calendar_feed(*workspace_, reader("KAZ")));
  EXPECT_EQ(icalcomponent_get_uid(feed.events()[0]), uid);
  EXPECT_EQ(icalcomponent_get_sequence(feed.events()[0]), 2);
  EXPECT_EQ(icalcomponent_get_status(feed.events()[0]), ICAL_STATUS_CANCELLED);
  const Parsed cancel(
      meeting_message(*workspace_, id, reader("KAZ"), "desk@example.org", {"kaz@example.org"}));
  EXPECT_EQ(cancel.method(), ICAL_METHOD_CANCEL);
  EXPECT_EQ(icalcomponent_get_uid(cancel.events()[0]), uid);
  EXPECT_EQ(icalcomponent_get_sequence(cancel.events()[0]), 2);
  // Who was not invited has an empty calendar, which is one all the same.
  EXPECT_TRUE(Parsed(calendar_feed(*workspace_, reader("BRA"))).events().empty());
}

TEST_F(ServiceMeetingsTest, ArabicTextsAreFoldedBetweenCharacters) {
  const std::string id = planned();
  desk("invited", json::object(), id);
  std::string title;
  for (int each = 0; each < 60; ++each)
    title += each % 7 == 6 ? "، (" + std::to_string(each) + ") " : "الأمن؛ والتعاون";
  desk("agenda_proposed", {{"items", {{{"title", {{"ar", title}}}}}}}, id);
  for (const Language language : {Language::arabic, Language::russian, Language::english}) {
    const Parsed feed(calendar_feed(*workspace_, reader("KAZ", language)));
    ASSERT_EQ(feed.events().size(), 1u);
    EXPECT_NE(std::string(icalcomponent_get_description(feed.events()[0])).find(title), std::string::npos)
        << "every letter comes back";
  }
  // Whatever the length of a word is, it is cut between characters.
  for (std::size_t length = 1; length < 160; ++length) {
    std::string word;
    for (std::size_t each = 0; each < length; ++each)
      word += each % 3 == 0 ? "ش" : each % 3 == 1 ? "界" : "😀";
    const CalendarEntry entry{
        .uid = "x@mithaq", .summary = word, .begins = now_, .ends = now_, .changed = now_};
    const Parsed parsed(calendar_text({entry}, CalendarMethod::feed, word));
    EXPECT_EQ(icalcomponent_get_summary(parsed.events()[0]), word);
  }
}

TEST_F(ServiceMeetingsTest, ADeadlineOfAConsultationStandsInTheCalendarOfWhomItConcerns) {
  const std::string id = open_meeting();
  const std::string item =
      desk("consultation.opened",
           {{"body", "OSCE_PC"}, {"title", {{"ar", "قرار بشأن شريك"}}}, {"text", {{"ar", "يقرر …"}}}});
  ASSERT_TRUE(item.starts_with("PC-2026-")) << item;
  EXPECT_EQ(act("CHE", Capacity::chair, "consultation.proposed",
                {{"meeting", id}, {"deadline", {{"local", "2026-03-29T12:00"}}}}, item),
            item);
  EXPECT_EQ(act("CHE", Capacity::chair, "consultation.silence_opened", json::object(), item), item);
  const Parsed feed(calendar_feed(*workspace_, reader("KAZ", Language::arabic)));
  std::size_t deadlines = 0;
  for (icalcomponent* event : feed.events()) {
    if (std::string(icalcomponent_get_uid(event)).find("consultation." + item + ".KAZ") == std::string::npos)
      continue;
    ++deadlines;
    // Noon in Vienna on the day on which the clocks went forward.
    EXPECT_EQ(std::string(icaltime_as_ical_string(icalcomponent_get_dtstart(event))), "20260329T100000Z");
    EXPECT_NE(std::string(icalcomponent_get_summary(event)).find("قرار بشأن شريك"), std::string::npos);
    EXPECT_NE(icalcomponent_get_first_component(event, ICAL_VALARM_COMPONENT), nullptr);
  }
  EXPECT_EQ(deadlines, 1u);
  const Parsed of_japan(calendar_feed(*workspace_, reader("JPN")));
  for (icalcomponent* event : of_japan.events())
    EXPECT_EQ(std::string(icalcomponent_get_uid(event)).find("consultation."), std::string::npos)
        << "a Partner is not asked";
}

TEST_F(ServiceMeetingsTest, AReplyOfACalendarRegistersOrDeclines) {
  const std::string id = planned();
  desk("invited", json::object(), id);
  const std::string uid =
      icalcomponent_get_uid(Parsed(calendar_feed(*workspace_, reader("KAZ"))).events()[0]);
  const auto reply_text = [&](const std::string& answer, int sequence, const std::string& more = "") {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:" +
           uid + "\r\nSEQUENCE:" + std::to_string(sequence) +
           "\r\nDTSTAMP:20260303T100000Z\r\nATTENDEE;PARTSTAT=" + answer +
           ";CN=\"Омаров\r\n , А.\":mailto:a@example.org\r\n" + more + "END:VEVENT\r\nEND:VCALENDAR\r\n";
  };
  const CalendarReply reply = read_calendar_reply(reply_text("ACCEPTED", 0));
  EXPECT_EQ(reply.meeting, id);
  EXPECT_EQ(reply.attendee, "Омаров, А.");
  secretariat::Act wanted = act_of_reply(*workspace_, reply);
  EXPECT_EQ(wanted.type, "meeting.registered");
  EXPECT_EQ(state("KAZ", "registered", wanted.fields, id), id);
  wanted = act_of_reply(*workspace_,
                        read_calendar_reply(reply_text("DECLINED", 0, "COMMENT:Not\\, this\\ntime\r\n")));
  EXPECT_EQ(wanted.type, "meeting.declined");
  EXPECT_EQ(wanted.fields.at("text"), "Not, this\ntime");
  EXPECT_THROW(act_of_reply(*workspace_, read_calendar_reply(reply_text("TENTATIVE", 0))), Error);
  desk("moved", {{"begins", {{"local", "2026-04-02T10:00"}}}}, id);
  EXPECT_THROW(act_of_reply(*workspace_, read_calendar_reply(reply_text("ACCEPTED", 0))), Error)
      << "moved since";
  EXPECT_EQ(act_of_reply(*workspace_, read_calendar_reply(reply_text("ACCEPTED", 1))).type,
            "meeting.registered");
  CalendarReply other = read_calendar_reply(reply_text("ACCEPTED", 1));
  other.uid[other.uid.size() - 10] ^= 1;
  EXPECT_THROW(act_of_reply(*workspace_, other), Error) << "a meeting of another record";
}

TEST(CalendarReply, RefusesWhatIsNone) {
  const std::string head = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:M-1.abc@mithaq\n";
  const std::string attendee = "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b\n",
                    tail = "END:VEVENT\nEND:VCALENDAR\n";
  EXPECT_EQ(read_calendar_reply(head + attendee + tail).meeting, "M-1");
  std::string deep;
  for (int each = 0; each < 10'000; ++each) deep += "BEGIN:X\n";
  const std::vector<std::string> wrong = {
      "",
      "hello",
      "\n\n\n",
      "BEGIN:VCALENDAR",
      "END:VCALENDAR\n",
      head,
      head + attendee,
      head + tail,
      head + attendee + attendee + tail,
      head + "UID:M-2.abc@mithaq\n" + attendee + tail,
      head + "ATTENDEE;PARTSTAT=MAYBE:mailto:a@b\n" + tail,
      head + "ATTENDEE;PARTSTAT=\"ACCEPTED:x\n" + tail,
      head + "ATTENDEE;PARTSTAT\n" + tail,
      head + "ATTENDEE;=\n" + tail,
      head + "ATTENDEE;PARTSTAT=ACCEPTED\n" + tail,
      head + "ATTENDEE;PARTSTAT=ACCEPTED:\n" + tail,
      head + "SEQUENCE:one\n" + attendee + tail,
      head + "SEQUENCE:-1\n" + attendee + tail,
      head + "SEQUENCE:99999999999999\n" + attendee + tail,
      head + attendee + "END:VALARM\n" + tail,
      head + attendee + tail + head + attendee + tail,
      head + attendee + "END:VEVENT\nBEGIN:VEVENT\n" + attendee + tail,
      "BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:M-1.abc@mithaq\n" + attendee + tail,
      "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:other@example.org\n" + attendee + tail,
      "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:.@mithaq\n" + attendee + tail,
      "BEGIN:VEVENT\n" + attendee + "END:VEVENT\n",
      head + "\xFF\xFE" + attendee + tail,
      head + std::string("X:\0y\n", 5) + attendee + tail,
      head + ":\n" + attendee + tail,
      head + ";\n" + attendee + tail,
      deep,
      "BEGIN:VCALENDAR\n" + deep,
      head + std::string(kReplyBytesMax, 'x') + tail,
      head + std::string(30'000, '\n') + std::string(20'000, ':') + tail};
  for (const std::string& each : wrong) EXPECT_THROW(read_calendar_reply(each), Error) << each.substr(0, 200);
  std::string many = head;
  for (int each = 0; each < 3'000; ++each) many += "X-A:b\n";
  EXPECT_THROW(read_calendar_reply(many + attendee + tail), Error);
  // Every cut of a good one is refused, and every change of one byte is refused or read, never more.
  const std::string good = head + attendee + tail;
  for (std::size_t each = 0; each + 1 < good.size(); ++each) {
    if (each + 2 < good.size()) {
      EXPECT_THROW(read_calendar_reply(good.substr(0, each)), Error) << each;
    }
    for (const char letter : {'\n', ':', ';', '"', '=', ' ', '\\'}) {
      std::string changed = good;
      changed[each] = letter;
      try {
        read_calendar_reply(changed);
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::invalid_input);
      }
    }
  }
}

}  // namespace
}  // namespace mithaq::service
