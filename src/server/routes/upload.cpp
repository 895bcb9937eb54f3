// POST /api/v1/documents: takes one file in, to be read. The body is the file, its name stands in the
// address.
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include "base/sha256.hpp"
#include "reader/formats/formats.hpp"
#include "server/routes/answer.hpp"
#include "server/routes/job_rows.hpp"
#include "server/routes/routes.hpp"
#include "server/upload.hpp"

namespace mithaq::server {

namespace {

constexpr std::size_t kNameBytesMax = 255;
constexpr std::size_t kAudienceMax = 200;

// The values of a parameter that may be repeated, or hold several with commas.
std::vector<std::string> list_of(const Call& call, const std::string& name) {
  std::vector<std::string> out;
  for (const std::string& given : call.parameters.texts(name)) {
    for (std::size_t at = 0; at <= given.size();) {
      const std::size_t end = std::min(given.find(',', at), given.size());
      if (end > at) out.push_back(given.substr(at, end - at));
      at = end + 1;
    }
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  if (out.size() > kAudienceMax) throw Error(ErrorKind::invalid_input, "\"" + name + "\" names too many");
  return out;
}

service::NewJob job_of(Call& call) {
  service::NewJob job{.account = call.subject.account, .name = file_name_of(call.parameters.text("name"))};
  if (call.parameters.has("tlp")) {
    const auto tlp = document::tlp_named(call.parameters.text("tlp"));
    if (!tlp)
      throw Error(ErrorKind::invalid_input, "there is no mark \"" + call.parameters.text("tlp") +
                                                "\": TLP:CLEAR, "
                                                "TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT, TLP:RED");
    job.handling.tlp = *tlp;
  } else {
    job.handling.tlp = document::Tlp::amber;
  }
  job.handling.statuses = list_of(call, "statuses");
  job.handling.recipients = list_of(call, "recipients");
  job.handling.originator = call.parameters.text("originator");
  return job;
}

}  // namespace

std::string file_name_of(const std::string& given) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString normal =
      icu::Normalizer2::getNFCInstance(status)->normalize(icu::UnicodeString::fromUTF8(given), status);
  std::string name;
  normal.toUTF8String(name);
  if (U_FAILURE(status) || name.empty() || name == "." || name == "..")
    throw Error(ErrorKind::invalid_input, "the file has no name");
  if (name.size() > kNameBytesMax)
    throw Error(ErrorKind::invalid_input, "the name of the file is too long: at most 255 bytes");
  for (std::int32_t at = 0; at < normal.length(); at = normal.moveIndex32(at, 1)) {
    const UChar32 letter = normal.char32At(at);
    if (letter == '/' || letter == '\\')
      throw Error(ErrorKind::invalid_input, "the name of the file holds a path");
    const auto category = u_charType(letter);
    if (category == U_CONTROL_CHAR || category == U_LINE_SEPARATOR || category == U_PARAGRAPH_SEPARATOR ||
        category == U_SURROGATE || category == U_UNASSIGNED)
      throw Error(ErrorKind::invalid_input, "the name of the file holds a control character");
  }
  return name;
}

ApiRoute upload_route() {
  return {.method = Method::post,
          .pattern = "/api/v1/documents",
          .parameters = {required_text("name"), optional_text("tlp"), repeated_text("statuses"),
                         repeated_text("recipients"), optional_text("originator")},
          .answer =
              [](Call& call) {
                service::NewJob job = job_of(call);
                job.bytes = call.request.upload->bytes();
                const reader::Format format = reader::sniff(job.bytes, job.name);
                if (format == reader::Format::empty)
                  throw Error(ErrorKind::invalid_input, reader::refusal_of(format)->message);
                if (const auto refusal = reader::refusal_of(format))
                  throw HttpError(415, "unsupported_type", refusal->message);
                // Only what is open to who hands it in: of another's hidden document nothing is said, and the
                // file becomes one of its own (record::document_id).
                if (const auto known = call.workspace.record().view().document_of_file(
                        to_hex(sha256(job.bytes)), job.account))
                  job.known_as = known->id;
                try {
                  const service::Job taken = call.queue().add(job);
                  call.office.wake();
                  return json_response({{"job", job_json(taken, call.words())}}, 202);
                } catch (const Error& error) {
                  if (error.kind() != ErrorKind::no_space) throw;
                  throw HttpError(507, "no_space",
                                  "no space is left on this server: nothing of the file was kept");
                }
              },
          .admit =
              [](Call& call) {
                const service::NewJob job = job_of(call);
                require(call, access::Action::upload, {.handling = job.handling});
                call.queue().check_room(job.account, call.request.content_bytes);
              },
          .entry = Entry::signed_in,
          .action = access::Action::upload};
}

}  // namespace mithaq::server
