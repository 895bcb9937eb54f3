// bytes -> Document: the whole way of a paper through the reader.
//
//   decode      formats/      bytes -> raw text and its layout
//   repair      repair/       raw text -> edits, paragraphs in order
//   mentions    mentions/     paragraphs -> who, where, when, which paper
//   statements  statements/   mentions -> who does what with whom
//
// Same bytes in, same findings out: no clock, no locale, no network. A bad document never throws: it gives
// what could be read, and doubts; a refusal says why nothing could.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "document/document.hpp"
#include "reader/lexicon/lexicon.hpp"

namespace mithaq::reader {

// Why a file gives no document; a value, because a folder of papers always has some.
struct Refusal {
  enum class Reason {
    empty,
    binary,
    attachment_only,
    encrypted,
    damaged,
    too_large,
    unsupported,
    timed_out,
    missing_helper
  };
  Reason reason = Reason::unsupported;
  std::string message{};  // what is wrong and what to do about it
};

struct ReadOptions {
  std::string name{};                           // the file's name: its ending helps to tell the format
  std::string id{};                             // the document's id where it is known already; else computed
  std::size_t section_bytes = 4 * 1024 * 1024;  // a longer text is read in sections of about this size
  bool statements = true;
  // Where mithaq-pdf and mithaq-ocr are. Empty: the folder MITHAQ_HELPERS names, else the program's own.
  std::string helpers_folder{};
  // Told how many bytes of the input are done with, now and then. A caller that maps a long file can give
  // the pages before it back (see base/mapped_file.hpp). Told of all bytes twice: for the id, for the text.
  std::function<void(std::size_t)> passed{};
};

using ReadResult = std::variant<document::Document, Refusal>;

// Reads one document that fits in memory.
ReadResult read_document(std::string_view bytes, const Lexicon& lexicon, const ReadOptions& options = {});

// Reads a document of any length, one section at a time in order; memory stays flat for a text (other
// formats are unpacked whole first). A section ends with a paragraph where one ends near, else with a line, a
// sentence or a word. A document that is not longer than a section gives what read_document gives.
//   take     is given each section; raw_offset_* say where it starts. From the second on, paragraph ids start
//            with the section: "s1-p12"
//   returns  nothing if all was read, else why not
std::optional<Refusal> read_sections(std::string_view bytes, const Lexicon& lexicon,
                                     const ReadOptions& options,
                                     const std::function<void(document::Document&&)>& take);

}  // namespace mithaq::reader
