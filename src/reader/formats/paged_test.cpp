#include "reader/formats/paged.hpp"

#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/utf8.hpp"
#include "reader/formats/extraction.hpp"
#include "reader/formats/formats.hpp"
#include "reader/formats/helper_process.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::reader {
namespace {

using document::Document;
using Reason = Refusal::Reason;

std::string fixture(const std::string& name) {
  std::ifstream file(test::project() / "tests" / "fixtures" / "formats" / name, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  EXPECT_FALSE(bytes.str().empty()) << name;
  return bytes.str();
}

ReadOptions options(const std::string& name) {
  ReadOptions options;
  options.name = name;
  options.helpers_folder = MITHAQ_TEST_HELPERS;
  return options;
}

Document read(const std::string& bytes, const std::string& name) {
  ReadResult result = extract(bytes, options(name));
  if (const auto* refusal = std::get_if<Refusal>(&result)) {
    ADD_FAILURE() << refusal->message;
    return {};
  }
  return std::move(std::get<Document>(result));
}

Refusal refusal(const std::string& bytes, const std::string& name) {
  const ReadResult result = extract(bytes, options(name));
  const auto* said = std::get_if<Refusal>(&result);
  EXPECT_NE(said, nullptr) << name << " was read";
  return said == nullptr ? Refusal{} : *said;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::istringstream stream{std::string(text)};
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

// How many units of `a` have to be changed, added or left out to give `b`.
template <typename Sequence>
std::size_t distance(const Sequence& a, const Sequence& b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t each = 0; each <= b.size(); ++each) row[each] = each;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

std::u32string letters_of(std::string_view text) {
  std::u32string letters;
  for (const std::string& word : words_of(text)) letters += to_utf32(word) + U" ";
  return letters;
}

// A PDF of the given objects, numbered from 1; the first is the catalogue.
std::string pdf_of(const std::vector<std::string>& objects, const std::string& trailer = "") {
  std::string pdf = "%PDF-1.4\n";
  std::string table;
  for (std::size_t each = 0; each < objects.size(); ++each) {
    char line[32];
    std::snprintf(line, sizeof line, "%010zu 00000 n \n", pdf.size());
    table += line;
    pdf += std::to_string(each + 1) + " 0 obj\n" + objects[each] + "\nendobj\n";
  }
  const std::size_t begin = pdf.size();
  const std::string size = std::to_string(objects.size() + 1);
  pdf += "xref\n0 " + size + "\n0000000000 65535 f \n" + table + "trailer\n<< /Size " + size +
         " /Root 1 0 R " + trailer + " >>\nstartxref\n" + std::to_string(begin) + "\n%%EOF\n";
  return pdf;
}

std::string blank_pdf(const std::string& box, const std::string& trailer = "") {
  return pdf_of({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                 "<< /Type /Page /Parent 2 0 R /MediaBox [" + box + "] >>"},
                trailer);
}

TEST(Pdf, GivesEveryWordOfTwoColumnsInReadingOrder) {
  const Document document = read(fixture("two_columns.pdf"), "paper.pdf");
  const auto wanted = words_of(fixture("paper_ar.txt"));
  const auto got = words_of(document.raw);
  // All lam-alef words (السلام, الأمن) are right, too.
  EXPECT_LE(distance(wanted, got) * 100, wanted.size()) << document.raw;
  EXPECT_EQ(document.format, "pdf");
}

// Words of the paper that a document does not have, or has elsewhere.
std::size_t words_lost(const std::string& file) {
  const auto wanted = words_of(fixture("paper_ar.txt"));
  const Document document = read(fixture(file), file);
  return distance(wanted, words_of(document.raw));
}

TEST(Pdf, TurnsLigaturesOfAProgramThatPlacesEachGlyph) {
  // LibreOffice left the title out, eight words; it stretches words by strokes and moves the halves of
  // ligatures.
  EXPECT_LE(words_lost("libreoffice.pdf"), 10u);
  const std::string text = read(fixture("libreoffice.pdf"), "libreoffice.pdf").raw;
  EXPECT_NE(text.find("السلام"), std::string::npos);
  EXPECT_EQ(text.find("األ"), std::string::npos);
  EXPECT_EQ(text.find('!'), std::string::npos);
}

TEST(Pdf, LeavesLettersThatOnlyHappenToBeAsWide) {
  EXPECT_EQ(words_lost("dejavu.pdf"), 0u) << "ثالثا and بالقرار have a lam and an alef of one width";
}

TEST(Pdf, ReadsAPageThatLostItsLettersByItsImage) {
  const HelperRun run =
      run_helper(std::string(MITHAQ_TEST_HELPERS) + "/mithaq-pdf", {"words"}, fixture("lost_letters.pdf"));
  const Extraction extraction = parse_extraction(run.output);
  ASSERT_EQ(extraction.pages.size(), 1u);
  EXPECT_EQ(extraction.pages[0].state, ExtractedPage::State::scan);
}

TEST(Docx, OfLibreOfficeIsReadWhole) {
  EXPECT_EQ(words_lost("libreoffice.docx"), 0u);
}

TEST(Pdf, ReadsTablesRowByRow) {
  const Document document = read(fixture("table.pdf"), "table.pdf");
  EXPECT_NE(document.raw.find("بحرستان\tمراقب دائم لدى الأمانة\t2001\n"), std::string::npos) << document.raw;
}

TEST(Pdf, ReadsAScanByItsImage) {
  const Document document = read(fixture("scanned.pdf"), "scan.pdf");
  const auto wanted = letters_of(fixture("paper_ar.txt"));
  EXPECT_LE(distance(wanted, letters_of(document.raw)) * 100, wanted.size() * 5) << document.raw;
  EXPECT_FALSE(document.doubts.empty()) << "Arabic-Indic digits of a scan are doubtful";
}

TEST(Image, IsRead) {
  const Document document = read(fixture("scan.png"), "scan.png");
  const auto wanted = letters_of(fixture("paper_ar.txt"));
  EXPECT_LE(distance(wanted, letters_of(document.raw)) * 100, wanted.size() * 5) << document.raw;
  EXPECT_EQ(document.format, "image");
  for (const document::Doubt& doubt : document.doubts) {
    EXPECT_EQ(document::slice(document.raw, doubt.raw.at(0)), doubt.readings.at(0).text);
  }
}

TEST(Pdf, RefusesWhatIsEncryptedTruncatedOrDamaged) {
  const std::string key(64, '0');
  const std::string encrypted =
      blank_pdf("0 0 595 842", "/Encrypt << /Filter /Standard /V 1 /R 2 /O <" + key + "> /U <" + key +
                                   "> /P -4 >> /ID [<00> <00>]");
  EXPECT_EQ(refusal(encrypted, "a.pdf").reason, Reason::encrypted);
  const std::string whole = fixture("two_columns.pdf");
  EXPECT_EQ(refusal(whole.substr(0, whole.size() / 2), "a.pdf").reason, Reason::damaged);
  EXPECT_EQ(refusal(whole.substr(0, 100), "a.pdf").reason, Reason::damaged);
  EXPECT_EQ(refusal("%PDF-1.7\nnothing else\nstartxref\n9\n%%EOF", "a.pdf").reason, Reason::damaged);
}

TEST(Pdf, ReadsOrRefusesAPageOfAnySize) {
  // A blank page has no text.
  EXPECT_EQ(refusal(blank_pdf("0 0 595 842"), "a.pdf").reason, Reason::empty);
  // One of the size of a town is too large to be drawn, and is shown as unread.
  const Document town = read(blank_pdf("0 0 9000000 9000000"), "a.pdf");
  ASSERT_EQ(town.doubts.size(), 1u);
  EXPECT_EQ(town.doubts[0].rule, "page.unreadable");
}

TEST(Image, RefusesHugeDimensionsAndDamage) {
  // A header that promises 100,000 by 100,000 pixels. The checksum of the header is right: IHDR only.
  std::string huge("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\x01\x86\xA0\0\x01\x86\xA0\x08\0\0\0\0", 29);
  huge += std::string("\x00\x00\x00\x00", 4) + std::string(100, 'x');
  const Refusal said = refusal(huge, "a.png");
  EXPECT_EQ(said.reason, Reason::too_large) << said.message;
  const std::string whole = fixture("scan.png");
  EXPECT_EQ(refusal(whole.substr(0, 60), "a.png").reason, Reason::damaged);
  EXPECT_EQ(refusal("\xFF\xD8\xFF and no image", "a.jpg").reason, Reason::damaged);
}

TEST(Helper, SaysThatItIsMissing) {
  ReadOptions nowhere = options("a.pdf");
  nowhere.helpers_folder = "/no/such/folder";
  const ReadResult result = extract(blank_pdf("0 0 595 842"), nowhere);
  ASSERT_TRUE(std::holds_alternative<Refusal>(result));
  EXPECT_EQ(std::get<Refusal>(result).reason, Reason::missing_helper);
}

// A helper that does what the test says.
std::string script(const std::string& inside) {
  const auto path =
      std::filesystem::temp_directory_path() / ("mithaq_helper_test." + std::to_string(::getpid()));
  std::ofstream(path, std::ios::trunc) << "#!/bin/sh\n" << inside << '\n';
  std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  return path.string();
}

TEST(Helper, IsStoppedWhenItHangsFloodsOrCrashes) {
  HelperLimits limits;
  limits.silence_seconds = 1;
  limits.output_bytes = 1 << 20;
  const auto begin = std::chrono::steady_clock::now();
  const std::string hangs = script("sleep 60");
  EXPECT_EQ(run_helper(hangs, {}, "", limits).outcome, HelperRun::Outcome::timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
  EXPECT_EQ(run_helper(script("while :; do echo flood flood flood; done"), {}, "", limits).outcome,
            HelperRun::Outcome::too_much_output);
  EXPECT_EQ(run_helper(script("kill -SEGV $$"), {}, "", limits).outcome, HelperRun::Outcome::crashed);
  // No file may grow, no environment is handed on, and what stands on the input arrives.
  const HelperRun run = run_helper(script("cat; echo ${HOME:-none}"), {}, "input ", limits);
  EXPECT_EQ(run.outcome, HelperRun::Outcome::finished);
  EXPECT_EQ(run.output, "input none\n");
  std::filesystem::remove(hangs);
}

// A page whose drawing unpacks to much more than it is: it ends as a refusal, or as a page without words, and
// soon.
TEST(Pdf, IsNotHeldUpByAPageThatUnpacksToHundredsOfMegabytes) {
  const std::string unpacked = "BT /F1 9 Tf (x) Tj ET\n" + std::string(300'000'000, ' ');
  std::string packed(::compressBound(unpacked.size()), '\0');
  uLongf size = packed.size();
  ASSERT_EQ(::compress(reinterpret_cast<Bytef*>(packed.data()), &size,
                       reinterpret_cast<const Bytef*>(unpacked.data()), unpacked.size()),
            Z_OK);
  packed.resize(size);
  ASSERT_LT(packed.size(), 500'000u);
  const std::string pdf =
      "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count "
      "1>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>endobj\n4 0 "
      "obj<</Filter/FlateDecode"
      "/Length " +
      std::to_string(packed.size()) + ">>stream\n" + packed + "\nendstream endobj\ntrailer<</Root 1 0 R>>\n";
  const auto begun = std::chrono::steady_clock::now();
  const ReadResult result = extract(pdf, options("a.pdf"));
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(120));
  if (const auto* document = std::get_if<Document>(&result)) {
    EXPECT_LT(document->raw.size(), 1'000'000u);
  }
}

}  // namespace
}  // namespace mithaq::reader
