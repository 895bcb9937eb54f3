// The secret address of an account's calendar: whoever has it reads the meetings of its delegation.
#include <openssl/crypto.h>

#include "accounts/accounts.hpp"
#include "accounts/text_forms.hpp"
#include "record/database.hpp"

namespace mithaq::accounts {

namespace {

using record::Database;
using record::Query;

// How often the address was made anew stands in the settings under this name and the account.
std::string setting_of(const std::string& account) {
  return "calendar " + account;
}

}  // namespace

std::string Accounts::calendar_round(const std::string& account) const {
  const std::lock_guard guard(reading_lock_);
  const std::string setting = setting_of(account);
  Query query = reading().query("select value from account_settings where name = ?1", setting);
  return query.step() ? std::string(query.text(0)) : std::string("0");
}

std::string Accounts::calendar_token(const std::string& account) const {
  // The account's id has no dot in base64url, so the first one ends it.
  return to_base64url(account) + "." + feed_token("calendar " + account + " " + calendar_round(account));
}

void Accounts::renew_calendar_token(const std::string& account) {
  const std::string next = std::to_string(std::stoull(calendar_round(account)) + 1);
  write([&](Database& database) {
    database.run(
        "insert into account_settings (name, value) values (?1, ?2) on conflict (name) do update set value = "
        "excluded.value",
        setting_of(account), next);
  });
}

std::optional<std::string> Accounts::account_of_calendar(const std::string& token) const {
  const std::size_t dot = token.find('.');
  if (dot == std::string::npos) return std::nullopt;
  const auto id = from_base64url(token.substr(0, dot));
  if (!id) return std::nullopt;
  const auto account = find(*id);
  if (!account || account->disabled) return std::nullopt;
  const std::string right = calendar_token(account->id);
  if (right.size() != token.size() || CRYPTO_memcmp(right.data(), token.data(), right.size()) != 0)
    return std::nullopt;
  return account->id;
}

}  // namespace mithaq::accounts
