#include "service/mail.hpp"

#include <curl/curl.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "base/zone.hpp"
#include "record/beside.hpp"
#include "service/calendar_feed.hpp"
#include "service/convening.hpp"

namespace mithaq::service {

namespace {

using record::Database;
using record::Query;
using record::Transaction;

constexpr std::chrono::milliseconds kDatabasePatience{30'000};
// A message that a process took and did not finish is taken again after this.
constexpr std::int64_t kLeaseMs = 120'000;
constexpr std::int64_t kFirstWaitMs = 30'000, kLongestWaitMs = 3'600'000;
constexpr std::size_t kEncodedWordBytes = 42;  // of text in one encoded word: its line stays below 76

const record::Beside& beside() {
  static const record::Beside tables{
      .name = "mail",
      .tables = {"mail_addresses", "mail_messages"},
      .sql =
          "create table if not exists mail_addresses(delegation text not null, address text not null, "
          "language text not null, since integer not null, primary key(delegation, address));"
          "create table if not exists mail_messages(key text primary key, delegation text not null, "
          "entry integer not null, state text not null, attempts integer not null, problem text not null, "
          "next_ms integer not null, done_ms integer not null);"};
  return tables;
}

std::string base64(std::string_view bytes) {
  std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  out.resize(std::strlen(out.c_str()));
  return out;
}

// RFC 2045, 6.8: no line longer than 76.
std::string base64_lines(std::string_view bytes) {
  const std::string all = base64(bytes);
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += 76) out += all.substr(at, 76) + "\r\n";
  return out;
}

// RFC 2047: what is not ASCII in a header stands in encoded words of at most 75 characters, none of which
// parts a character.
std::string encoded_words(std::string_view text) {
  const bool ascii =
      std::all_of(text.begin(), text.end(), [](char letter) { return letter >= ' ' && letter < 0x7F; });
  if (ascii && text.size() <= 60 && text.find("=?") == std::string_view::npos) return std::string(text);
  std::string out;
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = begin;
    while (end < text.size()) {
      const std::size_t next = end + decode_utf8(text, end).length;
      if (next - begin > kEncodedWordBytes) break;
      end = next;
    }
    out += (out.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + base64(text.substr(begin, end - begin)) + "?=");
    begin = end;
  }
  return out;
}

// RFC 5322, 3.3: "Thu, 20 Jun 2019 08:05:00 +0000".
std::string mail_date(Instant at) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(at);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(at - day));
  return fmt::format("{}, {} {} {} {:02}:{:02}:{:02} +0000", kDays[std::chrono::weekday(day).c_encoding()],
                     static_cast<unsigned>(date.day()), kMonths[static_cast<unsigned>(date.month()) - 1],
                     static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                     time.seconds().count());
}

bool is_key(std::string_view key) {
  return !key.empty() && key.size() <= 200 && key.front() != '.' &&
         std::all_of(key.begin(), key.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                  (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.';
         });
}

void check_header(std::string_view value) {
  for (const char letter : value)
    if (static_cast<unsigned char>(letter) < ' ' || letter == 0x7F)
      throw Error(ErrorKind::invalid_input,
                  "a header of a message cannot hold a line's end or a control character");
}

// A title on one line; what would end a header is a blank there.
std::string one_line(std::string_view text) {
  std::string out = valid_utf8(text);
  for (char& letter : out)
    if (static_cast<unsigned char>(letter) < ' ' || letter == 0x7F) letter = ' ';
  return out;
}

// RFC 5322, 2.3: lines end in CR LF and nothing else does.
std::string mail_lines(std::string_view text) {
  std::string out;
  for (const char letter : text) {
    if (letter == '\r') continue;
    if (letter == '\n') out += '\r';
    out += letter;
  }
  return out;
}

[[noreturn]] void throw_system_error(const std::string& what, int error) {
  throw Error(error == ENOSPC || error == EDQUOT ? ErrorKind::no_space : ErrorKind::unavailable,
              what + ": " + std::strerror(error));
}

// An open file, closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

Language language_named(std::string_view name) {
  return name == "ar" ? Language::arabic : name == "ru" ? Language::russian : Language::english;
}

