#include "engines/access/decide.hpp"

#include <algorithm>

namespace mithaq::access {

namespace {

using document::Handling;
using document::Tlp;

constexpr std::string_view kTlp = "FIRST, Traffic Light Protocol 2.0 (2022)";
constexpr std::string_view kRoles = "docs/access.md, roles";
constexpr std::string_view kAccountPrefix = "account:";

bool holds(const std::vector<std::string>& values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

bool is_recipient(const Handling& handling, std::string_view account) {
  return std::any_of(handling.recipients.begin(), handling.recipients.end(), [&](std::string_view each) {
    return each.starts_with(kAccountPrefix) && each.substr(kAccountPrefix.size()) == account;
  });
}

bool has_audience(const Handling& handling) {
  return !handling.statuses.empty() || !handling.recipients.empty();
}

bool at_least(const Subject& subject, Role role) {
  return subject.signed_in && subject.role >= role;
}

// The party keeps the say over its own papers. An account that acts for nobody is nobody's originator.
bool is_originator(const Subject& subject, const Handling& handling) {
  return subject.signed_in && !subject.party.empty() && subject.party == handling.originator;
}

bool brought_it(const Subject& subject, const Object& object) {
  return subject.signed_in && !subject.account.empty() && subject.account == object.brought_by;
}

// Who may open a document beyond its mark: the officers of its originator; where no originator is named,
// those of the organization that keeps the record, and the officer who brought it in.
bool has_the_say(const Subject& subject, const Object& object) {
  if (!at_least(subject, Role::officer)) return false;
  if (!object.handling.originator.empty()) return is_originator(subject, object.handling);
  return subject.staff || brought_it(subject, object);
}

// True if a mark lets a subject pass a document on to these.
bool is_within_reach(const Subject& subject, Tlp tlp, std::string_view opened_to) {
  switch (tlp) {
    case Tlp::clear:
      return true;
    case Tlp::green:  // the community: who has an account here
      return opened_to != "everybody";
    case Tlp::amber:
    case Tlp::amber_strict:  // their own organization
      return (subject.staff && opened_to == "staff") ||
             (!subject.party.empty() && opened_to == "party:" + subject.party);
    case Tlp::red:
      return false;
  }
  return false;
}

// Who brought a document in sees it under any handling.
bool opens_to(const std::vector<std::string>& opened, const Object& object, const std::string& one) {
  return holds(opened, one) || (!object.brought_by.empty() && one == "account:" + object.brought_by);
}

// Nobody is added beyond the mark's reach, the mark is not lowered and the originator stays.
bool opens_within_reach(const Subject& subject, const Object& object) {
  const Handling& now = object.handling;
  if (!object.wanted || object.wanted->tlp < now.tlp || object.wanted->originator != now.originator)
    return false;
  const auto before = opened_to(now), after = opened_to(*object.wanted);
  return std::all_of(after.begin(), after.end(), [&](const std::string& each) {
    return opens_to(before, object, each) || is_within_reach(subject, now.tlp, each);
  });
}

// Nobody who saw it is left out, and the mark is the same.
bool leaves_nobody_out(const Object& object) {
  if (!object.wanted || object.wanted->tlp != object.handling.tlp) return false;
  const auto before = opened_to(object.handling), after = opened_to(*object.wanted);
  if (holds(after, "everybody")) return true;
  const bool signed_in = holds(after, "signed_in");
  return std::all_of(before.begin(), before.end(), [&](const std::string& each) {
    return opens_to(after, object, each) || (signed_in && each != "everybody");
  });
}

// First who sees, then who acts; docs/access.md shows the same rows.
const std::vector<Rule>& table() {
  static const std::vector<Rule> kRules = {
      {"public",
       {Action::see},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted&) {
         return object.handling.is_public() && (subject.signed_in || holds(subject.statuses, kPublic));
       },
       "TLP:CLEAR that is opened to nobody in particular: everybody who is signed in, and visitors of a "
       "server "
       "that is opened to the public",
       kTlp},
      {"status",
       {Action::see},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted&) {
         return subject.signed_in && object.handling.tlp <= Tlp::amber &&
                std::any_of(subject.statuses.begin(), subject.statuses.end(),
                            [&](const std::string& each) { return holds(object.handling.statuses, each); });
       },
       "TLP:CLEAR to TLP:AMBER: who has one of the statuses that the document is opened to",
       "OSCE Partners for Co-operation leaflet, comprehensive political dialogue, paragraph 1"},
      {"party_named",
       {Action::see},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted&) {
         return subject.signed_in && !subject.party.empty() && object.handling.tlp < Tlp::red &&
                holds(object.handling.recipients, subject.party);
       },
       "below TLP:RED: everybody of an organization or a delegation that is among the recipients",
       kTlp},
      {"account_named",
       {Action::see},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted&) {
         return subject.signed_in && !subject.account.empty() &&
                is_recipient(object.handling, subject.account);
       },
       "any mark, TLP:RED too: who is named among the recipients in person",
       kTlp},
      {"community",
       {Action::see},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted&) {
         return subject.signed_in && object.handling.tlp == Tlp::green && !has_audience(object.handling);
       },
       "TLP:GREEN that is opened to nobody in particular: everybody who is signed in",
       kTlp},
      {"organization",
       {Action::see},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted&) {
         return subject.signed_in && subject.staff && !has_audience(object.handling) &&
                (object.handling.tlp == Tlp::amber || object.handling.tlp == Tlp::amber_strict);
       },
       "TLP:AMBER and TLP:AMBER+STRICT opened to nobody in particular: the organization that keeps the "
       "record",
       kTlp},
      {"originator",
       {Action::see},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted&) {
         return object.handling.tlp < Tlp::red && is_originator(subject, object.handling);
       },
       "below TLP:RED: the organization or the delegation whose paper it is",
       kTlp},
      {"uploader",
       {Action::see},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted&) {
         return brought_it(subject, object);
       },
       "any mark: the account that brought the document in",
       "docs/access.md, documents"},

      {"clear_passed_on",
       {Action::export_copy, Action::pass_on},
       ObjectKind::document,
       [](const Subject&, const Object& object, const Sighted& sighted) {
         return object.handling.tlp == Tlp::clear && sighted.sees();
       },
       "TLP:CLEAR: whoever sees it",
       kTlp},
      {"green_passed_on",
       {Action::export_copy, Action::pass_on},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted& sighted) {
         return object.handling.tlp == Tlp::green && subject.signed_in && sighted.sees();
       },
       "TLP:GREEN: whoever sees it and is signed in",
       kTlp},
      {"amber_passed_on",
       {Action::export_copy, Action::pass_on},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted& sighted) {
         return object.handling.tlp == Tlp::amber && at_least(subject, Role::officer) && sighted.sees();
       },
       "TLP:AMBER: officers who see it",
       kTlp},
      {"strict_passed_on",
       {Action::export_copy, Action::pass_on},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted& sighted) {
         return object.handling.tlp == Tlp::amber_strict && subject.staff &&
                at_least(subject, Role::officer) && sighted.sees();
       },
       "TLP:AMBER+STRICT: officers of the organization that keeps the record, if they see it",
       kTlp},
      {"passed_on_by_originator",
       {Action::export_copy, Action::pass_on},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted& sighted) {
         return object.handling.tlp < Tlp::red && is_originator(subject, object.handling) &&
                at_least(subject, Role::officer) && sighted.sees();
       },
       "below TLP:RED: officers of the originator, whose paper it is",
       kTlp},

      {"officer_uploads",
       {Action::upload},
       ObjectKind::document,
       [](const Subject& subject, const Object&, const Sighted&) { return at_least(subject, Role::officer); },
       "officers bring documents in, under any mark",
       kRoles},
      {"reviewer_reviews",
       {Action::review, Action::revise},
       ObjectKind::document,
       [](const Subject& subject, const Object&, const Sighted& sighted) {
         return at_least(subject, Role::reviewer) && sighted.sees();
       },
       "reviewers decide about what was read in the documents that they see, and undo its repairs",
       kRoles},
      {"reviewer_warns",
       {Action::warn},
       ObjectKind::document,
       [](const Subject& subject, const Object&, const Sighted& sighted) {
         return at_least(subject, Role::reviewer) && sighted.sees();
       },
       "reviewers issue early warnings from data that they see",
       kRoles},
      {"handling_within_reach",
       {Action::set_handling},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted& sighted) {
         return at_least(subject, Role::officer) && subject.staff && opens_within_reach(subject, object) &&
                sighted.sees();
       },
       "officers of the organization that keeps the record, of what they see; but nobody opens a document "
       "wider "
       "than they may pass it on: the mark is not lowered, the originator stays, and who is added is within "
       "the "
       "mark's reach",
       kTlp},
      {"recipients_added_within_reach",
       {Action::set_handling},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted& sighted) {
         return at_least(subject, Role::officer) && opens_within_reach(subject, object) &&
                leaves_nobody_out(object) && sighted.sees();
       },
       "officers of other organizations and delegations open what they see to more, within the mark's reach, "
       "and "
       "close it to nobody",
       kTlp},
      {"handling_by_who_has_the_say",
       {Action::set_handling},
       ObjectKind::document,
       [](const Subject& subject, const Object& object, const Sighted& sighted) {
         return object.wanted.has_value() && has_the_say(subject, object) && sighted.sees();
       },
       "the originator's officers set any handling; where no originator is named, the officers of the "
       "organization that keeps the record and the officer who brought the document in",
       "FIRST, Traffic Light Protocol 2.0 (2022): wider sharing needs the source's permission"},
      {"administrator_erases",
       {Action::erase},
       ObjectKind::document,
       [](const Subject& subject, const Object&, const Sighted& sighted) {
         return at_least(subject, Role::administrator) && sighted.sees();
       },
       "administrators erase by law what they see; what they do not see is erased on the machine itself",
       kRoles},

      {"log_of_what_is_seen",
       {Action::see_log},
       ObjectKind::document,
       [](const Subject&, const Object&, const Sighted& sighted) { return sighted.sees(); },
       "entries that belong to a document: whoever sees the document",
       "docs/access.md, the log"},
      {"log_of_acts",
       {Action::see_log},
       ObjectKind::act,
       [](const Subject& subject, const Object&, const Sighted&) {
         return at_least(subject, Role::administrator) && subject.staff;
       },
       "acts of accounts: administrators of the organization that keeps the record",
       "docs/access.md, the log"},
      {"log_of_own_acts",
       {Action::see_log},
       ObjectKind::act,
       [](const Subject& subject, const Object& object, const Sighted&) {
         return subject.signed_in && !subject.account.empty() && subject.account == object.account;
       },
       "acts of accounts: one's own",
       "docs/access.md, the log"},
      {"accounts_of_all",
       {Action::manage_accounts},
       ObjectKind::account,
       [](const Subject& subject, const Object&, const Sighted&) {
         return at_least(subject, Role::administrator) && subject.staff;
       },
       "administrators of the organization that keeps the record",
       kRoles},
      {"accounts_of_own_party",
       {Action::manage_accounts},
       ObjectKind::account,
       [](const Subject& subject, const Object& object, const Sighted&) {
         return at_least(subject, Role::administrator) && !subject.party.empty() &&
                subject.party == object.party;
       },
       "administrators of an organization or a delegation, for its own accounts",
       kRoles},
      {"accounts_by_who_acts_for_nobody",
       {Action::manage_accounts},
       ObjectKind::account,
       [](const Subject& subject, const Object&, const Sighted&) {
         return at_least(subject, Role::administrator) && subject.party.empty();
       },
       "administrators who act for nobody, as the one of the first start does until they choose: all "
       "accounts, "
       "their own too",
       kRoles},
      {"own_account",
       {Action::keep_own},
       ObjectKind::account,
       [](const Subject& subject, const Object& object, const Sighted&) {
         return subject.signed_in && !subject.account.empty() && subject.account == object.account;
       },
       "everybody who is signed in: their own password, second factor, language, sessions, kept searches, "
       "and "
       "files that wait to be read",
       "docs/access.md, accounts"},
      {"delegation_acts",
       {Action::act_for},
       ObjectKind::delegation,
       [](const Subject& subject, const Object& object, const Sighted&) {
         return at_least(subject, Role::officer) && !subject.party.empty() && subject.party == object.party;
       },
       "officers of a delegation or an organization act for it in the shared work; whether it may do what "
       "they want is "
       "for the rules of procedure to say",
       "docs/acts.md"},
      {"secretariat_acts",
       {Action::act_for},
       ObjectKind::delegation,
       [](const Subject& subject, const Object&, const Sighted&) {
         return at_least(subject, Role::officer) && subject.staff;
       },
       "officers of the organization that keeps the record act as its secretariat, and write down what came "
       "on paper for "
       "others",
       "docs/acts.md"},
      {"metrics",
       {Action::see_metrics},
       ObjectKind::server,
       [](const Subject& subject, const Object&, const Sighted&) {
         return at_least(subject, Role::administrator) && subject.staff;
       },
       "administrators of the organization that keeps the record",
       kRoles},
  };
  return kRules;
}

}  // namespace

