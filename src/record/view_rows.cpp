#include "record/view_rows.hpp"

#include <algorithm>
#include <charconv>
#include <forward_list>
#include <nlohmann/json.hpp>
#include <set>

#include "base/edtf.hpp"
#include "base/error.hpp"
#include "base/fold.hpp"
#include "record/canonical_json.hpp"
#include "record/json_arrays.hpp"

namespace mithaq::record {

namespace {

template <typename Range, typename Write>
std::string array_to_json(const Range& values, const Write& write) {
  std::string out;
  append_array(out, values, write);
  return out;
}

std::string pieces_to_json(const std::vector<document::Piece>& pieces) {
  return array_to_json(pieces, append_text_piece);
}

std::string readings_to_json(const std::vector<document::Doubt::Reading>& readings) {
  return array_to_json(readings, [](std::string& out, const document::Doubt::Reading& reading) {
    ObjectWriter object(out);
    object.put_text("reason", reading.reason);
    object.put_true("taken", reading.taken);
    object.put("text", reading.text);
    object.close();
  });
}

std::string permuted_to_json(const std::vector<document::PermutedPiece>& pieces) {
  return array_to_json(pieces, [](std::string& out, const document::PermutedPiece& piece) {
    ObjectWriter object(out);
    object.put_text("literal", piece.literal);
    object.name("raw");
    out += '[';
    append_span(out, piece.raw);
    out += ']';
    object.close();
  });
}

Cell day_from(const std::optional<DayBounds>& days) {
  return days ? Cell(days->from) : Cell(nullptr);
}
Cell day_to(const std::optional<DayBounds>& days) {
  return days ? Cell(days->to) : Cell(nullptr);
}

template <typename... Cells>
void give(RowTaker& to, TableId table, const Cells&... cells) {
  Cell row[] = {Cell(cells)...};
  // No text of PostgreSQL holds U+0000; the sign for what cannot be shown takes as many bytes.
  std::forward_list<std::string> changed;
  for (Cell& each : row) {
    if (each.type != Cell::Type::text || each.text.find('\0') == std::string_view::npos) continue;
    std::string& text = changed.emplace_front(each.text);
    std::replace(text.begin(), text.end(), '\0', '\x1A');
    each.text = text;
  }
  to.take(table, row);
}

}  // namespace

std::string entity_key(const std::string& entity, const std::string& name) {
  return entity.empty() ? "name:" + fold(name) : entity;
}

std::optional<DayBounds> day_bounds(const std::string& edtf) {
  if (edtf.empty()) return std::nullopt;
  const auto value = Edtf::parse(edtf);
  if (!value) return std::nullopt;
  const DayRange days = value->days();
  return DayBounds{days.earliest, days.latest};
}

std::string spans_to_json(const std::vector<document::Span>& spans) {
  return array_to_json(spans, append_span);
}

std::vector<document::Span> spans_from_json(std::string_view json) {
  std::vector<document::Span> spans;
  for (const auto& each : nlohmann::json::parse(json)) {
    spans.push_back({each.at(0).get<std::size_t>(), each.at(1).get<std::size_t>()});
  }
  return spans;
}

std::vector<TimedReview> standing(std::vector<TimedReview> reviews) {
  std::set<Seq> withdrawn;
  for (const TimedReview& each : reviews) {
    if (each.body.withdraws) withdrawn.insert(*each.body.withdraws);
  }
  std::erase_if(reviews, [&withdrawn](const TimedReview& each) {
    return each.body.action == ReviewAction::withdraw || withdrawn.contains(each.seq);
  });
  return reviews;
}

void require_own_last_review(const ReviewBody& review, std::vector<TimedReview> reviews) {
  if (review.action != ReviewAction::withdraw) {
    if (review.withdraws) throw Error(ErrorKind::invalid_input, "only a withdrawal takes a review back");
    return;
  }
  std::optional<Seq> last;
  for (const TimedReview& each : standing(std::move(reviews))) {
    if (each.body.by == review.by) last = each.seq;
  }
  if (!last) throw Error(ErrorKind::invalid_input, "there is no review of yours to take back");
  if (review.withdraws != last) {
    throw Error(ErrorKind::invalid_input, "the review to take back is not your last one of this statement");
  }
}

void apply_review(const ReviewBody& review, std::string_view time, document::Statement& statement,
                  ReviewMark& mark) {
  mark.state = review.action == ReviewAction::confirm   ? ReviewState::confirmed
               : review.action == ReviewAction::correct ? ReviewState::corrected
                                                        : ReviewState::rejected;
  mark.by = review.by;
  mark.time = time;
  if (review.action != ReviewAction::correct) return;
  const Correction& correction = review.correction;
  const auto replace = [](auto& field, const auto& value) {
    if (value) field = *value;
  };
  replace(statement.type, correction.type);
  replace(statement.topic, correction.topic);
  replace(statement.time, correction.time);
  replace(statement.modality, correction.modality);
  replace(statement.negated, correction.negated);
  replace(statement.status, correction.status);
  replace(statement.instrument, correction.instrument);
  replace(statement.value, correction.value);
  replace(statement.unit, correction.unit);
  replace(statement.parties, correction.parties);
  replace(statement.themes, correction.themes);
  if (correction.places || correction.place_names) {
    statement.places = correction.places.value_or(std::vector<std::string>{});
    statement.place_names = correction.place_names.value_or(std::vector<std::string>{});
  }
}

void give_rows(Seq seq, std::string_view time, const DocumentBody& body, const document::Handling& handling,
               RowTaker& to) {
  const auto days = day_bounds(body.metadata.date);
  give(to, TableId::documents, seq, body.id, body.name, body.format, body.encoding, body.metadata.title,
       body.metadata.language, body.metadata.symbol, body.metadata.date, day_from(days), day_to(days),
       body.metadata.issuer, to_canonical_json(handling), body.brought_by, time);
}

void give_rows(Seq seq, Seq document, std::string_view time, const HandlingBody& body, RowTaker& to) {
  give(to, TableId::handlings, seq, document, to_canonical_json(body.handling), body.by, body.on_behalf_of,
       body.reason, time);
}

void give_rows(Seq seq, Seq document, const SectionBody& body, const SectionDecisions& decisions,
               RowTaker& to) {
  const document::Document& content = body.content;
  if (content.paragraphs.size() >= std::size_t{1} << kParagraphBits) {
    throw Error(ErrorKind::invalid_input,
                "a section with too many paragraphs: read the document in smaller sections");
  }
  const auto row_of = [&](const document::Place& place) {
    if (place.paragraph >= content.paragraphs.size() ||
        place.range.end > content.paragraphs[place.paragraph].text.size() ||
        place.range.begin > place.range.end) {
      throw Error(ErrorKind::invalid_input, "a finding stands outside the text of " + content.id);
    }
    return paragraph_row_id(seq, place.paragraph);
  };
  give(to, TableId::sections, seq, document, content.section, body.last, content.raw_offset_bytes,
       content.raw.size(), content.paragraphs.size());
  for (std::size_t at = 0; at < content.paragraphs.size(); ++at) {
    const document::Paragraph& paragraph = content.paragraphs[at];
    give(to, TableId::paragraphs, paragraph_row_id(seq, at), document, content.section, at, paragraph.id,
         paragraph.number, name_of(paragraph.kind), paragraph.text, pieces_to_json(paragraph.pieces));
  }
  std::size_t ordinal = 0;
  for (const document::Mention& mention : content.mentions) {
    const ParagraphRowId row = row_of(mention.place);
    const std::size_t parts = std::max<std::size_t>(1, mention.entities.size());
    for (std::size_t part = 0; part < parts; ++part) {
      const std::string entity = mention.entities.empty() ? std::string() : mention.entities[part];
      const std::string key = entity_key(entity, mention.name);
      give(to, TableId::mentions, row, ordinal, part, name_of(mention.type), name_of(mention.ref),
           mention.nested, entity, key, mention.name, mention.place.range.begin, mention.place.range.end,
           mention.value, mention.unit, mention.title);
    }
    ++ordinal;
  }
  ordinal = 0;
  for (const document::Doubt& doubt : content.doubts) {
    const auto chosen = decisions.chosen_of(ordinal);
    const SectionDecisions::Mark& mark = decisions.doubt_mark(ordinal);
    // A doubt about a text without paragraphs stands at the section's begin.
    const bool nowhere = content.paragraphs.empty();
    give(to, TableId::doubts, seq, ordinal++, doubt.rule,
         nowhere ? paragraph_row_id(seq, 0) : row_of(doubt.place), doubt.place.range.begin,
         doubt.place.range.end, spans_to_json(doubt.raw), readings_to_json(doubt.readings),
         chosen ? Cell(*chosen) : Cell(nullptr), mark.by, mark.time);
  }
  ordinal = 0;
  for (const document::Edit& edit : content.edits) {
    const bool undone = decisions.is_undone(ordinal);
    const SectionDecisions::Mark& mark = decisions.edit_mark(ordinal);
    give(to, TableId::edits, seq, ordinal++, edit.rule, name_of(edit.grade), name_of(edit.kind),
         edit.span.begin, edit.span.end, edit.before, edit.after, edit.reason, edit.target.begin,
         edit.target.end, permuted_to_json(edit.pieces), undone, mark.by, mark.time);
  }
}

void give_rows(Seq seq, Seq document, Seq section, const StatementBody& body, const ReviewMark& mark,
               RowTaker& to) {
  const document::Statement& statement = body.statement;
  const auto days = day_bounds(statement.time);
  give(to, TableId::statements, seq, document, body.section,
       paragraph_row_id(section, statement.evidence.paragraph), body.paragraph,
       statement.evidence.range.begin, statement.evidence.range.end, spans_to_json(body.raw),
       name_of(statement.type), statement.topic, statement.time, day_from(days), day_to(days),
       name_of(statement.modality), statement.negated, name_of(statement.status), statement.instrument,
       statement.value, statement.unit, statement.rule, name_of(statement.confidence), name_of(mark.state),
       mark.by, mark.time);
  std::size_t ordinal = 0;
  for (const document::Party& party : statement.parties) {
    give(to, TableId::statement_parties, seq, ordinal++, name_of(party.role), name_of(party.found_by),
         party.entity, entity_key(party.entity, party.name), party.name);
  }
  ordinal = 0;
  for (const std::string& theme : statement.themes) {
    give(to, TableId::statement_themes, seq, ordinal++, theme);
  }
  const std::size_t places = std::max(statement.places.size(), statement.place_names.size());
  for (std::size_t at = 0; at < places; ++at) {
    const std::string entity = at < statement.places.size() ? statement.places[at] : std::string();
    const std::string name = at < statement.place_names.size() ? statement.place_names[at] : std::string();
    give(to, TableId::statement_places, seq, at, entity, entity_key(entity, name), name);
  }
}

void give_rows(Seq seq, std::string_view time, const ReviewBody& body, RowTaker& to) {
  give(to, TableId::reviews, seq, body.statement, name_of(body.action), body.by, body.on_behalf_of, body.note,
       body.withdraws ? Cell(*body.withdraws) : Cell(nullptr), time);
}

void give_rows(Seq seq, Seq section, std::string_view time, const RevisionBody& body, RowTaker& to) {
  give(to, TableId::revisions, seq, section, name_of(body.action), body.target,
       body.reading ? Cell(*body.reading) : Cell(nullptr), body.by, body.on_behalf_of, body.note, time);
}

void give_rows(Seq seq, std::string_view time, const MergeBody& body, RowTaker& to) {
  give(to, TableId::merges, seq, body.entity, body.into, body.by, body.reason, time);
}

void give_rows(Seq seq, std::string_view time, const UnmergeBody& body, RowTaker& to) {
  give(to, TableId::merges, seq, body.entity, "", body.by, body.reason, time);
}

void give_rows(Seq seq, std::string_view time, const ErasureBody& body, RowTaker& to) {
  const std::string entries =
      array_to_json(body.entries, [](std::string& out, Seq each) { append_number(out, each); });
  give(to, TableId::erasures, seq, entries, body.by, body.reason, time);
}

void give_rows(Seq seq, std::string_view time, const ActBody& body, RowTaker& to) {
  give(to, TableId::acts, seq, body.type, time);
}

}  // namespace mithaq::record
