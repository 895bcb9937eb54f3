// The view: tables folded from the entries, for questions.
//
// Everything here can be made again from the log (SqlStore::rebuild gives the same rows). Every row leads
// to its citation: document, paragraph, place in the raw text, words. Ids of merged entities are resolved.
// The full-text index is written in the same transaction as the rows. Who looks sees only what look_as()
// opened to them (sight.hpp); at the beginning, everything.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/analyzer.hpp"
#include "document/document.hpp"
#include "record/entry.hpp"
#include "record/facts.hpp"
#include "record/sight.hpp"

namespace mithaq::record {

class Database;
class TextIndex;

// A paragraph's number in the view; grows with the log.
using ParagraphRowId = std::int64_t;

// Where a fact stands.
struct Citation {
  std::string document{};       // id
  std::string document_name{};  // the file's name
  std::string document_title{};
  std::string symbol{};
  std::string document_date{};  // EDTF
  std::size_t section = 0;
  std::string paragraph{};  // the paragraph's id in the document
  ParagraphRowId paragraph_row = 0;
  std::vector<document::Span> raw{};  // bytes of the whole raw text
  std::string words{};                // the repaired words
};

struct DocumentRow {
  Seq seq = 0;  // of its document entry
  std::string id{};
  std::string name{};
  std::string format{};
  std::string encoding{};
  document::Metadata metadata{};  // with the handling that it has now
  std::string brought_by{};       // the account that brought it in; empty for the command line
  std::string read_at{};          // time of its entry
  std::size_t sections = 0;       // that are in the record
  bool complete = false;          // false after an interrupted reading: read the file again to finish it
  std::size_t raw_bytes = 0;
  std::size_t paragraphs = 0;
  std::size_t statements = 0;
  std::size_t doubts = 0;
  std::size_t edits = 0;
};

struct ParagraphRow {
  ParagraphRowId row = 0;
  std::string document{};
  std::size_t section = 0;
  std::size_t ordinal = 0;     // in its section, from 0
  std::size_t raw_offset = 0;  // pieces count their bytes from here in the whole raw text
  document::Paragraph paragraph{};
  // Of its document.
  std::string document_name{}, document_title{}, symbol{}, document_date{};
};

// A date or a span of time to ask for: EDTF, or empty. Compared by the days it may cover.
struct TimeRange {
  std::string from{};
  std::string to{};
};

struct PartyRow {
  document::PartyRole role = document::PartyRole::actor;
  document::FoundBy found_by = document::FoundBy::name;
  std::string entity{};  // resolved
  std::string name{};
};

struct PlaceRow {
  std::string entity{};  // resolved
  std::string name{};
};

struct StatementRow {
  Seq seq = 0;  // of its statement entry: how reviews and people name it
  document::StatementType type = document::StatementType::cooperation;
  std::vector<PartyRow> parties{};
  std::vector<std::string> themes{};
  std::string topic{};
  std::vector<PlaceRow> places{};
  std::string time{};  // EDTF
  std::string from{};  // first and last day it may cover, "0001-01-01" … "9999-12-31"; empty if unsaid
  std::string to{};
  document::Modality modality = document::Modality::asserted;
  bool negated = false;
  document::CommitmentStatus status = document::CommitmentStatus::unstated;
  std::string instrument{};
  std::string value{};
  std::string unit{};
  std::string rule{};
  document::Confidence confidence = document::Confidence::a;
  ReviewState review = ReviewState::proposed;
  std::string reviewed_by{};  // the last reviewer
  std::string reviewed_at{};
  std::size_t range_begin = 0;  // of its evidence, in bytes of the paragraph
  Citation citation{};
};

// By place in the documents, by date, latest entry first.
enum class StatementOrder { document, time, newest };

// Empty fields ask for anything. Values inside one field are alternatives, fields are joined by "and".
struct StatementQuery {
  std::vector<document::StatementType> types{};
  std::vector<std::string> parties{};        // entity ids, or names as a document writes them
  bool all_parties = false;                  // each of `parties` takes part, instead of any
  std::vector<document::PartyRole> roles{};  // in which `parties` take part
  std::vector<std::string> themes{};         // ids
  std::vector<std::string> places{};         // entity ids, or names
  TimeRange time{};                          // statements whose time may fall inside it
  bool undated = true;                       // with `time`: also those that say no time
  std::vector<document::CommitmentStatus> statuses{};
  std::vector<document::Modality> modalities{};
  std::vector<ReviewState> reviews{};    // empty: all but rejected
  std::string instrument{};              // these words occur in the instrument, in any order
  std::vector<std::string> documents{};  // ids
  std::string text{};                    // words that stand in the statement's paragraph
  StatementOrder order = StatementOrder::document;
  std::size_t limit = 1000;
  std::size_t offset = 0;
};

// By their entries, the first or the last first; by date, the latest or the earliest first, those without one
// last; by name, from either end; those with the most or the fewest doubts first.
enum class DocumentOrder { oldest, newest, date, date_earliest, name, name_last, doubts, doubts_fewest };

struct DocumentQuery {
  std::string id{};                    // this very document
  std::vector<Seq> seqs{};             // the documents of these entries
  std::vector<std::string> symbols{};  // with one of these symbols
  std::string reference{};             // an id or the beginning of one (with or without
                                       // "sha256-"), a name, or a symbol
  std::vector<std::string> languages{};
  std::vector<std::string> issuers{};
  TimeRange date{};
  std::vector<std::string> words{};  // each occurs in its name, title or symbol
  std::vector<document::Tlp> marks{};
  DocumentOrder order = DocumentOrder::oldest;
  std::size_t limit = 1000;
  std::size_t offset = 0;
};

struct MentionRow {
  document::MentionType type = document::MentionType::organization;
  document::RefClass ref = document::RefClass::name;
  std::vector<std::string> entities{};  // resolved
  std::string name{};
  std::string value{};
  std::string unit{};
  std::string title{};
  bool nested = false;
  document::TextRange range{};  // of the paragraph
  Citation citation{};
};

struct MentionQuery {
  std::vector<document::MentionType> types{};
  std::vector<std::string> entities{};  // ids or names
  std::vector<std::string> documents{};
  std::size_t limit = 1000;
  std::size_t offset = 0;
};

struct ReviewRow {
  Seq seq = 0;
  Seq statement = 0;
  ReviewAction action = ReviewAction::confirm;
  std::string by{};
  std::string on_behalf_of{};
  std::string note{};
  std::optional<Seq> withdraws{};  // of a withdrawal: what it took back
  bool stands = true;              // false for what was taken back, and for a withdrawal itself
  std::string time{};
};

// How far the reviewers of a statement agree: each counts once, with the last word of theirs that stands.
struct Agreement {
  std::size_t confirmed = 0;
  std::size_t corrected = 0;
  std::size_t rejected = 0;
  bool unanimous() const { return (confirmed > 0) + (corrected > 0) + (rejected > 0) <= 1; }
};

// How often somebody's last word that stands was which.
struct ReviewerCount {
  std::string by{};
  std::size_t confirmed = 0;
  std::size_t corrected = 0;
  std::size_t rejected = 0;
};

// A statement that two people decided, with the last word of each that stands.
struct SharedDecision {
  Seq statement = 0;
  ReviewAction first = ReviewAction::confirm;
  ReviewAction second = ReviewAction::confirm;
};

struct DoubtRow {
  std::string id{};                     // "SECTION-ORDINAL", both from 0; of its document
  std::optional<std::size_t> chosen{};  // the reading that a person chose, from 0
  std::string by{};                     // who and when; empty if nobody did
  std::string at{};
  Seq section_entry = 0;
  std::string rule{};
  std::vector<document::Doubt::Reading> readings{};
  Citation citation{};  // raw: the places in doubt
};

struct EditRow {
  std::string id{};     // "SECTION-ORDINAL", both from 0; of its document
  bool undone = false;  // by a person: the text reads as it came there
  std::string by{};     // who and when; empty if it stands
  std::string at{};
  Seq section_entry = 0;
  document::Edit edit{};  // its spans are places of the whole raw text
};

// An entity with how often statements name it.
struct EntityCount {
  std::string id{};
  std::string name{};
  std::size_t statements = 0;
};

// One thing that a text must, may or must not hold.
struct TextTerm {
  enum class Need { must, may, must_not };
  enum class Form { words, phrase, prefix };
  std::string text{};  // as a person wrote it; the analyzer is applied here
  Need need = Need::must;
  Form form = Form::words;  // words: all of them, anywhere; phrase: side by side; prefix: last word may go on
};

struct ParagraphFilter {
  std::vector<std::string> entities{};  // one of these is mentioned: ids or names (organizations, places …)
  std::vector<std::string> places{};    // and one of these
  std::vector<std::string> themes{};    // of a statement in the paragraph
  std::vector<document::StatementType> statement_types{};
  std::vector<document::CommitmentStatus> statuses{};
  std::vector<document::ParagraphKind> kinds{};
  std::vector<std::string> documents{};
  std::vector<std::string> languages{};
  std::vector<std::string> issuers{};
  TimeRange date{};  // of the document
};

struct ParagraphHit {
  ParagraphRowId row = 0;
  double score = 0;  // BM25, higher is better
};

struct ParagraphHits {
  std::vector<ParagraphHit> hits{};  // best first; equal scores: newest first
  // True if so many paragraphs match that only the newest were ranked.
  bool truncated = false;
  std::size_t matched = 0;  // that were looked at
};

// The document to which an entry belongs.
struct EntryDocument {
  std::string document{};  // id
  bool visible = false;    // to who looks
};

// An act of the log, without its body.
struct ActRow {
  Seq seq = 0;
  std::string type{};  // "warning.issued"
  std::string time{};
};

struct Statistics {
  std::size_t documents = 0;
  std::size_t paragraphs = 0;
  std::size_t statements = 0;
  std::size_t mentions = 0;
  std::size_t doubts = 0;
  std::size_t edits = 0;
  std::size_t reviews = 0;
};

// Reads the tables and the full-text index of one open record. Must not outlive its store.
class View {
 public:
  View(Database& database, std::shared_ptr<const Analyzer> analyzer, TextIndex& index);
  ~View();