std::string_view name_of(Role role) {
  switch (role) {
    case Role::reader:
      return "reader";
    case Role::reviewer:
      return "reviewer";
    case Role::officer:
      return "officer";
    case Role::administrator:
      return "administrator";
  }
  return "reader";
}

std::optional<Role> role_named(std::string_view name) {
  for (const Role role : {Role::reader, Role::reviewer, Role::officer, Role::administrator}) {
    if (name_of(role) == name) return role;
  }
  return std::nullopt;
}

std::string_view name_of(Action action) {
  switch (action) {
    case Action::see:
      return "see";
    case Action::export_copy:
      return "export";
    case Action::pass_on:
      return "pass_on";
    case Action::upload:
      return "upload";
    case Action::review:
      return "review";
    case Action::revise:
      return "revise";
    case Action::warn:
      return "warn";
    case Action::set_handling:
      return "set_handling";
    case Action::erase:
      return "erase";
    case Action::see_log:
      return "see_log";
    case Action::manage_accounts:
      return "manage_accounts";
    case Action::see_metrics:
      return "see_metrics";
    case Action::keep_own:
      return "keep_own";
    case Action::act_for:
      return "act_for";
  }
  return "see";
}

std::optional<Action> action_named(std::string_view name) {
  for (const Action action : kActions) {
    if (name_of(action) == name) return action;
  }
  return std::nullopt;
}

