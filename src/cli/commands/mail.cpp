#include "cli/commands/mail.hpp"

#include <CLI/CLI.hpp>
#include <fstream>
#include <ostream>

#include "base/error.hpp"
#include "cli/exit_code.hpp"
#include "service/mail.hpp"

namespace mithaq::cli {

void add_mail(CLI::App& mail, MailCommand& command) {
  mail.require_subcommand(1);
  CLI::App* address =
      mail.add_subcommand("address", "Where a delegation's notices go; without an address: the list");
  address->add_option("delegation", command.delegation, "A State or an organization: KAZ");
  address->add_option("address", command.address, "Its address: mission@example.org");
  address->add_option("--language", command.language,
                      "Of the messages: ar, en or ru (default: that of --lang)");
  address->add_flag("--remove", command.remove, "No longer");
  address->add_flag("--earlier", command.earlier, "Send it what was told before, too");
  address->callback([&command] { command.action = "address"; });
  CLI::App* outbox = mail.add_subcommand("outbox", "What waits, what was given up, what was sent last");
  outbox->add_option("--limit", command.limit, "At most so many rows");
  outbox->callback([&command] { command.action = "outbox"; });
  CLI::App* send = mail.add_subcommand("send", "Send what is to be sent now, once");
  send->add_option("--mail-folder", command.folder, "Write each message as a file into this folder");
  send->add_option("--smtp", command.smtp,
                   "Hand them to this server: smtp://mail.example.org:25 or smtps://…");
  send->add_option("--mail-from", command.from, "The address of the secretariat")->required();
  send->add_option("--smtp-user", command.user, "The account at the mail server");
  send->add_option("--smtp-password-file", command.password_file, "A file with its password");
  send->add_option("--public-address", command.page,
                   "Where people reach the page, for the link in a message");
  send->callback([&command] { command.action = "send"; });
}

namespace {

int tell_addresses(Session& session, service::Mailbox& mailbox, const std::string& delegation) {
  AnswerTable table;
  table.columns = {{.key = "delegation", .heading = session.say("Delegation")},
                   {.key = "address", .heading = session.say("Address")},
                   {.key = "language", .heading = session.say("Language")}};
  for (const service::MailAddress& each : mailbox.addresses(delegation))
    table.rows.push_back(
        {session.workspace.name_of(each.delegation, session.language()), each.address, each.language});
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

int run_address(Session& session, service::Mailbox& mailbox, const MailCommand& command) {
  const std::string delegation =
      command.delegation.empty() ? "" : session.workspace.entity_named(command.delegation);
  if (command.address.empty()) return tell_addresses(session, mailbox, delegation);
  if (command.remove) {
    if (!mailbox.remove_address(delegation, command.address))
      throw Error(ErrorKind::not_found, "the delegation has no such address");
    session.out << session.say("the address is removed") << '\n';
    return kExitOk;
  }
  const std::string language =
      command.language.empty() ? std::string(service::language_code(session.language())) : command.language;
  if (language != "ar" && language != "en" && language != "ru")
    throw Error(ErrorKind::invalid_input, "the language is ar, en or ru");
  const record::Seq size = session.workspace.record().size();
  mailbox.add_address({.delegation = delegation,
                       .address = command.address,
                       .language = language,
                       .since = command.earlier || size == 0 ? 0 : size - 1});
  session.out << session.say("what the delegation is told goes there") << '\n';
  return kExitOk;
}

int run_outbox(Session& session, service::Mailbox& mailbox, const MailCommand& command) {
  AnswerTable table;
  table.columns = {{.key = "message", .heading = session.say("Message")},
                   {.key = "delegation", .heading = session.say("Delegation")},
                   {.key = "state", .heading = session.say("State of the message")},
                   {.key = "attempts", .heading = session.say("Attempts")},
                   {.key = "problem", .heading = session.say("Problem")}};
  for (const service::MailState& each : mailbox.outbox(command.limit))
    table.rows.push_back({each.key, session.workspace.name_of(each.delegation, session.language()),
                          session.say(each.state), std::to_string(each.attempts), session.say(each.problem)});
  print(session.out, table, session.style);
  return table.rows.empty() ? kExitNothingFound : kExitOk;
}

int run_send(Session& session, service::Mailbox& mailbox, const MailCommand& command) {
  service::MailOptions options{.folder = command.folder,
                               .smtp = command.smtp,
                               .user = command.user,
                               .from = command.from,
                               .page = command.page};
  service::check_mail_options(options);
  if (!command.password_file.empty()) options.password = service::password_in(command.password_file);
  const service::MailRound round =
      service::send_mail(session.workspace, mailbox, options,
                         std::chrono::floor<std::chrono::milliseconds>(session.workspace.options().clock()));
  session.out << session.say("messages sent: " + std::to_string(round.sent) + ", waiting: " +
                             std::to_string(round.waiting) + ", given up: " + std::to_string(round.failed))
              << '\n';
  return round.failed > 0 ? kExitSomeRefused : kExitOk;
}

}  // namespace

int run_mail(Session& session, const MailCommand& command) {
  session.workspace.record();  // says now what would stop it
  service::Mailbox mailbox(session.workspace.options().record);
  if (command.action == "address") return run_address(session, mailbox, command);
  if (command.action == "outbox") return run_outbox(session, mailbox, command);
  return run_send(session, mailbox, command);
}

}  // namespace mithaq::cli
