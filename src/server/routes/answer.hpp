// What the routes have in common: pages of rows, and JSON as text.
#pragma once

#include <nlohmann/json.hpp>

#include "server/api.hpp"
#include "service/acting_person.hpp"

namespace mithaq::server {

// No entry has a higher number: JSON's numbers are exact up to here.
inline constexpr std::uint64_t kSeqMax = std::uint64_t{1} << 53;

// Which rows of an answer are asked for.
struct Page {
  std::size_t offset = 0;
  std::size_t limit = 0;
  // How many rows a service has to give so that this page is full and it is known whether more follow.
  std::size_t rows_needed() const { return offset + limit + 1; }
};

// "limit" and "offset" of a request.
Page page_of(const Call& call);

// {"limit":…,"offset":…,"next_offset":…}: next_offset is null on the last page.
nlohmann::ordered_json page_json(const Page& page, std::size_t rows);

// The rows of a page out of the first rows_needed().
//   json_of  gives the JSON of one row
template <typename Row, typename JsonOf>
nlohmann::ordered_json rows_json(const std::vector<Row>& rows, const Page& page, const JsonOf& json_of) {
  nlohmann::ordered_json out = nlohmann::ordered_json::array();
  for (std::size_t at = page.offset; at < rows.size() && at < page.offset + page.limit; ++at)
    out.push_back(json_of(rows[at]));
  return out;
}

// Bytes that are not UTF-8, which a damaged document may hold, become U+FFFD.
Response json_response(const nlohmann::ordered_json& body, int status = 200);

//   throws  HttpError{401} for a visitor
void require_signed_in(const Call& call);

// How an entry names the one who asks: the account, and the party for which it acts.
service::ActingPerson acting(const Call& call);

// The "reason" that is sent: why, for those who will read the record.
//   throws  Error{invalid_input} if it says nothing
std::string reason_of(const Call& call);

}  // namespace mithaq::server