Subject visitor(bool opened) {
  Subject subject;
  if (opened) subject.statuses.emplace_back(kPublic);
  return subject;
}

std::span<const Rule> rules() {
  return table();
}

bool Sighted::sees() const {
  return decide(subject_, Action::see, object_, rules_).permitted;
}

Decision decide(const Subject& subject, Action action, const Object& object, std::span<const Rule> rules) {
  const Sighted sighted(subject, object, rules);
  for (const Rule& rule : rules) {
    if (rule.kind != object.kind) continue;
    if (std::find(rule.actions.begin(), rule.actions.end(), action) == rule.actions.end()) continue;
    if (rule.permits(subject, object, sighted)) return {.permitted = true, .rule = rule.name};
  }
  return {};
}

bool could_ever(const Subject& subject, Action action) {
  // A public document that the subject brought in, or the subject's own act or account: nothing is easier.
  Object easiest{.brought_by = subject.account, .account = subject.account, .party = subject.party};
  easiest.wanted = easiest.handling;
  for (const ObjectKind kind : {ObjectKind::document, ObjectKind::act, ObjectKind::account,
                                ObjectKind::server, ObjectKind::delegation}) {
    easiest.kind = kind;
    if (decide(subject, action, easiest)) return true;
  }
  return false;
}

std::vector<std::string> rights_of(const Subject& subject) {
  std::vector<std::string> rights;
  for (const Action action : kActions) {
    switch (action) {
      case Action::see:
      case Action::export_copy:
      case Action::pass_on:
      case Action::keep_own:
        break;
      case Action::see_log:
        if (decide(subject, action, {.kind = ObjectKind::act})) rights.emplace_back(name_of(action));
        break;
      default:
        if (could_ever(subject, action)) rights.emplace_back(name_of(action));
    }
  }
  return rights;
}

