// The journal of a meeting that was really held: from acts to the paper.
#include "service/meeting_journal.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "service/convening.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

using nlohmann::json;

class MeetingJournalTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(::testing::TempDir()) / ("mithaq-journal-" + std::to_string(::getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    workspace_ =
        std::make_unique<Workspace>(WorkspaceOptions{.record = record::Location(folder_ / "record.mithaq"),
                                                     .data = test::data(),
                                                     .clock = [this] { return now_; },
                                                     .convening = convening_,
                                                     .key = folder_ / "record.mithaq.key"});
    workspace_->record_to_write();
  }
  void TearDown() override {
    workspace_.reset();
    std::filesystem::remove_all(folder_);
  }
  // The rule that an act was refused by; "" if it was done. Sets last_ to its subject.
  std::string act(const char* at, const std::string& type, const std::string& subject, json fields,
                  const std::string& delegation = "", acts::Capacity capacity = acts::Capacity::secretariat) {
    now_ = *parse_instant(at);
    const ActOutcome outcome = convening_->act(
        *workspace_,
        {.type = type,
         .stamp = {.actor = {.by = "t", .delegation = delegation, .capacity = capacity}, .subject = subject},
         .fields = std::move(fields)},
        now_);
    if (outcome.refusal) return outcome.refusal->rule + ": " + outcome.refusal->reason;
    last_ = outcome.done.at(0).act.stamp.subject;
    return "";
  }
  std::string journal(const std::string& meeting, const std::string& language = "en") {
    return papers::plain_text(
        journal_paper(phrases_, journal_of_meeting(*workspace_, meeting, reader_), language));
  }

  std::filesystem::path folder_{};
  std::shared_ptr<Convening> convening_ = std::make_shared<Convening>(test::data());
  Instant now_{};
  std::unique_ptr<Workspace> workspace_{};
  std::string last_{};
  JournalPhrases phrases_ = JournalPhrases::load(test::data());
  ConveningReader reader_{.asker = {.secretariat = true},
                          .sees = [](const document::Handling&) { return true; }};
};

