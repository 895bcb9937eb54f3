// The server under friends and attackers, on a real socket.
#include "server/server.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <csignal>
#include <fstream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "server/event_stream.hpp"
#include "server/test_client.hpp"
#include "server/upload.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::server {
namespace {

using namespace std::chrono_literals;
using test_client::Client;
using test_client::Reply;
using test_client::request;

class ServerTest : public ::testing::Test {
 protected:
  void start(ServerOptions options = {}) {
    options.port = 0;
    options.log = [this](const std::string& line) {
      const std::lock_guard guard(lock_);
      lines_.push_back(line);
    };
    server_ = std::make_unique<Server>(std::move(options), routes(), languages_, metrics_);
  }
  std::uint16_t port() const { return server_->port(); }
  std::vector<std::string> lines() {
    const std::lock_guard guard(lock_);
    return lines_;
  }

  std::vector<Route> routes() {
    return {
        {.pattern = "/hello",
         .parameters = {optional_text("name")},
         .answer =
             [](const Request& asked) { return Response{.body = "hello " + asked.parameters.text("name")}; }},
        {.pattern = "/thing/:id",
         .parameters = {path_text("id")},
         .answer = [](const Request& asked) { return Response{.body = asked.parameters.text("id")}; }},
        {.pattern = "/long",
         .answer = [](const Request&) { return Response{.body = std::string(100'000, 'x')}; }},
        {.pattern = "/slow",
         .answer =
             [this](const Request&) {
               ++slow_running_;
               while (!let_go_) std::this_thread::sleep_for(1ms);
               return Response{.body = "at last"};
             }},
        {.method = Method::post,
         .pattern = "/taking",
         .fields = {optional_field("note")},
         .answer =
             [](const Request& asked) {
               Response response{.status = 201, .body = asked.body.text("note")};
               response.headers = {
                   {"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}, {"Cache-Control", "no-store"}};
               return response;
             }},
        {.method = Method::remove,
         .pattern = "/taking",
         .answer = [](const Request&) { return Response{.status = 204}; }},
        {.method = Method::post,
         .pattern = "/files",
         .answer =
             [](const Request& asked) {
               const std::string_view bytes = asked.upload->bytes();
               return Response{.status = 202,
                               .body = std::to_string(bytes.size()) + std::string(bytes.substr(0, 4))};
             },
         .upload_bytes_max = kUploadMax,
         .admit =
             [this](const Request& asked) {
               ++admitted_;
               if (asked.header("x-secret") != "yes")
                 throw HttpError(401, "unauthenticated", "too many questions at once: ask again in a moment");
             }},
        {.pattern = "/events",
         .answer =
             [this](const Request&) {
               Response response{.type = "text/event-stream", .stream = std::make_shared<EventStream>()};
               response.stream->send("retry: 1000\n\n");
               const std::lock_guard guard(lock_);
               streams_.push_back(response.stream);
               return response;
             }},
        {.pattern = "*",
         .answer = [](const Request& asked) -> Response {
           if (asked.path.front() != "page")
             throw Error(ErrorKind::not_found, "there is nothing at this address");
           return {.body = "<p>", .type = "text/html", .headers = {{"Content-Encoding", "br"}}};
         }},
        {.pattern = "/asking",
         .answer =
             [](const Request& asked) {
               return Response{.body = asked.remote + ' ' + asked.cookie("c") + ' ' + asked.header("x-a")};
             }},
        {.pattern = "/limited",
         .answer = [](const Request&) -> Response {
           throw HttpError(429, "too_many", "too many questions at once: ask again in a moment",
                           {{"Retry-After", "60"}});
         }},
        {.pattern = "/missing",
         .answer = [](const Request&) -> Response {
           throw Error(ErrorKind::not_found, "the record has no document \"X\"");
         }},
        {.pattern = "/broken",
         .answer = [](const Request&) -> Response { throw std::runtime_error("secret words"); }}};
  }

  static constexpr std::uint64_t kUploadMax = 4 << 20;
  std::atomic<int> admitted_{0};
  std::vector<std::shared_ptr<EventStream>> streams_{};
  std::shared_ptr<EventStream> stream(std::size_t number) {
    const std::lock_guard guard(lock_);
    return number < streams_.size() ? streams_[number] : nullptr;
  }
  std::atomic<bool> let_go_{false};
  std::atomic<int> slow_running_{0};
  std::mutex lock_{};
  std::vector<std::string> lines_{};
  const Languages languages_ = Languages::load(test::data());
  Metrics metrics_{};
  std::unique_ptr<Server> server_{};
};

std::size_t resident_kilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stoul(line.substr(6));
  }
  return 0;
}

std::string error_kind(const Reply& reply) {
  const auto body = nlohmann::json::parse(reply.body, nullptr, false);
  return body.is_object() && body.contains("error") ? body["error"].value("kind", "") : "";
}

TEST_F(ServerTest, AnswersWithSafeHeaders) {
  start();
  const Reply reply = request(port(), "/hello?name=%D8%B3");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, "hello س");
  EXPECT_EQ(reply.headers.at("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(reply.headers.at("Referrer-Policy"), "no-referrer");
  EXPECT_NE(reply.headers.at("Content-Security-Policy").find("default-src 'self'"), std::string::npos);
  EXPECT_NE(reply.headers.at("Content-Security-Policy").find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(request(port(), "/thing/A%2F55").body, "A/55");
}

TEST_F(ServerTest, KeepsAConnectionForManyRequests) {
  start();
  Client client(port());
  for (int each = 0; each < 50; ++each) {
    client.send("GET /hello?name=" + std::to_string(each) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_EQ(client.receive().body, "hello " + std::to_string(each));
  }
}

TEST_F(ServerTest, SaysWhatIsWrongInTheLanguageOfTheClient) {
  start();
  EXPECT_EQ(request(port(), "/nothing").status, 404);
  EXPECT_EQ(error_kind(request(port(), "/nothing")), "not_found");
  EXPECT_EQ(request(port(), "/missing").status, 404);
  EXPECT_NE(request(port(), "/missing").body.find("The record has no document"), std::string::npos);
  EXPECT_NE(request(port(), "/missing", "Accept-Language: ar\r\n").body.find("ليس في السجل"),
            std::string::npos);
  for (const char* target : {"/nothing", "/hello?other=1", "/hello?name=1&name=2", "/%ff", "/%zz", "/../x"}) {
    EXPECT_NE(request(port(), target, "Accept-Language: ar\r\n").body.find("ا"), std::string::npos)
        << target << ": every message has its translation";
  }
}

TEST_F(ServerTest, HidesWhatIsBrokenInside) {
  start();
  const Reply reply = request(port(), "/broken");
  EXPECT_EQ(reply.status, 500);
  EXPECT_EQ(error_kind(reply), "bug");
  EXPECT_EQ(reply.body.find("secret"), std::string::npos);
}

TEST_F(ServerTest, KnowsTheMethodsOfAnAddress) {
  start();
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW"}) {
    const Reply reply = request(port(), "/hello", "", method);
    EXPECT_EQ(reply.status, 405) << method;
    EXPECT_EQ(reply.headers.at("Allow"), "GET, HEAD");
    EXPECT_EQ(request(port(), "/nothing", "", method).status, 404);
  }
  for (const char* method : {"GET", "PUT", "PATCH"}) {
    const Reply reply = request(port(), "/taking", "", method);
    EXPECT_EQ(reply.status, 405) << method;
    EXPECT_EQ(reply.headers.at("Allow"), "POST, DELETE");
  }
  EXPECT_EQ(request(port(), "/taking", "", "DELETE").status, 204);
  const Reply head = request(port(), "/hello?name=x", "", "HEAD");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.at("Content-Length"), "7");
}

// A POST of JSON.
Reply post(std::uint16_t port, const std::string& target, const std::string& body,
           const std::string& more = "Content-Type: application/json\r\n") {
  Client client(port);
  client.send("POST " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more +
              "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  return client.receive();
}

TEST_F(ServerTest, TakesSmallJson) {
  start();
  const Reply reply = post(port(), "/taking", R"({"note":"شكرا"})");
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.body, "شكرا");
  EXPECT_EQ(reply.headers.at("Cache-Control"), "no-store") << "in the place of the usual one";
  EXPECT_EQ(reply.headers.at("Set-Cookie"), "b=2") << "the last of both";
  EXPECT_EQ(reply.headers.count("ETag"), 0u);
  const Reply malformed =
      post(port(), "/taking", R"({"note":)", "Content-Type: application/json\r\nAccept-Language: ar\r\n");
  EXPECT_EQ(malformed.status, 400);
  EXPECT_NE(malformed.body.find('9'), std::string::npos) << "the place is named: " << malformed.body;
  EXPECT_EQ(malformed.body.find("does not fit"), std::string::npos) << "in Arabic";
  EXPECT_EQ(post(port(), "/taking", R"({"colour":1})").status, 400);
  EXPECT_EQ(post(port(), "/taking", R"({"note":1})").status, 400);
  EXPECT_EQ(post(port(), "/taking", "").status, 201);
  EXPECT_EQ(post(port(), "/taking", "a=b", "Content-Type: application/x-www-form-urlencoded\r\n").status,
            415);
  EXPECT_EQ(post(port(), "/taking", "{}", "Content-Type: application/json; charset=utf-8\r\n").status, 201);
  EXPECT_EQ(post(port(), "/taking", "{\"note\":\"" + std::string(kJsonBytesMax, 'x') + "\"}").status, 413);
}

TEST_F(ServerTest, TakesNothingFromPagesOfOtherSites) {
  start();
  const std::string json = "Content-Type: application/json\r\n";
  for (const char* from :
       {"Origin: http://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n",
        "Sec-Fetch-Site: same-site\r\n", "Origin: http://localhost:1\r\n"}) {
    const Reply reply = post(port(), "/taking", "{}", json + from);
    EXPECT_EQ(reply.status, 403) << from;
    EXPECT_EQ(error_kind(reply), "cross_site") << from;
  }
  EXPECT_EQ(
      post(port(), "/taking", "{}", json + "Origin: http://localhost\r\nSec-Fetch-Site: same-origin\r\n")
          .status,
      201);
  EXPECT_EQ(request(port(), "/hello", "Origin: http://evil.example\r\n").status, 200)
      << "reading changes nothing";
}

TEST_F(ServerTest, GivesRoutesCookiesHeadersAndWhoAsks) {
  start();
  EXPECT_EQ(request(port(), "/asking", "Cookie: b=1; c=yes\r\nX-A: 1\r\nX-A: 2\r\n").body,
            "127.0.0.1 yes 1, 2");
  EXPECT_EQ(request(port(), "/asking", "Cookie: c=yes\r\nCookie: c=no\r\n").body, "127.0.0.1  ")
      << "which one?";
  EXPECT_EQ(request(port(), "/asking", "X-Forwarded-For: 10.0.0.1\r\n").body, "127.0.0.1  ")
      << "not told to believe";
  server_.reset();
  start({.behind_proxy = true});
  EXPECT_EQ(request(port(), "/asking", "X-Forwarded-For: 6.6.6.6, 10.0.0.1\r\n").body, "10.0.0.1  ");
}

const std::string kSecret = "X-Secret: yes\r\n";

TEST_F(ServerTest, TakesFiles) {
  start();
  EXPECT_EQ(post(port(), "/files", "abcdef", kSecret).body, "6abcd");
  EXPECT_EQ(post(port(), "/files", "", kSecret).body, "0");
  const Reply large = post(port(), "/files", std::string(kUploadMax, 'x'), kSecret);
  EXPECT_EQ(large.status, 202);
  EXPECT_EQ(large.body, std::to_string(kUploadMax) + "xxxx");
  Client client(port());
  client.send(
      "POST /files HTTP/1.1\r\nHost: localhost\r\nX-Secret: yes\r\nTransfer-Encoding: chunked\r\n\r\n");
  client.send("3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");
  EXPECT_EQ(client.receive().body, "7abcd");
  client.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.receive().status, 200) << "the connection goes on";
  Client polite(port());
  polite.send(
      "POST /files HTTP/1.1\r\nHost: localhost\r\nX-Secret: yes\r\nContent-Length: 3\r\nExpect: "
      "100-continue\r\n\r\n");
  EXPECT_EQ(polite.receive_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
  polite.send("abc");
  EXPECT_EQ(polite.receive().body, "3abc");
}

TEST_F(ServerTest, RefusesFilesBeforeTheyAreSent) {
  start();
  // Nothing of the body is sent: the answer must not wait for it.
  const Reply stranger = request(port(), "/files", "Content-Length: 1000\r\n", "POST");
  EXPECT_EQ(stranger.status, 401);
  EXPECT_EQ(error_kind(stranger), "unauthenticated");
  EXPECT_EQ(admitted_, 1);
  const Reply large = request(port(), "/files",
                              kSecret + "Content-Length: " + std::to_string(kUploadMax + 1) + "\r\n", "POST");
  EXPECT_EQ(large.status, 413);
  EXPECT_NE(large.body.find("4 MiB"), std::string::npos);
  EXPECT_EQ(admitted_, 1);
  Client polite(port());
  polite.send("POST /files HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(polite.receive().status, 401) << "in the place of 100";
}

TEST_F(ServerTest, RefusesFilesThatGrowTooLarge) {
  start();
  Client client(port());
  client.send(
      "POST /files HTTP/1.1\r\nHost: localhost\r\nX-Secret: yes\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "100000\r\n" + std::string(1 << 20, 'a') + "\r\n";
  for (int each = 0; each < 6; ++each) client.send(chunk);
  const Reply reply = client.receive();
  EXPECT_EQ(reply.status, 413) << "in the middle of the body";
  EXPECT_EQ(error_kind(reply), "too_large");
  EXPECT_TRUE(client.closed_by_server());
  // Whoever goes on sending is cut off.
  Client flood(port());
  flood.send(
      "POST /files HTTP/1.1\r\nHost: localhost\r\nX-Secret: yes\r\nTransfer-Encoding: chunked\r\n\r\n");
  int sent = 0;
  while (sent < 200 && flood.send(chunk) == chunk.size()) ++sent;
  EXPECT_LT(sent, 40);
  EXPECT_EQ(request(port(), "/hello").status, 200);
}

TEST_F(ServerTest, BoundsFilesOnTheirWay) {
  start({.uploads_bytes_max = 3 << 20});
  Client first(port());
  first.send(
      "POST /files HTTP/1.1\r\nHost: localhost\r\nX-Secret: yes\r\nContent-Length: 3145728\r\n\r\nabc");
  std::this_thread::sleep_for(200ms);
  const Reply second = request(port(), "/files", kSecret + "Content-Length: 100\r\n", "POST");
  EXPECT_EQ(second.status, 503);
  EXPECT_EQ(error_kind(second), "busy");
  first.send(std::string(3145728 - 3, 'x'));
  EXPECT_EQ(first.receive().status, 202);
  std::this_thread::sleep_for(50ms);
  EXPECT_EQ(post(port(), "/files", "abc", kSecret).status, 202) << "room again";
}

TEST_F(ServerTest, LeavesClientsThatSendFilesSlowly) {
  start({.head_time = 300ms});
  Client slow(port()), half(port());
  const std::string head =
      "POST /files HTTP/1.1\r\nHost: localhost\r\nX-Secret: yes\r\nContent-Length: 100000\r\n\r\n";
  slow.send(head);
  half.send(head + "abc");
  const auto until = std::chrono::steady_clock::now() + 2s;
  while (std::chrono::steady_clock::now() < until && slow.send("x") == 1) std::this_thread::sleep_for(50ms);
  EXPECT_LT(std::chrono::steady_clock::now(), until) << "one byte now and then does not hold it";
  EXPECT_TRUE(half.closed_by_server()) << "nor does silence";
  EXPECT_EQ(request(port(), "/hello").status, 200);
}

TEST_F(ServerTest, RefusesFilesWhenTheDiskIsFull) {
  start();
  // A limit on the size of files stands for the disk.
  ::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit limit{.rlim_cur = 1 << 20, .rlim_max = before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  const Reply reply = post(port(), "/files", std::string(2 << 20, 'x'), kSecret);
  ::setrlimit(RLIMIT_FSIZE, &before);
  EXPECT_EQ(reply.status, 507);
  EXPECT_EQ(error_kind(reply), "no_space");
  server_.reset();
  start({.uploads_folder = "/nowhere-at-all"});
  const Reply nowhere = post(port(), "/files", "abc", kSecret);
  EXPECT_EQ(nowhere.status, 503);
  EXPECT_EQ(error_kind(nowhere), "unavailable");
}

TEST_F(ServerTest, StreamsEvents) {
  start({.heartbeat = 300ms});
  Client client(port());
  client.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  const std::string head = client.receive_until("retry: 1000\n\n");
  EXPECT_NE(head.find("text/event-stream"), std::string::npos);
  EXPECT_EQ(head.find("ETag"), std::string::npos);
  stream(0)->send(event_text("job", "{\"part\":0.5}", "7"));
  EXPECT_NE(client.receive_until("id: 7\nevent: job\ndata: {\"part\":0.5}\n\n"), "");
  EXPECT_NE(client.receive_until(":\n\n"), "") << "a sign of life";
  stream(0)->send(event_text("session", "{\"ended\":true}"));
  stream(0)->end();
  EXPECT_NE(client.receive_until("event: session\ndata: {\"ended\":true}\n\n"), "")
      << "what was sent before the end";
  EXPECT_NE(client.receive_until("0\r\n\r\n"), "");
  client.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.receive().status, 200);
}

TEST_F(ServerTest, HoldsManyStreamsWithoutThreads) {
  start({.workers = 2, .streams_max = 100});
  std::vector<std::unique_ptr<Client>> clients;
  for (int each = 0; each < 100; ++each) {
    clients.push_back(std::make_unique<Client>(port()));
    clients.back()->send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
    EXPECT_NE(clients.back()->receive_until("retry"), "");
  }
  EXPECT_EQ(request(port(), "/hello").status, 200);
  const Reply more = request(port(), "/events");
  EXPECT_EQ(more.status, 503);
  for (std::size_t each = 0; each < 100; ++each) stream(each)->send(event_text("job", "{}"));
  for (auto& client : clients) EXPECT_NE(client->receive_until("event: job"), "");
  // Those that left are noticed, and make room.
  clients.resize(50);
  std::this_thread::sleep_for(600ms);
  Client late(port());
  late.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_NE(late.receive_until("retry"), "");
  EXPECT_TRUE(stream(99)->ended());
  const auto began = std::chrono::steady_clock::now();
  server_->stop();
  EXPECT_LT(std::chrono::steady_clock::now() - began, 3s) << "open streams do not hold the stop up";
  EXPECT_NE(clients.front()->receive_until("0\r\n\r\n"), "") << "they are ended, not cut";
}

TEST_F(ServerTest, LeavesStreamsThatAreNotTaken) {
  start({.send_time = 500ms});
  Client client(port());
  client.send("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_NE(client.receive_until("retry"), "");
  // More than the sockets' buffers and the stream's queue hold.
  const std::string data(60'000, 'x');
  for (int each = 0; each < 400 && !stream(0)->ended(); ++each) {
    stream(0)->send(event_text("job", data));
    std::this_thread::sleep_for(1ms);
  }
  EXPECT_TRUE(stream(0)->ended());
  EXPECT_EQ(request(port(), "/hello").status, 200);
}

TEST_F(ServerTest, AnswersTheRestWithThePage) {
  start();
  const Reply page = request(port(), "/page/x?anything=1", "Accept-Encoding: gzip\r\n");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.headers.at("Content-Type"), "text/html");
  EXPECT_EQ(page.headers.at("Content-Encoding"), "br") << "packed already";
  EXPECT_EQ(request(port(), "/other").status, 404);
  EXPECT_EQ(request(port(), "/page", "", "POST").status, 404);
}

TEST_F(ServerTest, SaysWhatHttpAloneKnows) {
  start();
  const Reply reply = request(port(), "/limited");
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(error_kind(reply), "too_many");
  EXPECT_EQ(reply.headers.at("Retry-After"), "60");
}

TEST_F(ServerTest, CompressesAndRevalidates) {
  start();
  const Reply plain = request(port(), "/long");
  EXPECT_EQ(plain.body.size(), 100'000u);
  for (const char* coding : {"gzip", "deflate"}) {
    const Reply packed = request(port(), "/long", std::string("Accept-Encoding: ") + coding + "\r\n");
    EXPECT_EQ(packed.headers.at("Content-Encoding"), coding);
    EXPECT_LT(packed.body.size(), 2000u);
    EXPECT_EQ(test_client::inflated(packed.body), plain.body);
    EXPECT_EQ(packed.headers.at("ETag"), plain.headers.at("ETag"));
  }
  const Reply again = request(port(), "/long", "If-None-Match: " + plain.headers.at("ETag") + "\r\n");
  EXPECT_EQ(again.status, 304);
  EXPECT_TRUE(again.body.empty());
  EXPECT_EQ(request(port(), "/long", "If-None-Match: \"other\"\r\n").status, 200);
}

TEST_F(ServerTest, RefusesTricksWithAddresses) {
  start();
  for (const char* target : {"/../etc/passwd", "/thing/%2e%2e", "/thing/..", "/thing/%00", "/%", "/%2",
                             "/hello?name=%ff", "/thing/%C0%AF", "/hello?name=%0d%0aX:%20y"}) {
    const Reply reply = request(port(), target);
    EXPECT_EQ(reply.status, 400) << target;
    EXPECT_EQ(error_kind(reply), "invalid_input") << target;
  }
  EXPECT_EQ(request(port(), "/hello/").status, 404);
  EXPECT_EQ(request(port(), "//hello").status, 404);
  EXPECT_EQ(request(port(), "/thing/").status, 404);
}

TEST_F(ServerTest, AnswersOnlyToNamesOfThisMachine) {
  start();
  Client client(port());
  client.send("GET /hello HTTP/1.1\r\nHost: rebound.example\r\n\r\n");
  EXPECT_EQ(client.receive().status, 421) << "DNS rebinding";
  server_.reset();
  start({.any_host_name = true});
  Client other(port());
  other.send("GET /hello HTTP/1.1\r\nHost: desk.example\r\n\r\n");
  EXPECT_EQ(other.receive().status, 200);
  server_.reset();
  start({.host_names = {"desk.example"}});
  Client named(port());
  named.send("GET /hello HTTP/1.1\r\nHost: Desk.example:443\r\n\r\n");
  EXPECT_EQ(named.receive().status, 200);
  Client rebound(port());
  rebound.send("GET /hello HTTP/1.1\r\nHost: rebound.example\r\n\r\n");
  EXPECT_EQ(rebound.receive().status, 421);
}

TEST_F(ServerTest, BoundsHeadersAndBodies) {
  start();
  request(port(), "/hello");
  const std::size_t before = resident_kilobytes();
  const std::string megabyte(1 << 20, 'a');
  const auto flood = [&](const std::string& head, const std::string& part, int parts) {
    Client client(port());
    std::size_t sent = client.send(head);
    for (int each = 0; each < parts; ++each) {
      const std::size_t took = client.send(part);
      sent += took;
      if (took < part.size()) break;
    }
    return sent;
  };
  std::string thousand_headers;
  for (int each = 0; each < 1000; ++each) thousand_headers += "X-A: " + std::string(1000, 'b') + "\r\n";
  // What the sockets' own buffers may take before the server's refusal is noticed.
  constexpr std::size_t kBuffered = 16 << 20;
  EXPECT_LT(flood("GET /hello HTTP/1.1\r\nHost: localhost\r\n", thousand_headers, 50), kBuffered);
  EXPECT_LT(flood("GET /hello HTTP/1.1\r\nX: ", megabyte, 200), kBuffered) << "a header without an end";
  EXPECT_LT(flood("GET /", megabyte, 200), kBuffered) << "an address without an end";
  const std::string chunk = "100000\r\n" + megabyte + "\r\n";
  for (const char* begin : {"GET /hello", "POST /taking"}) {
    const std::string get =
        std::string(begin) + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    EXPECT_LT(flood(get + "Transfer-Encoding: chunked\r\n\r\n", chunk, 200), kBuffered) << begin;
    EXPECT_LT(flood(get + "Content-Length: 209715200\r\n\r\n", megabyte, 200), kBuffered) << begin;
  }
  EXPECT_LT(resident_kilobytes(), before + 32 * 1024) << "memory stays bounded";
  EXPECT_EQ(request(port(), "/hello", "Content-Length: 5\r\n").status, 413);
  EXPECT_EQ(request(port(), "/hello", "Transfer-Encoding: chunked\r\n").status, 413);
  EXPECT_EQ(request(port(), "/taking", "Content-Length: 65537\r\n", "POST").status, 413);
  EXPECT_EQ(request(port(), "/hello?name=" + std::string(60'000, 'x')).status, 414);
  EXPECT_EQ(request(port(), "/hello").status, 200) << "and the next client is served";
}

TEST_F(ServerTest, ClosesConnectionsThatSayNothingWhole) {
  start({.connections_max = 64, .head_time = 300ms});
  std::vector<std::unique_ptr<Client>> silent;
  for (int each = 0; each < 150; ++each) silent.push_back(std::make_unique<Client>(port()));
  for (std::size_t each = 0; each < silent.size(); each += 2) silent[each]->send("GET /hel");
  // One byte now and then does not help either.
  Client dripping(port());
  const auto until = std::chrono::steady_clock::now() + 1500ms;
  while (std::chrono::steady_clock::now() < until && dripping.send("x") == 1)
    std::this_thread::sleep_for(50ms);
  EXPECT_TRUE(dripping.closed_by_server());
  EXPECT_EQ(request(port(), "/hello").status, 200);
  silent.front()->set_patience(2s);
  EXPECT_TRUE(silent.front()->closed_by_server());
}

TEST_F(ServerTest, NoticesClientsThatLeaveInsideAHead) {
  start({.connections_max = 64});
  for (int each = 0; each < 60; ++each) Client(port()).send("GET /hello HTTP/1.1\r\nHost: x");
  // Far below the ten seconds that a head may take.
  std::vector<std::unique_ptr<Client>> next;
  for (int each = 0; each < 60; ++each) {
    next.push_back(std::make_unique<Client>(port()));
    next.back()->set_patience(3s);
    next.back()->send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  for (auto& client : next) EXPECT_EQ(client->receive().status, 200);
}

TEST_F(ServerTest, ClosesConnectionsThatDoNotTakeTheirAnswer) {
  start({.head_time = 500ms, .send_time = 300ms});
  Client client(port());
  std::string many;
  for (int each = 0; each < 100; ++each) many += "GET /long HTTP/1.1\r\nHost: localhost\r\n\r\n";
  client.send(many);
  std::this_thread::sleep_for(1s);
  int answers = 0;
  while (answers < 100 && client.receive().body.size() == 100'000) ++answers;
  EXPECT_LT(answers, 100);
  EXPECT_EQ(request(port(), "/hello").status, 200);
}

TEST_F(ServerTest, RefusesMoreQuestionsThanCanWait) {
  start({.workers = 1, .waiting_max = 2});
  std::vector<std::unique_ptr<Client>> clients;
  for (int each = 0; each < 6; ++each) {
    clients.push_back(std::make_unique<Client>(port()));
    clients.back()->send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
    if (each == 0) {
      while (slow_running_ == 0) std::this_thread::sleep_for(1ms);
    }
  }
  std::this_thread::sleep_for(100ms);
  let_go_ = true;
  int answered = 0, busy = 0;
  for (auto& client : clients) {
    const Reply reply = client->receive();
    answered += reply.status == 200 ? 1 : 0;
    busy += reply.status == 503 && error_kind(reply) == "busy" ? 1 : 0;
  }
  EXPECT_EQ(answered, 3) << "one at work, two waiting";
  EXPECT_EQ(busy, 3);
}

TEST_F(ServerTest, StopsWhenTheRequestsInHandAreDone) {
  start();
  Client client(port());
  client.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
  while (slow_running_ == 0) std::this_thread::sleep_for(1ms);
  const std::uint16_t port_before = port();
  std::thread stopping([&] { server_->stop(); });
  std::this_thread::sleep_for(100ms);
  EXPECT_FALSE(Client(port_before).connected()) << "new connections are refused at once";
  let_go_ = true;
  const Reply reply = client.receive();
  EXPECT_EQ(reply.body, "at last");
  EXPECT_EQ(reply.headers.at("Connection"), "close");
  stopping.join();
}

TEST_F(ServerTest, SurvivesClientsThatLeave) {
  start({.workers = 2});
  for (int each = 0; each < 20; ++each) {
    Client client(port());
    client.send("GET /slow HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }
  while (slow_running_ < 2) std::this_thread::sleep_for(1ms);
  let_go_ = true;
  EXPECT_EQ(request(port(), "/hello").status, 200);
}

TEST_F(ServerTest, SaysThatThePortIsTaken) {
  start();
  ServerOptions same{.port = port()};
  try {
    const Server second(same, routes(), languages_, metrics_);
    FAIL() << "two servers on one port";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::conflict);
    EXPECT_NE(std::string(error.what()).find("is taken by another program"), std::string::npos);
  }
  EXPECT_THROW(Server({.host = "no-address"}, routes(), languages_, metrics_), Error);
}

TEST_F(ServerTest, LogsAndCountsWithoutWhatWasAsked) {
  start();
  request(port(), "/hello?name=private");
  request(port(), "/private");
  request(port(), "/hello", "", "PRIVATE");
  server_->stop();
  ASSERT_EQ(lines().size(), 3u);
  for (const std::string& line : lines()) {
    EXPECT_EQ(line.find("rivate"), std::string::npos) << line;
    EXPECT_EQ(line.find("PRIVATE"), std::string::npos) << line;
    EXPECT_TRUE(nlohmann::json::parse(line, nullptr, false).is_object()) << line;
  }
  EXPECT_EQ(nlohmann::json::parse(lines()[0])["route"], "/hello");
  EXPECT_EQ(nlohmann::json::parse(lines()[0])["status"], 200);
  EXPECT_EQ(nlohmann::json::parse(lines()[0])["bytes"], 13);
  const std::string text = metrics_.text();
  EXPECT_NE(text.find("mithaq_http_requests_total{route=\"/hello\",status=\"200\"} 1"), std::string::npos)
      << text;
  EXPECT_NE(text.find("mithaq_http_request_seconds_count{route=\"/hello\"} 2"), std::string::npos) << text;
  EXPECT_EQ(text.find("rivate"), std::string::npos);
}

}  // namespace
}  // namespace mithaq::server
