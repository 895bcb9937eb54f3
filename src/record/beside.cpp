#include "record/beside.hpp"

namespace mithaq::record {

namespace {

constexpr std::string_view kTables =
    "create table if not exists beside(name text primary key, tables text not null, sql text not null)";

}  // namespace

std::string joined_names(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& each : names) out += (out.empty() ? "" : " ") + each;
  return out;
}

std::vector<std::string> parted_names(std::string_view text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    out.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

void create_beside(Database& database, const Beside& beside) {
  const std::string tables = joined_names(beside.tables);
  // The usual case writes nothing.
  if (database.has_table("beside")) {
    Query known = database.query("select 1 from beside where name=?1 and tables=?2 and sql=?3", beside.name,
                                 tables, beside.sql);
    if (known.step()) return;
  }
  run_transaction(database, Transaction::Kind::write, [&] { create_beside_here(database, beside); });
}

void create_beside_here(Database& database, const Beside& beside) {
  const std::string tables = joined_names(beside.tables);
  database.create(kTables);
  database.create(beside.sql);
  database.run(
      "insert into beside values(?1,?2,?3) on conflict(name) do update set tables=excluded.tables, "
      "sql=excluded.sql",
      beside.name, tables, beside.sql);
}

void continue_identity(Database& database, const std::string& table) {
  if (database.dialect() == Dialect::sqlite) return;  // it goes on from the highest by itself
  std::vector<std::string> columns;
  {
    Query identity = database.query(
        "select cast(column_name as text) from information_schema.columns where "
        "table_schema=current_schema() and "
        "table_name=?1 and is_identity='YES'",
        table);
    while (identity.step()) columns.emplace_back(identity.text(0));
  }
  for (const std::string& column : columns) {
    database.script("select setval(pg_get_serial_sequence('" + table + "', '" + column +
                    "'), coalesce((select max(" + column + ") from " + table + "), 0) + 1, false)");
  }
}

std::vector<Beside> all_beside(Database& database) {
  std::vector<Beside> out;
  if (!database.has_table("beside")) return out;
  Query query = database.query("select name, tables, sql from beside order by name");
  while (query.step()) {
    out.push_back({.name = std::string(query.text(0)),
                   .tables = parted_names(query.text(1)),
                   .sql = std::string(query.text(2))});
  }
  return out;
}

}  // namespace mithaq::record
