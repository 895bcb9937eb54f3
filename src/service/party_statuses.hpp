// What a State is in its organizations on a day, for the decision about who may see what.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/instant.hpp"
#include "engines/access/statuses.hpp"

namespace mithaq::service {

// Reads the register once.
//   data     the folder data/
//   returns  a function, for every thread: what the register says of a party for certain on the day of an
//            instant; nothing for an organization or an unknown party
std::function<std::vector<access::Held>(const std::string& party, Instant at)> party_statuses(
    const std::filesystem::path& data);

}  // namespace mithaq::service
