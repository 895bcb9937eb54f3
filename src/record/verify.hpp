// Checks a record from end to end and names what is wrong with it.
#pragma once

#include <functional>

#include "base/analyzer.hpp"
#include "record/database.hpp"
#include "record/store.hpp"
#include "record/view_writer.hpp"

namespace mithaq::record {

VerifyReport verify_record(Database& database, TextIndex& index, const Analyzer& analyzer,
                           const VerifyOptions& options);

// Folds every entry that was not erased, in order.
//   throws  Error{corrupt} if one cannot be read or contradicts those before it
void fold_all(Database& database, ViewWriter& writer, const std::function<void(Seq done, Seq of)>& progress);

}  // namespace mithaq::record
