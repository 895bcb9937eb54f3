// SQLite's full-text search with our analyzer.
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <exception>

#include "base/error.hpp"
#include "record/sqlite_driver.hpp"
#include "record/text_index.hpp"

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

// Which rows a search is about; asked for each row that matches, from the newest to the oldest.
struct RowFilter {
  const std::function<bool(ParagraphRowId row)>* lets_through = nullptr;  // all if there is none
  std::exception_ptr failure{};  // what it threw; none may pass through SQLite
};

// What a score is made of, as 64-bit numbers: rows of the index, terms of all rows, terms of this row, then
// for each phrase of the question how often it stands in this row. The score itself is made outside, with
// frequencies that are estimated: FTS5's own bm25() counts all rows of every phrase before the first.
void rank_row(const Fts5ExtensionApi* api, Fts5Context* context, sqlite3_context* out, int, sqlite3_value**) {
  auto& filter = *static_cast<RowFilter*>(api->xUserData(context));
  if (filter.lets_through != nullptr) {
    try {
      if (!(*filter.lets_through)(api->xRowid(context))) {
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
  constexpr int kPhrasesMost = 500;
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

std::int64_t rank_number(std::string_view numbers, std::size_t at) {
  std::int64_t number = 0;
  if ((at + 1) * sizeof number <= numbers.size())
    std::memcpy(&number, numbers.data() + at * sizeof number, sizeof number);
  return number;
}

// A term that is an analyzed word already, as a string of an FTS5 expression: quoted, and marked so that the
// tokenizer leaves it as it is.
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

std::string expression_of(const Phrase& phrase) {
  std::string out;
  for (const std::string& word : phrase.words) {
    if (!out.empty()) out += " + ";
    out += quoted_term(word);
  }
  return phrase.prefix ? out + "*" : out;
}

// A question as FTS5 understands it. FTS5 numbers phrases in the order in which they are written.
//
// What chooses a row is written first. Of a phrase that need not stand in a row FTS5 may know nothing even
// where it does: inside an "OR" below an "AND" it leaves some behind. Those are written once more behind it,
// each as "or (what chooses and the phrase)", which chooses no more rows but tells of every phrase.
struct Expression {
  std::string text{};
  std::vector<int> scored{};  // for each phrase of `text`: its place among the scored ones, or -1
  std::size_t count = 0;      // of the scored ones

  explicit Expression(const TextQuestion& question) {
    const bool by_may = question.must.empty();
    const auto& choosing = by_may ? question.may : question.must;
    const std::string_view joined_by = by_may ? " OR " : " AND ";
    struct Uncertain {
      const Phrase& phrase;
      int scored;
    };
    std::vector<Uncertain> uncertain;
    const auto choose = [&](bool scores) {
      for (std::size_t at = 0; at < choosing.size(); ++at) {
        if (at > 0) text += joined_by;
        append(choosing[at], [&](std::size_t phrase) {
          if (!scores) return -1;
          const PhraseGroup& group = choosing[at];
          const int place = static_cast<int>(count++);
          const bool alone = group.phrases.size() == 1 || (group.either == 0 && choosing.size() == 1);
          const bool certain = alone || (!by_may && phrase < group.either);
          if (!certain) uncertain.push_back({group.phrases[phrase], place});
          return certain ? place : -1;
        });
      }
    };
    choose(true);
    if (!by_may) {
      for (const PhraseGroup& group : question.may) {
        for (const Phrase& phrase : group.phrases) uncertain.push_back({phrase, static_cast<int>(count++)});
      }
    }
    if (!uncertain.empty()) text = "(" + text + ")";
    for (const Uncertain& each : uncertain) {
      text += " OR ((";
      choose(false);
      text += ") AND " + expression_of(each.phrase) + ")";
      scored.push_back(each.scored);
    }
    if (question.must_not.empty()) return;
    text = "(" + text + ") NOT (";
    for (std::size_t at = 0; at < question.must_not.size(); ++at) {
      if (at > 0) text += " OR ";
      append(question.must_not[at], [](std::size_t) { return -1; });
    }
    text += ")";
  }

 private:
  template <typename PlaceOf>
  void append(const PhraseGroup& group, const PlaceOf& place_of) {
    text += "(";
    for (std::size_t at = 0; at < group.phrases.size(); ++at) {
      if (at == group.either) {
        text += at > 0 ? " AND (" : "(";
      } else if (at > 0) {
        text += at > group.either ? " OR " : " AND ";
      }
      text += expression_of(group.phrases[at]);
      scored.push_back(place_of(at));
    }
    text += group.either < group.phrases.size() ? "))" : ")";
  }
};

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

class Fts5Index final : public TextIndex {
 public:
  Fts5Index(Database& database, std::shared_ptr<const Analyzer> analyzer) : database_(database) {
    fts5_api* api = api_of(database);
    fts5_tokenizer tokenizer{create_tokenizer, delete_tokenizer, tokenize};
    const auto destroy = [](void* shared) { delete static_cast<SharedAnalyzer*>(shared); };
    const int code =
        api->xCreateTokenizer(api, "mithaq", new SharedAnalyzer(std::move(analyzer)), &tokenizer, destroy);
    if (code != SQLITE_OK) fail_sqlite(database, code);
    const int ranked = api->xCreateFunction(api, "mithaq_rank", &filter_, rank_row, nullptr);
    if (ranked != SQLITE_OK) fail_sqlite(database, ranked);
  }

  void create() override {
    database_.script(
        "create virtual table main.paragraph_index using fts5(text, content='paragraphs', "
        "content_rowid='row', "
        "tokenize='mithaq')");
  }
  void drop() override {
    insert_.reset();
    database_.script("drop table if exists main.paragraph_index");
  }
  void add(ParagraphRowId row, std::string_view text) override {
    if (!insert_) insert_.emplace(database_.query("insert into paragraph_index(rowid, text) values(?1,?2)"));
    const Cell indexed[] = {row, text};
    insert_->run_again(indexed);
  }
  void remove(ParagraphRowId first, ParagraphRowId end) override {
    // The index forgets a text only if it is told the same text again.
    database_.run(
        "insert into paragraph_index(paragraph_index, rowid, text) select 'delete', row, text from "
        "main.paragraphs where row>=?1 and row<?2",
        first, end);
  }
  void scrub() override {
    // Words of an erased text would stay in the index's old segments until they are merged.
    database_.run("insert into paragraph_index(paragraph_index) values('optimize')");
  }

  bool is_whole() override {
    if (sqlite3_db_readonly(sqlite_handle(database_), "main") != 0 ||
        database_.integer("pragma query_only", 0) != 0)
      return true;  // asking is writing to SQLite
    try {
      Transaction transaction(database_, Transaction::Kind::write);
      database_.run("insert into paragraph_index(paragraph_index) values('integrity-check')");
      return true;
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::corrupt) throw;
      return false;
    }
  }

  std::optional<Totals> totals(std::span<const Phrase> phrases) override {
    for (const Phrase& phrase : phrases) {
      const std::string text = expression_of(phrase);
      Query query = database_.query(
          "select mithaq_rank(paragraph_index) from paragraph_index where paragraph_index match ?1 limit 1",
          text);
      if (query.step()) return totals_of(query.blob(0));
    }
    return std::nullopt;
  }

  void each_row(const Phrase& phrase, std::size_t limit,
                const std::function<bool(ParagraphRowId row)>& take) override {
    const std::string text = expression_of(phrase);
    Query rows = database_.query(
        "select rowid from paragraph_index where paragraph_index match ?1 order by rowid desc limit ?2", text,
        limit);
    while (rows.step()) {
      if (!take(rows.integer(0))) return;
    }
  }

  void each_match(const TextQuestion& question, const Bounds& bounds,
                  const std::function<bool(ParagraphRowId row)>& lets_through,
                  const std::function<bool(const Match& match)>& take) override {
    const Expression expression(question);
    struct Reset {
      RowFilter& filter;
      ~Reset() { filter = {}; }
    } reset{filter_};
    filter_ = {.lets_through = lets_through ? &lets_through : nullptr};
    std::vector<std::int64_t> counts;
    try {
      Query rows = database_.query(
          "select rowid, mithaq_rank(paragraph_index) from paragraph_index where paragraph_index match ?1 "
          "and rowid>=?2 and rowid<=?3 order by rowid desc limit ?4",
          expression.text, bounds.from, bounds.to, bounds.limit);
      while (rows.step()) {
        Match match{.row = rows.integer(0), .let_through = !rows.is_null(1)};
        if (match.let_through) {
          const std::string_view numbers = rows.blob(1);
          counts.assign(expression.count, 0);
          for (std::size_t at = 0; at < expression.scored.size(); ++at) {
            if (expression.scored[at] >= 0)
              counts[static_cast<std::size_t>(expression.scored[at])] = rank_number(numbers, 3 + at);
          }
          match.terms = rank_number(numbers, 2);
          match.counts = counts;
          match.totals = totals_of(numbers);
        }
        if (!take(match)) return;
      }
    } catch (const Error&) {
      if (filter_.failure) std::rethrow_exception(filter_.failure);
      throw;
    }
  }

  std::string select_rows(const TextQuestion& question,
                          const std::function<std::string(Value value)>& argument) override {
    return "select f.rowid from paragraph_index f where f.paragraph_index match " +
           argument(Expression(question).text);
  }

 private:
  static Totals totals_of(std::string_view numbers) {
    return {.rows = static_cast<double>(rank_number(numbers, 0)),
            .terms = static_cast<double>(rank_number(numbers, 1))};
  }

  Database& database_;
  RowFilter filter_{};  // of the search that is running
  std::optional<Query> insert_{};
};

}  // namespace

std::unique_ptr<TextIndex> open_fts5_index(Database& database, std::shared_ptr<const Analyzer> analyzer) {
  return std::make_unique<Fts5Index>(database, std::move(analyzer));
}

}  // namespace mithaq::record
