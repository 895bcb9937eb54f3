// Every repair of the damaged examples can be undone and made again, in the record too.
#include "service/revise.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <sstream>

#include "base/error.hpp"
#include "document/assemble.hpp"
#include "reader/reader.hpp"
#include "record/ingest.hpp"
#include "service/set_handling.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

const reader::Lexicon& lexicon() {
  static const reader::Lexicon kLexicon = reader::Lexicon::load(test::data());
  return kLexicon;
}

class ReviseTest : public testing::Test {
 protected:
  ReviseTest() {
    record::SqlOptions options;
    std::array<std::uint8_t, 32> seed{};
    options.key = record::SigningKey::from_seed("test", seed);
    options.origin = "test";
    options.clock = [] { return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000)); };
    options.analyzer = Analyzer::load(test::data());
    store_ = record::SqlStore::open(":memory:", options);
  }
  // Reads an example into the record, in sections of a few lines if asked.
  std::string read(const std::string& name, std::size_t section_bytes = 4 * 1024 * 1024) {
    std::ifstream file(test::project() / "examples" / name, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    record::Ingest ingest(*store_);
    reader::ReadOptions options{.name = name};
    options.section_bytes = section_bytes;
    const auto refusal =
        reader::read_sections(text.str(), lexicon(), options,
                              [&](document::Document&& section) { ingest.add(std::move(section)); });
    EXPECT_FALSE(refusal);
    ingest.finish_document();
    ingest.flush();
    return view().document(name).id;
  }
  const record::View& view() const { return store_->view(); }
  void revise(const std::string& document, record::RevisionAction action, const std::string& target,
              std::optional<std::size_t> reading = {}) {
    service::revise(*store_, view(),
                    {.document = document,
                     .action = action,
                     .target = target,
                     .reading = reading,
                     .person = {.by = "account:amina", .on_behalf_of = "KAZ"}});
  }
  // Every row of a document, as text; without who undid what.
  std::string rows(const std::string& document) const {
    std::ostringstream out;
    for (const record::ParagraphRow& row : view().paragraphs(document)) {
      out << row.row << ' ' << row.paragraph.id << ' ' << row.paragraph.text << '\n';
      for (const document::Piece& piece : row.paragraph.pieces)
        out << piece.text.begin << ',' << piece.raw.begin << ',' << piece.raw.end << ' ';
      for (const record::MentionRow& each : view().mentions_of_paragraph(row.row))
        out << each.name << each.value << each.range.begin << '-' << each.range.end << ' ';
      for (const record::StatementRow& each : view().statements_of_paragraph(row.row))
        out << each.seq << each.time << each.citation.words << each.citation.paragraph << ' ';
    }
    for (const record::DoubtRow& each : view().doubts(document)) out << each.id << each.citation.words;
    return out.str();
  }
  std::string text(const std::string& document) const {
    std::string out;
    for (const record::ParagraphRow& row : view().paragraphs(document)) out += row.paragraph.text + "\n";
    return out;
  }
  void expect_sound() {
    for (int turn = 0; turn < 2; ++turn) {
      const record::VerifyReport report = store_->verify();
      ASSERT_TRUE(report.ok()) << report.problems[0].table << ' ' << report.problems[0].row << ": "
                               << report.problems[0].message;
      store_->rebuild();
    }
  }
  std::size_t hits(const std::string& words) const {
    return view().search_paragraphs({{.text = words}}).hits.size();
  }

  std::unique_ptr<record::SqlStore> store_{};
};

TEST_F(ReviseTest, EveryEditOfTheExamplesCanBeUndoneAndMadeAgain) {
  using enum record::RevisionAction;
  for (const auto& [name, section_bytes] :
       {std::pair<const char*, std::size_t>("01-partners-leaflet.ar.txt", 1 << 22),
        {"02-cooperation-report.ar.md", 1 << 22},
        {"03-mediation-follow-up.ar.txt", 1500}}) {
    const std::string id = read(name, section_bytes);
    const std::string before = rows(id);
    const auto mentions = view().mentions({.documents = {id}}).size();
    const auto statements = view().statements({.documents = {id}}).size();
    std::vector<std::string> undone;
    for (const record::EditRow& edit : view().edits(id)) {
      if (edit.edit.grade == document::Grade::flag) continue;
      revise(id, undo_edit, edit.id);
      undone.push_back(edit.id);
    }
    ASSERT_GT(undone.size(), 0u) << name;
    EXPECT_NE(rows(id), before);
    // The text is that of no edits at all, and no finding is lost.
    std::size_t at = 0;
    const auto now = view().paragraphs(id);
    for (std::size_t section = 0; section < view().document(id).sections; ++section) {
      const document::Document read = view().read_section(id, section);
      for (const document::Paragraph& plain : document::assemble(read.raw, read.blocks, {})) {
        ASSERT_LT(at, now.size());
        EXPECT_EQ(now[at].paragraph.text, plain.text);
        EXPECT_TRUE(now[at].paragraph.id.ends_with(plain.id));
        ++at;
      }
    }
    EXPECT_EQ(at, now.size());
    EXPECT_EQ(view().mentions({.documents = {id}}).size(), mentions);
    EXPECT_EQ(view().statements({.documents = {id}}).size(), statements);
    for (const record::EditRow& edit : view().edits(id)) {
      if (edit.edit.grade == document::Grade::flag) continue;
      EXPECT_TRUE(edit.undone);
      EXPECT_EQ(edit.by, "account:amina");
      EXPECT_EQ(edit.at, "2027-01-15T08:00:00Z");
    }
    expect_sound();
    for (const std::string& each : undone) revise(id, redo_edit, each);
    EXPECT_EQ(rows(id), before);
    expect_sound();
    EXPECT_EQ(rows(id), before);
  }
}

