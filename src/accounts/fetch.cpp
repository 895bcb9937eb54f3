#include "accounts/fetch.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

#include "base/error.hpp"

namespace mithaq::accounts {

namespace {

struct Taken {
  std::string* body;
  std::size_t bytes_max;
};

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* context) {
  const auto& taken = *static_cast<Taken*>(context);
  if (taken.body->size() + size * count > taken.bytes_max) return 0;  // stops the transfer
  taken.body->append(bytes, size * count);
  return size * count;
}

void start_curl() {
  static const CURLcode started = ::curl_global_init(CURL_GLOBAL_DEFAULT);
  expect(started == CURLE_OK, "libcurl starts");
}

}  // namespace

Fetched fetch(const Fetch& question) {
  start_curl();
  const std::unique_ptr<CURL, void (*)(CURL*)> curl(::curl_easy_init(), &::curl_easy_cleanup);
  expect(curl != nullptr, "libcurl has a handle");
  CURL* const handle = curl.get();
  Fetched out;
  Taken taken{&out.body, question.bytes_max};
  const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(
      ::curl_slist_append(nullptr, "Accept: application/json"), &::curl_slist_free_all);
  ::curl_easy_setopt(handle, CURLOPT_URL, question.url.c_str());
  ::curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, question.url.starts_with("http://") ? "http" : "https");
  ::curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  ::curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);  // threads
  ::curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(question.patience.count()));
  ::curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(question.patience.count() / 2));
  ::curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
  ::curl_easy_setopt(handle, CURLOPT_USERAGENT, "mithaq");
  ::curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &take);
  ::curl_easy_setopt(handle, CURLOPT_WRITEDATA, &taken);
  if (!question.form.empty()) {
    ::curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE, static_cast<long>(question.form.size()));
    ::curl_easy_setopt(handle, CURLOPT_POSTFIELDS, question.form.c_str());
  }
  if (!question.user.empty()) {
    ::curl_easy_setopt(handle, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    ::curl_easy_setopt(handle, CURLOPT_USERNAME, question.user.c_str());
    ::curl_easy_setopt(handle, CURLOPT_PASSWORD, question.password.c_str());
  }
  if (::curl_easy_perform(handle) != CURLE_OK)
    throw Error(ErrorKind::unavailable, "the provider of your organization does not answer: try again later");
  ::curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &out.status);
  return out;
}

std::string origin_of(std::string_view url) {
  const bool tls = url.starts_with("https://");
  if (!tls && !url.starts_with("http://")) return "";
  for (const char byte : url) {
    if (static_cast<unsigned char>(byte) <= 0x20 || byte == 0x7F || byte == '\\') return "";
  }
  const std::size_t begin = tls ? 8 : 7;
  const std::size_t end = std::min(url.find_first_of("/?#", begin), url.size());
  const std::string_view authority = url.substr(begin, end - begin);
  if (authority.empty() || authority.find('@') != std::string_view::npos) return "";
  const std::string_view host =
      authority.substr(0, authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':'));
  if (!tls && host != "127.0.0.1" && host != "localhost" && host != "[::1]") return "";
  return std::string(url.substr(0, end));
}

std::string form_text(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string out;
  const auto add = [&](std::string_view text) {
    for (const char letter : text) {
      const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                         (letter >= '0' && letter <= '9') || letter == '-' || letter == '.' ||
                         letter == '_' || letter == '~';
      if (plain) {
        out += letter;
        continue;
      }
      static constexpr char kHex[] = "0123456789ABCDEF";
      out += '%';
      out += kHex[static_cast<unsigned char>(letter) >> 4];
      out += kHex[static_cast<unsigned char>(letter) & 15];
    }
  };
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    add(name);
    out += '=';
    add(value);
  }
  return out;
}

}  // namespace mithaq::accounts
