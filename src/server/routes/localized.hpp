// Names in the language of whoever asks, wherever an answer names organizations, States and places; and the
// names of people beside their accounts.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "server/api.hpp"

namespace mithaq::server {

// The answer with names put into the language of the request. The record keeps one canonical name for each
// entity; what has an id of data/ is called as data/ calls it, anything else stays as the record has it.
//   - an object with "entity" and "name" (a party, a place): its name
//   - an object with "entities" and "name" (a mention): "names" beside it, one for each of the entities, and
//   of them
//     its name
//   - a statement: "theme_names" beside its "themes", one for each, and "instrument_name"
//   - an object with "by" (a review, an edit, a doubt): "by_name" beside it
//   - an object with "account" as entries write it (account:amina) and "name": that account's name
nlohmann::ordered_json localized(nlohmann::ordered_json answer, Call& call);

}  // namespace mithaq::server
