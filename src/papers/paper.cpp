#include "papers/paper.hpp"

#include <array>

#include "base/utf8.hpp"
#include "papers/docx.hpp"
#include "papers/html.hpp"
#include "papers/pdf.hpp"

namespace mithaq::papers {

namespace {

constexpr std::array<FormatInfo, 3> kFormats{{
    {Format::html, "html", "text/html; charset=utf-8"},
    {Format::docx, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {Format::pdf, "pdf", "application/pdf"},
}};

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}
bool is_latin(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || is_digit(letter);
}
// Signs that join the parts of a symbol or a number if one of its letters follows: PC.DEC/1041, 10:05, 1-3.
bool is_joint(char letter) {
  return letter == '.' || letter == '/' || letter == ':' || letter == '-' || letter == ',' || letter == '+';
}

// The end of the token of Latin letters, digits and joints that begins here.
std::size_t end_of_token(std::string_view text, std::size_t begin) {
  std::size_t at = begin;
  while (at < text.size()) {
    if (is_latin(text[at])) {
      ++at;
    } else if (is_joint(text[at]) && at + 1 < text.size() && is_latin(text[at + 1])) {
      ++at;
    } else if (text[at] == '+') {  // OSCE+
      return at + 1;
    } else {
      break;
    }
  }
  return at;
}

bool looks_like_symbol(std::string_view token) {
  for (const char letter : token)
    if (is_digit(letter) || letter == '/' || letter == '.' || letter == '+') return true;
  return false;
}

}  // namespace

Text plain(std::string_view text) {
  return {{.text = std::string(text)}};
}
Text bold(std::string_view text) {
  return {{.text = std::string(text), .bold = true}};
}
Text symbol(std::string_view text) {
  return {{.text = std::string(text), .isolated = true}};
}

Text operator+(Text first, const Text& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Text with_symbols(std::string_view sentence, bool bold) {
  Text text;
  std::size_t begin = 0, at = 0;
  const auto add = [&](std::size_t from, std::size_t to, bool isolated) {
    if (from < to)
      text.push_back(
          {.text = std::string(sentence.substr(from, to - from)), .bold = bold, .isolated = isolated});
  };
  while (at < sentence.size()) {
    if (!is_latin(sentence[at])) {
      ++at;
      continue;
    }
    std::size_t end = end_of_token(sentence, at);
    // A restriction belongs to the symbol before it: PC.DEL/1784/20 OSCE+.
    if (end + 1 < sentence.size() && sentence[end] == ' ' && is_latin(sentence[end + 1])) {
      const std::size_t next = end_of_token(sentence, end + 1);
      if (sentence[next - 1] == '+' && looks_like_symbol(sentence.substr(at, end - at))) end = next;
    }
    if (looks_like_symbol(sentence.substr(at, end - at))) {
      add(begin, at, false);
      add(at, end, true);
      begin = end;
    }
    at = end;
  }
  add(begin, sentence.size(), false);
  return text;
}

bool is_right_to_left(std::string_view language) {
  return language == "ar" || language == "fa" || language == "he" || language == "ur";
}

std::string clean(std::string_view text) {
  std::string out = valid_utf8(text);
  for (char& letter : out)
    if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F) letter = ' ';
  // No writer's format knows the two code points that XML 1.0 leaves out above the controls.
  for (const std::string_view left_out : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (std::size_t at = out.find(left_out); at != std::string::npos; at = out.find(left_out, at + 3))
      out.replace(at, 3, "\xEF\xBF\xBD");
  return out;
}

std::string text_of(const Text& text) {
  std::string out;
  for (const Run& run : text) out += clean(run.text);
  return out;
}

std::string plain_text(const Paper& paper) {
  std::string out;
  const auto row_of = [](const std::vector<Text>& cells) {
    std::string row;
    for (std::size_t each = 0; each < cells.size(); ++each)
      row += (each == 0 ? "" : " | ") + text_of(cells[each]);
    return row;
  };
  for (std::size_t each = 0; each < paper.sections.size(); ++each) {
    if (each > 0) out += "\f\n";
    for (const std::string& line : paper.sections[each].running) out += "[" + clean(line) + "]\n";
    for (const Block& block : paper.sections[each].blocks) {
      if (const auto* line = std::get_if<Line>(&block)) {
        if (!line->close && !out.empty()) out += "\n";
        if (line->heading > 0) out += std::string(static_cast<std::size_t>(line->heading), '#') + " ";
        out += std::string(static_cast<std::size_t>(std::max(0, line->indent)) * 4, ' ');
        if (!line->label.empty()) out += clean(line->label) + " ";
        out += text_of(line->text);
        if (!line->opposite.empty()) out += "\t" + text_of(line->opposite);
        out += "\n";
      } else if (const auto* table = std::get_if<Table>(&block)) {
        out += "\n";
        if (!table->header.empty()) out += row_of(table->header) + "\n";
        for (const auto& row : table->rows) out += row_of(row) + "\n";
      } else {
        out += "\f\n";
      }
    }
  }
  return out;
}

const FormatInfo* format_named(std::string_view name) {
  for (const FormatInfo& each : kFormats)
    if (each.name == name) return &each;
  return nullptr;
}

const FormatInfo& info_of(Format format) {
  return kFormats[static_cast<std::size_t>(format)];
}

std::string write(const Paper& paper, Format format) {
  switch (format) {
    case Format::html:
      return to_html(paper);
    case Format::docx:
      return to_docx(paper);
    case Format::pdf:
      return to_pdf(paper);
  }
  return "";
}

}  // namespace mithaq::papers
