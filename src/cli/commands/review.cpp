// What people say of what the machine read: confirm, correct, reject; merge and un-merge names.
#include <algorithm>
#include <istream>
#include <ostream>
#include <set>

#include "base/edtf.hpp"
#include "base/error.hpp"
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output/statement_rows.hpp"
#include "cli/output/visible_text.hpp"
#include "service/review_statement.hpp"
#include "service/who_does_what.hpp"

namespace mithaq::cli {

namespace {

// What a person should look at first: what rests on context, then on anaphora; commitments and leads before
// the rest.
int doubtfulness(const record::StatementRow& row) {
  int weight = row.confidence == document::Confidence::c   ? 4
               : row.confidence == document::Confidence::b ? 2
                                                           : 0;
  if (row.type == document::StatementType::lead || row.type == document::StatementType::commitment) ++weight;
  return weight;
}

std::vector<record::StatementRow> queue(Session& session, const ReviewCommand& command) {
  const record::View& view = session.workspace.record().view();
  record::StatementQuery query;
  query.reviews = {record::ReviewState::proposed};
  if (!command.document.empty()) query.documents = {view.document(command.document).id};
  query.limit = 100000;
  auto rows = view.statements(query);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto& a, const auto& b) { return doubtfulness(a) > doubtfulness(b); });
  if (rows.size() > command.limit) rows.resize(command.limit);
  return rows;
}

// Party names to entities where one is known.
std::vector<document::Party> parties_of(Session& session, std::string_view list, document::PartyRole role) {
  std::vector<document::Party> parties;
  while (!list.empty()) {
    const std::size_t end = list.find(';');
    std::string name(list.substr(0, end));
    list.remove_prefix(end == std::string_view::npos ? list.size() : end + 1);
    name.erase(0, name.find_first_not_of(' '));
    name.erase(name.find_last_not_of(' ') + 1);
    if (name.empty()) continue;
    document::Party party{.role = role, .found_by = document::FoundBy::name};
    const auto found = session.workspace.entities_named(name);
    party.entity = found.empty() ? "" : found.front();
    party.name = found.empty() ? name : session.workspace.name_of(found.front(), service::Language::english);
    parties.push_back(std::move(party));
  }
  return parties;
}

record::Correction correction_of(Session& session, const record::StatementRow& row,
                                 const std::vector<std::string>& changes) {
  record::Correction correction;
  std::vector<document::Party> actors, others;
  bool parties_changed = false;
  for (const record::PartyRow& party : row.parties) {
    const bool acting =
        party.role == document::PartyRole::actor || party.role == document::PartyRole::subject;
    (acting ? actors : others)
        .push_back({party.role, party.found_by, party.entity, party.name, std::nullopt});
  }
  for (const std::string& change : changes) {
    const std::size_t equals = change.find('=');
    const std::string field = change.substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : change.substr(equals + 1);
    if (field == "who") {
      actors = parties_of(session, value, document::PartyRole::actor);
      parties_changed = true;
    } else if (field == "with") {
      others = parties_of(session, value, document::PartyRole::counterpart);
      parties_changed = true;
    } else if (field == "topic") {
      correction.topic = value;
    } else if (field == "theme") {
      const auto themes = session.themes().named(value);
      if (themes.empty()) throw Error(ErrorKind::not_found, "there is no theme \"" + value + "\"");
      correction.themes = {themes.front()};
    } else if (field == "where") {
      correction.places = {session.workspace.entity_named(value)};
      correction.place_names = {
          session.workspace.name_of(correction.places->front(), service::Language::english)};
    } else if (field == "when") {
      if (!Edtf::parse(value)) throw Error(ErrorKind::invalid_input, "\"" + value + "\" is no EDTF date");
      correction.time = value;
    } else if (field == "status") {
      correction.status = document::commitment_status_named(value);
      if (!correction.status) throw Error(ErrorKind::invalid_input, "there is no status \"" + value + "\"");
    } else if (field == "type") {
      correction.type = service::statement_type_of(value);
    } else if (field == "instrument") {
      correction.instrument = value;
    } else {
      throw Error(
          ErrorKind::invalid_input,
          "\"" + field +
              "\" cannot be corrected; these can: who, with, topic, theme, where, when, status, type, "
              "instrument, each as FIELD=VALUE");
    }
  }
  if (parties_changed) {
    actors.insert(actors.end(), others.begin(), others.end());
    correction.parties = std::move(actors);
  }
  return correction;
}

