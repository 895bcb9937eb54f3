// Exchanges of information, visits and quotas as people and programs are shown them.
//
// The rules, their words and their last days are public law and shown to everybody; who sent what is shown to
// those for whom the papers are, and to each State what is its own.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "secretariat/secretariat.hpp"
#include "service/convening_reader.hpp"
#include "service/plain_table.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// The calendar of a year as a matrix State × exchange:
// {"id":"2026","year","opened_at","exchanges":[{"id","subject","name","rule":{"id","quote","source"},"due",
// "due_local","about","obliged","sent","late","missing","rows":[{"state","sent_at","status","state_name",
// "standing","corrections","document","handling"}],"reminders","can"}],"can"}. "due" is null where each State
// has a last day of its own; its row then has it.
//   year    0: that of now
//   throws  Error{invalid_input} for a year that is none
nlohmann::ordered_json exchanges_json(Workspace& workspace, int year, const ConveningReader& reader);

// One exchange of a year: each State's versions, questions and answers, what happened, what the asker may do.
//   throws  Error{not_found}
nlohmann::ordered_json exchange_json(Workspace& workspace, const std::string& subject,
                                     const ConveningReader& reader);

// {"id":"2026","year","quotas":[{"state","kind","kind_name","quota","used","same_state","units",
// "reported_year","rule","rules","by_state"}],"requests":[…],"can"}
//   state   only of this State; empty: all
nlohmann::ordered_json quotas_json(Workspace& workspace, int year, const std::string& state,
                                   const ConveningReader& reader);

// A visit: who asked whom, when, what each rule says of it now, what the asker may do.
//   throws  Error{not_found}; for a visit that is not for the reader too
nlohmann::ordered_json visit_json(Workspace& workspace, const std::string& id, const ConveningReader& reader);

// The matrix of a year, and its quotas, as tables for spreadsheets.
PlainTable exchanges_table(Workspace& workspace, int year, const ConveningReader& reader);
PlainTable quotas_table(Workspace& workspace, int year, const ConveningReader& reader);

// What a State has to send in a year, with its last days, for calendars that take them: the same for which
// the desk gives tasks.
struct ExchangeDeadline {
  std::string subject{};
  acts::Words title{};
  Instant deadline{};
  std::string zone{};
  bool sent = false;
};
std::vector<ExchangeDeadline> exchange_deadlines(const secretariat::Secretariat& state,
                                                 std::string_view delegation, int year);

}  // namespace mithaq::service
