#include "accounts/accounts.hpp"

#include <algorithm>
#include <array>

#include "accounts/text_forms.hpp"
#include "accounts/totp.hpp"
#include "base/encoding.hpp"
#include "base/error.hpp"
#include "base/sha256.hpp"
#include "base/utf8.hpp"
#include "record/beside.hpp"
#include "record/database.hpp"

namespace mithaq::accounts {

namespace {

using access::Role;
using record::Database;
using record::Query;
using record::Transaction;

constexpr std::size_t kIdBytesMax = 64;
constexpr std::size_t kNameLengthMax = 200;  // code points
constexpr std::size_t kSessionsMax = 50;     // of one account; the oldest end
constexpr std::size_t kTokenBytes = 32;
constexpr std::size_t kRecoveryCodes = 10;
constexpr std::int64_t kTouchSeconds = 300;  // how exactly it is known when a session was used last
constexpr std::chrono::milliseconds kReadPatience{2000}, kWritePatience{5000};

// Texts and whole numbers of 64 bits only: both databases take this as it stands. Times are seconds since
// 1970.
constexpr const char* kTables = R"(
create table if not exists accounts (
  id text primary key,
  name text not null,
  role text not null,
  party text not null,
  statuses text not null,
  email text not null,
  language text not null,
  disabled bigint not null,
  password text not null,
  totp text not null,
  totp_proposed text not null,
  totp_last bigint not null,
  recovery text not null,
  provider text not null,
  created_at bigint not null,
  seen_at bigint not null
);
create table if not exists account_sessions (
  id text primary key,
  account text not null,
  opened_at bigint not null,
  seen_at bigint not null
);
create index if not exists account_sessions_account on account_sessions (account);
create table if not exists account_searches (
  id text primary key,
  account text not null,
  name text not null,
  query text not null,
  feed text not null,
  seen bigint not null,
  created_at bigint not null
);
create index if not exists account_searches_account on account_searches (account);
create unique index if not exists account_searches_feed on account_searches (feed);
create table if not exists account_settings (name text primary key, value text not null);
)";

constexpr const char* kNoRecord = "the record of this server is not there: `mithaq read FOLDER` makes one";

constexpr const char* kColumns =
    "id, name, role, party, statuses, email, language, disabled, password, totp, totp_proposed, totp_last, "
    "recovery, provider, created_at, seen_at";

std::string joined(const std::vector<std::string>& values, char between) {
  std::string out;
  for (const std::string& value : values) {
    if (!out.empty()) out += between;
    out += value;
  }
  return out;
}

std::vector<std::string> parted(std::string_view text, char between) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(between), text.size());
    if (end != 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string lower(std::string text) {
  for (char& letter : text) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return text;
}

bool is_id(std::string_view id) {
  if (id.empty() || id.size() > kIdBytesMax || id.front() == '.' || id.front() == '-') return false;
  return id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-") == std::string_view::npos;
}

bool is_email(std::string_view email) {
  const std::size_t at = email.find('@');
  return email.size() <= 254 && at != std::string_view::npos && at != 0 && at + 1 < email.size() &&
         email.find('@', at + 1) == std::string_view::npos &&
         email.find_first_of(" \t<>,;\"|") == email.npos && !name_refusal(email);
}

std::string checked_name(std::string_view name) {
  if (const auto refusal = name_refusal(name)) throw Error(ErrorKind::invalid_input, *refusal);
  return to_nfc(name).value_or("");
}

std::string checked_email(const std::string& email) {
  if (!email.empty() && !is_email(email)) throw Error(ErrorKind::invalid_input, "this is no e-mail address");
  return lower(email);
}

std::string checked_party(const std::string& party) {
  if (!party.empty() && name_refusal(party))
    throw Error(ErrorKind::invalid_input,
                "the party is the id of an organization or a State, e.g. OSCE or KAZ");
  return party;
}

std::string checked_language(const std::string& language) {
  if (language.empty() || language == "ar" || language == "en" || language == "ru") return language;
  throw Error(ErrorKind::invalid_input, "the language is ar, en or ru");
}

std::string checked_statuses(const std::vector<std::string>& statuses, const access::Statuses& known) {
  for (const std::string& status : statuses) {
    if (status != kByRegister && (status == access::kPublic || known.find(status) == nullptr))
      throw Error(ErrorKind::invalid_input, "there is no status \"" + status + "\"");
  }
  return joined(statuses, '|');
}

std::string hash_of(std::string_view secret) {
  return to_hex(sha256(secret));
}

// Recovery codes are compared as people type them.
std::string recovery_hash(std::string_view code) {
  std::string plain;
  for (const char letter : code) {
    if (letter == '-' || letter == ' ') continue;
    plain += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
  }
  return hash_of("recovery " + plain);
}

bool is_one_time_code(std::string_view code) {
  return code.size() == 6 && code.find_first_not_of("0123456789") == std::string_view::npos;
}

void bump(Database& database) {
  database.run(
      "update account_settings set value = cast(cast(value as bigint) + 1 as text) where name = "
      "'generation'");
}

}  // namespace

