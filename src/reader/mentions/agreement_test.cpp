// Dates and resolutions must come out the same from a text and its translation: a check without labels.
//
// UN Parallel Corpus v1.0, development and test set: 8,000 sentences in six languages, line by line, each
// line a text of its own. Counted are the lines that give at least one value in either language; they agree
// if both give the same values, each as often. MITHAQ_SHOW_DISAGREEMENTS=ar-dates (or fr-papers …) prints the
// others.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>

#include "reader/lexicon/lexicon.hpp"
#include "reader/mentions/dates.hpp"
#include "reader/mentions/symbols.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

struct Values {
  std::vector<std::string> dates;
  std::vector<std::string> papers;
};

class Agreement : public testing::Test {
 protected:
  Agreement() : lexicon_(Lexicon::load(test::data())) {}

  Values values_of(const std::string& line) {
    tokenize(line, lexicon_.vocabulary, text_);
    std::vector<document::Mention> mentions;
    std::vector<document::Doubt> doubts;
    find_symbols(text_, 0, lexicon_, {}, mentions);
    find_dates(text_, 0, lexicon_, {}, mentions, doubts);
    Values values;
    for (const document::Mention& mention : mentions) {
      if (mention.type == document::MentionType::date) values.dates.push_back(mention.name);
      if (mention.type == document::MentionType::document && mention.ref == document::RefClass::name) {
        values.papers.push_back(mention.name);
      }
    }
    std::sort(values.dates.begin(), values.dates.end());
    std::sort(values.papers.begin(), values.papers.end());
    return values;
  }

  struct Score {
    std::size_t dates_agree = 0, dates = 0, papers_agree = 0, papers = 0;
    double date_share() const { return static_cast<double>(dates_agree) / static_cast<double>(dates); }
    double paper_share() const { return static_cast<double>(papers_agree) / static_cast<double>(papers); }
  };

  Score score(const std::string& language) {
    const char* shown = std::getenv("MITHAQ_SHOW_DISAGREEMENTS");
    Score score;
    for (const char* set : {"UNv1.0.devset.", "UNv1.0.testset."}) {
      const auto folder = test::shared() / "documents" / "clean" / "unpc";
      std::ifstream left(folder / (set + language)), right(folder / (std::string(set) + "en"));
      std::string other, english;
      while (std::getline(left, other) && std::getline(right, english)) {
        const Values ours = values_of(other), theirs = values_of(english);
        const auto count = [&](const auto& a, const auto& b, std::size_t& all, std::size_t& same,
                               const char* what) {
          if (a.empty() && b.empty()) return;
          ++all;
          if (a == b) {
            ++same;
          } else if (shown != nullptr && language + "-" + what == shown) {
            for (const auto& value : a) std::cout << value << ' ';
            std::cout << "<> ";
            for (const auto& value : b) std::cout << value << ' ';
            std::cout << '\n' << other << '\n' << english << "\n\n";
          }
        };
        count(ours.dates, theirs.dates, score.dates, score.dates_agree, "dates");
        count(ours.papers, theirs.papers, score.papers, score.papers_agree, "papers");
      }
    }
    std::cout << language << "-en: dates " << score.dates_agree << '/' << score.dates << " = "
              << 100 * score.date_share() << " %, resolutions and symbols " << score.papers_agree << '/'
              << score.papers << " = " << 100 * score.paper_share() << " %\n";
    return score;
  }

  Lexicon lexicon_;
  TokenizedText text_;
};

TEST_F(Agreement, ArabicAndEnglish) {
  MITHAQ_NEEDS_SHARED();
  const Score result = score("ar");
  EXPECT_GE(result.date_share(), 0.96);
  EXPECT_GE(result.paper_share(), 0.96);
}

TEST_F(Agreement, OtherLanguagesAndEnglish) {
  MITHAQ_NEEDS_SHARED();
  for (const char* language : {"fr", "ru", "es", "zh"}) {
    const Score result = score(language);
    EXPECT_GE(result.date_share(), 0.93) << language;
    EXPECT_GE(result.paper_share(), 0.92) << language;
  }
}

}  // namespace
}  // namespace mithaq::reader
