// PostgreSQL's full-text search with our analyzer: tsvectors made here of its terms and places, with GIN
// indexes.
//
// The paragraphs stand in segments of some ten thousand, each a table paragraph_index_N with an index of its
// own; the table paragraph_index lists them. Questions begin with the newest segment and stop when they have
// enough: a GIN index alone gives all rows of a word before the first, and half of all paragraphs may hold
// it.
//
// A tsvector has its limits (places up to 16,383, 255 of them for a word, words of 2,046 bytes). A paragraph
// that goes beyond them has its words without places, and among them kMark: a question about words side by
// side takes it as a candidate and reads its text.
#include <endian.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <set>

#include "base/error.hpp"
#include "base/sha256.hpp"
#include "record/text_index.hpp"

namespace mithaq::record {

namespace {

constexpr std::int64_t kSegmentRows = 32768;
// A question that so large a part of the rows answers is dense; so many rows are looked at to tell.
constexpr double kDense = 0.05;
constexpr std::int64_t kSample = 512;
// Rows that are asked for at first where they are dense.
constexpr std::size_t kChunk = 512;
constexpr std::uint32_t kPlacesMost = 16383;
constexpr std::size_t kPlacesOfWord = 255;
constexpr std::size_t kWordBytesMost = 2000;
constexpr std::size_t kVectorBytesMost = 1'000'000;
constexpr std::string_view kMark = "\x01";

// A term as it stands in a tsvector: a very long one by its beginning and its hash.
std::string word_of(std::string_view term) {
  if (term.size() <= kWordBytesMost) return std::string(term);
  std::size_t end = kWordBytesMost - 100;
  while (end > 0 && (static_cast<unsigned char>(term[end]) & 0xC0) == 0x80) --end;
  return std::string(term.substr(0, end)) + "\x02" + to_hex(sha256(term));
}

void append_number(std::string& out, std::uint16_t number) {
  const std::uint16_t turned = htobe16(number);
  out.append(reinterpret_cast<const char*>(&turned), sizeof turned);
}
void append_number(std::string& out, std::uint32_t number) {
  const std::uint32_t turned = htobe32(number);
  out.append(reinterpret_cast<const char*>(&turned), sizeof turned);
}

// A text's tsvector in PostgreSQL's binary format, words in the order of their bytes.
std::string vector_of(const AnalyzedText& text) {
  std::map<std::string, std::vector<std::uint16_t>, std::less<>> words;
  bool marked = text.places() > kPlacesMost;
  for (const AnalyzedText::Term& term : text.terms()) {
    const std::string_view word = text.word(term);
    marked = marked || word.size() > kWordBytesMost;
    auto found = words.find(word);
    if (found == words.end()) found = words.emplace(word_of(word), std::vector<std::uint16_t>{}).first;
    const auto place = static_cast<std::uint16_t>(std::min(term.place, kPlacesMost));
    if (!found->second.empty() && found->second.back() == place) continue;
    found->second.push_back(place);
    marked = marked || found->second.size() > kPlacesOfWord;
  }
  std::size_t bytes = 0;
  for (const auto& [word, places] : words) bytes += word.size() + 4 + 2 * places.size();
  marked = marked || bytes > kVectorBytesMost;
  if (marked) words.emplace(kMark, std::vector<std::uint16_t>{});
  std::string out;
  append_number(out, static_cast<std::uint32_t>(words.size()));
  bytes = 0;
  std::uint32_t count = 0;
  for (const auto& [word, places] : words) {
    // Beyond this PostgreSQL keeps no more words of one paragraph, whose last ones are then not found.
    bytes += word.size() + 4;
    if (bytes > kVectorBytesMost) break;
    ++count;
    out += word;
    out += '\0';
    append_number(out, static_cast<std::uint16_t>(marked ? 0 : places.size()));
    if (marked) continue;
    for (const std::uint16_t place : places) append_number(out, place);
  }
  std::string begin;
  append_number(begin, count);
  out.replace(0, begin.size(), begin);
  return out;
}

// Reads a tsvector in that format.
class VectorReader {
 public:
  explicit VectorReader(std::string_view bytes) : bytes_(bytes) {
    if (bytes_.size() < 4) return;
    std::uint32_t count;
    std::memcpy(&count, bytes_.data(), 4);
    left_ = be32toh(count);
    bytes_.remove_prefix(4);
  }
  bool next() {
    if (left_ == 0) return false;
    --left_;
    word = bytes_.substr(0, bytes_.find('\0'));
    bytes_.remove_prefix(word.size() + 1);
    places_count = number(0);
    bytes_.remove_prefix(2);
    places_ = bytes_.substr(0, 2 * places_count);
    bytes_.remove_prefix(places_.size());
    return true;
  }
  // Without the weight, which nobody gave.
  std::uint16_t place(std::size_t at) const {
    std::uint16_t value;
    std::memcpy(&value, places_.data() + 2 * at, 2);
    return be16toh(value) & 0x3FFF;
  }