std::vector<std::string> rights_on(const Subject& subject, const Object& object) {
  std::vector<std::string> rights;
  for (const Action action :
       {Action::export_copy, Action::pass_on, Action::review, Action::revise, Action::erase}) {
    if (decide(subject, action, object)) rights.emplace_back(name_of(action));
  }
  // Whoever may leave the handling as it is may say something about it.
  Object same = object;
  same.wanted = object.handling;
  if (decide(subject, Action::set_handling, same)) rights.emplace_back(name_of(Action::set_handling));
  return rights;
}

std::string what_would_open(const Subject& subject, Action action, const Object& object) {
  if (!subject.signed_in) return "sign in to ask for this";
  if (object.kind == ObjectKind::act)
    return "acts of other accounts are shown to administrators of the organization that keeps the record";
  if (object.kind == ObjectKind::account && action == Action::keep_own)
    return "this is done by whose account it is";
  if (object.kind == ObjectKind::account)
    return "accounts are managed by administrators, each for their own organization or delegation";
  if (object.kind == ObjectKind::server)
    return "this is shown to administrators of the organization that keeps the record";
  if (object.kind == ObjectKind::delegation)
    return "officers of a delegation act for it, and officers of the organization that keeps the record as "
           "its secretariat; an "
           "administrator can give your account that role";
  const bool sees = decide(subject, Action::see, object).permitted;
  if (!sees && action != Action::upload)
    return "this is not opened to your account or to a status of your delegation; an officer of its "
           "originator "
           "can open it";
  switch (action) {
    case Action::export_copy:
    case Action::pass_on:
      return "its handling (TLP) does not let your account pass it on; an officer of its originator can";
    case Action::upload:
      return "officers bring documents in; an administrator can give your account that role";
    case Action::review:
    case Action::revise:
    case Action::warn:
      return "reviewers do this; an administrator can give your account that role";
    case Action::set_handling:
      return "nobody opens a document wider than its handling lets them pass it on; an officer of its "
             "originator "
             "can";
    case Action::erase:
      return "administrators erase by law";
    default:
      return "an administrator can tell you what would open this";
  }
}

std::vector<std::string> opened_to(const Handling& handling) {
  std::vector<std::string> out;
  if (handling.tlp < Tlp::red && !handling.originator.empty()) out.push_back("party:" + handling.originator);
  if (!has_audience(handling)) {
    if (handling.tlp == Tlp::clear) out.emplace_back("everybody");
    if (handling.tlp == Tlp::green) out.emplace_back("signed_in");
    if (handling.tlp == Tlp::amber || handling.tlp == Tlp::amber_strict) out.emplace_back("staff");
  }
  if (handling.tlp <= Tlp::amber) {
    for (const std::string& status : handling.statuses) out.push_back("status:" + status);
  }
  for (const std::string& recipient : handling.recipients) {
    if (recipient.starts_with(kAccountPrefix)) {
      out.push_back(recipient);
    } else if (handling.tlp < Tlp::red) {
      out.push_back("party:" + recipient);
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace mithaq::access
