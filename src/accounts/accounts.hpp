// Accounts, their credentials and their sessions: tables beside the record, in the same database.
//
// Here is who somebody is; what they may do is decided in engines/access. Nothing here is part of the record:
// the acts that belong there (an account was made, a session opened) are appended by whoever calls. Used by
// every thread of the server, and by `mithaq accounts` beside a running server: each question looks into the
// database, so that an account that was disabled elsewhere is refused at its next request. docs/accounts.md
// describes the tables.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/password.hpp"
#include "accounts/seal.hpp"
#include "accounts/sign_in_limits.hpp"
#include "engines/access/decide.hpp"
#include "engines/access/statuses.hpp"
#include "record/entry.hpp"
#include "record/location.hpp"

namespace mithaq::record {
class Database;
}

namespace mithaq::accounts {

// In Account::statuses: what the register says at the instant.
inline constexpr std::string_view kByRegister = "register";

struct Account {
  std::string id{};    // "amina": small letters, digits, . _ -
  std::string name{};  // as its owner writes it, in Unicode's normal form C; shown escaped
  access::Role role = access::Role::reader;
  std::string party{};                  // entity id; may be empty
  std::vector<std::string> statuses{};  // given by hand; kByRegister among them: those of the register too
  std::string email{};     // for who signs in through the organization's provider; in small letters
  std::string language{};  // of the page: "ar", "en", "ru"; empty: what the browser asks for
  bool disabled = false;
  bool has_password = false;
  bool has_second_factor = false;
  bool linked = false;  // to somebody of the provider
  std::string created_at{};
  std::string last_seen_at{};  // to some minutes; empty: never
};

// What is to be made. A party that is not said is that of nobody.
struct NewAccount {
  std::string id{};
  std::string name{};
  access::Role role = access::Role::reader;
  std::string party{};
  std::vector<std::string> statuses = {std::string(kByRegister)};
  std::string email{};
};

// What is to be changed; a field left empty stays.
struct Change {
  std::optional<std::string> name{};
  std::optional<access::Role> role{};
  std::optional<std::string> party{};
  std::optional<std::vector<std::string>> statuses{};
  std::optional<std::string> email{};
  std::optional<std::string> language{};
  std::optional<bool> disabled{};
};

// One sign-in that lasts: who sent the token that belongs to it.
struct Session {
  std::string id{};  // hex of SHA-256 of the token: names the session, opens nothing
  Account account{};
  access::Subject subject{};  // with the statuses of the instant
  std::string csrf{};         // what a request that changes something repeats
};

// The same as its owner lists it.
struct OpenSession {
  std::string id{};        // as Session::id
  std::string shown_id{};  // names it to its owner; made out of the id, opens nothing
  std::string opened_at{};
  std::string last_seen_at{};  // to some minutes
};

struct SignIn {
  enum class Outcome {
    opened,
    wrong,        // no such account, a wrong password or code, a disabled account: never said which
    code_needed,  // the password is right, the account has a second factor
    wait,         // too many attempts
  };
  Outcome outcome = Outcome::wrong;
  std::string token{};    // of the session, for the cookie
  std::string account{};  // its id, if a session was opened
  std::int64_t retry_after_seconds = 0;
};

struct Credentials {
  std::string account{};
  std::string password{};
  std::string code{};     // one-time code, or a recovery code
  std::string address{};  // where the attempt comes from
};

// What the register says of a party at an instant: {"OSCE", "partner_asian"} … Only what is certain.
using RegisterSays = std::function<std::vector<access::Held>(const std::string& party, Instant at)>;

struct AccountsOptions {
  std::string location{};        // of the record: a file or a URL
  std::filesystem::path data{};  // the folder data/
  record::Clock clock{};
  RegisterSays register_says{};  // without it accounts hold only the statuses given by hand
  // The file of the key that seals second factors, beside the one that signs the record (docs/accounts.md).
  std::filesystem::path key{};
  std::string home{};  // entity id of the organization that keeps this record; empty: as it was
  std::chrono::seconds idle = std::chrono::hours(12);          // after which a session ends by itself
  std::chrono::seconds lifetime = std::chrono::hours(24 * 7);  // after which it ends in any case
};

// A question that somebody asks again, and its feed.
struct SavedSearch {
  std::string id{};
  std::string account{};
  std::string name{};
  std::string query{};    // JSON, as service/saved_search.hpp reads it
  std::string token{};    // of its feed: whoever has it reads what the account may see
  std::int64_t seen = 0;  // the newest row of an answer that its owner has seen
  std::string created_at{};
};

class Accounts {
 public:
  // Opens the tables, and makes them if there are none.
  //   throws  as record::Database::open
  static std::unique_ptr<Accounts> open(AccountsOptions options);
  ~Accounts();

