// The routes of the API: each in the file of its name, each asking the service that the command line asks.
#pragma once

#include <string_view>
#include <vector>

#include "server/api.hpp"

namespace mithaq::server {

ApiRoute documents_route();    // GET /api/v1/documents
ApiRoute document_route();     // GET /api/v1/documents/:id
ApiRoute raw_route();          // GET /api/v1/documents/:id/raw
ApiRoute find_route();         // GET /api/v1/find
ApiRoute who_route();          // GET /api/v1/who
ApiRoute leads_route();        // GET /api/v1/leads
ApiRoute commitments_route();  // GET /api/v1/commitments
ApiRoute members_route();      // GET /api/v1/members/:org
ApiRoute overlap_route();      // GET /api/v1/overlap
ApiRoute statistics_route();   // GET /api/v1/statistics
ApiRoute checkpoint_route();   // GET /api/v1/record/checkpoint
ApiRoute proof_route();        // GET /api/v1/record/proof/:seq
ApiRoute entries_route();      // GET /api/v1/record/entries
ApiRoute health_route();       // GET /healthz
ApiRoute log_route();          // GET /api/v1/record/log
ApiRoute consistency_route();  // GET /api/v1/record/consistency
ApiRoute overview_route();     // GET /api/v1/overview
ApiRoute upload_route();       // POST /api/v1/documents
ApiRoute jobs_route();         // GET /api/v1/jobs
ApiRoute job_route();          // GET /api/v1/jobs/:id
ApiRoute cancel_job_route();   // DELETE /api/v1/jobs/:id
ApiRoute events_route();       // GET /api/v1/events

ApiRoute revise_edit_route();         // PUT /api/v1/documents/:id/edits/:edit
ApiRoute settle_doubt_route();        // PUT /api/v1/documents/:id/doubts/:doubt
ApiRoute set_handling_route();        // PUT /api/v1/documents/:id/handling
ApiRoute erase_route();               // DELETE /api/v1/documents/:id
ApiRoute export_route();              // GET /api/v1/documents/:id/export
ApiRoute review_route();              // POST /api/v1/statements/:seq/review
ApiRoute acts_route();                // POST /api/v1/acts
std::vector<ApiRoute> fund_routes();  // fund.cpp: /api/v1/fund…
std::vector<ApiRoute> call_routes();  // calls.cpp: /api/v1/calls…, /api/v1/rosters
ApiRoute home_route();                // GET /api/v1/home

// session.cpp, own_sessions.cpp, accounts.cpp, statuses.cpp, provider.cpp: /api/v1/session…,
// /api/v1/accounts…, /api/v1/statuses, /auth/oidc/…
std::vector<ApiRoute> account_routes();

ApiRoute matrix_route();            // GET /api/v1/matrix
ApiRoute findings_route();          // GET /api/v1/matrix/findings
ApiRoute network_route();           // GET /api/v1/network
ApiRoute map_route();               // GET /api/v1/map
ApiRoute timeline_route();          // GET /api/v1/timeline
ApiRoute entities_route();          // GET /api/v1/entities
ApiRoute entity_route();            // GET /api/v1/entities/:id
ApiRoute organizations_route();     // GET /api/v1/organizations
ApiRoute states_route();            // GET /api/v1/states
ApiRoute statement_route();         // GET /api/v1/statements/:seq
ApiRoute review_queue_route();      // GET /api/v1/review/queue
ApiRoute review_agreement_route();  // GET /api/v1/review/agreement
ApiRoute review_history_route();    // GET /api/v1/review/history
ApiRoute papers_route();            // GET /api/v1/papers

ApiRoute export_table_route();  // GET /api/v1/export/who-does-what-where

ApiRoute conflicts_route();         // GET /api/v1/conflicts
ApiRoute conflict_share_route();    // GET /api/v1/conflicts/share
ApiRoute conflict_threads_route();  // GET /api/v1/conflicts/threads

// searches.cpp: /api/v1/searches…, /feeds/:feed
std::vector<ApiRoute> search_routes();

// meetings.cpp: /api/v1/bodies…, /api/v1/meetings…, /api/v1/calendar…
std::vector<ApiRoute> meeting_routes();

// early_warning.cpp: /api/v1/early-warning…
std::vector<ApiRoute> early_warning_routes();
// GET /api/v1/consultations, …/:id and /api/v1/rule-sets
std::vector<ApiRoute> consultation_routes();

// exchanges.cpp: /api/v1/exchanges…, /api/v1/visits/:id
std::vector<ApiRoute> exchange_routes();

// secondments.cpp: /api/v1/secondments…
std::vector<ApiRoute> secondment_routes();
// partnerships.cpp: /api/v1/applications…, /api/v1/standing…; debates.cpp: /api/v1/debates…
std::vector<ApiRoute> partnership_routes();
std::vector<ApiRoute> debate_routes();
// GET /api/v1/meetings/:id/journal, /api/v1/consultations/:id/paper
std::vector<ApiRoute> journal_routes();

// All of the above. Each that changes something names the action that it needs, or why it needs none.
std::vector<ApiRoute> api_routes();

// What GET /metrics answers.
//   record  the record's file
Response metrics_answer(const Metrics& metrics, const record::Location& record);

// src/server/openapi.json, as it was when the program was built.
std::string_view openapi_text();

}  // namespace mithaq::server
