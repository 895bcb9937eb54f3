// Records of any size with what real ones are unequal in: few organizations, places and themes in most
// statements and thousands in a few (Zipf), long and short documents, Arabic and English, some restricted.
//
// For tests that hold a fast answer against a slow one, and for the benchmarks. The same seed makes the same
// documents.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "base/sha256.hpp"
#include "reader/lexicon/lexicon.hpp"
#include "record/ingest.hpp"
#include "record/sql_store.hpp"

namespace mithaq::test {

struct MadeRecordOptions {
  std::size_t paragraphs = 1000;
  std::size_t statements = 500;
  std::uint64_t seed = 1;
  std::size_t unlisted = 2000;  // names of bodies that no table lists
  double reviewed = 0.05;       // part of the statements that somebody has looked at
  std::size_t merges = 3;       // bodies that turn out to be another one
  double restricted = 0.1;      // part of the documents that are not for everybody
  std::size_t words_each = 40;  // of a paragraph, about
  std::size_t vocabulary = 60'000;
};

class RecordMaker {
 public:
  RecordMaker(const reader::Lexicon& lexicon, const MadeRecordOptions& options)
      : options_(options), random_(options.seed) {
    for (reader::EntityIndex each = 0; each < lexicon.entities.size(); ++each) {
      const reader::Entity& entity = lexicon.entities[each];
      Known known{.id = entity.id, .name = entity.name, .arabic = entity.names[0]};
      if (known.arabic.empty()) known.arabic = known.name;
      if (entity.type == document::MentionType::organization) {
        // The heads of families first: most papers speak of them.
        (entity.parent == reader::kNoEntity ? heads_ : bodies_).push_back(std::move(known));
      } else {
        places_.push_back(std::move(known));
      }
    }
    organizations_ = heads_;
    organizations_.insert(organizations_.end(), bodies_.begin(), bodies_.end());
    std::shuffle(places_.begin(), places_.end(), random_);
    for (const std::string& theme : lexicon.themes.ids) themes_.push_back(theme);
    for (std::size_t at = 0; at < options.unlisted; ++at)
      unlisted_.push_back("لجنة " + any_letters() + " المشتركة " + std::to_string(at));
    organization_of_ = Zipf(organizations_.size());
    place_of_ = Zipf(places_.size());
    theme_of_ = Zipf(themes_.size());
    unlisted_of_ = Zipf(unlisted_.size());
    static const char* kCommon[] = {"التعاون", "المنظمة", "الأمم",       "المتحدة",      "السلام",
                                    "الأمن",   "الدول",   "الأعضاء",     "منظمة",        "المجلس",
                                    "الوساطة", "القرار",  "مكتب",        "بعثة",         "the",
                                    "of",      "and",     "cooperation", "organization", "security"};
    for (const char* word : kCommon) words_.emplace_back(word);
    while (words_.size() < std::max<std::size_t>(options.vocabulary, 100)) words_.push_back(any_letters());
    word_of_ = Zipf(words_.size());
  }

  // Appends all documents, then reviews and merges.
  void make(record::SqlStore& store) {
    record::Ingest ingest(store);
    std::size_t paragraphs = 0, statements = 0, number = 0;
    while (paragraphs < options_.paragraphs) {
      // Most papers are short; one in a hundred has thousands of paragraphs.
      const double draw = uniform();
      std::size_t size = 4 + static_cast<std::size_t>(20 * std::pow(1 / (1 - 0.995 * draw), 0.8));
      size = std::min(size, options_.paragraphs - paragraphs);
      const auto due = static_cast<std::size_t>(static_cast<double>(options_.statements) *
                                                static_cast<double>(paragraphs + size) /
                                                static_cast<double>(options_.paragraphs));
      ingest.add(document(number++, size, due - statements));
      ingest.finish_document();
      paragraphs += size;
      statements = due;
    }
    ingest.flush();
    review(store);
  }

 private:
  struct Known {
    std::string id{}, name{}, arabic{};
  };
  class Zipf {
   public:
    Zipf() = default;
    explicit Zipf(std::size_t size) {
      double sum = 0;
      for (std::size_t rank = 0; rank < size; ++rank)
        cumulated_.push_back(sum += 1 / std::pow(static_cast<double>(rank + 2), 1.05));
    }
    std::size_t any(std::mt19937_64& random) const {
      const double at = std::generate_canonical<double, 53>(random) * cumulated_.back();
      const auto found = std::lower_bound(cumulated_.begin(), cumulated_.end(), at) - cumulated_.begin();
      return std::min(static_cast<std::size_t>(found), cumulated_.size() - 1);
    }

   private:
    std::vector<double> cumulated_{};
  };

