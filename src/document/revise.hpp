// A text as people have put it right: edits of the reader undone, doubts settled.
//
// The raw text stays, so a finding keeps its place there; where it stands in the repaired text follows anew.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "document/document.hpp"

namespace mithaq::document {

// What people decided of one section. Shorter lists mean: nothing was decided of the rest.
struct Decisions {
  std::vector<bool> undone{};                        // by the edit's place in Document::edits
  std::vector<std::optional<std::size_t>> chosen{};  // reading, by the doubt's place in Document::doubts
  bool changes_nothing() const;
  bool is_undone(std::size_t edit) const { return edit < undone.size() && undone[edit]; }
  std::optional<std::size_t> chosen_of(std::size_t doubt) const {
    return doubt < chosen.size() ? chosen[doubt] : std::nullopt;
  }
};

// Finds places of the raw text in the repaired one. The paragraphs must outlive it.
class Locator {
 public:
  explicit Locator(std::span<const Paragraph> paragraphs);
  // The paragraph that holds most of these places, and the range that they have there. Of places that stand
  // in no paragraph: an empty range where the nearest one stands. Of no places: the begin of the text.
  Place find(std::span<const Span> raw) const;
  // Where a finding stands that stood at `place` of `before`; as it stood if its paragraph is still the same.
  Place carried(const Paragraph& before, TextRange range) const;

 private:
  struct Where {
    Span raw;
    std::uint32_t paragraph;
    std::uint32_t piece;
  };
  std::span<const Paragraph> paragraphs_;
  std::vector<Where> places_{};  // by where they begin
};

// True for a doubt about what words mean, e.g. which day 03/04/2015 is: its readings are values of a mention,
// and the words stay. The readings of all others are words.
bool is_about_meaning(const Doubt& doubt);

// The edits that are made after these decisions, those of chosen readings among them.
//   a reading that goes on with another text  joins the two
//   a reading with other words                replaces what stands there, and whatever edit had replaced it
//   a reading without words, or the one taken changes nothing
std::vector<Edit> edits_after(const Document& as_read, const Decisions& decisions);

// The section with its paragraphs, mentions and doubts as they are after these decisions. Its edits stay
// those of the reader, in their order, so that each keeps its place; its statements too (see carry).
//   same as as_read  if the decisions change nothing
Document revise(Document as_read, const Decisions& decisions);

// What the decisions say of a statement of the section: a time that was read otherwise. Its evidence must
// still be that of the section as it was read.
void revise_statement(const Document& as_read, const Decisions& decisions, Statement& statement);

}  // namespace mithaq::document
