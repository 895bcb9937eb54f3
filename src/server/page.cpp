#include "server/page.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace mithaq::server {

namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kFileMax = 64 << 20;

// First segments that are never views of the page: a program that mistypes an address of the API is told so.
constexpr std::array<std::string_view, 5> kNotViews = {"api", "auth", "feeds", "metrics", "healthz"};

constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kTypes = {{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".md", "text/plain; charset=utf-8"},
    {".wasm", "application/wasm"},
    {".map", "application/json"},
}};

std::string_view type_of(const fs::path& file) {
  const std::string ending = file.extension().string();
  const auto found =
      std::find_if(kTypes.begin(), kTypes.end(), [&](const auto& each) { return each.first == ending; });
  return found == kTypes.end() ? "application/octet-stream" : found->second;
}

// Links are not followed: what stands in the folder, not what somebody led it to.
bool is_file(const fs::path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}
bool is_folder(const fs::path& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool is_plain_name(const std::string& segment) {
  return !segment.empty() && segment.front() != '.' && segment.find_first_of("/\\") == std::string::npos;
}

std::string contents(const fs::path& file) {
  std::error_code failed;
  if (fs::file_size(file, failed) > kFileMax || failed)
    throw Error(ErrorKind::not_found, "there is nothing at this address");
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  if (!in) throw Error(ErrorKind::unavailable, "the files of the page cannot be read");
  return std::move(out).str();
}

Response file_answer(const fs::path& file, const Request& request) {
  Response response{.type = std::string(type_of(file))};
  const std::string accepted = request.header("accept-encoding");
  for (const auto& [coding, ending] : {std::pair("br", ".br"), std::pair("gzip", ".gz")}) {
    fs::path packed = file;
    packed += ending;
    if (accepted_weight(accepted, coding) <= 0 || !is_file(packed)) continue;
    response.body = contents(packed);
    response.headers.emplace_back("Content-Encoding", coding);
    return response;
  }
  response.body = contents(file);
  return response;
}

Response not_built() {
  return {.body =
              "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Mithaq</title>"
              "<h1>Mithaq · ميثاق</h1>"
              "<p>The server runs, but its page was not built. In the folder <code>web</code> of the source: "
              "<code>npm ci &amp;&amp; npm run build</code>; or say where it is: "
              "<code>mithaq serve --page FOLDER</code>. The answers are there as JSON: "
              "<a href=\"/api/v1/openapi.json\">/api/v1/openapi.json</a>.</p>"
              "<p lang=\"ar\" dir=\"rtl\">الخادم يعمل، لكن صفحته لم تُبن بعد. في مجلد <code>web</code> من "
              "المصدر: <code dir=\"ltr\">npm ci &amp;&amp; npm run build</code>، أو اذكر موضعها: "
              "<code dir=\"ltr\">mithaq serve --page FOLDER</code>.</p></html>",
          .type = "text/html; charset=utf-8"};
}

}  // namespace

Response Page::answer(const Request& request) const {
  const std::vector<std::string>& path = request.path;
  if (std::find(kNotViews.begin(), kNotViews.end(), path.front()) != kNotViews.end())
    throw Error(ErrorKind::not_found, "there is nothing at this address");
  const fs::path index = folder_ / "index.html";
  if (folder_.empty() || !is_file(index)) {
    if (path.size() > 1 || !path.front().empty())
      throw Error(ErrorKind::not_found, "there is nothing at this address");
    return not_built();
  }
  if (std::all_of(path.begin(), path.end(), is_plain_name)) {
    fs::path file = folder_;
    bool reached = true;
    for (std::size_t at = 0; at < path.size() && reached; ++at) {
      reached = at == 0 || is_folder(file);
      file /= path[at];
    }
    if (reached && is_file(file)) {
      Response response = file_answer(file, request);
      if (path.size() > 1 && path.front() == "assets")
        response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
      return response;
    }
  }
  // favicon.ico, robots.txt: not there. A view may well end in a document's name, "…/report.ar.md".
  if (path.front() == "assets" || (path.size() == 1 && path.front().find('.') != std::string::npos))
    throw Error(ErrorKind::not_found, "there is nothing at this address");
  return file_answer(index, request);
}

}  // namespace mithaq::server