  double uniform() { return std::generate_canonical<double, 53>(random_); }
  bool one_in(double part) { return uniform() < part; }
  std::string any_letters() {
    static const char* kLetters[] = {"ا", "ب", "ت", "ج", "ح", "د", "ر", "س", "ش", "ص", "ع", "ف",
                                     "ق", "ك", "ل", "م", "ن", "ه", "و", "ي", "ط", "خ", "ذ", "غ"};
    static const char* kBefore[] = {"", "ال", "وال", "بال", "م", "ت"};
    std::string word;
    if (one_in(0.3)) {
      for (std::size_t letter = 4 + random_() % 5; letter > 0; --letter)
        word += static_cast<char>('a' + random_() % 26);
      return word;
    }
    word = kBefore[random_() % 6];
    for (std::size_t letter = 3 + random_() % 3; letter > 0; --letter) word += kLetters[random_() % 24];
    return word;
  }

  std::string any_date() {
    const auto year = static_cast<int>(2024 - std::min<double>(34, 34 * std::pow(uniform(), 2.0)));
    switch (random_() % 6) {
      case 0:
        return std::to_string(year);
      case 1:
        return std::to_string(year) + "-0" + std::to_string(1 + random_() % 9);
      case 2:
        return std::to_string(year) + "/..";
      case 3:
        return std::to_string(year) + "/" + std::to_string(year + static_cast<int>(random_() % 4));
      case 4:
        return std::to_string(year) + "-1" + std::to_string(random_() % 3) + "-1" +
               std::to_string(random_() % 9);
      default:
        return "";
    }
  }

  document::Party any_party(document::PartyRole role) {
    document::Party party{.role = role};
    const double how = uniform();
    party.found_by = how < 0.7    ? document::FoundBy::name
                     : how < 0.87 ? document::FoundBy::anaphora
                                  : document::FoundBy::context;
    if (!unlisted_.empty() && one_in(0.12)) {
      party.name = unlisted_[unlisted_of_.any(random_)];
    } else if (one_in(0.15)) {
      const Known& known = places_[place_of_.any(random_)];
      party.entity = known.id;
      party.name = known.name;
    } else {
      const Known& known = organizations_[organization_of_.any(random_)];
      party.entity = known.id;
      party.name = known.name;
    }
    return party;
  }

  document::Statement any_statement(std::uint32_t paragraph, std::uint32_t size) {
    using document::StatementType;
    document::Statement out;
    static const StatementType kTypes[] = {
        StatementType::cooperation, StatementType::cooperation,    StatementType::cooperation,
        StatementType::commitment,  StatementType::commitment,     StatementType::commitment,
        StatementType::mandate,     StatementType::implementation, StatementType::implementation,
        StatementType::meeting,     StatementType::deployment,     StatementType::instrument,
        StatementType::figure,      StatementType::membership,     StatementType::incident,
        StatementType::lead};
    out.type = kTypes[random_() % std::size(kTypes)];
    const auto begin = static_cast<std::uint32_t>(0);
    out.evidence = {paragraph, {begin, size}};
    out.parties.push_back(any_party(document::PartyRole::actor));
    while (out.parties.size() < 4 && one_in(0.55))
      out.parties.push_back(
          any_party(one_in(0.6) ? document::PartyRole::counterpart : document::PartyRole::actor));
    if (!one_in(0.1)) out.themes.push_back(themes_[theme_of_.any(random_)]);
    if (!out.themes.empty() && one_in(0.15)) {
      const std::string& second = themes_[theme_of_.any(random_)];
      if (second != out.themes.front()) out.themes.push_back(second);
    }
    out.topic = words_[word_of_.any(random_)] + " " + words_[word_of_.any(random_)];
    for (std::size_t places = one_in(0.3) ? 0 : one_in(0.8) ? 1 : 2; places > 0; --places) {
      const Known& known = places_[place_of_.any(random_)];
      out.places.push_back(known.id);
      out.place_names.push_back(known.name);
    }
    out.time = any_date();
    static const document::Modality kModalities[] = {
        document::Modality::asserted, document::Modality::past, document::Modality::planned,
        document::Modality::recommended, document::Modality::called_for};
    out.modality = kModalities[random_() % std::size(kModalities)];
    out.negated = one_in(0.03);
    if (out.type == StatementType::commitment || out.type == StatementType::implementation) {
      if (one_in(0.4)) out.status = static_cast<document::CommitmentStatus>(random_() % 11);
      if (one_in(0.5)) {
        out.instrument = "OIC resolution " + std::to_string(1 + random_() % 90) + "/" +
                         std::to_string(30 + random_() % 20) + "-POL";
        if (one_in(0.7)) out.instrument += ", paragraph " + std::to_string(1 + random_() % 12);
      }
    }
    out.rule = "made";
    out.confidence = static_cast<document::Confidence>(random_() % 3);
    return out;
  }