  std::string_view word{};
  std::size_t places_count = 0;

 private:
  std::uint16_t number(std::size_t at) const {
    std::uint16_t value;
    std::memcpy(&value, bytes_.data() + at, 2);
    return be16toh(value);
  }
  std::string_view bytes_;
  std::string_view places_{};
  std::uint32_t left_ = 0;
};

std::string quoted_word(std::string_view word) {
  std::string out = "'";
  for (const char byte : word) {
    if (byte == '\'' || byte == '\\') out += byte;
    out += byte;
  }
  return out + "'";
}

// A phrase as a tsquery.
//   or_marked  also paragraphs with the mark that hold the words anywhere
std::string query_of(const Phrase& phrase, bool or_marked) {
  const auto joined = [&phrase](std::string_view by) {
    std::string out;
    for (std::size_t at = 0; at < phrase.words.size(); ++at) {
      if (at > 0) out += by;
      out += quoted_word(word_of(phrase.words[at]));
      if (phrase.prefix && at + 1 == phrase.words.size()) out += ":*";
    }
    return out;
  };
  if (phrase.words.size() == 1) return joined("");
  std::string out = "(" + joined("<->");
  if (or_marked) out += "|(" + joined("&") + "&" + quoted_word(kMark) + ")";
  return out + ")";
}

std::string query_of(const std::vector<PhraseGroup>& groups, char joined_by, bool or_marked) {
  std::string out;
  for (const PhraseGroup& group : groups) {
    if (!out.empty()) out += joined_by;
    out += '(';
    for (std::size_t at = 0; at < group.phrases.size(); ++at) {
      if (at == group.either) {
        out += at > 0 ? "&(" : "(";
      } else if (at > 0) {
        out += at > group.either ? '|' : '&';
      }
      out += query_of(group.phrases[at], or_marked);
    }
    out += group.either < group.phrases.size() ? "))" : ")";
  }
  return out;
}

std::string query_of(const TextQuestion& question) {
  std::string out =
      question.must.empty() ? query_of(question.may, '|', true) : query_of(question.must, '&', true);
  if (!question.must_not.empty()) out = "(" + out + ")&!(" + query_of(question.must_not, '|', false) + ")";
  return out;
}

// Counts the scored phrases of a question in tsvectors.
class Counter {
 public:
  explicit Counter(const TextQuestion& question) {
    for (const Phrase& phrase : question.scored()) {
      Counted counted;
      for (std::size_t at = 0; at < phrase.words.size(); ++at) {
        counted.words.push_back(
            {.word = word_of(phrase.words[at]), .prefix = phrase.prefix && at + 1 == phrase.words.size()});
      }
      phrases_.push_back(std::move(counted));
    }
  }
  //   returns  false if the places are not in the tsvector: its text has to be read
  bool count(std::string_view vector, std::vector<std::int64_t>& counts) {
    for (Counted& phrase : phrases_) {
      for (Word& word : phrase.words) word.places.clear();
    }
    VectorReader reader(vector);
    while (reader.next()) {
      if (reader.word == kMark) return false;
      for (Counted& phrase : phrases_) {
        for (Word& word : phrase.words) {
          if (word.prefix ? !reader.word.starts_with(word.word) : reader.word != word.word) continue;
          for (std::size_t at = 0; at < reader.places_count; ++at) word.places.push_back(reader.place(at));
        }
      }
    }
    counts.clear();
    for (Counted& phrase : phrases_) {
      for (Word& word : phrase.words) {
        if (!word.prefix) continue;  // the words that go on come one after another
        std::sort(word.places.begin(), word.places.end());
        word.places.erase(std::unique(word.places.begin(), word.places.end()), word.places.end());
      }
      counts.push_back(std::count_if(
          phrase.words[0].places.begin(), phrase.words[0].places.end(), [&phrase](std::uint16_t first) {
            for (std::size_t at = 1; at < phrase.words.size(); ++at) {
              const auto& places = phrase.words[at].places;
              if (!std::binary_search(places.begin(), places.end(), static_cast<std::uint16_t>(first + at)))
                return false;
            }
            return true;
          }));
    }
    return true;
  }

