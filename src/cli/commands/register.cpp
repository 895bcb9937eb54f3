// The status register: members, overlap.
#include <algorithm>
#include <ostream>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/name_order.hpp"
#include "service/status_register.hpp"

namespace mithaq::cli {

namespace {

// "participating_state" as people write it.
std::string status_words(const Session& session, const std::string& status) {
  static const std::vector<std::pair<std::string, std::pair<std::string, std::string>>> words = {
      {"member", {"member", "عضو"}},
      {"participating_state", {"participating State", "دولة مشاركة"}},
      {"partner_mediterranean", {"Mediterranean Partner for Co-operation", "شريك متوسطي للتعاون"}},
      {"partner_asian", {"Asian Partner for Co-operation", "شريك آسيوي للتعاون"}},
      {"observer", {"observer", "مراقب"}},
      {"associate", {"associate", "منتسب"}},
      {"dialogue_partner", {"dialogue partner", "شريك في الحوار"}},
      {"suspended", {"suspended", "عضويته معلقة"}},
      {"candidate", {"candidate", "مرشح"}}};
  for (const auto& [key, both] : words) {
    if (key == status) return session.say(both.first, both.second);
  }
  std::string plain = status;
  std::replace(plain.begin(), plain.end(), '_', ' ');
  return plain;
}

// By status as they are, and by name within a status.
void sort_by_name(Session& session, std::vector<status_register::Holding>& holdings) {
  const NameOrder order(session.style.language);
  for (auto first = holdings.begin(); first != holdings.end();) {
    const auto last = std::find_if(
        first, holdings.end(), [&](const auto& each) { return each.spell.status != first->spell.status; });
    std::stable_sort(first, last, [&](const auto& a, const auto& b) {
      return order.before(session.workspace.name_of(a.spell.state, session.language()),
                          session.workspace.name_of(b.spell.state, session.language()));
    });
    first = last;
  }
}

}  // namespace

int run_members(Session& session, const MembersCommand& command) {
  auto holdings = service::members(session.workspace, {command.organization, command.at, command.status});
  AnswerTable table;
  table.columns = {{.key = "state", .english = "State", .arabic = "الدولة", .hxl = "#country+name"},
                   {.key = "code", .english = "Code", .arabic = "الرمز", .hxl = "#country+code+v_iso3"},
                   {.key = "status", .english = "Status", .arabic = "المركز", .hxl = "#status"},
                   {.key = "since", .english = "Since", .arabic = "منذ", .hxl = "#date+start"},
                   {.key = "until", .english = "Until", .arabic = "حتى", .hxl = "#date+end"},
                   {.key = "certain", .english = "Certain", .arabic = "مؤكد", .hxl = "#status+certain"},
                   {.key = "source", .english = "Source", .arabic = "المصدر", .hxl = "#meta+source"}};
  std::size_t certain = 0;
  sort_by_name(session, holdings);
  for (const auto& holding : holdings) {
    const auto& spell = holding.spell;
    if (!holding.uncertain) ++certain;
    table.rows.push_back({session.workspace.name_of(spell.state, session.language()), spell.state,
                          status_words(session, spell.status), spell.from, spell.to,
                          holding.uncertain ? session.say("no", "لا") : session.say("yes", "نعم"),
                          spell.source});
  }
  print(session.out, table, session.style);
  if (session.style.format == OutputFormat::table) {
    session.out << '\n'
                << session.say("States: ", "عدد الدول: ") << holdings.size()
                << (certain == holdings.size()
                        ? ""
                        : session.say(" (uncertain by their dates: ", " (غير مؤكدة بسبب تواريخها: ") +
                              std::to_string(holdings.size() - certain) + ")")
                << '\n';
  }
  return holdings.empty() ? kExitNothingFound : kExitOk;
}

int run_overlap(Session& session, const OverlapCommand& command) {
  const auto parts = service::overlap(session.workspace, {command.organizations, command.at});
  AnswerTable table;
  table.columns = {
      {.key = "organizations", .english = "In all of", .arabic = "في كل من", .hxl = "#org"},
      {.key = "count", .english = "States", .arabic = "العدد", .number = true, .hxl = "#indicator+count"},
      {.key = "states", .english = "Which", .arabic = "الدول", .hxl = "#country+name"}};
  for (const auto& part : parts) {
    std::string organizations, states;
    for (const std::string& id : part.organizations)
      organizations += (organizations.empty() ? "" : " ∩ ") + id;
    std::vector<std::string> names;
    for (const auto& state : part.states) {
      const bool suspended =
          std::any_of(state.holdings.begin(), state.holdings.end(),
                      [](const auto& holding) { return holding.spell.status == "suspended"; });
      const std::string mark = suspended ? " (" + status_words(session, "suspended") + ")" : "";
      names.push_back(session.workspace.name_of(state.state, session.language()) + mark +
                      (state.uncertain ? "?" : ""));
    }
    const NameOrder order(session.style.language);
    std::sort(names.begin(), names.end(), [&](const auto& a, const auto& b) { return order.before(a, b); });
    for (const std::string& name : names) states += (states.empty() ? "" : "; ") + name;
    table.rows.push_back({organizations, std::to_string(part.states.size()), states});
  }
  print(session.out, table, session.style);
  return parts.empty() ? kExitNothingFound : kExitOk;
}

}  // namespace mithaq::cli
