#include "server/http.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "base/utf8.hpp"

namespace mithaq::server {

namespace {

constexpr std::size_t kQueriesMax = 64;

int hex_digit(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

std::string percent_decoded(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '+' && plus_is_blank) {
      out += ' ';
    } else if (text[at] == '%') {
      const int high = at + 2 < text.size() ? hex_digit(text[at + 1]) : -1;
      const int low = at + 2 < text.size() ? hex_digit(text[at + 2]) : -1;
      if (high < 0 || low < 0)
        throw Error(ErrorKind::invalid_input, "the address has a % without two hexadecimal digits");
      out += static_cast<char>(high * 16 + low);
      at += 2;
    } else {
      out += text[at];
    }
  }
  if (find_invalid_utf8(out) != out.size())
    throw Error(ErrorKind::invalid_input, "the address is not valid UTF-8");
  const bool control = std::any_of(out.begin(), out.end(), [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7F;
  });
  if (control) throw Error(ErrorKind::invalid_input, "the address holds a control character");
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& letter : out) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter + 32);
  }
  return out;
}

// "0.5" of ";q=0.5"; 1 where nothing is said; 0 for what is no weight.
double weight_of(std::string_view options) {
  const std::size_t at = options.find("q=");
  if (at == std::string_view::npos) return 1;
  options.remove_prefix(at + 2);
  double weight = 0;
  const auto end = std::from_chars(options.data(), options.data() + options.size(), weight);
  return end.ec == std::errc() && weight >= 0 && weight <= 1 ? weight : 0;
}

std::uint64_t number_in(const std::string& text, const Parameter& parameter) {
  std::uint64_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem == std::errc::result_out_of_range && end == text.data() + text.size()) {
    number = parameter.most == UINT64_MAX ? UINT64_MAX : parameter.most + 1;
  } else if (problem != std::errc() || end != text.data() + text.size()) {
    throw Error(ErrorKind::invalid_input, "\"" + parameter.name + "\" is a whole number from 0");
  }
  if (number > parameter.most) {
    throw Error(ErrorKind::invalid_input,
                "\"" + parameter.name + "\" is at most " + std::to_string(parameter.most));
  }
  return number;
}

}  // namespace

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::post:
      return "POST";
    case Method::put:
      return "PUT";
    case Method::patch:
      return "PATCH";
    case Method::remove:
      return "DELETE";
  }
  return "";
}

std::optional<Method> method_named(std::string_view name) {
  if (name == "HEAD") return Method::get;
  for (const Method each : {Method::get, Method::post, Method::put, Method::patch, Method::remove}) {
    if (name_of(each) == name) return each;
  }
  return std::nullopt;
}

Parameter path_text(std::string name) {
  return {.name = std::move(name), .in = Parameter::In::path, .required = true};
}
Parameter path_number(std::string name, std::uint64_t most) {
  return {.name = std::move(name),
          .in = Parameter::In::path,
          .kind = Parameter::Kind::number,
          .required = true,
          .most = most};
}
Parameter required_text(std::string name) {
  return {.name = std::move(name), .required = true};
}
Parameter optional_text(std::string name) {
  return {.name = std::move(name)};
}
Parameter repeated_text(std::string name) {
  return {.name = std::move(name), .repeated = true};
}
Parameter optional_flag(std::string name) {
  return {.name = std::move(name), .kind = Parameter::Kind::flag};
}
Parameter required_number(std::string name, std::uint64_t most) {
  return {.name = std::move(name), .kind = Parameter::Kind::number, .required = true, .most = most};
}
Parameter optional_number(std::string name, std::uint64_t otherwise, std::uint64_t most) {
  return {.name = std::move(name), .kind = Parameter::Kind::number, .otherwise = otherwise, .most = most};
}

