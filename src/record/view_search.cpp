// The view: paragraphs by their words, ranked by BM25.
//
// What is found and in which order follows from the record alone, not from the database under it: the index
// says which rows hold the words and how often, everything else is done here.
#include <cmath>
#include <functional>

#include "record/text_question.hpp"
#include "record/view_state.hpp"

namespace mithaq::record {

namespace {

constexpr double kBm25K1 = 1.2;
constexpr double kBm25B = 0.75;
// Stands for the mean length of a paragraph, in terms, for who does not see all of them.
constexpr double kSightedMeanLength = 40;
// So many rows are looked at to tell how common a term is.
constexpr std::size_t kFrequencySample = 1000;
// A filter that lets through at most so many paragraphs is answered by reading their texts, not the index.
constexpr std::size_t kTextsRead = 1500;
// So many mentions of an entity, the newest, are held against the matches.
constexpr std::size_t kMentionsRead = 100000;
// So many matches of a phrase, the newest, are ranked: each costs several times as much as that of a word.
constexpr std::size_t kPhrasesRanked = 2000;
// So many matches of the index, the newest, are held against a filter.
constexpr std::size_t kMatchesHeld = 100000;
// So many of them are looked up, for what only a row tells.
constexpr std::size_t kRowsProbed = 5000;
// So many rows are asked for at a time.
constexpr std::size_t kRowsAtATime = 128;

// Rows that mention one of several keys, from the newest to the oldest; read only as far as they are asked
// for.
class MentionedRows {
 public:
  MentionedRows(Database& database, std::vector<std::string> keys) : keys_(std::move(keys)) {
    for (const std::string& key : keys_) {
      cursors_.push_back(
          {database.scan("select paragraph from mentions where key=?1 order by paragraph desc", key), {}});
      step(cursors_.back());
    }
    advance();
  }
  MentionedRows(const MentionedRows&) = delete;
  MentionedRows& operator=(const MentionedRows&) = delete;

  std::optional<ParagraphRowId> current() const { return current_; }
  void advance() {
    current_.reset();
    for (const Cursor& each : cursors_) {
      if (each.row && (!current_ || *each.row > *current_)) current_ = each.row;
    }
    if (!current_) return;
    for (Cursor& each : cursors_) {
      while (each.row == current_) step(each);
    }
  }
  //   requires  rows never grow from call to call
  bool contains(ParagraphRowId row) {
    while (current_ && *current_ > row) advance();
    return current_ == row;
  }
  // True if so many rows were read that the older ones were left out.
  bool cut() const { return read_ > kMentionsRead; }

 private:
  struct Cursor {
    Query query;
    std::optional<ParagraphRowId> row;
  };
  void step(Cursor& cursor) {
    const bool more = ++read_ <= kMentionsRead && cursor.query.step();
    cursor.row = more ? std::optional(cursor.query.integer(0)) : std::nullopt;
  }

  std::vector<std::string> keys_;
  std::vector<Cursor> cursors_{};
  std::size_t read_ = 0;
  std::optional<ParagraphRowId> current_{};
};

// Entries of sections; asked from the newest to the oldest.
class SectionSet {
 public:
  explicit SectionSet(std::vector<std::int64_t> sections) : sections_(std::move(sections)) {
    std::sort(sections_.begin(), sections_.end(), std::greater<>());
  }
  const std::vector<std::int64_t>& sections() const { return sections_; }
  //   requires  rows never grow from call to call
  bool contains_row(ParagraphRowId row) {
    const std::int64_t section = row >> kParagraphBits;
    while (at_ < sections_.size() && sections_[at_] > section) ++at_;
    return at_ < sections_.size() && sections_[at_] == section;
  }

