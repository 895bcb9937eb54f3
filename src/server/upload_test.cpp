// Files handed in over a real socket, what becomes of them, and what is told of it meanwhile.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "server/api.hpp"
#include "server/routes/job_rows.hpp"
#include "server/server.hpp"
#include "server/test_client.hpp"
#include "service/read_documents.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::server {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using nlohmann::json;
using test_client::Client;
using test_client::Reply;
using test_client::request;

class UploadTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        fs::path(::testing::TempDir()) / ("mithaq-upload-" + std::to_string(::getpid()) +
                                          ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    service::Workspace(workspace()).record_to_write();
  }
  void TearDown() override {
    server_.reset();
    api_.reset();
    fs::remove_all(folder_);
  }
  service::WorkspaceOptions workspace() const {
    static const auto lexicon = std::make_shared<const reader::Lexicon>(reader::Lexicon::load(test::data()));
    return {.record = record::Location(folder_ / "record.mithaq"),
            .data = test::data(),
            .clock = [] { return std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000)); },
            .lexicon = lexicon};
  }
  void start(std::size_t readers = 1) {
    api_ = std::make_unique<Api>(
        ApiOptions{.workspace = workspace(),
                   .workers = 2,
                   .readers = readers,
                   .upload_bytes_max = 1 << 20,
                   .queue = {.account_bytes_max = 3 << 20},
                   .gate =
                       [this](Call& call) {
                         const std::string account = call.request.header("x-account");
                         call.subject = {.signed_in = !account.empty(),
                                         .account = account,
                                         .role = account == "amina"   ? access::Role::officer
                                                 : account == "admin" ? access::Role::administrator
                                                                      : access::Role::reader,
                                         .staff = true};
                         call.still_signed_in = [this] { return !session_over_; };
                       }},
        metrics_);
    server_ = std::make_unique<Server>(ServerOptions{.port = 0, .workers = 2, .uploads_folder = folder_},
                                       api_->routes(), languages_, metrics_);
  }
  Reply send(const std::string& parameters, const std::string& bytes, const std::string& account = "amina",
             const std::string& more = "") {
    Client client(server_->port());
    client.send("POST /api/v1/documents?" + parameters +
                " HTTP/1.1\r\nHost: localhost\r\nX-Account: " + account + "\r\n" + more +
                "Content-Length: " + std::to_string(bytes.size()) + "\r\n\r\n" + bytes);
    return client.receive();
  }
  Reply ask(const std::string& target, const std::string& account = "amina",
            const std::string& method = "GET") {
    return request(server_->port(), target, "X-Account: " + account + "\r\n", method);
  }
  json wait_for(const std::string& id) {
    for (int turn = 0; turn < 1000; ++turn) {
      const json job = json::parse(ask("/api/v1/jobs/" + id).body)["job"];
      if (job["state"] != "queued" && job["state"] != "reading") return job;
      std::this_thread::sleep_for(10ms);
    }
    return nullptr;
  }
  static std::string error_kind(const Reply& reply) {
    return json::parse(reply.body, nullptr, false).value(json::json_pointer("/error/kind"), "");
  }

  fs::path folder_{};
  Metrics metrics_{};
  std::atomic<bool> session_over_{false};
  const Languages languages_ = Languages::load(test::data());
  std::unique_ptr<Api> api_{};
  std::unique_ptr<Server> server_{};
};

const std::string kNote = "The OSCE leads the monitoring of the ceasefire in Georgia.\n";