// An invitation, a move and a cancellation are acts of calendars, too (RFC 5546).
void add_calendar(Workspace& workspace, MailMessage& message, const secretariat::Notice& notice,
                  const Messages& messages) {
  if (notice.kind != "meeting.invited" && notice.kind != "meeting.moved" &&
      notice.kind != "meeting.cancelled")
    return;
  const ConveningReader reader{.asker = {.party = notice.delegation, .secretariat = false},
                               .sees = [](const document::Handling&) { return true; },
                               .language = language_named(message.language),
                               .say = [&](std::string_view english) { return messages.say(english); }};
  message.calendar = meeting_message(workspace, notice.subject, reader, message.from, message.to);
  message.calendar_method =
      message.calendar.find("METHOD:CANCEL") != std::string::npos ? "CANCEL" : "REQUEST";
}

std::int64_t milliseconds_of(Instant at) {
  return at.time_since_epoch().count();
}

}  // namespace

bool is_mail_address(std::string_view text) {
  // RFC 5321, 4.5.3.1: 64 octets before the @, 255 in the domain, 254 in all by the length of a path.
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at > 64 || text.size() > 254) return false;
  const auto is_word = [](char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9');
  };
  const std::string_view name = text.substr(0, at), domain = text.substr(at + 1);
  const auto well_dotted = [](std::string_view part) {
    return !part.empty() && part.front() != '.' && part.back() != '.' &&
           part.find("..") == std::string_view::npos;
  };
  return well_dotted(name) && well_dotted(domain) && domain.front() != '-' &&
         std::all_of(name.begin(), name.end(),
                     [&](char letter) {
                       return is_word(letter) ||
                              (letter > ' ' && std::strchr("!#$%&'*+-/=?^_`{|}~.", letter));
                     }) &&
         std::all_of(domain.begin(), domain.end(),
                     [&](char letter) { return is_word(letter) || letter == '-' || letter == '.'; });
}

std::string rfc5322(const MailMessage& message) {
  if (!is_mail_address(message.from)) throw Error(ErrorKind::invalid_input, "this is no e-mail address");
  if (message.to.empty()) throw Error(ErrorKind::invalid_input, "the message goes to nobody");
  std::string to;
  for (const std::string& address : message.to) {
    if (!is_mail_address(address)) throw Error(ErrorKind::invalid_input, "this is no e-mail address");
    to += (to.empty() ? "" : ",\r\n ") + address;
  }
  if (!is_key(message.key)) throw Error(ErrorKind::invalid_input, "the message has no name of its own");
  check_header(message.subject);
  check_header(message.language);
  check_header(message.calendar_method);
  const std::string domain = message.from.substr(message.from.find('@') + 1);
  std::string out = "From: " + message.from + "\r\nTo: " + to +
                    "\r\nSubject: " + encoded_words(message.subject) + "\r\nDate: " + mail_date(message.at) +
                    "\r\nMessage-ID: <" + message.key + "@" + domain +
                    ">\r\nMIME-Version: 1.0\r\nAuto-Submitted: auto-generated\r\n";
  if (!message.language.empty()) out += "Content-Language: " + message.language + "\r\n";
  const std::string text =
      "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
      base64_lines(mail_lines(valid_utf8(message.text)));
  if (message.calendar.empty()) return out + text;
  // Base64 holds no "=_", so that the boundary stands in neither part.
  const std::string boundary = "=_mithaq_" + message.key;
  return out + "Content-Type: multipart/alternative; boundary=\"" + boundary + "\"\r\n\r\n--" + boundary +
         "\r\n" + text + "--" + boundary +
         "\r\nContent-Type: text/calendar; charset=utf-8; method=" + message.calendar_method +
         "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64_lines(message.calendar) + "--" + boundary +
         "--\r\n";
}

Mailbox::Mailbox(const record::Location& record)
    : database_(Database::open(record, Database::Mode::write, kDatabasePatience)) {
  // What was sent is on disk before the next message goes.
  if (database_->dialect() == record::Dialect::sqlite) database_->script("pragma synchronous=full");
  record::create_beside(*database_, beside());
}

Mailbox::~Mailbox() = default;

void Mailbox::add_address(const MailAddress& address) {
  if (!is_mail_address(address.address)) throw Error(ErrorKind::invalid_input, "this is no e-mail address");
  if (!is_key(address.delegation)) throw Error(ErrorKind::invalid_input, "this is no delegation");
  record::run_transaction(*database_, Transaction::Kind::write, [&] {
    database_->run(
        "insert into mail_addresses(delegation, address, language, since) values(?1, ?2, ?3, ?4) "
        "on conflict(delegation, address) do update set language = excluded.language",
        address.delegation, address.address, address.language, address.since);
  });
}

