// For the tests of this folder: a server with its gate on a record of three documents, and people with
// browsers.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "server/api.hpp"
#include "server/gate.hpp"
#include "server/server.hpp"
#include "server/test_client.hpp"
#include "service/convening.hpp"
#include "service/party_statuses.hpp"
#include "service/read_documents.hpp"
#include "tests/support/test_paths.hpp"
#include "tests/support/test_postgres.hpp"

namespace mithaq::server {

namespace fs = std::filesystem;
using nlohmann::json;
using test_client::Client;
using test_client::Reply;

inline constexpr const char* kPublic = "05-field-note.en.txt";
inline constexpr const char* kPartners = "02-cooperation-report.ar.md";
inline constexpr const char* kNamed = "03-mediation-follow-up.ar.txt";
inline constexpr std::int64_t kStart = 1'800'000'000;  // January 2027

// Somebody with a browser.
struct Person {
  std::string cookie{};
  std::string csrf{};
};

class GateFixture : public ::testing::Test {
 protected:
  GateFixture() = default;
  explicit GateFixture(record::Dialect dialect) {
    if (dialect == record::Dialect::postgresql) schema_ = std::make_unique<test::PostgresSchema>();
  }
  // A record with three documents: for everybody, for OSCE Partners, for one delegation.
  void SetUp() override {
    if (schema_ && test::postgres_url().empty()) GTEST_SKIP() << "PostgreSQL is not installed";
    static int count = 0;
    folder_ = fs::path(::testing::TempDir()) /
              ("mithaq-gate-" + std::to_string(::getpid()) + "-" + std::to_string(++count));
    fs::create_directories(folder_);
    service::Workspace workspace(options());
    const fs::path examples = test::project() / "examples";
    service::read_documents(workspace,
                            {.paths = {examples / kPublic, examples / kPartners, examples / kNamed}});
    const auto& view = workspace.record_to_write().view();
    partners_ = view.document(kPartners).id;
    named_ = view.document(kNamed).id;
    const std::vector<record::Body> handlings = {
        record::HandlingBody{.document = partners_,
                             .handling = {.tlp = document::Tlp::amber,
                                          .statuses = {"OSCE/partner_for_cooperation"},
                                          .originator = "OSCE"},
                             .by = "account:officer"},
        record::HandlingBody{.document = named_,
                             .handling = {.tlp = document::Tlp::amber_strict, .recipients = {"KAZ"}},
                             .by = "account:officer"}};
    workspace.record_to_write().append(handlings);
  }
  void TearDown() override {
    server_.reset();
    api_.reset();
    gate_.reset();
    accounts_.reset();
    if (!folder_.empty()) fs::remove_all(folder_);
  }
  service::WorkspaceOptions options() {
    static const auto lexicon = std::make_shared<const reader::Lexicon>(reader::Lexicon::load(test::data()));
    return {
        .record = schema_ ? record::Location(schema_->url()) : record::Location(folder_ / "record.mithaq"),
        .data = test::data(),
        .clock = [this] { return std::chrono::sys_seconds(std::chrono::seconds(now_.load())); },
        .lexicon = lexicon,
        .key = folder_ / "record.mithaq.key"};
  }
  //   forecasts  those that the server answers from; its own without them
  void start(bool opened = false, accounts::Provider* provider = nullptr,
             std::shared_ptr<service::ForecastLibrary> forecasts = {}) {
    server_.reset();
    api_.reset();
    gate_.reset();
    service::WorkspaceOptions workspace = options();
    workspace.forecasts = std::move(forecasts);
    workspace.convening = std::make_shared<service::Convening>(workspace.data);
    accounts_ = accounts::Accounts::open({.location = options().record.text(),
                                          .data = test::data(),
                                          .clock = options().clock,
                                          .register_says = service::party_statuses(workspace),
                                          .key = folder_ / "record.mithaq.key.accounts",
                                          .home = home_});
    gate_ = std::make_unique<Gate>(
        *accounts_,
        GateOptions{.opened = opened,
                    .append = [this](record::ActBody act) { api_->scribe().append(std::move(act)); },
                    .clock = options().clock,
                    .metrics_token = "token-of-prometheus",
                    .provider = provider});
    api_ = std::make_unique<Api>(
        ApiOptions{.workspace = std::move(workspace),
                   .workers = 2,
                   .gate = [this](Call& call) { gate_->admit(call); },
                   .metrics_gate = [this](const Request& request) { gate_->admit_to_metrics(request); }},
        metrics_);
    server_ = std::make_unique<Server>(ServerOptions{.port = 0, .workers = 2}, api_->routes(), languages_,
                                       metrics_);
  }
  // An account with a session of its own, without the cost of its password.
  Person person(const std::string& id, access::Role role, const std::string& party) {
    const std::string email = id + "@example.org";
    if (!accounts_->find(id))
      accounts_->add({.id = id, .name = id, .role = role, .party = party, .email = email});
    if (accounts_->find(id)->email != email) accounts_->change(id, {.email = email});
    const accounts::SignIn in = accounts_->sign_in_by_provider("test " + id, id + "@example.org");
    return {.cookie = in.token, .csrf = accounts::csrf_of(in.token)};
  }
  Reply ask(const Person& who, const std::string& method, const std::string& target,
            const std::string& body = "", const std::string& more = "") {
    Client client(server_->port());
    std::string head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more;
    if (!who.cookie.empty()) head += "Cookie: __Host-mithaq=" + who.cookie + "\r\n";
    if (!who.csrf.empty()) head += "X-Mithaq-CSRF: " + who.csrf + "\r\n";
    if (!body.empty()) head += "Content-Type: application/json\r\n";
    if (method != "GET") head += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    client.send(head + "\r\n" + body);
    return client.receive();
  }
  json get(const Person& who, const std::string& target) {
    const Reply reply = ask(who, "GET", target);
    EXPECT_EQ(reply.status, 200) << target << ' ' << reply.body;
    return json::parse(reply.body, nullptr, false);
  }
  // Hands a file in.
  Reply hand_in(const Person& who, const std::string& parameters, const std::string& bytes) {
    Client client(server_->port());
    client.send("POST /api/v1/documents?" + parameters +
                " HTTP/1.1\r\nHost: localhost\r\nCookie: __Host-mithaq=" + who.cookie +
                "\r\nX-Mithaq-CSRF: " + who.csrf + "\r\nContent-Length: " + std::to_string(bytes.size()) +
                "\r\n\r\n" + bytes);
    return client.receive();
  }
  // Reads all that was handed in.
  void read_what_waits() {
    service::ReadingWorkers workers({.workspace = options(), .threads = 1});
    workers.wait_until_idle();
  }
  static std::string bytes_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  // How often an act of a type stands in the record's log.
  std::size_t acts(const std::string& type, const std::string& with = "") {
    std::size_t count = 0;
    service::Workspace(options()).record().each_entry(0, [&](const record::Entry& entry) {
      if (entry.header.kind == record::EntryKind::act && entry.body &&
          entry.body->find("\"" + type + "\"") != std::string::npos &&
          entry.body->find(with) != std::string::npos)
        ++count;
      return true;
    });
    return count;
  }

  std::unique_ptr<test::PostgresSchema> schema_{};  // the record's, if it is not in a file
  fs::path folder_{};
  std::string home_ = "OSCE";  // the organization that keeps the record
  std::string partners_{}, named_{};
  std::atomic<std::int64_t> now_{kStart};
  Metrics metrics_{};
  const Languages languages_ = Languages::load(test::data());
  std::unique_ptr<accounts::Accounts> accounts_{};
  std::unique_ptr<Gate> gate_{};
  std::unique_ptr<Api> api_{};
  std::unique_ptr<Server> server_{};
};

// Runs the tests of a suite, whose constructor takes the database, on both.
#define MITHAQ_ON_BOTH_DATABASES(fixture)                                                          \
  INSTANTIATE_TEST_SUITE_P(                                                                        \
      Databases, fixture, ::testing::Values(record::Dialect::sqlite, record::Dialect::postgresql), \
      [](const auto& each) { return each.param == record::Dialect::sqlite ? "sqlite" : "postgresql"; })

}  // namespace mithaq::server