TEST_F(UploadTest, ReadsWhatIsHandedIn) {
  start();
  const Reply reply =
      send("name=%D9%88%D8%B1%D9%82%D8%A9.txt&tlp=TLP:GREEN&statuses=OSCE/member,OSCE/partner&recipients=KAZ",
           kNote);
  ASSERT_EQ(reply.status, 202) << reply.body;
  const json job = json::parse(reply.body)["job"];
  EXPECT_EQ(job["name"], "ورقة.txt");
  EXPECT_EQ(job["bytes"], kNote.size());
  const json done = wait_for(job["id"]);
  EXPECT_EQ(done["state"], "done") << done;
  EXPECT_EQ(done["part"], 1.0);
  const json shown = json::parse(ask("/api/v1/documents/" + done["document"].get<std::string>()).body);
  EXPECT_EQ(shown["document"]["name"], "ورقة.txt");
  EXPECT_EQ(done["handling"]["statuses"], (json{"OSCE/member", "OSCE/partner"}));
  // Again, by the same or by others to whom it is open: the document that is there.
  for (const char* account : {"amina", "admin"}) {
    const json again = json::parse(send("name=again.txt", kNote, account).body)["job"];
    EXPECT_EQ(again["state"], "known");
    EXPECT_EQ(again["document"], done["document"]);
  }
  // Nor does the command line read it once more, for everybody.
  std::ofstream(folder_ / "note.txt") << kNote;
  service::Workspace keeper(workspace());
  EXPECT_EQ(service::read_documents(keeper, {.paths = {folder_ / "note.txt"}}).known, 1u);
}

TEST_F(UploadTest, OnlyTheirOwnerSeesJobs) {
  start(0);
  const std::string id = json::parse(send("name=x.txt", kNote).body)["job"]["id"];
  EXPECT_EQ(ask("/api/v1/jobs/" + id, "karim").status, 404);
  EXPECT_EQ(ask("/api/v1/jobs/" + id, "karim", "DELETE").status, 404);
  EXPECT_TRUE(json::parse(ask("/api/v1/jobs", "karim").body)["jobs"].empty());
  EXPECT_EQ(json::parse(ask("/api/v1/jobs", "admin").body)["jobs"].size(), 1u);
  EXPECT_EQ(ask("/api/v1/jobs", "").status, 401);
  EXPECT_EQ(json::parse(ask("/api/v1/jobs/" + id, "amina", "DELETE").body)["job"]["state"], "cancelled");
}

TEST_F(UploadTest, RefusesWhoMayNotUpload) {
  start(0);
  for (const char* account : {"karim", ""}) {
    Client client(server_->port());
    client.send("POST /api/v1/documents?name=x.txt HTTP/1.1\r\nHost: localhost\r\nX-Account: " +
                std::string(account) + "\r\nContent-Length: 1000000\r\n\r\n");
    const int status = client.receive().status;
    EXPECT_TRUE(status == 403 || status == 401) << "before a byte was sent: " << status;
  }
}

TEST_F(UploadTest, RefusesTricksWithNames) {
  start(0);
  for (const char* name : {"", ".", "..", "a/b.txt", "..%2Fx", "%5C%5Chost%5Cx", "C:%5Cx.txt", "a%0Ab",
                           "a%00b", "%C2%85x", "%E2%80%A8x", "%ff"}) {
    EXPECT_EQ(send("name=" + std::string(name), kNote).status, 400) << name;
  }
  EXPECT_EQ(send("name=" + std::string(256, 'x'), kNote).status, 400);
  EXPECT_EQ(send("name=x.txt&tlp=TLP:BLUE", kNote).status, 400);
  EXPECT_EQ(send("title=x", kNote).status, 400);
  // What turns the direction of text is kept; a composed and a decomposed letter are one.
  const Reply turned = send("name=x%E2%80%AEfdp.exe.txt", kNote);
  EXPECT_EQ(json::parse(turned.body)["job"]["name"], "x\u202Efdp.exe.txt");
  EXPECT_EQ(json::parse(send("name=e%CC%81.txt", kNote).body)["job"]["name"], "é.txt");
  EXPECT_EQ(json::parse(send("name=%3Cscript%3E.txt", kNote).body)["job"]["name"], "<script>.txt");
}