bool Mailbox::remove_address(const std::string& delegation, const std::string& address) {
  bool removed = false;
  record::run_transaction(*database_, Transaction::Kind::write, [&] {
    database_->run("delete from mail_addresses where delegation = ?1 and address = ?2", delegation, address);
    removed = database_->changes() > 0;
  });
  return removed;
}

std::vector<MailAddress> Mailbox::addresses(const std::string& delegation) {
  std::vector<MailAddress> out;
  Query rows = database_->query(
      "select delegation, address, language, since from mail_addresses where ?1 = '' or delegation = ?1 "
      "order by delegation, address",
      delegation);
  while (rows.step())
    out.push_back({.delegation = std::string(rows.text(0)),
                   .address = std::string(rows.text(1)),
                   .language = std::string(rows.text(2)),
                   .since = static_cast<record::Seq>(rows.integer(3))});
  return out;
}

std::vector<MailState> Mailbox::outbox(std::size_t limit) {
  std::vector<MailState> out;
  Query rows = database_->query(
      "select key, delegation, entry, state, attempts, problem, next_ms from mail_messages "
      "order by case state when 'waiting' then 0 when 'failed' then 1 else 2 end, entry desc, key limit ?1",
      limit);
  while (rows.step())
    out.push_back({.key = std::string(rows.text(0)),
                   .delegation = std::string(rows.text(1)),
                   .entry = static_cast<record::Seq>(rows.integer(2)),
                   .state = std::string(rows.text(3)),
                   .attempts = static_cast<int>(rows.integer(4)),
                   .problem = std::string(rows.text(5)),
                   .next_ms = rows.integer(6)});
  return out;
}

bool Mailbox::was_sent(const std::string& key) {
  Query row = database_->query("select state from mail_messages where key = ?1", key);
  return row.step() && row.text(0) != "waiting";
}

bool Mailbox::take(const MailState& message, std::int64_t now_ms) {
  bool taken = false;
  record::run_transaction(*database_, Transaction::Kind::write, [&] {
    database_->run(
        "insert into mail_messages(key, delegation, entry, state, attempts, problem, next_ms, done_ms) "
        "values(?1, ?2, ?3, 'waiting', 0, '', 0, 0) on conflict(key) do nothing",
        message.key, message.delegation, message.entry);
    // Whoever takes it holds it for a while, so that no other process sends it too.
    database_->run(
        "update mail_messages set attempts = attempts + 1, next_ms = ?3 "
        "where key = ?1 and state = 'waiting' and next_ms <= ?2",
        message.key, now_ms, now_ms + kLeaseMs);
    taken = database_->changes() > 0;
  });
  return taken;
}

void Mailbox::sent(const std::string& key, std::int64_t now_ms) {
  record::run_transaction(*database_, Transaction::Kind::write, [&] {
    database_->run("update mail_messages set state = 'sent', problem = '', done_ms = ?2 where key = ?1", key,
                   now_ms);
  });
}

void Mailbox::failed(const std::string& key, const std::string& problem,
                     std::optional<std::int64_t> again_ms) {
  const std::string state = again_ms ? "waiting" : "failed";
  record::run_transaction(*database_, Transaction::Kind::write, [&] {
    database_->run("update mail_messages set state = ?2, problem = ?3, next_ms = ?4 where key = ?1", key,
                   state, problem.substr(0, 500), again_ms.value_or(0));
  });
}

void check_mail_options(const MailOptions& options) {
  if (!is_mail_address(options.from))
    throw Error(ErrorKind::invalid_input,
                "--mail-from is the address of the secretariat: secretariat@example.org");
  if (options.folder.empty() == options.smtp.empty())
    throw Error(ErrorKind::invalid_input, "say where messages go: --mail-folder or --smtp, one of them");
  if (!options.smtp.empty() && !options.smtp.starts_with("smtp://") && !options.smtp.starts_with("smtps://"))
    throw Error(ErrorKind::invalid_input,
                "--smtp is the address of a mail server: smtp://mail.example.org:25");
}

