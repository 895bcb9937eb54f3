#include "base/analyzer.hpp"

#include <gtest/gtest.h>

#include <thread>

#include "tests/support/test_paths.hpp"

namespace mithaq {
namespace {

class AnalyzerTest : public testing::Test {
 protected:
  std::vector<std::string> ask(std::string_view text) const {
    return analyzer_->terms(text, AnalyzeFor::question);
  }
  std::vector<std::string> index(std::string_view text) const {
    return analyzer_->terms(text, AnalyzeFor::index);
  }
  void expect_one_word(const std::vector<std::string>& forms) const {
    const auto first = ask(forms.front());
    ASSERT_EQ(first.size(), 1u) << forms.front();
    for (const std::string& form : forms) EXPECT_EQ(ask(form), first) << form;
  }
  std::shared_ptr<const Analyzer> analyzer_ = Analyzer::load(test::data());
};

// The words that Snowball's Arabic stemmer parts.
TEST_F(AnalyzerTest, FormsOfOneArabicWordMeet) {
  expect_one_word(
      {"تعاون", "التعاون", "والتعاون", "بالتعاون", "للتعاون", "وتعاون", "التَّعاوُن", "تعـاون", "ﺗﻌﺎﻭﻥ"});
  expect_one_word({"منظمة", "المنظمة", "المنظمات", "منظمات", "والمنظمات", "منظماتها", "للمنظمات"});
  expect_one_word({"أمن", "الأمن", "والأمن", "الامن", "بالأمن"});
  expect_one_word({"قوات", "القوات", "قوة", "والقوات"});
  expect_one_word({"وزارة", "الوزارة", "ووزارة", "بالوزارة"});
  expect_one_word({"وفد", "الوفد", "والوفد"});
  expect_one_word({"آلية", "الآلية", "آليات", "الآليات", "بالآليات"});
  expect_one_word({"حل", "الحل", "والحل", "بالحل"});
  EXPECT_NE(ask("على"), ask("عل"));
  EXPECT_NE(ask("دولة"), ask("دولية"));
}

TEST_F(AnalyzerTest, FormsOfOneEnglishWordMeet) {
  expect_one_word({"cooperation", "Cooperation", "cooperate", "cooperating"});
  expect_one_word({"mediator", "mediators", "Mediators"});
  EXPECT_EQ(ask("organization's"), ask("organization"));
  EXPECT_NE(ask("united"), ask("units"));
  EXPECT_EQ(ask("Türkiye"), ask("turkiye"));
}

// The same resolution as its organization prints it, turned round by a right-to-left line, and in words.
TEST_F(AnalyzerTest, SymbolsMeetHoweverTheyAreTurned) {
  const std::vector<std::string> symbol{"#45/53"};
  for (const char* form : {"45/53-س", "53/45-POL", "POL-53/45", "٥٣/٤٥", "القرار ٥٣/٤٥",
                           "resolution 53/45-POL", "القرار رقم 53/45"}) {
    EXPECT_EQ(ask(form), symbol) << form;
    const auto indexed = index(form);
    EXPECT_NE(std::find(indexed.begin(), indexed.end(), "#45/53"), indexed.end()) << form;
  }
  EXPECT_EQ(ask("A/RES/54/117"), (std::vector<std::string>{"#54/117"}));
  EXPECT_EQ(index("A/55/98"), (std::vector<std::string>{"55", "98", "#55/98"}));
  EXPECT_EQ(ask("resolution 1244 (1999)"), (std::vector<std::string>{"1244", "1999"}));
}

TEST_F(AnalyzerTest, LatinAndArabicSideBySide) {
  EXPECT_EQ(ask("١٩٩٣م"), (std::vector<std::string>{"1993", "م"}));
  EXPECT_EQ(ask("منظمةOSCE"), (std::vector<std::string>{"منظم", "osc"}));
  EXPECT_EQ(ask("联合国"), (std::vector<std::string>{"联", "合", "国"}));
  EXPECT_EQ(ask("ООН и ОБСЕ").size(), 3u);
  EXPECT_TRUE(ask("").empty());
  EXPECT_TRUE(ask(" في من the of ").empty());
  EXPECT_EQ(ask("\xFF\xFE x").back(), "x");
}

TEST_F(AnalyzerTest, PlacesAreBytesOfTheText) {
  const std::string text = "في التَّعاوُن، A/55/98";
  std::vector<std::string> words;
  analyzer_->analyze(text, AnalyzeFor::index, [&](const AnalyzedTerm& term) {
    words.push_back(text.substr(term.begin, term.end - term.begin));
    EXPECT_EQ(term.colocated, term.term.starts_with('#'));
    return true;
  });
  EXPECT_EQ(words, (std::vector<std::string>{"التَّعاوُن", "55", "98", "55/98"}));
}

TEST_F(AnalyzerTest, LongWordsAreCut) {
  const auto terms = index(std::string(1'000'000, 'x'));
  ASSERT_EQ(terms.size(), 1u);
  EXPECT_LE(terms[0].size(), 100u);
}

TEST_F(AnalyzerTest, SeveralThreadsAtOnce) {
  const auto expected = index("cooperating organizations التعاون");
  std::vector<std::thread> threads;
  for (int each = 0; each < 4; ++each) {
    threads.emplace_back([&] {
      for (int time = 0; time < 200; ++time) EXPECT_EQ(index("cooperating organizations التعاون"), expected);
    });
  }
  for (auto& thread : threads) thread.join();
}

TEST_F(AnalyzerTest, WordListsChangeTheFingerprint) {
  EXPECT_NE(analyzer_->fingerprint(), Analyzer().fingerprint());
}

}  // namespace
}  // namespace mithaq
