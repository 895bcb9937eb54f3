#include "engines/search/snippet.hpp"

#include <algorithm>
#include <set>

#include "base/fold.hpp"

namespace mithaq::search {

namespace {

using document::TextRange;

// The places of a text that a question's words match, in order, without overlaps.
std::vector<TextRange> matches_in(std::string_view text, const std::vector<record::TextTerm>& terms,
                                  const Analyzer& analyzer) {
  std::set<std::string, std::less<>> wanted;
  std::vector<std::string> prefixes;
  for (const record::TextTerm& term : terms) {
    if (term.need == record::TextTerm::Need::must_not) continue;
    if (term.form == record::TextTerm::Form::prefix) prefixes.push_back(fold(term.text));
    for (std::string& word : analyzer.terms(term.text, AnalyzeFor::question)) wanted.insert(std::move(word));
  }
  std::vector<TextRange> found;
  analyzer.analyze(text, AnalyzeFor::index, [&](const AnalyzedTerm& term) {
    bool match = wanted.contains(term.term);
    for (const std::string& prefix : prefixes) {
      match = match || fold(text.substr(term.begin, term.end - term.begin)).starts_with(prefix) ||
              term.term.starts_with(prefix);
    }
    if (match && (found.empty() || found.back().end <= term.begin)) found.push_back({term.begin, term.end});
    return true;
  });
  return found;
}

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// The nearest blank at or before (after) a byte, so that no word is cut.
std::size_t word_start(std::string_view text, std::size_t at) {
  for (std::size_t back = 0; at > 0 && back < 80; --at, ++back) {
    if (text[at - 1] == ' ') return at;
  }
  while (at > 0 && is_continuation(text[at])) --at;
  return at;
}
std::size_t word_end(std::string_view text, std::size_t at) {
  for (std::size_t ahead = 0; at < text.size() && ahead < 80; ++at, ++ahead) {
    if (text[at] == ' ') return at;
  }
  while (at < text.size() && is_continuation(text[at])) ++at;
  return at;
}

}  // namespace

Snippet make_snippet(std::string_view text, const std::vector<record::TextTerm>& terms,
                     const Analyzer& analyzer, std::size_t bytes_max) {
  const std::vector<TextRange> matches = matches_in(text, terms, analyzer);
  std::size_t begin = 0, end = text.size();
  if (text.size() > bytes_max) {
    // The window that starts shortly before a match and holds the most matches.
    std::size_t best = 0, best_count = 0;
    for (std::size_t first = 0, last = 0; first < matches.size(); ++first) {
      last = std::max(last, first);
      while (last < matches.size() && matches[last].end <= matches[first].begin + bytes_max * 3 / 4) ++last;
      if (last - first > best_count) {
        best_count = last - first;
        best = matches[first].begin;
      }
    }
    const std::size_t lead = bytes_max / 4;
    begin = word_start(text, best > lead ? best - lead : 0);
    end = word_end(text, std::min(text.size(), begin + bytes_max));
  }
  Snippet snippet;
  const std::string_view dots = "… ";
  if (begin > 0) snippet.text = dots;
  const auto shift = static_cast<std::uint32_t>(snippet.text.size());
  snippet.text += text.substr(begin, end - begin);
  if (end < text.size()) snippet.text += " …";
  for (const TextRange& match : matches) {
    if (match.begin < begin || match.end > end) continue;
    const auto from = static_cast<std::uint32_t>(match.begin - begin) + shift;
    snippet.highlights.push_back({from, from + match.size()});
  }
  return snippet;
}

}  // namespace mithaq::search
