#pragma once

#include <string_view>

namespace loam::runtime::sql {

/// Refuses statements that would change more than data: BEGIN, COMMIT, ATTACH and the like, and
/// PRAGMA that changes the connection. Throws RequestError P2010.
void checkRawText(std::string_view text);

/// Whether nothing but white space, comments and semicolons is left.
bool isBlankSql(std::string_view text);

/// Whether the statement is a SELECT or VALUES, which change nothing; others may or may not.
bool isPlainRead(std::string_view text);

/// Whether the statement is a PRAGMA.
bool isPragma(std::string_view text);

}  // namespace loam::runtime::sql