  document::Document document(std::size_t number, std::size_t paragraphs, std::size_t statements) {
    document::Document out;
    out.id =
        "sha256-" + to_hex(sha256("made " + std::to_string(options_.seed) + " " + std::to_string(number)));
    out.name = "paper-" + std::to_string(number) + ".txt";
    out.format = "text";
    out.encoding = "utf-8";
    out.metadata = {.title = "وثيقة " + std::to_string(number),
                    .language = one_in(0.3) ? "en" : "ar",
                    .date = std::to_string(1990 + random_() % 35) + "-0" + std::to_string(1 + random_() % 9)};
    if (one_in(0.3))
      out.metadata.symbol = "A/" + std::to_string(40 + random_() % 40) + "/" + std::to_string(number);
    if (one_in(0.5)) out.metadata.issuer = heads_[random_() % std::min<std::size_t>(heads_.size(), 12)].id;
    if (one_in(options_.restricted)) {
      static const document::Tlp kMarks[] = {document::Tlp::green, document::Tlp::amber,
                                             document::Tlp::amber_strict, document::Tlp::red};
      out.metadata.handling.tlp = kMarks[random_() % 4];
    }
    const bool english = out.metadata.language == "en";
    for (std::size_t at = 0; at < paragraphs; ++at) {
      const auto index = static_cast<std::uint32_t>(at);
      std::string text;
      std::vector<document::Mention> mentions;
      const std::size_t count = options_.words_each / 2 + random_() % (options_.words_each + 1);
      for (std::size_t word = 0; word < count; ++word) {
        if (!text.empty()) text += ' ';
        if (word % 13 == 4) {
          const bool place = one_in(0.4);
          const Known& known =
              place ? places_[place_of_.any(random_)] : organizations_[organization_of_.any(random_)];
          const auto from = static_cast<std::uint32_t>(text.size());
          text += english ? known.name : known.arabic;
          mentions.push_back(
              {.type = place ? document::MentionType::place : document::MentionType::organization,
               .place = {index, {from, static_cast<std::uint32_t>(text.size())}},
               .entities = {known.id},
               .name = known.name});
        } else {
          text += words_[word_of_.any(random_)];
        }
      }
      const document::Span line{out.raw.size(), out.raw.size() + text.size()};
      out.raw += text + "\n";
      out.blocks.push_back({.lines = {line}});
      if (one_in(0.05)) {
        out.edits.push_back({.rule = "spelling.unknown-word",
                             .grade = document::Grade::uncertain,
                             .span = {line.begin, line.begin},
                             .reason = "made"});
      }
      if (one_in(0.02)) {
        out.doubts.push_back({.rule = "made.doubt",
                              .place = {index, {0, 1}},
                              .raw = {{line.begin, line.begin + 1}},
                              .readings = {{.text = "56", .reason = "printed", .taken = true},
                                           {.text = "65", .reason = "counted"}}});
      }
      for (document::Mention& mention : mentions) out.mentions.push_back(std::move(mention));
      const auto size = static_cast<std::uint32_t>(text.size());
      out.paragraphs.push_back({.id = "p" + std::to_string(at + 1),
                                .number = std::to_string(at + 1),
                                .text = std::move(text),
                                .pieces = {{.text = {0, size}, .raw = line}}});
    }
    std::vector<std::uint32_t> places;
    for (std::size_t at = 0; at < statements; ++at)
      places.push_back(static_cast<std::uint32_t>(random_() % paragraphs));
    std::sort(places.begin(), places.end());
    for (const std::uint32_t at : places)
      out.statements.push_back(any_statement(at, static_cast<std::uint32_t>(out.paragraphs[at].text.size())));
    return out;
  }

  void review(record::SqlStore& store) {
    static const char* kReviewers[] = {"account:amina", "account:boris", "account:chen"};
    std::vector<record::Body> batch;
    std::vector<record::Seq> seqs;
    record::StatementQuery query;
    query.limit = SIZE_MAX / 2;
    store.each_entry(0, [&seqs](const record::Entry& entry) {
      if (entry.header.kind == record::EntryKind::statement) seqs.push_back(entry.header.seq);
      return true;
    });
    for (const record::Seq seq : seqs) {
      if (!one_in(options_.reviewed)) continue;
      for (std::size_t times = 1 + random_() % 2; times > 0; --times) {
        record::ReviewBody body{.statement = seq, .by = kReviewers[random_() % 3]};
        const double what = uniform();
        body.action = what < 0.6   ? record::ReviewAction::confirm
                      : what < 0.8 ? record::ReviewAction::correct
                                   : record::ReviewAction::reject;
        if (body.action == record::ReviewAction::correct)
          body.correction.themes = {themes_[theme_of_.any(random_)]};
        batch.push_back(std::move(body));
      }
      if (batch.size() >= 5000) store.append(std::exchange(batch, {}));
    }
    // Two bodies turn out to be one, as people find.
    for (std::size_t at = 0; at < options_.merges && at + 20 < bodies_.size(); ++at)
      batch.push_back(record::MergeBody{
          .entity = bodies_[at * 5 + 1].id, .into = bodies_[at * 5 + 3].id, .by = "account:amina"});
    store.append(batch);
  }

  MadeRecordOptions options_;
  std::mt19937_64 random_;
  std::vector<Known> heads_{}, bodies_{}, organizations_{}, places_{};
  std::vector<std::string> themes_{}, unlisted_{}, words_{};
  Zipf organization_of_{}, place_of_{}, theme_of_{}, unlisted_of_{}, word_of_{};
};

}  // namespace mithaq::test
