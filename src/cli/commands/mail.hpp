// mithaq mail address|outbox|send: notices to delegations as e-mail.
#pragma once

#include <string>

#include "cli/session.hpp"

namespace CLI {
class App;
}

namespace mithaq::cli {

struct MailCommand {
  std::string action{};      // "address", "outbox", "send"
  std::string delegation{};  // a State or an organization, by a name or an id
  std::string address{};
  std::string language{};  // of the messages
  bool remove = false;
  bool earlier = false;  // what was told before, too
  std::size_t limit = 50;
  std::string folder{}, smtp{}, from{}, user{}, password_file{}, page{};
};
void add_mail(CLI::App& mail, MailCommand& command);
int run_mail(Session& session, const MailCommand& command);

}  // namespace mithaq::cli