struct Accounts::Row {
  Account account{};
  std::string password{};  // hash
  std::string totp{};      // secret, sealed
  std::string totp_proposed{};
  std::int64_t totp_last = 0;
  std::string recovery{};  // hashes of unused codes, parted by blanks
  std::string provider{};

  static Row read(const Query& query) {
    Row row;
    Account& account = row.account;
    account.id = query.text(0);
    account.name = query.text(1);
    account.role = access::role_named(query.text(2)).value_or(Role::reader);
    account.party = query.text(3);
    account.statuses = parted(query.text(4), '|');
    account.email = query.text(5);
    account.language = query.text(6);
    account.disabled = query.integer(7) != 0;
    row.password = query.text(8);
    row.totp = query.text(9);
    row.totp_proposed = query.text(10);
    row.totp_last = query.integer(11);
    row.recovery = query.text(12);
    row.provider = query.text(13);
    account.created_at = time_text(query.integer(14));
    account.last_seen_at = time_text(query.integer(15));
    account.has_password = !row.password.empty();
    account.has_second_factor = !row.totp.empty();
    account.linked = !row.provider.empty();
    return row;
  }
};

std::string csrf_of(std::string_view token) {
  return hash_of("csrf " + std::string(token));
}

std::optional<std::string> name_refusal(std::string_view name) {
  if (find_invalid_utf8(name) != name.size()) return "the name is not valid UTF-8";
  std::size_t length = 0;
  bool visible = false;
  for (std::size_t at = 0; at < name.size(); ++length) {
    const CodePoint point = decode_utf8(name, at);
    at += point.length;
    if (point.value < 0x20 || (point.value >= 0x7F && point.value < 0xA0) || point.value == 0x2028 ||
        point.value == 0x2029)
      return "the name holds a control character";
    visible = visible || point.value != ' ';
  }
  if (!visible) return "the name is empty";
  if (length > kNameLengthMax) return "the name is longer than 200 characters";
  return std::nullopt;
}

Accounts::Accounts(AccountsOptions options)
    : options_(std::move(options)),
      seal_(options_.key),
      statuses_(access::Statuses::load(options_.data / "access")),
      rules_(PasswordRules::load(options_.data / "access")) {}

Accounts::~Accounts() = default;

std::unique_ptr<Accounts> Accounts::open(AccountsOptions options) {
  expect(static_cast<bool>(options.clock), "accounts have a clock");
  std::unique_ptr<Accounts> made(new Accounts(std::move(options)));
  {
    const std::lock_guard guard(made->writing_lock_);
    made->writing();
  }
  made->feed_key_ = made->secret("feeds");
  return made;
}

Database& Accounts::reading() const {
  const auto there = record::identity_of(record::Location(options_.location));
  if (!there) throw Error(ErrorKind::unavailable, kNoRecord);
  if (reading_ && there == reading_from_) return *reading_;
  reading_.reset();
  {
    const std::lock_guard guard(writing_lock_);
    writing();  // its tables are there
  }
  reading_ = Database::open(options_.location, Database::Mode::read, kReadPatience);
  reading_from_ = there;
  return *reading_;
}

