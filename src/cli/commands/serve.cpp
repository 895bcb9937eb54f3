// The record over HTTP: serve.
#include <mutex>
#include <ostream>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "server/serve.hpp"

namespace mithaq::cli {

int run_serve(Session& session, const ServeCommand& command) {
  std::mutex one_line_at_a_time;
  server::serve({.workspace = session.workspace.options(),
                 .host = command.host,
                 .port = command.port,
                 .unprotected = command.unprotected,
                 .listening =
                     [&](const std::string& address) {
                       session.out << session.say("The record is served at " + address +
                                                  " for reading; Ctrl+C stops it.")
                                   << std::endl;
                     },
                 .log =
                     [&](const std::string& line) {
                       const std::lock_guard guard(one_line_at_a_time);
                       session.err << line << '\n' << std::flush;
                     }});
  return kExitOk;
}

}  // namespace mithaq::cli
