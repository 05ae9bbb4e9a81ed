#pragma once

#include <string>
#include <string_view>

#include "runtime/request/limits.hpp"
#include "runtime/request/value.hpp"

namespace loam::runtime::request {

/// Parses a JSON document. Texts without escapes are views into `text`; others go to the pool.
///
/// Throws RequestError P2009 with the place of the mistake for anything outside RFC 8259, a name
/// that occurs twice in one object, invalid UTF-8, NUL, lone surrogates, nesting beyond `depth`
/// levels and more than limits::values values.
Value parseJson(std::string_view text, TextPool& pool, std::size_t depth = limits::depth);

/// The same, but texts may hold NUL: for a document that carries other documents, such as the event
/// of an HTTP API, in which the inner one refuses it where it can be answered.
Value parseEnvelope(std::string_view text, TextPool& pool);

/// The same document without white space between its tokens; numbers and escapes stay as written.
/// Throws as parseJson does.
std::string compactJson(std::string_view text);

}  // namespace loam::runtime::request
