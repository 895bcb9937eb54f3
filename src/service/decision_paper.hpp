// A decision as the paper that is issued: in the standard format with its attachments, or, under silence, as
// an interim text without a number.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "acts/act.hpp"
#include "base/instant.hpp"
#include "papers/paper.hpp"
#include "service/journal_phrases.hpp"

namespace mithaq::service {

// A statement that is attached to a decision.
struct DecisionAttachment {
  int number = 0;
  bool is_reservation = false;    // else an interpretative statement
  std::vector<std::string> by{};  // States; several made it jointly
  acts::Words words{};
};

struct DecisionPaper {
  std::string symbol{};        // "PC.DEC/1041"; empty: it has no number
  std::string number{};        // "1041"
  std::string organization{};  // "OSCE"
  std::string body{};          // of data/bodies.tsv: "OSCE_PC"
  acts::Words body_name{};
  std::optional<std::chrono::year_month_day> date{};  // of its adoption, in the body's zone
  int meeting_number = 0;                             // at which it was adopted or announced; 0: unknown
  std::string journal{};                              // "PC.JOUR/1233"
  int agenda_item = 0;
  acts::Words title{};
  acts::Words text{};
  std::string original_language{};
  std::vector<DecisionAttachment> attachments{};
  // Of a text under silence.
  std::optional<Instant> expires_at{};
  std::string zone{};
  bool under_silence = false;
  bool restricted = false;  // it is not for everybody
};

// "1041" of "PC.DEC/1041/Corr.1"; empty if the symbol has no number.
std::string number_in(const std::string& symbol);

// The sections of a paper: the decision, then each attachment.
//
// Rules of Procedure MC.DOC/1/06, Annex 1(A):
// 2. Right after [the suggestion], the Secretariat issues an interim text without a number, with a temporary
//    title, saying that it is under silence.
// 6. Right after that meeting, the Secretariat issues the decision in the standard format with
//    interpretative statements and formal reservations attached.
//   language  "ar", "en" or "ru"
std::vector<papers::Section> decision_sections(const JournalPhrases& phrases, const DecisionPaper& decision,
                                               std::string_view language);

papers::Paper decision_paper(const JournalPhrases& phrases, const DecisionPaper& decision,
                             std::string_view language);

// The lines of a text: each becomes a paragraph, and a number at its beginning a label. Where the words are
// in another language than the paper, they say so.
void add_words(std::vector<papers::Block>& blocks, const acts::Words& words, std::string_view language,
               int indent = 0);

// The head of a first page: organization and body at one side, symbol, date and language at the other.
void add_masthead(std::vector<papers::Block>& blocks, const JournalPhrases& phrases,
                  std::string_view language, const std::string& organization, const std::string& body,
                  const acts::Words& body_name, const std::string& symbol,
                  std::optional<std::chrono::year_month_day> date, const std::string& original_language);
std::string body_name(const JournalPhrases& phrases, const std::string& body, const acts::Words& name,
                      std::string_view language);

}  // namespace mithaq::service