TEST_F(UploadTest, TellsTheFormatByTheContent) {
  start();
  const std::string zip = std::string("PK\x05\x06", 4) + std::string(18, '\0');
  for (const auto& [name, bytes] : {std::pair<std::string, std::string>("paper.txt", zip),
                                    {"paper.pdf", std::string("\x7f"
                                                              "ELF\2\1\1\0\0\0",
                                                              10)},
                                    {"paper.md", std::string("MZ\x90\0\3\0\0\0", 8)},
                                    {"paper.html", "\x1F\x8B\x08 gz"},
                                    {"numbers.csv", "a,b\n1,2\n"}}) {
    const Reply reply = send("name=" + name, bytes);
    if (name == "paper.pdf") {
      // It may be a damaged PDF: its own reader says so.
      EXPECT_TRUE(reply.status == 415 ||
                  wait_for(json::parse(reply.body)["job"]["id"])["state"] == "refused");
      continue;
    }
    EXPECT_EQ(reply.status, 415) << name;
    EXPECT_EQ(error_kind(reply), "unsupported_type") << name;
  }
  EXPECT_EQ(send("name=empty.txt", " \n").status, 400);
  EXPECT_EQ(send("name=empty.txt", "").status, 400);
  const json text = json::parse(send("name=called.pdf", kNote).body)["job"];
  const json read = wait_for(text["id"]);
  EXPECT_EQ(read["state"], "done") << "a text that calls itself a PDF is read as the text that it is";
  EXPECT_EQ(send("name=x.txt", kNote, "amina", "Content-Type: application/x-msdownload\r\n").status, 202)
      << "what the browser says is not believed either";
}

TEST_F(UploadTest, BoundsWhatIsTaken) {
  start(0);
  EXPECT_EQ(send("name=x.txt", std::string((1 << 20) + 1, 'x')).status, 413);
  for (int each = 0; each < 3; ++each)
    EXPECT_EQ(send("name=x.txt", "A text. " + std::string((1 << 20) - 100, 'x')).status, 202);
  const Reply full = send("name=x.txt", std::string(1000, 'x'));
  EXPECT_EQ(full.status, 503) << "too much of one account waits";
  EXPECT_EQ(full.headers.count("Retry-After"), 1u);
  EXPECT_EQ(send("name=x.txt", std::string(1000, 'x'), "admin").status, 202)
      << "another account is not held up";
}

TEST_F(UploadTest, TellsOfJobsAndOfTheRecord) {
  start(0);
  Client mine(server_->port()), other(server_->port());
  mine.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nX-Account: amina\r\n\r\n");
  other.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nX-Account: karim\r\n\r\n");
  EXPECT_NE(mine.receive_until("event: record\ndata: {\"entries\":0}\n\n"), "");
  EXPECT_NE(other.receive_until("event: record\n"), "");
  ASSERT_EQ(send("name=x.txt", kNote).status, 202);
  EXPECT_NE(mine.receive_until("\"state\":\"queued\""), "");
  {
    // In another program.
    service::ReadingWorkers workers({.workspace = workspace()});
    EXPECT_NE(mine.receive_until("\"state\":\"done\""), "");
  }
  EXPECT_NE(mine.receive_until("event: record\ndata: {\"entries\":"), "");
  const std::string told = other.receive_until("event: record\ndata: {\"entries\":");
  EXPECT_NE(told, "");
  EXPECT_EQ(told.find("event: job"), std::string::npos) << "whose jobs are whose business";
  // Who comes back is told what came meanwhile.
  Client back(server_->port());
  back.send(
      "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nX-Account: amina\r\nLast-Event-ID: 0-0\r\n\r\n");
  EXPECT_NE(back.receive_until("\"state\":\"done\""), "");
}

TEST_F(UploadTest, StreamsEndWithTheSession) {
  start(0);
  Client client(server_->port());
  client.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nX-Account: amina\r\n\r\n");
  EXPECT_NE(client.receive_until("event: record"), "");
  const auto began = std::chrono::steady_clock::now();
  session_over_ = true;
  EXPECT_NE(client.receive_until("event: session\ndata: {\"ended\":true}\n\n"), "");
  EXPECT_NE(client.receive_until("0\r\n\r\n"), "");
  EXPECT_LT(std::chrono::steady_clock::now() - began, 1s);
}

}  // namespace
}  // namespace mithaq::server
