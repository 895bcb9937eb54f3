#include "server/server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <typeinfo>
#include <unordered_set>

#include "server/compression.hpp"
#include "server/event_stream.hpp"
#include "server/upload.hpp"

namespace mithaq::server {

namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kCompressedFrom = 1024;  // bytes: below, compressing saves no packet
constexpr auto kDeadlineLook = std::chrono::milliseconds(200);
// What a client may still send after it was refused in the middle of a body, so that it sees the answer.
constexpr std::uint64_t kLingerBytes = 8 << 20;
constexpr auto kLingerTime = std::chrono::seconds(2);
constexpr std::size_t kStreamBlock = 4096;
// More parameters than any route takes, and fewer than libmicrohttpd has memory for.
constexpr std::ptrdiff_t kAmpersandsMax = 256;

// Headers of every answer: nothing of ours runs, frames or loads anything of others.
constexpr std::array<std::pair<const char*, const char*>, 7> kSecurityHeaders = {{
    {"Content-Security-Policy",
     "default-src 'self'; img-src 'self' data:; style-src 'self'; object-src 'none'; frame-ancestors 'none'; "
     "base-uri 'none'; form-action 'self'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cache-Control", "private, no-cache"},  // may be kept by the browser, must be asked for again (ETag)
}};

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() { close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  int get() const { return number_; }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

// A socket that listens. Made here and not by libmicrohttpd, which does not say why it could not.
Descriptor listening_socket(const std::string& host, std::uint16_t port) {
  const std::string numeric = host == "localhost" ? "127.0.0.1" : host;
  sockaddr_in v4{};
  sockaddr_in6 v6{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(port);
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(port);
  const bool is_v4 = ::inet_pton(AF_INET, numeric.c_str(), &v4.sin_addr) == 1;
  if (!is_v4 && ::inet_pton(AF_INET6, numeric.c_str(), &v6.sin6_addr) != 1)
    throw Error(ErrorKind::invalid_input, "\"" + host + "\" is no address: give 127.0.0.1, ::1 or localhost");
  const auto* address = is_v4 ? reinterpret_cast<sockaddr*>(&v4) : reinterpret_cast<sockaddr*>(&v6);
  const socklen_t length = is_v4 ? sizeof v4 : sizeof v6;

  Descriptor socket(::socket(is_v4 ? AF_INET : AF_INET6, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const int yes = 1;
  if (socket.get() >= 0) ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (socket.get() >= 0 && ::bind(socket.get(), address, length) == 0 &&
      ::listen(socket.get(), SOMAXCONN) == 0) {
    return socket;
  }
  const int problem = errno;
  const std::string place = host + ":" + std::to_string(port);
  if (problem == EADDRINUSE)
    throw Error(ErrorKind::conflict, place + " is taken by another program: give another --port");
  if (problem == EACCES)
    throw Error(ErrorKind::forbidden, "listening on " + place + " is not allowed: give a --port from 1024");
  if (problem == EADDRNOTAVAIL)
    throw Error(ErrorKind::invalid_input, "\"" + host + "\" is no address of this machine");
  throw Error(ErrorKind::unavailable,
              "listening on " + place + " is not possible (" + std::strerror(problem) + ")");
}

std::uint16_t port_of(int socket) {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
  return ntohs(address.ss_family == AF_INET ? reinterpret_cast<sockaddr_in*>(&address)->sin_port
                                            : reinterpret_cast<sockaddr_in6*>(&address)->sin6_port);
}

// A method for the log: a stranger's own words stay out of it.
std::string_view known_method(std::string_view method) {
  for (const std::string_view known : {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}) {
    if (method == known) return known;
  }
  return "other";
}

bool same_header(std::string_view left, std::string_view right) {
  return left.size() == right.size() && ::strncasecmp(left.data(), right.data(), left.size()) == 0;
}

// The last one of a list: what the proxy nearest to us has added itself.
std::string last_of_list(const std::string& list) {
  const std::size_t comma = list.rfind(',');
  const std::size_t begin = list.find_first_not_of(" \t", comma == std::string::npos ? 0 : comma + 1);
  if (begin == std::string::npos) return "";
  return list.substr(begin, list.find_last_not_of(" \t") + 1 - begin);
}

struct Exchange;

// One client's connection and the moment by which it has to have done what it is waited for.
struct Connection {
  int socket = -1;
  SteadyClock::time_point deadline = SteadyClock::time_point::max();
  bool at_work = false;                   // a whole request is there, and its answer is not yet taken
  bool left = false;                      // the client had hung up at the last look
  std::shared_ptr<EventStream> stream{};  // the answer that it is taking, if it is one without end
  // Its address was read, its head not yet. If the rest is refused inside libmicrohttpd, nobody else frees
  // it.
  std::unique_ptr<Exchange> begun{};
};

// One request and its answer.
struct Exchange {
  // head: nothing was looked at yet; admitting: a worker decides on the head alone; receiving: the body
  // comes; answering: a worker has it; refused: the answer was given in the middle of the body, the rest is
  // thrown away.
  enum class Phase { head, admitting, receiving, answering, refused };

  std::string target{};
  const Route* route = nullptr;
  std::string_view method = "other";
  Request request{};
  std::string body{};                // what was sent, as far as the route takes JSON
  std::shared_ptr<Upload> upload{};  // or a file
  Response response{};
  SteadyClock::time_point began{};
  std::uint64_t body_bytes = 0;
  std::uint64_t sent_bytes = 0;  // of the answer's body
  int status = 0;                // 0 until an answer is queued
  Phase phase = Phase::head;
  bool turned_away = false;           // by the route's admit
  std::atomic<bool> answered{false};  // the worker is done with this exchange
  MHD_Connection* connection = nullptr;
};

// A stream of events on its way through libmicrohttpd.
struct StreamUse {
  std::shared_ptr<EventStream> stream;
  MHD_Connection* connection;
};

ssize_t read_stream(void* context, std::uint64_t, char* place, std::size_t most) {
  const auto& use = *static_cast<StreamUse*>(context);
  try {
    const auto count = use.stream->take(place, most, [&] { MHD_suspend_connection(use.connection); });
    return count ? static_cast<ssize_t>(*count) : MHD_CONTENT_READER_END_OF_STREAM;
  } catch (const std::exception&) {
    return MHD_CONTENT_READER_END_WITH_ERROR;
  }
}

void free_stream(void* context) {
  const std::unique_ptr<StreamUse> use(static_cast<StreamUse*>(context));
  use->stream->left();
}

// The headers of a request as they come, and whether another program could part its bytes otherwise.
struct Heads {
  std::map<std::string, std::string, std::less<>>& headers;
  std::size_t hosts = 0, lengths = 0, codings = 0;
  bool control = false;  // a control character in a value
};

// Takes one header of a request into its map.
MHD_Result take_header(void* context, MHD_ValueKind, const char* name, std::size_t name_size,
                       const char* value, std::size_t value_size) {
  try {
    auto& heads = *static_cast<Heads*>(context);
    std::string key(name, name_size);
    for (char& letter : key)
      letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
    const std::string_view text = value == nullptr ? std::string_view() : std::string_view(value, value_size);
    heads.hosts += key == "host" ? 1 : 0;
    heads.lengths += key == "content-length" ? 1 : 0;
    heads.codings += key == "transfer-encoding" ? 1 : 0;
    heads.control = heads.control || std::any_of(text.begin(), text.end(), [](char letter) {
                      return (static_cast<unsigned char>(letter) < 0x20 && letter != '\t') || letter == 0x7F;
                    });
    const auto [at, first] = heads.headers.try_emplace(key, text);
    if (!first && value != nullptr) at->second.append(key == "cookie" ? "; " : ", ").append(text);
    return MHD_YES;
  } catch (const std::exception&) {
    return MHD_NO;
  }
}

// True if two programs may part the bytes of this request in two ways: then one person's request could carry
// another's through a proxy (RFC 9112, section 6.3).
bool is_ambiguous(const Heads& heads) {
  const auto value = [&](std::string_view name) -> std::string_view {
    const auto found = heads.headers.find(name);
    return found == heads.headers.end() ? std::string_view() : std::string_view(found->second);
  };
  if (heads.control || heads.hosts > 1 || heads.lengths > 1 || heads.codings > 1) return true;
  if (heads.codings == 1 && (heads.lengths == 1 || !same_header(value("transfer-encoding"), "chunked")))
    return true;
  const std::string_view length = value("content-length");
  return heads.lengths == 1 &&
         (length.empty() || length.find_first_not_of("0123456789") != std::string_view::npos);
}

std::string address_of(MHD_Connection* connection) {
  const MHD_ConnectionInfo* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  if (info == nullptr || info->client_addr == nullptr) return "";
  std::array<char, INET6_ADDRSTRLEN> text{};
  const sockaddr* address = info->client_addr;
  const void* bytes = address->sa_family == AF_INET
                          ? static_cast<const void*>(&reinterpret_cast<const sockaddr_in*>(address)->sin_addr)
                          : &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr;
  return ::inet_ntop(address->sa_family, bytes, text.data(), text.size()) == nullptr ? "" : text.data();
}

Connection* connection_of(MHD_Connection* connection) {
  const MHD_ConnectionInfo* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == nullptr ? nullptr : static_cast<Connection*>(info->socket_context);
}

}  // namespace

struct Server::Parts {
  struct KnownRoute {
    Route route;
    std::vector<std::string> pattern;
  };

  ServerOptions options;
  const Languages& languages;
  Metrics& metrics;
  std::vector<KnownRoute> routes{};
  std::optional<Route> otherwise{};  // the route "*"
  UploadRoom upload_room;
  Descriptor listening;
  std::uint16_t port = 0;
  MHD_Daemon* daemon = nullptr;

  std::mutex lock{};  // of everything below
  std::condition_variable work{};
  std::condition_variable idle{};     // a request left
  std::condition_variable the_end{};  // `ending` was set
  std::deque<Exchange*> waiting{};
  std::unordered_set<Connection*> connections{};
  std::size_t in_hand = 0;  // requests whose head was read and whose answer was not yet taken
  bool draining = false;    // no new connections; each answer is its connection's last
  bool refusing = false;    // requests without a worker get none
  bool ending = false;      // workers go home
  std::mutex stop_once{};
  std::vector<std::thread> threads{};

  Parts(ServerOptions given, std::vector<Route> known, const Languages& words, Metrics& counters)
      : options(std::move(given)),
        languages(words),
        metrics(counters),
        upload_room(options.uploads_bytes_max),
        listening(listening_socket(options.host, options.port)),
        port(port_of(listening.get())) {
    for (Route& route : known) {
      if (route.pattern == "*") {
        otherwise = std::move(route);
        continue;
      }
      std::vector<std::string> pattern = parse_target(route.pattern).segments;
      routes.push_back({std::move(route), std::move(pattern)});
    }
  }

  // The routes of an address, one for each method that it has; none if there is nothing there.
  std::vector<const KnownRoute*> routes_at(const std::vector<std::string>& segments) const {
    std::vector<const KnownRoute*> found;
    for (const KnownRoute& each : routes) {
      // Another method of the same address, or nothing: the first pattern that fits counts.
      if (!found.empty() && each.pattern != found.front()->pattern) continue;
      if (each.pattern.size() != segments.size()) continue;
      bool fits = true;
      for (std::size_t at = 0; at < segments.size() && fits; ++at) {
        const bool open = each.pattern[at].starts_with(':') && !segments[at].empty();
        fits = open || each.pattern[at] == segments[at];
      }
      if (fits) found.push_back(&each);
    }
    return found;
  }

  Response wrong_method(const std::vector<const KnownRoute*>& known, service::Language language) const {
    std::string allowed;
    for (const KnownRoute* each : known) {
      if (!allowed.empty()) allowed += ", ";
      allowed += name_of(each->route.method);
      if (each->route.method == Method::get) allowed += ", HEAD";
    }
    Response response = failure(405, "method_not_allowed",
                                allowed == "GET, HEAD" ? "this address can only be read"
                                                       : "this address takes other methods: " + allowed,
                                language);
    response.headers.emplace_back("Allow", allowed);
    return response;
  }

  Response failure(int status, std::string_view kind, std::string_view message,
                   service::Language language) const {
    return error_response(status, kind, languages.in(language).say(message));
  }

  Response failure(const HttpError& error, service::Language language) const {
    Response response = failure(error.status(), error.name(), error.what(), language);
    response.headers = error.headers();
    return response;
  }

  void set_deadline(MHD_Connection* connection, SteadyClock::time_point deadline, bool at_work) {
    if (Connection* known = connection_of(connection)) {
      const std::lock_guard guard(lock);
      known->deadline = deadline;
      known->at_work = at_work;
      known->left = false;
    }
  }

  // What can be said as soon as the head is there: an answer, or nothing if a route has to give one.
  std::optional<Response> judge(Exchange& exchange, MHD_Connection* connection, std::string_view method) {
    Request& request = exchange.request;
    Heads heads{.headers = request.headers};
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, &take_header, &heads);
    request.remote = address_of(connection);
    if (options.behind_proxy && is_loopback_address(request.remote)) {
      const std::string named = last_of_list(request.header("x-forwarded-for"));
      if (!named.empty()) request.remote = named;
    }
    request.language = accepted_language(request.header("accept-language"));
    const service::Language language = request.language;
    if (is_ambiguous(heads)) {
      Response response =
          failure(400, name_of(ErrorKind::invalid_input),
                  "the request can be read in two ways: it names its length or its host twice, or not "
                  "as HTTP has it",
                  language);
      response.headers.emplace_back("Connection", "close");
      return response;
    }
    const std::string host = request.header("host");
    if (!answers_to(host))
      return failure(421, "misdirected", "this server does not answer to this name: --name gives it one",
                     language);
    try {
      Target target = parse_target(exchange.target);
      const auto known = routes_at(target.segments);
      if (known.empty() && otherwise && method_named(method) == Method::get) {
        exchange.route = &*otherwise;
        request.path = std::move(target.segments);
        return std::nullopt;
      }
      if (known.empty())
        return failure(404, name_of(ErrorKind::not_found), "there is nothing at this address", language);
      exchange.route = &known.front()->route;
      const auto wanted = method_named(method);
      const auto chosen = std::find_if(known.begin(), known.end(), [&](const KnownRoute* each) {
        return wanted && each->route.method == *wanted;
      });
      if (chosen == known.end()) return wrong_method(known, language);
      const Route& route = (*chosen)->route;
      exchange.route = &route;
      request.method = route.method;
      if (route.method != Method::get && !is_ours(request, host))
        return failure(403, "cross_site", "a page of another site cannot change anything here", language);
      const std::string length = request.header("content-length");
      const bool open_end = !request.header("transfer-encoding").empty();
      // libmicrohttpd has checked that it is a number.
      std::from_chars(length.data(), length.data() + length.size(), request.content_bytes);
      if (request.content_bytes > body_max(route) || (open_end && body_max(route) == 0))
        return failure(413, "too_large", too_large(route), language);
      const std::string type = request.header("content-type");
      if (takes_json(route) && (request.content_bytes > 0 || open_end) &&
          !same_header(type.substr(0, type.find(';')), "application/json"))
        return failure(415, "unsupported_type", "this address takes JSON: Content-Type: application/json",
                       language);
      request.parameters = read_parameters(route.parameters, (*chosen)->pattern, target.segments, target);
      request.path = std::move(target.segments);
    } catch (const Error& error) {
      return failure(http_status(error.kind()), name_of(error.kind()), error.what(), language);
    }
    return std::nullopt;
  }

  // How many bytes a request may carry.
  static std::uint64_t body_max(const Route& route) {
    if (route.method == Method::get) return 0;
    return route.upload_bytes_max > 0 ? route.upload_bytes_max : kJsonBytesMax;
  }
  static bool takes_json(const Route& route) {
    return route.method != Method::get && route.upload_bytes_max == 0;
  }
  static std::string too_large(const Route& route) {
    if (route.upload_bytes_max == 0) return "the request carries more than this address takes";
    return fmt::format("the file is too large: this server takes at most {} MiB",
                       route.upload_bytes_max >> 20);
  }
  // A proxy may have put its own name into Host; Origin is what the browser saw.
  bool is_ours(const Request& request, const std::string& host) const {
    return is_same_site(request, host) ||
           std::any_of(options.host_names.begin(), options.host_names.end(),
                       [&](const std::string& each) { return is_same_site(request, each); });
  }
  bool answers_to(const std::string& host) const {
    if (options.any_host_name || host.empty() || is_loopback_name(host)) return true;
    const std::string name = host.substr(0, host.find(':'));
    return std::any_of(options.host_names.begin(), options.host_names.end(),
                       [&](const std::string& each) { return same_header(each, name); });
  }

  void log_problem(const Exchange& exchange, std::string_view problem) const {
    if (!options.log) return;
    options.log(fmt::format("{{\"level\":\"error\",\"route\":\"{}\",\"problem\":\"{}\"}}",
                            exchange.route == nullptr ? "none" : exchange.route->pattern, problem));
  }

  // Called by a worker: asks the route, and turns what it throws into an answer.
  Response answer(Exchange& exchange) const {
    const service::Language language = exchange.request.language;
    try {
      if (exchange.phase == Exchange::Phase::admitting) {
        exchange.turned_away = true;
        exchange.route->admit(exchange.request);
        exchange.turned_away = false;
        return {};
      }
      if (takes_json(*exchange.route))
        exchange.request.body = read_json_body(exchange.body, exchange.route->fields);
      return exchange.route->answer(exchange.request);
    } catch (const HttpError& error) {
      return failure(error, language);
    } catch (const Error& error) {
      const bool ours = error.kind() == ErrorKind::bug || error.kind() == ErrorKind::corrupt;
      if (ours) log_problem(exchange, name_of(error.kind()));
      // What is wrong inside is for the log and for `mithaq verify`, not for a stranger.
      Response response =
          failure(http_status(error.kind()), name_of(error.kind()),
                  ours ? "something is wrong with this server or its record; its keeper can find out with "
                         "`mithaq verify`"
                       : error.what(),
                  language);
      if (error.kind() == ErrorKind::unavailable) response.headers.emplace_back("Retry-After", "5");
      return response;
    } catch (const std::bad_alloc&) {
      return failure(503, name_of(ErrorKind::unavailable), "not enough memory for this", language);
    } catch (const std::exception& error) {
      log_problem(exchange, typeid(error).name());
      return failure(500, name_of(ErrorKind::bug),
                     "something is wrong with this server or its record; its keeper can find out with "
                     "`mithaq verify`",
                     language);
    }
  }

  // The last touch, also in the worker: the tag, and bytes as they travel.
  static void pack(const Exchange& exchange, Response& response) {
    if (response.stream) return;
    if (response.status == 200 && exchange.request.method == Method::get) {
      const std::string tag = entity_tag(response.body);
      response.headers.emplace_back("ETag", tag);
      if (tag_is_known(exchange.request.header("if-none-match"), tag)) {
        response.status = 304;
        response.body.clear();
      }
    }
    response.headers.emplace_back("Vary", "Accept-Encoding, Accept-Language, Cookie");
    const Coding coding = accepted_coding(exchange.request.header("accept-encoding"));
    const bool coded = std::any_of(response.headers.begin(), response.headers.end(), [](const auto& each) {
      return same_header(each.first, "Content-Encoding");
    });
    if (coded || coding == Coding::identity || response.body.size() < kCompressedFrom) return;
    response.body = compressed(response.body, coding);
    response.headers.emplace_back("Content-Encoding", name_of(coding));
  }

  void run_worker(std::size_t number) {
    for (;;) {
      Exchange* exchange = nullptr;
      bool refused = false;
      {
        std::unique_lock guard(lock);
        work.wait(guard, [&] { return ending || !waiting.empty(); });
        if (waiting.empty()) return;
        exchange = waiting.front();
        waiting.pop_front();
        refused = refusing;
      }
      exchange->request.worker = number;
      try {
        if (refused) exchange->turned_away = true;
        exchange->response = refused ? failure(503, name_of(ErrorKind::unavailable), "the server is stopping",
                                               exchange->request.language)
                                     : answer(*exchange);
        pack(*exchange, exchange->response);
      } catch (const std::exception&) {
        // Out of memory while packing, or for an error's words: an answer without any.
        exchange->response = Response{.status = 503, .body = {}, .headers = {}};
      }
      // After `answered` the exchange belongs to libmicrohttpd's thread again.
      MHD_Connection* const connection = exchange->connection;
      exchange->answered.store(true, std::memory_order_release);
      MHD_resume_connection(connection);
    }
  }

  // True if the client hung up inside a head, seen twice, so that a whole request that came with the hanging
  // up is read first. libmicrohttpd does not notice it where head and end came in one event.
  static bool has_left(Connection& connection) {
    if (connection.at_work) return false;
    pollfd look{.fd = connection.socket, .events = POLLRDHUP, .revents = 0};
    const bool before = connection.left;
    connection.left = ::poll(&look, 1, 0) > 0;
    return before && connection.left;
  }

  // Closes what takes too long. libmicrohttpd's own time-out counts from the last byte, so that one byte now
  // and then would keep a connection for ever.
  void run_deadlines() {
    std::unique_lock guard(lock);
    while (!ending) {
      const auto now = SteadyClock::now();
      std::vector<std::shared_ptr<EventStream>> open, over;
      for (Connection* connection : connections) {
        if (connection->stream) {
          pollfd look{.fd = connection->socket, .events = POLLRDHUP, .revents = 0};
          const bool gone = ::poll(&look, 1, 0) > 0;
          (gone ? over : open).push_back(connection->stream);
          if (!gone && !connection->stream->stuck(options.send_time)) continue;
        } else if (connection->deadline > now && !has_left(*connection)) {
          continue;
        }
        connection->deadline = SteadyClock::time_point::max();
        ::shutdown(connection->socket, SHUT_RDWR);
      }
      // Without our lock: a stream that is woken takes locks of its own.
      guard.unlock();
      for (const auto& stream : open) stream->keep_alive(options.heartbeat);
      for (const auto& stream : over) stream->end();
      guard.lock();
      the_end.wait_for(guard, kDeadlineLook);
    }
  }

  bool too_many_streams() {
    const std::lock_guard guard(lock);
    const auto open = std::count_if(connections.begin(), connections.end(),
                                    [](const Connection* each) { return each->stream != nullptr; });
    return static_cast<std::size_t>(open) >= options.streams_max;
  }

  MHD_Result queue(Exchange& exchange, MHD_Connection* connection, Response response) {
    if (response.stream && too_many_streams())
      response = busy(exchange.request.language, "too many streams of events are open: try again later", 30);
    exchange.response = std::move(response);
    const Response& queued = exchange.response;
    exchange.status = queued.status;
    exchange.sent_bytes = exchange.method == "HEAD" ? 0 : queued.body.size();
    MHD_Response* message = nullptr;
    if (queued.stream) {
      auto use = std::make_unique<StreamUse>(StreamUse{queued.stream, connection});
      queued.stream->on_wake([connection] { MHD_resume_connection(connection); });
      message = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, kStreamBlock, &read_stream, use.get(),
                                                  &free_stream);
      if (message != nullptr) static_cast<void>(use.release());
    } else {
      // The exchange outlives the answer (see on_completed), so that its body need not be copied.
      message = MHD_create_response_from_buffer(queued.body.size(), const_cast<char*>(queued.body.data()),
                                                MHD_RESPMEM_PERSISTENT);
    }
    if (message == nullptr) return MHD_NO;
    if (!queued.body.empty() || queued.stream)
      MHD_add_response_header(message, "Content-Type", queued.type.c_str());
    for (const auto& [name, value] : kSecurityHeaders) {
      const bool replaced = std::any_of(queued.headers.begin(), queued.headers.end(),
                                        [&](const auto& each) { return same_header(each.first, name); });
      if (!replaced) MHD_add_response_header(message, name, value);
    }
    for (const auto& [name, value] : queued.headers)
      MHD_add_response_header(message, name.c_str(), value.c_str());
    {
      const std::lock_guard guard(lock);
      if (draining) MHD_add_response_header(message, "Connection", "close");
      if (draining && queued.stream) queued.stream->end();
      if (Connection* known = connection_of(connection)) known->stream = queued.stream;
    }
    set_deadline(connection, SteadyClock::now() + options.send_time, true);
    const MHD_Result done = MHD_queue_response(connection, static_cast<unsigned>(queued.status), message);
    MHD_destroy_response(message);
    return done;
  }

  // libmicrohttpd calls this with the head of a request, with each part of its body, at its end, and again
  // when a worker has answered.
  MHD_Result step(Exchange& exchange, MHD_Connection* connection, const char* method, const char* bytes,
                  std::size_t* size) {
    using Phase = Exchange::Phase;
    switch (exchange.phase) {
      case Phase::head:
        exchange.began = SteadyClock::now();
        exchange.method = known_method(method);
        exchange.phase = Phase::receiving;
        {
          const std::lock_guard guard(lock);
          ++in_hand;
        }
        // An answer to the head alone must be given now: later, libmicrohttpd can only close.
        if (auto early = judge(exchange, connection, method)) {
          pack(exchange, *early);
          return queue(exchange, connection, std::move(*early));
        }
        return exchange.route->admit ? hand_over(exchange, connection, Phase::admitting) : MHD_YES;
      case Phase::admitting:
        if (!exchange.answered.load(std::memory_order_acquire)) return MHD_YES;
        if (exchange.turned_away) return queue(exchange, connection, std::move(exchange.response));
        return begin_upload(exchange, connection);
      case Phase::receiving:
        if (*size != 0) return receive(exchange, connection, bytes, size);
        exchange.request.upload = exchange.upload;
        return hand_over(exchange, connection, Phase::answering);
      case Phase::answering:
        if (!exchange.answered.load(std::memory_order_acquire)) return MHD_YES;
        return queue(exchange, connection, std::move(exchange.response));
      case Phase::refused:
        exchange.body_bytes += *size;
        if (*size == 0 || exchange.body_bytes > kLingerBytes) return MHD_NO;
        *size = 0;
        return MHD_YES;
    }
    return MHD_NO;
  }

  MHD_Result begin_upload(Exchange& exchange, MHD_Connection* connection) {
    exchange.phase = Exchange::Phase::receiving;
    exchange.answered = false;
    try {
      exchange.upload =
          std::make_shared<Upload>(options.uploads_folder, upload_room, exchange.request.content_bytes);
    } catch (const HttpError& error) {
      return queue(exchange, connection, failure(error, exchange.request.language));
    }
    exchange.began = SteadyClock::now();
    set_deadline(connection, exchange.began + options.head_time, true);
    return MHD_YES;
  }

  MHD_Result receive(Exchange& exchange, MHD_Connection* connection, const char* bytes, std::size_t* size) {
    exchange.body_bytes += *size;
    const std::string_view part(bytes, *size);
    *size = 0;
    const service::Language language = exchange.request.language;
    if (exchange.body_bytes > body_max(*exchange.route))
      return refuse(exchange, connection, failure(413, "too_large", too_large(*exchange.route), language));
    if (!exchange.upload) {
      exchange.body += part;
      return MHD_YES;
    }
    try {
      exchange.upload->append(part);
    } catch (const HttpError& error) {
      return refuse(exchange, connection, failure(error, language));
    }
    // One byte now and then would hold a connection, and room for a file, for ever.
    const auto time = std::chrono::milliseconds(exchange.body_bytes * 1000 / options.upload_bytes_per_second);
    set_deadline(connection, exchange.began + options.head_time + time, true);
    return MHD_YES;
  }

  // Answers in the middle of a body, which libmicrohttpd cannot: writes past it, and lets the client send a
  // little more, since a connection that is closed with bytes unread takes the answer with it.
  MHD_Result refuse(Exchange& exchange, MHD_Connection* connection, const Response& response) {
    exchange.phase = Exchange::Phase::refused;
    exchange.upload.reset();
    exchange.body_bytes = 0;
    exchange.status = response.status;
    std::string text = fmt::format("HTTP/1.1 {} Refused\r\nContent-Type: {}\r\nContent-Length: {}\r\n",
                                   response.status, response.type, response.body.size());
    for (const auto& [name, value] : kSecurityHeaders) text += fmt::format("{}: {}\r\n", name, value);
    for (const auto& [name, value] : response.headers) text += fmt::format("{}: {}\r\n", name, value);
    text += "Connection: close\r\n\r\n" + response.body;
    const int socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    static_cast<void>(::send(socket, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
    ::shutdown(socket, SHUT_WR);
    set_deadline(connection, SteadyClock::now() + kLingerTime, true);
    return MHD_YES;
  }

  // libmicrohttpd takes the parameters of an address apart before it asks us, and where its memory for a
  // request does not suffice it falls silent. Said past it, as in refuse().
  void refuse_unread(MHD_Connection* connection) {
    const Response response = failure(400, name_of(ErrorKind::invalid_input),
                                      "the address has too many parameters", service::Language::english);
    const std::string text = fmt::format(
        "HTTP/1.1 400 Bad Request\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
        response.type, response.body.size(), response.body);
    const int socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    static_cast<void>(::send(socket, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT));
    ::shutdown(socket, SHUT_WR);
    set_deadline(connection, SteadyClock::now() + kLingerTime, true);
  }

  MHD_Result hand_over(Exchange& exchange, MHD_Connection* connection, Exchange::Phase phase) {
    set_deadline(connection, SteadyClock::time_point::max(), true);
    exchange.connection = connection;
    {
      const std::lock_guard guard(lock);
      if (waiting.size() < options.waiting_max) {
        exchange.phase = phase;
        MHD_suspend_connection(connection);
        waiting.push_back(&exchange);
      }
    }
    if (exchange.phase == phase) {
      work.notify_one();
      return MHD_YES;
    }
    return queue(exchange, connection,
                 busy(exchange.request.language, "too many questions at once: ask again in a moment", 1));
  }

  Response busy(service::Language language, std::string_view message, int seconds) const {
    Response response = failure(503, "busy", message, language);
    response.headers.emplace_back("Retry-After", std::to_string(seconds));
    return response;
  }

  // From here on_completed frees the exchange. Once its head was looked at, that is so.
  void take_over(const Exchange& exchange, MHD_Connection* connection) {
    if (exchange.phase != Exchange::Phase::head) return;
    const std::lock_guard guard(lock);
    Connection* known = connection_of(connection);
    if (known != nullptr && known->begun.get() == &exchange) static_cast<void>(known->begun.release());
  }

  void complete(Exchange& exchange, MHD_Connection* connection) {
    const bool known = !exchange.request.header("cookie").empty();
    set_deadline(connection, SteadyClock::now() + (known ? options.idle_time : options.head_time), false);
    if (exchange.phase == Exchange::Phase::head) return;  // ended inside a head: it asked for nothing
    const auto took = SteadyClock::now() - exchange.began;
    const std::string_view route =
        exchange.route == nullptr ? std::string_view("none") : std::string_view(exchange.route->pattern);
    metrics.count(route, exchange.status, took, exchange.sent_bytes);
    if (options.log) {
      options.log(fmt::format(
          "{{\"time\":\"{}\",\"method\":\"{}\",\"route\":\"{}\",\"status\":{},\"ms\":{:.2f},\"bytes\":{}}}",
          options.clock ? record::format_time(options.clock()) : "", exchange.method, route, exchange.status,
          std::chrono::duration<double, std::milli>(took).count(), exchange.sent_bytes));
    }
    const std::lock_guard guard(lock);
    if (Connection* closing = connection_of(connection)) closing->stream.reset();
    --in_hand;
    idle.notify_all();
  }

  // The edges to C: nothing may be thrown through it.
  static void* on_target(void* self, const char* target, MHD_Connection* connection) {
    try {
      auto exchange = std::make_unique<Exchange>();
      exchange->target = target;
      auto& parts = *static_cast<Parts*>(self);
      if (std::count(exchange->target.begin(), exchange->target.end(), '&') > kAmpersandsMax)
        parts.refuse_unread(connection);
      // Between two requests a browser may rest; inside one it may not.
      const std::lock_guard guard(parts.lock);
      Connection* known = connection_of(connection);
      if (known == nullptr) return nullptr;
      known->deadline = std::min(known->deadline, SteadyClock::now() + parts.options.head_time);
      known->begun = std::move(exchange);
      return known->begun.get();
    } catch (const std::exception&) {
      return nullptr;
    }
  }
  static MHD_Result on_request(void* self, MHD_Connection* connection, const char*, const char* method,
                               const char*, const char* bytes, std::size_t* size, void** context) {
    auto* exchange = static_cast<Exchange*>(*context);
    if (exchange == nullptr) return MHD_NO;
    static_cast<Parts*>(self)->take_over(*exchange, connection);
    try {
      return static_cast<Parts*>(self)->step(*exchange, connection, method, bytes, size);
    } catch (const std::exception&) {
      return MHD_NO;
    }
  }
  static void on_completed(void* self, MHD_Connection* connection, void** context,
                           MHD_RequestTerminationCode) {
    const std::unique_ptr<Exchange> exchange(static_cast<Exchange*>(*context));
    *context = nullptr;
    if (!exchange) return;
    static_cast<Parts*>(self)->take_over(*exchange, connection);
    try {
      static_cast<Parts*>(self)->complete(*exchange, connection);
    } catch (const std::exception&) {
      // A line of the log that could not be written stops nobody.
    }
  }
  static void on_connection(void* self, MHD_Connection* connection, void** context,
                            MHD_ConnectionNotificationCode what) {
    auto& parts = *static_cast<Parts*>(self);
    const std::lock_guard guard(parts.lock);
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
      auto known = std::make_unique<Connection>();
      known->socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
      known->deadline = SteadyClock::now() + parts.options.head_time;
      parts.connections.insert(known.get());
      *context = known.release();
    } else {
      const std::unique_ptr<Connection> known(static_cast<Connection*>(*context));
      *context = nullptr;
      parts.connections.erase(known.get());
    }
    parts.metrics.set_connections(parts.connections.size());
  }

  void start() {
    const std::array<MHD_OptionItem, 9> settings = {{
        {MHD_OPTION_LISTEN_SOCKET, listening.get(), nullptr},
        {MHD_OPTION_CONNECTION_LIMIT, static_cast<std::intptr_t>(options.connections_max), nullptr},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, static_cast<std::intptr_t>(options.head_bytes_max), nullptr},
        {MHD_OPTION_STRICT_FOR_CLIENT, 1, nullptr},
        {MHD_OPTION_NOTIFY_COMPLETED, reinterpret_cast<std::intptr_t>(&on_completed), this},
        {MHD_OPTION_NOTIFY_CONNECTION, reinterpret_cast<std::intptr_t>(&on_connection), this},
        {MHD_OPTION_URI_LOG_CALLBACK, reinterpret_cast<std::intptr_t>(&on_target), this},
        {MHD_OPTION_END, 0, nullptr},
    }};
    for (std::size_t number = 0; number < std::max<std::size_t>(options.workers, 1); ++number)
      threads.emplace_back([this, number] { run_worker(number); });
    threads.emplace_back([this] { run_deadlines(); });
    daemon =
        MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, nullptr,
                         nullptr, &on_request, this, MHD_OPTION_ARRAY, settings.data(), MHD_OPTION_END);
  }

  void stop() {
    const std::lock_guard only_once(stop_once);
    if (daemon != nullptr) {
      {
        const std::lock_guard guard(lock);
        draining = true;
      }
      MHD_quiesce_daemon(daemon);
      listening.close();
      std::vector<std::shared_ptr<EventStream>> streams;
      std::unique_lock guard(lock);
      for (const Connection* each : connections) {
        if (each->stream) streams.push_back(each->stream);
      }
      guard.unlock();
      for (const auto& stream : streams) stream->end();
      guard.lock();
      idle.wait_for(guard, options.stop_time, [&] { return in_hand == 0; });
    }
    {
      const std::lock_guard guard(lock);
      refusing = true;
      ending = true;
    }
    work.notify_all();
    the_end.notify_all();
    for (std::thread& thread : threads) thread.join();
    threads.clear();
    // No request is suspended any more, as libmicrohttpd demands.
    if (daemon != nullptr) MHD_stop_daemon(daemon);
    daemon = nullptr;
  }
};

Server::Server(ServerOptions options, std::vector<Route> routes, const Languages& languages, Metrics& metrics)
    : parts_(std::make_unique<Parts>(std::move(options), std::move(routes), languages, metrics)) {
  parts_->start();
  if (parts_->daemon == nullptr) {
    parts_->stop();
    throw Error(ErrorKind::unavailable, "the server could not be started");
  }
}

Server::~Server() {
  parts_->stop();
}

std::uint16_t Server::port() const {
  return parts_->port;
}

void Server::stop() {
  parts_->stop();
}

}  // namespace mithaq::server