Target parse_target(std::string_view target) {
  // RFC 9112 section 3.2.2: a server takes the absolute form too.
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const std::size_t path = target.find_first_of("/?", scheme.size());
    target = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
  }
  if (!target.starts_with('/')) throw Error(ErrorKind::invalid_input, "the address does not begin with /");
  target = target.substr(0, target.find('#'));
  const std::size_t question = target.find('?');
  std::string_view path = target.substr(1, question == std::string_view::npos ? question : question - 1);
  Target out;
  // Cut first, decode then: a document's symbol may hold a slash, "A%2F55%2F98".
  for (;;) {
    const std::size_t slash = path.find('/');
    out.segments.push_back(percent_decoded(path.substr(0, slash), false));
    if (out.segments.back() == "." || out.segments.back() == "..")
      throw Error(ErrorKind::invalid_input, "the address goes up or stays with . or ..");
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  if (question == std::string_view::npos) return out;
  std::string_view rest = target.substr(question + 1);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('&'), rest.size());
    const std::string_view pair = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (pair.empty()) continue;
    if (out.queries.size() == kQueriesMax)
      throw Error(ErrorKind::invalid_input, "the address has too many parameters");
    const std::size_t equals = std::min(pair.find('='), pair.size());
    out.queries.emplace_back(percent_decoded(pair.substr(0, equals), true),
                             percent_decoded(pair.substr(std::min(equals + 1, pair.size())), true));
  }
  return out;
}

const std::string& Parameters::text(const std::string& name) const {
  static const std::string kNothing;
  const auto found = texts_.find(name);
  return found == texts_.end() ? kNothing : found->second.front();
}

std::vector<std::string> Parameters::texts(const std::string& name) const {
  const auto found = texts_.find(name);
  return found == texts_.end() ? std::vector<std::string>() : found->second;
}

std::uint64_t Parameters::number(const std::string& name) const {
  const auto found = numbers_.find(name);
  expect(found != numbers_.end(), "a route asks for numbers that it names");
  return found->second;
}

bool Parameters::flag(const std::string& name) const {
  return text(name) == "true";
}

Parameters read_parameters(const std::vector<Parameter>& wanted, const std::vector<std::string>& pattern,
                           const std::vector<std::string>& segments, const Target& target) {
  Parameters out;
  for (std::size_t each = 0; each < pattern.size(); ++each) {
    if (pattern[each].starts_with(':')) out.texts_[pattern[each].substr(1)] = {segments[each]};
  }
  for (const auto& [name, value] : target.queries) {
    const auto known = std::find_if(wanted.begin(), wanted.end(), [&](const Parameter& each) {
      return each.in == Parameter::In::query && each.name == name;
    });
    if (known == wanted.end())
      throw Error(ErrorKind::invalid_input, "there is no parameter \"" + name + "\" here");
    std::vector<std::string>& values = out.texts_[name];
    if (!known->repeated && !values.empty())
      throw Error(ErrorKind::invalid_input, "the parameter \"" + name + "\" is given twice");
    values.push_back(value);
  }
  for (const Parameter& parameter : wanted) {
    const auto given = out.texts_.find(parameter.name);
    if (given == out.texts_.end() || given->second.front().empty()) {
      if (parameter.required)
        throw Error(ErrorKind::invalid_input, "the parameter \"" + parameter.name + "\" is missing");
      if (given != out.texts_.end() && !parameter.repeated) out.texts_.erase(given);
      if (parameter.kind == Parameter::Kind::number) out.numbers_[parameter.name] = parameter.otherwise;
      continue;
    }
    const std::string& text = given->second.front();
    if (parameter.kind == Parameter::Kind::number) out.numbers_[parameter.name] = number_in(text, parameter);
    if (parameter.kind == Parameter::Kind::flag && text != "true" && text != "false")
      throw Error(ErrorKind::invalid_input, "\"" + parameter.name + "\" is true or false");
  }
  return out;
}

std::string Request::header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? "" : found->second;
}

std::string Request::cookie(std::string_view name) const {
  return cookie_in(header("cookie"), name);
}

