// The sessions of an account, as its owner sees them: where they signed in, and how to end what they forgot.
#include "accounts/accounts.hpp"
#include "base/encoding.hpp"
#include "base/sha256.hpp"
#include "record/database.hpp"

namespace mithaq::accounts {

namespace {

using record::Database;
using record::Query;

constexpr std::size_t kShownIdSize = 24;  // hexadecimal digits

}  // namespace

std::string shown_id(const std::string& session_id) {
  return to_hex(sha256("shown " + session_id)).substr(0, kShownIdSize);
}

std::vector<OpenSession> Accounts::open_sessions(const std::string& account) const {
  const std::int64_t at = now();
  const std::lock_guard guard(reading_lock_);
  Query query = reading().query(
      "select id, opened_at, seen_at from account_sessions where account = ?1 and opened_at > ?2 and seen_at "
      "> ?3 "
      "order by seen_at desc, opened_at desc, id",
      account, at - options_.lifetime.count(), at - options_.idle.count());
  std::vector<OpenSession> out;
  while (query.step()) {
    const std::string id(query.text(0));
    out.push_back({.id = id,
                   .shown_id = shown_id(id),
                   .opened_at = time_text(query.integer(1)),
                   .last_seen_at = time_text(query.integer(2))});
  }
  return out;
}

bool Accounts::end_session(const std::string& account, const std::string& shown) {
  for (const OpenSession& session : open_sessions(account)) {
    if (session.shown_id != shown) continue;
    bool ended = false;
    write([&](Database& database) {
      database.run("delete from account_sessions where id = ?1 and account = ?2", session.id, account);
      ended = database.changes() != 0;
      // Streams look at the generation; the session may have ended meanwhile, then nothing has changed.
      if (ended) note_change(database);
    });
    return ended;
  }
  return false;
}

}  // namespace mithaq::accounts
