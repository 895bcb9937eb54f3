#include "server/gate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "accounts/text_forms.hpp"
#include "server/api.hpp"
#include "service/event_library.hpp"

namespace mithaq::server {

namespace {

using access::Action;
using access::Object;
using access::ObjectKind;

constexpr auto kRefusedQuiet = std::chrono::minutes(1);
constexpr auto kReadQuiet = std::chrono::minutes(10);
constexpr std::size_t kRefusalsMax = 60;  // of one account in a minute
constexpr std::size_t kToldMax = 100'000;
constexpr std::size_t kSightsMax = 10'000;

ObjectKind kind_for(Action action) {
  switch (action) {
    case Action::manage_accounts:
    case Action::keep_own:
      return ObjectKind::account;
    case Action::see_metrics:
      return ObjectKind::server;
    case Action::see_log:
      return ObjectKind::act;
    case Action::act_for:
      return ObjectKind::delegation;
    default:
      return ObjectKind::document;
  }
}

// What a decision about seeing looks at, in one text.
std::string key_of(const access::Subject& subject) {
  std::string key =
      fmt::format("{}\n{}\n{}\n{}", subject.signed_in, subject.account, subject.party, subject.staff);
  for (const std::string& status : subject.statuses) key += "\n" + status;
  return key;
}

HttpError unauthenticated() {
  return HttpError(401, "unauthenticated", "sign in to ask for this");
}

}  // namespace

Gate::Gate(accounts::Accounts& accounts, GateOptions options)
    : accounts_(accounts), options_(std::move(options)) {
  expect(static_cast<bool>(options_.clock), "a gate has a clock");
}

void Gate::admit(Call& call) {
  call.gate = this;
  call.session = accounts_.session(call.request.cookie(kSessionCookie));
  call.subject = call.session ? call.session->subject : access::visitor(options_.opened);
  const access::Subject& subject = call.subject;
  if (call.session) {
    call.still_signed_in = [this, id = call.session->id] { return accounts_.lasts(id); };
    // A page of another site can make a browser send the cookie, but it cannot read this token.
    if (call.request.method != Method::get &&
        !accounts::equal_in_constant_time(call.request.header("x-mithaq-csrf"), call.session->csrf))
      throw HttpError(403, "forbidden", "the request lacks the token of its session: load the page anew");
  }
  const bool may_enter = call.entry == Entry::anybody || subject.signed_in ||
                         (call.entry == Entry::readers && access::decide(subject, Action::see, Object{}));
  if (!may_enter) throw unauthenticated();

  if (call.entry == Entry::anybody) {
    // Whatever the route does, the last one's sight is not left behind. Without a record it shows nothing
    // anyway.
    try {
      call.workspace.record().view().look_as({.everything = false});
    } catch (const Error&) {
    }
  } else {
    auto& store = call.workspace.record();
    store.view().look_as(sight_of(subject, call.workspace));
    const std::lock_guard guard(lock_);
    call.restricted = std::any_of(handlings_.begin(), handlings_.end(),
                                  [](const document::Handling& each) { return !each.is_public(); });
  }
  if (call.action && !access::could_ever(subject, *call.action))
    require(call, *call.action, {.kind = kind_for(*call.action)});
}

void Gate::look_as_owner(Call& call, const std::string& account) {
  const auto owner = accounts_.find(account);
  if (!owner || owner->disabled) throw unauthenticated();
  call.subject = accounts_.subject_of(*owner);
  auto& store = call.workspace.record();
  store.view().look_as(sight_of(call.subject, call.workspace));
}

record::Sight Gate::sight_of(const access::Subject& subject, service::Workspace& workspace) {
  const record::View& view = workspace.record().view();
  const record::Seq entries = workspace.record().size();
  const std::string key = key_of(subject);
  {
    const std::lock_guard guard(lock_);
    if (entries == sights_at_) {
      if (const auto found = sights_.find(key); found != sights_.end()) return found->second;
    }
  }
  // Handlings, documents and vintages come with an entry: at the same size of the record they are the same.
  std::vector<document::Handling> handlings = view.handlings();
  for (document::Handling& each : vintage_handlings(workspace, entries))
    if (std::find(handlings.begin(), handlings.end(), each) == handlings.end())
      handlings.push_back(std::move(each));
  std::vector<std::string> bringers = view.bringers();
  std::vector<document::Handling> visible;
  for (const document::Handling& handling : handlings) {
    if (access::decide(subject, Action::see, {.handling = handling})) visible.push_back(handling);
  }
  // Who brought nothing in sees what others like them see, so that what is counted for one is kept for all.
  const bool brought =
      subject.signed_in && std::binary_search(bringers.begin(), bringers.end(), subject.account);
  record::Sight sight = record::Sight::of(visible, brought ? subject.account : "");
  const std::lock_guard guard(lock_);
  if (entries >= sights_at_) {
    // Kept for subjects whose decisions would be the same again.
    if (handlings != handlings_ || bringers != bringers_ || sights_.size() >= kSightsMax) sights_.clear();
    handlings_ = handlings;
    bringers_ = std::move(bringers);
    sights_at_ = std::max(entries, sights_at_);
  }
  if (entries == sights_at_) sights_[key] = sight;
  return sight;
}

std::vector<document::Handling> Gate::vintage_handlings(service::Workspace& workspace, record::Seq entries) {
  constexpr record::Seq kEntriesLooked = 1000;
  record::Seq from = 0;
  bool anew = false;
  {
    const std::lock_guard guard(lock_);
    if (vintages_known_ && vintages_at_ == entries) return vintage_handlings_;
    from = vintages_at_;
    anew = !vintages_known_ || entries < from || entries - from > kEntriesLooked;
  }
  // An import is an act; what reviews and documents append changes nothing here.
  if (!anew) {
    workspace.record().each_entry(from, [&](const record::Entry& each) {
      anew = each.header.kind == record::EntryKind::act;
      return !anew && each.header.seq + 1 < entries;
    });
  }
  std::vector<document::Handling> found;
  if (anew) found = service::handlings_of_vintages(workspace);
  const std::lock_guard guard(lock_);
  if (anew) vintage_handlings_ = std::move(found);
  vintages_known_ = true;
  vintages_at_ = entries;
  return vintage_handlings_;
}

void Gate::admit_to_metrics(const Request& request) {
  if (!options_.metrics_token.empty() &&
      accounts::equal_in_constant_time(request.header("authorization"), "Bearer " + options_.metrics_token))
    return;
  const auto session = accounts_.session(request.cookie(kSessionCookie));
  if (!session) throw unauthenticated();
  const Object counters{.kind = ObjectKind::server};
  if (!access::decide(session->subject, Action::see_metrics, counters))
    throw Error(ErrorKind::forbidden,
                access::what_would_open(session->subject, Action::see_metrics, counters));
}

void Gate::note_refusal(const Call& call) {
  std::string asked;
  for (const std::string& segment : call.request.path) asked += "/" + segment;
  append_refusal("refused " + call.subject.account + " see " + asked, call.subject,
                 {{"action", "see"}, {"asked", asked}});
}

std::string Gate::opened_session(const std::string& token, std::string_view how) {
  const auto session = accounts_.session(token);
  expect(session.has_value(), "a session that was just opened lasts");
  append("session.opened", session->subject, {{"how", std::string(how)}});
  // Lax and not Strict, because the provider's page leads back here. No age: it ends with the browser, or
  // earlier, with the session.
  return fmt::format("{}={}; Path=/; Secure; HttpOnly; SameSite=Lax", kSessionCookie, token);
}

void Gate::append(std::string_view type, const access::Subject& subject,
                  const std::map<std::string, std::string>& more) {
  if (!options_.append) return;
  nlohmann::json act = {{"account", subject.account}, {"party", subject.party}};
  for (const auto& [name, value] : more) act[name] = value;
  options_.append({.type = std::string(type), .json = act.dump()});
}

bool Gate::was_told(const std::string& what) {
  const std::lock_guard guard(lock_);
  const auto found = told_.find(what);
  return found != told_.end() && options_.clock() < found->second;
}

void Gate::told(const std::string& what, std::chrono::seconds quiet) {
  const auto now = options_.clock();
  const std::lock_guard guard(lock_);
  if (told_.size() >= kToldMax) {
    std::erase_if(told_, [&](const auto& each) { return each.second <= now; });
    if (told_.size() >= kToldMax) told_.clear();
  }
  told_[what] = now + quiet;
}

void Gate::append_once(const std::string& what, std::chrono::seconds quiet, std::string_view type,
                       const access::Subject& subject, const std::map<std::string, std::string>& more) {
  if (was_told(what)) return;
  append(type, subject, more);
  told(what, quiet);  // only now: what could not be written is tried again
}

void Gate::append_refusal(const std::string& what, const access::Subject& subject,
                          std::map<std::string, std::string> more) {
  if (was_told(what)) return;
  {
    const auto now = options_.clock();
    const std::lock_guard guard(lock_);
    Refusals& refusals = refusals_[subject.account];
    if (now - refusals.since >= kRefusedQuiet) refusals = {.since = now};
    if (refusals.written >= kRefusalsMax) return;
    if (++refusals.written == kRefusalsMax)
      more["more"] = "further refusals of this minute are not written down";
  }
  append("access.refused", subject, more);
  told(what, kRefusedQuiet);
}

void Gate::append_read(const Call& call, const std::vector<std::string>& documents) {
  const std::string who =
      "read " + (call.session ? call.session->id : "account " + call.subject.account) + " ";
  nlohmann::json news = nlohmann::json::array();
  for (const std::string& id : documents) {
    if (was_told(who + id)) continue;
    const auto rows = call.workspace.record().view().documents({.id = id, .limit = 1});
    if (!rows.empty() && !rows.front().metadata.handling.is_public()) news.push_back(id);
  }
  if (news.empty()) return;
  if (options_.append)
    options_.append({.type = "document.read",
                     .json = nlohmann::json{
                         {"account", call.subject.account},
                         {"party", call.subject.party},
                         {"documents",
                          news}}.dump()});
  for (const nlohmann::json& id : news) told(who + id.get<std::string>(), kReadQuiet);
}

void Gate::log(std::string_view event, std::string_view problem) const {
  if (options_.log) options_.log(nlohmann::json{{"event", event}, {"problem", problem}}.dump());
}

bool may(const Call& call, Action action, const Object& object) {
  return access::decide(call.subject, action, object).permitted;
}

void require(const Call& call, Action action, const Object& object, std::string_view document) {
  if (may(call, action, object)) return;
  // Strangers fill no log.
  if (!call.subject.signed_in) throw unauthenticated();
  if (call.gate != nullptr) {
    const std::string name(access::name_of(action));
    std::map<std::string, std::string> more = {{"action", name}};
    if (!document.empty()) more["document"] = document;
    call.gate->append_refusal("refused " + call.subject.account + " " + name + " " + std::string(document),
                              call.subject, more);
  }
  throw Refused(access::what_would_open(call.subject, action, object));
}

void note_read(const Call& call, const record::DocumentRow& document) {
  if (call.gate != nullptr && !document.metadata.handling.is_public())
    call.gate->append_read(call, {document.id});
}

void note_citations(const Call& call, std::string_view json) {
  if (call.gate == nullptr || !call.restricted) return;
  constexpr std::string_view kBefore = R"("document":"sha256-)";
  constexpr std::size_t kIdAt = kBefore.size() - std::string_view("sha256-").size();
  std::set<std::string> cited;
  for (std::size_t at = json.find(kBefore); at != std::string_view::npos; at = json.find(kBefore, at + 1)) {
    const std::size_t begin = at + kIdAt;
    cited.emplace(json.substr(begin, json.find('"', begin) - begin));
  }
  call.gate->append_read(call, {cited.begin(), cited.end()});
}

Object object_of(const record::DocumentRow& document) {
  return {.handling = document.metadata.handling, .brought_by = document.brought_by};
}

std::string no_cookie(const char* name) {
  return fmt::format("{}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0", name);
}

}  // namespace mithaq::server
