// Jobs as JSON, and names of files as they are kept.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/error.hpp"
#include "document/handling.hpp"
#include "service/messages.hpp"
#include "service/reading_queue.hpp"

namespace mithaq::server {

nlohmann::ordered_json job_json(const service::Job& job, const service::Messages& words);

// The name of a file as it is kept: NFC. What turns the direction of text stays, and is shown by the page.
//   throws  Error{invalid_input} if it is empty, longer than 255 bytes, holds a path or a control character
std::string file_name_of(const std::string& given);

}  // namespace mithaq::server
