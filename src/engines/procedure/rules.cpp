#include "engines/procedure/rules.hpp"

#include <algorithm>
#include <charconv>

#include "base/error.hpp"
#include "base/table.hpp"

namespace mithaq::procedure {

namespace {

constexpr std::string_view kStages[] = {"general", "proposal",     "room",       "interim",
                                        "silence", "breaking",     "hold",       "adoption",
                                        "letter",  "announcement", "statements", "issue"};

[[noreturn]] void refuse(const Table& table, std::size_t row, const std::string& reason) {
  throw Error(ErrorKind::invalid_input,
              table.name() + ":" + std::to_string(table.line_of(row)) + ": " + reason);
}

Rule read_rule(const Table& table, std::size_t row) {
  Rule rule{.id = std::string(table.cell(row, "id")),
            .quote = std::string(table.cell(row, "quote")),
            .source = std::string(table.cell(row, "source"))};
  const std::string_view stage = table.cell(row, "stage");
  const auto found = std::find(std::begin(kStages), std::end(kStages), stage);
  if (found == std::end(kStages)) refuse(table, row, "there is no stage \"" + std::string(stage) + "\"");
  rule.stage = static_cast<Stage>(found - std::begin(kStages));
  for (const char* language : {"ar", "en", "ru"}) {
    rule.says[language] = table.cell(row, language);
    if (rule.says[language].empty()) refuse(table, row, std::string("the rule is not said in ") + language);
  }
  return rule;
}

// Sets one parameter.
//   returns  false if it has no such value
bool set_flag(bool& out, std::string_view value) {
  out = value == "yes";
  return value == "yes" || value == "no";
}

bool set_number(int& out, std::string_view value) {
  const auto read = std::from_chars(value.data(), value.data() + value.size(), out);
  return read.ec == std::errc() && read.ptr == value.data() + value.size() && out >= 0 && out <= 10'000;
}

template <typename Enum>
bool set_choice(Enum& out, std::string_view value, std::initializer_list<std::string_view> names) {
  const auto found = std::find(names.begin(), names.end(), value);
  if (found == names.end()) return false;
  out = static_cast<Enum>(found - names.begin());
  return true;
}

bool set_quorum(Parameters& out, std::string_view value) {
  const std::size_t bar = value.find('/');
  return bar != std::string_view::npos && set_number(out.quorum_of, value.substr(0, bar)) &&
         set_number(out.quorum_in, value.substr(bar + 1)) && out.quorum_in > 0 &&
         out.quorum_of <= out.quorum_in;
}

bool set_list(std::vector<std::string>& out, std::string_view value) {
  out.clear();
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find(',', begin), value.size());
    if (end > begin) out.emplace_back(value.substr(begin, end - begin));
    begin = end + 1;
  }
  return !out.empty();
}

bool set_text(std::string& out, std::string_view value) {
  out = value;
  return !value.empty();
}

enum class Outcome { set, unknown, wrong };

Outcome set(Parameters& out, std::string_view name, std::string_view value) {
  const auto as = [](bool good) { return good ? Outcome::set : Outcome::wrong; };
  if (name == "entitled") return as(set_list(out.entitled, value));
  if (name == "quorum") return as(set_quorum(out, value));
  if (name == "series") return as(set_text(out.series, value));
  if (name == "number") return as(set_text(out.number, value) && value.find("{n}") != std::string_view::npos);
  if (name == "number_at") return as(set_choice(out.number_at, value, {"adoption", "announcement", "issue"}));
  if (name == "numbered_by") return as(set_choice(out.numbered_by, value, {"all", "year", "session"}));
  if (name == "issue_after")
    return as(set_choice(out.issue_after, value, {"adoption", "letter", "announcement"}));
  const std::pair<std::string_view, int Parameters::*> numbers[] = {
      {"min_hours", &Parameters::min_hours},
      {"min_working_days", &Parameters::min_working_days},
      {"hold_months", &Parameters::hold_months},
      {"hold_extension_months", &Parameters::hold_extension_months},
      {"hold_extensions", &Parameters::hold_extensions},
      {"members", &Parameters::members},
      {"minus", &Parameters::minus}};
  for (const auto& [each, member] : numbers) {
    if (each == name) return as(set_number(out.*member, value));
  }
  const std::pair<std::string_view, bool Parameters::*> flags[] = {
      {"silence", &Parameters::silence},
      {"adopts_in_meeting", &Parameters::adopts_in_meeting},
      {"starts_in_meeting", &Parameters::starts_in_meeting},
      {"room_objection_stops", &Parameters::room_objection_stops},
      {"amendment_breaks", &Parameters::amendment_breaks},
      {"in_writing", &Parameters::in_writing},
      {"urgent_shorter", &Parameters::urgent_shorter},
      {"extendable", &Parameters::extendable},
      {"presence", &Parameters::presence},
      {"statements", &Parameters::statements},
      {"letter", &Parameters::letter},
      {"announcement", &Parameters::announcement},
      {"embargo", &Parameters::embargo}};
  for (const auto& [each, member] : flags) {
    if (each == name) return as(set_flag(out.*member, value));
  }
  return Outcome::unknown;
}

