#include "reader/formats/formats.hpp"

#include <algorithm>
#include <array>

#include "base/sha256.hpp"
#include "base/utf8.hpp"
#include "reader/formats/docx.hpp"
#include "reader/formats/html.hpp"
#include "reader/formats/markup.hpp"
#include "reader/formats/paged.hpp"
#include "reader/reasons.hpp"

namespace mithaq::reader {

namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

bool ends_in(std::string_view name, std::string_view ending) {
  return name.size() >= ending.size() &&
         equals_ignoring_case(name.substr(name.size() - ending.size()), ending);
}

std::string without_folder(std::string_view name) {
  const std::size_t slash = name.find_last_of('/');
  return std::string(slash == std::string_view::npos ? name : name.substr(slash + 1));
}

// What a text in 8 bits or UTF-8 starts with, after blanks and the byte order mark.
std::string_view head_of(std::string_view bytes) {
  if (bytes.starts_with(kMark)) bytes.remove_prefix(kMark.size());
  bytes = bytes.substr(0, 4096);
  const std::size_t begin = bytes.find_first_not_of(" \t\r\n\f");
  return begin == std::string_view::npos ? std::string_view() : bytes.substr(begin);
}

bool holds_tag(std::string_view text, std::string_view tag) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    if (equals_ignoring_case(text.substr(at + 1, tag.size()), tag)) return true;
  }
  return false;
}

// A page may have lost its beginning; it still ends in .html and holds tags.
bool is_html(std::string_view bytes, std::string_view name) {
  const std::string_view head = head_of(bytes);
  if (equals_ignoring_case(head.substr(0, 14), "<!doctype html") ||
      equals_ignoring_case(head.substr(0, 5), "<html")) {
    return true;
  }
  if (head.starts_with('<') && (holds_tag(head, "html") || holds_tag(head, "body"))) return true;
  const bool named = ends_in(name, ".html") || ends_in(name, ".htm") || ends_in(name, ".xhtml");
  return named && head.find('<') != std::string_view::npos;
}

// Text of some format in UTF-16 has to be decoded before its tags can be seen.
std::string beginning_in_utf8(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    std::string out;
    Decoder(bytes, bytes[0] == '\xFF' ? Encoding::utf16le : Encoding::utf16be).read(8192, out);
    return out;
  }
  return std::string(bytes.substr(0, 4100));
}

bool is_blank(std::string_view bytes) {
  if (bytes.starts_with(kMark)) bytes.remove_prefix(kMark.size());
  return bytes.find_first_not_of(" \t\r\n\f\v") == std::string_view::npos;
}

}  // namespace

Format sniff(std::string_view bytes, std::string_view name) {
  if (is_blank(bytes)) return Format::empty;
  // PDF readers accept some bytes of a mail or printer before the header. ISO 32000-1, annex H, 3.4.1.
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return Format::pdf;
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06")) {
    switch (content_of_zip(bytes)) {
      case ZipContent::word:
        return Format::docx;
      case ZipContent::spreadsheet:
        return Format::spreadsheet;
      case ZipContent::presentation:
        return Format::presentation;
      case ZipContent::opendocument:
        return ends_in(name, ".ods") ? Format::spreadsheet : Format::rich_text;
      case ZipContent::encrypted_office:
        return Format::encrypted_office;
      case ZipContent::damaged:
        return ends_in(name, ".docx") ? Format::docx : Format::archive;
      case ZipContent::other:
        return ends_in(name, ".docx") ? Format::docx : Format::archive;
    }
  }
  if (bytes.starts_with("\x89PNG\r\n\x1A\n") || bytes.starts_with("\xFF\xD8\xFF") ||
      bytes.starts_with(std::string_view("II*\0", 4)) || bytes.starts_with(std::string_view("MM\0*", 4))) {
    return Format::image;
  }
  if (bytes.starts_with("{\\rtf")) return Format::rich_text;
  if (bytes.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
    // A compound file: Office before 2007, or a newer one that is encrypted.
    constexpr std::string_view kEncrypted("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e", 31);
    if (bytes.substr(0, 1 << 20).find(kEncrypted) != std::string_view::npos) return Format::encrypted_office;
    if (ends_in(name, ".xls")) return Format::spreadsheet;
    if (ends_in(name, ".ppt")) return Format::presentation;
    return Format::rich_text;
  }
  for (const std::string_view magic : {std::string_view("\x1F\x8B"), std::string_view("7z\xBC\xAF\x27\x1C"),
                                       std::string_view("Rar!\x1A\x07"), std::string_view("BZh9"),
                                       std::string_view("\xFD"
                                                        "7zXZ"),
                                       std::string_view("\x28\xB5\x2F\xFD")}) {
    if (bytes.starts_with(magic)) return Format::archive;
  }
  if (ends_in(name, ".docx")) return Format::docx;  // which then says that it is no zip
  if (ends_in(name, ".pdf") && detect_encoding(bytes) == Encoding::binary) return Format::pdf;
  if (ends_in(name, ".csv") || ends_in(name, ".tsv")) return Format::spreadsheet;
  const std::string beginning = beginning_in_utf8(bytes);
  if (is_html(beginning, name)) return Format::html;
  if (head_of(beginning).starts_with("<?xml")) return Format::xml;
  if (detect_encoding(bytes) == Encoding::binary) return Format::binary;
  if (ends_in(name, ".md") || ends_in(name, ".markdown")) return Format::markdown;
  return Format::text;
}

