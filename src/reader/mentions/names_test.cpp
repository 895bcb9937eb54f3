// Names in a paragraph, with clitics, capitals and nesting.
#include <gtest/gtest.h>

#include "reader/mentions/mentions.hpp"

namespace mithaq::reader {
namespace {

constexpr std::string_view kStates =
    "id\tkind\tar\ten\tfr\tru\tes\tzh\tar_alias\ten_alias\tdemonym_ar\tsource\n"
    "TUR\tstate\tتركيا\tTürkiye\tTürkiye\tТурция\tTürkiye\t土耳其\tالجمهورية التركية\tTurkey\tتركي\ttest\n"
    "SOM\tstate\tالصومال\tSomalia\tSomalie\tСомали\tSomalia\t索马里\t\t\tصومالي\ttest\n"
    "THA\tstate\tتايلاند\tThailand\tThaïlande\tТаиланд\tTailandia\t泰国\t\t\t\ttest\n"
    "SDN\tstate\tالسودان\tSudan\t\t\t\t\t\t\t\ttest\n"
    "SSD\tstate\tجنوب السودان\tSouth Sudan\t\t\t\t\t\t\t\ttest\n";
constexpr std::string_view kPlaces =
    "id\tkind\tstate\tar\ten\tsource\n"
    "place:southern-thailand\tdisputed\tTHA\tجنوب تايلاند\tSouthern Thailand\ttest\n";
constexpr std::string_view kOrganizations =
    "id\tkind\tparent\tar\ten\tfr\tru\tes\tzh\tacronyms\tar_alias\ten_alias\tar_short\ten_short\tsource\n"
    "UN\torganization\t\tالأمم المتحدة\tUnited Nations\tNations Unies\tОрганизация Объединенных Наций\t"
    "Naciones Unidas\t联合国\tUN|ООН\t\t\tالمنظمة\tthe Organization\ttest\n"
    "OSCE\torganization\t\tمنظمة الأمن والتعاون في أوروبا\tOrganization for Security and Co-operation in "
    "Europe\t"
    "\t\t\t\tOSCE\tمنظمة الأمن والتعاون الأوروبية\t\tالمنظمة\tthe Organization\ttest\n"
    "UN.WHO\torganization\tUN\tمنظمة الصحة العالمية\tWorld Health Organization\t\t\t\t\tWHO\t\t\t\t\ttest\n"
    "UN.UNITAR\torgan\tUN\tمعهد الأمم المتحدة للتدريب والبحوث\tUnited Nations Institute for Training and "
    "Research"
    "\t\t\t\t\tUNITAR\t\t\t\t\ttest\n";

class Names : public ::testing::Test {
 protected:
  void SetUp() override {
    lexicon_.entities.add_states(TableRows(kStates, "states.tsv"), lexicon_.vocabulary, lexicon_.phrases);
    lexicon_.entities.add_places(TableRows(kPlaces, "places.tsv"), lexicon_.vocabulary, lexicon_.phrases);
    lexicon_.entities.add_organizations(TableRows(kOrganizations, "organizations.tsv"), lexicon_.vocabulary,
                                        lexicon_.phrases);
    lexicon_.entities.resolve();
  }

  // "surface=canonical", with "+" before a nested one.
  std::vector<std::string> names_in(std::string_view text) {
    document::Document document;
    document.paragraphs.push_back({.id = "p1", .text = std::string(text)});
    std::vector<TokenizedText> texts(1);
    tokenize(document.paragraphs[0].text, lexicon_.vocabulary, texts[0]);
    Context context;
    find_mentions(document, texts, lexicon_, context);
    std::vector<std::string> names;
    for (const document::Mention& mention : document.mentions) {
      names.push_back((mention.nested ? "+" : "") +
                      std::string(document::slice(document.paragraphs[0].text, mention.place.range)) + "=" +
                      mention.name);
    }
    return names;
  }

  Lexicon lexicon_;
};

using List = std::vector<std::string>;

TEST_F(Names, LeaveOutSeparableParticlesButNotTheFusedOnes) {
  EXPECT_EQ(names_in("وتعاونت تركيا مع الأمم المتحدة"),
            (List{"تركيا=Türkiye", "الأمم المتحدة=United Nations"}));
  EXPECT_EQ(names_in("قدمت لتركيا وللصومال وبالسودان"),
            (List{"تركيا=Türkiye", "للصومال=Somalia", "السودان=Sudan"}));
}

TEST_F(Names, NestWhatStandsInside) {
  EXPECT_EQ(
      names_in("معهد الأمم المتحدة للتدريب والبحوث (UNITAR)"),
      (List{"معهد الأمم المتحدة للتدريب والبحوث=United Nations Institute for Training and Research",
            "+الأمم المتحدة=United Nations", "UNITAR=United Nations Institute for Training and Research"}));
  EXPECT_EQ(names_in("في جنوب تايلاند"), (List{"جنوب تايلاند=Southern Thailand", "+تايلاند=Thailand"}));
  EXPECT_EQ(names_in("في جنوب السودان"), (List{"جنوب السودان=South Sudan"}));
}

TEST_F(Names, SeeAConjunctionSetApart) {
  EXPECT_EQ(names_in("منظمة الأمن و التعاون في أوروبا"),
            (List{"منظمة الأمن و التعاون في أوروبا=Organization for Security and Co-operation in Europe"}));
}

TEST_F(Names, WantCapitals) {
  EXPECT_EQ(names_in("those who met the WHO in Turkey"),
            (List{"WHO=World Health Organization", "Turkey=Türkiye"}));
  EXPECT_EQ(names_in("turkey was served"), List{});
  EXPECT_EQ(names_in("LIST OF THOSE WHO SPOKE"), List{});
}

TEST_F(Names, AreFoundInTheOtherLanguages) {
  EXPECT_EQ(names_in("l'Organisation des Nations Unies"), (List{"Nations Unies=United Nations"}));
  EXPECT_EQ(names_in("доклад Организации Объединенных Наций (ООН) по Турции"),
            (List{"Организации Объединенных Наций=United Nations", "ООН=United Nations", "Турции=Türkiye"}));
  EXPECT_EQ(names_in("联合国和土耳其"), (List{"联合国=United Nations", "土耳其=Türkiye"}));
}

}  // namespace
}  // namespace mithaq::reader
