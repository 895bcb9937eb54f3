#include "reader/mentions/symbols.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

class Symbols : public testing::Test {
 protected:
  static const Lexicon& lexicon() {
    static const Lexicon loaded = Lexicon::load(test::data());
    return loaded;
  }

  // "surface = name" for each paper, in order, joined by "; ".
  std::string papers_in(std::string_view text, std::string date = {}) {
    TokenizedText tokens;
    tokenize(text, lexicon().vocabulary, tokens);
    document::Metadata metadata;
    metadata.date = std::move(date);
    std::vector<document::Mention> mentions;
    find_symbols(tokens, 0, lexicon(), metadata, mentions);
    std::string out;
    for (const document::Mention& mention : mentions) {
      if (!out.empty()) out += "; ";
      out.append(document::slice(text, mention.place.range));
      out += " = " + mention.name;
    }
    return out;
  }
};

TEST_F(Symbols, AssemblyResolutionsInOrder) {
  EXPECT_EQ(papers_in("القرار ١١٧/٥٤", "2000-06-29"), "١١٧/٥٤ = General Assembly resolution 54/117");
  EXPECT_EQ(papers_in("في قرارها ٤٨/٥ المؤرخ", "2000-06-29"), "٤٨/٥ = General Assembly resolution 48/5");
  EXPECT_EQ(papers_in("resolution 54/117"), "54/117 = General Assembly resolution 54/117");
  EXPECT_EQ(papers_in("General Assembly decision 54/405"), "54/405 = General Assembly decision 54/405");
  EXPECT_EQ(papers_in("القرار 2625 (د-25)"), "2625 (د-25) = General Assembly resolution 2625 (XXV)");
  EXPECT_EQ(papers_in("resolution 2625 (XXV)"), "2625 (XXV) = General Assembly resolution 2625 (XXV)");
  EXPECT_EQ(papers_in("resolution ES-10/19"), "ES-10/19 = General Assembly resolution ES-10/19");
}

TEST_F(Symbols, CouncilResolutions) {
  EXPECT_EQ(papers_in("في قراره ١٢٤٤ (١٩٩٩)"), "١٢٤٤ (١٩٩٩) = Security Council resolution 1244 (1999)");
  EXPECT_EQ(papers_in("القرارين 733 (1992) و 751 (1992)"),
            "733 (1992) = Security Council resolution 733 (1992); 751 (1992) = Security Council resolution "
            "751 (1992)");
  EXPECT_EQ(papers_in("Security Council resolution 1325"), "1325 = Security Council resolution 1325 (2000)");
  EXPECT_EQ(papers_in("قرار مجلس حقوق الإنسان 25/18"), "25/18 = Human Rights Council resolution 25/18");
}

TEST_F(Symbols, DecisionsOfTheOsceAndOfTheAfricanUnion) {
  EXPECT_EQ(papers_in("Ministerial Council Decision No. 4/13 and MC(10).DEC/1"),
            "4/13 = MC.DEC/4/13; MC(10).DEC/1 = MC(10).DEC/1");
  EXPECT_EQ(papers_in("Permanent Council Decisions Nos. 621, 1107 and 1135 of 2014"),
            "621 = PC.DEC/621; 1107 = PC.DEC/1107; 1135 = PC.DEC/1135");
  EXPECT_EQ(papers_in("Permanent Council Decision No. 814 and 20 others"), "814 = PC.DEC/814");
  EXPECT_EQ(
      papers_in("PSC/PR/COMM.(DCCCXLV) and PSC/MIN/COMM.3 (CCCXIII)"),
      "PSC/PR/COMM.(DCCCXLV) = PSC/PR/COMM.(DCCCXLV); PSC/MIN/COMM.3 (CCCXIII) = PSC/MIN/COMM.3 (CCCXIII)");
  EXPECT_EQ(papers_in("Assembly/AU/Dec.501(XXII)"), "Assembly/AU/Dec.501(XXII) = Assembly/AU/Dec.501(XXII)");
}

TEST_F(Symbols, PapersOfUnesco) {
  EXPECT_EQ(papers_in("documents 37 C/5 and 196 EX/Decision 12"),
            "37 C/5 = 37 C/5; 196 EX/Decision 12 = 196 EX/Decision 12");
  EXPECT_EQ(papers_in("37 C"), "");
}

