// The journal of the day in the structure of PC.JOUR/1233, in three languages and three formats: golden texts
// in tests/fixtures/papers, which MITHAQ_REBASELINE=1 writes anew.
#include "service/journal.hpp"

#include <gtest/gtest.h>
#include <poppler-document.h>
#include <poppler-page.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "papers/pdf.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

const JournalPhrases& phrases() {
  static const JournalPhrases loaded = JournalPhrases::load(test::data());
  return loaded;
}

Instant at(const char* text) {
  return *parse_instant(text);
}

// A meeting as PC.JOUR/1233 has it: two sittings, two chairs, a group with those who align themselves,
// symbols with their restriction, a decision with a joint interpretative statement, and what other meetings
// have besides.
JournalInput meeting() {
  JournalInput input;
  input.symbol = "PC.JOUR/1233";
  input.organization = "OSCE";
  input.body = "OSCE_PC";
  input.number = 1233;
  input.zone = "Europe/Vienna";
  input.place = "Neuer Saal";
  input.original_language = "en";
  input.chairmanship = {"SVK"};
  input.times = {{"opened", at("2019-06-20T08:05:00Z")},  {"suspended", at("2019-06-20T11:00:00Z")},
                 {"resumed", at("2019-06-20T13:00:00Z")}, {"suspended", at("2019-06-20T16:20:00Z")},
                 {"resumed", at("2019-06-21T08:30:00Z")}, {"closed", at("2019-06-21T10:50:00Z")}};
  input.chairs = {{"Ambassador R. Boháč", "SVK"}, {"Ms. K. Žáková", "SVK"}};
  input.remarks = {
      {{"en",
        "Prior to taking up the agenda, the Chairperson welcomed the new Permanent Representative of "
        "Kazakhstan."},
       {"ar", "قبل تناول جدول الأعمال رحب رئيس الجلسة بالممثل الدائم الجديد لكازاخستان."},
       {"ru",
        "До рассмотрения повестки дня Председатель приветствовал нового Постоянного представителя "
        "Казахстана."}}};
  JournalItem reports;
  reports.number = 1;
  reports.title = {{"en", "REPORT BY THE HEAD OF THE OSCE PROGRAMME OFFICE IN BISHKEK"},
                   {"ar", "تقرير رئيس مكتب برامج منظمة الأمن والتعاون في أوروبا في بيشكيك"},
                   {"ru", "ДОКЛАД РУКОВОДИТЕЛЯ ПРОГРАММНОГО ОФИСА ОБСЕ В БИШКЕКЕ"}};
  reports.speakers = {{.is_chair = true},
                      {.name = {{"en", "Head of the OSCE Programme Office in Bishkek"},
                                {"ar", "رئيس مكتب البرامج في بيشكيك"},
                                {"ru", "руководитель Программного офиса ОБСЕ в Бишкеке"}},
                       .documents = {{"PC.FR/17/19", "OSCE+"}}},
                      {.delegation = "ROU",
                       .group = "EU",
                       .aligned = {.candidates = {"ALB", "MNE", "MKD"},
                                   .efta = {"ISL", "LIE"},
                                   .others = {"AND", "GEO", "MDA", "SMR", "UKR"}},
                       .documents = {{"PC.DEL/708/19", ""}}},
                      {.delegation = "RUS", .documents = {{"PC.DEL/689/19", ""}, {"PC.DEL/690/19", "OSCE+"}}},
                      {.delegation = "JPN", .is_partner = true, .documents = {{"PC.DEL/1784/20", "OSCE+"}}},
                      {.delegation = "CAN", .behalf = {"NOR"}},
                      {.delegation = "ARM", .kind = JournalSpeaker::Kind::right_of_reply},
                      {.delegation = "AZE", .kind = JournalSpeaker::Kind::right_of_reply},
                      {.is_chair = true}};
  JournalItem decision;
  decision.number = 2;
  decision.title = {{"en", "DECISION ON THE MANDATE OF THE OFFICE"},
                    {"ar", "مقرر بشأن ولاية المكتب"},
                    {"ru", "РЕШЕНИЕ О МАНДАТЕ ОФИСА"}};
  decision.speakers = {{.is_chair = true}};
  const acts::Words title{{"en", "extension of the mandate of the Programme Office in Bishkek"},
                          {"ar", "تمديد ولاية مكتب البرامج في بيشكيك"},
                          {"ru", "Продление мандата Программного офиса в Бишкеке"}};
  decision.decisions = {{.symbol = "PC.DEC/1041",
                         .title = title,
                         .statements = {{.by = {"ARM", "BLR", "KAZ"}, .attachment = 1},
                                        {.is_reservation = true, .by = {"USA"}, .attachment = 2}}}};
  JournalItem partner;
  partner.number = 3;
  partner.title = {{"en", "ACCESS OF A NEW PARTNER FOR CO-OPERATION"},
                   {"ar", "قبول شريك جديد للتعاون"},
                   {"ru", "НОВЫЙ ПАРТНЕР ПО СОТРУДНИЧЕСТВУ"}};
  partner.documents = {{"CIO.GAL/80/19", ""}};
  const acts::Words partner_title{{"en", "granting the status of Partner for Co-operation"},
                                  {"ar", "منح مركز الشريك للتعاون"},
                                  {"ru", "Предоставление статуса партнера по сотрудничеству"}};
  partner.decisions = {{.outcome = JournalDecision::Outcome::silence,
                        .title = partner_title,
                        .expires_at = at("2019-06-27T10:00:00Z"),
                        .zone = "Europe/Vienna"}};
  partner.refusals = {{.delegation = "EGY",
                       .is_partner = true,
                       .title = partner_title,
                       .reason = {{"en", "only participating States may object"},
                                  {"ar", "لا تعترض إلا الدول المشاركة"},
                                  {"ru", "возражать могут только государства-участники"}}}};
  input.items = {reports, decision, partner};
  input.next_at = at("2019-06-27T08:00:00Z");
  input.next_place = "Neuer Saal";

  DecisionPaper adopted;
  adopted.symbol = "PC.DEC/1041";
  adopted.number = "1041";
  adopted.organization = "OSCE";
  adopted.body = "OSCE_PC";
  adopted.date = *parse_day("2019-06-20");
  adopted.meeting_number = 1233;
  adopted.journal = "PC.JOUR/1233";
  adopted.agenda_item = 2;
  adopted.title = title;
  adopted.original_language = "en";
  adopted.text = {
      {"en",
       "The Permanent Council,\nDecides:\n1. To extend the mandate until 31 December 2019;\n2. To take note "
       "of "
       "document PC.ACMF/36/19."},
      {"ar",
       "إن المجلس الدائم،\nيقرر:\n1. تمديد الولاية حتى 31 كانون الأول/ديسمبر 2019؛\n2. الإحاطة علما بالوثيقة "
       "PC.ACMF/36/19."},
      {"ru",
       "Постоянный совет\nпостановляет:\n1. продлить мандат до 31 декабря 2019 года;\n2. принять к сведению "
       "документ PC.ACMF/36/19."}};
  adopted.attachments = {
      {.number = 1,
       .by = {"ARM", "BLR", "KAZ"},
       .words =
           {{"en", "In joining the consensus we note that the office acts at the request of its host."},
            {"ar", "إذ ننضم إلى توافق الآراء نلاحظ أن المكتب يعمل بطلب من مضيفه."},
            {"ru",
             "Присоединяясь к консенсусу, отмечаем, что офис действует по просьбе принимающей стороны."}}},
      // Said in one language only: it stands in that, and says so.
      {.number = 2,
       .is_reservation = true,
       .by = {"USA"},
       .words = {{"en", "The United States reserves its position on paragraph 2."}}}};
  DecisionPaper interim;
  interim.organization = "OSCE";
  interim.body = "OSCE_PC";
  interim.date = adopted.date;
  interim.title = partner_title;
  interim.text = {{"en", "The Permanent Council grants the status."},
                  {"ar", "يمنح المجلس الدائم المركز."},
                  {"ru", "Постоянный совет предоставляет статус."}};
  interim.under_silence = true;
  interim.expires_at = at("2019-06-27T10:00:00Z");
  interim.zone = "Europe/Vienna";
  input.appended = {adopted, interim};
  return input;
}