TEST_F(ReviseTest, TheFullTextIndexFollows) {
  const std::string id = read("02-cooperation-report.ar.md");
  ASSERT_EQ(hits("قيرغيزستان"), 1u);
  for (const record::EditRow& edit : view().edits(id)) {
    if (edit.edit.after == "قيرغيزستان") revise(id, record::RevisionAction::undo_edit, edit.id);
  }
  EXPECT_EQ(hits("قيرغيزستان"), 0u);
  EXPECT_EQ(hits("قبرغيزستان"), 1u);
  expect_sound();
}

TEST_F(ReviseTest, ADoubtIsSettledByOneOfItsReadings) {
  const std::string id = read("10-joint-visit.ar.txt");
  const auto doubts = view().doubts(id);
  ASSERT_GE(doubts.size(), 1u);
  ASSERT_EQ(doubts[0].readings.size(), 2u);
  EXPECT_TRUE(doubts[0].readings[0].taken);
  EXPECT_FALSE(doubts[0].chosen);
  ASSERT_FALSE(doubts[0].citation.raw.empty()) << "it says where";
  EXPECT_EQ(document::slice(view().raw_text(id), doubts[0].citation.raw[0]), doubts[0].citation.words);
  const std::string before = rows(id), words = text(id);
  revise(id, record::RevisionAction::choose_reading, doubts[0].id, 1);
  const auto settled = view().doubts(id);
  EXPECT_EQ(settled[0].chosen, 1u);
  EXPECT_EQ(settled[0].by, "account:amina");
  EXPECT_EQ(text(id), words) << "a date means something else; the words stay";
  const auto dates = view().mentions({.types = {document::MentionType::date}, .documents = {id}});
  EXPECT_TRUE(std::any_of(dates.begin(), dates.end(), [&](const record::MentionRow& each) {
    return each.value == doubts[0].readings[1].text;
  }));
  expect_sound();
  // A statement that has its time from a doubtful date follows.
  const auto times = [&] {
    std::vector<std::string> out;
    for (const record::StatementRow& row : view().statements({.documents = {id}})) out.push_back(row.time);
    return out;
  };
  ASSERT_EQ(times(), (std::vector<std::string>{"2011-06-05"}));
  ASSERT_EQ(doubts.size(), 2u);
  revise(id, record::RevisionAction::choose_reading, doubts[1].id, 1);
  EXPECT_EQ(times(), (std::vector<std::string>{"2011-05-06"}));
  expect_sound();
  revise(id, record::RevisionAction::choose_reading, doubts[1].id);
  revise(id, record::RevisionAction::choose_reading, doubts[0].id);
  EXPECT_EQ(rows(id), before);
  expect_sound();
}

TEST_F(ReviseTest, WhatCannotBeIsRefused) {
  const std::string id = read("02-cooperation-report.ar.md");
  const auto kind = [&](const std::string& document, const std::string& target) {
    try {
      revise(document, record::RevisionAction::undo_edit, target);
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::bug;
  };
  EXPECT_EQ(kind("nothing", "0-0"), ErrorKind::not_found);
  EXPECT_EQ(kind(id, "7-0"), ErrorKind::not_found);
  EXPECT_EQ(kind(id, "0-9999"), ErrorKind::invalid_input);
  for (const char* wrong : {"", "-", "0", "0-", "-1", "x-y", "0-1x", "99999999999999999999-0"})
    EXPECT_EQ(kind(id, wrong), ErrorKind::invalid_input) << wrong;
  EXPECT_THROW(service::revise(*store_, view(), {.document = id, .target = "0-0"}), Error) << "nobody acts";
}

TEST_F(ReviseTest, HandlingIsSetWithAReason) {
  const std::string id = read("04-regional-organizations.en.md");
  HandlingRequest request{.document = id,
                          .handling = {.tlp = document::Tlp::amber,
                                       .statuses = {"OSCE/participating_state"},
                                       .recipients = {"KAZ"}},
                          .person = {.by = "account:amina", .on_behalf_of = "KAZ"},
                          .reason = "asked by the author"};
  const record::Seq entry = set_handling(*store_, view(), request);
  EXPECT_EQ(entry, store_->size() - 1);
  EXPECT_EQ(view().document(id).metadata.handling, request.handling);
  EXPECT_THROW(set_handling(*store_, view(), request), Error) << "it is so already";
  request.handling.tlp = document::Tlp::red;
  for (const char* wrong : {"", "OSCE", "/x", "OSCE/", "a b/c", "\"/x"}) {
    HandlingRequest other = request;
    other.handling.statuses = {wrong};
    EXPECT_THROW(set_handling(*store_, view(), other), Error) << wrong;
  }
  HandlingRequest nobody = request;
  nobody.person.by = "";
  EXPECT_THROW(set_handling(*store_, view(), nobody), Error);
  HandlingRequest silent = request;
  silent.reason = "";
  EXPECT_THROW(set_handling(*store_, view(), silent), Error);
  expect_sound();
}

}  // namespace
}  // namespace mithaq::service
