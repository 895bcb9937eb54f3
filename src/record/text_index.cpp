#include "record/text_index.hpp"

namespace mithaq::record {

std::unique_ptr<TextIndex> TextIndex::open(Database& database, std::shared_ptr<const Analyzer> analyzer) {
  return database.dialect() == Dialect::sqlite ? open_fts5_index(database, std::move(analyzer))
                                               : open_gin_index(database, std::move(analyzer));
}

}  // namespace mithaq::record
