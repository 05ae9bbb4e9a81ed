#pragma once

#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace loam::runtime::lambda {

/// How much matters enough to be logged.
enum class LogLevel { Trace, Debug, Info, Warn, Error, Fatal };

/// The level's name in lower case, as in LOG_LEVEL.
std::string_view name(LogLevel level);

/// The level of that name, whatever its case.
std::optional<LogLevel> logLevel(std::string_view name);

/// Takes one finished line, without its line end.
using LineSink = std::function<void(std::string_view)>;

/// Writes the line to standard output in one piece.
void writeLine(std::string_view line);

/// Further members of a log line: name and text.
using LogFields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// Writes one JSON object a line: timestamp, level, requestId, function, message, further fields.
///
/// Rule for callers: no secrets ever; queries and their variables at debug or below.
class Logger {
  public:
    explicit Logger(LogLevel level, std::string function = {}, LineSink sink = writeLine)
        : level_(level), function_(std::move(function)), sink_(std::move(sink)) {}

    /// The request that later lines belong to; empty for none.
    void setRequestId(std::string id) { requestId_ = std::move(id); }

    bool isEnabled(LogLevel level) const { return level >= level_; }

    void log(LogLevel level, std::string_view message, LogFields fields = {}) const;
    void debug(std::string_view message, LogFields fields = {}) const;
    void info(std::string_view message, LogFields fields = {}) const;
    void warn(std::string_view message, LogFields fields = {}) const;
    void error(std::string_view message, LogFields fields = {}) const;

  private:
    LogLevel level_;
    std::string function_;
    std::string requestId_;
    LineSink sink_;
};

}  // namespace loam::runtime::lambda
