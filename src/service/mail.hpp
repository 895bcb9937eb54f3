// Notices to delegations as e-mail: RFC 5322 messages, written as files into a folder or handed to an SMTP
// server.
//
// What was sent is kept in tables beside the record, so that a restart sends nothing twice and leaves nothing
// out. A message's name is the entry that it is about and the delegation it goes to; so is its Message-ID.
//
// - Files: written under another name, flushed to disk, then renamed. A process that is killed at any moment
//   leaves each message once.
// - SMTP: noted as sent when the server has taken it. A process that is killed between the two sends the
//   message again with the same Message-ID, by which mail programs know it; nothing is ever left out.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "record/database.hpp"
#include "secretariat/desk.hpp"
#include "service/messages.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

struct MailMessage {
  std::string key{};              // "1234-KAZ": of its own among all messages
  std::string from{};             // "secretariat@osce.example"
  std::vector<std::string> to{};  // addresses
  std::string subject{};          // UTF-8
  std::string text{};             // UTF-8, lines parted by \n
  std::string language{};
  Instant at{};                   // its date
  std::string calendar{};         // an iCalendar object (RFC 5545), if it invites or cancels
  std::string calendar_method{};  // "REQUEST", "CANCEL"
};

// An address that can stand in a header and in an SMTP command: a name, an @ and a domain, nothing else.
bool is_mail_address(std::string_view text);

// The message as bytes, lines ended by CR LF. The same message gives the same bytes.
//   throws  Error{invalid_input} if an address is none, or a header would hold a line's end: nobody adds
//           headers of their own by a title or a name
std::string rfc5322(const MailMessage& message);

struct MailAddress {
  std::string delegation{};
  std::string address{};
  std::string language{};  // of the messages: "ar", "en", "ru"
  record::Seq since = 0;   // notices of entries behind this one go to it
};

struct MailOptions {
  std::filesystem::path folder{};  // files go there; or
  std::string smtp{};              // "smtp://mail.example.org:25", "smtps://…"
  std::string user{}, password{};  // of the SMTP server; empty: none
  std::string from{};
  std::string page{};  // "https://mithaq.example.org", for the link in a message; empty: none
  std::chrono::milliseconds patience{30'000};
  int attempts_max = 12;  // after so many a message is given up
};

// What stands in the outbox.
struct MailState {
  std::string key{};
  std::string delegation{};
  record::Seq entry = 0;
  std::string state{};  // "waiting", "sent", "failed"
  int attempts = 0;
  std::string problem{};     // of the last attempt
  std::int64_t next_ms = 0;  // when it is tried again, since 1970
};

// One connection to the tables: used by one thread at a time.
class Mailbox {
 public:
  // Makes the tables where there are none.
  explicit Mailbox(const record::Location& record);
  ~Mailbox();
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  //   throws  Error{invalid_input} if it is no address
  void add_address(const MailAddress& address);
  //   returns  false if there was no such address
  bool remove_address(const std::string& delegation, const std::string& address);
  std::vector<MailAddress> addresses(const std::string& delegation = "");

  // Those that wait or failed, then the latest sent.
  std::vector<MailState> outbox(std::size_t limit);

  // Takes a message to send it: false if it was sent, was given up, waits for its time, or somebody else has
  // it.
  bool take(const MailState& message, std::int64_t now_ms);
  void sent(const std::string& key, std::int64_t now_ms);
  void failed(const std::string& key, const std::string& problem, std::optional<std::int64_t> again_ms);
  bool was_sent(const std::string& key);

 private:
  std::unique_ptr<record::Database> database_;
};

// Whether mail can be sent as they say.
//   throws  Error{invalid_input} naming what is wrong
void check_mail_options(const MailOptions& options);
// The first line of a file.
//   throws  Error{not_found}
std::string password_in(const std::filesystem::path& file);

// Sends one message.
//   throws  Error{no_space, unavailable}: try again; Error{invalid_input}: never will
void put_into_folder(const std::filesystem::path& folder, const std::string& key, const std::string& message);
void send_by_smtp(const MailOptions& options, const MailMessage& message);

// A notice as a message.
MailMessage message_of(const secretariat::Notice& notice, const std::vector<MailAddress>& addresses,
                       const Messages& messages, const MailOptions& options);

struct MailRound {
  std::size_t sent = 0, waiting = 0, failed = 0;
};

// Sends what is to be sent now: each notice to each delegation that has an address.
//   throws  what the record throws; a message that could not be sent waits for its next time
MailRound send_mail(Workspace& workspace, Mailbox& mailbox, const MailOptions& options, Instant now);

// The same, again and again, in a thread of the server.
class MailUpkeep {
 public:
  MailUpkeep(WorkspaceOptions workspace, MailOptions options,
             std::function<void(const std::string&)> trouble = {});
  ~MailUpkeep();
  MailUpkeep(const MailUpkeep&) = delete;
  MailUpkeep& operator=(const MailUpkeep&) = delete;

 private:
  void run();

  WorkspaceOptions workspace_;
  MailOptions options_;
  std::function<void(const std::string&)> trouble_;
  std::mutex mutex_{};
  std::condition_variable wanted_{};
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace mithaq::service
