#include "document/revise.hpp"

#include <gtest/gtest.h>

#include <random>

#include "document/assemble.hpp"

namespace mithaq::document {
namespace {

std::string all_of(const std::vector<Paragraph>& paragraphs) {
  std::string out;
  for (const Paragraph& paragraph : paragraphs) {
    out += paragraph.id + ":" + paragraph.text;
    for (const Piece& piece : paragraph.pieces) {
      out += " " + std::to_string(piece.text.begin) + "," + std::to_string(piece.text.end) + "," +
             std::to_string(piece.raw.begin) + "," + std::to_string(piece.raw.end);
    }
    out += "\n";
  }
  return out;
}

// A text of short lines with random edits of every kind, a mention on every word, and a doubt.
Document random_document(std::mt19937& random) {
  const auto upto = [&random](std::size_t count) { return random() % count; };
  Document out;
  std::vector<Span> words;
  const std::size_t lines = 2 + upto(5);
  for (std::size_t line = 0; line < lines; ++line) {
    const std::size_t begin = out.raw.size();
    for (std::size_t word = 1 + upto(4); word > 0; --word) {
      const std::size_t at = out.raw.size();
      out.raw += upto(2) ? "السلام" : "word" + std::to_string(upto(9));
      words.push_back({at, out.raw.size()});
      if (word > 1) out.raw += " ";
    }
    out.blocks.push_back({.lines = {{begin, out.raw.size()}}});
    out.raw += "\n";
  }
  const auto line_of = [&](std::size_t at) { return out.blocks[at].lines[0]; };
  for (std::size_t count = upto(6); count > 0; --count) {
    Edit edit{.rule = "test", .grade = static_cast<Grade>(upto(3)), .kind = static_cast<EditKind>(upto(5))};
    edit.span = line_of(upto(lines));
    switch (edit.kind) {
      case EditKind::replace:
        edit.span = words[upto(words.size())];
        edit.after = "مصحح";
        break;
      case EditKind::permute: {
        const Span line = edit.span;
        const std::size_t blank = out.raw.find(' ', line.begin);
        if (blank >= line.end) continue;
        edit.pieces = {{{blank + 1, line.end}, ""}, {{}, " "}, {{line.begin, blank}, ""}};
        break;
      }
      case EditKind::drop:
        if (upto(3)) continue;
        break;
      case EditKind::join:
      case EditKind::move:
        edit.target = line_of(upto(lines));
        break;
    }
    out.edits.push_back(edit);
  }
  out.paragraphs = assemble(out.raw, out.blocks, out.edits);
  for (std::uint32_t paragraph = 0; paragraph < out.paragraphs.size(); ++paragraph) {
    for (const Piece& piece : out.paragraphs[paragraph].pieces) {
      if (piece.raw.begin < piece.raw.end)
        out.mentions.push_back({.place = {paragraph, piece.text}, .name = "x"});
    }
  }
  const Span doubtful = words[upto(words.size())];
  out.doubts.push_back({.rule = "test.doubt",
                        .place = Locator(out.paragraphs).find(std::span(&doubtful, 1)),
                        .raw = {doubtful},
                        .readings = {{"first", "", true}, {"ثان", "", false}}});
  return out;
}

TEST(Revise, UndoingEverythingGivesTheTextAsItCame) {
  std::mt19937 random(1);
  for (int turn = 0; turn < 2000; ++turn) {
    const Document document = random_document(random);
    Decisions decisions{.undone = std::vector<bool>(document.edits.size(), true)};
    const Document after = revise(document, decisions);
    EXPECT_EQ(all_of(after.paragraphs), all_of(assemble(document.raw, document.blocks, {})));
    // Nothing is lost: every finding is still there, and reads its raw words where they stand.
    ASSERT_EQ(after.mentions.size(), document.mentions.size());
    for (const Mention& mention : after.mentions) {
      ASSERT_LT(mention.place.paragraph, after.paragraphs.size());
      ASSERT_LE(mention.place.range.end, after.paragraphs[mention.place.paragraph].text.size());
      EXPECT_FALSE(raw_spans(after.paragraphs[mention.place.paragraph], mention.place.range).empty())
          << "the whole raw text is shown";
    }
  }
}

TEST(Revise, UndoingAndRedoingChangesNothing) {
  std::mt19937 random(2);
  for (int turn = 0; turn < 500; ++turn) {
    const Document document = random_document(random);
    Decisions decisions{.undone = std::vector<bool>(document.edits.size(), false), .chosen = {std::nullopt}};
    EXPECT_TRUE(decisions.changes_nothing());
    const Document after = revise(document, decisions);
    EXPECT_EQ(all_of(after.paragraphs), all_of(document.paragraphs));
    ASSERT_EQ(after.mentions.size(), document.mentions.size());
    for (std::size_t at = 0; at < after.mentions.size(); ++at) {
      EXPECT_EQ(after.mentions[at].place.range, document.mentions[at].place.range);
    }
  }
}

TEST(Revise, SomeUndoneIsAssembledWithoutThem) {
  std::mt19937 random(3);
  for (int turn = 0; turn < 2000; ++turn) {
    const Document document = random_document(random);
    Decisions decisions;
    std::vector<Edit> left;
    for (const Edit& edit : document.edits) {
      decisions.undone.push_back(random() % 2 == 0);
      if (!decisions.undone.back()) left.push_back(edit);
    }
    const Document after = revise(document, decisions);
    EXPECT_EQ(all_of(after.paragraphs), all_of(assemble(document.raw, document.blocks, left)));
    // A finding in a place that is still shown is found at that very place.
    if (decisions.changes_nothing()) continue;
    const Locator locator(after.paragraphs);
    for (const Mention& mention : document.mentions) {
      const auto raw = raw_spans(document.paragraphs[mention.place.paragraph], mention.place.range);
      const Place place = locator.carried(document.paragraphs[mention.place.paragraph], mention.place.range);
      ASSERT_LT(place.paragraph, after.paragraphs.size());
      const auto now = raw_spans(after.paragraphs[place.paragraph], place.range);
      if (now.empty()) continue;  // it was dropped: an empty range beside it
      EXPECT_TRUE(std::any_of(now.begin(), now.end(), [&](const Span& span) {
        return std::any_of(raw.begin(), raw.end(), [&](const Span& was) { return was.overlaps(span); });
      }));
    }
  }
}

TEST(Revise, AChosenReadingStandsAtTheDoubtsPlace) {
  std::mt19937 random(4);
  for (int turn = 0; turn < 1000; ++turn) {
    const Document document = random_document(random);
    const Document taken = revise(document, {.chosen = {0}});
    EXPECT_EQ(all_of(taken.paragraphs), all_of(document.paragraphs)) << "the text follows it already";
    const Document other = revise(document, {.chosen = {1}});
    const Document without =
        revise(document, {.undone = std::vector<bool>(document.edits.size(), true), .chosen = {1}});
    std::string text;
    for (const Paragraph& paragraph : without.paragraphs) text += paragraph.text + "\n";
    EXPECT_NE(text.find("ثان"), std::string::npos);
    const Doubt& doubt = without.doubts[0];
    EXPECT_EQ(slice(without.paragraphs[doubt.place.paragraph].text, doubt.place.range), "ثان");
    EXPECT_EQ(other.doubts[0].raw, document.doubts[0].raw);
  }
}

TEST(Revise, AReadingOfADateChangesWhatItMeansAndNotTheWords) {
  Document document{.raw = "في 03/04/2015"};
  document.blocks = {{.lines = {{0, document.raw.size()}}}};
  document.paragraphs = assemble(document.raw, document.blocks, {});
  const TextRange range{5, 15};
  document.mentions = {
      {.type = MentionType::date, .place = {0, range}, .name = "2015-04-03", .value = "2015-04-03"}};
  document.doubts = {{.rule = "date.day-or-month",
                      .place = {0, range},
                      .raw = {{5, 15}},
                      .readings = {{"2015-04-03", "", true}, {"2015-03-04", "", false}}}};
  Statement statement{.evidence = {0, {0, 15}}, .time = "2015-04-03"};
  const Decisions decisions{.chosen = {1}};
  const Document after = revise(document, decisions);
  EXPECT_EQ(after.paragraphs[0].text, document.raw);
  EXPECT_EQ(after.mentions[0].value, "2015-03-04");
  EXPECT_EQ(after.mentions[0].name, "2015-03-04");
  revise_statement(document, decisions, statement);
  EXPECT_EQ(statement.time, "2015-03-04");
  Statement beside{.evidence = {0, {0, 3}}, .time = "2015-04-03"};
  revise_statement(document, decisions, beside);
  EXPECT_EQ(beside.time, "2015-03-04") << "its time comes from that date too";
  Statement elsewhere{.evidence = {1, {0, 3}}, .time = "2015-04-03"};
  revise_statement(document, decisions, elsewhere);
  EXPECT_EQ(elsewhere.time, "2015-04-03");
}

TEST(Revise, AReadingThatGoesOnJoinsTheTexts) {
  Document document{.raw = "the half\nother\nof it"};
  document.blocks = {{.lines = {{0, 8}}}, {.lines = {{9, 14}}}, {.lines = {{15, 20}}}};
  document.paragraphs = assemble(document.raw, document.blocks, {});
  document.doubts = {{.rule = "paragraphs.open-end",
                      .place = {0, {0, 8}},
                      .raw = {{0, 8}, {15, 20}},
                      .readings = {{"half …", "", true}, {"half of it", "", false}}}};
  const Document after = revise(document, {.chosen = {1}});
  ASSERT_EQ(after.paragraphs.size(), 2u);
  EXPECT_EQ(after.paragraphs[0].text, "the half of it");
}

}  // namespace
}  // namespace mithaq::document
