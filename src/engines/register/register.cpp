#include "engines/register/register.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <tuple>

#include "base/error.hpp"

namespace mithaq::status_register {

namespace {

constexpr std::int64_t kDaysOfDoubt = 366;  // how far off a date marked ? or ~ may be

[[noreturn]] void refuse(const Table& table, std::size_t row, const std::string& reason) {
  throw Error(ErrorKind::invalid_input,
              table.name() + ":" + std::to_string(table.line_of(row)) + ": " + reason);
}

DayRange read_date(const Table& table, std::size_t row, std::string_view text) {
  const std::optional<Edtf> date = Edtf::parse(text);
  if (!date || date->is_interval()) refuse(table, row, "\"" + std::string(text) + "\" is no date");
  DayRange days = date->days();
  if (days.earliest == DayRange::kNoStart || days.latest == DayRange::kNoEnd) {
    refuse(table, row, "\"" + std::string(text) + "\" may be any time");
  }
  if (date->start().uncertain || date->start().approximate) {
    days.earliest -= kDaysOfDoubt;
    days.latest += kDaysOfDoubt;
  }
  return days;
}

enum class Holds { no, perhaps, yes };

// Both ends of a spell may be known to a range of days only; so may the time asked for.
Holds holds(const Spell& spell, const DayRange& at) {
  if (spell.begins.latest <= at.earliest && at.latest < spell.ends.earliest) return Holds::yes;
  if (spell.begins.earliest <= at.latest && at.earliest < spell.ends.latest) return Holds::perhaps;
  // A spell whose one day of ending is the day asked for no longer holds.
  return Holds::no;
}

bool is_among(std::string_view status, std::span<const std::string_view> statuses) {
  return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
}

}  // namespace

void Register::add(const Table& table) {
  for (const auto* column : {"organization", "state", "status", "from", "to", "source"}) {
    static_cast<void>(table.column(column));
  }
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Spell spell;
    spell.organization = table.cell(row, "organization");
    spell.state = table.cell(row, "state");
    spell.status = table.cell(row, "status");
    spell.from = table.cell(row, "from");
    spell.to = table.cell(row, "to");
    spell.source = table.cell(row, "source");
    if (spell.organization.empty() || spell.state.empty() || spell.status.empty()) {
      refuse(table, row, "a spell needs an organization, a State and a status");
    }
    spell.begins = read_date(table, row, spell.from);
    spell.ends = {DayRange::kNoEnd, DayRange::kNoEnd};
    if (!spell.to.empty()) spell.ends = read_date(table, row, spell.to);
    if (spell.ends.latest < spell.begins.earliest) refuse(table, row, "it ends before it begins");
    spells_.push_back(std::move(spell));
  }
  std::stable_sort(spells_.begin(), spells_.end(), [](const Spell& a, const Spell& b) {
    return std::tie(a.organization, a.state, a.begins.earliest) <
           std::tie(b.organization, b.state, b.begins.earliest);
  });
}

Register Register::load(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  if (std::filesystem::is_directory(folder)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() == ".tsv") paths.push_back(entry.path());
    }
  }
  if (paths.empty()) throw Error(ErrorKind::not_found, "no tables of memberships in " + folder.string());
  std::sort(paths.begin(), paths.end());
  Register loaded;
  for (const auto& path : paths) loaded.add(Table::read(path));
  return loaded;
}

bool Register::knows(std::string_view organization) const {
  return std::any_of(spells_.begin(), spells_.end(),
                     [&](const Spell& spell) { return spell.organization == organization; });
}

std::vector<Holding> Register::members(std::string_view organization, const Edtf& at,
                                       std::span<const std::string_view> statuses) const {
  const DayRange days = at.days();
  std::vector<Holding> found;
  for (const Spell& spell : spells_) {
    if (spell.organization != organization || !is_among(spell.status, statuses)) continue;
    const Holds answer = holds(spell, days);
    if (answer != Holds::no) found.push_back({spell, answer == Holds::perhaps});
  }
  return found;
}

std::vector<Spell> Register::history(std::string_view state_or_organization) const {
  std::vector<Spell> found;
  for (const Spell& spell : spells_) {
    if (spell.organization == state_or_organization || spell.state == state_or_organization)
      found.push_back(spell);
  }
  std::stable_sort(found.begin(), found.end(), [](const Spell& a, const Spell& b) {
    return std::tie(a.begins.earliest, a.organization, a.state) <
           std::tie(b.begins.earliest, b.organization, b.state);
  });
  return found;
}

std::vector<Part> Register::overlap(std::span<const std::string> organizations, const Edtf& at,
                                    std::span<const std::string_view> statuses) const {
  if (organizations.size() > kMaxOverlap) {
    throw Error(ErrorKind::invalid_input,
                "an overlap of more than " + std::to_string(kMaxOverlap) + " organizations cannot be read");
  }
  struct Belonging {
    std::uint32_t parts = 0;  // bit i: in organizations[i], or perhaps in it
    bool uncertain = false;
    std::vector<Holding> holdings;
  };
  std::map<std::string, Belonging> by_state;
  for (std::size_t each = 0; each < organizations.size(); ++each) {
    if (std::find(organizations.begin(), organizations.begin() + static_cast<std::ptrdiff_t>(each),
                  organizations[each]) != organizations.begin() + static_cast<std::ptrdiff_t>(each)) {
      throw Error(ErrorKind::invalid_input, organizations[each] + " is there twice");
    }
    std::map<std::string, bool> surely;
    for (Holding& holding : members(organizations[each], at, statuses)) {
      Belonging& belonging = by_state[holding.spell.state];
      belonging.parts |= 1u << each;
      surely[holding.spell.state] |= !holding.uncertain;
      belonging.holdings.push_back(std::move(holding));
    }
    // A State with one certain spell belongs to the organization, whatever its other spells are.
    for (const auto& [state, certain] : surely) by_state[state].uncertain |= !certain;
  }
  std::map<std::uint32_t, Part> parts;
  for (auto& [state, belonging] : by_state) {
    Part& part = parts[belonging.parts];
    if (part.organizations.empty()) {
      for (std::size_t each = 0; each < organizations.size(); ++each) {
        if ((belonging.parts >> each & 1u) != 0) part.organizations.push_back(organizations[each]);
      }
    }
    part.states.push_back({state, belonging.uncertain, std::move(belonging.holdings)});
  }
  std::vector<std::pair<std::uint32_t, Part>> ordered;
  for (auto& [bits, part] : parts) ordered.emplace_back(bits, std::move(part));
  // Among parts of equally many organizations, the one that has the earlier ones comes first.
  const auto reversed = [](std::uint32_t bits) {
    std::uint32_t mirror = 0;
    for (std::size_t bit = 0; bit < kMaxOverlap; ++bit) mirror = mirror << 1 | (bits >> bit & 1u);
    return mirror;
  };
  std::stable_sort(ordered.begin(), ordered.end(), [&](const auto& a, const auto& b) {
    const std::size_t size_a = a.second.organizations.size();
    const std::size_t size_b = b.second.organizations.size();
    return size_a != size_b ? size_a > size_b : reversed(a.first) > reversed(b.first);
  });
  std::vector<Part> result;
  for (auto& [bits, part] : ordered) result.push_back(std::move(part));
  return result;
}

}  // namespace mithaq::status_register
