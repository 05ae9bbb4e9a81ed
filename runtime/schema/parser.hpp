#pragma once

#include <vector>

#include "runtime/schema/lexer.hpp"
#include "runtime/schema/syntax.hpp"

namespace loam::runtime::schema {

/// Adds the declarations of one file to the document. After a mistake it goes on with the next
/// line, so that one mistake is one message.
void parseTokens(const std::vector<Token>& tokens, Document& document, Diagnostics& diagnostics);

}  // namespace loam::runtime::schema
