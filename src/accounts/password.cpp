#include "accounts/password.hpp"

#include <sodium.h>

#include <algorithm>
#include <chrono>

#include "accounts/text_forms.hpp"
#include "base/error.hpp"
#include "base/fold.hpp"
#include "base/table.hpp"
#include "base/utf8.hpp"

namespace mithaq::accounts {

namespace {

constexpr auto kPatience = std::chrono::milliseconds(500);  // of a sign-in for its turn

// As people type it on any keyboard: one normal form (RFC 8265, OpaqueString).
std::string prepared(std::string_view password) {
  return to_nfc(password).value_or(std::string(password));
}

// What is left of a password without one of the words, in its folded form.
std::string without(std::string text, const std::string& word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word))
    text.erase(at, word.size());
  return text;
}

// "aaaaaaaaaaaa", "123412341234": few characters, again and again.
bool repeats(const std::u32string& text) {
  for (std::size_t period = 1; period <= 4 && period * 2 <= text.size(); ++period) {
    bool same = true;
    for (std::size_t at = period; at < text.size() && same; ++at) same = text[at] == text[at - period];
    if (same) return true;
  }
  return false;
}

// "abcdefghijkl", "210987654321": each character follows the one before; 0 follows 9.
bool counts(const std::u32string& text) {
  for (const int step : {1, -1}) {
    bool same = true;
    for (std::size_t at = 1; at < text.size() && same; ++at) {
      const auto apart = static_cast<std::int64_t>(text[at]) - static_cast<std::int64_t>(text[at - 1]);
      const bool digits = is_digit(text[at]) && is_digit(text[at - 1]);
      same = apart == step || (digits && apart == -9 * step);
    }
    if (same) return true;
  }
  return false;
}

}  // namespace

PasswordRules PasswordRules::load(const std::filesystem::path& folder) {
  PasswordRules rules;
  const Table table = Table::read(folder / "common_passwords.tsv");
  const std::size_t password = table.column("password");
  for (std::size_t row = 0; row < table.row_count(); ++row)
    rules.common_.insert(fold(table.cell(row, password)));
  return rules;
}

std::optional<std::string> PasswordRules::refusal(std::string_view password,
                                                  const std::vector<std::string>& context) const {
  if (password.size() > kPasswordBytesMax) return "the password is longer than 1024 bytes";
  if (find_invalid_utf8(password) != password.size()) return "the password is not valid UTF-8";
  if (count_code_points(prepared(password)) < kPasswordLengthMin)
    return "the password is too short: take 12 characters or more; several words are easy to keep in mind";
  const std::string folded = fold(password);
  const std::u32string characters = to_utf32(folded);
  if (common_.contains(folded) || repeats(characters) || counts(characters))
    return "many people have this password: take another, for example several words that do not belong "
           "together";
  for (const std::string& word : context) {
    const std::string known = fold(word);
    // What remains beside a word that anybody would guess has to be a secret by itself.
    if (count_code_points(known) >= 3 && folded.find(known) != std::string::npos &&
        count_code_points(without(folded, known)) < 8)
      return "the password is made of the name of the account or the organization: take another";
  }
  return std::nullopt;
}

PasswordHasher::PasswordHasher() : nobodys_(hash(random_bytes(32))) {}

bool PasswordHasher::enter(bool patient) {
  std::unique_lock guard(lock_);
  if (running_ >= kAtOnce) {
    if (!patient && waiting_ >= kWaitingMax) return false;
    ++waiting_;
    const auto is_free = [&] { return running_ < kAtOnce; };
    bool entered = true;
    if (patient) {
      free_.wait(guard, is_free);
    } else {
      entered = free_.wait_for(guard, kPatience, is_free);
    }
    --waiting_;
    if (!entered) return false;
  }
  ++running_;
  return true;
}

void PasswordHasher::leave() {
  {
    const std::lock_guard guard(lock_);
    --running_;
  }
  free_.notify_one();
}

std::string PasswordHasher::hash(std::string_view password) {
  expect(::sodium_init() >= 0, "libsodium starts");
  const std::string text = prepared(password);
  std::string out(crypto_pwhash_STRBYTES, '\0');
  enter(true);
  const int failed =
      ::crypto_pwhash_str(out.data(), text.data(), text.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                          crypto_pwhash_MEMLIMIT_INTERACTIVE);
  leave();
  if (failed != 0) throw Error(ErrorKind::unavailable, "not enough memory for this");
  out.resize(out.find('\0'));
  return out;
}

std::optional<bool> PasswordHasher::matches(const std::string& hash, std::string_view password) {
  const std::string text = prepared(password);
  if (!enter(false)) return std::nullopt;
  const std::string& kept = hash.empty() ? nobodys_ : hash;
  const bool same = ::crypto_pwhash_str_verify(kept.c_str(), text.data(), text.size()) == 0;
  leave();
  return same && !hash.empty();
}

}  // namespace mithaq::accounts
