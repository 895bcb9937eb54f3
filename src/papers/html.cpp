#include "papers/html.hpp"

#include <fmt/format.h>

namespace mithaq::papers {

namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char letter : clean(text)) {
    switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += letter;
    }
  }
  return out;
}

std::string html_of(const Text& text) {
  std::string out;
  for (const Run& run : text) {
    std::string piece = escaped(run.text);
    if (run.isolated) piece = "<bdi>" + piece + "</bdi>";
    if (run.italic) piece = "<em>" + piece + "</em>";
    if (run.bold) piece = "<strong>" + piece + "</strong>";
    out += piece;
  }
  return out;
}

std::string classes_of(const Line& line) {
  std::string classes;
  const auto add = [&](const std::string& name) { classes += (classes.empty() ? "" : " ") + name; };
  if (line.indent > 0) add("in" + std::to_string(std::min(line.indent, 6)));
  if (line.align == Align::center) add("center");
  if (line.align == Align::end) add("end");
  if (line.close) add("close");
  if (line.keeps_next) add("keep");
  if (!line.opposite.empty()) add("two");
  if (!line.label.empty()) add("labelled");
  return classes.empty() ? "" : " class=\"" + classes + "\"";
}

void add_line(std::string& out, const Line& line, const Paper& paper) {
  const std::string tag = line.heading > 0 ? "h" + std::to_string(std::min(line.heading, 3)) : "p";
  std::string language;
  if (!line.language.empty() && line.language != paper.language)
    language = fmt::format(" lang=\"{}\" dir=\"{}\"", escaped(line.language),
                           is_right_to_left(line.language) ? "rtl" : "ltr");
  out += "<" + tag + classes_of(line) + language + ">";
  if (!line.label.empty()) out += "<span class=\"label\"><bdi>" + escaped(line.label) + "</bdi></span> ";
  // Two ends of one line are two boxes; a label and its text, too.
  const bool boxed = !line.opposite.empty() || !line.label.empty();
  out += (boxed ? "<span>" : "") + html_of(line.text) + (boxed ? "</span>" : "");
  if (!line.opposite.empty()) out += " <span>" + html_of(line.opposite) + "</span>";
  out += "</" + tag + ">\n";
}

void add_table(std::string& out, const Table& table) {
  const auto row_of = [](const std::vector<Text>& cells, const std::string& tag) {
    std::string row = "<tr>";
    for (const Text& cell : cells)
      row += "<" + tag + (tag == "th" ? " scope=\"col\"" : "") + ">" + html_of(cell) + "</" + tag + ">";
    return row + "</tr>\n";
  };
  out += "<table>\n";
  if (!table.widths.empty()) {
    double whole = 0;
    for (const double width : table.widths) whole += width;
    out += "<colgroup>";
    for (const double width : table.widths)
      out += fmt::format("<col style=\"width:{:.0f}%\">", 100 * width / whole);
    out += "</colgroup>\n";
  }
  if (!table.header.empty()) out += "<thead>" + row_of(table.header, "th") + "</thead>\n";
  out += "<tbody>\n";
  for (const auto& row : table.rows) out += row_of(row, "td");
  out += "</tbody>\n</table>\n";
}

// Logical sides only, so that one style serves both directions.
constexpr std::string_view kStyle = R"(
:root { color-scheme: light; }
body { margin: 0 auto; padding: 2rem 1rem; max-inline-size: 46rem; background: #fff; color: #111;
  font-family: "Noto Naskh Arabic", "Noto Sans Arabic", "Noto Sans", "DejaVu Sans", "Segoe UI", sans-serif; line-height: 1.55; }
h1, h2, h3 { font-size: 1.05rem; line-height: 1.4; margin-block: 1.2em 0; }
h1 { font-size: 1.15rem; }
p { margin-block: 0.9em 0; }
.close { margin-block-start: 0.1em; }
.center { text-align: center; }
.end { text-align: end; }
.two { display: flex; justify-content: space-between; gap: 2em; }
.labelled { display: flex; gap: 0.6em; }
.label { flex: none; min-inline-size: 1.8em; }
.in1 { margin-inline-start: 2.4em; } .in2 { margin-inline-start: 4.8em; } .in3 { margin-inline-start: 7.2em; }
.in4 { margin-inline-start: 9.6em; } .in5 { margin-inline-start: 12em; } .in6 { margin-inline-start: 14.4em; }
table { border-collapse: collapse; inline-size: 100%; margin-block: 1em; }
th, td { border: 1px solid #666; padding: 0.3em 0.6em; text-align: start; vertical-align: top; }
section + section { margin-block-start: 3rem; padding-block-start: 2rem; border-block-start: 1px solid #999; }
.page { break-before: page; border: 0; margin: 0; }
@page { size: A4; margin: 2.2cm; @bottom-center { content: counter(page); } }
@media print {
  body { padding: 0; max-inline-size: none; font-size: 10.5pt; }
  section + section { break-before: page; margin: 0; padding: 0; border: 0; }
  h1, h2, h3, .keep { break-after: avoid; }
  thead { display: table-header-group; } tr { break-inside: avoid; }
}
)";

}  // namespace

std::string to_html(const Paper& paper) {
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
      "<meta name=\"author\" content=\"{}\">\n<meta name=\"date\" "
      "content=\"{}\">\n<style>{}</style>\n</head>\n<body>\n",
      escaped(paper.language), is_right_to_left(paper.language) ? "rtl" : "ltr",
      escaped(paper.symbol + (paper.symbol.empty() ? "" : " ") + paper.title), escaped(paper.author),
      format_instant(paper.made_at).substr(0, 10), kStyle);
  for (const Section& section : paper.sections) {
    out += "<section>\n";
    for (const Block& block : section.blocks) {
      if (const auto* line = std::get_if<Line>(&block)) {
        add_line(out, *line, paper);
      } else if (const auto* table = std::get_if<Table>(&block)) {
        add_table(out, *table);
      } else {
        out += "<hr class=\"page\">\n";
      }
    }
    out += "</section>\n";
  }
  return out + "</body>\n</html>\n";
}

}  // namespace mithaq::papers
