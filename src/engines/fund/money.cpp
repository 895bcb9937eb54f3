#include "engines/fund/money.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/utf8.hpp"

namespace mithaq::fund {

namespace {

__extension__ using Wide = __int128;

constexpr int kDigitsMax = 4;  // the Unidad de Fomento of Chile
constexpr std::size_t kRateDigitsMax = 12;
constexpr std::size_t kRateScaleMax = 9;

bool is_code(std::string_view code) {
  return code.size() == 3 &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

// Arabic-Indic digits and marks as ASCII; what is neither stays as it is.
std::string plain_digits(std::string_view text) {
  static const std::pair<std::string_view, char> kForms[] = {
      {"٠", '0'}, {"١", '1'}, {"٢", '2'}, {"٣", '3'}, {"٤", '4'}, {"٥", '5'}, {"٦", '6'},
      {"٧", '7'}, {"٨", '8'}, {"٩", '9'}, {"۰", '0'}, {"۱", '1'}, {"۲", '2'}, {"۳", '3'},
      {"۴", '4'}, {"۵", '5'}, {"۶", '6'}, {"۷", '7'}, {"۸", '8'}, {"۹", '9'}, {"٫", '.'}};
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const auto form = std::find_if(std::begin(kForms), std::end(kForms),
                                   [&](const auto& each) { return text.substr(at).starts_with(each.first); });
    if (form == std::end(kForms)) {
      plain += text[at++];
    } else {
      plain += form->second;
      at += form->first.size();
    }
  }
  return plain;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (int each = 0; each < exponent; ++each) power *= 10;
  return power;
}

}  // namespace

Currencies Currencies::of(const Table& table) {
  const auto refuse = [&](std::size_t row, const std::string& reason) {
    throw Error(ErrorKind::invalid_input,
                table.name() + ":" + std::to_string(table.line_of(row)) + ": " + reason);
  };
  Currencies made;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    Currency currency;
    currency.code = table.cell(row, table.column("code"));
    const std::string_view digits = table.cell(row, table.column("digits"));
    if (!is_code(currency.code)) refuse(row, "a currency has a code of three capitals");
    if (digits.size() != 1 || digits[0] < '0' || digits[0] > '0' + kDigitsMax)
      refuse(row, "a currency has 0 to 4 digits");
    currency.digits = digits[0] - '0';
    for (const char* language : {"ar", "en", "ru"})
      if (const auto name = table.cell(row, language); !name.empty()) currency.names[language] = name;
    const std::string code = currency.code;
    if (!made.by_code_.emplace(code, std::move(currency)).second) refuse(row, code + " is there twice");
  }
  return made;
}

const Currency* Currencies::find(std::string_view code) const {
  const auto found = by_code_.find(code);
  return found == by_code_.end() ? nullptr : &found->second;
}

std::string Currencies::number(const Money& money) const {
  const Currency* currency = find(money.currency);
  const int digits = currency == nullptr ? 0 : currency->digits;
  // The smallest number has no positive counterpart of its own type.
  std::uint64_t size = money.minor < 0 ? ~static_cast<std::uint64_t>(money.minor) + 1
                                       : static_cast<std::uint64_t>(money.minor);
  std::string text = std::to_string(size);
  if (digits > 0) {
    if (text.size() <= static_cast<std::size_t>(digits))
      text.insert(0, static_cast<std::size_t>(digits) + 1 - text.size(), '0');
    text.insert(text.size() - static_cast<std::size_t>(digits), ".");
  }
  return money.minor < 0 ? "-" + text : text;
}

std::string Currencies::text(const Money& money) const {
  return number(money) + " " + money.currency;
}

