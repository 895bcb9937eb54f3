#include "reader/mentions/dates.hpp"

#include <gtest/gtest.h>

#include <random>

#include "base/edtf.hpp"
#include "reader/mentions/amounts.hpp"
#include "reader/mentions/symbols.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

class Dates : public testing::Test {
 protected:
  static const Lexicon& lexicon() {
    static const Lexicon loaded = Lexicon::load(test::data());
    return loaded;
  }

  // "surface = value" for each date, in order, joined by "; ".
  std::string dates_in(std::string_view text, std::string date = {}) {
    TokenizedText tokens;
    tokenize(text, lexicon().vocabulary, tokens);
    document::Metadata metadata;
    metadata.date = std::move(date);
    std::vector<document::Mention> mentions;
    doubts_.clear();
    find_symbols(tokens, 0, lexicon(), metadata, mentions);
    find_dates(tokens, 0, lexicon(), metadata, mentions, doubts_);
    std::string out;
    for (const document::Mention& mention : mentions) {
      if (mention.type != document::MentionType::date) continue;
      if (!out.empty()) out += "; ";
      out.append(document::slice(text, mention.place.range));
      out += " = " + mention.name;
    }
    return out;
  }

  std::vector<document::Doubt> doubts_;
};

TEST_F(Dates, ArabicMonthNamesOfEveryRegion) {
  EXPECT_EQ(dates_in("في 29 تشرين الثاني/نوفمبر 2018"), "29 تشرين الثاني/نوفمبر 2018 = 2018-11-29");
  EXPECT_EQ(dates_in("في ١٥ كانون الأول/ديسمبر ١٩٩٩،"), "١٥ كانون الأول/ديسمبر ١٩٩٩ = 1999-12-15");
  EXPECT_EQ(dates_in("يوم 16 يوليو 2022م"), "16 يوليو 2022م = 2022-07-16");
  EXPECT_EQ(dates_in("بتاريخ 3 غشت 2015"), "3 غشت 2015 = 2015-08-03");
  EXPECT_EQ(dates_in("في 14 جانفي 2011"), "14 جانفي 2011 = 2011-01-14");
  EXPECT_EQ(dates_in("في 24 شباط 2000"), "24 شباط 2000 = 2000-02-24");
  EXPECT_EQ(dates_in("في تشرين الثاني / نوفمبر 2014"), "تشرين الثاني / نوفمبر 2014 = 2014-11");
  EXPECT_EQ(dates_in("في حزيران/يونيه عام ٢٠٠٠"), "حزيران/يونيه عام ٢٠٠٠ = 2000-06");
}

TEST_F(Dates, ArabicRangesAndLists) {
  EXPECT_EQ(dates_in("يومي 5-6 أيار/مايو 2018."), "5-6 أيار/مايو 2018 = 2018-05-05/2018-05-06");
  EXPECT_EQ(dates_in("يومي ٥ و ٦ كانون الأول/ديسمبر ١٩٩٤"),
            "٥ و ٦ كانون الأول/ديسمبر ١٩٩٤ = 1994-12-05/1994-12-06");
  EXPECT_EQ(dates_in("من 3 إلى 5 شباط/فبراير 2015"), "3 إلى 5 شباط/فبراير 2015 = 2015-02-03/2015-02-05");
  EXPECT_EQ(dates_in("في الفترة ما بين حزيران/يونيه 1999 وحزيران/يونيه 2000"),
            "حزيران/يونيه 1999 وحزيران/يونيه 2000 = 1999-06/2000-06");
  EXPECT_EQ(dates_in("من 28 أيار/مايو إلى 3 حزيران/يونيه 2014"),
            "28 أيار/مايو إلى 3 حزيران/يونيه 2014 = 2014-05-28/2014-06-03");
  EXPECT_EQ(dates_in("في 3 و 10 آذار/مارس 2014"), "3 = 2014-03-03; 10 آذار/مارس 2014 = 2014-03-10");
  EXPECT_EQ(dates_in("عامي 1999 و 2001"), "1999 = 1999; 2001 = 2001");
  EXPECT_EQ(dates_in("لفترة السنتين 2014-2015"), "2014-2015 = 2014/2015");
}

