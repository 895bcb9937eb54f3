// What a route is given and what it answers: HTTP without sockets.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "service/language.hpp"
#include "service/messages.hpp"

namespace mithaq::server {

// One parameter that a route takes, in its path (":id") or behind the question mark. What a route does not
// name is refused, so that a slip of the pen never reads as "anything". src/server/openapi.json says the same
// to programs, and a test holds the two against each other.
struct Parameter {
  enum class In { query, path };
  enum class Kind { text, number, flag };
  std::string name{};
  In in = In::query;
  Kind kind = Kind::text;
  bool required = false;
  bool repeated = false;        // may be given several times
  std::uint64_t otherwise = 0;  // of a number that is not given
  std::uint64_t most = 0;       // of a number
};

Parameter path_text(std::string name);
Parameter path_number(std::string name, std::uint64_t most);
Parameter required_text(std::string name);
Parameter optional_text(std::string name);
Parameter repeated_text(std::string name);
Parameter optional_flag(std::string name);  // "true" or "false"
Parameter optional_number(std::string name, std::uint64_t otherwise, std::uint64_t most);

// What a request's target says: "/api/v1/find?words=a+b", taken apart and percent-decoded.
struct Target {
  std::vector<std::string> segments{};                         // "api", "v1", "find"
  std::vector<std::pair<std::string, std::string>> queries{};  // "words" → "a b", in their order
};

//   throws  Error{invalid_input} if a "%" is not followed by two hexadecimal digits, a part is not valid
//           UTF-8 or holds a control character, a segment is "." or "..", or there are more than 64
//           parameters
Target parse_target(std::string_view target);

// The values of a request, by the names of its route.
class Parameters {
 public:
  const std::string& text(const std::string& name) const;  // empty if it was not given
  std::vector<std::string> texts(const std::string& name) const;
  std::uint64_t number(const std::string& name) const;
  bool flag(const std::string& name) const;
  bool has(const std::string& name) const { return texts_.contains(name); }

 private:
  friend Parameters read_parameters(const std::vector<Parameter>&, const std::vector<std::string>&,
                                    const std::vector<std::string>&, const Target&);
  std::map<std::string, std::vector<std::string>> texts_{};
  std::map<std::string, std::uint64_t> numbers_{};
};

// Reads what a route takes out of a target that fits its pattern.
//   pattern  the segments of the route, as Target has them: {"documents", ":id"}
//   throws   Error{invalid_input} naming the parameter that is missing, unknown, given twice or no number
Parameters read_parameters(const std::vector<Parameter>& wanted, const std::vector<std::string>& pattern,
                           const std::vector<std::string>& segments, const Target& target);

struct Response {
  int status = 200;
  std::string body{};
  std::string type = "application/json";
  std::vector<std::pair<std::string, std::string>> headers{};
};

struct Request {
  Parameters parameters{};
  service::Language language = service::Language::english;
  std::size_t worker = 0;  // which of the server's workers answers, from 0: each has a place of its own
};

using Handler = std::function<Response(const Request&)>;

// GET (and so HEAD) of one pattern.
struct Route {
  std::string pattern{};  // "/api/v1/documents/:id"
  std::vector<Parameter> parameters{};
  Handler answer{};
  std::uint64_t body_bytes_max = 0;  // what a request may carry; a GET has nothing to carry
};

// The messages in both languages. Loaded once, used by every thread.
struct Languages {
  service::Messages arabic{};
  service::Messages english{};
  static Languages load(const std::filesystem::path& data_folder);
  const service::Messages& in(service::Language language) const;
};

// The language that Accept-Language prefers among ours; English where it names neither.
//   example  "ar-EG,en;q=0.5" is Arabic, "fr, en;q=0.1" is English
service::Language accepted_language(std::string_view accept_language);

// The weight from 0 to 1 that an Accept-… header gives to a word; "*" stands for all it does not name.
//   returns  -1 if it says nothing of it
double accepted_weight(std::string_view header, std::string_view word);

// The one place where a kind of error becomes an HTTP status.
int http_status(ErrorKind kind);

// {"error":{"kind":…,"message":…}}. The kind is that of the error, or of HTTP alone ("method_not_allowed").
Response error_response(int status, std::string_view kind, std::string_view message);

// True for the names under which a browser on this machine speaks to this machine: "localhost:8080",
// "127.0.0.1", "[::1]:8080". A page of another site that has its own name lead here (DNS rebinding) has none
// of them.
bool is_loopback_name(std::string_view host_header);

// True for addresses that nobody outside this machine can reach: "127.0.0.1", "::1", "localhost".
bool is_loopback_address(std::string_view host);

}  // namespace mithaq::server