TEST_F(Symbols, IslamicResolutionsBySession) {
  const std::string name = " = OIC resolution 53/45-POL";
  EXPECT_EQ(papers_in("القرار رقم 45/53-س", "2018-11-29"), "45/53-س" + name);
  EXPECT_EQ(papers_in("resolution No. 53/45-POL", "2018-11-29"), "53/45-POL" + name);
  EXPECT_EQ(papers_in("resolution POL-53/45", "2018-11-29"), "POL-53/45" + name);
}

TEST_F(Symbols, SymbolsThatBeginWithLetters) {
  EXPECT_EQ(papers_in("(انظر A/48/185، المرفقان)"), "A/48/185 = A/48/185");
  EXPECT_EQ(papers_in("انظر A/49/800-S/1994/1435)."), "A/49/800-S/1994/1435 = A/49/800-S/1994/1435");
  EXPECT_EQ(papers_in("A/55/98/Add.1 and PC.DEC/1041."),
            "A/55/98/Add.1 = A/55/98/Add.1; PC.DEC/1041 = PC.DEC/1041");
  EXPECT_EQ(papers_in("S/RES/1244 (1999)"), "S/RES/1244 (1999) = S/RES/1244 (1999)");
  EXPECT_EQ(papers_in("Assembly/AU/Dec.123(V)"), "Assembly/AU/Dec.123(V) = Assembly/AU/Dec.123(V)");
  EXPECT_EQ(papers_in("القرار رقم 8132 د.ع (141) بشأن ذلك"), "8132 د.ع (141) = LAS resolution 8132");
  EXPECT_EQ(papers_in("Joint Action 2008/124/CFSP"), "2008/124/CFSP = 2008/124/CFSP");
}

TEST_F(Symbols, ParagraphsOfResolutions) {
  const auto resolved = [](std::initializer_list<std::string_view> paragraphs) {
    std::vector<TokenizedText> texts(paragraphs.size());
    std::vector<document::Mention> mentions;
    std::uint32_t each = 0;
    for (const std::string_view paragraph : paragraphs) {
      tokenize(paragraph, lexicon().vocabulary, texts[each]);
      find_symbols(texts[each], each, lexicon(), {.date = "2018-11-29"}, mentions);
      find_short_documents(texts[each], each, lexicon(), mentions);
      std::sort(mentions.begin(), mentions.end(), [](const auto& a, const auto& b) {
        return std::pair(a.place.paragraph, a.place.range.begin) <
               std::pair(b.place.paragraph, b.place.range.begin);
      });
      ++each;
    }
    resolve_document_references(texts, lexicon(), mentions);
    std::string out;
    for (const document::Mention& mention : mentions) {
      if (mention.ref == document::RefClass::name) continue;
      if (!out.empty()) out += "; ";
      out.append(document::slice(texts[mention.place.paragraph].text, mention.place.range));
      out += " = " + mention.name;
    }
    return out;
  };
  EXPECT_EQ(resolved({"القرار رقم 45/53-س", "في الفقرة رقم 5 من القرار، وفي الفقرة 8"}),
            "الفقرة رقم 5 = OIC resolution 53/45-POL, paragraph 5; القرار = OIC resolution 53/45-POL; الفقرة "
            "8 = OIC resolution 53/45-POL, "
            "paragraph 8");
  EXPECT_EQ(resolved({"بالفقرتين 9 و 11 من القرار 1807 (2008)"}),
            "الفقرتين 9 و 11 = Security Council resolution 1807 (2008), paragraphs 9, 11");
  EXPECT_EQ(resolved({"paragraph 7 of Security Council resolution 1958 (2010)"}),
            "paragraph 7 = Security Council resolution 1958 (2010), paragraph 7");
  EXPECT_EQ(resolved({"resolution 54/117", "as said in paragraph 5 above and in paragraph 6 of the report"}),
            "");
  EXPECT_EQ(resolved({"القرار 54/117 وصنع القرار", "وللقرار المذكور"}),
            "للقرار المذكور = General Assembly resolution 54/117");
  EXPECT_EQ(resolved({"resolution 54/117", "the resolution of conflicts"}), "");
  EXPECT_EQ(resolved({"في الفقرة 5 من هذا التقرير"}), "");
}

TEST_F(Symbols, NumbersThatAreNoPapers) {
  EXPECT_EQ(papers_in("A/B testing, and/or, 3/4 of them"), "");
  EXPECT_EQ(papers_in("في عام 2014/2015"), "");
}

}  // namespace
}  // namespace mithaq::reader