Database& Accounts::writing() const {
  const auto there = record::identity_of(record::Location(options_.location));
  if (!there) throw Error(ErrorKind::unavailable, kNoRecord);
  if (writing_ && there == writing_from_) return *writing_;
  writing_ = Database::open(options_.location, Database::Mode::write, kWritePatience);
  writing_from_ = there;
  Database& database = *writing_;
  record::create_beside(database,
                        {.name = "accounts",
                         .tables = {"accounts", "account_sessions", "account_searches", "account_settings"},
                         .sql = kTables});
  record::run_transaction(database, Transaction::Kind::write, [&] {
    database.run(
        "insert into account_settings (name, value) values ('generation', '1') on conflict do nothing");
    if (!options_.home.empty()) {
      database.run(
          "insert into account_settings (name, value) values ('home', ?1) on conflict (name) do update set "
          "value = excluded.value",
          options_.home);
    }
  });
  seal_second_factors(database);
  return database;
}

// An earlier version of this program kept second factors as they were.
void Accounts::seal_second_factors(Database& database) const {
  constexpr const char* kPlain =
      "select count(*) from accounts where (totp <> '' and totp not like 's1:%') or "
      "(totp_proposed <> '' and totp_proposed not like 's1:%')";
  if (database.integer(kPlain, 0) == 0) return;
  make_key_unless_lost(database);
  const bool sqlite = database.dialect() == record::Dialect::sqlite;
  // What stood there is overwritten, not only given free.
  if (sqlite) database.script("pragma secure_delete=on");
  record::run_transaction(database, Transaction::Kind::write, [&] {
    std::vector<std::array<std::string, 3>> plain;
    {
      Query query = database.query("select id, totp, totp_proposed from accounts");
      while (query.step())
        plain.push_back({std::string(query.text(0)), std::string(query.text(1)), std::string(query.text(2))});
    }
    for (auto& [id, totp, proposed] : plain) {
      for (std::string* each : {&totp, &proposed}) {
        if (each->empty() || Seal::is_sealed(*each)) continue;
        *each = seal_.seal(from_hex(*each).value_or(""), id);
      }
      database.run("update accounts set totp = ?1, totp_proposed = ?2 where id = ?3", totp, proposed, id);
    }
  });
  try {
    database.script(sqlite ? "pragma wal_checkpoint(truncate)" : "vacuum accounts");
  } catch (const Error&) {
    // Somebody reads: the next checkpoint, or the database's own vacuum, does it.
  }
}

void Accounts::make_key_unless_lost(Database& database) const {
  if (seal_.has_key()) return;
  if (database.integer("select count(*) from accounts where totp like 's1:%' or totp_proposed like 's1:%'",
                       0) == 0)
    seal_.make_key_if_missing();
}

std::string Accounts::opened(const std::string& sealed, const std::string& account) {
  const auto secret = seal_.open(sealed, account);
  if (!secret)
    throw Error(ErrorKind::unavailable,
                "second factors cannot be checked: the keeper of this server has to put back their key");
  return *secret;
}

std::string Accounts::second_factor_problem() {
  std::string sealed, id;
  {
    const std::lock_guard guard(reading_lock_);
    Query query = reading().query("select totp, id from accounts where totp <> '' order by id limit 1");
    if (!query.step()) return "";
    sealed = query.text(0);
    id = query.text(1);
  }
  try {
    if (seal_.open(sealed, id)) return "";
  } catch (const Error&) {
    // No key, or none that can be read.
  }
  return "second factors cannot be checked: " + options_.key.string() +
         " is not the key that sealed them. Put it back from where it is kept";
}

std::chrono::sys_seconds Accounts::second() const {
  return std::chrono::floor<std::chrono::seconds>(options_.clock());
}

std::int64_t Accounts::now() const {
  return second().time_since_epoch().count();
}

void Accounts::write(const std::function<void(Database&)>& change) const {
  const std::lock_guard guard(writing_lock_);
  Transaction transaction(writing(), Transaction::Kind::write);
  change(writing());
  transaction.commit();
}

std::optional<Accounts::Row> Accounts::row(const std::string& id) const {
  const std::lock_guard guard(reading_lock_);
  Query query = reading().query(std::string("select ") + kColumns + " from accounts where id = ?1",
                                std::string_view(id));
  if (!query.step()) return std::nullopt;
  return Row::read(query);
}

std::vector<Account> Accounts::list() const {
  const std::lock_guard guard(reading_lock_);
  Query query = reading().query(std::string("select ") + kColumns + " from accounts order by id");
  std::vector<Account> out;
  while (query.step()) out.push_back(Row::read(query).account);
  return out;
}

std::optional<Account> Accounts::find(const std::string& id) const {
  const auto found = row(id);
  return found ? std::optional(found->account) : std::nullopt;
}

