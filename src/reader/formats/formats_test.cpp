#include "reader/formats/formats.hpp"

#include <gtest/gtest.h>

namespace mithaq::reader {
namespace {

Refusal refusal(std::string_view bytes, const std::string& name) {
  const ReadResult result = extract(bytes, {.name = name});
  const auto* said = std::get_if<Refusal>(&result);
  EXPECT_NE(said, nullptr) << name << " was read";
  return said == nullptr ? Refusal{} : *said;
}

TEST(Formats, KeepAUtf8FileByteForByte) {
  const std::string bytes =
      "\xEF\xBB\xBF"
      "قرر المجلس\r\n\r\nأمرا.\r\n";
  const ReadResult result = extract(bytes, {.name = "/papers/letter.txt"});
  ASSERT_TRUE(std::holds_alternative<document::Document>(result));
  const auto& document = std::get<document::Document>(result);
  EXPECT_EQ(document.raw, bytes);
  EXPECT_EQ(document.name, "letter.txt");
  EXPECT_EQ(document.encoding, "utf-8");
  EXPECT_EQ(document.format, "text");
  EXPECT_EQ(document.id.size(), 7u + 64u);
  EXPECT_TRUE(document.doubts.empty());
}

TEST(Formats, SayWhatBrokeInAText) {
  const ReadResult result = extract("قرر المجلس \xFF أمرا \xFF", {.name = "letter.txt"});
  ASSERT_TRUE(std::holds_alternative<document::Document>(result));
  const auto& document = std::get<document::Document>(result);
  ASSERT_EQ(document.doubts.size(), 1u);
  EXPECT_EQ(document::slice(document.raw, document.doubts[0].raw.at(0)), "\uFFFD");
  EXPECT_NE(document.doubts[0].readings.at(0).reason.find("2 characters"), std::string::npos);
}

TEST(Formats, RefuseWithTheReason) {
  using Reason = Refusal::Reason;
  EXPECT_EQ(refusal("", "a.txt").reason, Reason::empty);
  EXPECT_EQ(refusal("\xEF\xBB\xBF \r\n\t", "a.txt").reason, Reason::empty);
  EXPECT_EQ(refusal(std::string_view("\x7F"
                                     "ELF\2\1\1\0\0\0\0\0\0\0\0\0\3\0>\0",
                                     20),
                    "a")
                .reason,
            Reason::binary);
  EXPECT_EQ(refusal("a,b\n1,2\n", "table.csv").reason, Reason::attachment_only);
  EXPECT_EQ(refusal("{\\rtf1\\ansi text}", "a.rtf").reason, Reason::unsupported);
  EXPECT_EQ(refusal("\x1F\x8B\x08", "a.gz").reason, Reason::attachment_only);
  EXPECT_EQ(refusal("<?xml version=\"1.0\"?><feed/>", "a.xml").reason, Reason::unsupported);
  EXPECT_EQ(refusal("<html><script>x</script></html>", "a.html").reason, Reason::empty);
}

TEST(Formats, TellMarkdownByItsNameAndHtmlByItsBytes) {
  EXPECT_EQ(sniff("# عنوان\n\nنص", "a.md"), Format::markdown);
  EXPECT_EQ(sniff("# عنوان\n\nنص", "a.txt"), Format::text);
  EXPECT_EQ(sniff("\n <!DOCTYPE HTML><p>x", "a"), Format::html);
  EXPECT_EQ(sniff("<p>x", "a.htm"), Format::html);
  EXPECT_EQ(sniff("%PDF-1.7\n", "a.txt"), Format::pdf);
  EXPECT_EQ(sniff("نص عن <html>", "a.txt"), Format::text);
}

}  // namespace
}  // namespace mithaq::reader
