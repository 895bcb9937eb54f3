#include "cli/output/answer_table.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/output/name_order.hpp"
#include "cli/output/text_width.hpp"
#include "cli/output/visible_text.hpp"

namespace mithaq::cli {
namespace {

const AnswerTable kTable = {{{.key = "org", .heading = "المنظمة", .hxl = "#org"},
                             {.key = "count", .heading = "العدد", .number = true, .hxl = "#indicator+num"}},
                            {{"منظمة الأمن والتعاون في أوروبا", "57"}, {"OSCE, \"Vienna\"", "6"}}};

std::string printed(const TableStyle& style) {
  std::ostringstream out;
  print(out, kTable, style);
  return out.str();
}

TEST(AnswerTable, KeepsEveryLineWithinTheTerminal) {
  for (const std::size_t columns : {20, 30, 80}) {
    for (const auto language : {service::Language::arabic, service::Language::english}) {
      std::istringstream lines(printed({.language = language, .terminal_columns = columns}));
      std::size_t count = 0;
      for (std::string line; std::getline(lines, line); ++count) EXPECT_LE(text_width(line), columns) << line;
      EXPECT_GE(count, 4u);
    }
  }
}

TEST(AnswerTable, StartsEachLineWithTheDirectionOfTheInterface) {
  EXPECT_TRUE(printed({.language = service::Language::arabic}).starts_with("\u200Fالمنظمة"));
  EXPECT_TRUE(printed({.language = service::Language::english}).starts_with("\u200Eالمنظمة"));
}

TEST(AnswerTable, QuotesLongWordsBeneathTheirRow) {
  const AnswerTable table = {{{.key = "no", .heading = "الرقم", .number = true},
                              {.key = "words", .heading = "النص", .beneath = true},
                              {.key = "who", .heading = "الجهة"}},
                             {{"7", "تعاونت المنظمتان في الميدان", "UN"}, {"8", "", "OSCE"}}};
  std::ostringstream framed, csv;
  print(framed, table, {.language = service::Language::arabic, .terminal_columns = 24});
  EXPECT_EQ(framed.str(),
            "\u200Fالرقم \u200F│\u200F الجهة\n"
            "\u200F──────┼──────\n"
            "\u200F    7 \u200F│\u200F UN\n"
            "\u200F      \u200F│\u200F «تعاونت\n"
            "\u200F      \u200F│\u200F المنظمتان في\n"
            "\u200F      \u200F│\u200F الميدان»\n"
            "\u200F    8 \u200F│\u200F OSCE\n");
  print(csv, table, {.format = OutputFormat::csv});
  EXPECT_EQ(csv.str(), "no,words,who\r\n7,تعاونت المنظمتان في الميدان,UN\r\n8,,OSCE\r\n");
}

TEST(AnswerTable, WritesCsvThatSpreadsheetsReadBack) {
  EXPECT_EQ(printed({.format = OutputFormat::csv, .hxl_row = true}),
            "org,count\r\n#org,#indicator+num\r\nمنظمة الأمن والتعاون في أوروبا,57\r\n\"OSCE, "
            "\"\"Vienna\"\"\",6\r\n");
  EXPECT_EQ(csv_cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
  EXPECT_EQ(csv_cell("-12.5"), "-12.5");
}

TEST(VisibleText, ShowsWhatATerminalWouldObey) {
  EXPECT_EQ(visible("\x1B[2Jميثاق\u202E75\u202C\x7F\u0085"), "␛[2Jميثاق⟦RLO⟧75⟦PDF⟧␡\uFFFD");
  EXPECT_EQ(visible("one\ttwo\nالقرار \u200F53/45"), "one\ttwo\nالقرار \u200F53/45");
  std::ostringstream out;
  print(out, {{{.key = "name", .heading = "الاسم"}}, {{"\x1B[31m\u2067x"}}}, {});
  EXPECT_EQ(out.str().find('\x1B'), std::string::npos);
  EXPECT_NE(out.str().find("⟦RLI⟧"), std::string::npos);
}

TEST(TextWidth, CountsColumnsNotBytes) {
  EXPECT_EQ(text_width("ميثاق"), 5u);
  EXPECT_EQ(text_width("مُيثاق\u200F"), 5u);
  EXPECT_EQ(text_width("联合国"), 6u);
  EXPECT_EQ(cut_to_width("المنظمة", 4), "الم…");
}

TEST(NameOrder, FollowsTheDictionaryOfTheLanguage) {
  const NameOrder arabic(service::Language::arabic);
  EXPECT_TRUE(arabic.before("إيران", "بنن"));
  EXPECT_TRUE(arabic.before("أفغانستان", "إندونيسيا")) << "the hamza does not count before the letters";
  EXPECT_FALSE(arabic.before("تركيا", "الأردن"));
  const NameOrder english(service::Language::english);
  EXPECT_TRUE(english.before("Côte d'Ivoire", "Croatia"));
  EXPECT_TRUE(english.before("Åland", "Albania"));
}

}  // namespace
}  // namespace mithaq::cli
