// What a route is given and what it answers: HTTP without sockets.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "server/json_body.hpp"
#include "service/language.hpp"
#include "service/messages.hpp"

namespace mithaq::server {

// What a request wants done. HEAD is answered as GET.
enum class Method { get, post, put, patch, remove };
std::string_view name_of(Method method);  // "GET", "POST", "PUT", "PATCH", "DELETE"
std::optional<Method> method_named(std::string_view name);

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
Parameter required_number(std::string name, std::uint64_t most);
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

class EventStream;
class Upload;

struct Response {
  int status = 200;
  std::string body{};
  std::string type = "application/json";
  // A header named here replaces the one that every answer has; Set-Cookie may stand here several times.
  std::vector<std::pair<std::string, std::string>> headers{};
  std::shared_ptr<EventStream> stream{};  // instead of a body: what is sent to it, until it ends
};

struct Request {
  Method method = Method::get;
  std::vector<std::string> path{};  // the segments of the address
  Parameters parameters{};
  JsonBody body{};
  std::shared_ptr<const Upload> upload{};  // the file that is sent, of a route that takes one
  std::uint64_t content_bytes = 0;         // what the request says that it carries; 0 if it does not say
  service::Language language = service::Language::english;
  std::size_t worker = 0;  // which of the server's workers answers, from 0: each has a place of its own
  // Names in lower case; what came several times is joined as RFC 9110 says, cookies with "; ". For checks,
  // never for the log.
  std::map<std::string, std::string, std::less<>> headers{};
  // Who asks, as an address without its port: the one that a proxy on this machine names, where the server
  // was told to believe it. For limits of rates, never for the log.
  std::string remote{};

  std::string header(std::string_view name) const;  // empty if it was not sent
  std::string cookie(std::string_view name) const;  // empty if it was not sent
};

using Handler = std::function<Response(const Request&)>;

// One method of one address. An address may have several; GET answers HEAD too.
struct Route {
  Method method = Method::get;
  // "/api/v1/documents/:id"; "*" answers GET of every address that no other route has, with any parameters.
  std::string pattern{};
  std::vector<Parameter> parameters{};
  std::vector<Field> fields{};  // of the JSON object that is sent; never of a GET
  Handler answer{};
  std::uint64_t upload_bytes_max = 0;  // takes one file of at most so many bytes, instead of JSON
  // Asked before a file is taken in, when nothing but the head of the request is there: throws what refuses
  // it.
  std::function<void(const Request&)> admit{};
};

// Stops a request with what HTTP alone knows: 401, 413, 415, 429, 507.
class HttpError : public Error {
 public:
  //   example  HttpError(429, "too_many", "too many attempts: wait a minute", {{"Retry-After", "60"}})
  HttpError(int status, std::string kind, const std::string& message,
            std::vector<std::pair<std::string, std::string>> headers = {})
      : Error(ErrorKind::forbidden, message),
        status_(status),
        name_(std::move(kind)),
        headers_(std::move(headers)) {}
  int status() const { return status_; }
  const std::string& name() const { return name_; }
  const std::vector<std::pair<std::string, std::string>>& headers() const { return headers_; }

 private:
  int status_;
  std::string name_;
  std::vector<std::pair<std::string, std::string>> headers_;
};

// The value of one cookie out of a Cookie header; empty if it is not there, or there twice with two values:
// a neighbour's page may have planted the other.
std::string cookie_in(std::string_view cookie_header, std::string_view name);

// True if a request that changes something comes from a page of this very server, or from no page at all: a
// page of another site cannot send it in a person's name.
//   host  the name under which the client asked, with its port: "mithaq.example.org"
bool is_same_site(const Request& request, std::string_view host);

// The messages in all languages. Loaded once, used by every thread.
struct Languages {
  service::Messages arabic{};
  service::Messages english{};
  service::Messages russian{};
  static Languages load(const std::filesystem::path& data_folder);
  const service::Messages& in(service::Language language) const;
};

// The language that Accept-Language prefers among ours; English where it names none.
//   example  "ar-EG,en;q=0.5" is Arabic, "fr, en;q=0.1" is English
service::Language accepted_language(std::string_view accept_language);

// The weight from 0 to 1 that an Accept-… header gives to a word; "*" stands for all it does not name.
//   returns  -1 if it says nothing of it
double accepted_weight(std::string_view header, std::string_view word);

// The one place where a kind of error becomes an HTTP status.
int http_status(ErrorKind kind);

// What an error says, as a sentence that stands by itself: with a capital and a full stop. Errors are written
// as fragments, which the command line puts behind "mithaq: "; here alone they become sentences.
//   example  "the record has no document «x»" is "The record has no document «x»."; what begins with an id, a
//   file or
//            an option begins as it does
std::string whole_sentence(std::string_view fragment);

// {"error":{"kind":…,"message":…}}. The kind is that of the error, or of HTTP alone ("method_not_allowed");
// the message is a whole sentence.
Response error_response(int status, std::string_view kind, std::string_view message);

// True for the names under which a browser on this machine speaks to this machine: "localhost:8080",
// "127.0.0.1", "[::1]:8080". A page of another site that has its own name lead here (DNS rebinding) has none
// of them.
bool is_loopback_name(std::string_view host_header);

// True for addresses that nobody outside this machine can reach: "127.0.0.1", "::1", "localhost".
bool is_loopback_address(std::string_view host);

}  // namespace mithaq::server