  // From now on this view shows what somebody may see. Lists, counts and searches leave out the rest; asking
  // for a hidden document, paragraph or statement by its id throws Error{forbidden}.
  void look_as(Sight sight);
  const Sight& sight() const;
  // The distinct handlings in the record, seen or not: what a decision is asked about once for each, to make
  // a sight.
  std::vector<document::Handling> handlings() const;
  // The accounts that brought documents in, sorted: only their sights differ from those of others like them.
  std::vector<std::string> bringers() const;
  // Acts whose type begins so ("warning."), oldest first. Acts belong to no document: who may read their
  // bodies is for the caller to judge.
  std::vector<ActRow> acts(const std::string& type_begins) const;
  // Nothing for an entry of no document (a merge, an act, an erasure) and for one that was erased.
  std::optional<EntryDocument> document_of_entry(Seq entry) const;

  std::vector<DocumentRow> documents(const DocumentQuery& query = {}) const;
  std::size_t count_documents(const DocumentQuery& query = {}) const;  // whatever its limit and offset
  // A document that was made of a file with this hash, whoever brought it: that of the account first.
  std::optional<DocumentRow> document_of_file(const std::string& file_hash, const std::string& account) const;
  // The one document that a person means by an id, the beginning of one, a name or a symbol.
  //   throws  Error{not_found} if there is none, Error{conflict} naming them if there are several,
  //           Error{forbidden} for a whole id that shows nothing to who does not see everything
  DocumentRow document(const std::string& reference) const;
  // The text as it came, of one section or (without one) of all.
  std::string raw_text(const std::string& document, std::optional<std::size_t> section = {}) const;
  // One section as it now reads: text, layout, edits that stand, paragraphs, mentions, doubts; with the
  // document's metadata. Its statements are empty: ask statements().
  //   throws  Error{not_found}
  document::Document read_section(const std::string& document, std::size_t section) const;

