#include "reader/mentions/metadata.hpp"

#include <gtest/gtest.h>

#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

document::Metadata metadata_of(std::initializer_list<std::string> paragraphs) {
  static const Lexicon lexicon = Lexicon::load(test::data());
  document::Document document;
  for (const std::string& text : paragraphs) {
    document::Paragraph paragraph;
    paragraph.text = text;
    document.paragraphs.push_back(paragraph);
  }
  std::vector<TokenizedText> texts(document.paragraphs.size());
  for (std::size_t each = 0; each < texts.size(); ++each) {
    tokenize(document.paragraphs[each].text, lexicon.vocabulary, texts[each]);
  }
  read_metadata(document, texts, lexicon);
  return document.metadata;
}

TEST(Metadata, MastheadOfAUnitedNationsPaper) {
  const auto metadata =
      metadata_of({"Distr.: General 29 June 2000 Arabic Original: English", "A/55/98",
                   "الدورة الخامسة والخمسون", "التعاون بين الأمم المتحدة ومنظمة الأمن والتعاون في أوروبا",
                   "١ - اتخذت الجمعية العامة في ١٥ كانون الأول/ديسمبر ١٩٩٩ القرار ٥٤/١١٧ بشأن التعاون."});
  EXPECT_EQ(metadata.date, "2000-06-29");
  EXPECT_EQ(metadata.symbol, "A/55/98");
  EXPECT_EQ(metadata.issuer, "UN.GA");
  EXPECT_EQ(metadata.title, "التعاون بين الأمم المتحدة ومنظمة الأمن والتعاون في أوروبا");
  EXPECT_EQ(metadata.language, "ar");
  EXPECT_EQ(metadata.handling.tlp, document::Tlp::clear);
}

TEST(Metadata, DateOfTheTitleOrOfIssue) {
  EXPECT_EQ(metadata_of({"المؤتمر الثاني حول الوساطة: إسطنبول 29 تشرين الثاني/نوفمبر 2018"}).date,
            "2018-11-29");
  EXPECT_EQ(metadata_of({"بيان مشترك",
                         "صدر يوم الأربعاء 29 رجب 1443هـ الموافق 2 مارس 2022م، بيان مشترك في ختام الزيارة "
                         "الرسمية التي قام بها الرئيس إلى المملكة"})
                .date,
            "2022-03-02");
}

TEST(Metadata, MarksOfHandling) {
  EXPECT_EQ(metadata_of({"CTSAMVM CONFIDENTIAL", "Report"}).handling.tlp, document::Tlp::amber_strict);
  EXPECT_EQ(metadata_of({"TLP:AMBER", "Report"}).handling.tlp, document::Tlp::amber);
  EXPECT_EQ(metadata_of({"سري للغاية", "تقرير"}).handling.tlp, document::Tlp::red);
  EXPECT_EQ(
      metadata_of(
          {"التقرير يتحدث عن مسائل منها ما هو سري ومنها ما ليس كذلك في كل المناطق التي زارها الفريق خلال"})
          .handling.tlp,
      document::Tlp::clear);
}

TEST(Metadata, Language) {
  EXPECT_EQ(metadata_of({"The report of the Secretary-General on the work of the Organization"}).language,
            "en");
  EXPECT_EQ(metadata_of({"Le rapport du Secrétaire général sur les travaux de l'Organisation"}).language,
            "fr");
  EXPECT_EQ(metadata_of({"El informe del Secretario General sobre la labor de la Organización"}).language,
            "es");
  EXPECT_EQ(metadata_of({"Доклад Генерального секретаря о работе Организации"}).language, "ru");
  EXPECT_EQ(metadata_of({"秘书长关于联合国工作的报告"}).language, "zh");
  EXPECT_EQ(metadata_of({"123 456"}).language, "und");
}

}  // namespace
}  // namespace mithaq::reader
