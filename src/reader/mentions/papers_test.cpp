// Treaties and agreements by their titles, with the tables of data/.
#include "reader/mentions/papers.hpp"

#include <gtest/gtest.h>

#include "reader/mentions/test_mentions.hpp"

namespace mithaq::reader {
namespace {

// "surface=name" of the papers of some paragraphs that are not nested, joined by "; ".
std::string titles_in(std::vector<std::string> paragraphs) {
  const document::Document document = with_mentions(std::move(paragraphs));
  std::string titles;
  for (const document::Mention& mention : document.mentions) {
    if (mention.nested || mention.type != document::MentionType::document) continue;
    if (!titles.empty()) titles += "; ";
    titles.append(document::slice(document.paragraphs[mention.place.paragraph].text, mention.place.range));
    titles += "=" + mention.name;
  }
  return titles;
}

TEST(Papers, ListedTitlesInEveryLanguage) {
  EXPECT_EQ(titles_in({"وفقا لميثاق الأمم المتحدة ووثيقة هلسنكي الختامية"}),
            "ميثاق الأمم المتحدة=Charter of the United Nations; وثيقة هلسنكي الختامية=Helsinki Final Act");
  EXPECT_EQ(
      titles_in({"the Helsinki Final Act and the Dayton Agreement"}),
      "Helsinki Final Act=Helsinki Final Act; Dayton Agreement=General Framework Agreement for Peace in "
      "Bosnia and Herzegovina");
  EXPECT_EQ(titles_in({"the UN Charter"}), "UN Charter=Charter of the United Nations");
  EXPECT_EQ(titles_in({"in charge of the united nations charter flights"}), "") << "titles have capitals";
}

TEST(Papers, UnlistedTitlesByTheirGrammar) {
  EXPECT_EQ(titles_in({"parties to the Maputo Peace Agreement met"}),
            "Maputo Peace Agreement=Maputo Peace Agreement");
  EXPECT_EQ(titles_in({"the Protocol on Water, Energy and Transport of 3 May 1996 was signed"}),
            "Protocol on Water, Energy and Transport=Protocol on Water, Energy and Transport");
  EXPECT_EQ(titles_in({"the Convention on River Traffic and the United Nations"}),
            "Convention on River Traffic=Convention on River Traffic");
  EXPECT_EQ(titles_in({"The Agreement was good", "an Agreement Secretariat", "they signed a Strategy"}), "");
}

TEST(Papers, AreTakenUpAgain) {
  EXPECT_EQ(
      titles_in({"the Maputo Peace Agreement (MPA). Under the Agreement, and under MPA rules"}),
      "Maputo Peace Agreement=Maputo Peace Agreement; MPA=Maputo Peace Agreement; Agreement=Maputo Peace "
      "Agreement; MPA=Maputo Peace Agreement");
  EXPECT_EQ(titles_in({"the United Nations", "acting under Chapter VII of the Charter,"}),
            "Charter=Charter of the United Nations");
}

TEST(Papers, SurviveEndlessTitles) {
  for (const char* piece :
       {"Agreement ", "Agreement of the ", "Peace and ", "Protocol on Water, ", "the Pact ("}) {
    std::string text;
    for (int each = 0; each < 3000; ++each) text += piece;
    titles_in({text});
  }
}

}  // namespace
}  // namespace mithaq::reader
