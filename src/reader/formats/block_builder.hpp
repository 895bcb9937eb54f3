// Builds a document's text and blocks out of a format that knows its paragraphs, items and tables.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "document/document.hpp"

namespace mithaq::reader {

// Text goes into the open block; blocks follow one another. A table row becomes one block, its cells
// separated by a tab, unless it is there for the page's layout (cells of many paragraphs): then its
// paragraphs stand by themselves.
class BlockBuilder {
 public:
  // More blocks than any paper has; what comes after is refused by whoever builds.
  static constexpr std::size_t kBlocksMax = 1'000'000;

  enum class Blanks { collapse, keep };

  void add_text(std::string_view text, Blanks blanks = Blanks::collapse);
  void add_tab() { text_ += '\t'; }
  // A new line of the same block.
  void break_line();
  // Ends the open block, if any, and gives it the kind and number set last; then body without number again.
  void end_block();
  void set_kind(document::ParagraphKind kind) { kind_ = kind; }
  document::ParagraphKind kind() const { return kind_; }
  void set_number(std::string number) { number_ = std::move(number); }
  // The last byte of the open block's text; a blank if it has none.
  char last_letter() const { return text_.empty() ? ' ' : text_.back(); }
  // Whether the open block has nothing but blanks so far.
  bool blank() const { return text_.find_first_not_of(" \t\r\n\f") == std::string::npos; }

  void begin_row();
  void begin_cell();
  void end_row();

  bool overflowing() const { return blocks_.size() > kBlocksMax; }
  // Writes raw and blocks of the document. Lines end in \n, blocks in an empty line.
  void finish(document::Document& document);

 private:
  void add_block(std::string text);

  struct Built {
    std::string text;  // lines separated by \n
    document::ParagraphKind kind;
    std::string number;
  };
  struct Row {
    std::size_t first_block;
    std::vector<std::size_t> cells;  // the first block of each
  };
  static constexpr std::size_t kRowsMax = 32;  // of tables within tables; deeper ones are read as paragraphs

  std::string text_{};
  document::ParagraphKind kind_ = document::ParagraphKind::body;
  std::string number_{};
  std::vector<Built> blocks_{};
  std::vector<Row> rows_{};
  std::size_t deeper_rows_ = 0;
};

}  // namespace mithaq::reader
