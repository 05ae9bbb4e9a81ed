#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loam::runtime::lambda {

/// What a function may answer at most; Lambda refuses more.
inline constexpr std::size_t maxAnswerBytes = 6UL * 1024 * 1024;

/// A request that an HTTP API hands to a function, payload format 2.0.
struct HttpEvent {
    /// In upper case, such as "POST".
    std::string method;
    /// The path without the stage, such as "/graphql".
    std::string path;
    /// The decoded body.
    std::string body;
};

/// Reads the event. Throws FunctionError "InvalidEvent" when it is none of an HTTP API or its body
/// is not what it says.
HttpEvent parseHttpEvent(std::string_view payload);

/// The answer to an HTTP API: a status and a JSON body.
std::string httpAnswer(int status, std::string_view body);

/// Whether the path is one at which queries are taken: contract::route::graphql or ::client.
bool isQueryPath(std::string_view path);

/// Whether the path is one to which Prisma Client puts its schema, beside the path of its queries.
bool isSchemaPath(std::string_view path);

}  // namespace loam::runtime::lambda