TEST_F(Dates, ArabicBareYearsNeedACue) {
  EXPECT_EQ(dates_in("منذ العام 2010 وفي 2017"), "2010 = 2010; 2017 = 2017");
  EXPECT_EQ(dates_in("اتفاقية لعام ١٩٥١"), "١٩٥١ = 1951");
  EXPECT_EQ(dates_in("حضره 2015 مشاركا"), "");
  EXPECT_EQ(dates_in("الوثيقة رقم 2015"), "");
  EXPECT_EQ(dates_in("(1994)"), "1994 = 1994");
}

TEST_F(Dates, DecadesAndRelativeDates) {
  EXPECT_EQ(dates_in("في أوائل التسعينيات"), "أوائل التسعينيات = 1990~/1993~");
  EXPECT_EQ(dates_in("منذ الستينات من القرن الماضي"), "الستينات من القرن الماضي = 196X");
  EXPECT_EQ(dates_in("خلال العام المنصرم", "2018-11-29"), "العام المنصرم = past year (2017-11/2018-11)");
  EXPECT_EQ(dates_in("خلال السنة الماضية", "2000-06-29"), "السنة الماضية = past year (1999-06/2000-06)");
  EXPECT_EQ(dates_in("في العام الماضي", "2018-11-29"), "العام الماضي = last year (2017)");
  EXPECT_EQ(dates_in("في العام الماضي"), "العام الماضي = last year");
  EXPECT_EQ(dates_in("in the early 1990s"), "early 1990s = 1990~/1993~");
  EXPECT_EQ(dates_in("last year", "2018-11"), "last year = last year (2017)");
}

TEST_F(Dates, HijriDatesAreCheckedAgainstTheGregorianBesideThem) {
  EXPECT_EQ(dates_in("في 17 ذو الحجة 1443هـ الموافق 16 يوليو 2022م"),
            "17 ذو الحجة 1443هـ = 2022-07-16; 16 يوليو 2022م = 2022-07-16");
  EXPECT_TRUE(doubts_.empty());
  dates_in("في 17 ذو الحجة 1443هـ الموافق 26 يوليو 2022م");
  ASSERT_EQ(doubts_.size(), 1u);
  EXPECT_EQ(doubts_[0].rule, "date.hijri-gregorian");
}

TEST_F(Dates, NumericDates) {
  EXPECT_EQ(dates_in("بتاريخ 16/07/2022"), "16/07/2022 = 2022-07-16");
  EXPECT_TRUE(doubts_.empty());
  EXPECT_EQ(dates_in("on 2022-07-16"), "2022-07-16 = 2022-07-16");
  EXPECT_EQ(dates_in("on 03/04/2015"), "03/04/2015 = 2015-04-03");
  ASSERT_EQ(doubts_.size(), 1u);
  EXPECT_EQ(doubts_[0].rule, "date.day-or-month");
  EXPECT_EQ(dates_in("on 31/02/2015"), "");
}

TEST_F(Dates, English) {
  EXPECT_EQ(dates_in("on 17 March 2021"), "17 March 2021 = 2021-03-17");
  EXPECT_EQ(dates_in("on March 17, 2021"), "March 17, 2021 = 2021-03-17");
  EXPECT_EQ(dates_in("from 3 to 5 February 2015"), "3 to 5 February 2015 = 2015-02-03/2015-02-05");
  EXPECT_EQ(dates_in("1-3 May 2001"), "1-3 May 2001 = 2001-05-01/2001-05-03");
  EXPECT_EQ(dates_in("April 1st – June 30th 2018"), "April 1st – June 30th 2018 = 2018-04-01/2018-06-30");
  EXPECT_EQ(dates_in("May 15th – 16th 2018"), "May 15th – 16th 2018 = 2018-05-15/2018-05-16");
  EXPECT_EQ(dates_in("April 1st, to June 30th, 2018"),
            "April 1st, to June 30th, 2018 = 2018-04-01/2018-06-30");
  EXPECT_EQ(dates_in("between October and June 2014"), "October and June 2014 = 2013-10/2014-06");
  EXPECT_EQ(dates_in("between June 1999 and June 2000"), "June 1999 and June 2000 = 1999-06/2000-06");
  EXPECT_EQ(dates_in("since 1993"), "1993 = 1993");
  EXPECT_EQ(dates_in("We may march on."), "");
  EXPECT_EQ(dates_in("resolution 1244 (1999)"), "");
}