// Without the characters that only steer direction, blanks drawn together.
std::string words_of(std::string_view text) {
  std::u32string out;
  for (const char32_t letter : to_utf32(text)) {
    if (letter == 0x200E || letter == 0x200F || (letter >= 0x202A && letter <= 0x202E) ||
        (letter >= 0x2066 && letter <= 0x2069))
      continue;
    const bool blank = letter == ' ' || letter == '\n' || letter == '\t' || letter == '\f';
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? U' ' : letter;
  }
  return to_utf8(out);
}

// Lines end at blanks, and behind a hyphen too.
std::string unspaced(std::string_view text) {
  std::string out = words_of(text);
  std::erase(out, ' ');
  return out;
}

void hold_against(const std::string& text, const std::string& name) {
  const auto path = test::project() / "tests/fixtures/papers" / name;
  if (std::getenv("MITHAQ_REBASELINE")) std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(text, expected.str()) << name;
}

TEST(Journal, HasTheStructureOfPcJour1233InThreeLanguages) {
  for (const std::string language : {"ar", "en", "ru"})
    hold_against(papers::plain_text(journal_paper(phrases(), meeting(), language)),
                 "journal." + language + ".txt");
}

TEST(Journal, SaysTheSameInEveryFormat) {
  for (const std::string language : {"ar", "en", "ru"}) {
    const papers::Paper paper = journal_paper(phrases(), meeting(), language);
    const std::string html = papers::write(paper, papers::Format::html);
    const std::string pdf = papers::write(paper, papers::Format::pdf);
    poppler::byte_array bytes(pdf.begin(), pdf.end());
    const std::unique_ptr<poppler::document> document(poppler::document::load_from_data(&bytes));
    ASSERT_TRUE(document);
    std::string pdf_text;
    for (int page = 0; page < document->pages(); ++page) {
      const std::unique_ptr<poppler::page> one(document->create_page(page));
      // Below the head of the page, which stands in the middle of a paragraph that goes over two.
      const auto text = one->text(poppler::rectf(0, 66, 596, 776)).to_utf8();
      pdf_text += std::string(text.begin(), text.end()) + "\n";
    }
    pdf_text = unspaced(pdf_text);
    for (const papers::Section& section : paper.sections) {
      for (const papers::Block& block : section.blocks) {
        const auto* line = std::get_if<papers::Line>(&block);
        if (!line) continue;
        const std::string text = unspaced(papers::text_of(line->text));
        // A line in another language than its page's has no order that poppler could find.
        if (line->language.empty()) {
          EXPECT_NE(pdf_text.find(text), std::string::npos) << language << ": " << text << "\n" << pdf_text;
        }
      }
    }
    EXPECT_NE(html.find("<bdi>PC.DEL/1784/20 OSCE+</bdi>"), std::string::npos);
    // Each decision and attachment is a section of its own.
    EXPECT_EQ(paper.sections.size(), 5U);
  }
}

