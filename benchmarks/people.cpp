// Many people at once: each has a connection, asks, reads for a moment, and asks on. Says how long the slow
// answers took and how many went wrong.
//
// Usage: people PORT [--people 200] [--seconds 20] [--pause-ms 1000] [--account ID --password WORDS [--each]]
//        [--targets FILE]
//   PORT     of a running `mithaq serve` on this machine
//   each     the account is an administrator's: everybody gets an account and a session of their own
//   targets  addresses to ask, one a line; without it: lists, searches and questions that any record answers,
//            and the documents that the server lists
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <fstream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>
#include <vector>

#include "benchmarks/signed_in.hpp"
#include "server/test_client.hpp"

namespace {

using namespace std::chrono_literals;
using namespace mithaq::benchmarks;
using mithaq::server::test_client::Client;
using mithaq::server::test_client::Reply;

struct Options {
  std::uint16_t port = 0;
  std::size_t people = 200;
  int seconds = 20;
  int pause_ms = 1000;
  std::string account{}, password{};
  bool each = false;
  std::string targets{};
};

Options options_of(int count, char** words) {
  Options out;
  for (int at = 1; at < count; ++at) {
    const std::string word = words[at];
    if (!word.starts_with("--")) {
      out.port = static_cast<std::uint16_t>(std::stoi(word));
      continue;
    }
    if (word == "--each") {
      out.each = true;
      continue;
    }
    const std::string value = at + 1 < count ? words[++at] : "";
    if (word == "--people") out.people = std::stoul(value);
    if (word == "--seconds") out.seconds = std::stoi(value);
    if (word == "--pause-ms") out.pause_ms = std::stoi(value);
    if (word == "--account") out.account = value;
    if (word == "--password") out.password = value;
    if (word == "--targets") out.targets = value;
  }
  return out;
}

std::string request_text(const std::string& target, const std::string& cookie) {
  return "GET " + target +
         " HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nAccept-Language: ar\r\n" +
         (cookie.empty() ? "" : "Cookie: " + cookie + "\r\n") + "\r\n";
}

// What a target asks for, without the words of the question: "find", "documents/:id".
std::string route_of(const std::string& target) {
  constexpr std::string_view kApi = "/api/v1/";
  std::string path = target.substr(0, target.find('?'));
  if (path.starts_with(kApi)) path.erase(0, kApi.size());
  const std::size_t slash = path.find('/');
  return slash == std::string::npos || path.starts_with("record/") ? path : path.substr(0, slash) + "/:id";
}

// The cookies of everybody's sessions: one for all, or an account for each. Made before, it gets a new
// password.
std::vector<std::string> sign_in_all(const Options& options) {
  if (options.account.empty()) return {""};
  const SignedIn first = sign_in(options.port, options.account, options.password);
  if (!options.each) return {first.cookie};
  std::vector<std::string> out;
  for (std::size_t person = 0; person < options.people; ++person) {
    const std::string id = fmt::format("reader-{}", person + 1);
    Reply made = send_json(options.port, "POST", "/api/v1/accounts",
                           {{"id", id}, {"name", id}, {"role", "reader"}, {"party", "OSCE"}}, first);
    if (made.status == 409)
      made = send_json(options.port, "PATCH", "/api/v1/accounts/" + id, {{"password", true}}, first);
    if (made.status / 100 != 2) give_up("making an account", made);
    out.push_back(
        sign_in(options.port, id, nlohmann::json::parse(made.body).at("password").get<std::string>()).cookie);
  }
  return out;
}

std::vector<std::string> targets_of(const Options& options, const std::string& cookie) {
  std::vector<std::string> out;
  if (!options.targets.empty()) {
    std::ifstream file(options.targets);
    for (std::string line; std::getline(file, line);) {
      if (!line.empty()) out.push_back(line);
    }
    return out;
  }
  out = {
      "/api/v1/documents?limit=20",
      "/api/v1/statistics",
      "/api/v1/find?words=%D8%A7%D9%84%D9%88%D8%B3%D8%A7%D8%B7%D8%A9&limit=20",
      "/api/v1/find?words=%D8%A7%D9%84%D8%AA%D8%B9%D8%A7%D9%88%D9%86+%D8%A7%D9%84%D8%A3%D9%85%D9%86&limit=20",
      "/api/v1/find?words=OSCE&limit=20",
      "/api/v1/find?words=mediation+agreement&limit=20",
      "/api/v1/who?org=OSCE&limit=50",
      "/api/v1/who?place=Georgia&limit=50",
      "/api/v1/leads?place=Kosovo&limit=50",
      "/api/v1/members/OSCE?at=2011-06-01",
      "/api/v1/record/checkpoint"};
  Client client(options.port);
  client.send(request_text("/api/v1/documents?limit=200", cookie));
  const Reply listed = client.receive();
  const bool packed = listed.headers.contains("Content-Encoding");
  const auto documents = nlohmann::json::parse(
      packed ? mithaq::server::test_client::inflated(listed.body) : listed.body, nullptr, false);
  if (documents.is_object()) {
    for (const auto& document : documents["documents"])
      out.push_back("/api/v1/documents/" + document["id"].get<std::string>() + "?limit=50");
  }
  return out;
}

}  // namespace

