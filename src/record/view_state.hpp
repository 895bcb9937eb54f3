// What the files of the view share: how questions become SQL, and what a view keeps between them.
#pragma once

#include <algorithm>
#include <cstdio>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/edtf.hpp"
#include "base/error.hpp"
#include "record/database.hpp"
#include "record/merges.hpp"
#include "record/sighted_database.hpp"
#include "record/text_index.hpp"
#include "record/view.hpp"
#include "record/view_rows.hpp"

namespace mithaq::record {

// The part of a statement after "where", with its arguments.
class Conditions {
 public:
  Conditions& add(std::string_view text) {
    sql_ += sql_.empty() ? " where (" : " and (";
    sql_ += text;
    sql_ += ')';
    return *this;
  }
  // A place for an argument: "?7".
  std::string argument(Value value) {
    values_.push_back(std::move(value));
    return "?" + std::to_string(values_.size());
  }
  // "column in (?1,?2)"
  std::string in(std::string_view column, const std::vector<std::string>& alternatives) {
    std::string text = std::string(column) + " in (";
    for (const std::string& each : alternatives) {
      if (text.back() != '(') text += ',';
      text += argument(each);
    }
    return text + ")";
  }
  template <typename Enum>
  std::string in_names(std::string_view column, const std::vector<Enum>& alternatives) {
    std::vector<std::string> names;
    for (const Enum each : alternatives) names.emplace_back(name_of(each));
    return in(column, names);
  }
  const std::string& sql() const { return sql_; }
  std::span<const Value> values() const { return values_; }

 private:
  std::string sql_{};
  std::vector<Value> values_{};
};

// A day as "2018-05-31"; what lies outside the years 1 to 9999 is cut to them.
inline std::string day_text(std::int64_t day) {
  static const std::int64_t kFirst = day_number({1, 1, 1});
  static const std::int64_t kLast = day_number({9999, 12, 31});
  const CalendarDay date = calendar_day(std::clamp(day, kFirst, kLast));
  char buffer[16];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", date.year, date.month, date.day);
  return buffer;
}

// A condition that a pair of columns of days overlaps what is asked for; empty if nothing is.
inline std::string overlaps(Conditions& conditions, const TimeRange& range, const std::string& from_column,
                            const std::string& to_column) {
  const auto bound = [](const std::string& text) {
    const auto days = day_bounds(text);
    if (!days)
      throw Error(ErrorKind::invalid_input,
                  "\"" + text + "\" is no date: write 2018, 2018-05, 2018-05-31 or 199X");
    return *days;
  };
  std::string text;
  if (!range.to.empty()) text += from_column + "<=" + conditions.argument(bound(range.to).to);
  if (!range.from.empty()) {
    if (!text.empty()) text += " and ";
    text += to_column + ">=" + conditions.argument(bound(range.from).from);
  }
  return text;
}

// A condition that a document is one that people mean by an id, the beginning of one, a name or a symbol.
inline std::string is_meant(Conditions& where, const std::string& reference) {
  std::string digits = reference;
  if (digits.starts_with("sha256-")) digits.erase(0, 7);
  std::string text = "d.id=" + where.argument(reference) + " or d.name=" + where.argument(reference) +
                     " or (d.symbol<>'' and d.symbol=" + where.argument(reference) + ")";
  const bool hexadecimal =
      digits.size() >= 4 && digits.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (hexadecimal) {
    // "g" comes right after the hexadecimal digits.
    text += " or (d.id>=" + where.argument("sha256-" + digits) + " and d.id<" +
            where.argument("sha256-" + digits + "g") + ")";
  }
  return text;
}

// True for a whole id, of a document or of none.
inline bool is_document_id(std::string_view reference) {
  return reference.size() == 7 + 64 && reference.starts_with("sha256-") &&
         reference.find_first_not_of("0123456789abcdef", 7) == std::string_view::npos;
}

inline std::int64_t signed_limit(std::size_t limit) {
  return static_cast<std::int64_t>(std::min<std::size_t>(limit, std::size_t{1} << 62));
}

inline std::vector<document::Span> shifted(std::vector<document::Span> spans, std::size_t offset) {
  for (document::Span& span : spans) {
    span.begin += offset;
    span.end += offset;
  }
  return spans;
}

// Asks for rows that belong to some of the keys, a handful of them at a time: a statement of its own for each
// row would cost a journey to the database.
//   sql   with "in (#)" where the keys go
//   keys  different ones, so that no row comes twice
//   take  gets each row, in the order of the statement within a handful
template <typename Tables, typename Take>
void query_in_handfuls(Tables& tables, std::string_view sql, std::span<const std::int64_t> keys,
                       const Take& take) {
  // Few sizes, so that the statements are always the same; the last handful is filled up with its last key.
  constexpr std::size_t kSizes[] = {1, 8, 32, 128};
  while (!keys.empty()) {
    const auto* size = std::lower_bound(std::begin(kSizes), std::end(kSizes) - 1, keys.size());
    std::string text(sql.substr(0, sql.find('#')));
    std::vector<Value> values;
    for (std::size_t each = 0; each < *size; ++each) {
      text += (each == 0 ? "?" : ",?") + std::to_string(each + 1);
      values.emplace_back(keys[std::min(each, keys.size() - 1)]);
    }
    text += sql.substr(sql.find('#') + 1);
    auto rows = tables.query_with(text, values);
    while (rows.step()) take(rows);
    keys = keys.subspan(std::min(*size, keys.size()));
  }
}

struct View::State {
  State(Database& of, TextIndex& texts) : database(of), tables(of), index(texts) {}

  Database& database;
  SightedDatabase tables;  // as they may be seen
  TextIndex& index;

  // Merges are few; they are read again when one was added.
  std::int64_t merges_count = -1;
  std::int64_t merges_last = -1;
  Merges merges{};

  const Merges& current_merges() {
    Query query = database.query("select count(*), coalesce(max(seq),-1) from merges");
    query.step();
    if (query.integer(0) != merges_count || query.integer(1) != merges_last) {
      merges_count = query.integer(0);
      merges_last = query.integer(1);
      merges = Merges::read(database, "main");
    }
    return merges;
  }

  // Every key under which one of these ids or names may stand in a table.
  std::vector<std::string> keys_of(const std::vector<std::string>& ids_or_names);

  // The documents that are asked for, as "from … where …".
  std::string from_documents(const DocumentQuery& query, Conditions& where);
  void refuse_if_hidden_document(const std::string& id);

  // A statement without its lists …
  StatementRow statement_of(const Query& row);
  // … and the parties, themes and places of many.
  void attach_lists(std::vector<StatementRow>& rows);
  Conditions statement_conditions(const StatementQuery& query, const Analyzer& analyzer);
};

}  // namespace mithaq::record
