#include "service/export_statements.hpp"

#include <nlohmann/json.hpp>
#include <ostream>

#include "service/json_rows.hpp"
#include "service/themes.hpp"

namespace mithaq::service {

namespace {

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
    out << statement_json(row).dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
  }
}

std::vector<WhoWhatWhereRow> who_what_where(Workspace& workspace,
                                            const std::vector<record::StatementRow>& rows,
                                            Language language) {
  const Themes& themes = workspace.themes();
  const Messages& messages = workspace.knowledge().in(language);
  const reader::Entities& entities = workspace.lexicon().entities;
  std::vector<WhoWhatWhereRow> answer;
  for (const record::StatementRow& row : rows) {
    if (row.negated) continue;
    const std::vector<std::string> theme_ids = row.themes.empty() ? std::vector<std::string>{""} : row.themes;
    const std::vector<record::PlaceRow> places =
        row.places.empty() ? std::vector<record::PlaceRow>{{}} : row.places;
    for (const record::PartyRow& party : row.parties) {
      WhoWhatWhereRow line;
      line.organization = workspace.name_of(party.entity, party.name, language);
      line.organization_id = party.entity;
      line.role = messages.say(role_in(row, party));
      for (const record::PartyRow& other : row.parties) {
        if (&other == &party) continue;
        line.partners +=
            (line.partners.empty() ? "" : "; ") + workspace.name_of(other.entity, other.name, language);
      }
      line.activity = messages.say(name_of(row.type));
      line.start = row.from;
      line.end = row.to;
      line.status = messages.say(name_of(row.status));
      line.review = messages.say(name_of(row.review));
      line.source = row.citation.document_name + " ¶" + row.citation.paragraph;
      line.words = row.citation.words;
      for (const std::string& id : theme_ids) {
        line.theme_id = id;
        line.theme = themes.name_of(id, language);
        for (const record::PlaceRow& place : places) {
          line.place = workspace.name_of(place.entity, place.name, language);
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