int main(int count, char** words) {
  const Options options = options_of(count, words);
  if (options.port == 0) {
    fmt::print(stderr,
               "usage: people PORT [--people N] [--seconds N] [--pause-ms N] [--account ID --password W "
               "[--each]]\n");
    return 2;
  }
  const std::vector<std::string> cookies = sign_in_all(options);
  const std::vector<std::string> targets = targets_of(options, cookies.front());
  // Half of what is asked is one of the fixed questions, half is reading.
  const std::size_t fixed = options.targets.empty() ? 11 : targets.size();
  std::mutex lock;
  std::vector<double> times;
  std::map<std::string, std::vector<double>> by_route;
  std::map<int, std::size_t> statuses;
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(options.seconds);
  std::vector<std::thread> people;
  for (std::size_t person = 0; person < options.people; ++person) {
    people.emplace_back([&, person] {
      std::mt19937 random(static_cast<unsigned>(person));
      const std::string& cookie = cookies[person % cookies.size()];
      const auto below = [&](std::size_t most) { return static_cast<std::size_t>(random()) % most; };
      std::vector<double> mine;
      std::map<std::string, std::vector<double>> mine_by_route;
      std::map<int, std::size_t> seen;
      // People do not come in the same instant.
      std::this_thread::sleep_for(
          std::chrono::milliseconds(below(static_cast<std::size_t>(options.pause_ms) + 1)));
      auto client = std::make_unique<Client>(options.port);
      client->set_patience(30s);
      while (std::chrono::steady_clock::now() < end) {
        const bool reads = targets.size() > fixed && below(2) == 0;
        const std::string& target =
            reads ? targets[fixed + below(targets.size() - fixed)] : targets[below(fixed)];
        const auto began = std::chrono::steady_clock::now();
        client->send(request_text(target, cookie));
        const Reply reply = client->receive();
        mine.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - began).count());
        mine_by_route[route_of(target)].push_back(mine.back());
        ++seen[reply.status];
        if (reply.status == 0) {
          client = std::make_unique<Client>(options.port);
          client->set_patience(30s);
        }
        if (options.pause_ms > 0)
          std::this_thread::sleep_for(std::chrono::milliseconds(
              options.pause_ms / 2 + below(static_cast<std::size_t>(options.pause_ms))));
      }
      const std::lock_guard guard(lock);
      times.insert(times.end(), mine.begin(), mine.end());
      for (const auto& [route, values] : mine_by_route)
        by_route[route].insert(by_route[route].end(), values.begin(), values.end());
      for (const auto& [status, number] : seen) statuses[status] += number;
    });
  }
  for (std::thread& person : people) person.join();
  if (times.empty()) return 1;
  std::sort(times.begin(), times.end());
  const auto part = [&](double of) {
    return times[static_cast<std::size_t>(of * static_cast<double>(times.size() - 1))];
  };
  std::size_t wrong = 0;
  std::string counted;
  for (const auto& [status, number] : statuses) {
    if (status != 200 && status != 304) wrong += number;
    counted += fmt::format(" {}: {}", status, number);
  }
  fmt::print("{} people, {} s, pauses of {} ms: {} answers, {:.0f}/s;{}\n", options.people, options.seconds,
             options.pause_ms, times.size(), static_cast<double>(times.size()) / options.seconds, counted);
  fmt::print("milliseconds: half {:.1f}, 95 of 100 {:.1f}, 99 of 100 {:.1f}, slowest {:.1f}; wrong: {}\n",
             part(0.5), part(0.95), part(0.99), times.back(), wrong);
  for (auto& [route, values] : by_route) {
    std::sort(values.begin(), values.end());
    fmt::print("  {:<22} {:>6} answers, half {:>7.1f} ms, 95 of 100 {:>7.1f} ms\n", route, values.size(),
               values[values.size() / 2], values[values.size() * 95 / 100]);
  }
  return wrong == 0 ? 0 : 1;
}