std::string password_in(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Error(ErrorKind::not_found, "no file " + path.string());
  std::string line;
  std::getline(file, line);
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

void put_into_folder(const std::filesystem::path& folder, const std::string& key,
                     const std::string& message) {
  expect(is_key(key), "a message's name is a file's");
  const std::filesystem::path path = folder / (key + ".eml");
  // It was renamed, and the process ended before it could note so.
  if (std::filesystem::exists(path)) return;
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  // Not another process's, for each has its number; one that was left behind is written over.
  const std::filesystem::path begun = folder / ("." + key + "." + std::to_string(::getpid()) + ".part");
  {
    const Descriptor file(::open(begun.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
    if (file.number() < 0) throw_system_error("the folder " + folder.string() + " takes no messages", errno);
    std::size_t written = 0;
    while (written < message.size()) {
      const ssize_t count = ::write(file.number(), message.data() + written, message.size() - written);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) {
        const int error = errno;
        ::unlink(begun.c_str());
        throw_system_error("a message was not written", error);
      }
      written += static_cast<std::size_t>(count);
    }
    if (::fsync(file.number()) != 0) throw_system_error("a message was not written", errno);
  }
  if (::rename(begun.c_str(), path.c_str()) != 0) throw_system_error("a message was not written", errno);
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.number() >= 0) ::fsync(directory.number());
}

void send_by_smtp(const MailOptions& options, const MailMessage& message) {
  static const CURLcode started = ::curl_global_init(CURL_GLOBAL_DEFAULT);
  expect(started == CURLE_OK, "libcurl starts");
  const std::string bytes = rfc5322(message);
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(::curl_easy_init(), &::curl_easy_cleanup);
  expect(curl != nullptr, "libcurl has a handle");
  CURL* const handle = curl.get();
  curl_slist* list = nullptr;
  for (const std::string& address : message.to)
    list = ::curl_slist_append(list, ("<" + address + ">").c_str());
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> recipients(list, &::curl_slist_free_all);
  const std::string from = "<" + message.from + ">";
  struct Reading {
    std::string_view rest;
  } reading{bytes};
  const auto give = [](char* buffer, std::size_t size, std::size_t count, void* context) -> std::size_t {
    auto& rest = static_cast<Reading*>(context)->rest;
    const std::size_t taken = std::min(rest.size(), size * count);
    std::memcpy(buffer, rest.data(), taken);
    rest.remove_prefix(taken);
    return taken;
  };
  ::curl_easy_setopt(handle, CURLOPT_URL, options.smtp.c_str());
  ::curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  // Encrypted wherever the server offers it; with a password, nowhere else.
  ::curl_easy_setopt(handle, CURLOPT_USE_SSL,
                     static_cast<long>(options.password.empty() ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  if (!options.user.empty()) {
    ::curl_easy_setopt(handle, CURLOPT_USERNAME, options.user.c_str());
    ::curl_easy_setopt(handle, CURLOPT_PASSWORD, options.password.c_str());
  }
  ::curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  ::curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(options.patience.count()));
  ::curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.patience.count() / 2));
  ::curl_easy_setopt(handle, CURLOPT_MAIL_FROM, from.c_str());
  ::curl_easy_setopt(handle, CURLOPT_MAIL_RCPT, recipients.get());
  ::curl_easy_setopt(handle, CURLOPT_UPLOAD, 1L);
  ::curl_easy_setopt(handle, CURLOPT_READFUNCTION,
                     static_cast<std::size_t (*)(char*, std::size_t, std::size_t, void*)>(give));
  ::curl_easy_setopt(handle, CURLOPT_READDATA, &reading);
  const CURLcode result = ::curl_easy_perform(handle);
  if (result == CURLE_OK) return;
  long code = 0;
  ::curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &code);
  const std::string why =
      code > 0 ? "the mail server answered " + std::to_string(code)
               : std::string("the mail server cannot be reached: ") + ::curl_easy_strerror(result);
  // RFC 5321, 4.2.1: an answer of 5yz will be the same the next time, one of 4yz may not.
  const bool never = code >= 500 && code < 600;
  throw Error(never ? ErrorKind::invalid_input : ErrorKind::unavailable, why);
}

MailMessage message_of(const secretariat::Notice& notice, const std::vector<MailAddress>& addresses,
                       const Messages& messages, const MailOptions& options) {
  MailMessage out;
  out.key = std::to_string(notice.entry) + "-" + notice.delegation;
  out.from = options.from;
  for (const MailAddress& address : addresses) out.to.push_back(address.address);
  out.language = addresses.empty() ? "en" : addresses.front().language;
  const std::string title = one_line(acts::words_in(notice.title, out.language));
  out.subject = one_line(notice.subject) + (title.empty() ? "" : ": ") + title;
  out.at = notice.at;
  out.text = (title.empty() ? one_line(notice.subject) : title) + "\n\n" + messages.say(notice.said) + "\n";
  if (notice.deadline) {
    out.text +=
        "\n" + messages.say("Deadline") + ": " + format_instant(*notice.deadline).substr(0, 16) + " UTC\n";
  }
  out.text += "\n" + notice.subject + "\n";
  if (!options.page.empty()) out.text += options.page + "/#/home\n";
  return out;
}