void append_review(Session& session, const ReviewCommand& command, record::Seq statement,
                   record::ReviewAction action) {
  auto& store = session.workspace.record_to_write();
  service::ReviewRequest request{.statement = statement,
                                 .action = action,
                                 .person = {.by = command.by.empty() ? session.user : command.by},
                                 .note = command.note};
  if (action == record::ReviewAction::correct) {
    request.correction = correction_of(session, store.view().statement(statement), command.changes);
  }
  service::review_statement(store, store.view(), request);
}

// One statement after another, one key each.
int review_at_terminal(Session& session, const ReviewCommand& command) {
  const auto rows = queue(session, command);
  std::set<record::Seq> decided;  // here, so that going back takes back
  for (std::size_t at = 0; at < rows.size();) {
    print(session.out, statement_table(session, {rows[at]}), session.style);
    session.out << at + 1 << '/' << rows.size() << "  "
                << session.say(
                       "[c] confirm  [r] reject  [s] skip  [b] back  [e FIELD=VALUE …] correct  [q] quit")
                << "  > " << std::flush;
    std::string answer;
    if (!std::getline(session.in, answer) || answer == "q") break;
    const record::Seq statement = rows[at].seq;
    if (answer == "c") {
      append_review(session, command, statement, record::ReviewAction::confirm);
      decided.insert(statement);
      ++at;
    } else if (answer == "r") {
      append_review(session, command, statement, record::ReviewAction::reject);
      decided.insert(statement);
      ++at;
    } else if (answer == "s") {
      ++at;
    } else if (answer == "b") {
      at -= at > 0 ? 1 : 0;
      if (decided.erase(rows[at].seq) > 0) {
        append_review(session, command, rows[at].seq, record::ReviewAction::withdraw);
      }
    } else if (answer.starts_with("e ")) {
      ReviewCommand one = command;
      one.changes = {answer.substr(2)};
      try {
        append_review(session, one, statement, record::ReviewAction::correct);
        decided.insert(statement);
        ++at;
      } catch (const Error& error) {
        session.err << visible(session.say(error.what())) << '\n';
      }
    }
  }
  return kExitOk;
}

}  // namespace

int run_review(Session& session, const ReviewCommand& command) {
  if (command.action.empty()) {
    if (session.terminal && session.style.format == OutputFormat::table)
      return review_at_terminal(session, command);
    const auto rows = queue(session, command);
    print(session.out, statement_table(session, rows), session.style);
    return rows.empty() ? kExitNothingFound : kExitOk;
  }
  const std::string by = command.by.empty() ? session.user : command.by;
  if (command.action == "merge" || command.action == "unmerge") {
    record::SqlStore& store = session.workspace.record_to_write();
    const record::Body entry =
        command.action == "merge"
            ? record::Body(record::MergeBody{command.entity, command.into, by, command.note})
            : record::Body(record::UnmergeBody{command.entity, by, command.note});
    store.append({&entry, 1});
  } else {
    const auto action = record::review_action_named(command.action);
    if (!action) throw Error(ErrorKind::invalid_input, "a review confirms, corrects, rejects or withdraws");
    if (*action == record::ReviewAction::correct && command.changes.empty()) {
      throw Error(ErrorKind::invalid_input,
                  "say what to correct: mithaq review correct 17 who=\"OSCE; UN\" when=2000-06");
    }
    append_review(session, command, command.statement, *action);
    print(session.out,
          statement_table(session, {session.workspace.record_to_write().view().statement(command.statement)}),
          session.style);
  }
  return kExitOk;
}

}  // namespace mithaq::cli
