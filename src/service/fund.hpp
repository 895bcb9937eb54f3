// A fund as people and programs are shown it: its sums by currency, its accounts, pledges and projects, one
// project with its sheet for the public, and the statement of accounts as a file.
//
// Sums stand on the ledger (engines/fund). The accounts and the pledges are for those who may see the fund;
// a project is for everybody unless its opening said otherwise.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "service/convening_reader.hpp"
#include "service/plain_table.hpp"
#include "service/workspace.hpp"

namespace mithaq::service {

// {"fund":{"id","name"},"currencies":[…],"accounts":[…],"pledges":[…],"projects":[…],"rates":[…],
// "balanced":true,"can":[…]}
//   fund  its id; empty: the only one there is. Without any fund the lists are empty and "can" says how to
//         open one
//   throws Error{not_found} if there is no such fund
nlohmann::ordered_json fund_json(Workspace& workspace, const std::string& fund,
                                 const ConveningReader& reader);

// One project with its participants, postings and history, and what the asker may do now.
//   throws  Error{not_found}; for a project that is not for the reader too
nlohmann::ordered_json project_json(Workspace& workspace, const std::string& project,
                                    const ConveningReader& reader);

// The sheet of a project for the public, as a page of HTML in the reader's language, without scripts.
//   throws  as project_json
std::string project_sheet(Workspace& workspace, const std::string& project, const ConveningReader& reader);

// Every posting, a row each, oldest first: number, day, act, what it is about, account, debit, credit, text.
//   throws  Error{forbidden} if the reader may not see the accounts, Error{not_found} without a fund
PlainTable statement_of_accounts(Workspace& workspace, const std::string& fund,
                                 const ConveningReader& reader);

}  // namespace mithaq::service