 private:
  std::vector<std::int64_t> sections_;
  std::size_t at_ = 0;
};

// "?1,?2 …" for kRowsAtATime rows, and their values; the places that are left over repeat the last row.
const std::string& places_of_rows(Conditions& where) {
  static const std::string text = [] {
    std::string out;
    for (std::size_t at = 1; at <= kRowsAtATime; ++at) out += (at == 1 ? "?" : ",?") + std::to_string(at);
    return out;
  }();
  for (std::size_t at = 0; at < kRowsAtATime; ++at) static_cast<void>(where.argument(std::int64_t{0}));
  return text;
}
void put_rows(std::vector<Value>& values, std::span<const ParagraphRowId> rows) {
  for (std::size_t at = 0; at < kRowsAtATime; ++at) values[at] = rows[std::min(at, rows.size() - 1)];
}

// What only a row tells: of its statements, of its kind.
class RowProbe {
 public:
  RowProbe(Database& database, const ParagraphFilter& filter) : database_(database) {
    Conditions where;
    const std::string places = places_of_rows(where);
    if (!filter.themes.empty()) {
      where.add(
          "exists (select 1 from statements t join statement_themes y on y.statement=t.seq where "
          "t.paragraph=p.row and t.review<>'rejected' and " +
          where.in("y.theme", filter.themes) + ")");
    }
    if (!filter.statement_types.empty() || !filter.statuses.empty()) {
      std::string text =
          "exists (select 1 from statements t where t.paragraph=p.row and t.review<>'rejected'";
      if (!filter.statement_types.empty()) text += " and " + where.in_names("t.type", filter.statement_types);
      if (!filter.statuses.empty()) text += " and " + where.in_names("t.status", filter.statuses);
      where.add(text + ")");
    }
    if (!filter.kinds.empty()) where.add(where.in_names("p.kind", filter.kinds));
    if (where.sql().empty()) return;
    where.add("p.row in (" + places + ")");
    sql_ = "select p.row from paragraphs p" + where.sql();
    values_.assign(where.values().begin(), where.values().end());
  }
  // True if there is nothing to ask.
  bool lets_all_through() const { return sql_.empty(); }
  // Those of at most kRowsAtATime rows that pass.
  std::set<ParagraphRowId> passing(std::span<const ParagraphRowId> rows) {
    std::set<ParagraphRowId> out;
    if (rows.empty()) return out;
    put_rows(values_, rows);
    Query query = database_.query_with(sql_, values_);
    while (query.step()) out.insert(query.integer(0));
    return out;
  }

 private:
  Database& database_;
  std::string sql_{};
  std::vector<Value> values_{};
};

bool is_filtered(const ParagraphFilter& filter) {
  return !filter.entities.empty() || !filter.places.empty() || !filter.themes.empty() ||
         !filter.statement_types.empty() || !filter.statuses.empty() || !filter.kinds.empty() ||
         !filter.documents.empty() || !filter.languages.empty() || !filter.issuers.empty() ||
         !filter.date.from.empty() || !filter.date.to.empty();
}

}  // namespace

// One search.
class View::Search {
 public:
  Search(State& state, const Analyzer& analyzer, const TextQuestion& question, const ParagraphFilter& filter,
         std::size_t candidates_limit)
      : state_(state),
        database_(state.database),
        analyzer_(analyzer),
        question_(question),
        filter_(filter),
        candidates_limit_(candidates_limit),
        visible_(state.tables.sees_everything() ? nullptr : &state.tables.sections()),
        probe_(state.database, filter) {}

  ParagraphHits run(std::size_t limit) {
    if (visible_ != nullptr && visible_->paragraphs() == 0) return {};
    first_row_ = from_row_ = database_.integer("select min(row) from paragraphs", 0);
    last_row_ = to_row_ = database_.integer("select max(row) from paragraphs", 0);
    if (visible_ != nullptr) {
      rows_ = static_cast<double>(visible_->paragraphs());
      mean_length_ = kSightedMeanLength;
    }
    if (!weigh() || !narrow()) return {};
    if (few_) {
      rank_few();
    } else {
      rank_index();
    }
    for (const auto& each : mentioned_) out_.truncated = out_.truncated || each->cut();
    const std::size_t wanted = std::min(limit, out_.hits.size());
    std::partial_sort(out_.hits.begin(), out_.hits.begin() + static_cast<std::ptrdiff_t>(wanted),
                      out_.hits.end(), [](const ParagraphHit& left, const ParagraphHit& right) {
                        return left.score != right.score ? left.score > right.score : left.row > right.row;
                      });
    out_.hits.resize(wanted);
    return std::move(out_);
  }

