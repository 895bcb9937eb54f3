// GET /metrics: for Prometheus. Answers without a record too: that is when somebody looks.
#include <fmt/format.h>

#include <filesystem>

#include "server/routes/routes.hpp"

namespace mithaq::server {

Response metrics_answer(const Metrics& metrics, const record::Location& record) {
  Response response{.body = metrics.text(), .type = "text/plain; version=0.0.4; charset=utf-8"};
  std::error_code failed;
  const auto bytes = record.is_file() ? std::filesystem::file_size(record.file(), failed) : 0;
  response.body += fmt::format(
      "# HELP mithaq_record_bytes Size of the record's file; 0 if it is not there or no file.\n"
      "# TYPE mithaq_record_bytes gauge\n"
      "mithaq_record_bytes {}\n",
      failed ? 0 : bytes);
  return response;
}

}  // namespace mithaq::server