  // In order; all of them, or one page.
  std::vector<ParagraphRow> paragraphs(const std::string& document, std::size_t offset = 0,
                                       std::size_t limit = SIZE_MAX) const;
  //   throws  Error{not_found}
  ParagraphRow paragraph(ParagraphRowId row) const;
  ParagraphRow paragraph(const std::string& document, const std::string& id) const;
  // These paragraphs, in this order; those that are not there are left out.
  std::vector<ParagraphRow> paragraphs_at(std::span<const ParagraphRowId> rows) const;
  // How many paragraphs of its document stand before it.
  std::size_t paragraphs_before(const ParagraphRow& paragraph) const;
  // The citation of a range of a paragraph; of the whole paragraph without one.
  Citation cite(const ParagraphRow& paragraph, std::optional<document::TextRange> range = {}) const;

  std::vector<StatementRow> statements(const StatementQuery& query) const;
  std::size_t count_statements(const StatementQuery& query) const;
  //   throws  Error{not_found}
  StatementRow statement(Seq seq) const;
  // The statement as the machine proposed it.
  StatementBody proposed_statement(Seq seq) const;
  std::vector<StatementRow> statements_of_paragraph(ParagraphRowId row) const;
  // Those of many paragraphs, a list for each, at the price of a few.
  std::vector<std::vector<StatementRow>> statements_of(std::span<const ParagraphRowId> rows) const;
  // These statements, in this order; those that are not there are left out.
  std::vector<StatementRow> statements_at(std::span<const Seq> seqs) const;
  std::vector<ReviewRow> reviews(Seq statement) const;  // oldest first
  Agreement agreement(Seq statement) const;
  // The latest reviews of all statements, newest first.
  std::vector<ReviewRow> latest_reviews(std::size_t limit, std::size_t offset = 0) const;
  // Who reviewed, by name, and how they decided.
  std::vector<ReviewerCount> reviewers() const;
  // The statements that both decided, in order.
  std::vector<SharedDecision> decided_by_both(const std::string& first, const std::string& second) const;