 private:
  // What is hidden is told to nobody, not even by how it would change a score.
  bool is_visible(ParagraphRowId row) const {
    return visible_ == nullptr || visible_->contains(row >> kParagraphBits);
  }
  void take_totals(const TextIndex::Totals& totals) {
    if (visible_ != nullptr) return;
    rows_ = totals.rows;
    mean_length_ = rows_ > 0 ? totals.terms / rows_ : 1;
  }
  // How much a phrase tells. It is counted in the newest rows; where there are many, the rest is estimated
  // from how far back they reach.
  double weight_of(std::size_t counted, ParagraphRowId oldest) const {
    double frequency = static_cast<double>(counted);
    if (counted >= kFrequencySample) {
      const double reach =
          visible_ != nullptr
              ? static_cast<double>(visible_->paragraphs_from(oldest >> kParagraphBits)) / rows_
              : static_cast<double>(last_row_ - oldest + 1) / static_cast<double>(last_row_ - first_row_ + 1);
      frequency = std::min(rows_, frequency / reach);
    }
    return std::log(1.0 + (rows_ - frequency + 0.5) / (frequency + 0.5));
  }
  double score_of(std::span<const std::int64_t> counts, std::int64_t terms) const {
    double sum = 0;
    for (std::size_t at = 0; at < counts.size() && at < weights_.size(); ++at) {
      if (counts[at] == 0) continue;
      const auto count = static_cast<double>(counts[at]);
      const double length = static_cast<double>(terms) / std::max(mean_length_, 1.0);
      sum += weights_[at] * count * (kBm25K1 + 1) / (count + kBm25K1 * (1 - kBm25B + kBm25B * length));
    }
    return sum;
  }

  // Finds out how much each phrase tells.
  //   returns  false if nothing can be found
  bool weigh() {
    const std::vector<Phrase> scored = question_.scored();
    // One phrase and nothing else: the rows that are ranked are also those that tell how common it is.
    one_phrase_ = !is_filtered(filter_) && scored.size() == 1 && question_.must_not.empty() &&
                  candidates_limit_ > kFrequencySample &&
                  (visible_ == nullptr || visible_->paragraphs() > kTextsRead);
    if (one_phrase_) {
      weights_.push_back(1);  // the scores take the true one afterwards
      return true;
    }
    const auto totals = state_.index.totals(scored);
    if (visible_ == nullptr && !totals) return false;  // what is found holds one of them
    if (totals) take_totals(*totals);
    for (const Phrase& phrase : scored) {
      std::size_t counted = 0;
      ParagraphRowId oldest = first_row_;
      state_.index.each_row(phrase, visible_ == nullptr ? kFrequencySample : kMatchesHeld,
                            [&](ParagraphRowId row) {
                              if (!is_visible(row)) return true;
                              oldest = row;
                              return ++counted < kFrequencySample;
                            });
      weights_.push_back(weight_of(counted, oldest));
    }
    return true;
  }

