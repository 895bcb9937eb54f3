// A question to paragraphs of the record: plan, rank, show why.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engines/search/query.hpp"
#include "engines/search/snippet.hpp"
#include "record/view.hpp"

namespace mithaq::search {

struct Question {
  std::string words{};               // as typed: see query.hpp
  record::ParagraphFilter filter{};  // organizations, places, themes, kinds, dates, statuses
  std::size_t offset = 0;            // so many of the best are left out
  std::size_t limit = 20;
  std::size_t snippet_bytes = 280;
};

struct Ranked {
  record::ParagraphRowId row = 0;
  double score = 0;  // BM25, higher is better
  std::vector<record::TextTerm> terms{};
};
// Which paragraphs answer, without reading them.
struct Ranking {
  std::vector<Ranked> best{};
  bool truncated = false, cut = false;  // as of an Answer
};
Ranking rank(const record::View& view, const Question& question);

struct Hit {
  record::Citation citation{};
  double score = 0;  // BM25, higher is better
  Snippet snippet{};
  std::vector<record::StatementRow> statements{};  // that stand in the paragraph
};

struct Answer {
  std::vector<Hit> hits{};  // best first
  bool truncated = false;   // so many paragraphs match that only the newest were ranked
  bool cut = false;         // the question was longer than is searched for
};

// What is shown of these paragraphs, in this order; those that are not there any more are left out.
std::vector<Hit> hits_of(const record::View& view, std::span<const Ranked> paragraphs,
                         std::size_t snippet_bytes = Question{}.snippet_bytes);

// The best paragraphs. An empty question gives an empty answer.
Answer search(const record::View& view, const Question& question);

}  // namespace mithaq::search
