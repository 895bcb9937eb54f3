#include "reader/mentions/amounts.hpp"

#include <gtest/gtest.h>

#include "reader/mentions/dates.hpp"
#include "reader/mentions/symbols.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

class Amounts : public testing::Test {
 protected:
  static const Lexicon& lexicon() {
    static const Lexicon loaded = Lexicon::load(test::data());
    return loaded;
  }

  std::string amounts_in(std::string_view text) {
    TokenizedText tokens;
    tokenize(text, lexicon().vocabulary, tokens);
    std::vector<document::Mention> mentions;
    std::vector<document::Doubt> doubts;
    find_symbols(tokens, 0, lexicon(), {}, mentions);
    find_dates(tokens, 0, lexicon(), {}, mentions, doubts);
    find_amounts(tokens, 0, lexicon(), mentions);
    std::string out;
    for (const document::Mention& mention : mentions) {
      if (mention.type != document::MentionType::amount) continue;
      if (!out.empty()) out += "; ";
      out.append(document::slice(text, mention.place.range));
      out += " = " + mention.name + " [" + mention.value + "]";
    }
    return out;
  }
};

TEST_F(Amounts, GroupsWithPointsAndInBrackets) {
  EXPECT_EQ(amounts_in("مبلغ 12.000.000 دولار"), "12.000.000 دولار = 12,000,000 dollars [12000000]");
  EXPECT_EQ(amounts_in("قدره (3.500.000) يورو"), "(3.500.000) يورو = 3,500,000 euros [3500000]");
  EXPECT_EQ(amounts_in("(3) دول"), "") << "the third item";
}

TEST_F(Amounts, ArabicCounts) {
  EXPECT_EQ(amounts_in("أكثر من 150 مشاركاً، من 41 دولة عضواً"),
            "150 مشاركاً = more than 150 participants [150]; 41 دولة عضواً = 41 member States [41]");
  EXPECT_EQ(amounts_in("من 17 دولة"), "17 دولة = 17 States [17]");
  EXPECT_EQ(amounts_in("لمدة ثلاث ساعات"), "ثلاث ساعات = 3 hours [3]");
  EXPECT_EQ(amounts_in("خمسة وأربعون دولة"), "خمسة وأربعون دولة = 45 States [45]");
  EXPECT_EQ(amounts_in("خمس عشرة دولة"), "خمس عشرة دولة = 15 States [15]");
  EXPECT_EQ(amounts_in("مئة وخمسون مشاركا"), "مئة وخمسون مشاركا = 150 participants [150]");
  EXPECT_EQ(amounts_in("٤٥٠.٠٠٠ لاجئ"), "٤٥٠.٠٠٠ لاجئ = 450,000 refugees [450000]");
  EXPECT_EQ(amounts_in("970 24 لاجئا"), "970 24 لاجئا = 24,970 refugees [24970]");
  EXPECT_EQ(amounts_in("800 187 دولار"), "800 187 دولار = 187,800 dollars [187800]");
  EXPECT_EQ(amounts_in("875 042 24 دولارا"), "875 042 24 دولارا = 24,042,875 dollars [24042875]");
  EXPECT_EQ(amounts_in("450 000 لاجئ"), "450 000 لاجئ = 450,000 refugees [450000]");
  EXPECT_EQ(amounts_in("3500 شخص"), "3500 شخص = 3,500 persons [3500]");
}

TEST_F(Amounts, ArabicMoneyAndShares) {
  EXPECT_EQ(amounts_in("14.3 تريليون دولاراً أمريكياً"),
            "14.3 تريليون دولاراً أمريكياً = 14.3 trillion US dollars [14300000000000]");
  EXPECT_EQ(amounts_in("5 ملايين يورو"), "5 ملايين يورو = 5 million euros [5000000]");
  EXPECT_EQ(amounts_in("أن 60% من"), "60% = 60 per cent [60]");
  EXPECT_EQ(amounts_in("٢.٥ في المائة"), "٢.٥ في المائة = 2.5 per cent [2.5]");
}

TEST_F(Amounts, English) {
  EXPECT_EQ(amounts_in("US$ 14.3 million"), "US$ 14.3 million = 14.3 million US dollars [14300000]");
  EXPECT_EQ(amounts_in("some 450,000 refugees"), "450,000 refugees = about 450,000 refugees [450000]");
  EXPECT_EQ(amounts_in("one hundred and fifty participants"),
            "one hundred and fifty participants = 150 participants [150]");
  EXPECT_EQ(amounts_in("forty-one member States"), "forty-one member States = 41 member States [41]");
  EXPECT_EQ(amounts_in("74 per cent of them"), "74 per cent = 74 per cent [74]");
}

TEST_F(Amounts, WhatIsNoAmount) {
  EXPECT_EQ(amounts_in("الفقرة 5 من القرار 54/117"), "");
  EXPECT_EQ(amounts_in("في عام 2015 دولة"), "");
  EXPECT_EQ(amounts_in("الدورة الخامسة والأربعين"), "");
  EXPECT_EQ(amounts_in("12. Countries agree"), "");
  EXPECT_EQ(amounts_in("999999999999999999999 refugees"), "");
}

}  // namespace
}  // namespace mithaq::reader