TEST(Journal, AgendaWithoutConsensusIsClosedAndSaysWho) {
  JournalInput input = meeting();
  input.items.clear();
  input.appended.clear();
  input.agenda_adopted = false;
  input.agenda_objections = {
      {.delegation = "RUS", .text = {{"en", "item 3 was not agreed"}, {"ar", "البند 3 لم يُتفق عليه"}}}};
  const std::string text = papers::plain_text(journal_paper(phrases(), input, "en"));
  EXPECT_NE(text.find("Russian Federation objected to the adoption of the agenda: “item 3 was not agreed”"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("There being no consensus on the agenda, the Chairperson closed the meeting."),
            std::string::npos);
}

TEST(Journal, DecisionsThatCameAnotherWaySaySo) {
  JournalInput input = meeting();
  JournalDecision announced = input.items[1].decisions[0];
  announced.outcome = JournalDecision::Outcome::announced;
  announced.expires_at = at("2019-06-17T10:00:00Z");
  announced.zone = "Europe/Vienna";
  JournalDecision objected{.outcome = JournalDecision::Outcome::objected,
                           .title = {{"en", "the calendar"}},
                           .states = {"TUR", "GRC"}};
  JournalDecision broken = objected;
  broken.outcome = JournalDecision::Outcome::broken;
  input.items[1].decisions = {announced, objected, broken};
  const std::string text = papers::plain_text(journal_paper(phrases(), input, "en"));
  EXPECT_NE(
      text.find(
          "through a silence procedure expiring on Monday, 17 June 2019 at 12 p.m. (Europe/Vienna +02:00)"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find("The decision on the calendar was not adopted: Türkiye and Greece objected."),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("silence having been broken (Türkiye and Greece)"), std::string::npos);
}

TEST(Decision, HasTheStandardFormatWithItsAttachments) {
  const DecisionPaper decision = meeting().appended[0];
  for (const std::string language : {"ar", "en", "ru"})
    hold_against(papers::plain_text(decision_paper(phrases(), decision, language)),
                 "decision." + language + ".txt");
}

TEST(Decision, UnderSilenceItHasNoNumberAndATemporaryTitle) {
  const DecisionPaper interim = meeting().appended[1];
  const papers::Paper paper = decision_paper(phrases(), interim, "ar");
  hold_against(papers::plain_text(paper), "interim.ar.txt");
  EXPECT_EQ(papers::plain_text(paper).find("PC.DEC"), std::string::npos);
  EXPECT_TRUE(paper.symbol.empty());
}

TEST(Journal, EmptyInputAndUnknownLanguagesAreNoCrash) {
  for (const std::string language : {"ar", "en", "ru"})
    EXPECT_FALSE(papers::plain_text(journal_paper(phrases(), JournalInput{}, language)).empty());
  EXPECT_THROW(journal_paper(phrases(), JournalInput{}, "xx"), Error);
}

TEST(JournalPhrases, SayDatesTimesAndLists) {
  const auto text = [](const papers::Text& said) { return papers::text_of(said); };
  const auto day = *parse_day("2020-07-16");
  EXPECT_EQ(text(phrases().date(day, "en")), "Thursday, 16 July 2020");
  EXPECT_EQ(text(phrases().date(day, "ar")), "الخميس، 16 تموز/يوليه 2020");
  EXPECT_EQ(text(phrases().date(day, "ru")), "четверг, 16 июля 2020 года");
  const auto minutes = [](int count) { return std::chrono::milliseconds(std::chrono::minutes(count)); };
  EXPECT_EQ(text(phrases().time(minutes(610), "en")), "10.10 a.m.");
  EXPECT_EQ(text(phrases().time(minutes(660), "en")), "11 a.m.");
  EXPECT_EQ(text(phrases().time(minutes(795), "en")), "1.15 p.m.");
  EXPECT_EQ(text(phrases().time(minutes(605), "ar")), "الساعة 10:05");
  EXPECT_EQ(text(phrases().time(minutes(605), "ru")), "10 час. 05 мин.");
  EXPECT_EQ(JournalPhrases::ordinal(1233, "en"), "1233rd");
  EXPECT_EQ(JournalPhrases::ordinal(1111, "en"), "1111th");
  EXPECT_EQ(JournalPhrases::ordinal(1212, "en"), "1212th");
  EXPECT_EQ(text(phrases().names({"KAZ", "LVA", "SRB"}, "ar")), "كازاخستان، لاتفيا وصربيا");
}

}  // namespace
}  // namespace mithaq::service
