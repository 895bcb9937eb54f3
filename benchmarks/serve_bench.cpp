// The server on a big record: how long every question takes, how soon it starts, how much memory it holds.
//
//   serve_bench make FILE DATA [PARAGRAPHS] [STATEMENTS]   makes a record (1,000,000 and 500,000): minutes
//   serve_bench ask PORT ROUNDS PID [ACCOUNT PASSWORD]     asks a server that is running on it every
//   question,
//                                                          many times with other values; PID: of which memory
//                                                          is shown
//
// tools/measure_server makes the record, starts the server and does all of it.
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "benchmarks/signed_in.hpp"
#include "record/sql_store.hpp"
#include "tests/support/made_record.hpp"

namespace {

using namespace mithaq;
using Timer = std::chrono::steady_clock;

double milliseconds_since(Timer::time_point start) {
  return std::chrono::duration<double, std::milli>(Timer::now() - start).count();
}

void make(const std::string& file, const std::string& data, std::size_t paragraphs, std::size_t statements) {
  const reader::Lexicon lexicon = reader::Lexicon::load(data);
  record::SqlOptions options;
  options.origin = "mithaq.example/bench";
  options.key = record::SigningKey::load_or_create(file + ".key", options.origin);
  options.clock = [] { return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000)); };
  options.analyzer = Analyzer::load(data);
  const auto store = record::SqlStore::open(file, options);
  const auto start = Timer::now();
  test::RecordMaker maker(lexicon, {.paragraphs = paragraphs, .statements = statements, .unlisted = 30'000});
  maker.make(*store);
  std::printf("made: %zu paragraphs, %zu statements, %llu entries, %.0f s\n", paragraphs, statements,
              static_cast<unsigned long long>(store->size()), milliseconds_since(start) / 1000);
}

// One question over a connection of its own, as curl asks.
//   throws  Error{unavailable} if nobody answers
std::string ask(std::uint16_t port, const std::string& target, const std::string& cookie, int& status) {
  server::test_client::Client client(port);
  client.set_patience(std::chrono::minutes(1));
  client.send("GET " + target +
              " HTTP/1.1\r\nHost: localhost\r\nAccept-Language: ar\r\nConnection: close\r\n" +
              (cookie.empty() ? "" : "Cookie: " + cookie + "\r\n") + "\r\n");
  const server::test_client::Reply reply = client.receive();
  if (reply.status == 0) throw Error(ErrorKind::unavailable, "nobody answers on this port");
  status = reply.status;
  return reply.body;
}

// A line of /proc/PID/status in megabytes.
double megabytes_of(const std::string& process, const std::string& name) {
  std::ifstream file("/proc/" + process + "/status");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with(name)) return std::strtod(line.c_str() + name.size(), nullptr) / 1024;
  }
  return 0;
}