std::variant<Money, acts::Refusal> Currencies::read(std::string_view given) const {
  static const acts::Refusal kForm{
      .rule = "fund/amount_form",
      .reason = "an amount is written as 25000.00 EUR: digits, a point, the currency's code"};
  static const acts::Refusal kTooLarge{.rule = "fund/too_large", .reason = "the amount is too large"};
  if (given.size() > 100) return kForm;
  const std::string plain = plain_digits(given);
  std::string_view text = trimmed(plain);
  std::string_view code;
  if (text.size() > 3 && is_code(text.substr(0, 3))) {
    code = text.substr(0, 3);
    text = trimmed(text.substr(3));
  } else if (text.size() > 3 && is_code(text.substr(text.size() - 3))) {
    code = text.substr(text.size() - 3);
    text = trimmed(text.substr(0, text.size() - 3));
  } else {
    return kForm;
  }
  const Currency* currency = find(code);
  if (currency == nullptr) {
    return acts::Refusal{.rule = "fund/unknown_currency",
                         .reason = "no currency has the code " + std::string(code)};
  }
  bool negative = false;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::size_t point = text.find('.');
  std::string_view whole = text.substr(0, point);
  std::string_view part = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (whole.empty() || !all_digits(whole) || !all_digits(part) ||
      (point != std::string_view::npos && part.empty()))
    return kForm;
  if (part.size() > static_cast<std::size_t>(currency->digits)) {
    return acts::Refusal{.rule = "fund/amount_form",
                         .reason = std::string(code) +
                                   " has fewer digits behind the point: " + std::to_string(currency->digits)};
  }
  std::string digits = std::string(whole) + std::string(part);
  digits.append(static_cast<std::size_t>(currency->digits) - part.size(), '0');
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
  if (digits.size() > 16) return kTooLarge;
  std::int64_t minor = 0;
  for (const char each : digits) minor = minor * 10 + (each - '0');
  if (minor > kMinorMax) return kTooLarge;
  return Money{.minor = negative ? -minor : minor, .currency = std::string(code)};
}

std::optional<std::int64_t> add(std::int64_t a, std::int64_t b) {
  std::int64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
  return sum;
}

std::optional<Rate> Rate::parse(std::string_view given) {
  if (given.size() > 64) return std::nullopt;
  const std::string plain = plain_digits(given);
  const std::string_view text = trimmed(plain);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view part = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  if (!all_digits(whole) || whole.empty() || !all_digits(part)) return std::nullopt;
  if (point != std::string_view::npos && part.empty()) return std::nullopt;
  std::string digits = std::string(whole) + std::string(part);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty() || digits.size() > kRateDigitsMax || part.size() > kRateScaleMax) return std::nullopt;
  Rate rate{.digits = 0, .scale = static_cast<int>(part.size())};
  for (const char each : digits) rate.digits = rate.digits * 10 + (each - '0');
  return rate;
}

std::string Rate::text() const {
  std::string text = std::to_string(digits);
  if (scale > 0) {
    if (text.size() <= static_cast<std::size_t>(scale))
      text.insert(0, static_cast<std::size_t>(scale) + 1 - text.size(), '0');
    text.insert(text.size() - static_cast<std::size_t>(scale), ".");
  }
  return text;
}

std::optional<Money> convert(const Money& amount, const Rate& from, int from_digits, const Rate& to,
                             int to_digits, std::string_view to_currency) {
  // minor_to = minor_from × (to.digits / 10^to.scale) / (from.digits / 10^from.scale) × 10^(to_digits −
  // from_digits), as one fraction of whole numbers.
  Wide over = amount.minor < 0 ? -static_cast<Wide>(amount.minor) : static_cast<Wide>(amount.minor);
  Wide under = from.digits;
  if (under <= 0 || to.digits <= 0) return std::nullopt;
  int exponent = from.scale - to.scale + to_digits - from_digits;
  if (__builtin_mul_overflow(over, static_cast<Wide>(to.digits), &over)) return std::nullopt;
  if (exponent >= 0) {
    if (__builtin_mul_overflow(over, power_of_ten(exponent), &over)) return std::nullopt;
  } else if (__builtin_mul_overflow(under, power_of_ten(-exponent), &under)) {
    return std::nullopt;
  }
  Wide whole = over / under;
  const Wide rest = over % under;
  // rest + rest may not fit where under is near the limit; rest > under − rest says the same.
  if (rest > under - rest || (rest == under - rest && whole % 2 == 1)) ++whole;
  if (whole > kMinorMax) return std::nullopt;
  const auto minor = static_cast<std::int64_t>(whole);
  return Money{.minor = amount.minor < 0 ? -minor : minor, .currency = std::string(to_currency)};
}

void Rates::set(Line line) {
  lines_.push_back(std::move(line));
}

std::optional<Rates::Line> Rates::on(std::string_view currency, std::chrono::sys_days day) const {
  if (currency == per_)
    return Line{.currency = per_, .rate = {.digits = 1, .scale = 0}, .from = day, .to = day};
  const Line* best = nullptr;
  for (const Line& line : lines_) {
    if (line.currency != currency || day < line.from || day > line.to) continue;
    if (best == nullptr || line.from >= best->from) best = &line;
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

}  // namespace mithaq::fund
