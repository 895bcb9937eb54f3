// A year of a secretariat: how soon it is folded from its entries, and how long each of its pages takes.
//
//   convening_bench make FILE DATA [MEETINGS]          makes the year (57 States, 11 Partners, 100 meetings,
//   150 decisions,
//                                                      40 projects) in a new record, act by act
//   convening_bench replay FILE DATA [ROUNDS]          folds it from the record, beside reading the same
//   entries alone convening_bench pages PORT ROUNDS [ACCOUNT PASSWORD]  asks a server that is running on it
//   for every page
//
// tools/measure_convening does all of it.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <map>
#include <random>

#include "base/error.hpp"
#include "benchmarks/signed_in.hpp"
#include "tests/support/made_year.hpp"

namespace {

using namespace mithaq;
using Timer = std::chrono::steady_clock;

double milliseconds_since(Timer::time_point start) {
  return std::chrono::duration<double, std::milli>(Timer::now() - start).count();
}

void make(const std::string& file, const std::string& data, int meetings) {
  test::YearSize size;
  size.decisions = size.decisions * meetings / size.meetings;
  size.projects = size.projects * meetings / size.meetings;
  size.meetings = meetings;
  test::YearMaker year(size);
  service::Workspace workspace({.record = record::Location(file), .data = data, .clock = year.clock()});
  const auto start = Timer::now();
  year.make(workspace);
  std::printf("made: %zu meetings, %zu decisions, %zu projects, %zu acts, %.1f s\n", year.meetings().size(),
              year.decisions().size(), year.projects().size(), year.acts(), milliseconds_since(start) / 1000);
}

void replay(const std::string& file, const std::string& data, std::size_t rounds) {
  service::Workspace workspace(
      {.record = record::Location(file), .data = data, .clock = [] { return Instant{}; }});
  std::vector<double> folded, read;
  std::size_t acts = 0, bytes = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    bytes = 0;
    auto start = Timer::now();
    workspace.record().each_act(0,
                                [&](record::Seq, const record::ActBody& body) { bytes += body.json.size(); });
    read.push_back(milliseconds_since(start));
    start = Timer::now();
    service::Convening convening(data);
    acts =
        convening.read(workspace, [](const secretariat::Secretariat& state) { return state.acts_count(); });
    folded.push_back(milliseconds_since(start));
  }
  std::sort(folded.begin(), folded.end());
  std::sort(read.begin(), read.end());
  std::printf(
      "replay: %zu acts, %.1f MB: median %.0f ms, slowest %.0f; reading the entries alone %.0f ms (%.1f "
      "times)\n",
      acts, static_cast<double>(bytes) / 1e6, folded[rounds / 2], folded.back(), read[rounds / 2],
      folded[rounds / 2] / read[rounds / 2]);
}

// One page over a connection of its own, as curl asks.
std::string ask(std::uint16_t port, const std::string& target, const std::string& cookie) {
  server::test_client::Client client(port);
  client.set_patience(std::chrono::minutes(1));
  client.send("GET " + target +
              " HTTP/1.1\r\nHost: localhost\r\nAccept-Language: ar\r\nConnection: close\r\n" +
              (cookie.empty() ? "" : "Cookie: " + cookie + "\r\n") + "\r\n");
  const server::test_client::Reply reply = client.receive();
  if (reply.status != 200)
    throw Error(ErrorKind::unavailable,
                target + " answers " + std::to_string(reply.status) + ": " + reply.body.substr(0, 300));
  return reply.body;
}

// All values of "id" in a list of objects.
std::vector<std::string> ids_in(const std::string& body, const char* list) {
  std::vector<std::string> out;
  const auto parsed = nlohmann::json::parse(body);
  for (const auto& each : parsed.at(list)) out.push_back(each.at("id").get<std::string>());
  return out;
}

