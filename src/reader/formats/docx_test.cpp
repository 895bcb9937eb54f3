#include "reader/formats/docx.hpp"

#include <gtest/gtest.h>
#include <zip.h>

#include <filesystem>
#include <fstream>
#include <map>

#include "reader/formats/formats.hpp"

namespace mithaq::reader {
namespace {

using document::ParagraphKind;

// A zip of the given entries, in memory.
std::string zip_of(const std::map<std::string, std::string>& entries) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_source_keep(target);
  zip_t* zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  for (const auto& [name, bytes] : entries) {
    zip_file_add(zip, name.c_str(), zip_source_buffer(zip, bytes.data(), bytes.size(), 0), ZIP_FL_OVERWRITE);
  }
  EXPECT_EQ(zip_close(zip), 0);
  zip_source_open(target);
  zip_source_seek(target, 0, SEEK_END);
  std::string out(static_cast<std::size_t>(zip_source_tell(target)), '\0');
  zip_source_seek(target, 0, SEEK_SET);
  zip_source_read(target, out.data(), out.size());
  zip_source_close(target);
  zip_source_free(target);
  return out;
}

std::string body(const std::string& inside) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document><w:body>" + inside + "</w:body></w:document>";
}
std::string paragraph(const std::string& text, const std::string& properties = "") {
  return "<w:p><w:pPr>" + properties + "</w:pPr><w:r><w:t xml:space=\"preserve\">" + text +
         "</w:t></w:r></w:p>";
}

document::Document read(const std::string& bytes) {
  const ReadResult result = extract(bytes, {.name = "paper.docx"});
  if (const auto* refusal = std::get_if<Refusal>(&result)) {
    ADD_FAILURE() << refusal->message;
    return {};
  }
  return std::get<document::Document>(result);
}

Refusal refusal(const std::string& bytes) {
  const ReadResult result = extract(bytes, {.name = "paper.docx"});
  const auto* refusal = std::get_if<Refusal>(&result);
  EXPECT_NE(refusal, nullptr);
  return refusal == nullptr ? Refusal{} : *refusal;
}

std::vector<std::string> texts(const document::Document& document) {
  std::vector<std::string> out;
  for (const document::Block& block : document.blocks) {
    std::string text;
    for (const document::Span line : block.lines) {
      if (!text.empty()) text += '|';
      text += document::slice(document.raw, line);
    }
    out.push_back(text);
  }
  return out;
}