TEST_F(Dates, OtherLanguages) {
  EXPECT_EQ(dates_in("le 15 décembre 1999"), "15 décembre 1999 = 1999-12-15");
  EXPECT_EQ(dates_in("du 1er au 3 mai 2001"), "1er au 3 mai 2001 = 2001-05-01/2001-05-03");
  EXPECT_EQ(dates_in("el 15 de diciembre de 1999"), "15 de diciembre de 1999 = 1999-12-15");
  EXPECT_EQ(dates_in("15 декабря 1999 года"), "15 декабря 1999 = 1999-12-15");
  EXPECT_EQ(dates_in("в 2010 году"), "2010 = 2010");
  EXPECT_EQ(dates_in("1999年12月15日"), "1999年12月15日 = 1999-12-15");
}

TEST_F(Dates, YearsThatAreNotSaidComeFromTheParagraphOrThePaper) {
  EXPECT_EQ(dates_in("from 3 to 5 February and from 28 to 30 April 2015"),
            "3 to 5 February = 2015-02-03/2015-02-05; 28 to 30 April 2015 = 2015-04-28/2015-04-30");
  EXPECT_EQ(dates_in("في 28 تشرين الأول/أكتوبر", "2016-10-20"), "28 تشرين الأول/أكتوبر = 2016-10-28?");
  EXPECT_EQ(dates_in("في 28 تشرين الأول/أكتوبر"), "28 تشرين الأول/أكتوبر = XXXX-10-28");
}

TEST_F(Dates, DaysAsWords) {
  EXPECT_EQ(dates_in("في الحادي عشر من آب/أغسطس 1960"), "الحادي عشر من آب/أغسطس 1960 = 1960-08-11");
  EXPECT_EQ(dates_in("الخامس والعشرين من أيار/مايو 2000"), "الخامس والعشرين من أيار/مايو 2000 = 2000-05-25");
}

TEST_F(Dates, WhatIsNoDate) {
  EXPECT_EQ(dates_in("الأمين العام الحالي"), "");
  EXPECT_EQ(dates_in("12 34 99 - 17/45/2015 - 5555 - 2000 شخص"), "");
  EXPECT_EQ(dates_in("1.2.3.4"), "");
}

// Whatever the text: bounded time, places inside the text, values that are EDTF.
TEST_F(Dates, HoldOnRandomText) {
  const std::vector<std::string> words{
      "5",      "31",  "2015",   "1999",   "-",    "–",      "/",       "و",     "إلى",     "من",
      "بين",    "عام", "آذار",   "مارس",   "May",  "to",     "and",     ",",     "(",       ")",
      "هـ",     "رجب", "1443",   "في",     "年",   "月",     "日",      "3",     "至",      "1990s",
      "early",  "the", "القرار", "54/117", "%",    "ألف",    "دولة",    "000",   "S/RES/",  "de",
      "années", "60",  "A.D.",   "past",   "year", "الفقرة", "45/53-س", "2018م", "وحزيران", "'"};
  std::mt19937 random(7);
  for (int round = 0; round < 4000; ++round) {
    std::string text;
    for (auto count = random() % 24; count > 0; --count) {
      text += words[random() % words.size()];
      if (random() % 4 != 0) text += ' ';
    }
    TokenizedText tokens;
    tokenize(text, lexicon().vocabulary, tokens);
    std::vector<document::Mention> mentions;
    doubts_.clear();
    find_symbols(tokens, 0, lexicon(), {.date = "2018-11-29"}, mentions);
    find_dates(tokens, 0, lexicon(), {.date = "2018-11-29"}, mentions, doubts_);
    find_amounts(tokens, 0, lexicon(), mentions);
    for (const document::Mention& mention : mentions) {
      ASSERT_LT(mention.place.range.begin, mention.place.range.end) << text;
      ASSERT_LE(mention.place.range.end, text.size()) << text;
      if (mention.type == document::MentionType::date && !mention.value.empty()) {
        ASSERT_TRUE(Edtf::parse(mention.value)) << text << " gives " << mention.value;
      }
    }
  }
}

}  // namespace
}  // namespace mithaq::reader