void read_rules(const std::filesystem::path& path, RuleSet& out) {
  const Table table = Table::read(path);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Rule rule = read_rule(table, row);
    if (!rule.id.starts_with(out.id + "/"))
      refuse(table, row, "the rule's id begins with \"" + out.id + "/\"");
    if (rule.quote.empty()) refuse(table, row, "the rule is not quoted");
    for (const std::string_view setting : split_values(table.cell(row, "sets"))) {
      const std::size_t equals = setting.find('=');
      const std::string_view name = setting.substr(0, equals);
      const std::string_view value =
          equals == std::string_view::npos ? std::string_view() : setting.substr(equals + 1);
      if (!out.set_by.emplace(name, rule.id).second)
        refuse(table, row, "the parameter \"" + std::string(name) + "\" is set twice");
      const Outcome outcome = set(out.parameters, name, value);
      if (outcome == Outcome::unknown)
        refuse(table, row, "there is no parameter \"" + std::string(name) + "\"");
      if (outcome == Outcome::wrong)
        refuse(table, row,
               "the parameter \"" + std::string(name) + "\" has no value \"" + std::string(value) + "\"");
    }
    out.rules.push_back(std::move(rule));
  }
  const Parameters& got = out.parameters;
  const auto whole = [&](bool holds, const std::string& says) {
    if (!holds) throw Error(ErrorKind::invalid_input, table.name() + ": " + says);
  };
  whole(!got.entitled.empty(), "no rule says who is entitled");
  whole(got.silence || got.adopts_in_meeting, "no rule says how a decision is adopted");
  whole(!got.series.empty() && !got.number.empty(), "no rule says how decisions are numbered");
  whole(got.issue_after != IssueAfter::letter || got.letter,
        "the issue waits for a letter that no rule asks for");
  whole(got.issue_after != IssueAfter::announcement || got.announcement,
        "the issue waits for an announcement that no rule asks for");
  whole(got.number_at != NumberAt::announcement || got.announcement,
        "the number waits for an announcement that no rule asks for");
}

}  // namespace

std::string_view name_of(Stage stage) {
  return kStages[static_cast<std::size_t>(stage)];
}

std::string_view RuleSet::rule_for(std::string_view parameter, std::string_view general) const {
  const auto found = set_by.find(parameter);
  return found == set_by.end() ? general : std::string_view(found->second);
}

RuleSets RuleSets::load(const std::filesystem::path& folder) {
  RuleSets out;
  const Table general = Table::read(folder / "general.tsv");
  for (std::size_t row = 0; row < general.row_count(); ++row) out.general_.push_back(read_rule(general, row));
  const Table sets = Table::read(folder / "rule_sets.tsv");
  for (std::size_t row = 0; row < sets.row_count(); ++row) {
    RuleSet set{.id = std::string(sets.cell(row, "id")),
                .organization = std::string(sets.cell(row, "organization")),
                .zone = std::string(sets.cell(row, "zone")),
                .source = std::string(sets.cell(row, "source"))};
    // The id names a file: nothing that leads out of the folder.
    if (set.id.empty() ||
        set.id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") != std::string::npos)
      refuse(sets, row, "a rule set's id is made of small letters, digits and _");
    if (out.find(set.id) != nullptr) refuse(sets, row, "the rule set is there twice");
    for (const char* language : {"ar", "en", "ru"}) set.name[language] = sets.cell(row, language);
    read_rules(folder / (set.id + ".tsv"), set);
    out.sets_.push_back(std::move(set));
  }
  return out;
}

const RuleSet* RuleSets::find(std::string_view id) const {
  const auto found =
      std::find_if(sets_.begin(), sets_.end(), [&](const RuleSet& each) { return each.id == id; });
  return found == sets_.end() ? nullptr : &*found;
}

const Rule* RuleSets::rule(std::string_view id) const {
  const auto in = [&](const std::vector<Rule>& rules) -> const Rule* {
    const auto found =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& each) { return each.id == id; });
    return found == rules.end() ? nullptr : &*found;
  };
  if (const Rule* found = in(general_)) return found;
  const RuleSet* set = find(id.substr(0, id.find('/')));
  return set == nullptr ? nullptr : in(set->rules);
}

}  // namespace mithaq::procedure
