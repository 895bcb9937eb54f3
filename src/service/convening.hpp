// The shared work as it is now, and acts in it: one at a time, stamped by the server's clock, on disk before
// the answer.
//
// The state is folded from the acts of the record (secretariat/secretariat.hpp) and kept for the whole
// process; whoever reads it first takes in what the record has got since. An act is judged on the state of
// the very record that it is appended to: if another process wrote meanwhile, it is judged again. What was
// refused is an entry too, so that the refusal can be shown: of one who acts, sixty in a minute.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <vector>

#include "secretariat/secretariat.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// An act that stands in the record now.
struct DoneAct {
  record::Seq entry = 0;
  secretariat::Act act{};
};

// What became of an act that somebody wanted.
struct ActOutcome {
  std::optional<acts::Refusal> refusal{};  // nothing was done, but for the entry "act.refused"
  // As what it was refused: `conflict` or `forbidden` by a rule of the work itself; `invalid_input` or
  // `not_found` if it was no act, or about nothing that is there.
  ErrorKind refused_as = ErrorKind::conflict;
  std::vector<DoneAct> done{};  // the act, and what followed at once
};

class Convening {
 public:
  //   data  the folder data/
  explicit Convening(std::filesystem::path data);

  // Asks the state as far as the workspace's record is now. The state does not change meanwhile.
  //   ask  must not keep references into it, nor ask again inside: the lock is held
  template <typename Ask>
  auto read(Workspace& workspace, const Ask& ask) {
    catch_up(workspace);
    const std::shared_lock guard(lock_);
    return ask(static_cast<const secretariat::Secretariat&>(*state_));
  }

  // Does an act, and what is due after it.
  //   writing   the one who writes: the scribe's, or that of a command
  //   wanted    without an instant
  //   received  when it was received; never before the latest act, if the clock was set back
  //   throws    what the store throws. What is no act at all, by its kind, its subject or its fields, is
  //             refused as any other (rules acts/form and acts/subject)
  ActOutcome act(Workspace& writing, secretariat::Act wanted, Instant received);

  // Refuses what was meant as an act and could not be read as one.
  //   wanted  as far as it was understood
  //   why     its kind is the outcome's `refused_as`
  ActOutcome refuse(Workspace& writing, secretariat::Act wanted, const acts::NoAct& why, Instant received);

  // Writes what time alone brought by now: ended silence periods, reminders. Nothing if nothing is due.
  std::vector<DoneAct> settle(Workspace& writing, Instant now);

  // When settle() has something next, as far as this record is known.
  std::optional<Instant> next_due(Workspace& workspace);

 private:
  void catch_up(Workspace& workspace);
  // The following hold lock_ alone.
  void take_in(record::SqlStore& store);
  void start_anew();
  std::vector<DoneAct> append(record::SqlStore& store, std::vector<secretariat::Act> acts);
  std::vector<DoneAct> append_due(record::SqlStore& store, Instant now);
  ActOutcome refused(record::SqlStore& store, const secretariat::Act& wanted, acts::Refusal refusal,
                     ErrorKind as);

  std::filesystem::path data_;
  std::shared_mutex lock_{};  // of what follows
  std::unique_ptr<secretariat::Secretariat> state_{};
  record::LogMark mark_{};  // the log that it was folded from
  // How many refusals of one who acts were written down in a minute: whoever tries again and again fills no
  // log.
  struct Refusals {
    Instant since{};
    std::size_t written = 0;
  };
  std::map<std::string, Refusals, std::less<>> refusals_{};
};

// The State or organization for which somebody wants to act, by any of its names.
//   throws  acts::NoAct{not_found}
std::string delegation_named(Workspace& workspace, std::string_view words);

// An act that the record holds as refused: who tried what, and the rule that it broke.
inline constexpr std::string_view kActRefused = "act.refused";

}  // namespace mithaq::service
