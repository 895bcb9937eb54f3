#include "service/export_statements.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

#include "service/themes.hpp"

namespace mithaq::service {

namespace {

using nlohmann::ordered_json;

ordered_json json_of(const record::StatementRow& row) {
  ordered_json parties = ordered_json::array();
  for (const record::PartyRow& party : row.parties) {
    parties.push_back({{"role", name_of(party.role)},
                       {"entity", party.entity},
                       {"name", party.name},
                       {"found_by", name_of(party.found_by)}});
  }
  ordered_json places = ordered_json::array();
  for (const record::PlaceRow& place : row.places)
    places.push_back({{"entity", place.entity}, {"name", place.name}});
  ordered_json raw = ordered_json::array();
  for (const document::Span& span : row.citation.raw) raw.push_back({span.begin, span.end});
  return {{"statement", row.seq},
          {"type", name_of(row.type)},
          {"parties", parties},
          {"themes", row.themes},
          {"topic", row.topic},
          {"places", places},
          {"time", row.time},
          {"modality", name_of(row.modality)},
          {"negated", row.negated},
          {"status", name_of(row.status)},
          {"instrument", row.instrument},
          {"value", row.value},
          {"unit", row.unit},
          {"confidence", name_of(row.confidence)},
          {"rule", row.rule},
          {"review", {{"state", name_of(row.review)}, {"by", row.reviewed_by}, {"at", row.reviewed_at}}},
          {"citation",
           {{"document", row.citation.document},
            {"name", row.citation.document_name},
            {"symbol", row.citation.symbol},
            {"date", row.citation.document_date},
            {"paragraph", row.citation.paragraph},
            {"raw_bytes", raw},
            {"words", row.citation.words}}}};
}

std::string role_in(const record::StatementRow& row, const record::PartyRow& party) {
  using document::PartyRole;
  using document::StatementType;
  const bool acting = party.role == PartyRole::actor || party.role == PartyRole::subject;
  if (row.type == StatementType::lead) return acting ? "lead" : "led";
  if (row.type == StatementType::commitment) return acting ? "debtor" : "beneficiary";
  if (row.type == StatementType::cooperation) return "partner";
  return std::string(name_of(party.role));
}

}  // namespace

void write_statements_jsonl(std::ostream& out, const std::vector<record::StatementRow>& rows) {
  for (const record::StatementRow& row : rows) {
    out << json_of(row).dump(-1, ' ', false, ordered_json::error_handler_t::replace) << '\n';
  }
}

std::vector<WhoWhatWhereRow> who_what_where(Workspace& workspace,
                                            const std::vector<record::StatementRow>& rows) {
  const Themes themes = Themes::load(workspace.options().data);
  const reader::Entities& entities = workspace.lexicon().entities;
  std::vector<WhoWhatWhereRow> answer;
  for (const record::StatementRow& row : rows) {
    if (row.negated) continue;
    const std::vector<std::string> theme_ids = row.themes.empty() ? std::vector<std::string>{""} : row.themes;
    const std::vector<record::PlaceRow> places =
        row.places.empty() ? std::vector<record::PlaceRow>{{}} : row.places;
    for (const record::PartyRow& party : row.parties) {
      WhoWhatWhereRow line;
      line.organization = party.name;
      line.organization_id = party.entity;
      line.role = role_in(row, party);
      for (const record::PartyRow& other : row.parties) {
        if (&other == &party) continue;
        line.partners += (line.partners.empty() ? "" : "; ") + other.name;
      }
      line.activity = name_of(row.type);
      line.start = row.from;
      line.end = row.to;
      line.status = name_of(row.status);
      line.review = name_of(row.review);
      line.source = row.citation.document_name + " ¶" + row.citation.paragraph;
      line.words = row.citation.words;
      for (const std::string& id : theme_ids) {
        const Theme* theme = themes.find(id);
        line.theme_id = id;
        line.theme = theme == nullptr ? "" : theme->english;
        for (const record::PlaceRow& place : places) {
          line.place = place.name;
          line.place_code.clear();
          const auto index = entities.find(place.entity);
          if (index && entities[*index].type == document::MentionType::state)
            line.place_code = entities[*index].id;
          answer.push_back(line);
        }
      }
    }
  }
  return answer;
}

}  // namespace mithaq::service
