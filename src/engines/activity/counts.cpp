#include "engines/activity/counts.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "engines/activity/contradiction.hpp"

namespace mithaq::activity {

namespace {

// A few numbers, each once: the values of one statement.
class Few {
 public:
  void clear() { values_.clear(); }
  void add(std::uint32_t value) {
    if (std::find(values_.begin(), values_.end(), value) == values_.end()) values_.push_back(value);
  }
  auto begin() const { return values_.begin(); }
  auto end() const { return values_.end(); }

 private:
  std::vector<std::uint32_t> values_{};
};

// Who takes part, with all they belong to.
void add_parties(const Table& table, const Segment& segment, Row row, bool organizations, Few& out) {
  for (const EntityId party : segment.parties[row]) {
    for (const EntityId whole : table.up(table.read_as(party))) {
      if (is_organization((*table.names)[whole].kind) == organizations) out.add(whole);
    }
  }
}
void add_places(const Table& table, const Segment& segment, Row row, Few& out) {
  for (const EntityId place : segment.places[row]) {
    for (const EntityId whole : table.up(table.read_as(place))) out.add(whole);
  }
}
void add_themes(const Table& table, const Segment& segment, Row row, Few& out) {
  for (ThemeId theme : segment.themes[row]) {
    out.add(theme);
    for (int depth = 0; depth < 8 && table.theme_parents[theme] != theme; ++depth) {
      theme = table.theme_parents[theme];
      out.add(theme);
    }
  }
}

// The values with the most statements; at the same number, the lower number first.
std::vector<Counted> most(const std::vector<std::uint32_t>& counts, std::size_t limit) {
  std::vector<Counted> out;
  for (std::uint32_t id = 0; id < counts.size(); ++id) {
    if (counts[id] > 0) out.push_back({id, counts[id]});
  }
  const auto more = [](const Counted& a, const Counted& b) {
    return a.statements != b.statements ? a.statements > b.statements : a.id < b.id;
  };
  const std::size_t wanted = std::min(limit, out.size());
  std::partial_sort(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(wanted), out.end(), more);
  out.resize(wanted);
  return out;
}

}  // namespace

Counts count(const Asked& asked, std::size_t limit) {
  const Table& table = asked.table();
  const std::size_t entities = table.families->resolved.size();
  Counts out;
  std::vector<std::uint32_t> parties(entities, 0), places(entities, 0), themes(table.theme_parents.size(), 0);
  std::vector<std::uint32_t> languages(table.languages->size(), 0);
  std::vector<std::uint8_t> documents(table.documents->size(), 0);
  Few values;
  each_match(asked, [&](const Segment& segment, Row row) {
    ++out.statements;
    ++out.by_type[static_cast<std::size_t>(segment.type[row])];
    ++out.by_review[segment.review[row]];
    const DocumentId document = segment.document[row];
    documents[document] = 1;
    ++languages[(*table.documents)[document].language];
    values.clear();
    add_parties(table, segment, row, true, values);
    add_parties(table, segment, row, false, values);
    for (const std::uint32_t each : values) ++parties[each];
    values.clear();
    add_places(table, segment, row, values);
    for (const std::uint32_t each : values) ++places[each];
    values.clear();
    add_themes(table, segment, row, values);
    for (const std::uint32_t each : values) ++themes[each];
  });
  for (const std::uint8_t each : documents) out.documents += each;
  std::vector<std::uint32_t> states = parties;
  for (std::uint32_t each = 0; each < entities; ++each)
    (is_organization((*table.names)[each].kind) ? states : parties)[each] = 0;
  out.organizations = most(parties, limit);
  out.states = most(states, limit);
  out.places = most(places, limit);
  out.themes = most(themes, limit);
  out.languages = most(languages, languages.size());
  return out;
}

Each count_each(const Asked& asked) {
  const Table& table = asked.table();
  Each out{.entities = std::vector<std::uint32_t>(table.families->resolved.size(), 0),
           .themes = std::vector<std::uint32_t>(table.theme_parents.size(), 0)};
  Few values;
  each_match(asked, [&](const Segment& segment, Row row) {
    values.clear();
    add_parties(table, segment, row, true, values);
    add_parties(table, segment, row, false, values);
    add_places(table, segment, row, values);
    for (const std::uint32_t each : values) ++out.entities[each];
    values.clear();
    add_themes(table, segment, row, values);
    for (const std::uint32_t each : values) ++out.themes[each];
  });
  return out;
}

std::vector<std::uint64_t> latest_documents(const Asked& asked, std::size_t limit) {
  const auto& documents = *asked.table().documents;
  std::vector<std::uint8_t> named(documents.size(), 0);
  each_match(asked, [&](const Segment& segment, Row row) { named[segment.document[row]] = 1; });
  std::vector<DocumentId> found;
  for (DocumentId each = 0; each < documents.size(); ++each) {
    if (named[each] != 0) found.push_back(each);
  }
  const std::size_t wanted = std::min(limit, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(wanted), found.end(),
                    [&documents](DocumentId a, DocumentId b) {
                      return documents[a].from != documents[b].from ? documents[a].from > documents[b].from
                                                                    : a > b;
                    });
  std::vector<std::uint64_t> out;
  for (std::size_t at = 0; at < wanted; ++at) out.push_back(documents[found[at]].seq);
  return out;
}

std::vector<PaperCount> papers(const Asked& asked) {
  const Table& table = asked.table();
  std::vector<PaperCount> by_document(table.documents->size()), by_instrument(table.instruments->size());
  const auto count_in = [](PaperCount& paper, document::CommitmentStatus status) {
    ++paper.commitments;
    ++paper.by_status[static_cast<std::size_t>(status)];
  };
  each_match(asked, [&](const Segment& segment, Row row) {
    if (segment.type[row] != document::StatementType::commitment) return;
    const InstrumentId instrument = segment.instrument[row];
    count_in(by_document[segment.document[row]], segment.status[row]);
    if (instrument != 0) count_in(by_instrument[(*table.instruments)[instrument].paper], segment.status[row]);
  });
  std::vector<PaperCount> out;
  for (std::size_t each = 0; each < by_document.size(); ++each) {
    if (by_document[each].commitments == 0) continue;
    by_document[each].document = (*table.documents)[each].seq;
    out.push_back(by_document[each]);
  }
  for (std::size_t each = 0; each < by_instrument.size(); ++each) {
    if (by_instrument[each].commitments == 0) continue;
    by_instrument[each].instrument = static_cast<InstrumentId>(each);
    out.push_back(by_instrument[each]);
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const PaperCount& a, const PaperCount& b) { return a.commitments > b.commitments; });
  return out;
}

