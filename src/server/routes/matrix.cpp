// GET /api/v1/matrix: who does what where, as numbers.
#include "server/routes/activity_request.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/routes.hpp"
#include "service/activity.hpp"

namespace mithaq::server {

ApiRoute matrix_route() {
  return {.pattern = "/api/v1/matrix",
          .parameters = activity_parameters({optional_text("rows"), optional_text("columns"),
                                             optional_number("limit_rows", 40, 200),
                                             optional_number("limit_columns", 24, 200)}),
          .answer = [](Call& call) {
            const Parameters& given = call.parameters;
            service::MatrixRequest shape{.limit_rows = given.number("limit_rows"),
                                         .limit_columns = given.number("limit_columns")};
            if (given.has("rows")) shape.rows = given.text("rows");
            if (given.has("columns")) shape.columns = given.text("columns");
            return json_response(
                service::matrix_answer(call.workspace, activity_request_of(call), shape, call.language));
          }};
}

}  // namespace mithaq::server
