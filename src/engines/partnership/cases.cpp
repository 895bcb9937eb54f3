#include "engines/partnership/cases.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace mithaq::partnership {

namespace {

using acts::Capacity;
using acts::Refusal;

constexpr std::string_view kStages[] = {"received", "circulated", "consultations", "decision",
                                        "granted",  "refused",    "withdrawn",     "revoked"};

Refusal refused(std::string rule, std::string reason) {
  return {.rule = std::move(rule), .reason = std::move(reason)};
}

Refusal forbidden(std::string rule, std::string reason) {
  return {.rule = std::move(rule), .reason = std::move(reason), .forbidden = true};
}

bool is_chair(const acts::Stamp& stamp) {
  return stamp.actor.capacity == Capacity::chair || stamp.actor.capacity == Capacity::secretariat;
}

bool has_words(const acts::Words& words) {
  return std::any_of(words.begin(), words.end(), [](const auto& each) { return !each.second.empty(); });
}

template <typename T>
bool is_among(const T& value, const std::vector<T>& all) {
  return std::find(all.begin(), all.end(), value) != all.end();
}

// Looks at one act about a case that is there.
class Judge {
 public:
  Judge(const Law& law, const Book& book, const Situation& situation)
      : law_(law), book_(book), situation_(situation) {}

  std::optional<Refusal> operator()(const Received& fact) const {
    // Leaflet, how to become a Partner, paragraph 1
    // "to become a Partner for Co-operation, make a formal request to the Chair"
    const char* rule = "partnership/formal_request";
    if (fact.stamp.actor.delegation.empty())
      return refused(rule, "a request is a State's: say for which delegation it is made");
    const Path* path = law_.path(fact.organization, fact.status);
    if (path == nullptr) {
      return refused(rule, "nobody can apply for the status \"" + fact.status + "\" in " +
                               (fact.organization.empty() ? "no organization" : fact.organization));
    }
    if (fact.stamp.actor.capacity == Capacity::chair || fact.stamp.actor.capacity == Capacity::system)
      return forbidden(rule, "the request comes from the applicant, not from the Chair");
    if (fact.signed_by.empty()) return refused(rule, "a formal request says who signed it");
    if (!fact.dated.ok()) return refused(rule, "a formal request has a date");
    if (std::chrono::sys_days(fact.dated) > fact.stamp.at + std::chrono::hours(24))
      return refused(rule, "the letter is dated after the day on which it came");
    if (fact.document.empty() && !has_words(fact.letter))
      return refused(rule, "a formal request is in writing: give its words or its document");
    if (situation_.holds) return refused("partnership/closed", "the State holds this status already");
    if (situation_.entitled_itself) {
      return refused("partnership/formal_request",
                     "the State is one of those that decide on this status and cannot hold it too");
    }
    for (const auto& [id, other] : book_.cases()) {
      if (other.state == fact.stamp.actor.delegation && other.letter.organization == fact.organization &&
          other.letter.status == fact.status && other.is_open())
        return refused("partnership/one_case", "the State's application " + id + " for this status is open");
    }
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const Circulated& fact) const {
    const Case& about = book_.find(fact.stamp.subject);
    if (!is_chair(fact.stamp))
      return forbidden("partnership/consultation", "the Chair circulates an application, nobody else");
    if (about.stage != Stage::received) {
      return about.is_open() ? refused("partnership/stage", "the application was circulated already")
                             : closed(about);
    }
    if (fact.consulted.empty())
      return refused("partnership/consultation", "there is no State that considers the application");
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const Assessed& fact) const {
    const Case& about = book_.find(fact.stamp.subject);
    if (auto refusal = not_consulted(about, fact.stamp)) return refusal;
    if (auto refusal = not_in_consultation(about)) return refusal;
    if (!book_.has_factor(about, fact.factor)) {
      return refused("partnership/factors", "\"" + fact.factor +
                                                "\" is no factor of this case: name it first, for the "
                                                "factors are not exhaustive");
    }
    if (!has_words(fact.text))
      return refused("partnership/factors", "an assessment is in words: it is no mark and no score");
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const FactorNamed& fact) const {
    const Case& about = book_.find(fact.stamp.subject);
    if (!is_chair(fact.stamp)) {
      if (auto refusal = not_consulted(about, fact.stamp)) return refusal;
    }
    if (auto refusal = not_in_consultation(about)) return refusal;
    if (!has_words(fact.name)) return refused("partnership/factors", "a further factor needs a name");
    if (book_.has_factor(about, fact.factor))
      return refused("partnership/factors", "the factor \"" + fact.factor + "\" is there already");
    for (const NamedFactor& other : about.named) {
      if (other.name == fact.name)
        return refused("partnership/factors", "the factor \"" + other.id + "\" has this name already");
    }
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const Consulted& fact) const {
    const Case& about = book_.find(fact.stamp.subject);
    if (!is_chair(fact.stamp))
      return forbidden("partnership/consultation", "the Chair holds the consultations, nobody else");
    if (auto refusal = not_in_consultation(about)) return refusal;
    if (!fact.held.ok()) return refused("partnership/consultation", "consultations were held on some day");
    if (std::chrono::sys_days(fact.held) > fact.stamp.at + std::chrono::hours(24))
      return refused("partnership/consultation", "consultations cannot have been held on a day to come");
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const DecisionOpened& fact) const {
    const Case& about = book_.find(fact.stamp.subject);
    if (!is_chair(fact.stamp))
      return forbidden("partnership/formal_decision", "the Chair puts the decision to the body, nobody else");
    if (!about.is_open()) return closed(about);
    if (about.stage == Stage::received)
      return refused("partnership/stage", "the application is circulated before it is decided");
    const Path* path = law_.path(about.letter.organization, about.letter.status);
    // "after that there is a process of consultation": a decision comes after it.
    if (path->consultations && about.consultations.empty()) {
      return refused("partnership/consultation",
                     "no consultations were held yet; they come before the decision");
    }
    if (is_among(fact.consultation, about.decisions))
      return refused("partnership/stage", "this consultation is the case's already");
    return not_fit(about, fact.consultation);
  }

