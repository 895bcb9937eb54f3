// The built page: files of one folder, sent as they lie there.
#pragma once

#include <filesystem>

#include "server/http.hpp"

namespace mithaq::server {

// Used by every thread. What lies under assets/ has a hash in its name and is kept by browsers for ever; the
// rest is asked for again. An address that is no file is one of the page's own views and gets index.html.
class Page {
 public:
  //   folder  may be missing, or empty: the answer then says how to build the page
  explicit Page(std::filesystem::path folder) : folder_(std::move(folder)) {}

  //   throws  Error{not_found} for what is no file of the page and no view of it
  Response answer(const Request& request) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace mithaq::server