std::string cookie_in(std::string_view cookie_header, std::string_view name) {
  std::optional<std::string> found;
  while (!cookie_header.empty()) {
    const std::size_t end = std::min(cookie_header.find(';'), cookie_header.size());
    const std::string_view pair = trimmed(cookie_header.substr(0, end));
    cookie_header.remove_prefix(std::min(end + 1, cookie_header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || pair.substr(0, equals) != name) continue;
    std::string value(pair.substr(equals + 1));
    if (found && *found != value) return "";
    found = std::move(value);
  }
  return found.value_or("");
}

bool is_same_site(const Request& request, std::string_view host) {
  // Browsers say by themselves where a request comes from, and pages cannot change it.
  const std::string site = request.header("sec-fetch-site");
  if (!site.empty() && site != "same-origin" && site != "none") return false;
  const std::string origin = lower(request.header("origin"));
  if (origin.empty()) return true;
  return origin == "http://" + lower(host) || origin == "https://" + lower(host);
}

Languages Languages::load(const std::filesystem::path& data_folder) {
  return {.arabic = service::Messages::load(data_folder, service::Language::arabic),
          .english = service::Messages::load(data_folder, service::Language::english),
          .russian = service::Messages::load(data_folder, service::Language::russian)};
}

const service::Messages& Languages::in(service::Language language) const {
  switch (language) {
    case service::Language::arabic:
      return arabic;
    case service::Language::russian:
      return russian;
    case service::Language::english:
      break;
  }
  return english;
}

double accepted_weight(std::string_view header, std::string_view word) {
  double any = -1, found = -1;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(','), header.size());
    const std::string_view item = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t semicolon = std::min(item.find(';'), item.size());
    const std::string name = lower(trimmed(item.substr(0, semicolon)));
    const double weight = weight_of(item.substr(semicolon));
    const bool variant = name.starts_with(word) && name.size() > word.size() && name[word.size()] == '-';
    if (name == word || variant) found = std::max(found, weight);
    if (name == "*") any = weight;
  }
  return found >= 0 ? found : any;
}

service::Language accepted_language(std::string_view accept_language) {
  service::Language best = service::Language::english;
  double most = std::max(0.0, accepted_weight(accept_language, "en"));
  for (const auto& [language, word] :
       {std::pair(service::Language::arabic, "ar"), std::pair(service::Language::russian, "ru")}) {
    const double weight = accepted_weight(accept_language, word);
    if (weight > most) {
      most = weight;
      best = language;
    }
  }
  return best;
}

int http_status(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::invalid_input:
      return 400;
    case ErrorKind::not_found:
      return 404;
    case ErrorKind::conflict:
      return 409;
    case ErrorKind::forbidden:
      return 403;
    case ErrorKind::unavailable:
      return 503;
    case ErrorKind::no_space:
      return 507;
    case ErrorKind::corrupt:
    case ErrorKind::bug:
      return 500;
  }
  return 500;
}

namespace {

// The capital of a small Latin or Cyrillic letter; of anything else, itself.
char32_t capital_of(char32_t letter) {
  if ((letter >= U'a' && letter <= U'z') || (letter >= U'а' && letter <= U'я')) return letter - 0x20;
  return letter == U'ё' ? U'Ё' : letter;
}

// A word of a language, and no id, file, option or address.
bool is_plain_word(std::string_view word) {
  return word.find_first_of("0123456789_./\\=&#@:-") == std::string_view::npos;
}

}  // namespace

std::string whole_sentence(std::string_view fragment) {
  constexpr std::string_view kEnds[] = {".", "!", "?", "…", ":", "؟"};
  std::string out;
  if (fragment.empty()) return out;
  const std::string_view first = fragment.substr(0, fragment.find_first_of(" ,;"));
  const CodePoint begin = decode_utf8(fragment, 0);
  if (is_plain_word(first)) append_utf8(out, capital_of(begin.value));
  out += fragment.substr(out.empty() ? 0 : begin.length);
  const std::string_view last = fragment.substr(fragment.find_last_of(' ') + 1);
  const bool ended = std::any_of(std::begin(kEnds), std::end(kEnds),
                                 [&](std::string_view end) { return fragment.ends_with(end); });
  // A full stop would be read as a part of an address or a parameter.
  if (!ended && last.find_first_of("=/") == std::string_view::npos) out += '.';
  return out;
}

Response error_response(int status, std::string_view kind, std::string_view message) {
  using nlohmann::ordered_json;
  const ordered_json body = {{"error", {{"kind", kind}, {"message", whole_sentence(message)}}}};
  return {.status = status, .body = body.dump(-1, ' ', false, ordered_json::error_handler_t::replace)};
}

bool is_loopback_address(std::string_view host) {
  if (host == "localhost" || host == "::1") return true;
  return host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool is_loopback_name(std::string_view host_header) {
  std::string host = lower(trimmed(host_header));
  if (host.starts_with('[')) return host.substr(0, host.find(']')) == "[::1";
  return is_loopback_address(host.substr(0, host.find(':')));
}

}  // namespace mithaq::server