 private:
  struct Word {
    std::string word{};
    bool prefix = false;
    std::vector<std::uint16_t> places{};
  };
  struct Counted {
    std::vector<Word> words{};
  };
  std::vector<Counted> phrases_{};
};

class GinIndex final : public TextIndex {
 public:
  GinIndex(Database& database, std::shared_ptr<const Analyzer> analyzer)
      : database_(database), analyzer_(std::move(analyzer)) {}

  void create() override {
    database_.create(
        "create table main.paragraph_index(segment integer primary key, first_row integer not null, last_row "
        "integer "
        "not null, rows integer not null, terms integer not null)");
  }
  void drop() override {
    forget();
    if (!database_.has_table("paragraph_index")) return;
    std::string sql;
    for (const Segment& each : read_segments()) sql += "drop table if exists main." + each.table() + ";";
    database_.script(sql + "drop table main.paragraph_index");
  }

  void add(ParagraphRowId row, std::string_view text) override {
    text_.read(*analyzer_, text);
    Segment& segment = segment_of(row);
    const std::string vector = vector_of(text_);
    if (inserter_ == nullptr || inserter_table_ != segment.number) {
      inserter_ = std::make_unique<RowInserter>(database_, "main." + segment.table(), 3);
      inserter_table_ = segment.number;
    }
    const Cell cells[] = {row, text_.places(), Blob{vector}};
    inserter_->add(cells);
    segment.first_row = segment.rows == 0 ? row : std::min(segment.first_row, row);
    segment.last_row = segment.rows == 0 ? row : std::max(segment.last_row, row);
    ++segment.rows;
    segment.terms += text_.places();
    segment.changed = true;
  }
  void remove(ParagraphRowId first, ParagraphRowId end) override {
    for (Segment& segment : writing()) {
      if (segment.rows == 0 || segment.last_row < first || segment.first_row >= end) continue;
      Query gone = database_.query(
          "delete from main." + segment.table() + " where row>=?1 and row<?2 returning terms", first, end);
      while (gone.step()) {
        --segment.rows;
        segment.terms -= gone.integer(0);
        segment.changed = true;
        scrubbed_.insert(segment.number);
      }
    }
  }
  void finish() override {
    if (!segments_) return;
    for (Segment& each : *segments_) {
      if (!each.changed) continue;
      database_.run(
          "insert into main.paragraph_index values(?1,?2,?3,?4,?5) on conflict(segment) do update set "
          "first_row=excluded.first_row, last_row=excluded.last_row, rows=excluded.rows, "
          "terms=excluded.terms",
          each.number, each.first_row, each.last_row, each.rows, each.terms);
      each.changed = false;
    }
  }
  void forget() override {
    segments_.reset();
    inserter_.reset();
    scrubbed_.clear();
  }
  void scrub() override {
    // The keys of a GIN index outlive their rows.
    for (const std::int64_t number : scrubbed_) {
      database_.script("reindex table main." + Segment{.number = number}.table());
    }
    scrubbed_.clear();
  }