Account Accounts::add(const NewAccount& account) {
  if (!is_id(account.id))
    throw Error(ErrorKind::invalid_input,
                "the id of an account is up to 64 small letters, digits and . _ -, e.g. amina.k");
  const std::string name = checked_name(account.name), party = checked_party(account.party),
                    email = checked_email(account.email),
                    statuses = checked_statuses(account.statuses, statuses_);
  write([&](Database& database) {
    database.run(
        "insert into accounts (id, name, role, party, statuses, email, language, disabled, password, totp, "
        "totp_proposed, totp_last, recovery, provider, created_at, seen_at) values "
        "(?1, ?2, ?3, ?4, ?5, ?6, '', 0, '', '', '', 0, '', '', ?7, 0) on conflict do nothing",
        account.id, name, access::name_of(account.role), party, statuses, email, now());
    if (database.changes() == 0)
      throw Error(ErrorKind::conflict, "there is an account \"" + account.id + "\" already");
  });
  return *find(account.id);
}

Account Accounts::change(const std::string& id, const Change& change) {
  write([&](Database& database) {
    Row before;
    {
      Query query = database.query(std::string("select ") + kColumns + " from accounts where id = ?1",
                                   std::string_view(id));
      if (!query.step()) throw Error(ErrorKind::not_found, "there is no account \"" + id + "\"");
      before = Row::read(query);
    }
    const Account& old = before.account;
    const std::string name = change.name ? checked_name(*change.name) : old.name;
    const Role role = change.role.value_or(old.role);
    const std::string party = change.party ? checked_party(*change.party) : old.party;
    const std::string statuses = checked_statuses(change.statuses.value_or(old.statuses), statuses_);
    const std::string email = change.email ? checked_email(*change.email) : old.email;
    const std::string language = change.language ? checked_language(*change.language) : old.language;
    const bool disabled = change.disabled.value_or(old.disabled);
    database.run(
        "update accounts set name = ?1, role = ?2, party = ?3, statuses = ?4, email = ?5, language = ?6, "
        "disabled = ?7 where id = ?8",
        name, access::name_of(role), party, statuses, email, language, disabled ? 1 : 0, id);
    if (disabled) database.run("delete from account_sessions where account = ?1", id);
    const bool was = old.role == Role::administrator && !old.disabled;
    if (was && (role != Role::administrator || disabled) &&
        database.integer("select count(*) from accounts where role = 'administrator' and disabled = 0", 0) ==
            0)
      throw Error(ErrorKind::conflict, "this is the last administrator: make another one first");
    bump(database);
  });
  return *find(id);
}

std::string Accounts::new_password(const std::string& id) {
  if (!row(id)) throw Error(ErrorKind::not_found, "there is no account \"" + id + "\"");
  std::string password = random_words(20, 5);
  const std::string hash = hasher_.hash(password);
  write([&](Database& database) {
    database.run("update accounts set password = ?1 where id = ?2", hash, id);
    database.run("delete from account_sessions where account = ?1", id);
    bump(database);
  });
  return password;
}

std::optional<std::string> Accounts::make_first_administrator() {
  {
    const std::lock_guard guard(reading_lock_);
    if (reading().integer("select count(*) from accounts", 0) != 0) return std::nullopt;
  }
  std::string password = random_words(20, 5);
  const std::string hash = hasher_.hash(password);
  const std::string party = home();
  bool made = false;
  write([&](Database& database) {
    // Two servers may start at once; one of them makes the account.
    if (database.integer("select count(*) from accounts", 0) != 0) return;
    database.run(
        "insert into accounts (id, name, role, party, statuses, email, language, disabled, password, totp, "
        "totp_proposed, totp_last, recovery, provider, created_at, seen_at) values "
        "('admin', 'Administrator', 'administrator', ?1, 'register', '', '', 0, ?2, '', '', 0, '', '', ?3, "
        "0)",
        party, hash, now());
    made = true;
  });
  return made ? std::optional(password) : std::nullopt;
}

bool Accounts::is_first_start() const {
  const std::lock_guard guard(reading_lock_);
  return reading().integer("select count(*) from accounts where seen_at <> 0", 0) == 0;
}

std::string Accounts::home() const {
  const std::lock_guard guard(reading_lock_);
  Query query = reading().query("select value from account_settings where name = 'home'");
  return query.step() ? std::string(query.text(0)) : std::string();
}

