// The fields of a fact as JSON and back, said once for each kind of fact.
//
// A fact is a plain struct with one function beside it that names its fields:
//
//   struct Fact { std::string title{}; std::optional<Instant> until{}; std::vector<Item> items{}; };
//   template <typename Visitor> void visit_fields(Visitor& visit, Fact& fact) {
//     visit("title", fact.title); visit("until", fact.until); visit("items", fact.items);
//   }
//
// FieldReader fills it from JSON as strictly as a route reads its parameters: what the fact does not name is
// refused, so is a value of another type, a text beyond the limit or one that is not UTF-8. FieldWriter gives
// the JSON back, without what is empty. An enum takes part if a function names_of(Enum) gives the names of
// its values in their order.
#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "acts/act.hpp"
#include "document/handling.hpp"

namespace mithaq::acts {

constexpr std::size_t kTextBytesMax = 20'000;
constexpr std::size_t kListMax = 2'000;

template <typename T>
concept NamedEnum = std::is_enum_v<T> && requires(T value) {
  {names_of(value)};
};

class FieldReader;
class FieldWriter;

template <typename T>
concept Record = std::is_class_v<T> && requires(FieldWriter& writer, T& value) {
  visit_fields(writer, value);
};

class FieldReader {
 public:
  //   json  an object, which must outlive the reader
  //   path  how complaints name it: "" or "items.3."
  explicit FieldReader(const nlohmann::json& json, std::string path = "");

  void operator()(const char* name, std::string& out);
  void operator()(const char* name, bool& out);
  void operator()(const char* name, std::int64_t& out);
  void operator()(const char* name, std::vector<std::string>& out);
  void operator()(const char* name, Words& out);
  void operator()(const char* name, Instant& out);
  void operator()(const char* name, std::chrono::year_month_day& out);
  void operator()(const char* name, document::Handling& out);

  void operator()(const char* name, int& out) {
    std::int64_t wide = out;
    (*this)(name, wide);
    if (wide < INT32_MIN || wide > INT32_MAX) refuse(name, "is out of range");
    out = static_cast<int>(wide);
  }
  template <NamedEnum T>
  void operator()(const char* name, T& out) {
    std::string text;
    (*this)(name, text);
    if (!has(name)) return;
    const auto names = names_of(out);
    for (std::size_t each = 0; each < names.size(); ++each) {
      if (names[each] == text) {
        out = static_cast<T>(each);
        return;
      }
    }
    std::string known;
    for (const std::string_view each : names) known += (known.empty() ? "" : ", ") + std::string(each);
    refuse(name, "is none of " + known);
  }
  template <typename T>
  void operator()(const char* name, std::optional<T>& out) {
    if (!has(name)) return note(name);
    out.emplace();
    (*this)(name, *out);
  }
  template <Record T>
  void operator()(const char* name, T& out) {
    if (!has(name)) return note(name);
    FieldReader inner = object(name);
    visit_fields(inner, out);
    inner.finish();
  }
  template <Record T>
  void operator()(const char* name, std::vector<T>& out) {
    out.clear();
    for (FieldReader& each : objects(name)) {
      visit_fields(each, out.emplace_back());
      each.finish();
    }
  }

  // Every field was named by the fact.
  //   throws  Error{invalid_input} naming one that was not
  void finish() const;

 private:
  bool has(const char* name) const;  // and is not null
  void note(const char* name) { seen_.insert(name); }
  FieldReader object(const char* name);
  std::vector<FieldReader> objects(const char* name);
  const nlohmann::json* value(const char* name);
  [[noreturn]] void refuse(const char* name, const std::string& problem) const;

  const nlohmann::json* json_;
  std::string path_;
  std::set<std::string, std::less<>> seen_{};
};

class FieldWriter {
 public:
  FieldWriter();
  ~FieldWriter();
  FieldWriter(const FieldWriter&) = delete;
  FieldWriter& operator=(const FieldWriter&) = delete;

  void operator()(const char* name, const std::string& value);
  void operator()(const char* name, bool value);  // left out if false
  void operator()(const char* name, std::int64_t value);
  void operator()(const char* name, int value) { (*this)(name, std::int64_t{value}); }
  void operator()(const char* name, const std::vector<std::string>& value);
  void operator()(const char* name, const Words& value);
  void operator()(const char* name, Instant value);                      // left out if it is the epoch
  void operator()(const char* name, std::chrono::year_month_day value);  // left out if it is no day
  void operator()(const char* name, const document::Handling& value);  // left out if it is that of everybody

  template <NamedEnum T>
  void operator()(const char* name, T value) {
    (*this)(name, std::string(names_of(value)[static_cast<std::size_t>(value)]));
  }
  template <typename T>
  void operator()(const char* name, std::optional<T>& value) {
    if (value) (*this)(name, *value);
  }
  template <Record T>
  void operator()(const char* name, T& value) {
    FieldWriter inner;
    visit_fields(inner, value);
    put(name, inner);
  }
  template <Record T>
  void operator()(const char* name, std::vector<T>& value) {
    if (value.empty()) return;
    std::vector<std::unique_ptr<FieldWriter>> inner;
    for (T& each : value) {
      inner.push_back(std::make_unique<FieldWriter>());
      visit_fields(*inner.back(), each);
    }
    put(name, inner);
  }

  const nlohmann::json& json() const { return *json_; }

 private:
  void put(const char* name, const FieldWriter& value);
  void put(const char* name, const std::vector<std::unique_ptr<FieldWriter>>& values);

  std::unique_ptr<nlohmann::json> json_;
};

// A fact out of JSON.
//   throws  Error{invalid_input} naming the field that is wrong, missing or unknown
template <typename Fact>
void read_fields(const nlohmann::json& json, Fact& out) {
  FieldReader reader(json);
  visit_fields(reader, out);
  reader.finish();
}

}  // namespace mithaq::acts