Timeline timeline(const Asked& asked) {
  constexpr std::size_t kSpan = kLastYear - kFirstYear + 2;
  std::vector<std::array<std::int64_t, kTypes>> changes(kSpan);
  for (auto& each : changes) each.fill(0);
  Timeline out;
  each_match(asked, [&](const Segment& segment, Row row) {
    const Years years = years_of(asked.table(), segment, row);
    if (years.first > years.last) {
      ++out.undated;
      return;
    }
    const auto type = static_cast<std::size_t>(segment.type[row]);
    ++changes[static_cast<std::size_t>(years.first - kFirstYear)][type];
    --changes[static_cast<std::size_t>(years.last - kFirstYear) + 1][type];
  });
  std::array<std::int64_t, kTypes> now{};
  std::size_t end = 0;
  for (std::size_t at = 0; at + 1 < kSpan; ++at) {
    YearCount year{.year = kFirstYear + static_cast<int>(at)};
    for (std::size_t type = 0; type < kTypes; ++type) {
      now[type] += changes[at][type];
      year.by_type[type] = static_cast<std::size_t>(now[type]);
      year.statements += year.by_type[type];
    }
    if (year.statements == 0 && out.years.empty()) continue;
    out.years.push_back(year);
    if (year.statements > 0) end = out.years.size();
  }
  out.years.resize(end);
  return out;
}

std::vector<PlaceCount> by_place(const Asked& asked) {
  const Table& table = asked.table();
  const std::size_t entities = table.families->resolved.size();
  std::vector<PlaceCount> counts(entities);
  std::unordered_set<std::uint64_t> taking_part;
  Few places, heads;
  each_match(asked, [&](const Segment& segment, Row row) {
    places.clear();
    add_places(table, segment, row, places);
    if (places.begin() == places.end()) return;
    heads.clear();
    for (const EntityId party : segment.parties[row]) {
      if (const EntityId head = table.head_of(party); head != kNoEntity) heads.add(head);
    }
    for (const std::uint32_t place : places) {
      ++counts[place].statements;
      if (segment.type[row] == document::StatementType::lead && !segment.negated(row)) ++counts[place].leads;
      for (const std::uint32_t head : heads) {
        if (taking_part.insert(static_cast<std::uint64_t>(place) << 32 | head).second)
          ++counts[place].organizations;
      }
    }
  });
  std::vector<PlaceCount> out;
  for (std::uint32_t each = 0; each < entities; ++each) {
    if (counts[each].statements == 0) continue;
    counts[each].place = each;
    out.push_back(counts[each]);
  }
  return out;
}