  bool is_whole() override {
    const Transaction transaction(database_, Transaction::Kind::read);
    try {
      return holds_all_paragraphs();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::corrupt) throw;
      return false;
    }
  }

  std::optional<Totals> totals(std::span<const Phrase>) override { return totals_of(read_segments()); }

  void each_row(const Phrase& phrase, std::size_t limit,
                const std::function<bool(ParagraphRowId row)>& take) override {
    const TextQuestion question{.must = {{.phrases = {phrase}}}};
    each_match(
        question, {.from = 0, .to = kLastRow, .limit = limit}, {},
        [&take](const Match& match) { return take(match.row); }, Want::rows);
  }
  void each_match(const TextQuestion& question, const Bounds& bounds,
                  const std::function<bool(ParagraphRowId row)>& lets_through,
                  const std::function<bool(const Match& match)>& take) override {
    each_match(question, bounds, lets_through, take, Want::counts);
  }

  std::string select_rows(const TextQuestion& question,
                          const std::function<std::string(Value value)>& argument) override {
    const std::string place = argument(query_of(question));
    std::string out;
    for (const Segment& each : read_segments()) {
      if (!out.empty()) out += " union all ";
      out += "select f.row from " + each.table() + " f where f.tokens @@ cast(" + place + " as tsquery)";
    }
    return out.empty() ? "select 0 where cast(" + place + " as text) is null" : out;
  }

 private:
  static constexpr ParagraphRowId kLastRow = std::int64_t{1} << 62;
  enum class Want { rows, counts };

  struct Segment {
    std::int64_t number = 0;
    ParagraphRowId first_row = 0, last_row = 0;
    std::int64_t rows = 0, terms = 0;
    bool changed = false;

    std::string table() const { return "paragraph_index_" + std::to_string(number); }
  };

  // In the order of their rows.
  std::vector<Segment> read_segments() {
    std::vector<Segment> out;
    Query query = database_.query(
        "select segment, first_row, last_row, rows, terms from main.paragraph_index order by segment");
    while (query.step()) {
      out.push_back({.number = query.integer(0),
                     .first_row = query.integer(1),
                     .last_row = query.integer(2),
                     .rows = query.integer(3),
                     .terms = query.integer(4)});
    }
    return out;
  }
  static Totals totals_of(const std::vector<Segment>& segments) {
    Totals out;
    for (const Segment& each : segments) {
      out.rows += static_cast<double>(each.rows);
      out.terms += static_cast<double>(each.terms);
    }
    return out;
  }
  std::vector<Segment>& writing() {
    if (!segments_) segments_ = read_segments();
    return *segments_;
  }
  // Where a row belongs. Rows grow, but for those of a text that is corrected.
  Segment& segment_of(ParagraphRowId row) {
    std::vector<Segment>& segments = writing();
    if (!segments.empty() && row <= segments.back().last_row) {
      for (Segment& each : segments) {
        if (row <= each.last_row) return each;
      }
    }
    if (segments.empty() || segments.back().rows >= kSegmentRows) {
      if (!segments.empty()) close(segments.back());
      segments.push_back({.number = segments.empty() ? 0 : segments.back().number + 1});
      const std::string table = segments.back().table();
      database_.create("create table main." + table +
                       "(row integer primary key, terms integer not null, tokens tsvector not null)");
      database_.script("create index on main." + table + " using gin(tokens)");
    }
    return segments.back();
  }
  // A segment to which no more rows come: what its index had put off is done, and the planner is told of it.
  void close(const Segment& segment) { database_.script("analyze main." + segment.table()); }

