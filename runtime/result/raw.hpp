#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/sql/raw.hpp"

namespace loam::runtime::result {

/// How the rows of a raw query are written; versions of Prisma Client differ in what they read.
enum class RawForm : std::uint8_t {
    /// `{"columns": [...], "types": [...], "rows": [[...]]}`
    Table,
    /// `[{"column": {"prisma__type": "int", "prisma__value": 1}}]`
    Objects,
};

/// The form that the client reads whose version stands first in the path of the request, as in
/// "/4.16.2/hash/graphql": Objects before 5.17.0, otherwise Table.
RawForm rawFormOf(std::string_view requestPath);

/// Runs the statement and appends its rows. The type of a column is the declared one, or that of
/// its first value; BigInt and Decimal are texts, bytes are base64, times are RFC 3339.
///
/// Throws RequestError P2010, also for a value that does not fit the declared type of its column.
void appendRaw(std::string& out, sql::RawStatement& statement, RawForm form);

}  // namespace loam::runtime::result