Network network(const Asked& asked, std::size_t limit) {
  const Table& table = asked.table();
  const std::size_t entities = table.families->resolved.size();
  std::vector<std::uint32_t> statements(entities, 0);
  Few parties;
  const auto read = [&](const Segment& segment, Row row) {
    parties.clear();
    for (const EntityId party : segment.parties[row]) {
      const EntityId read_as = table.read_as(party);
      if ((*table.names)[read_as].kind != EntityKind::person) parties.add(read_as);
    }
  };
  // Only who appears with somebody is joined to anybody.
  each_match(asked, [&](const Segment& segment, Row row) {
    read(segment, row);
    if (parties.end() - parties.begin() < 2) return;
    for (const std::uint32_t party : parties) ++statements[party];
  });
  Network out;
  std::vector<std::uint32_t> node_of(entities, UINT32_MAX);
  for (const Counted& each : most(statements, limit)) {
    node_of[each.id] = static_cast<std::uint32_t>(out.nodes.size());
    out.nodes.push_back({each.id, each.statements});
  }
  const std::size_t nodes = out.nodes.size();
  std::vector<Edge> edges(nodes * nodes);
  each_match(asked, [&](const Segment& segment, Row row) {
    read(segment, row);
    if (parties.end() - parties.begin() < 2) return;
    const Years years = years_of(table, segment, row);
    for (auto one = parties.begin(); one != parties.end(); ++one) {
      if (node_of[*one] == UINT32_MAX) continue;
      for (auto other = one + 1; other != parties.end(); ++other) {
        if (node_of[*other] == UINT32_MAX) continue;
        const auto [a, b] = std::minmax(node_of[*one], node_of[*other]);
        Edge& edge = edges[a * nodes + b];
        edge.a = a;
        edge.b = b;
        ++edge.statements;
        if (years.first > years.last) continue;
        edge.first = edge.first == 0 ? years.first : std::min(edge.first, years.first);
        edge.last = std::max(edge.last, years.last);
      }
    }
  });
  std::erase_if(edges, [](const Edge& edge) { return edge.statements == 0; });
  std::stable_sort(edges.begin(), edges.end(),
                   [](const Edge& a, const Edge& b) { return a.statements > b.statements; });
  for (const Edge& edge : edges) {
    if (edge.first == 0) continue;
    out.first = out.first == 0 ? edge.first : std::min(out.first, edge.first);
    out.last = std::max(out.last, edge.last);
  }
  out.edges = std::move(edges);
  return out;
}

namespace {

std::size_t axis_size(const Table& table, Axis axis) {
  switch (axis) {
    case Axis::theme:
      return table.theme_parents.size();
    case Axis::year:
      return kLastYear + 1;
    default:
      return table.families->resolved.size();
  }
}

void axis_values(const Table& table, Axis axis, const Segment& segment, Row row, Few& out) {
  out.clear();
  switch (axis) {
    case Axis::organization:
      add_parties(table, segment, row, true, out);
      break;
    case Axis::place:
      add_places(table, segment, row, out);
      break;
    case Axis::theme:
      add_themes(table, segment, row, out);
      break;
    case Axis::year: {
      const Years years = years_of(table, segment, row);
      for (int year = years.first; year <= years.last; ++year) out.add(static_cast<std::uint32_t>(year));
      break;
    }
  }
}

// The values of an axis that find room. Of years the latest ones, oldest first.
std::vector<Counted> chosen(const std::vector<std::uint32_t>& totals, Axis axis, std::size_t limit,
                            std::size_t& others) {
  const auto count = static_cast<std::size_t>(
      std::count_if(totals.begin(), totals.end(), [](std::uint32_t each) { return each > 0; }));
  others = count - std::min(count, limit);
  if (axis != Axis::year) return most(totals, limit);
  std::vector<Counted> out;
  for (std::size_t year = totals.size(); year-- > 0 && out.size() < limit;) {
    if (totals[year] > 0) out.push_back({static_cast<std::uint32_t>(year), totals[year]});
  }
  std::reverse(out.begin(), out.end());
  return out;
}

std::vector<std::uint32_t> places_of(const std::vector<Counted>& values, std::size_t size) {
  std::vector<std::uint32_t> out(size, UINT32_MAX);
  for (std::size_t at = 0; at < values.size(); ++at) out[values[at].id] = static_cast<std::uint32_t>(at);
  return out;
}

}  // namespace