std::string Accounts::secret(const std::string& name) {
  const std::string key = "secret " + name, made = to_hex(random_bytes(32));
  std::string kept;
  write([&](Database& database) {
    database.run("insert into account_settings (name, value) values (?1, ?2) on conflict do nothing", key,
                 made);
    Query query = database.query("select value from account_settings where name = ?1", key);
    expect(query.step(), "a secret that was just kept is there");
    kept = query.text(0);
  });
  return from_hex(kept).value_or("");
}

access::Subject Accounts::subject_of(const Account& account) const {
  access::Subject subject{.signed_in = true,
                          .account = account.id,
                          .role = account.role,
                          .party = account.party,
                          .staff = account.party == home()};
  for (const std::string& status : account.statuses) {
    if (status != kByRegister) {
      subject.statuses.push_back(status);
      continue;
    }
    if (account.party.empty() || !options_.register_says) continue;
    // Asked anew each time: a decision grants or takes away a status at an instant, not at the end of a day.
    const auto held = statuses_.of(options_.register_says(account.party, options_.clock()));
    subject.statuses.insert(subject.statuses.end(), held.begin(), held.end());
  }
  std::sort(subject.statuses.begin(), subject.statuses.end());
  subject.statuses.erase(std::unique(subject.statuses.begin(), subject.statuses.end()),
                         subject.statuses.end());
  return subject;
}

std::optional<std::string> Accounts::password_refusal(const Account& account,
                                                      std::string_view password) const {
  return rules_.refusal(password, {account.id, account.name, account.party, home(), account.email, "mithaq"});
}

bool Accounts::take_second_factor(const Row& row, const std::string& code) {
  const std::string& id = row.account.id;
  if (is_one_time_code(code)) {
    const auto step = totp_accepts(opened(row.totp, id), code, second(), row.totp_last);
    if (!step) return false;
    bool taken = false;
    // Of two attempts with one code at the same time, one finds it used.
    write([&](Database& database) {
      database.run("update accounts set totp_last = ?1 where id = ?2 and totp_last < ?1", *step, id);
      taken = database.changes() == 1;
    });
    return taken;
  }
  const std::string hash = recovery_hash(code);
  std::vector<std::string> left = parted(row.recovery, ' ');
  const auto found = std::find(left.begin(), left.end(), hash);
  if (found == left.end()) return false;
  left.erase(found);
  bool taken = false;
  write([&](Database& database) {
    database.run("update accounts set recovery = ?1 where id = ?2 and recovery = ?3", joined(left, ' '), id,
                 row.recovery);
    taken = database.changes() == 1;
  });
  return taken;
}

SignIn Accounts::sign_in(const Credentials& credentials) {
  if (credentials.password.size() > kPasswordBytesMax)
    throw Error(ErrorKind::invalid_input, "the password is longer than 1024 bytes");
  const std::string id = lower(credentials.account);
  // What is no id is nobody's, and is counted as one, so that it fills no table.
  const std::string counted = is_id(id) ? id : "?";
  const auto at = second();
  const auto found = row(id);

  bool has_second_factor = false;  // its code was given, and cannot be given again
  if (const auto wait = limits_.wait_seconds(counted, credentials.address, at); wait > 0) {
    // An attacker cannot lock the owner out: who has the second factor need not wait.
    has_second_factor = found && !found->totp.empty() && is_one_time_code(credentials.code) &&
                        take_second_factor(*found, credentials.code);
    if (!has_second_factor) return {.outcome = SignIn::Outcome::wait, .retry_after_seconds = wait};
  }
  const bool may_enter = found && !found->account.disabled;
  const auto right = hasher_.matches(may_enter ? found->password : "", credentials.password);
  if (!right) return {.outcome = SignIn::Outcome::wait, .retry_after_seconds = 1};
  if (!*right) {
    limits_.failed(counted, credentials.address, at);
    return {.outcome = SignIn::Outcome::wrong};
  }
  if (found->account.has_second_factor && !has_second_factor) {
    if (credentials.code.empty()) return {.outcome = SignIn::Outcome::code_needed};
    if (!take_second_factor(*found, credentials.code)) {
      limits_.failed(counted, credentials.address, at);
      return {.outcome = SignIn::Outcome::wrong};
    }
  }
  limits_.succeeded(counted, credentials.address, at);
  return {.outcome = SignIn::Outcome::opened, .token = open_session(id), .account = id};
}