  std::string text_of(ParagraphRowId row) {
    Query query = database_.query("select text from main.paragraphs where row=?1", row);
    return query.step() ? std::string(query.text(0)) : std::string();
  }

  void each_match(const TextQuestion& question, const Bounds& bounds,
                  const std::function<bool(ParagraphRowId row)>& lets_through,
                  const std::function<bool(const Match& match)>& take, Want want) {
    const std::vector<Segment> segments = read_segments();
    const Totals totals = totals_of(segments);
    const std::string text = query_of(question);
    const bool by_text = question.holds_phrase() || !question.must_not.empty();
    Counter counter(question);
    std::vector<std::int64_t> counts;
    std::size_t left = bounds.limit;
    // Whether the row is a match at all, and if so, how often each phrase stands in it.
    const auto judge = [&](ParagraphRowId row, std::string_view vector) {
      if (counter.count(vector, counts)) return true;
      text_.read(*analyzer_, text_of(row));
      return text_.answers(question, counts);
    };
    bool dense = false;
    bool judged_dense = false;
    for (auto segment = segments.rbegin(); segment != segments.rend() && left > 0; ++segment) {
      if (segment->rows == 0 || segment->last_row < bounds.from || segment->first_row > bounds.to) continue;
      if (!judged_dense) dense = is_dense(*segment, text);
      judged_dense = true;
      const bool with_vectors = !lets_through && (want == Want::counts || by_text);
      std::size_t found = 0;
      const bool goes_on = each_in_segment(
          *segment, with_vectors, dense, text, bounds, left, [&](std::span<const Found> rows) {
            found += rows.size();
            left -= rows.size();
            if (with_vectors) {
              for (const Found& each : rows) {
                if (!judge(each.row, each.vector)) continue;
                if (!take({.row = each.row, .terms = each.terms, .counts = counts, .totals = totals}))
                  return false;
              }
              return true;
            }
            if (lets_through) return give_passing(*segment, rows, lets_through, judge, counts, totals, take);
            return std::all_of(rows.begin(), rows.end(),
                               [&take](const Found& each) { return take({.row = each.row}); });
          });
      if (!goes_on) return;
      if (segment->first_row >= bounds.from && segment->last_row <= bounds.to)
        dense = static_cast<double>(found) >= kDense * static_cast<double>(segment->rows);
    }
  }

  // What a segment says of a question.
  struct Found {
    ParagraphRowId row = 0;
    std::int64_t terms = 0;
    std::string vector{};
  };

  // Whether many of the newest rows of a segment answer a question. Then reading rows from the newest on has
  // enough soon, where the index would first give all of them.
  bool is_dense(const Segment& segment, const std::string& text) {
    return static_cast<double>(database_.integer(
               "select count(*) from (select tokens from main." + segment.table() +
                   " order by row desc limit ?2) n where ts_match_vq(n.tokens, cast(?1 as tsquery))",
               0, text, kSample)) >= kDense * static_cast<double>(std::min(kSample, segment.rows));
  }

