// How well repair does on the founding documents, against what a person wrote down. The figures are those of
// docs/repair-rules.md and the README.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "base/utf8.hpp"
#include "reader/repair/repair.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

using document::Document;
using document::Edit;
using document::EditKind;
using nlohmann::json;

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Document repaired(const std::string& name) {
  static const Lexicon lexicon = Lexicon::load(test::data());
  Document document;
  document.raw = valid_utf8(read_file(test::shared() / "documents/founding" / name));
  repair(document, lexicon);
  return document;
}

std::size_t line_of(const Document& document, std::size_t byte) {
  return 1 + static_cast<std::size_t>(std::count(
                 document.raw.begin(), document.raw.begin() + static_cast<std::ptrdiff_t>(byte), '\n'));
}

std::string without_blanks(const std::string& text) {
  std::istringstream stream(text);
  std::string out;
  for (std::string word; stream >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::vector<json> gold_of(const std::string& name) {
  std::ifstream file(test::shared() / "data/reader" / name);
  std::vector<json> rows;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) rows.push_back(json::parse(line));
  }
  return rows;
}

// The physical lines that a paragraph is made of, in its order.
std::vector<std::size_t> lines_of(const Document& document, const document::Paragraph& paragraph) {
  std::vector<std::size_t> lines;
  for (const document::Piece& piece : paragraph.pieces) {
    if (!(piece.raw.begin < piece.raw.end)) continue;
    const std::size_t line = line_of(document, piece.raw.begin);
    if (lines.empty() || lines.back() != line) lines.push_back(line);
  }
  return lines;
}

TEST(RepairGold, LinesInVisualOrder) {
  MITHAQ_NEEDS_SHARED();
  const Document document = repaired("osce_partners.txt");
  std::map<std::size_t, std::string> changed;
  for (const Edit& edit : document.edits) {
    if (edit.kind == EditKind::permute) changed[line_of(document, edit.span.begin)] = edit.after;
  }
  std::map<std::string, std::pair<std::size_t, std::size_t>> right;  // damage -> right, all
  for (const json& row : gold_of("osce_partners.visual_order.gold.jsonl")) {
    const auto found = changed.find(row["line"].get<std::size_t>());
    const std::string text = found == changed.end() ? row["text"].get<std::string>() : found->second;
    auto& [hits, all] = right[row["damage"].get<std::string>()];
    ++all;
    hits += without_blanks(text) == without_blanks(row["repaired"].get<std::string>());
  }
  for (const auto& [damage, counts] : right)
    std::printf("%s: %zu of %zu lines right\n", damage.c_str(), counts.first, counts.second);
  EXPECT_EQ(right["word-reversed"].first, 12u);
  EXPECT_GE(right["displaced-latin-or-punctuation"].first, 14u);
  EXPECT_EQ(right["none"].first, right["none"].second);
}

TEST(RepairGold, ParagraphsTornByColumns) {
  MITHAQ_NEEDS_SHARED();
  const Document document = repaired("un_osce_2000.txt");
  std::multimap<std::string, std::vector<std::size_t>> found;
  std::vector<int> order;
  for (const document::Paragraph& paragraph : document.paragraphs) {
    if (paragraph.number.empty() || paragraph.kind != document::ParagraphKind::body) continue;
    found.emplace(paragraph.number, lines_of(document, paragraph));
    order.push_back(std::stoi(paragraph.number));
  }
  const json gold = json::parse(read_file(test::shared() / "data/reader/un_osce_2000.order.json"));
  std::size_t right = 0;
  for (const json& row : gold["order"]) {
    if (row["kind"] != "body") continue;
    const std::string number = row["para"];
    right += found.count(number) == 1 &&
             found.find(number)->second == row["lines"].get<std::vector<std::size_t>>();
  }
  std::printf("%zu of 40 paragraphs have exactly the right lines\n", right);
  EXPECT_GE(right, 38u);
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
}

TEST(RepairGold, ParagraphsTornByPages) {
  MITHAQ_NEEDS_SHARED();
  const Document document = repaired("oic_mediation_2018.txt");
  std::set<std::vector<std::size_t>> found;
  for (const document::Paragraph& paragraph : document.paragraphs)
    found.insert(lines_of(document, paragraph));
  std::size_t right = 0, all = 0;
  for (const json& row : gold_of("oic_mediation_2018.gold.jsonl")) {
    ++all;
    right += found.contains(row["lines"].get<std::vector<std::size_t>>());
  }
  std::printf("%zu of %zu paragraphs of the report have exactly the right lines\n", right, all);
  EXPECT_EQ(right, all);
}

// A repair is found if the changed line holds the right words where it held the wrong ones; a change is wrong
// if no row of the gold wants it. Changes of the same words elsewhere in the text count as found with the
// row.
TEST(RepairGold, Characters) {
  MITHAQ_NEEDS_SHARED();
  const std::vector<json> gold = gold_of("repairs.gold.jsonl");
  std::size_t found = 0, wrong = 0;
  for (const std::string name : {"un_osce_2000.txt", "oic_mediation_2018.txt", "osce_partners.txt"}) {
    const Document document = repaired(name);
    std::map<std::size_t, std::vector<const Edit*>> by_line;
    for (const Edit& edit : document.edits) {
      if (edit.kind == EditKind::replace) by_line[line_of(document, edit.span.begin)].push_back(&edit);
    }
    std::istringstream stream(document.raw);
    std::vector<std::string> lines(1);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    std::set<std::pair<std::string, std::string>> wanted;
    for (const json& row : gold) {
      if (row["doc"] != name) continue;
      const std::size_t number = row["line"].get<std::size_t>();
      const std::string before = row["wrong"], after = row["right"];
      std::size_t start = 0;
      for (std::size_t each = 1; each < number; ++each) start += lines[each].size() + 1;
      bool hit = false;
      std::vector<const Edit*> touched;
      for (std::size_t at = lines[number].find(before); at != std::string::npos && !hit;
           at = lines[number].find(before, at + 1)) {
        // The line from a little before the wrong words to a little behind them, with the edits applied.
        const document::Span span{start + at, start + at + before.size()};
        std::string text;
        std::size_t place = span.begin;
        for (const Edit* edit : by_line[number]) {
          if (!edit->span.overlaps(span)) continue;
          text += document.raw.substr(place, edit->span.begin > place ? edit->span.begin - place : 0) +
                  edit->after;
          place = std::max(place, edit->span.end);
          touched.push_back(edit);
        }
        text += place < span.end ? document.raw.substr(place, span.end - place) : "";
        hit = place > span.begin && without_blanks(text).find(after) != std::string::npos;
      }
      found += hit;
      for (const Edit* edit : touched) {
        if (hit) wanted.emplace(edit->before, edit->after);
      }
      if (!hit)
        std::printf("  missed %s:%zu %s -> %s\n", name.c_str(), number, before.c_str(), after.c_str());
    }
    for (const auto& [number, edits] : by_line) {
      for (const Edit* edit : edits) {
        if (wanted.contains({edit->before, edit->after})) continue;
        ++wrong;
        std::printf("  wrong %s:%zu %s -> %s (%s)\n", name.c_str(), number, edit->before.c_str(),
                    edit->after.c_str(), edit->rule.c_str());
      }
    }
  }
  std::printf("%zu of %zu character repairs found, %zu wrong changes\n", found, gold.size(), wrong);
  EXPECT_GE(found * 100, gold.size() * 60);
  EXPECT_LE(wrong, 2u);
}

}  // namespace
}  // namespace mithaq::reader
