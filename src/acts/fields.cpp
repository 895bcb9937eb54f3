#include "acts/fields.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace mithaq::acts {

using Json = nlohmann::json;

FieldReader::FieldReader(const Json& given, std::string path) : json_(&given), path_(std::move(path)) {
  if (!given.is_object())
    throw Error(ErrorKind::invalid_input,
                path_.empty() ? "the fields of an act are an object"
                              : "the field \"" + path_.substr(0, path_.size() - 1) + "\" is an object");
}

void FieldReader::refuse(const char* name, const std::string& problem) const {
  throw Error(ErrorKind::invalid_input, "the field \"" + path_ + name + "\" " + problem);
}

bool FieldReader::has(const char* name) const {
  const auto found = json_->find(name);
  return found != json_->end() && !found->is_null();
}

const Json* FieldReader::value(const char* name) {
  note(name);
  const auto found = json_->find(name);
  return found == json_->end() || found->is_null() ? nullptr : &*found;
}

void FieldReader::finish() const {
  for (const auto& [name, unused] : json_->items()) {
    if (!seen_.contains(name)) refuse(name.c_str(), "is none that this act has");
  }
}

void FieldReader::operator()(const char* name, std::string& out) {
  const Json* found = value(name);
  if (found == nullptr) return;
  if (!found->is_string()) refuse(name, "is a text");
  out = found->get<std::string>();
  if (out.size() > kTextBytesMax) refuse(name, "is too long");
  if (find_invalid_utf8(out) != out.size()) refuse(name, "is not UTF-8");
  // A zero byte ends a text for some programs and not for others.
  if (out.find('\0') != std::string::npos) refuse(name, "holds a zero byte");
}

void FieldReader::operator()(const char* name, bool& out) {
  const Json* found = value(name);
  if (found == nullptr) return;
  if (!found->is_boolean()) refuse(name, "is true or false");
  out = found->get<bool>();
}

void FieldReader::operator()(const char* name, std::int64_t& out) {
  const Json* found = value(name);
  if (found == nullptr) return;
  if (!found->is_number_integer()) refuse(name, "is a whole number");
  if (found->is_number_unsigned() && found->get<std::uint64_t>() > std::uint64_t{INT64_MAX})
    refuse(name, "is out of range");
  out = found->get<std::int64_t>();
}

void FieldReader::operator()(const char* name, std::vector<std::string>& out) {
  const Json* found = value(name);
  if (found == nullptr) return;
  if (!found->is_array()) refuse(name, "is a list of texts");
  if (found->size() > kListMax) refuse(name, "is too long");
  out.clear();
  for (const Json& each : *found) {
    if (!each.is_string()) refuse(name, "is a list of texts");
    out.push_back(each.get<std::string>());
    if (out.back().size() > kTextBytesMax) refuse(name, "holds a text that is too long");
    if (find_invalid_utf8(out.back()) != out.back().size()) refuse(name, "is not UTF-8");
    if (out.back().find('\0') != std::string::npos) refuse(name, "holds a zero byte");
  }
}

void FieldReader::operator()(const char* name, Words& out) {
  const Json* found = value(name);
  if (found == nullptr) return;
  if (!found->is_object()) refuse(name, "is an object of texts by language");
  FieldReader inner(*found, path_ + name + ".");
  out.clear();
  for (const char* language : {"ar", "en", "fr", "ru", "es", "zh", "de", "it"}) {
    std::string text;
    inner(language, text);
    if (!text.empty()) out[language] = text;
  }
  inner.finish();
}

void FieldReader::operator()(const char* name, Instant& out) {
  std::string text;
  (*this)(name, text);
  if (!has(name)) return;
  const auto at = parse_instant(text);
  if (!at) refuse(name, "is an instant, e.g. 2026-03-29T00:59:59.999Z");
  out = *at;
}

void FieldReader::operator()(const char* name, std::chrono::year_month_day& out) {
  std::string text;
  (*this)(name, text);
  if (!has(name)) return;
  const auto day = parse_day(text);
  if (!day) refuse(name, "is a day, e.g. 2026-03-29");
  out = *day;
}

void FieldReader::operator()(const char* name, document::Handling& out) {
  const Json* found = value(name);
  if (found == nullptr) return;
  FieldReader inner(*found, path_ + name + ".");
  std::string tlp;
  inner("tlp", tlp);
  if (!tlp.empty()) {
    const auto mark = document::tlp_named(tlp);
    if (!mark) inner.refuse("tlp", "is no mark of the Traffic Light Protocol");
    out.tlp = *mark;
  }
  inner("statuses", out.statuses);
  inner("recipients", out.recipients);
  inner("originator", out.originator);
  inner.finish();
  std::sort(out.statuses.begin(), out.statuses.end());
  std::sort(out.recipients.begin(), out.recipients.end());
}

FieldReader FieldReader::object(const char* name) {
  const Json* found = value(name);
  expect(found != nullptr, "only a field that is there is opened");
  return FieldReader(*found, path_ + name + ".");
}

std::vector<FieldReader> FieldReader::objects(const char* name) {
  std::vector<FieldReader> out;
  const Json* found = value(name);
  if (found == nullptr) return out;
  if (!found->is_array()) refuse(name, "is a list of objects");
  if (found->size() > kListMax) refuse(name, "is too long");
  for (std::size_t each = 0; each < found->size(); ++each)
    out.emplace_back((*found)[each], path_ + name + "." + std::to_string(each) + ".");
  return out;
}

FieldWriter::FieldWriter() : json_(std::make_unique<Json>(Json::object())) {}
FieldWriter::~FieldWriter() = default;

void FieldWriter::operator()(const char* name, const std::string& value) {
  if (!value.empty()) (*json_)[name] = value;
}

void FieldWriter::operator()(const char* name, bool value) {
  if (value) (*json_)[name] = true;
}

void FieldWriter::operator()(const char* name, std::int64_t value) {
  if (value != 0) (*json_)[name] = value;
}

void FieldWriter::operator()(const char* name, const std::vector<std::string>& value) {
  if (!value.empty()) (*json_)[name] = value;
}

void FieldWriter::operator()(const char* name, const Words& value) {
  if (!value.empty()) (*json_)[name] = value;
}

void FieldWriter::operator()(const char* name, Instant value) {
  if (value != Instant{}) (*json_)[name] = format_instant(value);
}

void FieldWriter::operator()(const char* name, std::chrono::year_month_day value) {
  if (value.ok()) (*json_)[name] = format_day(value);
}

void FieldWriter::operator()(const char* name, const document::Handling& value) {
  if (value == document::Handling{}) return;
  Json out = {{"tlp", document::name_of(value.tlp)}};
  if (!value.statuses.empty()) out["statuses"] = value.statuses;
  if (!value.recipients.empty()) out["recipients"] = value.recipients;
  if (!value.originator.empty()) out["originator"] = value.originator;
  (*json_)[name] = std::move(out);
}

void FieldWriter::put(const char* name, const FieldWriter& value) {
  if (!value.json_->empty()) (*json_)[name] = *value.json_;
}

void FieldWriter::put(const char* name, const std::vector<std::unique_ptr<FieldWriter>>& values) {
  Json list = Json::array();
  for (const auto& each : values) list.push_back(*each->json_);
  (*json_)[name] = std::move(list);
}

}  // namespace mithaq::acts
