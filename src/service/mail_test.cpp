// Mail: messages that no text can add a header to, an outbox in which each message is exactly once, and a
// real SMTP conversation with a small server of our own.
#include "service/mail.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>

#include "base/error.hpp"
#include "service/convening.hpp"
#include "tests/support/test_paths.hpp"

namespace mithaq::service {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

Instant at(const char* text) {
  return *parse_instant(text);
}

MailMessage message() {
  return {.key = "17-KAZ",
          .from = "secretariat@osce.example",
          .to = {"mission@kaz.example"},
          .subject = "PC-2026-0017: مشروع مقرر بشأن تمديد ولاية مكتب البرامج في بيشكيك",
          .text = "إجراء عدم الاعتراض مفتوح.\nالأجل: 2026-04-02 10:00 UTC\n",
          .language = "ar",
          .at = at("2026-03-26T09:05:07Z")};
}

std::string decoded_base64(std::string text) {
  std::erase_if(text, [](char letter) { return letter == '\r' || letter == '\n'; });
  std::string out;
  int bits = 0, held = 0;
  for (const char letter : text) {
    const std::string_view all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t value = all.find(letter);
    if (value == std::string_view::npos) break;
    held = (held << 6 | static_cast<int>(value)) & 0xFFFFFF;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out += static_cast<char>(held >> bits & 0xFF);
    }
  }
  return out;
}

// The subject as a mail program shows it.
std::string subject_of(const std::string& bytes) {
  std::string out;
  const std::size_t begin = bytes.find("Subject: ");
  std::size_t at = begin;
  while ((at = bytes.find("=?UTF-8?B?", at)) != std::string::npos && at < bytes.find("\r\nDate:", begin)) {
    const std::size_t end = bytes.find("?=", at + 10);
    out += decoded_base64(bytes.substr(at + 10, end - at - 10));
    at = end;
  }
  return out;
}

TEST(Mail, IsAMessageThatEveryProgramReads) {
  const std::string bytes = rfc5322(message());
  EXPECT_EQ(bytes, rfc5322(message()));
  EXPECT_EQ(subject_of(bytes), message().subject);
  EXPECT_NE(bytes.find("Date: Thu, 26 Mar 2026 09:05:07 +0000\r\n"), std::string::npos);
  EXPECT_NE(bytes.find("Message-ID: <17-KAZ@osce.example>\r\n"), std::string::npos);
  EXPECT_NE(bytes.find("To: mission@kaz.example\r\n"), std::string::npos);
  const std::size_t body = bytes.find("\r\n\r\n");
  ASSERT_NE(body, std::string::npos);
  EXPECT_EQ(decoded_base64(bytes.substr(body + 4)),
            "إجراء عدم الاعتراض مفتوح.\r\nالأجل: 2026-04-02 10:00 UTC\r\n");
  // RFC 5322, 2.1.1, and 7 bits throughout.
  std::istringstream lines(bytes);
  for (std::string line; std::getline(lines, line);) {
    ASSERT_TRUE(line.ends_with('\r'));
    EXPECT_LE(line.size(), 79U) << line;
    for (const char letter : line) EXPECT_GT(letter, 0);
  }
  EXPECT_EQ(bytes.find("List-Unsubscribe"), std::string::npos);
}

TEST(Mail, AnInvitationCarriesItsCalendarPart) {
  MailMessage invitation = message();
  invitation.calendar = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
  invitation.calendar_method = "REQUEST";
  const std::string bytes = rfc5322(invitation);
  EXPECT_NE(bytes.find("multipart/alternative; boundary=\"=_mithaq_17-KAZ\""), std::string::npos);
  const std::size_t part = bytes.find("Content-Type: text/calendar; charset=utf-8; method=REQUEST");
  ASSERT_NE(part, std::string::npos);
  EXPECT_EQ(decoded_base64(bytes.substr(bytes.find("\r\n\r\n", part) + 4)), invitation.calendar);
  EXPECT_TRUE(bytes.ends_with("--=_mithaq_17-KAZ--\r\n"));
}