std::optional<Refusal> refusal_of(Format format) {
  using Reason = Refusal::Reason;
  switch (format) {
    case Format::empty:
      return Refusal{Reason::empty, "the file holds no text: it is empty or blank"};
    case Format::binary:
      return Refusal{Reason::binary, "the file is binary data, not a document that Mithaq reads"};
    case Format::spreadsheet:
      return Refusal{
          Reason::attachment_only,
          "a spreadsheet is kept as an attachment for now, not read: Mithaq reads papers (text, Markdown, "
          "HTML, DOCX, PDF, scanned images)"};
    case Format::presentation:
      return Refusal{
          Reason::attachment_only,
          "a presentation is kept as an attachment for now, not read; save it as PDF to have it read"};
    case Format::archive:
      return Refusal{Reason::attachment_only, "an archive is not read: unpack it and read the files inside"};
    case Format::rich_text:
      return Refusal{
          Reason::unsupported,
          "Mithaq does not read this word processor format (RTF, DOC, ODT); save it as DOCX or PDF"};
    case Format::encrypted_office:
      return Refusal{Reason::encrypted,
                     "the office file is protected by a password; save a copy without one"};
    case Format::xml:
      return Refusal{Reason::unsupported,
                     "Mithaq does not read XML of this kind; save the paper as HTML, DOCX or PDF"};
    case Format::text:
    case Format::markdown:
    case Format::html:
    case Format::docx:
    case Format::pdf:
    case Format::image:
      return std::nullopt;
  }
  return std::nullopt;
}

document::Doubt doubt_about_encoding(std::string_view raw, Encoding encoding, std::size_t invalid_count) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  const std::size_t at = std::min(raw.find(kReplacement), raw.size());
  document::Doubt doubt;
  doubt.rule = "encoding.invalid";
  doubt.raw = {{at, std::min(at + kReplacement.size(), raw.size())}};
  doubt.readings.push_back(
      {std::string(kReplacement),
       because(Why::encoding, {std::to_string(invalid_count), std::string(name_of(encoding))}).text(), true});
  return doubt;
}

document::Document describe(std::string_view bytes, const ReadOptions& options, Format format) {
  document::Document document;
  document.name = without_folder(options.name);
  switch (format) {
    case Format::markdown:
      document.format = "markdown";
      break;
    case Format::html:
      document.format = "html";
      break;
    case Format::docx:
      document.format = "docx";
      break;
    case Format::pdf:
      document.format = "pdf";
      break;
    case Format::image:
      document.format = "image";
      break;
    default:
      document.format = "text";
      break;
  }
  document.id = options.id;
  if (!document.id.empty()) return document;
  constexpr std::size_t kStep = 16 << 20;
  Sha256 hash;
  for (std::size_t at = 0; at < bytes.size(); at += kStep) {
    hash.update(bytes.substr(at, kStep));
    if (options.passed) options.passed(std::min(at + kStep, bytes.size()));
  }
  document.id = "sha256-" + to_hex(hash.finish());
  return document;
}

ReadResult extract(std::string_view bytes, const ReadOptions& options) {
  const Format format = sniff(bytes, options.name);
  if (auto refusal = refusal_of(format)) return std::move(*refusal);
  document::Document document = describe(bytes, options, format);
  const auto read_text = [&](Encoding encoding) {
    Decoder decoder(bytes, encoding);
    std::string text;
    text.reserve(bytes.size() + bytes.size() / 16);
    while (!decoder.done()) decoder.read(bytes.size(), text);
    document.encoding = name_of(encoding);
    if (decoder.invalid_count() > 0) {
      document.doubts.push_back(doubt_about_encoding(text, encoding, decoder.invalid_count()));
    }
    return text;
  };
  switch (format) {
    case Format::text:
    case Format::markdown: {
      document.raw = read_text(detect_encoding(bytes));
      return document;
    }
    case Format::html: {
      Encoding encoding = detect_encoding(bytes);
      if (encoding != Encoding::utf8 && encoding != Encoding::utf16le && encoding != Encoding::utf16be) {
        const Encoding named = encoding_named(charset_of_html(bytes));
        if (named != Encoding::binary && named != Encoding::utf16le && named != Encoding::utf16be)
          encoding = named;
      }
      if (encoding == Encoding::binary) return *refusal_of(Format::binary);
      const std::string text = read_text(encoding);
      document.doubts.clear();  // they point into the page's source, which is not kept
      if (auto refusal = read_html(text, document)) return std::move(*refusal);
      break;
    }
    case Format::docx: {
      document.encoding = "utf-8";
      if (auto refusal = read_docx(bytes, document)) return std::move(*refusal);
      break;
    }
    case Format::pdf: {
      if (auto refusal = read_pdf(bytes, options, document)) return std::move(*refusal);
      break;
    }
    case Format::image: {
      if (auto refusal = read_image(bytes, options, document)) return std::move(*refusal);
      break;
    }
    default:
      return Refusal{};
  }
  if (is_blank(document.raw)) {
    return Refusal{Refusal::Reason::empty,
                   "the file holds no text: nothing could be read in its " + document.format};
  }
  return document;
}

}  // namespace mithaq::reader
