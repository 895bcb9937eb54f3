// GET, POST /api/v1/accounts and PATCH /api/v1/accounts/:id: for administrators.
#include "server/routes/account_rows.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"

namespace mithaq::server {

using access::Action;
using access::Object;
using access::ObjectKind;
using accounts::Account;
using nlohmann::ordered_json;

namespace {

Object account_of_party(const std::string& party) {
  return {.kind = ObjectKind::account, .party = party};
}

access::Role role_of(const std::string& name) {
  const auto role = access::role_named(name);
  if (!role) throw Error(ErrorKind::invalid_input, "the role is reader, reviewer, officer or administrator");
  return *role;
}

// A party as it is kept: the id of an entity.
std::string party_of(Call& call, const std::string& words) {
  return words.empty() ? "" : call.workspace.entity_named(words);
}

// Administrators of a delegation leave to the register what their State is.
void expect_may_give(const Call& call, const std::vector<std::string>& statuses) {
  const bool by_register = statuses.empty() || statuses == std::vector{std::string(accounts::kByRegister)};
  if (!by_register && !call.subject.staff)
    throw Error(ErrorKind::forbidden,
                "statuses are given by hand by administrators of the organization that keeps the record");
}

Response answered(Call& call, const Account& account, const std::optional<std::string>& password) {
  ordered_json body = {{"account", account_json(call, account)}};
  if (password) body["password"] = *password;
  Response response = json_response(body);
  response.headers.emplace_back("Cache-Control", "no-store");  // a password is said once
  return response;
}

}  // namespace

ordered_json account_json(Call& call, const Account& account) {
  return {{"id", account.id},
          {"name", account.name},
          {"role", access::name_of(account.role)},
          {"party", party_json(call, account.party)},
          {"statuses", account.statuses},
          {"email", account.email},
          {"disabled", account.disabled},
          {"totp", account.has_second_factor},
          {"linked", account.linked},
          {"created_at", account.created_at},
          {"last_seen_at",
           account.last_seen_at.empty() ? ordered_json(nullptr) : ordered_json(account.last_seen_at)}};
}

ApiRoute accounts_route() {
  return {.pattern = "/api/v1/accounts",
          .answer =
              [](Call& call) {
                ordered_json rows = ordered_json::array();
                for (const Account& account : accounts_of(call).list()) {
                  if (may(call, Action::manage_accounts, account_of_party(account.party)))
                    rows.push_back(account_json(call, account));
                }
                return json_response({{"accounts", rows}});
              },
          .entry = Entry::signed_in,
          .action = Action::manage_accounts};
}

ApiRoute add_account_route() {
  return {.method = Method::post,
          .pattern = "/api/v1/accounts",
          .fields = {required_field("id"), required_field("name"), required_field("role"),
                     optional_field("party"), optional_field("statuses", Field::Type::texts),
                     optional_field("email")},
          .answer =
              [](Call& call) {
                const JsonBody& given = call.request.body;
                accounts::NewAccount wanted{.id = given.text("id"),
                                            .name = given.text("name"),
                                            .role = role_of(given.text("role")),
                                            .party = party_of(call, given.text("party")),
                                            .email = given.text("email")};
                if (given.has("statuses")) wanted.statuses = given.texts("statuses");
                require(call, Action::manage_accounts, account_of_party(wanted.party));
                expect_may_give(call, wanted.statuses);
                accounts::Accounts& accounts = accounts_of(call);
                accounts.add(wanted);
                const std::string password = accounts.new_password(wanted.id);
                call.gate->append("account.created", call.subject,
                                  {{"object", wanted.id},
                                   {"object_party", wanted.party},
                                   {"role", std::string(access::name_of(wanted.role))}});
                return answered(call, *accounts.find(wanted.id), password);
              },
          .entry = Entry::signed_in,
          .action = Action::manage_accounts};
}

ApiRoute change_account_route() {
  return {
      .method = Method::patch,
      .pattern = "/api/v1/accounts/:id",
      .parameters = {path_text("id")},
      .fields = {optional_field("name"), optional_field("role"), optional_field("party"),
                 optional_field("statuses", Field::Type::texts), optional_field("email"),
                 optional_field("disabled", Field::Type::flag), optional_field("password", Field::Type::flag),
                 optional_field("totp", Field::Type::flag)},
      .answer =
          [](Call& call) {
            const JsonBody& given = call.request.body;
            accounts::Accounts& accounts = accounts_of(call);
            const std::string id = call.parameters.text("id");
            const auto before = accounts.find(id);
            // Who may not manage an account does not learn either whether it is there.
            require(call, Action::manage_accounts,
                    before ? account_of_party(before->party) : account_of_party(""));
            if (!before) throw Error(ErrorKind::not_found, "there is no account \"" + id + "\"");
            accounts::Change change;
            std::string what;
            const auto changes = [&](const char* field) {
              if (!given.has(field)) return false;
              what += (what.empty() ? "" : ", ") + std::string(field);
              return true;
            };
            if (changes("name")) change.name = given.text("name");
            if (changes("role")) change.role = role_of(given.text("role"));
            if (changes("party")) {
              change.party = party_of(call, given.text("party"));
              require(call, Action::manage_accounts, account_of_party(*change.party));
            }
            if (changes("statuses")) {
              change.statuses = given.texts("statuses");
              expect_may_give(call, *change.statuses);
            }
            if (changes("email")) change.email = given.text("email");
            if (changes("disabled")) change.disabled = given.flag("disabled");
            accounts.change(id, change);
            std::optional<std::string> password;
            if (given.flag("password") && changes("password")) password = accounts.new_password(id);
            if (given.has("totp") && !given.flag("totp") && changes("totp")) accounts.drop_second_factor(id);
            const Account after = *accounts.find(id);
            call.gate->append("account.changed", call.subject,
                              {{"object", id},
                               {"object_party", after.party},
                               {"role", std::string(access::name_of(after.role))},
                               {"state", after.disabled ? "disabled" : "enabled"},
                               {"what", what}});
            return answered(call, after, password);
          },
      .entry = Entry::signed_in,
      .action = Action::manage_accounts};
}

}  // namespace mithaq::server