TEST_F(MeetingJournalTest, FollowsFromTheActsOfTheMeeting) {
  using acts::Capacity;
  ASSERT_EQ(act("2026-03-10T08:00:00Z", "consultation.opened", "",
                {{"body", "OSCE_PC"},
                 {"title", {{"en", "a new Partner"}, {"ar", "شريك جديد"}}},
                 {"text", {{"en", "The Permanent Council decides."}, {"ar", "يقرر المجلس الدائم."}}}}),
            "");
  const std::string consultation = last_;
  ASSERT_EQ(act("2026-03-10T08:01:00Z", "meeting.planned", "",
                {{"body", "OSCE_PC"}, {"begins", {{"local", "2026-03-19T10:00"}}}}),
            "");
  const std::string meeting = last_;
  ASSERT_EQ(act("2026-03-10T08:02:00Z", "meeting.invited", meeting, json::object()), "");
  ASSERT_EQ(
      act("2026-03-10T08:03:00Z", "meeting.agenda_proposed", meeting,
          {{"items",
            {{{"title", {{"en", "CURRENT ISSUES"}, {"ar", "المسائل الراهنة"}}}},
             {{"title", {{"en", "PARTNERSHIP"}, {"ar", "الشراكة"}}}, {"consultations", {consultation}}}}}}),
      "");
  for (const char* each : {"DEU", "JPN"})
    ASSERT_EQ(act("2026-03-18T08:00:00Z", "meeting.registered", meeting,
                  {{"names", {{{"name", "A. Delegate"}}}}}, each, Capacity::delegation),
              "");
  ASSERT_EQ(act("2026-03-19T09:00:00Z", "meeting.opened", meeting, {{"chairperson", "Ambassador A. First"}}),
            "");
  ASSERT_EQ(act("2026-03-19T09:01:00Z", "meeting.agenda_adopted", meeting, json::object()), "");
  ASSERT_EQ(act("2026-03-19T09:02:00Z", "meeting.item_opened", meeting, {{"item", 1}}), "");
  // Germany speaks for the European Union; the candidate countries are found from the register.
  ASSERT_EQ(
      act("2026-03-19T09:03:00Z", "meeting.inscribed", meeting,
          {{"item", 1}, {"group", "EU"}, {"aligned", {"ALB", "MNE", "AND"}}}, "DEU", Capacity::delegation),
      "");
  ASSERT_EQ(
      act("2026-03-19T09:04:00Z", "meeting.inscribed", meeting, {{"item", 1}}, "JPN", Capacity::delegation),
      "");
  ASSERT_EQ(act("2026-03-19T09:05:00Z", "meeting.floor_given", meeting, {{"item", 1}}), "");
  ASSERT_EQ(act("2026-03-19T09:09:00Z", "meeting.spoke", meeting, json::object()), "");
  ASSERT_EQ(act("2026-03-19T09:10:00Z", "meeting.floor_given", meeting, {{"item", 1}}), "");
  ASSERT_EQ(act("2026-03-19T09:13:00Z", "meeting.spoke", meeting, json::object()), "");
  ASSERT_EQ(act("2026-03-19T09:14:00Z", "meeting.document_added", meeting,
                {{"item", 1}, {"speech", 1}, {"title", {{"en", "Statement"}}}, {"restricted", true}}),
            "");
  ASSERT_EQ(act("2026-03-19T09:20:00Z", "meeting.suspended", meeting, json::object()), "");
  ASSERT_EQ(act("2026-03-19T10:30:00Z", "meeting.resumed", meeting, json::object()), "");
  ASSERT_EQ(act("2026-03-19T10:31:00Z", "meeting.chair_taken", meeting, {{"chairperson", "Ms. B. Second"}}),
            "");
  ASSERT_EQ(act("2026-03-19T10:32:00Z", "meeting.item_closed", meeting, {{"item", 1}}), "");
  ASSERT_EQ(act("2026-03-19T10:33:00Z", "meeting.item_opened", meeting, {{"item", 2}}), "");
  ASSERT_EQ(
      act("2026-03-19T10:34:00Z", "consultation.proposed", consultation,
          {{"meeting", meeting}, {"deadline", {{"local", "2026-03-24T12:00"}, {"zone", "Europe/Vienna"}}}},
          "CHE", Capacity::chair),
      "");
  // A Partner has a seat and a voice, and no objection: refused, and the journal says so.
  EXPECT_NE(act("2026-03-19T10:35:00Z", "consultation.objected_in_meeting", consultation,
                {{"meeting", meeting}, {"text", "no"}}, "JPN", Capacity::delegation),
            "");
  ASSERT_EQ(act("2026-03-19T10:36:00Z", "consultation.silence_opened", consultation, json::object(), "CHE",
                Capacity::chair),
            "");
  ASSERT_EQ(
      act("2026-03-19T11:00:00Z", "meeting.closed", meeting, {{"next_said", {{"en", "in a fortnight"}}}}),
      "");

  const std::string text = journal(meeting);
  const auto has = [&](const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  };
  has("PC.JOUR/");
  has("Chairmanship: Switzerland");
  has("1. Date: Thursday, 19 March 2026");
  has("Opened: 10 a.m.");
  has("Suspended: 10.20 a.m.");
  has("Resumed: 11.30 a.m.");
  has("Closed: 12 p.m.");
  has("2. Chairpersons: Ambassador A. First");
  has("Ms. B. Second");
  has("Agenda item 1: CURRENT ISSUES");
  has("Chairperson, Germany-European Union (with the candidate countries Albania and Montenegro; as well as "
      "Andorra, in "
      "alignment) (PC.DEL/1/26 OSCE+), Japan (Partner for Co-operation)");
  has("be adopted through a silence procedure expiring on Tuesday, 24 March 2026 at 12 p.m. (Europe/Vienna "
      "+01:00)");
  has("An objection by Japan (Partner for Co-operation) to “a new Partner” was not accepted:");
  has("in a fortnight");
  has("INTERIM TEXT UNDER A SILENCE PROCEDURE");
  EXPECT_NE(journal(meeting, "ar").find("نص مؤقت معروض بإجراء عدم الاعتراض"), std::string::npos);
  EXPECT_NE(journal(meeting, "ru").find("Швейцария"), std::string::npos);

  // Silence holds; the next meeting announces, with an interpretative statement as attachment 1.
  ASSERT_EQ(act("2026-03-25T08:00:00Z", "meeting.planned", "",
                {{"body", "OSCE_PC"}, {"begins", {{"local", "2026-04-02T10:00"}}}}),
            "");
  const std::string second = last_;
  convening_->settle(*workspace_, now_);
  ASSERT_EQ(act("2026-03-25T08:01:00Z", "meeting.invited", second, json::object()), "");
  ASSERT_EQ(act("2026-04-02T08:00:00Z", "meeting.opened", second, {{"chairperson", "Ambassador A. First"}}),
            "");
  ASSERT_EQ(act("2026-04-02T08:01:00Z", "consultation.announced", consultation, {{"meeting", second}}, "CHE",
                Capacity::chair),
            "");
  ASSERT_EQ(act("2026-04-02T08:02:00Z", "consultation.statement_made", consultation,
                {{"with", {"ARM"}}, {"text", {{"en", "We understand the decision so."}}}}, "KAZ",
                Capacity::delegation),
            "");
  ASSERT_EQ(act("2026-04-02T09:00:00Z", "meeting.closed", second, json::object()), "");
  ASSERT_EQ(act("2026-04-02T09:01:00Z", "consultation.issued", consultation, json::object()), "");
  const std::string later = journal(second);
  EXPECT_NE(later.find("The Chairperson announced that the Permanent Council had adopted Decision No. "),
            std::string::npos)
      << later;
  EXPECT_NE(later.find("Kazakhstan and Armenia (interpretative statement, see attachment 1 to the decision)"),
            std::string::npos)
      << later;
  EXPECT_NE(later.find("INTERPRETATIVE STATEMENT UNDER PARAGRAPH IV.1(A)6"), std::string::npos);
  EXPECT_NE(later.find("By the delegations of Kazakhstan and Armenia:"), std::string::npos);
  // The first meeting's journal stays what it was.
  EXPECT_EQ(journal(meeting), text);

  for (const char* format : {"html", "docx", "pdf"}) {
    const PaperFile file = consultation_file(*workspace_, consultation, format, "ar", reader_);
    EXPECT_GT(file.bytes.size(), 1000U);
    EXPECT_TRUE(file.name.starts_with("PC.DEC-")) << file.name;
  }
  EXPECT_THROW(consultation_file(*workspace_, consultation, "odt", "ar", reader_), Error);
  EXPECT_THROW(journal_file(*workspace_, "PC-M-1999-001", "pdf", "ar", reader_), Error);
  // Whoever sees neither has neither.
  ConveningReader stranger = reader_;
  stranger.sees = [](const document::Handling&) { return false; };
  EXPECT_THROW(journal_file(*workspace_, meeting, "pdf", "ar", stranger), Error);
  EXPECT_THROW(consultation_file(*workspace_, consultation, "pdf", "ar", stranger), Error);
}

}  // namespace
}  // namespace mithaq::service