  // --- accounts

  std::vector<Account> list() const;  // by id
  std::optional<Account> find(const std::string& id) const;
  // Makes an account that nobody can sign in to until it has a password or a provider's word.
  //   throws  Error{conflict} if the id is taken, Error{invalid_input} saying what is wrong with a field
  Account add(const NewAccount& account);
  // An account that is disabled loses its sessions at once.
  //   throws  Error{not_found}; Error{invalid_input}; Error{conflict} if no administrator would be left
  Account change(const std::string& id, const Change& change);
  // Makes a password that is said once; all sessions end.
  std::string new_password(const std::string& id);
  // Without accounts: makes the administrator "admin".
  //   returns  its password, to be said once on the terminal; nothing if there are accounts
  std::optional<std::string> make_first_administrator();
  // Nobody has signed in yet: the password still stands on the terminal of the first start.
  bool is_first_start() const;

  // The organization that keeps this record.
  std::string home() const;
  const access::Statuses& statuses() const { return statuses_; }
  // 32 random bytes under a name, made when they are first asked for: the same for all servers of this
  // record.
  std::string secret(const std::string& name);
  // What keeps second factors from being checked on this machine, in a sentence for its keeper; empty:
  // nothing.
  std::string second_factor_problem();
  // Who an account is for the decision, with the statuses of the instant.
  access::Subject subject_of(const Account& account) const;

  // --- sessions

  // A password, and a second factor where the account has one.
  //   throws  Error{invalid_input} if the password is too long to be one, before it costs anything
  SignIn sign_in(const Credentials& credentials);
  // A session for somebody whom the provider vouches for: linked before, or named to us by an administrator
  // with this address, which the provider has verified.
  //   subject  the provider's own name of them: issuer and "sub"
  SignIn sign_in_by_provider(const std::string& subject, const std::string& verified_email);
  // The session of a token; nothing if it is no token of ours, has ended, or its account is disabled.
  std::optional<Session> session(std::string_view token) const;
  // True as long as a session lasts; for what stays open behind a request.
  bool lasts(const std::string& session_id) const;
  void sign_out(std::string_view token);
  // Ends all sessions of an account, but for one.
  void end_sessions(const std::string& id, const std::string& but_session_id = "");
  // The sessions of an account that last, the one used last first (open_sessions.cpp).
  std::vector<OpenSession> open_sessions(const std::string& account) const;
  // Ends one of them.
  //   shown    its OpenSession::shown_id
  //   returns  false if the account has no such session
  bool end_session(const std::string& account, const std::string& shown);
  // Grows with every change after which a session may have ended or a right may be another. Streams look at
  // it.
  std::int64_t generation() const;

  // --- credentials of the one who is signed in

