// Documents of the record: the list, and one with its repairs and doubts.
#include <algorithm>
#include <map>
#include <ostream>

#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/statement_rows.hpp"
#include "cli/output/text_width.hpp"
#include "cli/output/visible_text.hpp"

namespace mithaq::cli {

namespace {

bool is_arabic(std::string_view language) {
  return language == "ar";
}

// A paragraph with its number, wrapped, in the direction of the document.
void print_paragraph(Session& session, const record::ParagraphRow& row, const std::string& text,
                     bool arabic) {
  const std::string mark = arabic ? "\u200F" : "\u200E";
  const document::Paragraph& paragraph = row.paragraph;
  const bool heading =
      paragraph.kind == document::ParagraphKind::heading || paragraph.kind == document::ParagraphKind::title;
  const std::size_t width = std::max<std::size_t>(session.style.terminal_columns, 30) - 8;
  bool first = true;
  for (const std::string& line : wrap_to_width(visible(text), width)) {
    std::string margin = first ? "¶" + paragraph.id : "";
    margin += std::string(7 - std::min<std::size_t>(7, text_width(margin)), ' ');
    const bool bold = heading && session.terminal;
    session.out << mark << margin << ' ' << (bold ? "\x1B[1m" : "") << line << (bold ? "\x1B[0m" : "")
                << '\n';
    first = false;
  }
  session.out << '\n';
}

// The text with its mentions in brackets: [State Türkiye | تركيا].
std::string marked(const record::ParagraphRow& row, std::vector<record::MentionRow> mentions) {
  std::string out;
  std::uint32_t at = 0;
  std::sort(mentions.begin(), mentions.end(),
            [](const auto& a, const auto& b) { return a.range.begin < b.range.begin; });
  for (const record::MentionRow& mention : mentions) {
    if (mention.nested || mention.range.begin < at) continue;
    out += row.paragraph.text.substr(at, mention.range.begin - at);
    out += "[" + std::string(name_of(mention.type)) + ":";
    out += row.paragraph.text.substr(mention.range.begin, mention.range.size());
    const std::string& means = mention.value.empty() ? mention.name : mention.value;
    if (!means.empty()) out += " = " + means;
    out += "]";
    at = mention.range.end;
  }
  return out + row.paragraph.text.substr(at);
}

void print_heading(Session& session, const std::string& text) {
  session.out << (session.terminal ? "\x1B[1m" : "") << visible(text) << (session.terminal ? "\x1B[0m" : "")
              << "\n\n";
}

AnswerTable edit_table(const Session& session, const std::vector<record::EditRow>& edits) {
  AnswerTable table;
  table.columns = {{.key = "edit", .heading = session.say("No.")},
                   {.key = "rule", .heading = session.say("Rule")},
                   {.key = "grade", .heading = session.say("Grade")},
                   {.key = "before", .heading = session.say("As it came")},
                   {.key = "after", .heading = session.say("Repaired")},
                   {.key = "reason", .heading = session.say("Why")},
                   {.key = "undone_by", .heading = session.say("Undone by"), .data_only = true}};
  for (const record::EditRow& row : edits) {
    table.rows.push_back({row.id, row.edit.rule,
                          session.say(row.undone ? "undone" : std::string(name_of(row.edit.grade))),
                          row.edit.before, row.edit.after, session.say(row.edit.reason), row.by});
  }
  return table;
}

AnswerTable doubt_table(const Session& session, const std::vector<record::DoubtRow>& doubts) {
  AnswerTable table;
  table.columns = {{.key = "doubt", .heading = session.say("No.")},
                   {.key = "source", .heading = session.say("Place in the text")},
                   {.key = "rule", .heading = session.say("Rule")},
                   {.key = "readings", .heading = session.say("Readings")}};
  for (const record::DoubtRow& row : doubts) {
    std::string readings;
    for (std::size_t at = 0; at < row.readings.size(); ++at) {
      const auto& reading = row.readings[at];
      if (!readings.empty()) readings += "; ";
      // What a person chose, else what the reader took.
      readings += (row.chosen ? *row.chosen == at : reading.taken) ? "✓ " : "";
      readings += reading.text + (reading.reason.empty() ? "" : " (" + session.say(reading.reason) + ")");
    }
    table.rows.push_back({row.id, cite(row.citation), row.rule, readings});
  }
  return table;
}

}  // namespace

int run_documents(Session& session, const DocumentsCommand& command) {
  AnswerTable table;
  table.columns = {
      {.key = "document", .heading = session.say("Document"), .hxl = "#meta+name"},
      {.key = "id", .heading = session.say("Id"), .hxl = "#meta+id", .data_only = true},
      {.key = "title", .heading = session.say("Title"), .hxl = "#meta+title"},
      {.key = "symbol", .heading = session.say("Symbol"), .hxl = "#meta+symbol"},
      {.key = "date", .heading = session.say("Date"), .hxl = "#date"},
      {.key = "language", .heading = session.say("Language"), .hxl = "#meta+language", .data_only = true},
      {.key = "paragraphs", .heading = session.say("¶"), .number = true},
      {.key = "statements", .heading = session.say("Statements"), .number = true},
      {.key = "edits", .heading = session.say("Edits"), .number = true},
      {.key = "doubts", .heading = session.say("Doubts"), .number = true}};
  for (const auto& row :
       session.workspace.record().view().documents({.reference = command.reference, .limit = SIZE_MAX / 2})) {
    table.rows.push_back({row.name + (row.complete ? "" : session.say(" (unfinished)")), row.id,
                          row.metadata.title, row.metadata.symbol, row.metadata.date, row.metadata.language,
                          std::to_string(row.paragraphs), std::to_string(row.statements),
                          std::to_string(row.edits), std::to_string(row.doubts)});
  }
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

int run_show(Session& session, const ShowCommand& command) {
  const record::View& view = session.workspace.record().view();
  const record::DocumentRow document = view.document(command.document);
  if (command.raw) {
    // A file or a program gets the very bytes.
    session.out << (session.terminal ? visible(view.raw_text(document.id)) : view.raw_text(document.id));
    return kExitOk;
  }
  const bool everything = !command.edits && !command.doubts && !command.statements;
  const bool only_tables = session.style.format != OutputFormat::table;

  if (everything && !only_tables) {
    print_heading(session, document.metadata.title.empty() ? document.name : document.metadata.title);
    for (const record::ParagraphRow& row : view.paragraphs(document.id)) {
      if (!command.paragraph.empty() && row.paragraph.id != command.paragraph) continue;
      const std::string text =
          command.marks ? marked(row, view.mentions_of_paragraph(row.row)) : row.paragraph.text;
      print_paragraph(session, row, text, is_arabic(document.metadata.language));
    }
    if (!command.paragraph.empty()) return kExitOk;
  }
  const auto edits = view.edits(document.id);
  const auto doubts = view.doubts(document.id);
  const auto section = [&](bool wanted, const AnswerTable& table, const std::string& title) {
    if (!wanted && !(everything && !only_tables && !table.rows.empty())) return;
    if (!only_tables) print_heading(session, title);
    print(session.out, table, session.style);
    if (!only_tables) session.out << '\n';
  };
  section(command.edits || (everything && only_tables), edit_table(session, edits),
          session.say("Edits: what was changed, and why"));
  section(command.doubts, doubt_table(session, doubts), session.say("Doubts: what could not be settled"));
  if (command.statements || everything) {
    record::StatementQuery query;
    query.documents = {document.id};
    query.limit = 100000;
    section(command.statements, statement_table(session, view.statements(query)), session.say("Statements"));
  }
  return kExitOk;
}

}  // namespace mithaq::cli