  // What is known of a filter before any row is looked at: the rows that mention an entity, if they are few,
  // and the sections of the documents.
  //   returns  false if nothing passes
  bool narrow() {
    if (!narrow_by_mentions() || !narrow_by_documents()) return false;
    if (!few_ && visible_ != nullptr && visible_->paragraphs() <= kTextsRead) {
      few_.emplace();
      for (auto section = visible_->list().rbegin(); section != visible_->list().rend(); ++section) {
        append_rows_of(*section, *few_);
      }
      if (sections_) keep_few([this](ParagraphRowId row) { return sections_->contains_row(row); });
    }
    if (!few_) return true;
    if (visible_ != nullptr) keep_few([this](ParagraphRowId row) { return is_visible(row); });
    for (const auto& each : mentioned_) {
      keep_few([&each](ParagraphRowId row) { return each->contains(row); });
    }
    return true;
  }
  bool narrow_by_mentions() {
    for (const auto* names : {&filter_.entities, &filter_.places}) {
      if (names->empty()) continue;
      const std::vector<std::string> keys = state_.keys_of(*names);
      std::vector<ParagraphRowId> collected;
      auto reader = std::make_unique<MentionedRows>(database_, keys);
      for (; reader->current() && collected.size() <= kTextsRead; reader->advance()) {
        collected.push_back(*reader->current());
      }
      if (collected.empty()) return false;
      to_row_ = std::min(to_row_, collected.front());
      if (collected.size() > kTextsRead) {
        mentioned_.push_back(std::make_unique<MentionedRows>(database_, keys));
        ParagraphRowId oldest = last_row_;
        for (const std::string& key : keys) {
          oldest = std::min(
              oldest, database_.integer("select min(paragraph) from mentions where key=?1", oldest, key));
        }
        from_row_ = std::max(from_row_, oldest);
      } else if (few_) {
        keep_few([&collected](ParagraphRowId row) {
          return std::binary_search(collected.begin(), collected.end(), row, std::greater<>());
        });
      } else {
        few_ = std::move(collected);
      }
    }
    return true;
  }
  bool narrow_by_documents() {
    if (filter_.documents.empty() && filter_.languages.empty() && filter_.issuers.empty() &&
        filter_.date.from.empty() && filter_.date.to.empty())
      return true;
    Conditions where;
    if (!filter_.documents.empty()) where.add(where.in("d.id", filter_.documents));
    if (!filter_.languages.empty()) where.add(where.in("d.language", filter_.languages));
    if (!filter_.issuers.empty()) where.add(where.in("d.issuer", state_.keys_of(filter_.issuers)));
    const std::string time = overlaps(where, filter_.date, "d.date_from", "d.date_to");
    if (!time.empty()) where.add(time);
    const std::string sql =
        "select s.seq from @documents d join sections s on s.document=d.seq" + where.sql();
    std::vector<std::int64_t> found;
    SightedQuery section_rows = state_.tables.query_with(sql, where.values());
    while (section_rows.step()) found.push_back(section_rows.integer(0));
    if (found.empty()) return false;
    sections_.emplace(std::move(found));
    const auto& list = sections_->sections();
    from_row_ = std::max(from_row_, paragraph_row_id(static_cast<Seq>(list.back()), 0));
    to_row_ = std::min(to_row_, paragraph_row_id(static_cast<Seq>(list.front()) + 1, 0) - 1);
    if (!few_ && list.size() <= kTextsRead / 10) {
      std::vector<ParagraphRowId> inside;
      for (const std::int64_t section : list) {
        if (inside.size() > kTextsRead) break;
        append_rows_of(section, inside);
      }
      if (inside.size() <= kTextsRead) few_ = std::move(inside);
    } else if (few_) {
      keep_few([this](ParagraphRowId row) { return sections_->contains_row(row); });
    }
    return true;
  }
  // The rows of a section, newest first; no more than are of use.
  void append_rows_of(std::int64_t section, std::vector<ParagraphRowId>& rows) {
    Query of_section =
        database_.query("select row from paragraphs where row>=?1 and row<?2 order by row desc limit ?3",
                        section << kParagraphBits, (section + 1) << kParagraphBits, kTextsRead + 1);
    while (of_section.step()) rows.push_back(of_section.integer(0));
  }
  template <typename Passes>
  void keep_few(const Passes& passes) {
    std::erase_if(*few_, [&passes](ParagraphRowId row) { return !passes(row); });
  }

  void rank_few() {
    Conditions where;
    const std::string sql = "select p.row, p.text from paragraphs p where p.row in (" +
                            places_of_rows(where) + ") order by p.row desc";
    std::vector<Value> values(where.values().begin(), where.values().end());
    AnalyzedText text;
    std::vector<std::int64_t> counts;
    for (std::size_t at = 0; at < few_->size(); at += kRowsAtATime) {
      const std::span<const ParagraphRowId> rows =
          std::span(*few_).subspan(at, std::min(kRowsAtATime, few_->size() - at));
      put_rows(values, rows);
      std::vector<ParagraphHit> found;
      {
        Query query = database_.query_with(sql, values);
        while (query.step()) {
          text.read(analyzer_, query.text(1));
          if (!text.answers(question_, counts)) continue;
          found.push_back({.row = query.integer(0), .score = score_of(counts, text.places())});
        }
      }
      add_passing(found);
    }
  }