  std::optional<Refusal> operator()(const Granted& fact) const {
    const Case& about = book_.find(fact.stamp.subject);
    if (auto refusal = only_time(fact.stamp)) return refusal;
    if (!about.is_open()) return closed(about);
    // "granted only by a decision with the formal agreement of all participating States"
    if (about.decisions.empty() || about.decisions.back() != fact.consultation)
      return refused("partnership/formal_decision", "this is not the decision on the application");
    if (situation_.decision.state != Outcome::State::adopted)
      return refused("partnership/formal_decision", "the decision is not adopted");
    if (fact.from != situation_.decision.at || fact.from > fact.stamp.at)
      return refused("partnership/formal_decision", "the status holds from the instant of adoption");
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const Refused& fact) const {
    const Case& about = book_.find(fact.stamp.subject);
    if (!is_chair(fact.stamp))
      return forbidden("partnership/formal_decision", "the Chair closes a case, nobody else");
    if (!about.is_open()) return closed(about);
    // Only the decision of all grants, so only a decision that was not adopted refuses.
    if (about.stage != Stage::decision)
      return refused("partnership/stage", "no decision was opened that could have failed");
    if (situation_.decision.state == Outcome::State::adopted)
      return refused("partnership/formal_decision", "the decision was adopted");
    if (situation_.decision.state != Outcome::State::not_adopted)
      return refused("partnership/formal_decision", "the decision is still open");
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const Withdrawn& fact) const {
    const Case& about = book_.find(fact.stamp.subject);
    if (fact.stamp.actor.delegation != about.state || fact.stamp.actor.capacity == Capacity::chair)
      return forbidden("partnership/formal_request", "only the applicant withdraws its request");
    if (!about.is_open()) return closed(about);
    if (about.stage == Stage::decision && situation_.decision.state == Outcome::State::adopted)
      return refused("partnership/closed", "the decision was adopted");
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const ReviewOpened& fact) const {
    if (!is_chair(fact.stamp))
      return forbidden("partnership/formal_decision", "the Chair opens the review of a status, nobody else");
    if (law_.path(fact.organization, fact.status) == nullptr) {
      return refused("partnership/formal_decision",
                     "no decision is known by which the status \"" + fact.status + "\" in " +
                         (fact.organization.empty() ? "no organization" : fact.organization) +
                         " is taken away");
    }
    if (!situation_.holds) return refused("partnership/closed", "the State does not hold this status");
    for (const auto& [id, other] : book_.cases()) {
      if (other.state == fact.state && other.letter.organization == fact.organization &&
          other.letter.status == fact.status && other.stage == Stage::granted)
        return refused("partnership/one_case", "the case " + id + " is about this status: go on there");
    }
    return std::nullopt;
  }