TEST(Mail, NobodyAddsAHeader) {
  const auto refuses = [](auto change) {
    MailMessage changed = message();
    change(changed);
    EXPECT_THROW(rfc5322(changed), Error);
  };
  refuses([](MailMessage& m) { m.subject = "a\r\nBcc: all@example.org"; });
  refuses([](MailMessage& m) { m.subject = "a\nBcc: all@example.org"; });
  refuses([](MailMessage& m) { m.to = {"a@example.org\r\nBcc: b@example.org"}; });
  refuses([](MailMessage& m) { m.to = {"a@example.org, b@example.org"}; });
  refuses([](MailMessage& m) { m.to = {}; });
  refuses([](MailMessage& m) { m.from = "x"; });
  refuses([](MailMessage& m) { m.language = "ar\r\nX: y"; });
  refuses([](MailMessage& m) { m.calendar_method = "REQUEST\r\nX: y"; });
  refuses([](MailMessage& m) { m.key = "../../etc/passwd"; });
  for (const char* good : {"a@b", "first.last+tag@sub.example.org", "o'neil@example.ie"})
    EXPECT_TRUE(is_mail_address(good)) << good;
  for (const char* bad : {"", "@b", "a@", "a b@c", "a@b c", "<a@b>", "a@b>", "a@-b", "a..b@c", ".a@b",
                          "a@b..c", "a@b\n", "a\"@b", "a,b@c", "مكتب@example.org"})
    EXPECT_FALSE(is_mail_address(bad)) << bad;
  EXPECT_FALSE(is_mail_address(std::string(65, 'a') + "@b"));
  // A title with a line's end comes to one line in the notice's message.
  secretariat::Notice notice{.delegation = "KAZ",
                             .entry = 3,
                             .at = at("2026-03-26T09:05:07Z"),
                             .subject = "PC-1",
                             .title = {{"en", "Title\r\nBcc: all@example.org"}},
                             .said = "A meeting is planned."};
  const Messages messages = Messages::load(test::data(), Language::english);
  const std::string bytes = rfc5322(message_of(notice, {{.address = "m@kaz.example", .language = "en"}},
                                               messages, {.from = "s@osce.example"}));
  EXPECT_EQ(bytes.find("\nBcc:"), std::string::npos);
}