Matrix matrix(const Asked& asked, const Asked& everywhere, Axis rows, Axis columns, std::size_t limit_rows,
              std::size_t limit_columns) {
  const Table& table = asked.table();
  std::vector<std::uint32_t> row_totals(axis_size(table, rows), 0),
      column_totals(axis_size(table, columns), 0);
  Matrix out;
  Few row_values, column_values;
  each_match(asked, [&](const Segment& segment, Row row) {
    ++out.total;
    axis_values(table, rows, segment, row, row_values);
    for (const std::uint32_t each : row_values) ++row_totals[each];
    axis_values(table, columns, segment, row, column_values);
    for (const std::uint32_t each : column_values) ++column_totals[each];
  });
  out.rows = chosen(row_totals, rows, limit_rows, out.other_rows);
  out.columns = chosen(column_totals, columns, limit_columns, out.other_columns);
  const auto row_at = places_of(out.rows, row_totals.size());
  const auto column_at = places_of(out.columns, column_totals.size());
  const auto contradicted = Leads(everywhere).contradicted();
  std::vector<MatrixCell> cells(out.rows.size() * out.columns.size());
  each_match(asked, [&](const Segment& segment, Row row) {
    axis_values(table, columns, segment, row, column_values);
    if (column_values.begin() == column_values.end()) return;
    axis_values(table, rows, segment, row, row_values);
    const bool lead = segment.type[row] == document::StatementType::lead && !segment.negated(row);
    const bool confirmed = segment.review[row] == kConfirmed || segment.review[row] == kCorrected;
    const bool contradiction = lead && contradicted.contains(segment.seq[row]);
    for (const std::uint32_t each : row_values) {
      if (row_at[each] == UINT32_MAX) continue;
      for (const std::uint32_t other : column_values) {
        if (column_at[other] == UINT32_MAX) continue;
        MatrixCell& cell = cells[row_at[each] * out.columns.size() + column_at[other]];
        ++cell.statements;
        cell.leads += lead ? 1 : 0;
        cell.confirmed += confirmed ? 1 : 0;
        cell.contradiction = cell.contradiction || contradiction;
      }
    }
  });
  for (std::size_t at = 0; at < cells.size(); ++at) {
    if (cells[at].statements == 0) continue;
    cells[at].row = at / out.columns.size();
    cells[at].column = at % out.columns.size();
    out.cells.push_back(cells[at]);
  }
  return out;
}

Sums sums(const Table& table, const Sees& sees) {
  Sums out;
  for (const DocumentInfo& document : *table.documents) {
    if (!sees.document(document)) continue;
    ++out.documents;
    out.paragraphs += document.paragraphs;
    out.mentions += document.mentions;
    out.doubts += document.doubts;
    out.edits += document.edits;
  }
  each_match(Asked(table, {.sees = sees, .reviews = ~0U}), [&out](const Segment& segment, Row row) {
    ++out.statements;
    ++out.by_review[segment.review[row]];
    out.reviews += segment.reviews[row];
  });
  return out;
}

Agreement agreement(const Asked& asked, const std::vector<std::uint16_t>& reviewers, std::size_t limit) {
  Agreement out;
  std::map<std::pair<std::uint16_t, std::uint16_t>, Pair> pairs;
  const auto wanted = [&reviewers](std::uint16_t by) {
    return reviewers.empty() || std::find(reviewers.begin(), reviewers.end(), by) != reviewers.end();
  };
  each_match(asked, [&](const Segment& segment, Row row) {
    const auto words = segment.words[row];
    bool differ = false;
    for (std::size_t one = 0; one < words.size(); ++one) {
      if (!wanted(words[one].by)) continue;
      ++out.reviewers[words[one].by][words[one].action];
      for (std::size_t other = one + 1; other < words.size(); ++other) {
        if (!wanted(words[other].by)) continue;
        const bool in_order = words[one].by < words[other].by;
        const Statement::Word& a = words[in_order ? one : other];
        const Statement::Word& b = words[in_order ? other : one];
        Pair& pair = pairs[{a.by, b.by}];
        pair.a = a.by;
        pair.b = b.by;
        ++pair.both;
        ++pair.first[a.action];
        ++pair.second[b.action];
        if (a.action == b.action) {
          ++pair.agree;
        } else {
          differ = true;
        }
      }
    }
    if (differ && out.disagreements.size() < limit) out.disagreements.push_back(segment.seq[row]);
  });
  for (const auto& [who, pair] : pairs) out.pairs.push_back(pair);
  std::stable_sort(out.pairs.begin(), out.pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.both > b.both; });
  return out;
}

}  // namespace mithaq::activity
