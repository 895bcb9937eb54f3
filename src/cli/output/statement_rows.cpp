#include "cli/output/statement_rows.hpp"

#include <algorithm>

#include "service/themes.hpp"

namespace mithaq::cli {

namespace {

void join(std::string& list, const std::string& item) {
  if (item.empty()) return;
  if (!list.empty()) list += "; ";
  list += item;
}

// For people the short name in their language; for programs the canonical name.
std::string shown_name(Session& session, const std::string& entity, const std::string& name) {
  if (session.style.format != OutputFormat::table) return name;
  const std::string shown = session.workspace.short_name_of(entity, session.language());
  return shown.empty() ? name : shown;
}

const std::vector<document::PartyRole> kActing = {document::PartyRole::actor, document::PartyRole::subject};
const std::vector<document::PartyRole> kOthers = {
    document::PartyRole::counterpart, document::PartyRole::beneficiary, document::PartyRole::addressee};

}  // namespace

std::string cite(const record::Citation& citation) {
  const std::string& name = citation.symbol.empty() ? citation.document_name : citation.symbol;
  return name + " ¶" + citation.paragraph;
}

std::string parties_text(Session& session, const record::StatementRow& row,
                         const std::vector<document::PartyRole>& roles) {
  std::string text;
  for (const record::PartyRow& party : row.parties) {
    if (std::find(roles.begin(), roles.end(), party.role) == roles.end()) continue;
    join(text, shown_name(session, party.entity, party.name));
  }
  return text;
}

std::string places_text(Session& session, const record::StatementRow& row) {
  std::string text;
  for (const record::PlaceRow& place : row.places) {
    join(text, shown_name(session, place.entity, place.name));
  }
  return text;
}

std::string themes_text(Session& session, const record::StatementRow& row) {
  const service::Themes& themes = session.themes();
  std::string text;
  for (const std::string& id : row.themes) {
    const service::Theme* theme = themes.find(id);
    if (theme == nullptr) {
      join(text, id);
    } else {
      join(text, session.style.language == InterfaceLanguage::arabic ? theme->arabic : theme->english);
    }
  }
  return text;
}

std::string type_text(const Session& session, document::StatementType type) {
  using document::StatementType;
  if (session.style.language == InterfaceLanguage::english) return std::string(name_of(type));
  switch (type) {
    case StatementType::membership:
      return "عضوية";
    case StatementType::cooperation:
      return "تعاون";
    case StatementType::lead:
      return "دور قيادي";
    case StatementType::mandate:
      return "ولاية";
    case StatementType::commitment:
      return "التزام";
    case StatementType::implementation:
      return "تنفيذ";
    case StatementType::meeting:
      return "اجتماع";
    case StatementType::deployment:
      return "انتشار";
    case StatementType::instrument:
      return "صك";
    case StatementType::figure:
      return "رقم";
    case StatementType::incident:
      return "حادث";
  }
  return "";
}

std::string status_text(const Session& session, document::CommitmentStatus status) {
  using document::CommitmentStatus;
  if (session.style.language == InterfaceLanguage::english) return std::string(name_of(status));
  switch (status) {
    case CommitmentStatus::unstated:
      return "غير مذكور";
    case CommitmentStatus::done:
      return "نُفذ";
    case CommitmentStatus::in_progress:
      return "قيد التنفيذ";
    case CommitmentStatus::ongoing:
      return "مستمر";
    case CommitmentStatus::partly_done:
      return "نُفذ جزئيا";
    case CommitmentStatus::pending:
      return "لم يُنفذ بعد";
    case CommitmentStatus::proposed:
      return "مقترح";
    case CommitmentStatus::decided:
      return "تقرر";
    case CommitmentStatus::reaffirmed:
      return "أُكد من جديد";
    case CommitmentStatus::asserted:
      return "مذكور";
    case CommitmentStatus::under_discussion:
      return "قيد المناقشة";
  }
  return "";
}

std::string review_text(const Session& session, record::ReviewState state) {
  using record::ReviewState;
  if (session.style.language == InterfaceLanguage::english) return std::string(name_of(state));
  switch (state) {
    case ReviewState::proposed:
      return "مقترحة";
    case ReviewState::confirmed:
      return "مؤكدة";
    case ReviewState::corrected:
      return "مصححة";
    case ReviewState::rejected:
      return "مرفوضة";
  }
  return "";
}

std::string source_text(const Session& session, const record::StatementRow& row) {
  const std::string source = cite(row.citation);
  if (session.style.format != OutputFormat::table) return source;
  return source + " (" + review_text(session, row.review) + ")";
}

Column words_column() {
  return {.key = "words",
          .english = "In the document's words",
          .arabic = "بنص الوثيقة",
          .hxl = "#description+words",
          .beneath = true};
}

AnswerTable statement_table(Session& session, const std::vector<record::StatementRow>& rows) {
  AnswerTable table;
  table.columns = {
      {.key = "statement", .english = "No.", .arabic = "الرقم", .number = true, .hxl = "#meta+id"},
      {.key = "type", .english = "What", .arabic = "النوع", .hxl = "#activity+type"},
      {.key = "who", .english = "Who", .arabic = "الجهة", .hxl = "#org+actor"},
      {.key = "with", .english = "With", .arabic = "مع", .hxl = "#org+counterpart"},
      {.key = "themes", .english = "Theme", .arabic = "الموضوع", .hxl = "#sector", .data_only = true},
      {.key = "where", .english = "Where", .arabic = "المكان", .hxl = "#geo+name"},
      {.key = "when", .english = "When", .arabic = "الزمان", .hxl = "#date"},
      {.key = "review",
       .english = "Review",
       .arabic = "المراجعة",
       .hxl = "#status+review",
       .data_only = true},
      {.key = "source", .english = "Source", .arabic = "المصدر", .hxl = "#meta+source"},
      words_column()};
  for (const record::StatementRow& row : rows) {
    std::string type = type_text(session, row.type);
    if (row.negated) type += session.say(" (not)", " (نفي)");
    table.rows.push_back({std::to_string(row.seq), type, parties_text(session, row, kActing),
                          parties_text(session, row, kOthers), themes_text(session, row),
                          places_text(session, row), row.time, review_text(session, row.review),
                          source_text(session, row), row.citation.words});
  }
  return table;
}

}  // namespace mithaq::cli
