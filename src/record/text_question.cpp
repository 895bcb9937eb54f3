#include "record/text_question.hpp"

#include <algorithm>

#include "base/fold.hpp"

namespace mithaq::record {

namespace {

PhraseGroup group_of(const TextTerm& term, const Analyzer& analyzer) {
  PhraseGroup group;
  const std::vector<std::string> words = analyzer.terms(term.text, AnalyzeFor::question);
  if (words.empty()) return group;
  switch (term.form) {
    case TextTerm::Form::words:
      for (const std::string& word : words) group.phrases.push_back({.words = {word}});
      break;
    case TextTerm::Form::phrase:
      group.phrases.push_back({.words = words});
      break;
    case TextTerm::Form::prefix: {
      for (std::size_t at = 0; at + 1 < words.size(); ++at) group.phrases.push_back({.words = {words[at]}});
      group.either = group.phrases.size();
      group.phrases.push_back({.words = {words.back()}, .prefix = true});
      // The unfinished word may be cut inside its stem or behind it.
      const std::string folded = fold(term.text);
      const std::size_t blank = folded.find_last_of(" \t\n");
      const std::string last = blank == std::string::npos ? folded : folded.substr(blank + 1);
      if (last != words.back() && !last.empty()) group.phrases.push_back({.words = {last}, .prefix = true});
      break;
    }
  }
  return group;
}

}  // namespace

TextQuestion TextQuestion::of(const std::vector<TextTerm>& terms, const Analyzer& analyzer) {
  TextQuestion out;
  for (const TextTerm& term : terms) {
    PhraseGroup group = group_of(term, analyzer);
    if (group.phrases.empty()) continue;
    (term.need == TextTerm::Need::must  ? out.must
     : term.need == TextTerm::Need::may ? out.may
                                        : out.must_not)
        .push_back(std::move(group));
  }
  return out;
}

std::vector<Phrase> TextQuestion::scored() const {
  std::vector<Phrase> out;
  for (const auto* groups : {&must, &may}) {
    for (const PhraseGroup& group : *groups)
      out.insert(out.end(), group.phrases.begin(), group.phrases.end());
  }
  return out;
}

bool TextQuestion::holds_phrase() const {
  for (const auto* groups : {&must, &may}) {
    for (const PhraseGroup& group : *groups) {
      for (const Phrase& phrase : group.phrases) {
        if (phrase.words.size() > 1) return true;
      }
    }
  }
  return false;
}

void AnalyzedText::read(const Analyzer& analyzer, std::string_view text) {
  letters_.clear();
  terms_.clear();
  places_ = 0;
  analyzer.analyze(text, AnalyzeFor::index, [this](const AnalyzedTerm& term) {
    if (!term.colocated || places_ == 0) ++places_;
    const auto begin = static_cast<std::uint32_t>(letters_.size());
    letters_ += term.term;
    terms_.push_back({begin, static_cast<std::uint32_t>(letters_.size()), places_});
    return true;
  });
}

std::int64_t AnalyzedText::count(const Phrase& phrase) const {
  std::int64_t found = 0;
  std::uint32_t last_place = 0;
  const auto fits = [&](std::size_t at, std::size_t word) {
    const bool goes_on = phrase.prefix && word + 1 == phrase.words.size();
    return goes_on ? this->word(terms_[at]).starts_with(phrase.words[word])
                   : this->word(terms_[at]) == phrase.words[word];
  };
  for (std::size_t at = 0; at < terms_.size(); ++at) {
    // Two forms of one symbol at the same place are one occurrence.
    if (terms_[at].place == last_place || !fits(at, 0)) continue;
    std::size_t word = 1;
    for (std::size_t next = at + 1; word < phrase.words.size() && next < terms_.size(); ++next) {
      if (terms_[next].place > terms_[at].place + word) break;
      if (terms_[next].place == terms_[at].place + word && fits(next, word)) ++word;
    }
    if (word < phrase.words.size()) continue;
    ++found;
    last_place = terms_[at].place;
  }
  return found;
}

bool AnalyzedText::holds(const PhraseGroup& group, std::vector<std::int64_t>& counts) const {
  bool all = true, one = group.either >= group.phrases.size();
  for (std::size_t at = 0; at < group.phrases.size(); ++at) {
    counts.push_back(count(group.phrases[at]));
    if (at < group.either) {
      all = all && counts.back() > 0;
    } else {
      one = one || counts.back() > 0;
    }
  }
  return all && one;
}

bool AnalyzedText::answers(const TextQuestion& question, std::vector<std::int64_t>& counts) const {
  counts.clear();
  bool matches = true, one = question.may.empty() || !question.must.empty();
  for (const PhraseGroup& group : question.must) matches = holds(group, counts) && matches;
  for (const PhraseGroup& group : question.may) one = holds(group, counts) || one;
  if (!matches || !one) return false;
  std::vector<std::int64_t> ignored;
  return std::none_of(question.must_not.begin(), question.must_not.end(),
                      [&](const PhraseGroup& group) { return holds(group, ignored); });
}

}  // namespace mithaq::record