SignIn Accounts::sign_in_by_provider(const std::string& subject, const std::string& verified_email) {
  expect(!subject.empty(), "a provider names whom it vouches for");
  std::string id;
  write([&](Database& database) {
    {
      Query linked = database.query("select id from accounts where provider = ?1 and disabled = 0", subject);
      if (linked.step()) {
        id = linked.text(0);
        return;
      }
    }
    if (verified_email.empty()) return;
    const std::string email = lower(verified_email);
    {
      Query named = database.query(
          "select id from accounts where email = ?1 and provider = '' and disabled = 0 order by id", email);
      if (!named.step()) return;
      id = named.text(0);
      // One address for two accounts names nobody.
      if (named.step()) {
        id.clear();
        return;
      }
    }
    database.run("update accounts set provider = ?1 where id = ?2", subject, id);
  });
  if (id.empty()) return {.outcome = SignIn::Outcome::wrong};
  return {.outcome = SignIn::Outcome::opened, .token = open_session(id), .account = id};
}

std::string Accounts::open_session(const std::string& id) {
  std::string token = to_base64url(random_bytes(kTokenBytes));
  const std::string session = hash_of(token);
  const std::int64_t at = now();
  write([&](Database& database) {
    database.run("delete from account_sessions where opened_at < ?1 or seen_at < ?2",
                 at - options_.lifetime.count(), at - options_.idle.count());
    database.run(
        "delete from account_sessions where account = ?1 and id not in (select id from account_sessions "
        "where "
        "account = ?1 order by opened_at desc, id limit ?2)",
        id, static_cast<std::int64_t>(kSessionsMax - 1));
    database.run("insert into account_sessions (id, account, opened_at, seen_at) values (?1, ?2, ?3, ?3)",
                 session, id, at);
    database.run("update accounts set seen_at = ?1 where id = ?2", at, id);
  });
  return token;
}

std::optional<Session> Accounts::session(std::string_view token) const {
  if (token.size() != 43 || !from_base64url(token)) return std::nullopt;
  Session out{.id = hash_of(token)};
  const std::int64_t at = now();
  std::int64_t seen = 0;
  {
    const std::lock_guard guard(reading_lock_);
    static const std::string kSql = [] {
      std::string columns;
      for (const std::string& column : parted(kColumns, ',')) {
        if (!columns.empty()) columns += ", ";
        columns += "a." + column.substr(column.find_first_not_of(' '));
      }
      return "select " + columns +
             ", s.seen_at from account_sessions s join accounts a on a.id = s.account where s.id = ?1 and "
             "a.disabled = 0 and s.opened_at > ?2 and s.seen_at > ?3";
    }();
    Query query = reading().query(kSql, out.id, at - options_.lifetime.count(), at - options_.idle.count());
    if (!query.step()) return std::nullopt;
    out.account = Row::read(query).account;
    seen = query.integer(16);
  }
  if (at - seen >= kTouchSeconds) {
    try {
      write([&](Database& database) {
        database.run("update account_sessions set seen_at = ?1 where id = ?2", at, out.id);
        database.run("update accounts set seen_at = ?1 where id = ?2", at, out.account.id);
      });
    } catch (const Error&) {
      // Somebody writes for long, or the disk is full: the next request will say that the session is in use.
    }
  }
  out.subject = subject_of(out.account);
  out.csrf = csrf_of(token);
  return out;
}

bool Accounts::lasts(const std::string& session_id) const {
  const std::int64_t at = now();
  const std::lock_guard guard(reading_lock_);
  return reading().integer(
             "select count(*) from account_sessions s join accounts a on a.id = s.account where s.id = ?1 "
             "and "
             "a.disabled = 0 and s.opened_at > ?2 and s.seen_at > ?3",
             0, session_id, at - options_.lifetime.count(), at - options_.idle.count()) != 0;
}

void Accounts::sign_out(std::string_view token) {
  const std::string session = hash_of(token);
  write([&](Database& database) {
    database.run("delete from account_sessions where id = ?1", session);
    if (database.changes() != 0) bump(database);
  });
}

void Accounts::end_sessions(const std::string& id, const std::string& but_session_id) {
  write([&](Database& database) {
    database.run("delete from account_sessions where account = ?1 and id <> ?2", id, but_session_id);
    bump(database);
  });
}

