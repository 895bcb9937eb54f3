#include "service/akoma_ntoso.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <pugixml.hpp>

#include "document/assemble.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

using namespace document;

Document small_document() {
  Document document;
  document.id = "sha256-00";
  document.metadata = {.title = "متابعة", .language = "ar", .symbol = "53/45-POL", .date = "2018-05-06"};
  document.raw = "تمهيد\nعقدت منظمة التعاون الإسلامي اجتماعا في 29 تشرين الثاني/نوفمبر 2018 & <b>\x01";
  document.blocks = {{{{0, 10}}, ParagraphKind::heading, ""},
                     {{{11, document.raw.size()}}, ParagraphKind::body, "1"}};
  document.paragraphs = assemble(document.raw, document.blocks, {});
  const auto range = [&](std::string_view words) {
    const auto at = static_cast<std::uint32_t>(document.paragraphs[1].text.find(words));
    return Place{1, {at, at + static_cast<std::uint32_t>(words.size())}};
  };
  document.mentions = {
      {.type = MentionType::organization,
       .place = range("منظمة التعاون الإسلامي"),
       .entities = {"OIC"},
       .name = "Organization of Islamic Cooperation"},
      {.type = MentionType::organization, .place = range("التعاون الإسلامي"), .name = "x"},
      {.type = MentionType::date, .place = range("29 تشرين الثاني/نوفمبر 2018"), .value = "2018-11-29"}};
  return document;
}

TEST(AkomaNtoso, HoldsTheTextWithItsMentionsInside) {
  pugi::xml_document xml;
  ASSERT_TRUE(xml.load_string(akoma_ntoso(small_document(), "2026-11-22").c_str(),
                              pugi::parse_default | pugi::parse_ws_pcdata));
  const auto paragraph = xml.select_node("//paragraph[@eId='para_1']").node();
  EXPECT_STREQ(paragraph.child("num").text().get(), "1");
  const auto organization = paragraph.select_node(".//organization[@refersTo='#OIC']").node();
  EXPECT_TRUE(organization.child("organization")) << "the nested mention stands inside the outer one";
  EXPECT_STREQ(paragraph.select_node(".//date").node().attribute("date").value(), "2018-11-29");
  std::string text;
  for (const auto& node : paragraph.select_nodes(".//p//text()")) text += node.node().value();
  EXPECT_EQ(text, "عقدت منظمة التعاون الإسلامي اجتماعا في 29 تشرين الثاني/نوفمبر 2018 & <b>");
}

TEST(AkomaNtoso, ValidatesAgainstTheOasisSchema) {
  MITHAQ_NEEDS_SHARED();
  if (std::system("command -v xmllint >/dev/null 2>&1") != 0) GTEST_SKIP() << "no xmllint";
  const auto path = std::filesystem::temp_directory_path() / "mithaq_akoma_ntoso_test.xml";
  std::ofstream(path) << akoma_ntoso(small_document(), "2026-11-22");
  const std::string schema = (test::shared() / "data/standards/akn4un/akomantoso30.xsd").string();
  EXPECT_EQ(std::system(("xmllint --nonet --noout --schema " + schema + " " + path.string()).c_str()), 0);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace mithaq::service
