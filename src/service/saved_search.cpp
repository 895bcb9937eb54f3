#include "service/saved_search.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/edtf.hpp"
#include "base/error.hpp"
#include "engines/search/query.hpp"
#include "service/who_does_what.hpp"

namespace mithaq::service {

namespace {

using nlohmann::json;

constexpr std::size_t kValueMax = 500;  // bytes
constexpr std::size_t kValuesMax = 20;
// Of the answers, so many are looked at for the newest.
constexpr std::size_t kLookedAt = 2000;

[[noreturn]] void refuse(const std::string& name) {
  throw Error(ErrorKind::invalid_input, "the field \"query." + name + "\" is wrong");
}

std::vector<std::string> values_of(const json& given, const std::string& name) {
  std::vector<std::string> out;
  if (given.is_string()) {
    out.push_back(given.get<std::string>());
  } else if (given.is_array() && given.size() <= kValuesMax) {
    for (const json& each : given) {
      if (!each.is_string()) refuse(name);
      out.push_back(each.get<std::string>());
    }
  } else {
    refuse(name);
  }
  for (const std::string& value : out) {
    if (value.size() > kValueMax) refuse(name);
  }
  std::erase(out, "");
  return out;
}

std::string date_of(const std::string& text, const std::string& name) {
  if (!text.empty() && !Edtf::parse(text)) refuse(name);
  return text;
}

// What was found: a paragraph, and which statement of it if one was asked for.
using Found = std::set<std::pair<record::ParagraphRowId, record::Seq>>;

Found paragraphs_with(const record::View& view, const std::string& words,
                      const record::ParagraphFilter& filter) {
  Found out;
  for (const auto& terms : search::parse_query(words).alternatives) {
    for (const record::ParagraphHit& hit : view.search_paragraphs(terms, filter, kLookedAt).hits)
      out.emplace(hit.row, 0);
  }
  return out;
}

Found statements_with(const record::View& view, const record::StatementQuery& query) {
  Found out;
  for (const record::StatementRow& row : view.statements(query))
    out.emplace(row.citation.paragraph_row, row.seq);
  return out;
}

// The same plan for both: names resolved, parts added, documents found.
Found found_for(Workspace& workspace, const SavedQuery& asked,
                const std::vector<std::string>& organizations) {
  const record::View& view = workspace.record().view();
  record::StatementQuery plan = plan_who(
      workspace,
      {.organizations = organizations, .theme = asked.theme, .place = asked.place, .types = asked.kinds});
  plan.time = {asked.from, asked.to};
  plan.reviews = asked.reviews;
  plan.order = record::StatementOrder::newest;
  plan.limit = kLookedAt;
  if (!asked.document.empty()) plan.documents = {view.document(asked.document).id};
  if (!asked.words.empty()) {
    if (!plan.text.empty())
      throw Error(ErrorKind::not_found, "there is no theme \"" + asked.theme + "\"; see data/themes.tsv");
    record::ParagraphFilter filter{.entities = plan.parties,
                                   .places = plan.places,
                                   .themes = plan.themes,
                                   .statement_types = asked.kinds,
                                   .documents = plan.documents,
                                   .date = plan.time};
    if (!asked.language.empty()) filter.languages = {asked.language};
    return paragraphs_with(view, asked.words, filter);
  }
  if (!asked.language.empty() && asked.document.empty()) {
    for (const record::DocumentRow& row : view.documents({.languages = {asked.language}}))
      plan.documents.push_back(row.id);
    if (plan.documents.empty()) return {};
  }
  return statements_with(view, plan);
}

}  // namespace

SavedQuery saved_query_of(const json& given) {
  SavedQuery out;
  if (!given.is_object()) throw Error(ErrorKind::invalid_input, "the field \"query\" is an object");
  bool asked = false;
  for (const auto& [name, value] : given.items()) {
    const std::vector<std::string> values = values_of(value, name);
    const auto one = [&] {
      if (values.size() > 1) refuse(name);
      return values.empty() ? std::string() : values.front();
    };
    asked = asked || !values.empty();
    if (name == "words") {
      out.words = one();
    } else if (name == "language") {
      out.language = one();
    } else if (name == "document") {
      out.document = one();
    } else if (name == "all") {
      const std::string all = one();
      if (!all.empty() && all != "true" && all != "false") refuse(name);
      out.all = all == "true";
    } else if (name == "org") {
      out.organizations = values;
    } else if (name == "theme") {
      out.theme = one();
    } else if (name == "place") {
      out.place = one();
    } else if (name == "from") {
      out.from = date_of(one(), name);
    } else if (name == "to") {
      out.to = date_of(one(), name);
    } else if (name == "kind") {
      for (const std::string& kind : values) out.kinds.push_back(statement_type_of(kind));
    } else if (name == "review") {
      for (const std::string& review : values) {
        for (const record::ReviewState state : reviews_named(review)) out.reviews.push_back(state);
      }
    } else {
      refuse(name);
    }
  }
  if (!asked) throw Error(ErrorKind::invalid_input, "the search asks for nothing");
  return out;
}

std::vector<Match> newest_matches(Workspace& workspace, const SavedQuery& query, record::ParagraphRowId after,
                                  std::size_t limit) {
  Found found;
  if (query.all && query.organizations.size() > 1) {
    for (std::size_t at = 0; at < query.organizations.size(); ++at) {
      const Found with_this = found_for(workspace, query, {query.organizations[at]});
      if (at == 0) {
        found = with_this;
      } else {
        std::erase_if(found, [&](const auto& each) { return !with_this.contains(each); });
      }
    }
  } else {
    found = found_for(workspace, query, query.organizations);
  }
  const record::View& view = workspace.record().view();
  std::map<std::string, std::string> read_at;  // of the documents
  std::vector<Match> out;
  for (auto each = found.rbegin(); each != found.rend() && out.size() < limit; ++each) {
    const record::ParagraphRowId row = each->first;
    if (row <= after) break;
    if (!out.empty() && out.back().row == row) continue;  // another statement of the same paragraph
    Match match{.row = row, .citation = view.cite(view.paragraph(row))};
    std::string& time = read_at[match.citation.document];
    if (time.empty()) time = view.document(match.citation.document).read_at;
    match.read_at = time;
    out.push_back(std::move(match));
  }
  return out;
}

}  // namespace mithaq::service