std::string Accounts::time_text(std::int64_t seconds) {
  return seconds == 0 ? "" : record::format_time(std::chrono::sys_seconds(std::chrono::seconds(seconds)));
}

void Accounts::note_change(Database& database) {
  bump(database);
}

std::int64_t Accounts::generation() const {
  const std::lock_guard guard(reading_lock_);
  return reading().integer("select cast(value as bigint) from account_settings where name = 'generation'", 0);
}

Accounts::Proof Accounts::check_password(const std::string& id, const std::string& password,
                                         const std::string& address) {
  if (password.size() > kPasswordBytesMax)
    throw Error(ErrorKind::invalid_input, "the password is longer than 1024 bytes");
  const auto at = second();
  const auto found = row(id);
  if (!found) throw Error(ErrorKind::not_found, "there is no account \"" + id + "\"");
  if (limits_.wait_seconds(id, address, at) > 0) return Proof::wait;
  const auto right = hasher_.matches(found->password, password);
  if (!right) return Proof::wait;
  if (!*right) limits_.failed(id, address, at);
  return *right ? Proof::right : Proof::wrong;
}

Accounts::Proof Accounts::change_password(const Session& session, const std::string& old_password,
                                          const std::string& new_password, const std::string& address) {
  const std::string& id = session.account.id;
  if (const auto refusal = password_refusal(session.account, new_password))
    throw Error(ErrorKind::invalid_input, *refusal);
  // Who came through the provider has none yet.
  if (session.account.has_password) {
    const Proof proof = check_password(id, old_password, address);
    if (proof != Proof::right) return proof;
  }
  const std::string hash = hasher_.hash(new_password);
  write([&](Database& database) {
    database.run("update accounts set password = ?1 where id = ?2", hash, id);
    database.run("delete from account_sessions where account = ?1 and id <> ?2", id, session.id);
    bump(database);
  });
  return Proof::right;
}

Accounts::SecondFactor Accounts::propose_second_factor(const std::string& id) {
  const std::string secret = new_totp_secret();
  {
    const std::lock_guard guard(writing_lock_);
    make_key_unless_lost(writing());
  }
  const std::string sealed = seal_.seal(secret, id);
  write([&](Database& database) {
    database.run("update accounts set totp_proposed = ?1 where id = ?2", sealed, id);
    if (database.changes() == 0) throw Error(ErrorKind::not_found, "there is no account \"" + id + "\"");
  });
  return {.secret = to_base32(secret), .uri = totp_uri(secret, id)};
}

std::optional<std::vector<std::string>> Accounts::confirm_second_factor(const std::string& id,
                                                                        const std::string& code) {
  const auto found = row(id);
  if (!found || found->totp_proposed.empty())
    throw Error(ErrorKind::conflict, "ask for a secret first: none was proposed to this account");
  const auto step = totp_accepts(opened(found->totp_proposed, id), code, second(), 0);
  if (!step) return std::nullopt;
  std::vector<std::string> codes, hashes;
  for (std::size_t each = 0; each < kRecoveryCodes; ++each) {
    codes.push_back(random_words(16, 4));
    hashes.push_back(recovery_hash(codes.back()));
  }
  write([&](Database& database) {
    database.run(
        "update accounts set totp = totp_proposed, totp_proposed = '', totp_last = ?1, recovery = ?2 where "
        "id = ?3 "
        "and totp_proposed = ?4",
        *step, joined(hashes, ' '), id, found->totp_proposed);
    if (database.changes() == 0)
      throw Error(ErrorKind::conflict, "ask for a secret first: none was proposed to this account");
    bump(database);
  });
  return codes;
}

Accounts::Proof Accounts::remove_second_factor(const Session& session, const std::string& password,
                                               const std::string& address) {
  const Proof proof = check_password(session.account.id, password, address);
  if (proof == Proof::right) drop_second_factor(session.account.id);
  return proof;
}

void Accounts::drop_second_factor(const std::string& id) {
  write([&](Database& database) {
    database.run(
        "update accounts set totp = '', totp_proposed = '', totp_last = 0, recovery = '' where id = ?1", id);
    if (database.changes() == 0) throw Error(ErrorKind::not_found, "there is no account \"" + id + "\"");
    bump(database);
  });
}

}  // namespace mithaq::accounts