TEST(Docx, GivesParagraphsHeadingsNumbersRowsAndNotes) {
  const std::string bytes = zip_of({
      {"[Content_Types].xml", "<Types/>"},
      {"docProps/core.xml", "<cp:coreProperties><dc:title>محضر</dc:title></cp:coreProperties>"},
      {"word/styles.xml",
       "<w:styles><w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading "
       "1\"/><w:pPr><w:outlineLvl "
       "w:val=\"0\"/></w:pPr></w:style><w:style w:styleId=\"a3\"><w:name "
       "w:val=\"Title\"/></w:style></w:styles>"},
      {"word/numbering.xml",
       "<w:numbering><w:abstractNum w:abstractNumId=\"4\"><w:lvl w:ilvl=\"0\"><w:start "
       "w:val=\"5\"/><w:numFmt "
       "w:val=\"decimal\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt "
       "w:val=\"arabicAbjad\"/></w:lvl>"
       "</w:abstractNum><w:num w:numId=\"2\"><w:abstractNumId w:val=\"4\"/></w:num></w:numbering>"},
      {"word/header1.xml", "<w:hdr>" + paragraph("MTQ/2020/7") + "</w:hdr>"},
      {"word/footnotes.xml", "<w:footnotes><w:footnote w:type=\"separator\" w:id=\"-1\">" + paragraph("---") +
                                 "</w:footnote><w:footnote w:id=\"1\">" + paragraph("انظر الوثيقة.") +
                                 "</w:footnote></w:footnotes>"},
      {"word/document.xml",
       body(paragraph("محضر الاجتماع", "<w:pStyle w:val=\"a3\"/>") +
            paragraph("أولا - مقدمة", "<w:pStyle w:val=\"1\"/>") +
            paragraph("قرر المجلس أمرا.", "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>") +
            paragraph("بند", "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"2\"/></w:numPr>") +
            paragraph("وطلب &amp; أمرا آخر.",
                      "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>") +
            "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>باق "
            "</w:t></w:r><w:del><w:r><w:t>"
            "محذوف</w:t><w:delText>محذوف</w:delText></w:r></w:del><w:ins><w:r><w:t>مضاف</w:t><w:br/><w:t>سطر"
            "</w:t></w:r></w:ins></w:p><w:tbl><w:tr><w:tc>" +
            paragraph("الدولة") + "</w:tc><w:tc>" + paragraph("السنة") + "</w:tc></w:tr></w:tbl>")},
  });
  const auto document = read(bytes);
  EXPECT_EQ(texts(document), (std::vector<std::string>{"MTQ/2020/7", "محضر الاجتماع", "أولا - مقدمة",
                                                       "قرر المجلس أمرا.", "بند", "وطلب & أمرا آخر.",
                                                       "باق مضاف|سطر", "الدولة\tالسنة", "انظر الوثيقة."}));
  ASSERT_EQ(document.blocks.size(), 9u);
  EXPECT_EQ(document.blocks[0].kind, ParagraphKind::furniture);
  EXPECT_EQ(document.blocks[1].kind, ParagraphKind::title);
  EXPECT_EQ(document.blocks[2].kind, ParagraphKind::heading);
  EXPECT_EQ(document.blocks[3].number, "5");
  EXPECT_EQ(document.blocks[3].kind, ParagraphKind::body);
  EXPECT_EQ(document.blocks[4].number, "أ");
  EXPECT_EQ(document.blocks[4].kind, ParagraphKind::item);
  EXPECT_EQ(document.blocks[5].number, "6");
  EXPECT_EQ(document.blocks[7].kind, ParagraphKind::table_row);
  EXPECT_EQ(document.blocks[8].kind, ParagraphKind::footnote);
  EXPECT_EQ(document.blocks[8].number, "1");
  EXPECT_EQ(document.metadata.title, "محضر");
  EXPECT_EQ(document.format, "docx");
}

TEST(Docx, RefusesWhatIsNoZip) {
  EXPECT_EQ(refusal("هذا نص فقط").reason, Refusal::Reason::damaged);
  EXPECT_EQ(refusal("PK\x03\x04 and then nothing that a zip has").reason, Refusal::Reason::damaged);
}

TEST(Docx, RefusesATruncatedFile) {
  const std::string bytes = zip_of({{"word/document.xml", body(paragraph("نص"))}});
  EXPECT_EQ(refusal(bytes.substr(0, bytes.size() - 30)).reason, Refusal::Reason::damaged);
  EXPECT_EQ(refusal(zip_of({{"word/document.xml", body(paragraph("نص")).substr(0, 80)}})).reason,
            Refusal::Reason::damaged);
}

TEST(Docx, RefusesWhatUnpacksToGigabytes) {
  const std::string bytes = zip_of({{"word/document.xml", body(std::string(300'000'000, ' '))}});
  EXPECT_LT(bytes.size(), 1'000'000u);
  const Refusal said = refusal(bytes);
  EXPECT_EQ(said.reason, Refusal::Reason::too_large);
  EXPECT_NE(said.message.find("286 MB"), std::string::npos) << said.message;
}

TEST(Docx, RefusesXmlNestedWithoutEnd) {
  std::string deep;
  for (int each = 0; each < 100'000; ++each) deep += "<w:r>";
  EXPECT_EQ(refusal(zip_of({{"word/document.xml", body(deep)}})).reason, Refusal::Reason::damaged);
}

TEST(Docx, LeavesSpreadsheetsAndArchivesAsAttachments) {
  EXPECT_EQ(refusal(zip_of({{"xl/workbook.xml", "<workbook/>"}})).reason, Refusal::Reason::attachment_only);
  const ReadResult zip = extract(zip_of({{"letter.txt", "نص"}}), {.name = "papers.zip"});
  ASSERT_TRUE(std::holds_alternative<Refusal>(zip));
  EXPECT_EQ(std::get<Refusal>(zip).reason, Refusal::Reason::attachment_only);
}

}  // namespace
}  // namespace mithaq::reader
