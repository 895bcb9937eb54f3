// Searches that accounts keep, and the tokens of their feeds.
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "accounts/accounts.hpp"
#include "accounts/text_forms.hpp"
#include "base/error.hpp"
#include "base/sha256.hpp"
#include "record/database.hpp"

namespace mithaq::accounts {

namespace {

using record::Database;
using record::Query;

constexpr std::size_t kSearchesMax = 100;  // of one account
constexpr const char* kColumns = "s.id, s.account, s.name, s.query, s.seen, s.created_at";

SavedSearch read(const Query& query) {
  SavedSearch out{.id = std::string(query.text(0)),
                  .account = std::string(query.text(1)),
                  .name = std::string(query.text(2)),
                  .query = std::string(query.text(3)),
                  .seen = query.integer(4)};
  out.created_at = record::format_time(std::chrono::sys_seconds(std::chrono::seconds(query.integer(5))));
  return out;
}

// What a feed's token is looked up by: a table that somebody reads gives them no feed.
std::string kept_of(const std::string& token) {
  return to_hex(sha256("feed " + token));
}

}  // namespace

std::string Accounts::feed_token(const std::string& search) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  unsigned size = 0;
  expect(::HMAC(::EVP_sha256(), feed_key_.data(), static_cast<int>(feed_key_.size()),
                reinterpret_cast<const unsigned char*>(search.data()), search.size(), mac.data(),
                &size) != nullptr,
         "HMAC-SHA-256 is there");
  return to_base64url({reinterpret_cast<const char*>(mac.data()), size});
}

std::vector<SavedSearch> Accounts::searches(const std::string& account) const {
  const std::lock_guard guard(reading_lock_);
  Query query =
      reading().query(std::string("select ") + kColumns +
                          " from account_searches s where s.account = ?1 order by s.created_at, s.id",
                      account);
  std::vector<SavedSearch> out;
  while (query.step()) out.push_back(read(query));
  for (SavedSearch& search : out) search.token = feed_token(search.id);
  return out;
}

SavedSearch Accounts::keep_search(const std::string& account, const std::string& name,
                                  const std::string& query, std::int64_t seen) {
  if (const auto refusal = name_refusal(name)) throw Error(ErrorKind::invalid_input, *refusal);
  const std::string id = to_base64url(random_bytes(12)), token = feed_token(id);
  write([&](Database& database) {
    if (database.integer("select count(*) from account_searches where account = ?1", 0, account) >=
        static_cast<std::int64_t>(kSearchesMax))
      throw Error(ErrorKind::conflict, "you keep 100 searches already: remove one first");
    database.run(
        "insert into account_searches (id, account, name, query, feed, seen, created_at) values "
        "(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        id, account, to_nfc(name).value_or(""), query, kept_of(token), seen, now());
  });
  for (SavedSearch& search : searches(account)) {
    if (search.id == id) return search;
  }
  throw Error(ErrorKind::conflict, "the search was removed meanwhile");
}

bool Accounts::remove_search(const std::string& account, const std::string& id) {
  bool removed = false;
  write([&](Database& database) {
    database.run("delete from account_searches where account = ?1 and id = ?2", account, id);
    removed = database.changes() > 0;
  });
  return removed;
}

bool Accounts::see_search(const std::string& account, const std::string& id, std::int64_t seen) {
  bool found = false;
  write([&](Database& database) {
    database.run("update account_searches set seen = ?3 where account = ?1 and id = ?2", account, id, seen);
    found = database.changes() > 0;
  });
  return found;
}

std::optional<SavedSearch> Accounts::search_of_feed(const std::string& token) const {
  const std::lock_guard guard(reading_lock_);
  const std::string kept = kept_of(token);
  Query query = reading().query(std::string("select ") + kColumns +
                                    " from account_searches s join accounts a on a.id = s.account "
                                    "where s.feed = ?1 and a.disabled = 0",
                                kept);
  if (!query.step()) return std::nullopt;
  SavedSearch out = read(query);
  out.token = token;
  return out;
}

}  // namespace mithaq::accounts