void ask_everything(std::uint16_t port, std::size_t rounds, const std::string& process,
                    const std::string& cookie) {
  std::mt19937_64 random(17);
  const auto any = [&random](const std::vector<std::string>& list) { return list[random() % list.size()]; };
  int status = 0;
  // Values to ask with; a record that shows none cannot be measured.
  const auto ids = [&](const std::string& target, const char* list, const char* id) {
    std::vector<std::string> out;
    const auto answer = nlohmann::json::parse(ask(port, target, cookie, status));
    for (const auto& each : answer.at(list)) {
      const auto& value = each.at(id);
      out.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    }
    if (out.empty()) throw Error(ErrorKind::not_found, target + " shows nothing");
    return out;
  };
  if (!process.empty()) std::printf("memory before any question: %.0f MB\n", megabytes_of(process, "VmRSS:"));
  const auto first = Timer::now();
  const auto organizations = ids("/api/v1/organizations", "organizations", "id");
  std::printf("the first question to the table waited %.0f ms\n", milliseconds_since(first));
  const auto states = ids("/api/v1/states", "states", "id");
  const std::vector<std::string> themes = {"mediation", "prevention", "peace", "early_warning"};
  std::vector<std::string> documents;
  for (int page = 0; page < 5; ++page) {
    for (auto& id :
         ids("/api/v1/documents?limit=50&offset=" + std::to_string(random() % 5000), "documents", "id"))
      documents.push_back(std::move(id));
  }
  const auto papers = ids("/api/v1/papers?limit=200", "papers", "reference");
  const auto statements = ids("/api/v1/who?limit=200&offset=5000", "statements", "statement");
  const std::vector<std::string> words = {"%D8%A7%D9%84%D8%AA%D8%B9%D8%A7%D9%88%D9%86",
                                          "%D8%A7%D9%84%D8%A3%D9%85%D9%86", "cooperation", "security",
                                          "%D8%A7%D9%84%D9%88%D8%B3%D8%A7%D8%B7%D8%A9"};
  const auto escaped = [](const std::string& text) {
    static const char* kHex = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char each : text) {
      if (std::isalnum(each) != 0) {
        out += static_cast<char>(each);
      } else {
        out.append("%").append(1, kHex[each >> 4]).append(1, kHex[each & 15]);
      }
    }
    return out;
  };
  const auto filter = [&] {
    std::string out;
    if (random() % 2 == 0) out += "&org=" + escaped(any(organizations));
    if (random() % 3 == 0) out += "&theme=" + any(themes);
    if (random() % 3 == 0) out += "&place=" + escaped(any(states));
    if (random() % 3 == 0) out += "&from=" + std::to_string(1995 + random() % 20);
    return out;
  };
  struct Route {
    const char* name;
    std::function<std::string()> target;
    std::vector<double> times{};
    std::size_t failed = 0;
  };
  std::vector<Route> routes = {
      {"matrix", [&] { return "/api/v1/matrix?rows=organization&columns=theme" + filter(); }},
      {"matrix place × year", [&] { return "/api/v1/matrix?rows=place&columns=year" + filter(); }},
      {"matrix/findings", [&] { return "/api/v1/matrix/findings?" + filter().erase(0, 1); }},
      {"network", [&] { return "/api/v1/network?limit=60" + filter(); }},
      {"map", [&] { return "/api/v1/map?" + filter().erase(0, 1); }},
      {"timeline", [&] { return "/api/v1/timeline?" + filter().erase(0, 1); }},
      {"entities/:id organization", [&] { return "/api/v1/entities/" + escaped(any(organizations)); }},
      {"entities/:id State", [&] { return "/api/v1/entities/" + escaped(any(states)); }},
      {"entities?words=", [&] { return "/api/v1/entities?words=" + any(words).substr(0, 12); }},
      {"organizations", [&] { return std::string("/api/v1/organizations"); }},
      {"states", [&] { return std::string("/api/v1/states"); }},
      {"review/queue by doubt", [&] { return "/api/v1/review/queue?order=doubt" + filter(); }},
      {"review/queue by weight", [&] { return "/api/v1/review/queue?order=weight" + filter(); }},
      {"review/agreement", [&] { return std::string("/api/v1/review/agreement"); }},
      {"review/history", [&] { return std::string("/api/v1/review/history"); }},
      {"statements/:seq", [&] { return "/api/v1/statements/" + any(statements); }},
      {"papers", [&] { return std::string("/api/v1/papers"); }},
      {"commitments", [&] { return "/api/v1/commitments?paper=" + escaped(any(papers)); }},
      {"who", [&] { return "/api/v1/who?limit=50" + filter(); }},
      {"leads", [&] { return "/api/v1/leads?limit=50" + filter(); }},
      {"find", [&] { return "/api/v1/find?words=" + any(words); }},
      {"find two words, a filter",
       [&] {
         return "/api/v1/find?words=" + any(words) + "+" + any(words) + "&place=" + escaped(any(states));
       }},
      {"find by filters alone", [&] { return "/api/v1/find?facets=true&place=" + escaped(any(states)); }},
      {"find with facets", [&] { return "/api/v1/find?facets=true&words=" + any(words); }},
      {"documents", [&] { return "/api/v1/documents?limit=50&offset=" + std::to_string(random() % 20000); }},
      {"documents/:id", [&] { return "/api/v1/documents/" + any(documents) + "?limit=50"; }},
      {"members", [&] { return "/api/v1/members/OSCE?at=" + std::to_string(1995 + random() % 25); }},
      {"overlap",
       [&] { return "/api/v1/overlap?org=OSCE&org=CSTO&at=" + std::to_string(1995 + random() % 25); }},
      {"overview", [&] { return std::string("/api/v1/overview"); }},
      {"statistics", [&] { return std::string("/api/v1/statistics"); }},
      {"record/log", [&] { return "/api/v1/record/log?before=" + std::to_string(2000 + random() % 900000); }},
      {"record/checkpoint", [&] { return std::string("/api/v1/record/checkpoint"); }},
  };
  for (std::size_t round = 0; round < rounds; ++round) {
    for (Route& route : routes) {
      const std::string target = route.target();
      const auto start = Timer::now();
      ask(port, target, cookie, status);
      route.times.push_back(milliseconds_since(start));
      if (status != 200) {
        if (route.failed++ == 0) std::printf("%s gave %d\n", target.c_str(), status);
      }
    }
  }
  for (Route& route : routes) {
    std::sort(route.times.begin(), route.times.end());
    std::printf("%-28s median %7.1f ms  p95 %7.1f ms  max %7.1f ms%s\n", route.name,
                route.times[route.times.size() / 2], route.times[route.times.size() * 95 / 100],
                route.times.back(), route.failed > 0 ? "  (some refused)" : "");
  }
  if (!process.empty()) {
    ::sleep(3);
    std::printf("memory at rest: %.0f MB, of that files %.0f MB; highest %.0f MB\n",
                megabytes_of(process, "VmRSS:"), megabytes_of(process, "RssFile:"),
                megabytes_of(process, "VmHWM:"));
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::string what = count > 2 ? arguments[1] : "";
  const auto number = [&](int at, std::size_t otherwise) {
    return count > at ? std::strtoull(arguments[at], nullptr, 10) : otherwise;
  };
  try {
    if (what == "make" && count > 3) {
      make(arguments[2], arguments[3], number(4, 1'000'000), number(5, 500'000));
    } else if (what == "ask") {
      const auto port = static_cast<std::uint16_t>(number(2, 8080));
      const std::string cookie =
          count > 6 ? benchmarks::sign_in(port, arguments[5], arguments[6]).cookie : "";
      ask_everything(port, number(3, 30), count > 4 ? arguments[4] : "", cookie);
    } else {
      std::fputs(
          "usage: serve_bench make FILE DATA [PARAGRAPHS] [STATEMENTS]\n       serve_bench ask PORT ROUNDS "
          "PID "
          "[ACCOUNT PASSWORD]\n",
          stderr);
      return 2;
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