MailRound send_mail(Workspace& workspace, Mailbox& mailbox, const MailOptions& options, Instant now) {
  MailRound round;
  std::map<std::string, std::vector<MailAddress>> addresses;
  for (const MailAddress& address : mailbox.addresses()) addresses[address.delegation].push_back(address);
  if (addresses.empty()) return round;

  // What was told to whom, copied out: nothing is sent while the state is held.
  std::vector<secretariat::Notice> notices =
      workspace.convening().read(workspace, [&](const secretariat::Secretariat& state) {
        std::vector<secretariat::Notice> out;
        for (const auto& [delegation, known] : addresses) {
          record::Seq since = known.front().since;
          for (const MailAddress& address : known) since = std::min(since, address.since);
          for (const secretariat::Notice* notice : state.notices_to(delegation))
            if (notice->entry > since) out.push_back(*notice);
        }
        return out;
      });
  std::stable_sort(notices.begin(), notices.end(),
                   [](const auto& a, const auto& b) { return a.entry < b.entry; });

  std::map<std::string, Messages> messages;
  for (const secretariat::Notice& notice : notices) {
    std::vector<MailAddress> known = addresses[notice.delegation];
    std::erase_if(known, [&](const MailAddress& address) { return notice.entry <= address.since; });
    if (known.empty()) continue;
    const std::string language = known.front().language;
    if (!messages.contains(language))
      messages.emplace(language, Messages::load(workspace.options().data, language_named(language)));
    MailMessage message = message_of(notice, known, messages.at(language), options);
    if (mailbox.was_sent(message.key)) continue;
    if (!mailbox.take({.key = message.key, .delegation = notice.delegation, .entry = notice.entry},
                      milliseconds_of(now))) {
      ++round.waiting;
      continue;
    }
    try {
      add_calendar(workspace, message, notice, messages.at(language));
      if (!options.folder.empty()) {
        put_into_folder(options.folder, message.key, rfc5322(message));
      } else {
        send_by_smtp(options, message);
      }
      mailbox.sent(message.key, milliseconds_of(now));
      ++round.sent;
    } catch (const Error& error) {
      int attempts = 1;
      for (const MailState& each : mailbox.outbox(10'000))
        if (each.key == message.key) attempts = each.attempts;
      const bool give_up = error.kind() == ErrorKind::invalid_input || attempts >= options.attempts_max;
      // Twice as long after each attempt.
      const std::int64_t wait = std::min(kLongestWaitMs, kFirstWaitMs << std::min(attempts - 1, 10));
      mailbox.failed(message.key, error.what(),
                     give_up ? std::nullopt : std::optional(milliseconds_of(now) + wait));
      ++(give_up ? round.failed : round.waiting);
    }
  }
  return round;
}

MailUpkeep::MailUpkeep(WorkspaceOptions workspace, MailOptions options,
                       std::function<void(const std::string&)> trouble)
    : workspace_(std::move(workspace)),
      options_(std::move(options)),
      trouble_(std::move(trouble)),
      thread_([this] { run(); }) {}

MailUpkeep::~MailUpkeep() {
  {
    const std::lock_guard guard(mutex_);
    stopping_ = true;
  }
  wanted_.notify_all();
  thread_.join();
}

void MailUpkeep::run() {
  constexpr std::chrono::milliseconds kLookEvery(1000), kAfterTrouble(10'000);
  Workspace workspace(workspace_);
  std::unique_ptr<Mailbox> mailbox;
  std::unique_lock guard(mutex_);
  while (!stopping_) {
    guard.unlock();
    std::chrono::milliseconds wait = kLookEvery;
    try {
      if (record::identity_of(workspace_.record)) {
        if (!mailbox) mailbox = std::make_unique<Mailbox>(workspace_.record);
        send_mail(workspace, *mailbox, options_,
                  std::chrono::floor<std::chrono::milliseconds>(workspace_.clock()));
      }
    } catch (const Error& error) {
      // The record is locked, full or away: it is tried again.
      if (trouble_) trouble_(error.what());
      mailbox.reset();
      wait = kAfterTrouble;
    }
    guard.lock();
    wanted_.wait_for(guard, wait, [this] { return stopping_; });
  }
}

}  // namespace mithaq::service
