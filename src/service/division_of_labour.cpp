#include "service/division_of_labour.hpp"

#include <algorithm>

#include "engines/activity/contradiction.hpp"
#include "service/activity.hpp"

namespace mithaq::service {

namespace {

constexpr std::size_t kContradictionsShown = 50;

}  // namespace

LeadPage division_of_labour(Workspace& workspace, const WhoRequest& request, std::size_t offset,
                            std::size_t limit) {
  WhoRequest leads = request;
  leads.types = {document::StatementType::lead};
  const record::View& view = workspace.record().view();
  LeadPage page;
  std::vector<record::StatementRow> rows;
  const auto activity = workspace.activity();
  const auto place_of = [](const record::StatementRow& row) {
    return row.places.empty() ? std::string("\xFF") : row.places.front().name;
  };
  if (!leads.words.empty() || (!leads.theme.empty() && workspace.themes().named(leads.theme).empty())) {
    // What asks for words is looked for in the record.
    leads.limit = offset + limit + 1;
    rows = who_does_what(workspace, leads);
    page.more = rows.size() > offset + limit;
    if (!page.more) page.total = rows.size();
    // Only where all are here is their order the same on each page.
    if (offset == 0 && !page.more)
      std::stable_sort(rows.begin(), rows.end(),
                       [&](const auto& a, const auto& b) { return place_of(a) < place_of(b); });
    rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min(offset, rows.size())));
    if (rows.size() > limit) rows.resize(limit);
  } else {
    const activity::Question question = activity_question(workspace, *activity, activity_request_of(leads));
    const activity::Found found = activity::find_statements(activity::Asked(activity->table, question),
                                                            activity::Order::place, offset, limit);
    page.total = found.total;
    page.more = found.total > offset + limit;
    rows = view.statements_at(found.seqs);
  }
  // Against any lead of the record that the asker may see, whoever was asked about.
  const activity::Leads all(activity::Asked(
      activity->table,
      {.sees = sees_of(workspace, *activity), .types = activity::bit_of(document::StatementType::lead)}));
  for (record::StatementRow& row : rows) {
    LeadRow lead{.statement = std::move(row)};
    lead.contradicted_by = all.against(lead.statement.seq, kContradictionsShown, &lead.contradictions);
    page.rows.push_back(std::move(lead));
  }
  return page;
}

}  // namespace mithaq::service