  enum class Proof { right, wrong, wait };
  // Changes a password; the other sessions of the account end.
  //   throws  Error{invalid_input} with the reason if the new password is not taken
  Proof change_password(const Session& session, const std::string& old_password,
                        const std::string& new_password, const std::string& address);
  // A secret that counts once its first code was given.
  struct SecondFactor {
    std::string secret{};  // base32
    std::string uri{};     // for an authenticator
  };
  SecondFactor propose_second_factor(const std::string& id);
  //   returns  ten recovery codes, said once; nothing if the code is wrong
  std::optional<std::vector<std::string>> confirm_second_factor(const std::string& id,
                                                                const std::string& code);
  Proof remove_second_factor(const Session& session, const std::string& password, const std::string& address);
  // Without its owner's password: for an administrator whose user lost everything.
  void drop_second_factor(const std::string& id);

  // --- searches that are kept (saved_searches.cpp)

  std::vector<SavedSearch> searches(const std::string& account) const;  // the oldest first
  //   throws  Error{invalid_input} if the name is none, Error{conflict} if there are too many
  SavedSearch keep_search(const std::string& account, const std::string& name, const std::string& query,
                          std::int64_t seen);
  // Its feed ends with it.
  //   returns  false if the account has no such search; so does the next
  bool remove_search(const std::string& account, const std::string& id);
  bool see_search(const std::string& account, const std::string& id, std::int64_t seen);
  // The search of a feed's token; nothing if there is none or its account is disabled.
  std::optional<SavedSearch> search_of_feed(const std::string& token) const;

  // --- the address of its calendar (calendar_address.cpp)

  // The secret in the address: made out of the account and a secret, so that nothing is kept of it.
  std::string calendar_token(const std::string& account) const;
  // Another address from now on; the one before leads nowhere.
  void renew_calendar_token(const std::string& account);
  // Whose token it is; nothing if it is nobody's, was renewed, or the account is disabled.
  std::optional<std::string> account_of_calendar(const std::string& token) const;

 private:
  struct Row;
  explicit Accounts(AccountsOptions options);
  std::chrono::sys_seconds second() const;
  std::int64_t now() const;
  std::optional<Row> row(const std::string& id) const;
  std::string open_session(const std::string& id);
  Proof check_password(const std::string& id, const std::string& password, const std::string& address);
  bool take_second_factor(const Row& row, const std::string& code);
  void write(const std::function<void(record::Database&)>& change) const;
  static void note_change(record::Database& database);  // generation() grows
  static std::string time_text(std::int64_t seconds);   // empty for 0: never
  // The connections, each with its lock; made anew if another file took the place of the record's.
  //   throws  Error{unavailable} if there is no record any more
  record::Database& reading() const;
  record::Database& writing() const;
  void seal_second_factors(record::Database& database) const;
  // The key, if nothing was sealed yet.
  void make_key_unless_lost(record::Database& database) const;
  //   throws  Error{unavailable} if the key is missing or another
  std::string opened(const std::string& sealed, const std::string& account);
  // Made out of the search's id and a secret, so that it can be shown again though only its hash is kept.
  std::string feed_token(const std::string& search) const;
  // How often the address of its calendar was made anew.
  std::string calendar_round(const std::string& account) const;
  std::optional<std::string> password_refusal(const Account& account, std::string_view password) const;

  AccountsOptions options_;
  mutable Seal seal_;
  std::string feed_key_{};
  access::Statuses statuses_;
  PasswordRules rules_;
  mutable PasswordHasher hasher_{};
  SignInLimits limits_{};
  // Two connections: a question never waits for somebody who writes.
  mutable std::mutex reading_lock_{};
  mutable std::mutex writing_lock_{};
  mutable std::unique_ptr<record::Database> reading_;
  mutable std::unique_ptr<record::Database> writing_;
  mutable std::optional<record::FileIdentity> reading_from_{}, writing_from_{};
  // Statuses of a party on a day, as the register says them.
};

// What a request that changes something repeats beside the cookie: bound to the token, tells nothing of it.
std::string csrf_of(std::string_view token);

// What names a session to its owner.
std::string shown_id(const std::string& session_id);

// Why a text cannot be a name of an account; nothing if it can.
std::optional<std::string> name_refusal(std::string_view name);

}  // namespace mithaq::accounts