  void rank_index() {
    std::function<bool(ParagraphRowId)> lets_through;
    const bool held = !mentioned_.empty() || sections_.has_value() || visible_ != nullptr;
    if (held) {
      lets_through = [this](ParagraphRowId row) {
        if (!is_visible(row)) return false;
        if (sections_ && !sections_->contains_row(row)) return false;
        return std::all_of(mentioned_.begin(), mentioned_.end(),
                           [row](const auto& each) { return each->contains(row); });
      };
    }
    if (question_.holds_phrase()) candidates_limit_ = std::min(candidates_limit_, kPhrasesRanked);
    // One more than is looked at tells whether there are more.
    const std::size_t most = held                         ? kMatchesHeld
                             : !probe_.lets_all_through() ? std::max(kRowsProbed, candidates_limit_)
                                                          : candidates_limit_;
    std::size_t seen = 0, probed = 0;
    ParagraphRowId sampled_to = first_row_;
    std::vector<ParagraphHit> waiting;  // for the probe
    state_.index.each_match(
        question_, {.from = from_row_, .to = to_row_, .limit = most + 1}, lets_through,
        [&](const TextIndex::Match& match) {
          if (++seen > most || out_.matched >= candidates_limit_ || probed >= kRowsProbed) {
            out_.truncated = true;
            return false;
          }
          if (!match.let_through) return true;
          if (one_phrase_ && out_.matched == 0) take_totals(match.totals);
          const ParagraphHit hit{.row = match.row, .score = score_of(match.counts, match.terms)};
          if (!probe_.lets_all_through()) {
            waiting.push_back(hit);
            if (waiting.size() < kRowsAtATime) return true;
            probed += waiting.size();
            add_passing(waiting);
            waiting.clear();
            return true;
          }
          out_.hits.push_back(hit);
          if (++out_.matched == kFrequencySample) sampled_to = match.row;
          return true;
        });
    add_passing(waiting);
    if (out_.matched > candidates_limit_) {
      out_.truncated = true;
      out_.matched = candidates_limit_;
      out_.hits.resize(candidates_limit_);
    }
    if (one_phrase_) {
      const double weight = weight_of(std::min(out_.matched, kFrequencySample), sampled_to);
      for (ParagraphHit& hit : out_.hits) hit.score *= weight;
    }
  }
  // Takes those hits that the probe lets through; at most kRowsAtATime.
  void add_passing(const std::vector<ParagraphHit>& hits) {
    std::set<ParagraphRowId> passing;
    if (!probe_.lets_all_through()) {
      std::vector<ParagraphRowId> rows;
      for (const ParagraphHit& each : hits) rows.push_back(each.row);
      passing = probe_.passing(rows);
    }
    for (const ParagraphHit& each : hits) {
      if (!probe_.lets_all_through() && !passing.contains(each.row)) continue;
      out_.hits.push_back(each);
      ++out_.matched;
    }
  }

  State& state_;
  Database& database_;
  const Analyzer& analyzer_;
  const TextQuestion& question_;
  const ParagraphFilter& filter_;
  std::size_t candidates_limit_;
  const SightedDatabase::Sections* visible_;  // nothing for who sees everything
  RowProbe probe_;
  ParagraphHits out_{};

  ParagraphRowId first_row_ = 0, last_row_ = 0;  // of the record
  ParagraphRowId from_row_ = 0, to_row_ = 0;     // between which something can pass
  double rows_ = 0, mean_length_ = 1;
  bool one_phrase_ = false;
  std::vector<double> weights_{};                     // of the scored phrases
  std::optional<std::vector<ParagraphRowId>> few_{};  // all that can pass, newest first, if they are few
  std::vector<std::unique_ptr<MentionedRows>> mentioned_{};  // one for each list of entities
  std::optional<SectionSet> sections_{};
};

ParagraphHits View::search_paragraphs(const std::vector<TextTerm>& terms, const ParagraphFilter& filter,
                                      std::size_t limit, std::size_t candidates_limit) const {
  const TextQuestion question = TextQuestion::of(terms, *analyzer_);
  if (question.empty() || limit == 0) return {};
  return Search(*state_, *analyzer_, question, filter, candidates_limit).run(limit);
}

}  // namespace mithaq::record
