#include "record/text_index.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/error.hpp"
#include "record/sqlite_driver.hpp"

namespace mithaq::record {

namespace {

// Begins a text that is one analyzed term. No term holds it, since it is no word character.
constexpr char kVerbatim = '\x01';

using SharedAnalyzer = std::shared_ptr<const Analyzer>;

int create_tokenizer(void* analyzer, const char**, int, Fts5Tokenizer** out) {
  *out = reinterpret_cast<Fts5Tokenizer*>(new SharedAnalyzer(*static_cast<SharedAnalyzer*>(analyzer)));
  return SQLITE_OK;
}

void delete_tokenizer(Fts5Tokenizer* tokenizer) {
  delete reinterpret_cast<SharedAnalyzer*>(tokenizer);
}

using TakeToken = int (*)(void*, int, const char*, int, int, int);

int tokenize(Fts5Tokenizer* tokenizer, void* context, int flags, const char* bytes, int size,
             TakeToken take) {
  const std::string_view text(bytes == nullptr ? "" : bytes, static_cast<std::size_t>(size));
  if (!text.empty() && text.front() == kVerbatim) return take(context, 0, bytes + 1, size - 1, 0, size);
  const auto purpose = (flags & FTS5_TOKENIZE_QUERY) != 0 ? AnalyzeFor::question : AnalyzeFor::index;
  int code = SQLITE_OK;
  try {
    (*reinterpret_cast<SharedAnalyzer*>(tokenizer))->analyze(text, purpose, [&](const AnalyzedTerm& term) {
      code =
          take(context, term.colocated ? FTS5_TOKEN_COLOCATED : 0, term.term.data(),
               static_cast<int>(term.term.size()), static_cast<int>(term.begin), static_cast<int>(term.end));
      return code == SQLITE_OK;
    });
  } catch (const std::bad_alloc&) {  // no exception may pass through SQLite
    return SQLITE_NOMEM;
  }
  return code;
}

// What a score is made of, as 64-bit numbers: rows of the index, terms of all rows, terms of this row, then
// for each phrase of the question how often it stands in this row. The score itself is made outside, with
// frequencies that are estimated: FTS5's own bm25() counts all rows of every phrase before the first.
void rank_row(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* out, int, sqlite3_value**) {
  auto& filter = *static_cast<RowFilter*>(api->xUserData(context));
  if (filter.lets_through) {
    try {
      if (!filter.lets_through(api->xRowid(context))) {
        sqlite3_result_null(out);
        return;
      }
    } catch (...) {
      filter.failure = std::current_exception();
      sqlite3_result_error(out, "a filter failed", -1);
      return;
    }
  }
  sqlite3_int64 rows = 0, all_terms = 0;
  int terms = 0;
  api->xRowCount(context, &rows);
  api->xColumnTotalSize(context, 0, &all_terms);
  api->xColumnSize(context, 0, &terms);
  const int phrases = api->xPhraseCount(context);
  constexpr int kPhrasesMost = 64;
  std::array<std::int64_t, 3 + kPhrasesMost> numbers{rows, all_terms, terms};
  const int counted = std::min(phrases, kPhrasesMost);
  for (int phrase = 0; phrase < counted; ++phrase) {
    Fts5PhraseIter at;
    int column = 0, offset = 0;
    std::int64_t count = 0;
    if (api->xPhraseFirst(context, phrase, &at, &column, &offset) == SQLITE_OK) {
      for (; column >= 0; api->xPhraseNext(context, &at, &column, &offset)) ++count;
    }
    numbers[static_cast<std::size_t>(3 + phrase)] = count;
  }
  sqlite3_result_blob(out, numbers.data(), static_cast<int>(sizeof(std::int64_t)) * (3 + counted),
                      SQLITE_TRANSIENT);
}

}  // namespace

namespace {

fts5_api* api_of(Database& database) {
  sqlite3_stmt* statement = nullptr;
  fts5_api* api = nullptr;
  if (sqlite3_prepare_v2(sqlite_handle(database), "select fts5(?1)", -1, &statement, nullptr) == SQLITE_OK) {
    sqlite3_bind_pointer(statement, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(statement);
  }
  sqlite3_finalize(statement);
  if (api == nullptr)
    throw Error(ErrorKind::unavailable, "this SQLite library was built without full-text search (FTS5)");
  return api;
}

}  // namespace

void register_text_index(Database& database, std::shared_ptr<const Analyzer> analyzer) {
  fts5_api* api = api_of(database);
  fts5_tokenizer tokenizer{create_tokenizer, delete_tokenizer, tokenize};
  const auto destroy = [](void* shared) { delete static_cast<SharedAnalyzer*>(shared); };
  const int code =
      api->xCreateTokenizer(api, "mithaq", new SharedAnalyzer(std::move(analyzer)), &tokenizer, destroy);
  if (code != SQLITE_OK) fail_sqlite(database, code);
}

void register_rank(Database& database, RowFilter& filter) {
  fts5_api* api = api_of(database);
  const int code = api->xCreateFunction(api, "mithaq_rank", &filter, rank_row, nullptr);
  if (code != SQLITE_OK) fail_sqlite(database, code);
}

std::string quoted_term(std::string_view term) {
  std::string out = "\"";
  out += kVerbatim;
  for (const char byte : term) {
    if (byte == '"') out += '"';
    out += byte;
  }
  out += '"';
  return out;
}

}  // namespace mithaq::record
