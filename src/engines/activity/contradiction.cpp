#include "engines/activity/contradiction.hpp"

#include <algorithm>
#include <unordered_map>

namespace mithaq::activity {

namespace {

using document::StatementType;

EntityId place_of(std::uint64_t where) {
  return static_cast<EntityId>(where >> 16);
}
ThemeId theme_of(std::uint64_t where) {
  return static_cast<ThemeId>(where & 0xFFFF);
}

// Each theme and place of a statement, as they stand in it.
template <typename Take>
void each_meeting(const Table& table, const Segment& segment, Row row, const Take& take) {
  for (const EntityId place : segment.places[row]) {
    for (const ThemeId theme : segment.themes[row])
      take(static_cast<std::uint64_t>(table.read_as(place)) << 16 | theme);
  }
}

}  // namespace

Leads::Leads(const Asked& asked) {
  const Table& table = asked.table();
  each_match(asked, [&](const Segment& segment, Row row) {
    if (segment.type[row] != StatementType::lead) return;
    Lead lead{.seq = segment.seq[row]};
    lead.facts.negated = segment.negated(row);
    lead.facts.dated = segment.from[row] != kNoDay;
    lead.facts.from = segment.from[row];
    lead.facts.to = segment.to[row];
    lead.facts.paragraph = segment.paragraph[row];
    const auto parties = segment.parties[row];
    for (std::size_t at = 0; at < parties.size(); ++at) {
      if (segment.role(row, at) == document::PartyRole::actor)
        lead.facts.leaders.push_back(table.read_as(parties[at]));
    }
    std::sort(lead.facts.leaders.begin(), lead.facts.leaders.end());
    const auto index = static_cast<std::uint32_t>(leads_.size());
    each_meeting(table, segment, row, [&](std::uint64_t where) { meetings_.push_back({where, index}); });
    leads_.push_back(std::move(lead));
  });
  std::sort(meetings_.begin(), meetings_.end());
  meetings_.erase(std::unique(meetings_.begin(), meetings_.end()), meetings_.end());
}

template <typename Take>
void Leads::each_group(const Take& take) const {
  for (std::size_t begin = 0; begin < meetings_.size();) {
    std::size_t end = begin;
    while (end < meetings_.size() && meetings_[end].where == meetings_[begin].where) ++end;
    if (end - begin > 1) take(std::span(meetings_).subspan(begin, end - begin));
    begin = end;
  }
}

std::unordered_set<std::uint64_t> Leads::contradicted() const {
  std::unordered_set<std::uint64_t> out;
  each_group([&](std::span<const Meeting> group) {
    for (const Meeting& one : group) {
      const Lead& lead = leads_[one.lead];
      // In a large group the first that is looked at contradicts most of the others.
      const bool any = std::any_of(group.begin(), group.end(), [&](const Meeting& other) {
        return contradict(lead.facts, leads_[other.lead].facts);
      });
      if (any) out.insert(lead.seq);
    }
  });
  return out;
}

std::vector<std::uint64_t> Leads::against(std::uint64_t seq, std::size_t limit, std::size_t* all) const {
  const auto found =
      std::lower_bound(leads_.begin(), leads_.end(), seq,
                       [](const Lead& lead, std::uint64_t wanted) { return lead.seq < wanted; });
  std::vector<std::uint64_t> out;
  if (all != nullptr) *all = 0;
  if (found == leads_.end() || found->seq != seq) return out;
  const auto index = static_cast<std::uint32_t>(found - leads_.begin());
  std::vector<std::uint32_t> others;
  for (const Meeting& meeting : meetings_) {
    if (meeting.lead != index) continue;
    const auto begin = std::lower_bound(meetings_.begin(), meetings_.end(), Meeting{meeting.where, 0});
    for (auto at = begin; at != meetings_.end() && at->where == meeting.where; ++at) {
      if (contradict(found->facts, leads_[at->lead].facts)) others.push_back(at->lead);
    }
  }
  std::sort(others.begin(), others.end());
  others.erase(std::unique(others.begin(), others.end()), others.end());
  if (all != nullptr) *all = others.size();
  for (std::size_t at = 0; at < others.size() && at < limit; ++at) out.push_back(leads_[others[at]].seq);
  return out;
}

std::vector<Leads::Group> Leads::contradictions(std::size_t limit_groups, std::size_t limit_leads) const {
  std::vector<Group> out;
  each_group([&](std::span<const Meeting> group) {
    Group found{.theme = theme_of(group.front().where), .place = place_of(group.front().where)};
    for (const Meeting& one : group) {
      const Lead& lead = leads_[one.lead];
      const bool any = std::any_of(group.begin(), group.end(), [&](const Meeting& other) {
        return contradict(lead.facts, leads_[other.lead].facts);
      });
      if (!any) continue;
      ++found.leads;
      if (found.seqs.size() < limit_leads) found.seqs.push_back(lead.seq);
    }
    if (found.leads > 0) out.push_back(std::move(found));
  });
  std::stable_sort(out.begin(), out.end(), [](const Group& a, const Group& b) { return a.leads > b.leads; });
  if (out.size() > limit_groups) out.resize(limit_groups);
  return out;
}

std::vector<Overlap> overlaps(const Asked& asked, std::size_t limit) {
  const Table& table = asked.table();
  std::unordered_map<std::uint64_t, Overlap> meetings;
  std::vector<EntityId> heads;
  each_match(asked, [&](const Segment& segment, Row row) {
    const StatementType type = segment.type[row];
    const bool acts = type == StatementType::lead || type == StatementType::deployment ||
                      type == StatementType::implementation || type == StatementType::cooperation;
    if (!acts || segment.negated(row) || segment.places[row].empty() || segment.themes[row].empty()) return;
    heads.clear();
    for (const EntityId party : segment.parties[row]) {
      const EntityId head = table.head_of(party);
      if (head != kNoEntity && std::find(heads.begin(), heads.end(), head) == heads.end())
        heads.push_back(head);
    }
    if (heads.empty()) return;
    each_meeting(table, segment, row, [&](std::uint64_t where) {
      Overlap& overlap = meetings[where];
      ++overlap.statements;
      if (type == StatementType::cooperation && heads.size() > 1) ++overlap.together;
      for (const EntityId head : heads) {
        const auto at = std::lower_bound(overlap.organizations.begin(), overlap.organizations.end(), head);
        if (at == overlap.organizations.end() || *at != head) overlap.organizations.insert(at, head);
      }
    });
  });
  std::vector<Overlap> out;
  for (auto& [where, overlap] : meetings) {
    if (overlap.organizations.size() < 2) continue;
    overlap.theme = theme_of(where);
    overlap.place = place_of(where);
    out.push_back(std::move(overlap));
  }
  std::sort(out.begin(), out.end(), [](const Overlap& a, const Overlap& b) {
    if (a.statements != b.statements) return a.statements > b.statements;
    return a.place != b.place ? a.place < b.place : a.theme < b.theme;
  });
  if (out.size() > limit) out.resize(limit);
  return out;
}

std::vector<Gap> gaps(const Asked& asked, std::size_t limit) {
  const Table& table = asked.table();
  struct Said {
    std::size_t mandates = 0, asks = 0;
    bool acted = false;
  };
  std::unordered_map<std::uint64_t, Said> meetings;
  each_match(asked, [&](const Segment& segment, Row row) {
    if (segment.negated(row)) return;
    const StatementType type = segment.type[row];
    const document::Modality modality = segment.modality[row];
    const bool called_for =
        modality == document::Modality::called_for || modality == document::Modality::recommended;
    const bool acts = type == StatementType::lead || type == StatementType::deployment ||
                      type == StatementType::implementation || type == StatementType::cooperation;
    const bool mandate = type == StatementType::mandate;
    // A co-operation that is only called for is a call, not an act.
    const bool asks = type == StatementType::commitment || called_for;
    if (!mandate && !asks && !acts) return;
    each_meeting(table, segment, row, [&](std::uint64_t where) {
      Said& said = meetings[where];
      if (mandate) {
        ++said.mandates;
      } else if (asks) {
        ++said.asks;
      } else {
        said.acted = true;
      }
    });
  });
  std::vector<Gap> out;
  for (const auto& [where, said] : meetings) {
    if (said.acted || said.mandates + said.asks == 0) continue;
    out.push_back({.theme = theme_of(where),
                   .place = place_of(where),
                   .why = said.mandates > 0 ? Gap::Why::mandated : Gap::Why::asked,
                   .statements = said.mandates + said.asks});
  }
  std::sort(out.begin(), out.end(), [](const Gap& a, const Gap& b) {
    if (a.statements != b.statements) return a.statements > b.statements;
    return a.place != b.place ? a.place < b.place : a.theme < b.theme;
  });
  if (out.size() > limit) out.resize(limit);
  return out;
}

}  // namespace mithaq::activity
