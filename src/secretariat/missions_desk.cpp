#include "secretariat/missions_desk.hpp"

#include <algorithm>

#include "acts/fields.hpp"
#include "base/error.hpp"
#include "secretariat/secretariat.hpp"

namespace mithaq::secretariat {

namespace {

template <typename Fact>
Fact fact_of(const Act& act) {
  Fact fact;
  acts::read_fields(act.fields, fact);
  return fact;
}

template <typename Use>
auto with_fact(const Act& act, Use use) {
  const std::string_view verb = act.verb();
  if (verb == "opened") return use(fact_of<missions::Opened>(act));
  if (verb == "changed") return use(fact_of<missions::Changed>(act));
  if (verb == "joined") return use(fact_of<missions::Joined>(act));
  if (verb == "left") return use(fact_of<missions::Left>(act));
  if (verb == "pledged") return use(fact_of<missions::Pledged>(act));
  if (verb == "closed") return use(fact_of<missions::Closed>(act));
  throw Error(ErrorKind::invalid_input, "there is no act \"" + act.type + "\"");
}

}  // namespace

MissionsDesk::MissionsDesk(const std::filesystem::path& data)
    : rules_(missions::Rules::load(data / "secondments")), book_(rules_) {}

Judgement MissionsDesk::judge(const Act& asked, const Secretariat& secretariat) const {
  Act wanted = asked;
  // A form gives one organization; others join.
  if (wanted.verb() == "opened" && wanted.fields.is_object() && wanted.fields.contains("organization") &&
      !wanted.fields.contains("organizations")) {
    wanted.fields["organizations"] = nlohmann::json::array({wanted.fields["organization"]});
    wanted.fields.erase("organization");
  }
  const missions::Holds holds = [&](std::string_view state, const std::vector<std::string>& statuses) {
    return std::any_of(statuses.begin(), statuses.end(), [&](const std::string& status) {
      return secretariat.standing().holds(state, status, wanted.stamp.at);
    });
  };
  return with_fact(wanted, [&](auto fact) {
    using Fact = decltype(fact);
    Act act = wanted;
    if constexpr (std::is_same_v<Fact, missions::Opened>) {
      act.stamp.subject = book_.next_id(wanted.stamp.at);
      // Those who may second people see it, unless its opening says who does.
      const missions::Rule* seconding = rules_.find(fact.kind, missions::Measure::seconding);
      if (fact.handling == document::Handling{} && seconding != nullptr) {
        fact.handling.statuses = seconding->statuses;
        std::sort(fact.handling.statuses.begin(), fact.handling.statuses.end());
      }
      if (fact.handling.originator.empty() && !fact.organizations.empty())
        fact.handling.originator = fact.organizations.front();
    }
    std::optional<acts::Refusal> no;
    if constexpr (requires { book_.judge(act.stamp, fact, holds); }) {
      no = book_.judge(act.stamp, fact, holds);
    } else {
      no = book_.judge(act.stamp, fact);
    }
    if (no) return Judgement{.refusal = std::move(no)};
    acts::FieldWriter writer;
    visit_fields(writer, fact);
    act.fields = writer.json();
    return Judgement{.acts = {std::move(act)}};
  });
}

void MissionsDesk::enter(const Act& act, record::Seq seq, const Secretariat&) {
  with_fact(act, [&](const auto& fact) { book_.enter(act.stamp, fact); });
  history_.add(act.stamp.subject, {.entry = seq, .act = act});
}

std::optional<RuleText> MissionsDesk::rule(std::string_view id) const {
  const missions::Rule* rule = rules_.find(id);
  if (rule == nullptr) return std::nullopt;
  return RuleText{.quote = rule->quote, .source = rule->source, .quotes = rule->says};
}

std::vector<Notice> MissionsDesk::notices(const Act& act, record::Seq seq,
                                          const Secretariat& secretariat) const {
  std::vector<Notice> out;
  const missions::Mission* mission = book_.find(act.stamp.subject);
  if (mission == nullptr) return out;
  const auto tell = [&](const std::string& state, const char* said) {
    out.push_back({.delegation = state,
                   .entry = seq,
                   .at = act.stamp.at,
                   .kind = act.type,
                   .subject = mission->id,
                   .title = mission->said.title,
                   .said = said});
  };
  if (act.verb() == "opened") {
    const missions::Rule* seconding = rules_.find(mission->said.kind, missions::Measure::seconding);
    if (seconding == nullptr) return out;
    for (const std::string& state : secretariat.standing().holders(seconding->statuses, act.stamp.at)) {
      if (mission->said.kind != missions::Kind::election || state != mission->said.country)
        tell(state, "a mission asks for people: say how many you will second");
    }
  } else if (act.verb() == "changed" || act.verb() == "closed") {
    for (const auto& [state, pledge] : mission->pledges)
      tell(state, act.verb() == "closed" ? "the mission to which you second people is closed"
                                         : "the mission to which you second people has changed");
  }
  return out;
}

}  // namespace mithaq::secretariat
