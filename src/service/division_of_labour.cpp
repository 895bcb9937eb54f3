#include "service/division_of_labour.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace mithaq::service {

namespace {

std::set<std::string> leaders(const record::StatementRow& row) {
  std::set<std::string> names;
  for (const record::PartyRow& party : row.parties) {
    if (party.role == document::PartyRole::actor)
      names.insert(party.entity.empty() ? party.name : party.entity);
  }
  return names;
}

bool may_be_same_time(const record::StatementRow& a, const record::StatementRow& b) {
  if (a.from.empty() || b.from.empty()) return true;
  return a.from <= b.to && b.from <= a.to;
}

// Two leads contradict each other if they name the same place and theme and no leader in common. One
// paragraph that names two leaders divides the labour between them; it does not contradict itself.
bool contradict(const record::StatementRow& a, const record::StatementRow& b) {
  if (!may_be_same_time(a, b)) return false;
  if (a.citation.document == b.citation.document && a.citation.paragraph == b.citation.paragraph)
    return false;
  const std::set<std::string> first = leaders(a), second = leaders(b);
  if (first.empty() || second.empty()) return false;
  for (const std::string& name : first) {
    if (second.contains(name)) return false;
  }
  return true;
}

}  // namespace

std::vector<LeadRow> division_of_labour(Workspace& workspace, const WhoRequest& request) {
  WhoRequest leads = request;
  leads.types = {document::StatementType::lead};
  std::vector<LeadRow> rows;
  for (record::StatementRow& statement : who_does_what(workspace, leads))
    rows.push_back({std::move(statement), {}});

  // Leads meet where they share a place and a theme.
  std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> meeting;
  for (std::size_t each = 0; each < rows.size(); ++each) {
    for (const record::PlaceRow& place : rows[each].statement.places) {
      for (const std::string& theme : rows[each].statement.themes)
        meeting[{place.name, theme}].push_back(each);
    }
  }
  for (const auto& [where, group] : meeting) {
    for (const std::size_t a : group) {
      for (const std::size_t b : group) {
        auto& list = rows[a].contradicted_by;
        const record::Seq other = rows[b].statement.seq;
        if (a == b || !contradict(rows[a].statement, rows[b].statement)) continue;
        if (std::find(list.begin(), list.end(), other) == list.end()) list.push_back(other);
      }
    }
  }
  const auto first_place = [](const LeadRow& row) {
    return row.statement.places.empty() ? std::string("~") : row.statement.places.front().name;
  };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const LeadRow& a, const LeadRow& b) { return first_place(a) < first_place(b); });
  return rows;
}

}  // namespace mithaq::service
