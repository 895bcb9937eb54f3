// Answers as they travel: compressed where the client can read that, with a tag by which it asks again.
#pragma once

#include <string>
#include <string_view>

namespace mithaq::server {

enum class Coding { identity, gzip, deflate };

// What Accept-Encoding prefers among ours; gzip where it likes both alike.
Coding accepted_coding(std::string_view accept_encoding);
std::string_view name_of(Coding coding);  // "gzip", …

// RFC 1952 for gzip, RFC 1950 for deflate (what HTTP calls so).
std::string compressed(std::string_view bytes, Coding coding);

// A weak entity tag: the same answer has the same, however it was compressed.
std::string entity_tag(std::string_view body);
// True if If-None-Match holds the tag, or "*".
bool tag_is_known(std::string_view if_none_match, std::string_view tag);

}  // namespace mithaq::server