  std::optional<Refusal> operator()(const RevocationOpened& fact) const {
    const Case& about = book_.find(fact.stamp.subject);
    if (!is_chair(fact.stamp))
      return forbidden("partnership/formal_decision", "the Chair puts the decision to the body, nobody else");
    if (about.stage != Stage::granted) {
      return refused("partnership/closed", about.stage == Stage::revoked ? "the status was revoked already"
                                                                         : "no status was granted");
    }
    if (is_among(fact.consultation, about.revocations) || is_among(fact.consultation, about.decisions))
      return refused("partnership/stage", "this consultation is the case's already");
    return not_fit(about, fact.consultation);
  }

  std::optional<Refusal> operator()(const Revoked& fact) const {
    const Case& about = book_.find(fact.stamp.subject);
    if (auto refusal = only_time(fact.stamp)) return refusal;
    if (about.stage != Stage::granted) return refused("partnership/closed", "no status is granted");
    if (about.revocations.empty() || about.revocations.back() != fact.consultation)
      return refused("partnership/formal_decision", "this is not the decision on the revocation");
    if (situation_.decision.state != Outcome::State::adopted)
      return refused("partnership/formal_decision", "the decision is not adopted");
    if (fact.from != situation_.decision.at || fact.from > fact.stamp.at)
      return refused("partnership/formal_decision", "the status ends at the instant of adoption");
    return std::nullopt;
  }

 private:
  static Refusal closed(const Case& about) {
    const char* what = "withdrawn";
    if (about.stage == Stage::granted) what = "granted";
    if (about.stage == Stage::refused) what = "refused";
    if (about.stage == Stage::revoked) what = "revoked";
    return refused("partnership/closed", std::string("the application is closed: ") + what);
  }

  static std::optional<Refusal> only_time(const acts::Stamp& stamp) {
    if (stamp.actor.capacity == Capacity::system) return std::nullopt;
    return forbidden("partnership/formal_decision",
                     "a status follows from an adopted decision by itself; nobody grants or takes it");
  }

  // The State is one of those that were consulted when the application was circulated, and still entitled.
  std::optional<Refusal> not_consulted(const Case& about, const acts::Stamp& stamp) const {
    const std::string& state = stamp.actor.delegation;
    if (stamp.actor.capacity == Capacity::chair || state.empty()) {
      return forbidden("partnership/consultation",
                       "an assessment is a State's: the Chair gives it for its delegation");
    }
    if (!situation_.entitled) {
      return forbidden("partnership/consultation",
                       "the State is none of those that consider this application");
    }
    if (about.circulated && !is_among(state, about.circulated->consulted)) {
      return forbidden("partnership/consultation",
                       "the State was not among those that consider it when it was circulated");
    }
    return std::nullopt;
  }

  static std::optional<Refusal> not_in_consultation(const Case& about) {
    if (!about.is_open()) return closed(about);
    if (about.stage == Stage::received)
      return refused("partnership/stage", "the application is not circulated yet");
    return std::nullopt;
  }

  std::optional<Refusal> not_fit(const Case& about, const std::string& consultation) const {
    const char* rule = "partnership/formal_decision";
    const Outcome& decision = situation_.decision;
    if (consultation.empty() || decision.state == Outcome::State::unknown)
      return refused(rule, "there is no consultation \"" + consultation + "\"");
    const Path* path = law_.path(about.letter.organization, about.letter.status);
    if (!is_among(decision.body, path->bodies))
      return refused(rule, "the body " + decision.body + " does not decide on this status");
    // A decision without one State is not one of all.
    if (!is_among(decision.rule_set, path->rule_sets)) {
      return refused(rule,
                     "the rules \"" + decision.rule_set + "\" are not those by which this status is decided");
    }
    if (!decision.for_case.empty() && decision.for_case != about.id)
      return refused(rule, "the consultation is about " + decision.for_case);
    if (decision.state != Outcome::State::open)
      return refused(rule, "the consultation is over: a decision is opened before it is taken");
    for (const auto& [id, other] : book_.cases()) {
      if (is_among(consultation, other.decisions) || is_among(consultation, other.revocations))
        return refused(rule, "the consultation decides " + id);
    }
    return std::nullopt;
  }

