// May this one do this to that? The one place where it is decided; every route, search and export asks here.
//
// Plain data in, a decision out: no clock, no store. What no rule permits is refused. The rules are a table
// of named rows that only permit, so that each can be read, and tested, by itself (docs/access.md).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "document/handling.hpp"

namespace mithaq::access {

// What a person does in an organization's work; each may do what the ones before it may, and more.
enum class Role { reader, reviewer, officer, administrator };

std::string_view name_of(Role role);  // "reader", …
std::optional<Role> role_named(std::string_view name);

// Who asks.
struct Subject {
  bool signed_in = false;
  std::string account{};  // the account's id
  Role role = Role::reader;
  std::string party{};  // entity id of the organization or the State for which the account acts; may be empty
  bool staff = false;   // the party is the organization that keeps this record
  // What the party is at this instant: "OSCE/participating_state". A visitor of a server that is opened to
  // the public has the one status "public".
  std::vector<std::string> statuses{};
};

inline constexpr std::string_view kPublic = "public";

// A visitor who did not sign in.
//   opened  the server shows the public what is for everybody
Subject visitor(bool opened);

enum class Action {
  see,
  export_copy,   // take a copy out of the server
  pass_on,       // give it to somebody who has not got it: a message
  upload,        // bring in a document with this handling
  review,        // confirm, correct, reject what was read
  revise,        // undo an edit, choose a reading of a doubt
  warn,          // issue early warnings; the object is the data that they stand on, with its handling
  set_handling,  // from Object::handling to Object::wanted
  erase,
  see_log,  // the body of an entry
  manage_accounts,
  see_metrics,
  keep_own,  // the account's own password, second factor, kept searches and files that wait to be read
  act_for,   // act in the shared work for a delegation or as the secretariat: consultations, meetings, the
             // fund
};

inline constexpr Action kActions[] = {Action::see,      Action::export_copy,     Action::pass_on,
                                      Action::upload,   Action::review,          Action::revise,
                                      Action::warn,     Action::set_handling,    Action::erase,
                                      Action::see_log,  Action::manage_accounts, Action::see_metrics,
                                      Action::keep_own, Action::act_for};

std::string_view name_of(Action action);  // "see", "export", "pass_on", …
std::optional<Action> action_named(std::string_view name);

enum class ObjectKind {
  document,  // also what was read from one: a paragraph, a statement, a review of it
  act,       // an entry of the log that belongs to no document: a sign-in, a refusal
  account,
  server,      // its counters
  delegation,  // whom somebody acts for in the shared work
};

// What is asked for.
struct Object {
  ObjectKind kind = ObjectKind::document;
  document::Handling handling{};               // of a document
  std::optional<document::Handling> wanted{};  // of set_handling: what it should become
  std::string brought_by{};                    // of a document: the account that brought it in, or nothing
  std::string account{};                       // of an act or an account: whose it is
  // Of an account: for whom it acts. Of a delegation: the State or organization; empty for the secretariat.
  std::string party{};
};

struct Decision {
  bool permitted = false;
  std::string_view rule{};  // the name of the rule that permits; empty if none does
  explicit operator bool() const { return permitted; }
};

struct Rule;

// What a rule may ask beside its subject and object: whether some rule lets the subject see the document.
class Sighted {
 public:
  Sighted(const Subject& subject, const Object& object, std::span<const Rule> rules)
      : subject_(subject), object_(object), rules_(rules) {}
  bool sees() const;

 private:
  const Subject& subject_;
  const Object& object_;
  std::span<const Rule> rules_;
};

// One row: who may do which of these acts to what.
struct Rule {
  std::string_view name;
  std::vector<Action> actions;
  ObjectKind kind;
  bool (*permits)(const Subject&, const Object&, const Sighted&);
  std::string_view says;    // the rule in a sentence, for people
  std::string_view source;  // where it is written
};

// All rules.
std::span<const Rule> rules();

//   rules    all of them, but in the test that leaves one out
//   example  decide(visitor(true), Action::see, {.handling = {}}).rule == "public"
Decision decide(const Subject& subject, Action action, const Object& object,
                std::span<const Rule> rules = access::rules());

// True if there could be a thing to which the subject may do this: what a page offers, and what a route asks
// before it looks for the thing itself.
bool could_ever(const Subject& subject, Action action);

// What a subject could ever do besides reading, as names, in the order of Action: "upload", …; "see_log"
// means the acts of others too.
std::vector<std::string> rights_of(const Subject& subject);

// Acts on documents that a subject may do besides seeing them, as names, in the order of Action.
std::vector<std::string> rights_on(const Subject& subject, const Object& object);

// What would open it, in a sentence for the person who was refused. Says nothing about what the document is.
std::string what_would_open(const Subject& subject, Action action, const Object& object);

// Whom a handling opens a document to, apart from who brought it in: "everybody", "signed_in", "staff",
// "status:…", "party:…", "account:…"; sorted.
std::vector<std::string> opened_to(const document::Handling& handling);

}  // namespace mithaq::access
