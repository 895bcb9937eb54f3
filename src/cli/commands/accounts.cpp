// Who may sign in to the server, for the keeper of the machine: accounts.
#include <nlohmann/json.hpp>
#include <ostream>

#include "accounts/accounts.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/visible_text.hpp"
#include "service/party_statuses.hpp"

namespace mithaq::cli {

namespace {

// What the keeper did stands in the record's log as what administrators do.
void append(Session& session, const char* type, const accounts::Account& account, const std::string& what) {
  record::SqlStore& store = session.workspace.record_to_write();
  const record::Body act = record::ActBody{.type = type,
                                           .json = nlohmann::json{
                                               {"account", ""},
                                               {"party", ""},
                                               {"keeper", session.user},
                                               {"object", account.id},
                                               {"object_party", account.party},
                                               {"role", std::string(access::name_of(account.role))},
                                               {"state", account.disabled ? "disabled" : "enabled"},
                                               {"what",
                                                what}}.dump()};
  store.append(std::span<const record::Body>(&act, 1));
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : "; ") + value;
  return out;
}

int list(Session& session, const accounts::Accounts& accounts) {
  AnswerTable table;
  table.columns = {{.key = "id", .heading = session.say("Account")},
                   {.key = "name", .heading = session.say("Name")},
                   {.key = "role", .heading = session.say("Role")},
                   {.key = "party", .heading = session.say("Party")},
                   {.key = "statuses", .heading = session.say("Statuses")},
                   {.key = "email", .heading = "", .data_only = true},
                   {.key = "second_factor", .heading = session.say("Second factor")},
                   {.key = "state", .heading = session.say("State of the account")},
                   {.key = "last_seen_at", .heading = session.say("Last seen")}};
  const auto rows = accounts.list();
  for (const accounts::Account& each : rows) {
    table.rows.push_back({each.id, visible(each.name), session.say(access::name_of(each.role)), each.party,
                          joined(accounts.subject_of(each).statuses), each.email,
                          each.has_second_factor ? session.say("yes") : session.say("no"),
                          each.disabled ? session.say("disabled") : session.say("enabled"),
                          each.last_seen_at});
  }
  print(session.out, table, session.style);
  return rows.empty() ? kExitNothingFound : kExitOk;
}

void say_password(Session& session, const std::string& id, const std::string& password) {
  session.out << session.say("The password of \"" + id + "\": " + password + ". It is not said again.")
              << '\n';
}

}  // namespace

int run_accounts(Session& session, const AccountsCommand& command) {
  const service::WorkspaceOptions& workspace = session.workspace.options();
  const bool reads_only = command.action == "list";
  // A new record may begin with its accounts.
  if (reads_only) {
    session.workspace.record();
  } else {
    session.workspace.record_to_write();
  }
  const auto accounts =
      accounts::Accounts::open({.location = workspace.record.text(),
                                .data = workspace.data,
                                .clock = workspace.clock,
                                .register_says = service::party_statuses(workspace),
                                .key = service::signing_key_file(workspace).string() + ".accounts"});
  if (reads_only) return list(session, *accounts);
  const auto party_of = [&](const std::string& words) {
    return words.empty() ? "" : session.workspace.entity_named(words);
  };
  const std::string& id = command.id;
  if (command.action == "add") {
    accounts::NewAccount wanted{.id = id,
                                .name = command.name.empty() ? id : command.name,
                                .party = command.party ? party_of(*command.party) : accounts->home(),
                                .email = command.email.value_or("")};
    if (!command.role.empty()) wanted.role = *access::role_named(command.role);
    if (!command.statuses.empty()) wanted.statuses = command.statuses;
    const accounts::Account made = accounts->add(wanted);
    append(session, "account.created", made, "");
    say_password(session, id, accounts->new_password(id));
    return kExitOk;
  }
  accounts::Change change;
  std::string what = command.action;
  if (command.action == "change") {
    if (!command.name.empty()) change.name = command.name;
    if (!command.role.empty()) change.role = access::role_named(command.role);
    if (command.party) change.party = party_of(*command.party);
    if (!command.statuses.empty()) change.statuses = command.statuses;
    change.email = command.email;
  }
  if (command.action == "disable") change.disabled = true;
  if (command.action == "enable") change.disabled = false;
  const accounts::Account after = accounts->change(id, change);
  if (command.action == "totp") accounts->drop_second_factor(id);
  append(session, "account.changed", after, what);
  if (command.action == "password") say_password(session, id, accounts->new_password(id));
  return kExitOk;
}

}  // namespace mithaq::cli
