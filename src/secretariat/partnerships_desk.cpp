#include "secretariat/partnerships_desk.hpp"

#include <algorithm>

#include "acts/fields.hpp"
#include "base/error.hpp"
#include "secretariat/desks.hpp"
#include "secretariat/fact_fields.hpp"
#include "secretariat/secretariat.hpp"

namespace mithaq::secretariat {

using namespace partnership;
using acts::Capacity;

namespace {

Fact fact_of(const Act& act) {
  return read_fact<Fact>(act, kVerbs);
}

// "OSCE-APP-2026-003": by the organization and the year in which the letter was received. Of a review:
// "OSCE-REV-2026-001".
std::string next_id(const Book& book, const std::string& organization, const char* kind, Instant at) {
  const std::string series = organization + "-" + kind + "-" + format_instant(at).substr(0, 4) + "-";
  const auto count = std::count_if(book.cases().begin(), book.cases().end(),
                                   [&](const auto& each) { return each.first.starts_with(series); });
  const std::string number = std::to_string(count + 1);
  return series + std::string(number.size() < 3 ? 3 - number.size() : 0, '0') + number;
}

acts::Words title_of(const Names& names, const std::string& state, const Path& path) {
  const acts::Words who = names.of(state);
  return {{"ar", "طلب " + who.at("ar") + ": " + path.name.at("ar")},
          {"en", "Application of " + who.at("en") + ": " + path.name.at("en")},
          {"ru", "Заявление: " + who.at("ru") + " — " + path.name.at("ru")}};
}

acts::Words title_of_review(const Names& names, const std::string& state, const Path& path) {
  const acts::Words who = names.of(state);
  return {{"ar", "مراجعة مركز " + who.at("ar") + ": " + path.name.at("ar")},
          {"en", "Review of the status of " + who.at("en") + ": " + path.name.at("en")},
          {"ru", "Пересмотр статуса: " + who.at("ru") + " — " + path.name.at("ru")}};
}

// What those who are told read of an act, and whether something is asked of them.
struct Told {
  const char* said = nullptr;  // nobody is told
  bool applicant = true;
  bool entitled = true;
};

Told told_of(std::string_view verb) {
  if (verb == "received") return {"The application was received.", true, false};
  if (verb == "circulated")
    return {"The application was circulated: say what you think of the factors, in your own words."};
  if (verb == "factor_named") return {"A further factor was named in the application.", false, true};
  if (verb == "consulted") return {"Consultations on the application were held."};
  if (verb == "decision_opened") return {"The decision on the application was put to the body."};
  if (verb == "granted") return {"The decision was adopted: the status holds from that instant."};
  if (verb == "refused") return {"The decision was not adopted: the application is closed."};
  if (verb == "withdrawn") return {"The applicant withdrew its application."};
  if (verb == "review_opened") return {"The Chair opened a review of the status."};
  if (verb == "revocation_opened") return {"A decision to revoke the status was put to the body."};
  if (verb == "revoked") return {"The status was revoked: what it opened is closed from that instant."};
  return {};
}

}  // namespace

Outcome outcome_of(const Secretariat& secretariat, std::string_view consultation) {
  Outcome out;
  const procedure::Case* found = secretariat.desks().consultations.book().find(consultation);
  if (found == nullptr) return out;
  out.body = found->body;
  out.rule_set = found->rule_set;
  out.for_case = found->application;
  out.state = Outcome::State::open;
  if (found->adopted_at) {
    out.state = Outcome::State::adopted;
    out.at = *found->adopted_at;
  } else if (found->state == procedure::State::broken ||
             found->state == procedure::State::objected_in_meeting ||
             found->state == procedure::State::withdrawn || found->state == procedure::State::superseded) {
    out.state = Outcome::State::not_adopted;
  }
  return out;
}

bool chairs(const Secretariat& secretariat, std::string_view body, std::string_view state, Instant at) {
  return !state.empty() && secretariat.desks().meetings.is_chair(body, state, at);
}

PartnershipsDesk::PartnershipsDesk(const std::filesystem::path& data)
    : law_(Law::load(data / "partnership")), book_(law_), names_(data) {}

const Path& PartnershipsDesk::path_of(const Case& about) const {
  const Path* path = law_.path(about.letter.organization, about.letter.status);
  // A way that was taken out of data/ leaves cases of the record without one.
  if (path == nullptr) {
    throw Error(ErrorKind::unavailable, "data/partnership/paths.tsv has no way to " +
                                            about.letter.organization + " " + about.letter.status +
                                            " any more");
  }
  return *path;
}

document::Handling PartnershipsDesk::handling(const Case& about) const {
  document::Handling out = assessments_handling(about);
  out.recipients = {about.state};
  return out;
}

document::Handling PartnershipsDesk::assessments_handling(const Case& about) const {
  document::Handling out{.tlp = document::Tlp::green, .originator = about.letter.organization};
  out.statuses = path_of(about).entitled;
  std::sort(out.statuses.begin(), out.statuses.end());
  return out;
}

Situation PartnershipsDesk::situation(const Fact& fact, const Secretariat& secretariat) const {
  const acts::Stamp& stamp = stamp_of(fact);
  const Standing& standing = secretariat.standing();
  Situation out;
  const auto is_one_of = [&](const Path& path) {
    return std::any_of(path.entitled.begin(), path.entitled.end(), [&](const std::string& status) {
      return standing.holds(stamp.actor.delegation, status, stamp.at);
    });
  };
  const auto holds = [&](const std::string& state, const std::string& organization,
                         const std::string& status) {
    const auto held = standing.held(state, stamp.at);
    return std::any_of(held.begin(), held.end(), [&](const access::Held& each) {
      return each.organization == organization && each.status == status;
    });
  };
  if (const auto* letter = std::get_if<Received>(&fact)) {
    if (const Path* path = law_.path(letter->organization, letter->status))
      out.entitled_itself = is_one_of(*path);
    out.holds = holds(stamp.actor.delegation, letter->organization, letter->status);
    return out;
  }
  if (const auto* review = std::get_if<ReviewOpened>(&fact)) {
    out.holds = holds(review->state, review->organization, review->status);
    return out;
  }
  const Case& about = book_.find(stamp.subject);
  out.entitled = is_one_of(path_of(about));
  std::string consultation;
  if (const auto* each = std::get_if<DecisionOpened>(&fact)) consultation = each->consultation;
  if (const auto* each = std::get_if<Granted>(&fact)) consultation = each->consultation;
  if (const auto* each = std::get_if<RevocationOpened>(&fact)) consultation = each->consultation;
  if (const auto* each = std::get_if<Revoked>(&fact)) consultation = each->consultation;
  if ((std::holds_alternative<Refused>(fact) || std::holds_alternative<Withdrawn>(fact)) &&
      !about.decisions.empty())
    consultation = about.decisions.back();
  if (!consultation.empty()) out.decision = outcome_of(secretariat, consultation);
  return out;
}

Judgement PartnershipsDesk::judge(const Act& wanted, const Secretariat& secretariat) const {
  Fact fact = fact_of(wanted);
  acts::Stamp stamp = wanted.stamp;
  const auto chairs_none = [&](const Path& path) {
    return stamp.actor.capacity == Capacity::chair &&
           std::none_of(path.bodies.begin(), path.bodies.end(), [&](const std::string& body) {
             return chairs(secretariat, body, stamp.actor.delegation, stamp.at);
           });
  };
  const auto no_chair = [] {
    return Judgement::refused("acts/chair", "the State does not hold the chair now", true);
  };
  if (auto* letter = std::get_if<Received>(&fact)) {
    if (!stamp.subject.empty())
      throw Error(ErrorKind::invalid_input, "a new application gets its number here: leave the subject out");
    if (!stamp.actor.delegation.empty() && !names_.knows(stamp.actor.delegation))
      throw Error(ErrorKind::not_found, "there is no State \"" + stamp.actor.delegation + "\"");
    if (const Path* path = law_.path(letter->organization, letter->status)) {
      if (letter->title.empty()) letter->title = title_of(names_, stamp.actor.delegation, *path);
      stamp.subject = letter->stamp.subject = next_id(book_, letter->organization, "APP", stamp.at);
    }
  } else if (auto* review = std::get_if<ReviewOpened>(&fact)) {
    if (!stamp.subject.empty())
      throw Error(ErrorKind::invalid_input, "a new review gets its number here: leave the subject out");
    if (!names_.knows(review->state))
      throw Error(ErrorKind::not_found, "there is no State \"" + review->state + "\"");
    if (const Path* path = law_.path(review->organization, review->status)) {
      if (chairs_none(*path)) return no_chair();
      if (review->title.empty()) review->title = title_of_review(names_, review->state, *path);
      stamp.subject = review->stamp.subject = next_id(book_, review->organization, "REV", stamp.at);
    }
  } else {
    const Case& about = book_.find(stamp.subject);
    const Path& path = path_of(about);
    if (chairs_none(path)) return no_chair();
    if (auto* circulated = std::get_if<Circulated>(&fact)) {
      if (circulated->before.zone.empty()) circulated->before.zone = path.zone;
      if (auto refusal = acts::settle(circulated->before, stamp.at)) return {.refusal = std::move(refusal)};
      circulated->consulted = secretariat.standing().holders(path.entitled, stamp.at);
    }
    if (auto* assessed = std::get_if<Assessed>(&fact)) {
      assessed->late = about.circulated && about.circulated->before.at <= stamp.at;
    }
    if (auto* named = std::get_if<FactorNamed>(&fact)) {
      named->factor = "further-" + std::to_string(about.named.size() + 1);
    }
  }
  if (auto refusal = book_.refusal_of(fact, situation(fact, secretariat)))
    return {.refusal = std::move(refusal)};
  return {.acts = {{.type = wanted.type, .stamp = stamp, .fields = fields_of(fact)}}};
}

void PartnershipsDesk::enter(const Act& act, record::Seq seq, const Secretariat&) {
  const Fact fact = fact_of(act);
  book_.enter(fact);
  const std::string& id = act.stamp.subject;
  history_.add(id, {.entry = seq, .act = {.type = act.type, .stamp = act.stamp}});
  if (std::holds_alternative<DecisionOpened>(fact) || std::holds_alternative<RevocationOpened>(fact))
    waiting_.insert(id);
  const Stage stage = book_.find(id).stage;
  if (std::holds_alternative<Granted>(fact) || (stage > Stage::granted)) waiting_.erase(id);
}

void PartnershipsDesk::change_standing(const Act& act, Standing& standing) const {
  const std::string_view verb = act.verb();
  if (verb != "granted" && verb != "revoked") return;
  const Case& about = book_.find(act.stamp.subject);
  const Received& letter = about.letter;
  if (verb == "granted") {
    standing.grant({.organization = letter.organization,
                    .state = about.state,
                    .status = letter.status,
                    .from = about.granted->from,
                    .decision = about.granted->consultation});
  } else {
    standing.revoke(letter.organization, about.state, letter.status, about.revoked->from,
                    about.revoked->consultation);
  }
}

std::vector<Act> PartnershipsDesk::due(Instant now, const Secretariat& secretariat) const {
  std::vector<Act> out;
  for (const std::string& id : waiting_) {
    const Case& about = book_.find(id);
    const bool grants = about.is_open();
    const std::string& consultation = grants ? about.decisions.back() : about.revocations.back();
    const Outcome outcome = outcome_of(secretariat, consultation);
    if (outcome.state != Outcome::State::adopted) continue;
    out.push_back({.type = grants ? "application.granted" : "application.revoked",
                   .stamp = {.at = now, .actor = {.capacity = Capacity::system}, .subject = id},
                   .fields = {{"consultation", consultation}, {"from", format_instant(outcome.at)}}});
  }
  return out;
}

std::optional<RuleText> PartnershipsDesk::rule(std::string_view id) const {
  const partnership::Rule* found = law_.rule(id);
  if (found == nullptr) return std::nullopt;
  return RuleText{.quote = found->quote.at("en"), .source = found->source, .quotes = found->quote};
}

std::vector<Notice> PartnershipsDesk::notices(const Act& act, record::Seq seq,
                                              const Secretariat& secretariat) const {
  const Told told = told_of(act.verb());
  if (told.said == nullptr) return {};
  const Case& about = book_.find(act.stamp.subject);
  std::set<std::string> to;
  if (told.applicant) to.insert(about.state);
  if (told.entitled && (about.circulated || about.review)) {
    for (const std::string& state : secretariat.standing().holders(path_of(about).entitled, act.stamp.at))
      to.insert(state);
  }
  // The request is made to the Chair, who is told of it.
  if (act.verb() == "received") {
    if (const auto chair = secretariat.desks().meetings.chair_of(path_of(about).bodies.front(), act.stamp.at))
      to.insert(*chair);
  }
  std::vector<Notice> out;
  for (const std::string& state : to) {
    Notice notice{.delegation = state,
                  .entry = seq,
                  .at = act.stamp.at,
                  .kind = act.type,
                  .subject = about.id,
                  .title = about.letter.title,
                  .said = told.said};
    if (act.verb() == "circulated") {
      if (state == about.state) {
        notice.said = "The application was circulated to the States that consider it.";
      } else {
        notice.deadline = about.circulated->before.at;
      }
    }
    out.push_back(std::move(notice));
  }
  return out;
}

std::vector<Task> PartnershipsDesk::tasks(std::string_view delegation, Instant now,
                                          const Secretariat& secretariat) const {
  std::vector<Task> out;
  for (const auto& [id, about] : book_.cases()) {
    if (!about.is_open()) continue;
    const Path& path = path_of(about);
    if (about.stage == Stage::received) {
      if (chairs(secretariat, path.bodies.front(), delegation, now)) {
        out.push_back({.kind = "circulation",
                       .subject = id,
                       .title = about.letter.title,
                       .said = "Circulate the application to the States that consider it.",
                       .zone = path.zone});
      }
      continue;
    }
    const auto& consulted = about.circulated->consulted;
    if (std::find(consulted.begin(), consulted.end(), delegation) == consulted.end()) continue;
    if (std::none_of(path.entitled.begin(), path.entitled.end(), [&](const std::string& status) {
          return secretariat.standing().holds(delegation, status, now);
        }))
      continue;
    const bool said =
        std::any_of(about.assessments.begin(), about.assessments.end(),
                    [&](const auto& factor) { return about.assessed_by(delegation, factor.first); });
    out.push_back({.kind = "factors",
                   .subject = id,
                   .title = about.letter.title,
                   .said = "Say what you think of the factors, in your own words; no answer is required.",
                   .deadline = about.circulated->before.at,
                   .zone = about.circulated->before.zone,
                   .done = said});
  }
  return out;
}

}  // namespace mithaq::secretariat
