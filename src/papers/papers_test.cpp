// The writers: what is set can be read again, in the order in which it was written.
#include <gtest/gtest.h>
#include <poppler-document.h>
#include <poppler-page.h>
#include <zip.h>

#include <map>
#include <memory>
#include <pugixml.hpp>
#include <random>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "papers/docx.hpp"
#include "papers/html.hpp"
#include "papers/paper.hpp"
#include "papers/pdf.hpp"

namespace mithaq::papers {
namespace {

Paper paper_of(std::string language, std::vector<Block> blocks) {
  Paper paper;
  paper.language = std::move(language);
  paper.title = "يومية";
  paper.symbol = "PC.JOUR/1233";
  paper.author = "OSCE";
  paper.made_at = *parse_instant("2019-07-11T00:00:00Z");
  paper.sections.push_back({.running = {"PC.JOUR/1233"}, .blocks = std::move(blocks)});
  return paper;
}

// Without the characters that only steer direction, blanks and line ends drawn together.
std::string words_of(std::string_view text) {
  std::u32string out;
  for (const char32_t letter : to_utf32(text)) {
    if (letter == 0x200E || letter == 0x200F || (letter >= 0x202A && letter <= 0x202E) ||
        (letter >= 0x2066 && letter <= 0x2069))
      continue;
    const bool blank = letter == ' ' || letter == '\n' || letter == '\t' || letter == '\f' || letter == 0xA0;
    if (blank && (out.empty() || out.back() == ' ')) continue;
    out += blank ? U' ' : letter;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return to_utf8(out);
}

std::unique_ptr<poppler::document> opened(const std::string& pdf) {
  poppler::byte_array bytes(pdf.begin(), pdf.end());
  return std::unique_ptr<poppler::document>(poppler::document::load_from_data(&bytes));
}

// What poppler takes out of all pages.
std::string text_of_pdf(const std::string& pdf) {
  const auto document = opened(pdf);
  if (!document) return "no PDF";
  std::string text;
  for (int page = 0; page < document->pages(); ++page) {
    const std::unique_ptr<poppler::page> one(document->create_page(page));
    const auto bytes = one->text().to_utf8();
    text += std::string(bytes.begin(), bytes.end()) + "\n";
  }
  return words_of(text);
}

std::map<std::string, std::string> parts_of(const std::string& docx) {
  std::map<std::string, std::string> parts;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(docx.data(), docx.size(), 0, &error);
  zip_t* zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (!zip) return parts;
  for (zip_int64_t at = 0; at < zip_get_num_entries(zip, 0); ++at) {
    zip_stat_t about;
    zip_stat_index(zip, static_cast<zip_uint64_t>(at), 0, &about);
    std::string text(about.size, '\0');
    zip_file_t* file = zip_fopen_index(zip, static_cast<zip_uint64_t>(at), 0);
    zip_fread(file, text.data(), text.size());
    zip_fclose(file);
    parts[about.name] = text;
  }
  zip_discard(zip);
  return parts;
}

std::string text_of_docx(const std::string& docx) {
  pugi::xml_document document;
  const std::string xml = parts_of(docx)["word/document.xml"];
  if (!document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata))
    return "no XML";
  std::string text;
  for (const pugi::xpath_node each : document.select_nodes("//w:p")) {
    pugi::xpath_node_set pieces = each.node().select_nodes(".//w:t|./w:r/w:tab");
    pieces.sort();
    for (const pugi::xpath_node piece : pieces)
      text += std::string(piece.node().name()) == "w:tab" ? " " : piece.node().text().get();
    text += "\n";
  }
  return words_of(text);
}

const std::vector<std::string>& arabic_sentences() {
  static const std::vector<std::string> sentences{
      "اعتمد المجلس الدائم المقرر رقم 1041 (PC.DEC/1041) بشأن السلام والأمن، ويرد نصه في تذييل هذه اليومية.",
      "رومانيا - الاتحاد الأوروبي (مع البلدان المرشحة ألبانيا والجبل الأسود، بالاصطفاف) (PC.DEL/978/20)، "
      "اليابان "
      "(شريك من أجل التعاون) (PC.DEL/1784/20 OSCE+)، لاتفيا",
      "الإسلام لا لآ لأن إلا الآلات للإعلام، الافتتاح: الساعة 10:05",
      "«الأطفال والنزاع المسلح» - ٢٠ حزيران/يونيه ٢٠١٩؛ هل من اعتراض؟ 50%",
      "التَّارِيخُ وَالسَّلَامُ نصًّا مُشكَّلًا",
      "(1) المادة الأولى [انظر المرفق 1 بالمقرر] فقرة IV.1(A)6 من النظام الداخلي"};
  return sentences;
}

TEST(Paper, FindsSymbolsInASentence) {
  const Text text = with_symbols("المقرر (PC.DEC/1041) في 10:05، OSCE+ و Vienna");
  std::vector<std::string> isolated;
  for (const papers::Run& run : text)
    if (run.isolated) isolated.push_back(run.text);
  EXPECT_EQ(isolated, (std::vector<std::string>{"PC.DEC/1041", "10:05", "OSCE+"}));
  EXPECT_EQ(with_symbols("(PC.DEL/1784/20 OSCE+)")[1].text, "PC.DEL/1784/20 OSCE+");
  EXPECT_EQ(text_of(text), "المقرر (PC.DEC/1041) في 10:05، OSCE+ و Vienna");
}

// Acceptance item F9: order and letters.
TEST(Pdf, ArabicIsTakenOutAsItWasWritten) {
  for (const std::string& sentence : arabic_sentences()) {
    const std::string pdf = to_pdf(paper_of("ar", {Line{.label = "3.", .text = with_symbols(sentence)}}));
    EXPECT_EQ(text_of_pdf(pdf), "3. " + sentence);
  }
}

TEST(Pdf, EnglishAndRussianAreTakenOutAsTheyWereWritten) {
  const std::string english =
      "Decision: The Permanent Council adopted Decision No. 1041 (PC.DEC/1041) on “the office”.";
  const std::string russian =
      "Решение: Постоянный совет принял Решение № 1041 (PC.DEC/1041) о продлении мандата.";
  EXPECT_EQ(text_of_pdf(to_pdf(paper_of("en", {Line{.text = with_symbols(english)}}))), english);
  EXPECT_EQ(text_of_pdf(to_pdf(paper_of("ru", {Line{.text = with_symbols(russian)}}))), russian);
  // An Arabic name in an English paper.
  const std::string mixed =
      "The office is called «مكتب المؤسسات الديمقراطية (وارسو)» there, and opened in 1991.";
  EXPECT_EQ(text_of_pdf(to_pdf(paper_of("en", {Line{.text = with_symbols(mixed)}}))), mixed);
}

// Any sentence of Arabic words, symbols in brackets and numbers, with the signs between them.
TEST(Pdf, RandomMixedSentencesAreTakenOutAsTheyWereWritten) {
  std::mt19937 random(20190711);
  const std::vector<std::string> words{"السلام", "والأمن",  "المجلس",     "الدائم", "لأن",  "إلا",  "قرارا",
                                       "الآن",   "بلغاريا", "قيرغيزستان", "مسؤول",  "هيئة", "شيء،", "انتهى؛"};
  const std::vector<std::string> foreign{"PC.DEC/1041",    "1975", "10:05",
                                         "PC.DEL/1784/20", "3.5",  "FSC.DEC/7/20/Corr.1"};
  const auto any = [&](const auto& of) -> const std::string& { return of[random() % of.size()]; };
  for (int round = 0; round < 300; ++round) {
    std::string sentence = any(words);
    for (int each = 0; each < 18; ++each) {
      switch (random() % 6) {
        case 0:
          sentence += " (" + any(foreign) + ")";
          break;
        case 1:
          sentence += " " + any(foreign);
          break;
        case 2:
          sentence += " (" + any(words) + " " + any(foreign) + " " + any(words) + ")";
          break;
        default:
          sentence += " " + any(words);
      }
    }
    sentence += " نهاية.";
    // A page's main direction is what most of its letters have; a page of an Arabic paper has Arabic ones.
    const std::string& first = arabic_sentences()[1];
    const std::string pdf =
        to_pdf(paper_of("ar", {Line{.text = with_symbols(first)}, Line{.text = with_symbols(sentence)}}));
    ASSERT_EQ(text_of_pdf(pdf), first + " " + sentence) << round;
  }
}

TEST(Pdf, TablesOfArabicBeginAtTheRight) {
  Table table{.header = {plain("الدولة"), plain("الرمز")},
              .rows = {{plain("كازاخستان"), symbol("PC.DEL/1")}}};
  const auto document = opened(to_pdf(paper_of("ar", {table})));
  ASSERT_TRUE(document);
  const std::unique_ptr<poppler::page> page(document->create_page(0));
  std::map<std::string, double> left;
  for (const poppler::text_box& box : page->text_list()) {
    const auto bytes = box.text().to_utf8();
    left[words_of(std::string(bytes.begin(), bytes.end()))] = box.bbox().left();
  }
  ASSERT_TRUE(left.contains("PC.DEL/1"));
  double state = 0;
  for (const auto& [word, at] : left)
    if (word != "PC.DEL/1") state = std::max(state, at);
  EXPECT_GT(state, left["PC.DEL/1"] + 100);
}

TEST(Pdf, LongPapersGoOverPagesThatCarryTheirNumberAndSymbol) {
  std::vector<Block> blocks{Line{.text = plain("يومية"), .heading = 1}};
  std::string all = "يومية";
  for (int each = 1; each <= 60; ++each) {
    const std::string& sentence = arabic_sentences()[static_cast<std::size_t>(each) % 3];
    blocks.push_back(Line{.text = with_symbols(sentence)});
    all += " " + sentence;
  }
  const std::string pdf = to_pdf(paper_of("ar", blocks));
  const auto document = opened(pdf);
  ASSERT_TRUE(document);
  ASSERT_GE(document->pages(), 3);
  for (int page = 0; page < document->pages(); ++page) {
    const std::unique_ptr<poppler::page> one(document->create_page(page));
    const auto bytes = one->text().to_utf8();
    const std::string text = words_of(std::string(bytes.begin(), bytes.end()));
    EXPECT_EQ(text.find("PC.JOUR/1233") != std::string::npos, page > 0) << page;
    EXPECT_EQ(text.find("– " + std::to_string(page + 1) + " –") != std::string::npos, page > 0) << text;
  }
  // Nothing but the heads of pages is there beside the sentences, in their order.
  std::string text = text_of_pdf(pdf);
  for (int page = 2; page <= document->pages(); ++page)
    for (const std::string& head : {" – " + std::to_string(page) + " –", std::string(" PC.JOUR/1233")})
      if (const std::size_t at = text.find(head); at != std::string::npos) text.erase(at, head.size());
  EXPECT_TRUE(text == all) << text.substr(0, 600);
}

TEST(Writers, TheSamePaperGivesTheSameBytes) {
  Paper paper =
      paper_of("ar", {Line{.text = with_symbols(arabic_sentences()[0])}, Table{.rows = {{plain("أ")}}}});
  for (const Format format : {Format::html, Format::docx, Format::pdf})
    EXPECT_EQ(write(paper, format), write(paper, format)) << info_of(format).name;
  // The day in its properties is the paper's own.
  const auto document = opened(to_pdf(paper));
  ASSERT_TRUE(document);
  EXPECT_EQ(document->info_date_t("CreationDate"), 1562803200);
  EXPECT_NE(parts_of(to_docx(paper))["docProps/core.xml"].find("2019-07-11T00:00:00Z"), std::string::npos);
}

TEST(Docx, IsRightToLeftAndHoldsTheWords) {
  std::vector<Block> blocks{
      Line{.text = plain("الجلسة العامة"), .opposite = symbol("PC.JOUR/1233"), .heading = 1}};
  std::string all = "الجلسة العامة PC.JOUR/1233";
  for (const std::string& sentence : arabic_sentences()) {
    blocks.push_back(Line{.label = "1.", .text = with_symbols(sentence)});
    all += " 1. " + sentence;
  }
  blocks.push_back(
      Table{.header = {plain("الدولة"), plain("الرمز")}, .rows = {{plain("لاتفيا"), symbol("A/1")}}});
  all += " الدولة الرمز لاتفيا A/1";
  Paper paper = paper_of("ar", blocks);
  paper.sections.push_back({.running = {"PC.DEC/1041"}, .blocks = {Line{.text = plain("المقرر")}}});
  all += " المقرر";
  const std::string docx = to_docx(paper);
  EXPECT_EQ(text_of_docx(docx), all);

  auto parts = parts_of(docx);
  pugi::xml_document document;
  ASSERT_TRUE(document.load_string(parts["word/document.xml"].c_str()));
  // Every paragraph with words says its direction; symbols are no right-to-left runs.
  for (const pugi::xpath_node each : document.select_nodes("//w:p[.//w:t]"))
    EXPECT_TRUE(each.node().child("w:pPr").child("w:bidi")) << each.node().text().get();
  for (const pugi::xpath_node each : document.select_nodes("//w:r[w:t[contains(., 'PC.DEC')]]"))
    EXPECT_FALSE(each.node().child("w:rPr").child("w:rtl"));
  EXPECT_TRUE(document.select_node("//w:tblPr/w:bidiVisual"));
  EXPECT_EQ(document.select_nodes("//w:sectPr[w:titlePg and w:pgNumType/@w:start = '1']").size(), 2U);
  for (const char* part : {"[Content_Types].xml", "_rels/.rels", "word/styles.xml", "word/settings.xml",
                           "word/header1.xml", "word/header2.xml", "word/_rels/document.xml.rels"}) {
    pugi::xml_document xml;
    EXPECT_TRUE(xml.load_string(parts[part].c_str())) << part;
  }
  EXPECT_NE(parts["word/header2.xml"].find("PC.DEC/1041"), std::string::npos);
  EXPECT_NE(parts["word/header2.xml"].find(" PAGE "), std::string::npos);
}

TEST(Html, IsRightToLeftSelfContainedAndObeysNoText) {
  const std::string html = to_html(
      paper_of("ar", {Line{.text = with_symbols("المقرر (PC.DEC/1041) <script>alert(1)</script> & \"أمن\"")},
                      Line{.text = plain("Заявление"), .language = "ru"}}));
  EXPECT_NE(html.find("<html lang=\"ar\" dir=\"rtl\">"), std::string::npos);
  EXPECT_NE(html.find("(<bdi>PC.DEC/1041</bdi>)"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;"), std::string::npos);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_NE(html.find("<p lang=\"ru\" dir=\"ltr\">Заявление</p>"), std::string::npos);
  for (const char* outside : {"http://", "https://", "@import", "url("})
    EXPECT_EQ(html.find(outside), std::string::npos);
  // Logical sides only, so that the page mirrors.
  for (const char* side :
       {"margin-left", "margin-right", "padding-left", "text-align: left", "text-align: right"})
    EXPECT_EQ(html.find(side), std::string::npos) << side;
}

TEST(Writers, HostileTextBreaksNothing) {
  const std::string hostile = std::string("\0\x01\x1b[31m", 7) +
                              "\xff\xfe <a href=x> ]]> \xEF\xBF\xBF \u202E\U0001F600 " +
                              std::string(5000, 'x');
  const Paper paper =
      paper_of("ar", {Line{.label = hostile.substr(0, 20), .text = with_symbols(hostile), .indent = 99},
                      Table{.widths = {0, -1}, .rows = {{plain(hostile), {}, plain("")}, {}}},
                      Line{.heading = -4}, PageBreak{}, Table{}});
  EXPECT_TRUE(opened(to_pdf(paper)));
  pugi::xml_document xml;
  const std::string document = parts_of(to_docx(paper))["word/document.xml"];
  EXPECT_TRUE(xml.load_string(document.c_str()));
  EXPECT_EQ(document.find('\x01'), std::string::npos);
  EXPECT_NE(to_html(paper).find("</html>"), std::string::npos);
  EXPECT_TRUE(opened(to_pdf(Paper{})));
  EXPECT_FALSE(to_docx(Paper{}).empty());
}

}  // namespace
}  // namespace mithaq::papers
