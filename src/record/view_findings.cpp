// The view: mentions, doubts, edits, and how often statements name an entity.
#include "record/view_state.hpp"

#include <nlohmann/json.hpp>
#include <tuple>
#include <unordered_map>

namespace mithaq::record {

std::vector<std::string> View::State::keys_of(const std::vector<std::string>& ids_or_names) {
  const Merges& known = current_merges();
  std::set<std::string> keys;
  const auto add_id = [&](const std::string& id) {
    for (std::string& same : known.same_as(id)) keys.insert(std::move(same));
  };
  for (const std::string& each : ids_or_names) {
    add_id(each);
    keys.insert(entity_key({}, each));
    // Names are looked up only if it is no id: they have no index.
    if (tables.integer("select 1 from @statement_parties y where key=?1 limit 1", 0, each) != 0 ||
        tables.integer("select 1 from @mentions m where key=?1 limit 1", 0, each) != 0) {
      continue;
    }
    SightedQuery named = tables.query(
        "select distinct entity from @statement_parties y where "
        "name=?1 and entity<>''",
        each);
    while (named.step()) add_id(std::string(named.text(0)));
  }
  return {keys.begin(), keys.end()};
}

namespace {

constexpr std::string_view kMentionColumns =
    "m.paragraph, m.ordinal, m.type, m.ref, m.nested, m.entity, m.name, "
    "m.range_begin, m.range_end, m.value, "
    "m.unit, "
    "m.title";

}  // namespace

std::vector<MentionRow> View::mentions(const MentionQuery& query) const {
  Conditions where;
  where.add("m.part=0");
  if (!query.types.empty()) where.add(where.in_names("m.type", query.types));
  if (!query.entities.empty()) {
    where.add(
        "(m.paragraph, m.ordinal) in (select k.paragraph, k.ordinal from "
        "mentions k where " +
        where.in("k.key", state_->keys_of(query.entities)) + ")");
  }
  if (!query.documents.empty()) {
    where.add(
        "m.paragraph in (select p.row from paragraphs p join documents d "
        "on d.seq=p.document where " +
        where.in("d.id", query.documents) + ")");
  }
  const std::string sql = "select " + std::string(kMentionColumns) + " from @mentions m" + where.sql() +
                          " order by m.paragraph, m.ordinal limit " +
                          std::to_string(signed_limit(query.limit)) + " offset " +
                          std::to_string(signed_limit(query.offset));
  const Merges& known = state_->current_merges();
  std::vector<MentionRow> out;
  std::optional<ParagraphRow> paragraph;
  SightedQuery rows = state_->tables.query_with(sql, where.values());
  while (rows.step()) {
    MentionRow mention{
        .type = enum_named(rows.text(2), document::MentionType::amount),
        .ref = enum_named(rows.text(3), document::RefClass::relative),
        .name = std::string(rows.text(6)),
        .value = std::string(rows.text(9)),
        .unit = std::string(rows.text(10)),
        .title = std::string(rows.text(11)),
        .nested = rows.integer(4) != 0,
        .range = {static_cast<std::uint32_t>(rows.integer(7)), static_cast<std::uint32_t>(rows.integer(8))}};
    Query parts = database_.query(
        "select entity from mentions where "
        "paragraph=?1 and ordinal=?2 order by part",
        rows.integer(0), rows.integer(1));
    while (parts.step()) {
      if (!parts.text(0).empty()) mention.entities.push_back(known.resolve(std::string(parts.text(0))));
    }
    if (!paragraph || paragraph->row != rows.integer(0)) paragraph = this->paragraph(rows.integer(0));
    mention.citation = cite(*paragraph, mention.range);
    out.push_back(std::move(mention));
  }
  return out;
}

std::vector<MentionRow> View::mentions_of_paragraph(ParagraphRowId row) const {
  const ParagraphRow paragraph = this->paragraph(row);
  return std::move(mentions_of({&paragraph, 1}).front());
}

std::vector<std::vector<MentionRow>> View::mentions_of(std::span<const ParagraphRow> paragraphs) const {
  const Merges& known = state_->current_merges();
  std::vector<std::vector<MentionRow>> out(paragraphs.size());
  std::unordered_map<ParagraphRowId, std::size_t> places;
  std::vector<std::int64_t> keys;
  for (const ParagraphRow& each : paragraphs) {
    places.emplace(each.row, places.size());
    keys.push_back(each.row);
  }
  query_in_handfuls(database_,
                    "select paragraph, part, type, ref, nested, entity, name, range_begin, range_end, value, "
                    "unit, title from "
                    "mentions where paragraph in (#) order by paragraph, ordinal, part",
                    keys, [&](const Query& row) {
                      const std::size_t place = places.at(row.integer(0));
                      std::vector<MentionRow>& mentions = out[place];
                      if (row.integer(1) == 0) {
                        const document::TextRange range{static_cast<std::uint32_t>(row.integer(7)),
                                                        static_cast<std::uint32_t>(row.integer(8))};
                        mentions.push_back({.type = enum_named(row.text(2), document::MentionType::amount),
                                            .ref = enum_named(row.text(3), document::RefClass::relative),
                                            .name = std::string(row.text(6)),
                                            .value = std::string(row.text(9)),
                                            .unit = std::string(row.text(10)),
                                            .title = std::string(row.text(11)),
                                            .nested = row.integer(4) != 0,
                                            .range = range,
                                            .citation = cite(paragraphs[place], range)});
                      }
                      if (!row.text(5).empty() && !mentions.empty())
                        mentions.back().entities.push_back(known.resolve(std::string(row.text(5))));
                    });
  return out;
}

namespace {

// Of one document by its index, or of all.
std::string of_document(std::string_view select, const std::string& document, std::string_view order) {
  return std::string(select) + (document.empty() ? " where ?1=''" : " where d.id=?1") + std::string(order);
}

}  // namespace

std::vector<DoubtRow> View::doubts(const std::string& document) const {
  std::vector<DoubtRow> out;
  if (!document.empty()) state_->refuse_if_hidden_document(document);
  SightedQuery rows = state_->tables.query(
      of_document("select o.section, o.rule, o.paragraph, o.range_begin, "
                  "o.range_end, o.raw, o.readings, s.raw_offset, "
                  "d.id, "
                  "d.name, d.title, d.symbol, d.date, s.section, o.ordinal, o.chosen, o.person, o.time from "
                  "doubts o join sections s on s.seq=o.section join "
                  "@documents d on d.seq=s.document",
                  document, " order by o.section, o.ordinal"),
      document);
  while (rows.step()) {
    DoubtRow doubt{.id = std::to_string(rows.integer(13)) + "-" + std::to_string(rows.integer(14)),
                   .by = std::string(rows.text(16)),
                   .at = std::string(rows.text(17)),
                   .section_entry = static_cast<Seq>(rows.integer(0)),
                   .rule = std::string(rows.text(1))};
    if (!rows.is_null(15)) doubt.chosen = static_cast<std::size_t>(rows.integer(15));
    for (const auto& reading : nlohmann::json::parse(rows.text(6))) {
      doubt.readings.push_back({.text = reading.value("text", ""),
                                .reason = reading.value("reason", ""),
                                .taken = reading.value("taken", false)});
    }
    doubt.citation = {
        .document = std::string(rows.text(8)),
        .document_name = std::string(rows.text(9)),
        .document_title = std::string(rows.text(10)),
        .symbol = std::string(rows.text(11)),
        .document_date = std::string(rows.text(12)),
        .section = static_cast<std::size_t>(rows.integer(13)),
        .paragraph_row = rows.integer(2),
        .raw = shifted(spans_from_json(rows.text(5)), static_cast<std::size_t>(rows.integer(7)))};
    Query paragraph = database_.query("select id, text from paragraphs where row=?1", rows.integer(2));
    if (paragraph.step()) {
      doubt.citation.paragraph = paragraph.text(0);
      const auto text = paragraph.text(1);
      doubt.citation.words =
          document::slice(text, document::TextRange{static_cast<std::uint32_t>(rows.integer(3)),
                                                    static_cast<std::uint32_t>(rows.integer(4))});
    }
    out.push_back(std::move(doubt));
  }
  return out;
}

std::vector<EditRow> View::edits(const std::string& document) const {
  std::vector<EditRow> out;
  if (!document.empty()) state_->refuse_if_hidden_document(document);
  SightedQuery rows = state_->tables.query(
      of_document(
          "select e.section, e.rule, e.grade, e.kind, "
          "e.span_begin, e.span_end, e.before, e.after, e.reason, "
          "e.target_begin, e.target_end, e.pieces, s.raw_offset, s.section, e.ordinal, e.undone, e.person, "
          "e.time "
          "from edits e join sections s on s.seq=e.section "
          "join "
          "@documents d on d.seq=s.document",
          document, " order by e.section, e.ordinal"),
      document);
  while (rows.step()) {
    const auto offset = static_cast<std::size_t>(rows.integer(12));
    const auto span = [&](int column) {
      return document::Span{static_cast<std::size_t>(rows.integer(column)) + offset,
                            static_cast<std::size_t>(rows.integer(column + 1)) + offset};
    };
    EditRow edit{.id = std::to_string(rows.integer(13)) + "-" + std::to_string(rows.integer(14)),
                 .undone = rows.integer(15) != 0,
                 .by = std::string(rows.text(16)),
                 .at = std::string(rows.text(17)),
                 .section_entry = static_cast<Seq>(rows.integer(0))};
    edit.edit = {.rule = std::string(rows.text(1)),
                 .grade = enum_named(rows.text(2), document::Grade::flag),
                 .kind = enum_named(rows.text(3), document::EditKind::move),
                 .span = span(4),
                 .before = std::string(rows.text(6)),
                 .after = std::string(rows.text(7)),
                 .reason = std::string(rows.text(8))};
    if (rows.integer(10) > 0) edit.edit.target = span(9);
    for (const auto& piece : nlohmann::json::parse(rows.text(11))) {
      const auto& raw = piece.at("raw").at(0);
      edit.edit.pieces.push_back(
          {.raw = {raw.at(0).get<std::size_t>() + offset, raw.at(1).get<std::size_t>() + offset},
           .literal = piece.value("literal", "")});
    }
    out.push_back(std::move(edit));
  }
  return out;
}

namespace {

// Counts rows (entity, name) of statements that are not rejected, merged entities as one.
std::vector<EntityCount> counted(SightedQuery&& rows, const Merges& merges, std::size_t limit) {
  std::unordered_map<std::string, EntityCount> by_id;
  while (rows.step()) {
    const std::string entity(rows.text(0));
    const std::string id = merges.resolve(entity);
    const auto count = static_cast<std::size_t>(rows.integer(2));
    EntityCount& all = by_id[id.empty() ? entity_key({}, std::string(rows.text(1))) : id];
    if (all.name.empty() || id == entity) all.name = rows.text(1);
    all.id = id;
    all.statements += count;
  }
  std::vector<EntityCount> out;
  for (auto& [key, count] : by_id) out.push_back(std::move(count));
  std::sort(out.begin(), out.end(), [](const EntityCount& left, const EntityCount& right) {
    if (left.statements != right.statements) return left.statements > right.statements;
    return std::tuple(left.id.empty(), left.id, left.name) <
           std::tuple(right.id.empty(), right.id, right.name);
  });
  if (out.size() > limit) out.resize(limit);
  return out;
}

// Statements by the entity that one of their tables names; a name without an id counts by its key.
std::string count_entities_in(const std::string& table) {
  return "select y.entity, min(y.name), count(distinct y.statement) from " + table +
         " y join @statements t on t.seq=y.statement where t.review<>'rejected' "
         "group by y.entity, case when y.entity='' then y.key else '' end order by y.entity";
}

}  // namespace

std::vector<EntityCount> View::parties(std::size_t limit) const {
  return counted(state_->tables.query(count_entities_in("statement_parties")), state_->current_merges(),
                 limit);
}

std::vector<EntityCount> View::themes(std::size_t limit) const {
  return counted(state_->tables.query("select y.theme, y.theme, count(distinct "
                                      "y.statement) from statement_themes y join "
                                      "@statements t on t.seq=y.statement where "
                                      "t.review<>'rejected' group by y.theme"),
                 state_->current_merges(), limit);
}

std::vector<EntityCount> View::places(std::size_t limit) const {
  return counted(state_->tables.query(count_entities_in("statement_places")), state_->current_merges(),
                 limit);
}

std::string View::resolve(const std::string& entity) const {
  return state_->current_merges().resolve(entity);
}

std::vector<std::string> View::same_as(const std::string& entity) const {
  std::vector<std::string> same = state_->current_merges().same_as(entity);
  if (!state_->tables.sees_everything()) {
    // An id that only hidden documents use is not told.
    std::erase_if(same, [&](const std::string& each) {
      return each != entity && each != same.front() &&
             state_->tables.integer("select 1 from @mentions m where key=?1 limit 1", 0, each) == 0 &&
             state_->tables.integer("select 1 from @statement_parties y where key=?1 limit 1", 0, each) == 0;
    });
  }
  return same;
}

std::vector<NamedNearby> View::named_nearby(ParagraphRowId row, std::int64_t neighbours,
                                            std::size_t limit) const {
  const ParagraphRowId first = row >> kParagraphBits << kParagraphBits;
  const ParagraphRowId end = first + (ParagraphRowId{1} << kParagraphBits);
  std::vector<NamedNearby> out;
  const auto take = [&](ParagraphRowId from, ParagraphRowId to) {
    SightedQuery rows = state_->tables.query(
        "select key, count(*) from @mentions m where paragraph>=?1 and paragraph<?2 and type in "
        "('organization','state','place') and entity<>'' group by key order by count(*) desc, key limit ?3",
        from, to, limit);
    while (rows.step() && out.size() < limit) {
      const std::string key(rows.text(0));
      const bool there =
          std::any_of(out.begin(), out.end(), [&key](const auto& each) { return each.key == key; });
      if (!there) out.push_back({key, static_cast<std::size_t>(rows.integer(1))});
    }
  };
  take(row, row + 1);
  take(std::max(first, row - neighbours), std::min(end, row + neighbours + 1));
  // Of a long section only so much is looked through.
  constexpr std::int64_t kParagraphsCounted = 400;
  take(std::max(first, row - kParagraphsCounted), std::min(end, row + kParagraphsCounted));
  return out;
}

}  // namespace mithaq::record