  // Gives the rows of a segment that answer a question, the newest first, some at a time, until `take` says
  // false.
  //   dense  reads the rows themselves instead of the index: as a function the match has no index
  template <typename Take>
  bool each_in_segment(const Segment& segment, bool with_vectors, bool dense, const std::string& text,
                       const Bounds& bounds, std::size_t limit, const Take& take) {
    const std::string sql =
        std::string("select row") + (with_vectors ? ", terms, tokens" : "") + " from main." +
        segment.table() + " where " +
        (dense ? "ts_match_vq(tokens, cast(?1 as tsquery))" : "tokens @@ cast(?1 as tsquery)") +
        " and row>=?2 and row<=?3 order by row desc limit ?4";
    ParagraphRowId to = bounds.to;
    std::vector<Found> found;
    for (std::size_t chunk = dense ? kChunk : limit; limit > 0; chunk *= 2) {
      const std::size_t wanted = std::min(chunk, limit);
      found.clear();
      {
        Query rows = database_.query(sql, text, bounds.from, to, wanted);
        while (rows.step()) {
          Found each{.row = rows.integer(0)};
          if (with_vectors) {
            each.terms = rows.integer(1);
            each.vector = rows.blob(2);
          }
          found.push_back(std::move(each));
        }
      }
      if (found.empty()) return true;
      limit -= found.size();
      to = found.back().row - 1;
      if (!take(std::span<const Found>(found))) return false;
      if (found.size() < wanted) return true;
    }
    return true;
  }

  // The tsvectors of those that are let through, some at a time: who asks may have enough soon.
  template <typename Judge>
  bool give_passing(const Segment& segment, std::span<const Found> found,
                    const std::function<bool(ParagraphRowId row)>& lets_through, const Judge& judge,
                    const std::vector<std::int64_t>& counts, const Totals& totals,
                    const std::function<bool(const Match& match)>& take) {
    for (std::size_t at = 0, chunk = 128; at < found.size();
         at += chunk, chunk = std::min<std::size_t>(chunk * 2, 2048)) {
      const std::size_t end = std::min(found.size(), at + chunk);
      std::string wanted = "{";
      std::set<ParagraphRowId> passed;
      for (std::size_t each = at; each < end; ++each) {
        if (!lets_through(found[each].row)) continue;
        passed.insert(found[each].row);
        if (wanted.size() > 1) wanted += ',';
        wanted += std::to_string(found[each].row);
      }
      wanted += '}';
      std::optional<Query> vectors;
      if (!passed.empty()) {
        vectors.emplace(database_.query("select row, terms, tokens from main." + segment.table() +
                                            " where row=any(cast(?1 as bigint[])) order by row desc",
                                        wanted));
      }
      for (std::size_t each = at; each < end; ++each) {
        Match match{.row = found[each].row, .let_through = passed.contains(found[each].row)};
        if (match.let_through) {
          if (!vectors->step() || vectors->integer(0) != match.row) return false;  // changed meanwhile
          if (!judge(match.row, vectors->blob(2))) continue;
          match.terms = vectors->integer(1);
          match.counts = counts;
          match.totals = totals;
        }
        if (!take(match)) return false;
      }
    }
    return true;
  }

  bool holds_all_paragraphs() {
    Query paragraphs = database_.scan("select row, text from main.paragraphs order by row");
    for (const Segment& segment : read_segments()) {
      std::int64_t rows = 0, terms = 0;
      Query indexed =
          database_.scan("select row, terms, tokens from main." + segment.table() + " order by row");
      while (indexed.step()) {
        if (!paragraphs.step() || paragraphs.integer(0) != indexed.integer(0)) return false;
        text_.read(*analyzer_, paragraphs.text(1));
        if (indexed.integer(1) != text_.places() || indexed.blob(2) != vector_of(text_)) return false;
        ++rows;
        terms += indexed.integer(1);
      }
      if (rows != segment.rows || terms != segment.terms) return false;
    }
    return !paragraphs.step();
  }

  Database& database_;
  std::shared_ptr<const Analyzer> analyzer_;
  AnalyzedText text_{};
  std::optional<std::vector<Segment>> segments_{};  // while writing
  std::unique_ptr<RowInserter> inserter_{};
  std::int64_t inserter_table_ = 0;
  std::set<std::int64_t> scrubbed_{};  // segments that lost rows
};

}  // namespace

std::unique_ptr<TextIndex> open_gin_index(Database& database, std::shared_ptr<const Analyzer> analyzer) {
  return std::make_unique<GinIndex>(database, std::move(analyzer));
}

}  // namespace mithaq::record