  const Law& law_;
  const Book& book_;
  const Situation& situation_;
};

// Folds one act into its case.
struct Enter {
  Case& about;

  void operator()(const Received& fact) const {
    about.id = fact.stamp.subject;
    about.state = fact.stamp.actor.delegation;
    about.letter = fact;
  }
  void operator()(const Circulated& fact) const {
    about.circulated = fact;
    about.stage = Stage::circulated;
  }
  void operator()(const Assessed& fact) const {
    auto& said = about.assessments[fact.factor];
    for (Assessment& earlier : said) {
      if (earlier.delegation == fact.stamp.actor.delegation) earlier.amended = true;
    }
    said.push_back({fact.stamp.actor.delegation, fact.text, fact.stamp.at, fact.late});
  }
  void operator()(const FactorNamed& fact) const {
    about.named.push_back({fact.factor, fact.name, fact.stamp.actor.delegation, fact.stamp.at});
  }
  void operator()(const Consulted& fact) const {
    about.consultations.push_back(fact);
    if (about.stage == Stage::circulated) about.stage = Stage::consultations;
  }
  void operator()(const DecisionOpened& fact) const {
    about.decisions.push_back(fact.consultation);
    about.stage = Stage::decision;
  }
  void operator()(const Granted& fact) const {
    about.granted = fact;
    about.stage = Stage::granted;
  }
  void operator()(const Refused& fact) const { close(Stage::refused, fact.reason, fact.stamp.at); }
  void operator()(const Withdrawn& fact) const { close(Stage::withdrawn, fact.reason, fact.stamp.at); }
  void operator()(const ReviewOpened& fact) const {
    about.id = fact.stamp.subject;
    about.state = fact.state;
    about.letter = {
        .stamp = fact.stamp, .organization = fact.organization, .status = fact.status, .title = fact.title};
    about.review = fact;
    about.stage = Stage::granted;
  }
  void operator()(const RevocationOpened& fact) const { about.revocations.push_back(fact.consultation); }
  void operator()(const Revoked& fact) const {
    about.revoked = fact;
    about.stage = Stage::revoked;
  }
  void close(Stage stage, const acts::Words& reason, Instant at) const {
    about.stage = stage;
    about.closed_for = reason;
    about.closed_at = at;
  }
};

}  // namespace

std::string_view name_of(Stage stage) {
  return kStages[static_cast<std::size_t>(stage)];
}

const acts::Stamp& stamp_of(const Fact& fact) {
  return std::visit([](const auto& each) -> const acts::Stamp& { return each.stamp; }, fact);
}

bool Case::assessed_by(std::string_view delegation, std::string_view factor) const {
  return latest(delegation, factor) != nullptr;
}

const Assessment* Case::latest(std::string_view delegation, std::string_view factor) const {
  const auto found = assessments.find(factor);
  if (found == assessments.end()) return nullptr;
  for (auto each = found->second.rbegin(); each != found->second.rend(); ++each) {
    if (each->delegation == delegation) return &*each;
  }
  return nullptr;
}

std::optional<acts::Refusal> Book::refusal_of(const Fact& fact, const Situation& situation) const {
  return std::visit(Judge(*law_, *this, situation), fact);
}

void Book::enter(const Fact& fact) {
  const std::string& subject = stamp_of(fact).subject;
  if (!std::holds_alternative<Received>(fact) && !std::holds_alternative<ReviewOpened>(fact))
    static_cast<void>(find(subject));
  std::visit(Enter{cases_[subject]}, fact);
}

const Case& Book::find(std::string_view id) const {
  const auto found = cases_.find(id);
  if (found == cases_.end())
    throw Error(ErrorKind::not_found, "there is no application \"" + std::string(id) + "\"");
  return found->second;
}

bool Book::has_factor(const Case& about, std::string_view factor) const {
  for (const Factor* each : law_->factors(about.letter.organization, about.letter.status)) {
    if (each->id == factor) return true;
  }
  return std::any_of(about.named.begin(), about.named.end(),
                     [&](const NamedFactor& each) { return each.id == factor; });
}

}  // namespace mithaq::partnership
