// GET, POST /api/v1/searches, DELETE /api/v1/searches/:id, POST /api/v1/searches/:id/seen: questions that an
// account keeps. GET /feeds/:feed: one of them for a reader of feeds (Atom, RFC 4287).
#include <pugixml.hpp>
#include <set>
#include <sstream>

#include "server/routes/account_rows.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/saved_search.hpp"

namespace mithaq::server {

namespace {

using accounts::Accounts;
using accounts::SavedSearch;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t kNewMax = 100;  // counted of one search
constexpr std::size_t kFeedMax = 50;  // entries

// What answers a kept question. A name in it may be gone from the data: then nothing does.
std::vector<service::Match> matches_of(Call& call, const SavedSearch& search, record::ParagraphRowId after,
                                       std::size_t limit) {
  try {
    return service::newest_matches(
        call.workspace, service::saved_query_of(json::parse(search.query, nullptr, false)), after, limit);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::invalid_input && error.kind() != ErrorKind::not_found &&
        error.kind() != ErrorKind::forbidden)
      throw;
    return {};
  }
}

record::ParagraphRowId newest_of(Call& call, const SavedSearch& search) {
  const auto matches = matches_of(call, search, 0, 1);
  return matches.empty() ? 0 : matches.front().row;
}

ordered_json search_json(Call& call, const SavedSearch& search) {
  return {{"id", search.id},
          {"name", search.name},
          {"query", ordered_json::parse(search.query, nullptr, false)},
          {"feed", "/feeds/" + search.token + ".atom"},
          {"created_at", search.created_at},
          {"new", matches_of(call, search, search.seen, kNewMax).size()}};
}

Error no_search(const Call& call) {
  return Error(ErrorKind::not_found, "there is no search \"" + call.parameters.text("id") + "\"");
}

// XML 1.0 has no place for control characters, escaped or not.
std::string plain(std::string text) {
  std::erase_if(text, [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte < 0x20 && letter != '\n' && letter != '\t';
  });
  return text;
}

std::string percent_encoded(const std::string& text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    const bool unreserved = (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') ||
                            (byte >= 'A' && byte <= 'Z') || byte == '-' || byte == '.' || byte == '_';
    if (unreserved) {
      out += letter;
    } else {
      out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
  }
  return out;
}

void add(pugi::xml_node parent, const char* name, const std::string& text) {
  parent.append_child(name).text().set(plain(text).c_str());
}

void add_link(pugi::xml_node parent, const char* relation, const std::string& address) {
  pugi::xml_node link = parent.append_child("link");
  link.append_attribute("rel") = relation;
  link.append_attribute("href") = address.c_str();
}

void add_entry(pugi::xml_node feed, const service::Match& match) {
  const record::Citation& citation = match.citation;
  pugi::xml_node entry = feed.append_child("entry");
  add(entry, "id", "urn:mithaq:" + citation.document + ":" + percent_encoded(citation.paragraph));
  const std::string& named = !citation.symbol.empty()           ? citation.symbol
                             : !citation.document_title.empty() ? citation.document_title
                                                                : citation.document_name;
  add(entry, "title", named + " ¶" + citation.paragraph);
  add(entry, "updated", match.read_at);
  add_link(entry, "alternate", "/documents/" + citation.document + "#" + percent_encoded(citation.paragraph));
  pugi::xml_node content = entry.append_child("content");
  content.append_attribute("type") = "text";
  content.text().set(plain(citation.words).c_str());
}

std::string atom_of(const SavedSearch& search, const std::vector<service::Match>& matches) {
  pugi::xml_document document;
  pugi::xml_node declaration = document.append_child(pugi::node_declaration);
  declaration.append_attribute("version") = "1.0";
  declaration.append_attribute("encoding") = "utf-8";
  pugi::xml_node feed = document.append_child("feed");
  feed.append_attribute("xmlns") = "http://www.w3.org/2005/Atom";
  add(feed, "id", "urn:mithaq:search:" + search.id);
  add(feed, "title", search.name);
  add(feed, "updated", matches.empty() ? search.created_at : matches.front().read_at);
  add(feed.append_child("author"), "name", "Mithaq");
  add_link(feed, "self", "/feeds/" + search.token + ".atom");
  for (const service::Match& match : matches) add_entry(feed, match);
  std::ostringstream out;
  document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
  return std::move(out).str();
}

ApiRoute searches_route() {
  return {.pattern = "/api/v1/searches",
          .answer =
              [](Call& call) {
                ordered_json searches = ordered_json::array();
                for (const SavedSearch& search : accounts_of(call).searches(call.subject.account))
                  searches.push_back(search_json(call, search));
                Response response = json_response({{"searches", searches}});
                response.headers.emplace_back("Cache-Control", "no-store");  // the addresses are rights
                return response;
              },
          .entry = Entry::signed_in};
}

ApiRoute keep_search_route() {
  return {.method = Method::post,
          .pattern = "/api/v1/searches",
          .fields = {required_field("name"), required_field("query", Field::Type::object)},
          .answer =
              [](Call& call) {
                const json& query = call.request.body.value("query");
                const auto asked = service::saved_query_of(query);
                const auto there = service::newest_matches(call.workspace, asked, 0, 1);
                const SavedSearch kept =
                    accounts_of(call).keep_search(call.subject.account, call.request.body.text("name"),
                                                  query.dump(), there.empty() ? 0 : there.front().row);
                Response response = json_response({{"search", search_json(call, kept)}}, 201);
                response.headers.emplace_back("Cache-Control", "no-store");
                return response;
              },
          .entry = Entry::signed_in,
          .action = access::Action::keep_own};
}

ApiRoute remove_search_route() {
  return {.method = Method::remove,
          .pattern = "/api/v1/searches/:id",
          .parameters = {path_text("id")},
          .answer =
              [](Call& call) {
                if (!accounts_of(call).remove_search(call.subject.account, call.parameters.text("id")))
                  throw no_search(call);
                return Response{.status = 204};
              },
          .entry = Entry::signed_in,
          .action = access::Action::keep_own};
}

ApiRoute see_search_route() {
  return {.method = Method::post,
          .pattern = "/api/v1/searches/:id/seen",
          .parameters = {path_text("id")},
          .answer =
              [](Call& call) {
                Accounts& accounts = accounts_of(call);
                for (const SavedSearch& search : accounts.searches(call.subject.account)) {
                  if (search.id != call.parameters.text("id")) continue;
                  accounts.see_search(call.subject.account, search.id, newest_of(call, search));
                  return Response{.status = 204};
                }
                throw no_search(call);
              },
          .entry = Entry::signed_in,
          .action = access::Action::keep_own};
}

ApiRoute feed_route() {
  return {.pattern = "/feeds/:feed",
          .parameters = {path_text("feed")},
          .answer =
              [](Call& call) {
                constexpr std::string_view kEnding = ".atom";
                std::string token = call.parameters.text("feed");
                std::optional<SavedSearch> search;
                if (token.ends_with(kEnding)) {
                  token.resize(token.size() - kEnding.size());
                  search = accounts_of(call).search_of_feed(token);
                }
                if (!search) throw Error(ErrorKind::not_found, "there is no such feed");
                // From here the one who asks is the account: what it may see now, and not when it kept the
                // search.
                call.gate->look_as_owner(call, search->account);
                const auto matches = matches_of(call, *search, 0, kFeedMax);
                std::set<std::string> documents;
                for (const service::Match& match : matches) documents.insert(match.citation.document);
                call.gate->append_read(call, {documents.begin(), documents.end()});
                Response response{.body = atom_of(*search, matches), .type = "application/atom+xml"};
                return response;
              },
          .entry = Entry::anybody};
}

}  // namespace

std::vector<ApiRoute> search_routes() {
  return {searches_route(), keep_search_route(), remove_search_route(), see_search_route(), feed_route()};
}

}  // namespace mithaq::server
