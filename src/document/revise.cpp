#include "document/revise.hpp"

#include <algorithm>
#include <map>

#include "document/assemble.hpp"

namespace mithaq::document {

namespace {

constexpr std::string_view kRule = "revision.reading";

bool same(const Paragraph& left, const Paragraph& right) {
  return left.text == right.text && std::equal(left.pieces.begin(), left.pieces.end(), right.pieces.begin(),
                                               right.pieces.end(), [](const Piece& a, const Piece& b) {
                                                 return a.text == b.text && a.raw == b.raw &&
                                                        a.verbatim == b.verbatim;
                                               });
}

const Doubt::Reading* taken_reading(const Doubt& doubt) {
  const auto found = std::find_if(doubt.readings.begin(), doubt.readings.end(),
                                  [](const Doubt::Reading& each) { return each.taken; });
  return found == doubt.readings.end() ? nullptr : &*found;
}

// The reading that people chose of a doubt, if it is not the one that the text follows anyway.
const Doubt::Reading* other_reading(const Document& section, const Decisions& decisions, std::size_t at) {
  const auto chosen = decisions.chosen_of(at);
  if (!chosen || *chosen >= section.doubts[at].readings.size()) return nullptr;
  const Doubt::Reading& reading = section.doubts[at].readings[*chosen];
  return reading.taken ? nullptr : &reading;
}

bool is_in_one_line(const Document& section, Span span) {
  return std::any_of(section.blocks.begin(), section.blocks.end(), [span](const Block& block) {
    return std::any_of(block.lines.begin(), block.lines.end(),
                       [span](const Span& line) { return line.contains(span); });
  });
}

// Calls `change` with the value taken and the value chosen for each doubt about meaning in a paragraph.
//   range  only for doubts that overlap it
template <typename Change>
void at_each_meaning(const Document& section, const Decisions& decisions, std::uint32_t paragraph,
                     std::optional<TextRange> range, const Change& change) {
  for (std::size_t at = 0; at < section.doubts.size(); ++at) {
    const Doubt& doubt = section.doubts[at];
    if (!is_about_meaning(doubt) || doubt.place.paragraph != paragraph ||
        (range && !doubt.place.range.overlaps(*range))) {
      continue;
    }
    const Doubt::Reading* taken = taken_reading(doubt);
    const Doubt::Reading* chosen = other_reading(section, decisions, at);
    if (taken != nullptr && chosen != nullptr) change(taken->text, chosen->text);
  }
}

}  // namespace

bool Decisions::changes_nothing() const {
  return std::none_of(undone.begin(), undone.end(), [](bool each) { return each; }) &&
         std::none_of(chosen.begin(), chosen.end(), [](const auto& each) { return each.has_value(); });
}

bool is_about_meaning(const Doubt& doubt) {
  return doubt.rule.starts_with("date.");
}

Locator::Locator(std::span<const Paragraph> paragraphs) : paragraphs_(paragraphs) {
  for (std::uint32_t paragraph = 0; paragraph < paragraphs.size(); ++paragraph) {
    const auto& pieces = paragraphs[paragraph].pieces;
    for (std::uint32_t piece = 0; piece < pieces.size(); ++piece) {
      if (pieces[piece].raw.begin < pieces[piece].raw.end) {
        places_.push_back({pieces[piece].raw, paragraph, piece});
      }
    }
  }
  std::sort(places_.begin(), places_.end(), [](const Where& a, const Where& b) {
    return a.raw.begin != b.raw.begin ? a.raw.begin < b.raw.begin : a.raw.end < b.raw.end;
  });
}

Place Locator::find(std::span<const Span> raw) const {
  struct Found {
    std::size_t bytes = 0;
    TextRange range{};
  };
  std::map<std::uint32_t, Found> by_paragraph;
  for (const Span& span : raw) {
    auto at = std::lower_bound(places_.begin(), places_.end(), span.begin,
                               [](const Where& each, std::size_t begin) { return each.raw.end <= begin; });
    for (; at != places_.end() && at->raw.begin < span.end; ++at) {
      const Piece& piece = paragraphs_[at->paragraph].pieces[at->piece];
      const std::size_t begin = std::max(span.begin, piece.raw.begin);
      const std::size_t end = std::min(span.end, piece.raw.end);
      if (begin >= end) continue;
      const TextRange range =
          piece.verbatim ? TextRange{piece.text.begin + static_cast<std::uint32_t>(begin - piece.raw.begin),
                                     piece.text.begin + static_cast<std::uint32_t>(end - piece.raw.begin)}
                         : piece.text;
      Found& found = by_paragraph[at->paragraph];
      found.range = found.bytes == 0 ? range
                                     : TextRange{std::min(found.range.begin, range.begin),
                                                 std::max(found.range.end, range.end)};
      found.bytes += end - begin;
    }
  }
  const auto best =
      std::max_element(by_paragraph.begin(), by_paragraph.end(),
                       [](const auto& a, const auto& b) { return a.second.bytes < b.second.bytes; });
  if (best != by_paragraph.end()) return {best->first, best->second.range};
  if (raw.empty() || places_.empty()) return {};
  // It stands nowhere: beside what stands nearest to it in the raw text.
  const auto after =
      std::lower_bound(places_.begin(), places_.end(), raw.front().begin,
                       [](const Where& each, std::size_t begin) { return each.raw.begin < begin; });
  const bool before = after != places_.begin() &&
                      (after == places_.end() ||
                       raw.front().begin - std::prev(after)->raw.end <= after->raw.begin - raw.front().begin);
  const Where& near = before ? *std::prev(after) : *after;
  const TextRange text = paragraphs_[near.paragraph].pieces[near.piece].text;
  const std::uint32_t at = before ? text.end : text.begin;
  return {near.paragraph, {at, at}};
}

Place Locator::carried(const Paragraph& before, TextRange range) const {
  const std::vector<Span> whole = raw_spans(before, {0, static_cast<std::uint32_t>(before.text.size())});
  if (!whole.empty()) {
    const Place place = find(whole);
    if (place.paragraph < paragraphs_.size() && same(paragraphs_[place.paragraph], before)) {
      return {place.paragraph, range};
    }
  }
  std::vector<Span> raw = raw_spans(before, range);
  if (raw.empty()) raw = whole;  // between two pieces
  return find(raw);
}

std::vector<Edit> edits_after(const Document& as_read, const Decisions& decisions) {
  std::vector<Edit> edits, of_readings;
  for (std::size_t at = 0; at < as_read.doubts.size(); ++at) {
    const Doubt& doubt = as_read.doubts[at];
    const Doubt::Reading* reading = other_reading(as_read, decisions, at);
    if (reading == nullptr || is_about_meaning(doubt) || reading->text.empty() || doubt.raw.empty()) continue;
    Edit edit{.rule = std::string(kRule), .grade = Grade::safe, .reason = reading->reason};
    if (doubt.raw.size() == doubt.readings.size() && doubt.raw.size() > 1) {
      // One place for each reading: the place where the text goes on.
      edit.kind = EditKind::join;
      edit.span = doubt.raw[*decisions.chosen_of(at)];
      edit.target = doubt.raw.front();
    } else if (doubt.raw.size() == 1 && is_in_one_line(as_read, doubt.raw.front())) {
      edit.kind = EditKind::replace;
      edit.span = doubt.raw.front();
      edit.before = slice(as_read.raw, edit.span);
      edit.after = reading->text;
    } else {
      continue;
    }
    of_readings.push_back(std::move(edit));
  }
  for (std::size_t at = 0; at < as_read.edits.size(); ++at) {
    const Edit& edit = as_read.edits[at];
    if (decisions.is_undone(at)) continue;
    const bool replaced = edit.kind == EditKind::replace &&
                          std::any_of(of_readings.begin(), of_readings.end(), [&edit](const Edit& other) {
                            return other.kind == EditKind::replace && other.span.overlaps(edit.span);
                          });
    if (!replaced) edits.push_back(edit);
  }
  edits.insert(edits.end(), of_readings.begin(), of_readings.end());
  return edits;
}

Document revise(Document as_read, const Decisions& decisions) {
  if (decisions.changes_nothing()) return as_read;
  std::vector<Mention> mentions = as_read.mentions;
  for (Mention& mention : mentions) {
    if (mention.type != MentionType::date) continue;
    at_each_meaning(as_read, decisions, mention.place.paragraph, mention.place.range,
                    [&mention](const std::string& taken, const std::string& chosen) {
                      if (mention.value != taken) return;
                      if (mention.name == taken) mention.name = chosen;
                      mention.value = chosen;
                    });
  }
  std::vector<Paragraph> paragraphs = assemble(as_read.raw, as_read.blocks, edits_after(as_read, decisions));
  if (as_read.section > 0) {  // as the reader names those of a later section
    const std::string prefix = "s" + std::to_string(as_read.section) + "-";
    for (Paragraph& paragraph : paragraphs) paragraph.id.insert(0, prefix);
  }
  const Locator locator(paragraphs);
  for (Mention& mention : mentions) {
    mention.place = locator.carried(as_read.paragraphs[mention.place.paragraph], mention.place.range);
  }
  std::stable_sort(mentions.begin(), mentions.end(), [](const Mention& a, const Mention& b) {
    return a.place.paragraph != b.place.paragraph ? a.place.paragraph < b.place.paragraph
                                                  : a.place.range.begin < b.place.range.begin;
  });
  for (Doubt& doubt : as_read.doubts) {
    if (!doubt.raw.empty()) {
      doubt.place = locator.find(std::span(&doubt.raw.front(), 1));
    } else if (doubt.place.paragraph < as_read.paragraphs.size()) {
      doubt.place = locator.carried(as_read.paragraphs[doubt.place.paragraph], doubt.place.range);
    }
  }
  as_read.mentions = std::move(mentions);
  as_read.paragraphs = std::move(paragraphs);
  return as_read;
}

void revise_statement(const Document& as_read, const Decisions& decisions, Statement& statement) {
  // A statement has its time from a date in its paragraph, which need not stand among the words of its
  // evidence.
  at_each_meaning(as_read, decisions, statement.evidence.paragraph, std::nullopt,
                  [&statement](const std::string& taken, const std::string& chosen) {
                    if (statement.time == taken) statement.time = chosen;
                  });
}

}  // namespace mithaq::document