// A server that takes mail (RFC 5321), as far as a client needs one.
class Sink {
 public:
  Sink() {
    listening_ = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::bind(listening_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    EXPECT_EQ(::listen(listening_, 16), 0);
    socklen_t length = sizeof address;
    ::getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Sink() {
    stopping_ = true;
    ::shutdown(listening_, SHUT_RDWR);
    ::close(listening_);
    thread_.join();
  }
  std::string address() const { return "smtp://127.0.0.1:" + std::to_string(port_); }
  std::vector<std::string> messages() {
    const std::lock_guard guard(mutex_);
    return messages_;
  }
  std::vector<std::string> recipients() {
    const std::lock_guard guard(mutex_);
    return recipients_;
  }
  std::atomic<int> refuse_with{0};  // 451 or 550 instead of taking the next messages

 private:
  void serve() {
    while (!stopping_) {
      const int client = ::accept(listening_, nullptr, nullptr);
      if (client < 0) return;
      talk(client);
      ::close(client);
    }
  }
  void talk(int client) {
    std::string held;
    const auto say = [&](const std::string& line) {
      const std::string out = line + "\r\n";
      (void)!::write(client, out.data(), out.size());
    };
    const auto line = [&]() -> std::optional<std::string> {
      while (true) {
        const std::size_t end = held.find("\r\n");
        if (end != std::string::npos) {
          std::string out = held.substr(0, end);
          held.erase(0, end + 2);
          return out;
        }
        char buffer[4096];
        const ssize_t count = ::read(client, buffer, sizeof buffer);
        if (count <= 0) return std::nullopt;
        held.append(buffer, static_cast<std::size_t>(count));
      }
    };
    say("220 sink");
    while (const auto command = line()) {
      if (command->starts_with("EHLO")) {
        say("250 sink");
      } else if (command->starts_with("RCPT TO:")) {
        const std::lock_guard guard(mutex_);
        recipients_.push_back(command->substr(8));
        say("250 ok");
      } else if (command->starts_with("DATA")) {
        say("354 go on");
        std::string text;
        while (const auto part = line()) {
          if (*part == ".") break;
          text += (part->starts_with(".") ? part->substr(1) : *part) + "\r\n";
        }
        if (refuse_with != 0) {
          say(std::to_string(refuse_with) + " not now");
          continue;
        }
        {
          const std::lock_guard guard(mutex_);
          messages_.push_back(text);
        }
        say("250 taken");
      } else if (command->starts_with("QUIT")) {
        say("221 bye");
        return;
      } else {
        say("250 ok");
      }
    }
  }

  int listening_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_{false};
  std::mutex mutex_{};
  std::vector<std::string> messages_{}, recipients_{};
  std::thread thread_{};
};

TEST(Mail, GoesOverSmtpAsItIs) {
  Sink sink;
  MailMessage sent = message();
  sent.to = {"a@kaz.example", "b@kaz.example"};
  send_by_smtp({.smtp = sink.address(), .from = sent.from}, sent);
  ASSERT_EQ(sink.messages().size(), 1U);
  EXPECT_EQ(sink.messages()[0], rfc5322(sent));
  EXPECT_EQ(sink.recipients(), (std::vector<std::string>{"<a@kaz.example>", "<b@kaz.example>"}));
}

class MailTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("mithaq-mail-" + std::to_string(::getpid()) + "-" +
                                           ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    options_.record = record::Location((folder_ / "record.db").string());
    options_.data = test::data();
    options_.clock = [this] { return std::chrono::floor<std::chrono::seconds>(now_); };
    convening_ = std::make_shared<Convening>(test::data());
    options_.convening = convening_;
  }
  void TearDown() override { fs::remove_all(folder_); }

  // Invites 68 delegations to a meeting: a notice for each.
  void invite(const char* local) {
    Workspace writing(options_);
    writing.record_to_write();
    const auto act = [&](const std::string& verb, const std::string& subject, json fields) {
      const ActOutcome outcome = convening_->act(
          writing,
          {.type = "meeting." + verb,
           .stamp = {.actor = {.by = "test", .capacity = acts::Capacity::secretariat}, .subject = subject},
           .fields = std::move(fields)},
          now_ += std::chrono::seconds(1));
      EXPECT_FALSE(outcome.refusal) << outcome.refusal->reason;
      return outcome.done.empty() ? std::string() : outcome.done[0].act.stamp.subject;
    };
    const std::string id = act("planned", "", {{"body", "OSCE_PC"}, {"begins", {{"local", local}}}});
    act("invited", id, json::object());
  }
  std::size_t files() const {
    std::size_t count = 0;
    if (fs::exists(outbox()))
      for (const auto& each : fs::directory_iterator(outbox()))
        count += each.path().extension() == ".eml" ? 1 : 0;
    return count;
  }
  fs::path outbox() const { return folder_ / "outbox"; }
  MailRound send(MailOptions options) {
    Workspace workspace(options_);
    Mailbox mailbox(options_.record);
    return send_mail(workspace, mailbox, options, now_);
  }
  MailOptions to_files() const { return {.folder = outbox(), .from = "s@osce.example"}; }
  void address(const std::string& delegation, const std::string& mail, const std::string& language = "ar") {
    Mailbox(options_.record).add_address({.delegation = delegation, .address = mail, .language = language});
  }

  fs::path folder_{};
  WorkspaceOptions options_{};
  std::shared_ptr<Convening> convening_{};
  Instant now_ = at("2026-03-01T10:00:00Z");
};

TEST_F(MailTest, EachNoticeIsAFileOnceInTheLanguageOfTheDelegation) {
  invite("2026-03-26T10:00");
  EXPECT_EQ(send(to_files()).sent, 0U) << "nobody has an address";
  address("KAZ", "mission@kaz.example");
  address("RUS", "mission@rus.example", "ru");
  EXPECT_EQ(send(to_files()).sent, 2U);
  EXPECT_EQ(send(to_files()).sent, 0U);
  EXPECT_EQ(files(), 2U);
  // An invitation carries the meeting for the reader's calendar.
  for (const auto& each : fs::directory_iterator(outbox())) {
    std::ifstream file(each.path(), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    const std::size_t part = text.str().find("method=REQUEST");
    ASSERT_NE(part, std::string::npos);
    EXPECT_NE(decoded_base64(text.str().substr(text.str().find("\r\n\r\n", part) + 4)).find("BEGIN:VEVENT"),
              std::string::npos);
  }
  // The table remembers what the folder's reader has taken away.
  for (const auto& each : fs::directory_iterator(outbox())) fs::remove(each.path());
  EXPECT_EQ(send(to_files()).sent, 0U);
  EXPECT_EQ(files(), 0U);
  invite("2026-04-02T10:00");
  EXPECT_EQ(send(to_files()).sent, 2U);
  const auto outbox_rows = Mailbox(options_.record).outbox(10);
  EXPECT_EQ(outbox_rows.size(), 4U);
  for (const MailState& row : outbox_rows) EXPECT_EQ(row.state, "sent");
}

TEST_F(MailTest, AKilledProcessLeavesEachMessageExactlyOnce) {
  invite("2026-03-26T10:00");
  for (const char* each : {"KAZ", "RUS", "DEU", "FRA", "JPN", "EGY", "USA", "AUT", "TUR", "ITA"})
    address(each, "m@example.org");
  // Children are killed at any moment of the sending, until one comes through.
  for (int round = 0; round < 12; ++round) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      WorkspaceOptions own = options_;
      own.convening = nullptr;
      try {
        Workspace workspace(own);
        Mailbox mailbox(own.record);
        send_mail(workspace, mailbox, to_files(), now_ + std::chrono::minutes(5 * round));
      } catch (...) {
      }
      ::_exit(0);
    }
    ::usleep(static_cast<useconds_t>(20'000 + 25'000 * round));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
  now_ += std::chrono::hours(2);
  send(to_files());
  EXPECT_EQ(files(), 10U);
  for (const MailState& row : Mailbox(options_.record).outbox(20)) EXPECT_EQ(row.state, "sent") << row.key;
  for (const auto& each : fs::directory_iterator(outbox())) {
    if (each.path().extension() != ".eml") continue;
    std::ifstream file(each.path(), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    EXPECT_TRUE(text.str().ends_with("\r\n")) << each.path();
  }
}

TEST_F(MailTest, WhatTheServerRefusesForNowWaitsAndWhatItRefusesForGoodIsGivenUp) {
  invite("2026-03-26T10:00");
  address("KAZ", "mission@kaz.example");
  Sink sink;
  const MailOptions smtp{.smtp = sink.address(), .from = "s@osce.example"};
  sink.refuse_with = 451;
  EXPECT_EQ(send(smtp).waiting, 1U);
  EXPECT_EQ(Mailbox(options_.record).outbox(1)[0].problem, "the mail server answered 451");
  // Not at once again.
  sink.refuse_with = 0;
  EXPECT_EQ(send(smtp).waiting, 1U);
  EXPECT_TRUE(sink.messages().empty());
  now_ += std::chrono::seconds(31);
  EXPECT_EQ(send(smtp).sent, 1U);
  EXPECT_EQ(send(smtp).sent, 0U);
  EXPECT_EQ(sink.messages().size(), 1U);

  invite("2026-04-02T10:00");
  sink.refuse_with = 550;
  EXPECT_EQ(send(smtp).failed, 1U);
  now_ += std::chrono::hours(5);
  sink.refuse_with = 0;
  EXPECT_EQ(send(smtp).sent, 0U);
  EXPECT_EQ(sink.messages().size(), 1U);
}

TEST_F(MailTest, AServerThatIsAwayIsTriedAgainLessAndLess) {
  invite("2026-03-26T10:00");
  address("KAZ", "mission@kaz.example");
  MailOptions away{.smtp = "smtp://127.0.0.1:1", .from = "s@osce.example", .attempts_max = 3};
  EXPECT_EQ(send(away).waiting, 1U);
  const std::int64_t first = Mailbox(options_.record).outbox(1)[0].next_ms - now_.time_since_epoch().count();
  now_ += std::chrono::milliseconds(first);
  EXPECT_EQ(send(away).waiting, 1U);
  EXPECT_EQ(Mailbox(options_.record).outbox(1)[0].next_ms - now_.time_since_epoch().count(), 2 * first);
  now_ += std::chrono::milliseconds(2 * first);
  EXPECT_EQ(send(away).failed, 1U);
}

TEST_F(MailTest, AnAddressThatComesLaterGetsWhatIsToldFromThenOn) {
  invite("2026-03-26T10:00");
  const record::Seq now = Workspace(options_).record().size() - 1;
  Mailbox(options_.record)
      .add_address({.delegation = "KAZ", .address = "m@kaz.example", .language = "en", .since = now});
  EXPECT_EQ(send(to_files()).sent, 0U);
  invite("2026-04-02T10:00");
  EXPECT_EQ(send(to_files()).sent, 1U);
  EXPECT_TRUE(Mailbox(options_.record).remove_address("KAZ", "m@kaz.example"));
  EXPECT_FALSE(Mailbox(options_.record).remove_address("KAZ", "m@kaz.example"));
  EXPECT_THROW(Mailbox(options_.record).add_address({.delegation = "KAZ", .address = "x"}), Error);
}

}  // namespace
}  // namespace mithaq::service
