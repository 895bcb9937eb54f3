// The tables of a record. docs/record-format.md says what each column means.
//
// Written as SQLite says it; schema_text (database.hpp) makes PostgreSQL's of it. The full-text index makes
// its own (text_index.hpp).
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "base/sha256.hpp"

namespace mithaq::record {

constexpr std::string_view kFormatVersion = "2";
// Marks the file as a record of Mithaq (SQLite's application_id): "MTHQ".
constexpr std::int64_t kApplicationId = 0x4D544851;

constexpr std::array<std::string_view, 4> kLogTables{"meta", "log", "bodies", "tiles"};
constexpr std::string_view kLogSchema = R"(
create table meta(key text primary key, value text not null) without rowid;
create table log(seq integer primary key, header text not null);
create table bodies(seq integer primary key, salt blob not null, body text not null);
create table tiles(level integer not null, tile integer not null, hashes blob not null,
  primary key(level, tile)) without rowid;
)";

// A table of the view with its primary key, in the order in which verify compares them.
struct ViewTable {
  std::string_view name;
  std::string_view key;
  std::string_view columns;
  std::string_view tail = "";
};

constexpr std::array<ViewTable, 16> kViewTables{{
    {"documents", "seq",
     "seq integer primary key, id text not null, name text not null, format text not null, encoding text not "
     "null, "
     "title text not null, language text not null, symbol text not null, date text not null, date_from "
     "integer, "
     "date_to integer, issuer text not null, handling text not null, brought_by text not null, read_at text "
     "not null, unique(id)"},
    {"sections", "seq",
     "seq integer primary key, document integer not null, section integer not null, last integer not null, "
     "raw_offset integer not null, raw_bytes integer not null, paragraphs integer not null, "
     "unique(document, section)"},
    {"paragraphs", "row",
     "row integer primary key, document integer not null, section integer not null, ordinal integer not "
     "null, "
     "id text not null, number text not null, kind text not null, text text not null, pieces text not null"},
    {"mentions", "paragraph, ordinal, part",
     "paragraph integer not null, ordinal integer not null, part integer not null, type text not null, "
     "ref text not null, nested integer not null, entity text not null, key text not null, name text not "
     "null, "
     "range_begin integer not null, range_end integer not null, value text not null, unit text not null, "
     "title text not null, primary key(paragraph, ordinal, part)",
     " without rowid"},
    {"doubts", "section, ordinal",
     "section integer not null, ordinal integer not null, rule text not null, paragraph integer not null, "
     "range_begin integer not null, range_end integer not null, raw text not null, readings text not null, "
     "chosen integer, person text not null, time text not null, primary key(section, ordinal)",
     " without rowid"},
    {"edits", "section, ordinal",
     "section integer not null, ordinal integer not null, rule text not null, grade text not null, kind text "
     "not null, "
     "span_begin integer not null, span_end integer not null, before text not null, after text not null, "
     "reason text not null, target_begin integer not null, target_end integer not null, pieces text not "
     "null, "
     "undone integer not null, person text not null, time text not null, primary key(section, ordinal)",
     " without rowid"},
    {"statements", "seq",
     "seq integer primary key, document integer not null, section integer not null, paragraph integer not "
     "null, "
     "paragraph_id text not null, range_begin integer not null, range_end integer not null, raw text not "
     "null, "
     "type text not null, topic text not null, time text not null, time_from integer, "
     "time_to integer, modality text not null, negated integer not null, status text not null, "
     "instrument text not null, value text not null, unit text not null, rule text not null, "
     "confidence text not null, review text not null, reviewed_by text not null, reviewed_at text not null"},
    {"statement_parties", "statement, ordinal",
     "statement integer not null, ordinal integer not null, role text not null, found_by text not null, "
     "entity text not null, key text not null, name text not null, primary key(statement, ordinal)",
     " without rowid"},
    {"statement_themes", "statement, ordinal",
     "statement integer not null, ordinal integer not null, theme text not null, primary key(statement, "
     "ordinal)",
     " without rowid"},
    {"statement_places", "statement, ordinal",
     "statement integer not null, ordinal integer not null, entity text not null, key text not null, "
     "name text not null, primary key(statement, ordinal)",
     " without rowid"},
    {"reviews", "seq",
     "seq integer primary key, statement integer not null, action text not null, reviewer text not null, "
     "on_behalf_of text not null, note text not null, withdraws integer, time text not null"},
    {"merges", "seq",
     "seq integer primary key, entity text not null, target text not null, person text not null, "
     "reason text not null, time text not null"},
    {"acts", "seq", "seq integer primary key, type text not null, time text not null"},
    {"erasures", "seq",
     "seq integer primary key, entries text not null, person text not null, reason text not null, "
     "time text not null"},
    {"handlings", "seq",
     "seq integer primary key, document integer not null, handling text not null, person text not null, "
     "on_behalf_of text not null, reason text not null, time text not null"},
    {"revisions", "seq",
     "seq integer primary key, section integer not null, action text not null, target integer not null, "
     "reading integer, person text not null, on_behalf_of text not null, note text not null, time text not "
     "null"},
}};

constexpr std::string_view kViewIndexes = R"(
create index documents_by_language on documents(language, date_from, date_to, issuer);
create index documents_by_handling on documents(handling, brought_by);
create index handlings_by_document on handlings(document);
create index paragraphs_by_id on paragraphs(document, id);
create index mentions_by_key on mentions(key, paragraph);
create index statements_by_paragraph on statements(paragraph);
create index statement_parties_by_key on statement_parties(key, statement);
create index statement_themes_by_theme on statement_themes(theme, statement);
create index statement_places_by_key on statement_places(key, statement);
create index reviews_by_statement on reviews(statement);
create index reviews_by_reviewer on reviews(reviewer, statement);
create index revisions_by_section on revisions(section);
)";

// Tells the tables above from those of an earlier version of this program. What the rows mean may change
// without their columns: then the number changes.
inline std::string views_fingerprint() {
  std::string all = "1";
  for (const ViewTable& table : kViewTables) {
    for (const std::string_view part : {table.name, table.key, table.columns, table.tail}) {
      all.append("\n").append(part);
    }
  }
  return to_hex(sha256(all.append(kViewIndexes))).substr(0, 16);
}

}  // namespace mithaq::record
