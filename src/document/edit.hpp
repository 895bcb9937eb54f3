// What the reader changed in a text, so that anybody can see it and undo it.
//
// The raw bytes are kept; the repaired text is `raw + edits` (assemble.hpp). An edit never touches the raw
// text and never hides another: taking one away and assembling again undoes it.
#pragma once

#include <string>
#include <vector>

#include "document/span.hpp"

namespace mithaq::document {

// How sure a repair is. Safe and uncertain ones are applied (uncertain ones are shown as such); a flag is
// only shown: the text stays as it came.
enum class Grade { safe, uncertain, flag };

enum class EditKind {
  replace,  // `span`, inside one line, reads `after`
  permute,  // `span`, one line, reads `pieces` in this order
  drop,     // the lines of the block at `span` are not part of the text (running header, repetition)
  join,     // the block at `span` continues the block at `target`
  move,     // the block at `span` stands right after the block at `target` (before all if target is empty)
};

// One piece of a permuted line: a place in the raw text or, where `raw` is empty, words put between.
struct PermutedPiece {
  Span raw{};
  std::string literal{};
};

struct Edit {
  std::string rule{};  // e.g. "visual-order.words"; docs/repair-rules.md lists them all
  Grade grade = Grade::safe;
  EditKind kind = EditKind::replace;
  Span span{};           // in the raw text
  std::string before{};  // the raw words, for the reader of a list of edits
  std::string after{};   // the repaired words
  std::string reason{};  // a sentence for a person
  Span target{};
  std::vector<PermutedPiece> pieces{};
};

std::string_view name_of(Grade grade);
std::string_view name_of(EditKind kind);

}  // namespace mithaq::document