  std::vector<MentionRow> mentions(const MentionQuery& query) const;
  std::vector<MentionRow> mentions_of_paragraph(ParagraphRowId row) const;
  // Those of many paragraphs, a list for each.
  std::vector<std::vector<MentionRow>> mentions_of(std::span<const ParagraphRow> paragraphs) const;
  std::vector<DoubtRow> doubts(const std::string& document = {}) const;  // of all documents without one
  std::vector<EditRow> edits(const std::string& document = {}) const;

  // What the statements name, most often first; at the same count, what is listed in data/ first.
  std::vector<EntityCount> parties(std::size_t limit = 1000) const;
  std::vector<EntityCount> themes(std::size_t limit = 1000) const;
  std::vector<EntityCount> places(std::size_t limit = 1000) const;

  // What counting needs of the statements from one entry to another, in the order of the log. These four give
  // everything, whoever looks: for an index that obeys each asker's sight itself.
  void each_statement_fact(Seq first, Seq last, const std::function<void(const StatementFact&)>& take) const;
  std::vector<DocumentFact> document_facts(Seq first = 0) const;
  std::vector<SectionFact> section_facts(Seq first = 0) const;    // of these entries and later ones
  std::vector<SectionFact> section_facts_of(Seq document) const;  // of one document, by its entry
  LogMark log_mark() const;
  FactChanges fact_changes(Seq since) const;
  // Organizations, States and places that a paragraph mentions, then those around it, then those that its
  // section mentions most.
  //   neighbours  so many paragraphs before and behind
  std::vector<NamedNearby> named_nearby(ParagraphRowId row, std::int64_t neighbours,
                                        std::size_t limit = 40) const;
  // The paragraph and so many before and behind it in its section.
  std::vector<ParagraphRow> paragraphs_around(ParagraphRowId row, std::int64_t neighbours) const;
  // Every id that was merged, with the id that it reads as.
  std::vector<std::pair<std::string, std::string>> merged() const;

  // The id that an entity reads as after all merges; the id itself if it was never merged.
  std::string resolve(const std::string& entity) const;
  // All ids that read as the same entity, the resolved one first.
  std::vector<std::string> same_as(const std::string& entity) const;

  // Paragraphs that hold the terms and pass the filter, ranked by BM25.
  //   candidates_limit  at most so many matches are ranked, the newest ones (of a phrase at most 2,000): a
  //   bound
  //                     on the time that the most common words take
  //   returns  at most `limit` hits; nothing if no term holds a word that is searched for
  ParagraphHits search_paragraphs(const std::vector<TextTerm>& terms, const ParagraphFilter& filter = {},
                                  std::size_t limit = 20, std::size_t candidates_limit = 5000) const;

  const Analyzer& analyzer() const { return *analyzer_; }
  Statistics statistics() const;

 private:
  struct State;
  class Search;
  Database& database_;
  std::shared_ptr<const Analyzer> analyzer_;
  std::unique_ptr<State> state_;
};

}  // namespace mithaq::record