bool pages(std::uint16_t port, std::size_t rounds, const std::string& cookie) {
  std::mt19937_64 random(17);
  const auto any = [&](const std::vector<std::string>& list) { return list.at(random() % list.size()); };
  const auto consultations = ids_in(ask(port, "/api/v1/consultations?limit=1000", cookie), "consultations");
  const auto meetings =
      ids_in(ask(port, "/api/v1/meetings?from=2026-01-01&to=2026-12-31", cookie), "meetings");
  const auto projects = ids_in(ask(port, "/api/v1/fund", cookie), "projects");
  const auto bodies = ids_in(ask(port, "/api/v1/bodies", cookie), "bodies");
  const std::vector<std::string> states = {"KAZ", "NOR", "ITA", "EGY", "JPN", "USA", "CHE"};
  const std::vector<std::pair<const char*, std::function<std::string()>>> all = {
      {"home", [&] { return "/api/v1/home?delegation=" + any(states); }},
      {"consultations", [&] { return std::string("/api/v1/consultations"); }},
      {"consultation", [&] { return "/api/v1/consultations/" + any(consultations); }},
      {"applications", [&] { return std::string("/api/v1/applications"); }},
      {"standing", [&] { return std::string("/api/v1/standing?organization=OSCE"); }},
      {"standing of a State", [&] { return "/api/v1/standing/" + any(states); }},
      {"debates", [&] { return std::string("/api/v1/debates"); }},
      {"bodies", [&] { return std::string("/api/v1/bodies"); }},
      {"body", [&] { return "/api/v1/bodies/" + any(bodies); }},
      {"meetings of a month", [&] { return std::string("/api/v1/meetings?from=2026-03-01&to=2026-03-31"); }},
      {"meeting", [&] { return "/api/v1/meetings/" + any(meetings); }},
      {"journal, HTML",
       [&] { return "/api/v1/meetings/" + any(meetings) + "/journal?format=html&language=ar"; }},
      {"fund", [&] { return std::string("/api/v1/fund"); }},
      {"project", [&] { return "/api/v1/fund/projects/" + any(projects); }},
      {"calls", [&] { return std::string("/api/v1/calls"); }},
      {"exchanges", [&] { return std::string("/api/v1/exchanges?year=2026"); }},
      {"quotas", [&] { return std::string("/api/v1/exchanges/quotas?year=2026"); }},
  };
  double slowest = 0;
  for (const auto& [name, target] : all) {
    std::vector<double> times;
    std::size_t bytes = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
      const std::string address = target();
      const auto start = Timer::now();
      bytes = ask(port, address, cookie).size();
      times.push_back(milliseconds_since(start));
    }
    std::sort(times.begin(), times.end());
    const double p95 = times[std::min(times.size() - 1, times.size() * 95 / 100)];
    slowest = std::max(slowest, p95);
    std::printf("%-22s median %6.1f ms   95th %6.1f ms   slowest %6.1f ms   %7zu bytes\n", name,
                times[times.size() / 2], p95, times.back(), bytes);
  }
  std::printf("slowest page, 95th percentile: %.1f ms (50 are asked)\n", slowest);
  return slowest <= 50;
}

}  // namespace

int main(int count, char** arguments) {
  const std::string what = count > 2 ? arguments[1] : "";
  const auto number = [&](int at, std::size_t otherwise) {
    return count > at ? std::strtoull(arguments[at], nullptr, 10) : otherwise;
  };
  try {
    if (what == "make" && count > 3) {
      make(arguments[2], arguments[3], static_cast<int>(number(4, 100)));
    } else if (what == "replay" && count > 3) {
      replay(arguments[2], arguments[3], std::max<std::size_t>(1, number(4, 5)));
    } else if (what == "pages") {
      const auto port = static_cast<std::uint16_t>(number(2, 8080));
      const std::string cookie =
          count > 5 ? benchmarks::sign_in(port, arguments[4], arguments[5]).cookie : "";
      return pages(port, number(3, 30), cookie) ? 0 : 3;
    } else {
      std::fputs(
          "usage: convening_bench make FILE DATA [MEETINGS]\n       convening_bench replay FILE DATA "
          "[ROUNDS]\n       "
          "convening_bench pages PORT ROUNDS [ACCOUNT PASSWORD]\n",
          stderr);
      return 2;
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
