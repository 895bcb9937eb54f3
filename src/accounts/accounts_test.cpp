#include "accounts/accounts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "accounts/test_accounts.hpp"
#include "accounts/text_forms.hpp"
#include "accounts/totp.hpp"
#include "base/error.hpp"
#include "base/sha256.hpp"

namespace mithaq::accounts {
namespace {

using access::Role;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Outcome = SignIn::Outcome;

constexpr const char* kAddress = "192.0.2.1";

class AccountsTest : public testing::TestWithParam<record::Dialect> {
 protected:
  AccountsTest() : accounts_(place_.missing() ? nullptr : Accounts::open(place_.options())) {}
  void SetUp() override {
    if (!accounts_) GTEST_SKIP() << "PostgreSQL is not installed";
  }

  // An account with a password.
  std::string add(const std::string& id, Role role = Role::reader, const std::string& party = "OSCE") {
    accounts_->add({.id = id, .name = id, .role = role, .party = party});
    return accounts_->new_password(id);
  }
  SignIn sign_in(const std::string& id, const std::string& password, const std::string& code = "",
                 const std::string& address = kAddress) {
    return accounts_->sign_in({.account = id, .password = password, .code = code, .address = address});
  }
  std::string code_now(const Accounts::SecondFactor& factor, std::int64_t steps = 0) {
    return totp_code(*from_base32(factor.secret), totp_step(place_.now()) + steps);
  }
  // What stands in a column of all accounts.
  std::string stored(const std::string& column) {
    auto database = record::Database::open(place_.location(), record::Database::Mode::read, seconds(1));
    auto rows = database->query("select " + column + " from accounts order by id");
    std::string out;
    while (rows.step()) out += rows.text(0);
    return out;
  }
  void write(const std::string& sql) {
    record::Database::open(place_.location(), record::Database::Mode::write, seconds(5))->script(sql);
  }
  static ErrorKind kind_of(const std::function<void()>& act) {
    try {
      act();
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::bug;
  }

  test_accounts::Place place_{GetParam()};
  std::unique_ptr<Accounts> accounts_;
};

INSTANTIATE_TEST_SUITE_P(Databases, AccountsTest,
                         testing::Values(record::Dialect::sqlite, record::Dialect::postgresql),
                         [](const auto& each) {
                           return each.param == record::Dialect::sqlite ? "sqlite" : "postgresql";
                         });

TEST_P(AccountsTest, SignInWithAPasswordAndOut) {
  const std::string password = add("amina", Role::officer, "KAZ");
  EXPECT_EQ(sign_in("amina", "something else entirely").outcome, Outcome::wrong);
  EXPECT_EQ(sign_in("nobody", password).outcome, Outcome::wrong);
  const SignIn opened = sign_in("AMINA", password);
  ASSERT_EQ(opened.outcome, Outcome::opened);
  const auto session = accounts_->session(opened.token);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->account.id, "amina");
  EXPECT_EQ(session->subject.role, Role::officer);
  EXPECT_EQ(session->subject.party, "KAZ");
  EXPECT_FALSE(session->subject.staff);
  EXPECT_EQ(session->subject.statuses, (std::vector<std::string>{"OIC/member", "OSCE/participating_state"}));
  EXPECT_EQ(session->csrf, csrf_of(opened.token));
  EXPECT_TRUE(accounts_->lasts(session->id));
  accounts_->sign_out(opened.token);
  EXPECT_FALSE(accounts_->session(opened.token));
  EXPECT_FALSE(accounts_->lasts(session->id));
}

TEST_P(AccountsTest, KeepNoTokenAndNoPassword) {
  const std::string password = add("amina");
  const SignIn opened = sign_in("amina", password);
  auto database =
      record::Database::open(place_.location(), record::Database::Mode::read, std::chrono::seconds(1));
  auto rows = database->query("select id, account from account_sessions");
  ASSERT_TRUE(rows.step());
  EXPECT_EQ(rows.text(0).find(opened.token), std::string_view::npos);
  EXPECT_EQ(rows.text(0).size(), 64u);
  auto hash = database->query("select password from accounts");
  ASSERT_TRUE(hash.step());
  EXPECT_EQ(hash.text(0).find(password), std::string_view::npos);
}

TEST_P(AccountsTest, RefuseTokensThatAreNotTheirs) {
  const std::string password = add("amina");
  const std::string token = sign_in("amina", password).token;
  std::string other = token;
  other[0] = other[0] == 'A' ? 'B' : 'A';
  const std::string id = accounts_->session(token)->id;
  for (const std::string& wrong : {std::string(), std::string("x"), other, token + "A", token.substr(1), id,
                                   std::string(43, '\''), std::string(100'000, 'A'), std::string(43, '\0')})
    EXPECT_FALSE(accounts_->session(wrong)) << wrong.substr(0, 80);
  EXPECT_TRUE(accounts_->session(token));
}

TEST_P(AccountsTest, OpenANewTokenAtEachSignIn) {
  const std::string password = add("amina");
  const std::string first = sign_in("amina", password).token, second = sign_in("amina", password).token;
  EXPECT_NE(first, second);
  EXPECT_NE(csrf_of(first), csrf_of(second));
  EXPECT_EQ(first.size(), 43u) << "256 bits";
}

TEST_P(AccountsTest, EndSessionsThatLieIdleOrAreOld) {
  const std::string password = add("amina");
  std::string token = sign_in("amina", password).token;
  place_.pass(hours(11));
  EXPECT_TRUE(accounts_->session(token));
  place_.pass(hours(11));
  EXPECT_TRUE(accounts_->session(token)) << "it was used in between";
  place_.pass(hours(12) + seconds(1));
  EXPECT_FALSE(accounts_->session(token));

  token = sign_in("amina", password).token;
  for (int each = 0; each < 16; ++each) {
    place_.pass(hours(10));
    EXPECT_TRUE(accounts_->session(token)) << each;
  }
  place_.pass(hours(9));
  EXPECT_FALSE(accounts_->session(token)) << "seven days";
}

TEST_P(AccountsTest, EndSessionsOfADisabledAccountAtOnce) {
  add("root", Role::administrator);
  const std::string password = add("amina");
  const std::string token = sign_in("amina", password).token;
  const auto session = accounts_->session(token);
  const std::int64_t before = accounts_->generation();
  // From another process, as `mithaq accounts disable` does.
  Accounts::open(place_.options())->change("amina", {.disabled = true});
  EXPECT_FALSE(accounts_->session(token));
  EXPECT_FALSE(accounts_->lasts(session->id));
  EXPECT_NE(accounts_->generation(), before) << "streams look at it";
  EXPECT_EQ(sign_in("amina", password).outcome, Outcome::wrong);
  accounts_->change("amina", {.disabled = false});
  EXPECT_FALSE(accounts_->session(token)) << "the old session does not come back";
  EXPECT_EQ(sign_in("amina", password).outcome, Outcome::opened);
}

TEST_P(AccountsTest, EndOtherSessionsWhenThePasswordChanges) {
  const std::string password = add("amina");
  const std::string mine = sign_in("amina", password).token, other = sign_in("amina", password).token;
  const auto session = *accounts_->session(mine);
  EXPECT_EQ(accounts_->change_password(session, "not my password", "green mountain kettle", kAddress),
            Accounts::Proof::wrong);
  EXPECT_TRUE(accounts_->session(other));
  EXPECT_EQ(kind_of([&] { accounts_->change_password(session, password, "password2024!", kAddress); }),
            ErrorKind::invalid_input);
  EXPECT_EQ(accounts_->change_password(session, password, "green mountain kettle", kAddress),
            Accounts::Proof::right);
  EXPECT_TRUE(accounts_->session(mine));
  EXPECT_FALSE(accounts_->session(other));
  EXPECT_EQ(sign_in("amina", password).outcome, Outcome::wrong);
  EXPECT_EQ(sign_in("amina", "green mountain kettle").outcome, Outcome::opened);
}

TEST_P(AccountsTest, AskForTheSecondFactor) {
  const std::string password = add("amina");
  const auto factor = accounts_->propose_second_factor("amina");
  EXPECT_EQ(sign_in("amina", password).outcome, Outcome::opened) << "not yet confirmed";
  EXPECT_FALSE(accounts_->confirm_second_factor("amina", "000000") && code_now(factor) != "000000");
  const auto recovery = accounts_->confirm_second_factor("amina", code_now(factor));
  ASSERT_TRUE(recovery);
  EXPECT_EQ(recovery->size(), 10u);

  EXPECT_EQ(sign_in("amina", password).outcome, Outcome::code_needed);
  EXPECT_EQ(sign_in("amina", "wrong password here").outcome, Outcome::wrong) << "says nothing of the factor";
  EXPECT_EQ(sign_in("amina", password, code_now(factor)).outcome, Outcome::wrong) << "used to confirm";
  place_.pass(seconds(30));
  const std::string code = code_now(factor);
  EXPECT_EQ(sign_in("amina", password, code).outcome, Outcome::opened);
  EXPECT_EQ(sign_in("amina", password, code).outcome, Outcome::wrong) << "replayed";

  place_.pass(hours(25));
  std::string typed = (*recovery)[3];
  std::transform(typed.begin(), typed.end(), typed.begin(), [](char letter) {
    return letter == '-' ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  });
  EXPECT_EQ(sign_in("amina", password, typed).outcome, Outcome::opened);
  EXPECT_EQ(sign_in("amina", password, (*recovery)[3]).outcome, Outcome::wrong) << "each counts once";
  EXPECT_EQ(sign_in("amina", password, (*recovery)[4]).outcome, Outcome::opened);

  const auto session = *accounts_->session(sign_in("amina", password, (*recovery)[5]).token);
  EXPECT_EQ(accounts_->remove_second_factor(session, "wrong password here", kAddress),
            Accounts::Proof::wrong);
  EXPECT_EQ(accounts_->remove_second_factor(session, password, kAddress), Accounts::Proof::right);
  EXPECT_EQ(sign_in("amina", password).outcome, Outcome::opened);
}

TEST_P(AccountsTest, SlowDownWhoGuesses) {
  const std::string password = add("amina");
  int wrong = 0, waits = 0;
  for (int each = 0; each < 20; ++each) {
    const SignIn answer = sign_in("amina", "guess number " + std::to_string(each));
    if (answer.outcome == Outcome::wrong) ++wrong;
    if (answer.outcome == Outcome::wait) {
      ++waits;
      EXPECT_GT(answer.retry_after_seconds, 0);
    }
  }
  EXPECT_EQ(wrong, 4);
  EXPECT_EQ(waits, 16);
  EXPECT_EQ(sign_in("amina", password).outcome, Outcome::wait) << "the right one has to wait too";
  EXPECT_EQ(sign_in("amina", password, "", "198.51.100.7").outcome, Outcome::opened) << "the owner elsewhere";
  place_.pass(seconds(2));
  EXPECT_EQ(sign_in("amina", password).outcome, Outcome::opened);
}

// Who gets a copy of the database gets no second factor with it.
TEST_P(AccountsTest, KeepSecondFactorsSealed) {
  const std::string password = add("amina");
  EXPECT_FALSE(std::filesystem::exists(place_.key())) << "made when it is needed";
  const auto factor = accounts_->propose_second_factor("amina");
  EXPECT_EQ(std::filesystem::status(place_.key()).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const std::string secret = *from_base32(factor.secret);
  const auto kept = [&] { return stored("totp") + stored("totp_proposed"); };
  EXPECT_TRUE(Seal::is_sealed(kept()));
  EXPECT_EQ(kept().find(to_hex(secret)), std::string::npos);
  ASSERT_TRUE(accounts_->confirm_second_factor("amina", code_now(factor)));
  EXPECT_TRUE(Seal::is_sealed(kept()));
  place_.pass(minutes(1));
  EXPECT_EQ(sign_in("amina", password, code_now(factor)).outcome, Outcome::opened);
  // Nor can what is sealed for one be given to another.
  const std::string other = add("boris");
  write("update accounts set totp = (select totp from accounts where id = 'amina') where id = 'boris'");
  place_.pass(minutes(1));
  EXPECT_EQ(kind_of([&] { sign_in("boris", other, code_now(factor)); }), ErrorKind::unavailable);
  EXPECT_EQ(sign_in("amina", password, code_now(factor)).outcome, Outcome::opened);
}

TEST_P(AccountsTest, SealWhatAnEarlierVersionKeptAsItWas) {
  const std::string password = add("amina");
  const std::string secret = new_totp_secret(), hex = to_hex(secret);
  accounts_.reset();
  write("update accounts set totp = '" + hex + "', recovery = ''");
  accounts_ = Accounts::open(place_.options());
  EXPECT_TRUE(Seal::is_sealed(stored("totp")));
  EXPECT_EQ(accounts_->second_factor_problem(), "");
  if (GetParam() == record::Dialect::sqlite) {
    for (const char* ending : {"", "-wal"}) {
      std::ifstream file(place_.location() + ending, std::ios::binary);
      const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
      EXPECT_EQ(bytes.find(hex), std::string::npos) << "still there: " << ending;
    }
  }
  EXPECT_EQ(sign_in("amina", password).outcome, Outcome::code_needed);
  EXPECT_EQ(sign_in("amina", password, totp_code(secret, totp_step(place_.now()))).outcome, Outcome::opened);
}

TEST_P(AccountsTest, SayThatTheKeyOfSecondFactorsIsLost) {
  const std::string password = add("amina");
  const auto factor = accounts_->propose_second_factor("amina");
  const auto recovery = *accounts_->confirm_second_factor("amina", code_now(factor));
  place_.pass(minutes(1));
  const std::filesystem::path aside = place_.key().string() + ".aside";
  std::filesystem::rename(place_.key(), aside);
  accounts_ = Accounts::open(place_.options());
  EXPECT_NE(accounts_->second_factor_problem().find(place_.key().string()), std::string::npos);
  EXPECT_EQ(kind_of([&] { sign_in("amina", password, code_now(factor)); }), ErrorKind::unavailable);
  // A new key would hide that the old one is lost.
  add("boris");
  EXPECT_EQ(kind_of([&] { accounts_->propose_second_factor("boris"); }), ErrorKind::unavailable);
  EXPECT_FALSE(std::filesystem::exists(place_.key()));
  // Recovery codes need no key, and another key opens nothing.
  EXPECT_EQ(sign_in("amina", password, recovery[0]).outcome, Outcome::opened);
  Seal(place_.key()).make_key_if_missing();
  accounts_ = Accounts::open(place_.options());
  EXPECT_NE(accounts_->second_factor_problem(), "");
  EXPECT_EQ(kind_of([&] { sign_in("amina", password, code_now(factor)); }), ErrorKind::unavailable);
  std::filesystem::rename(aside, place_.key());
  accounts_ = Accounts::open(place_.options());
  EXPECT_EQ(sign_in("amina", password, code_now(factor)).outcome, Outcome::opened);
  // A key that others may read is not taken.
  std::filesystem::permissions(place_.key(), std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  accounts_ = Accounts::open(place_.options());
  EXPECT_NE(accounts_->second_factor_problem(), "");
}

TEST_P(AccountsTest, LetTheSecondFactorPassTheLimitOnce) {
  const std::string password = add("amina");
  const auto factor = accounts_->propose_second_factor("amina");
  ASSERT_TRUE(accounts_->confirm_second_factor("amina", code_now(factor)));
  for (int each = 0; each < 10; ++each) sign_in("amina", "guess number " + std::to_string(each));
  place_.pass(seconds(0));
  // A code that somebody saw over a shoulder is good for one guess.
  EXPECT_EQ(sign_in("amina", "another wrong guess", code_now(factor, 1)).outcome, Outcome::wrong);
  EXPECT_EQ(sign_in("amina", password, code_now(factor, 1)).outcome, Outcome::wait);
  place_.pass(seconds(30));
  EXPECT_EQ(sign_in("amina", password, code_now(factor, 1)).outcome, Outcome::opened);
}

// Loosely: a guess at an account that is not there costs what a guess at one that is there costs.
TEST_P(AccountsTest, TakeAsLongForAccountsThatAreNotThere) {
  add("amina");
  const auto time_of = [&](const std::string& id) {
    std::vector<double> times;
    for (int each = 0; each < 9; ++each) {
      const auto began = std::chrono::steady_clock::now();
      sign_in(id, "a guess that is wrong", "", "198.51.100." + std::to_string(each));
      times.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
    }
    std::nth_element(times.begin(), times.begin() + 4, times.end());
    return times[4];
  };
  const double there = time_of("amina"), not_there = time_of("nobody");
  EXPECT_GT(not_there, there * 0.5) << there << " s, " << not_there << " s";
  EXPECT_LT(not_there, there * 2) << there << " s, " << not_there << " s";
}

TEST_P(AccountsTest, RefuseHugePasswordsBeforeTheyCost) {
  add("amina");
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(kind_of([&] { sign_in("amina", std::string(1 << 20, 'x')); }), ErrorKind::invalid_input);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(20));
}

TEST_P(AccountsTest, KeepNamesAsTheyCameButForControlCharacters) {
  // A name with a direction override is stored as it is, in the normal form C; whoever shows it escapes it.
  const Account account = accounts_->add({.id = "amina",
                                          .name = "Ame\xCC\x81lie \xE2\x80\xAE"
                                                  "niral"});
  EXPECT_EQ(account.name,
            "Am\xC3\xA9lie \xE2\x80\xAE"
            "niral");
  for (const char* bad : {"", "   ", "a\nb", "a\x1B[31mb", "a\x7F", "a\xC2\x85", "a\xE2\x80\xA8", "\xFF"})
    EXPECT_EQ(kind_of([&] { accounts_->add({.id = "boris", .name = bad}); }), ErrorKind::invalid_input)
        << bad;
  EXPECT_EQ(kind_of([&] { accounts_->add({.id = "boris", .name = std::string(201, 'x')}); }),
            ErrorKind::invalid_input);
  for (const char* bad : {"", "Amina", "a b", "../x", "-x", ".x", "a/b", "амина", "a\n"})
    EXPECT_EQ(kind_of([&] { accounts_->add({.id = bad, .name = "x"}); }), ErrorKind::invalid_input) << bad;
  EXPECT_EQ(kind_of([&] { accounts_->add({.id = "amina", .name = "x"}); }), ErrorKind::conflict);
}

TEST_P(AccountsTest, ComputeStatusesForTheInstant) {
  accounts_->add({.id = "nadia", .name = "Nadia", .party = "EGY"});
  accounts_->add({.id = "boris", .name = "Boris", .party = "EGY", .statuses = {"UN/observer"}});
  EXPECT_TRUE(accounts_->subject_of(*accounts_->find("nadia")).statuses.empty());
  place_.pass(hours(24 * 365));
  EXPECT_EQ(accounts_->subject_of(*accounts_->find("nadia")).statuses,
            (std::vector<std::string>{"OSCE/partner_for_cooperation", "OSCE/partner_mediterranean"}));
  EXPECT_EQ(accounts_->subject_of(*accounts_->find("boris")).statuses,
            std::vector<std::string>{"UN/observer"});
  for (const char* bad : {"public", "OSCE/king", ""})
    EXPECT_EQ(kind_of([&] { accounts_->change("boris", {.statuses = {{bad}}}); }), ErrorKind::invalid_input)
        << bad;
}

TEST_P(AccountsTest, MakeOneAdministratorAtTheFirstStart) {
  EXPECT_TRUE(accounts_->is_first_start());
  const auto password = accounts_->make_first_administrator();
  ASSERT_TRUE(password);
  EXPECT_FALSE(accounts_->make_first_administrator());
  EXPECT_TRUE(accounts_->is_first_start());
  const SignIn opened = sign_in("admin", *password);
  ASSERT_EQ(opened.outcome, Outcome::opened);
  EXPECT_FALSE(accounts_->is_first_start());
  const auto session = accounts_->session(opened.token);
  EXPECT_EQ(session->subject.role, Role::administrator);
  EXPECT_TRUE(session->subject.staff);
  EXPECT_EQ(kind_of([&] { accounts_->change("admin", {.role = Role::officer}); }), ErrorKind::conflict);
  EXPECT_EQ(kind_of([&] { accounts_->change("admin", {.disabled = true}); }), ErrorKind::conflict);
  EXPECT_EQ(accounts_->find("admin")->role, Role::administrator);
}

TEST_P(AccountsTest, LinkWhoTheProviderVouchesFor) {
  accounts_->add({.id = "amina", .name = "Amina", .email = "Amina@Example.org"});
  accounts_->add({.id = "boris", .name = "Boris", .email = "shared@example.org"});
  accounts_->add({.id = "chen", .name = "Chen", .email = "shared@example.org"});
  EXPECT_EQ(accounts_->sign_in_by_provider("https://id.example.org 1", "").outcome, Outcome::wrong);
  EXPECT_EQ(accounts_->sign_in_by_provider("https://id.example.org 1", "other@example.org").outcome,
            Outcome::wrong);
  EXPECT_EQ(accounts_->sign_in_by_provider("https://id.example.org 1", "shared@example.org").outcome,
            Outcome::wrong)
      << "one address of two accounts";
  EXPECT_EQ(accounts_->sign_in_by_provider("https://id.example.org 1", "amina@example.org").account, "amina");
  EXPECT_EQ(accounts_->sign_in_by_provider("https://id.example.org 1", "").account, "amina") << "linked now";
  EXPECT_EQ(accounts_->sign_in_by_provider("https://id.example.org 2", "amina@example.org").outcome,
            Outcome::wrong)
      << "somebody else with the same address later";
  EXPECT_EQ(sign_in("amina", "").outcome, Outcome::wrong) << "an account without a password takes none";
  accounts_->change("amina", {.disabled = true});
  EXPECT_EQ(accounts_->sign_in_by_provider("https://id.example.org 1", "amina@example.org").outcome,
            Outcome::wrong);
}

TEST_P(AccountsTest, BoundTheSessionsOfAnAccount) {
  accounts_->add({.id = "amina", .name = "Amina", .email = "amina@example.org"});
  const std::string first = accounts_->sign_in_by_provider("p 1", "amina@example.org").token;
  place_.pass(seconds(1));
  std::string last;
  for (int each = 0; each < 55; ++each) last = accounts_->sign_in_by_provider("p 1", "").token;
  EXPECT_FALSE(accounts_->session(first));
  EXPECT_TRUE(accounts_->session(last));
}

TEST_P(AccountsTest, AnswerManyThreadsAtOnce) {
  const std::string token = sign_in("amina", add("amina")).token;
  std::vector<std::thread> threads;
  std::atomic<int> found{0};
  for (int each = 0; each < 4; ++each) {
    threads.emplace_back([&] {
      for (int round = 0; round < 200; ++round) found += accounts_->session(token).has_value();
    });
  }
  for (int round = 0; round < 20; ++round)
    accounts_->change("amina", {.name = "Amina " + std::to_string(round)});
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(found, 800);
}

}  // namespace
}  // namespace mithaq::accounts
