#include "engines/search/query.hpp"

#include <gtest/gtest.h>

namespace mithaq::search {
namespace {

using Form = record::TextTerm::Form;
using Need = record::TextTerm::Need;

TEST(ParseQuery, ReadsQuotationsInEveryStyle) {
  for (const char* words : {"\"الإنذار المبكر\"", "«الإنذار المبكر»", "”الإنذار المبكر“"}) {
    const Query query = parse_query(words);
    ASSERT_EQ(query.alternatives.size(), 1u) << words;
    ASSERT_EQ(query.alternatives[0].size(), 1u) << words;
    EXPECT_EQ(query.alternatives[0][0].form, Form::phrase);
    EXPECT_EQ(query.alternatives[0][0].text, "الإنذار المبكر");
  }
}

TEST(ParseQuery, ReadsAlternativesExclusionsAndBeginnings) {
  const Query query = parse_query("وساطة OR mediation -\"joint mission\" peace*");
  ASSERT_EQ(query.alternatives.size(), 2u);
  for (const auto& terms : query.alternatives) {
    ASSERT_EQ(terms.size(), 3u);
    EXPECT_EQ(terms[1].need, Need::must_not);
    EXPECT_EQ(terms[1].form, Form::phrase);
    EXPECT_EQ(terms[2].form, Form::prefix);
    EXPECT_EQ(terms[2].text, "peace");
  }
  EXPECT_EQ(query.alternatives[1][0].text, "mediation");
}

TEST(ParseQuery, BoundsWhatItSearchesFor) {
  std::string words;
  for (int each = 0; each < 1000; ++each) words += "a" + std::to_string(each) + " OR b ";
  const Query query = parse_query(words);
  EXPECT_TRUE(query.cut);
  EXPECT_LE(query.alternatives.size(), 16u);
}

TEST(ParseQuery, TakesAnythingForWords) {
  EXPECT_TRUE(parse_query("").alternatives.empty());
  EXPECT_TRUE(parse_query("\"").alternatives.empty());
  EXPECT_EQ(parse_query("- * OR").alternatives.size(), 1u);
  EXPECT_EQ(parse_query("\"unclosed words").alternatives.at(0).at(0).text, "unclosed words");
}

}  // namespace
}  // namespace mithaq::search
