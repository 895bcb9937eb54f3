// What every command works with: where the record is, how answers are printed, the outside world.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "cli/output/answer_table.hpp"
#include "service/messages.hpp"
#include "service/themes.hpp"
#include "service/workspace.hpp"

namespace mithaq::cli {

struct Session {
  service::Workspace workspace;
  const service::Messages& messages;
  TableStyle style{};
  std::ostream& out;
  std::ostream& err;
  std::istream& in;
  bool terminal = false;  // `in` and `out` are one: questions may be asked, progress may be drawn
  std::string user{};     // who reviews, unless --by says otherwise

  // A sentence in the language of the interface (data/messages.tsv).
  std::string say(std::string_view english) const { return messages.say(english); }
  const service::Themes& themes() {
    if (!themes_) themes_ = service::Themes::load(workspace.options().data);
    return *themes_;
  }
  service::Language language() const { return style.language; }

  std::optional<service::Themes> themes_{};  // loaded when first asked for
};

}  // namespace mithaq::cli
