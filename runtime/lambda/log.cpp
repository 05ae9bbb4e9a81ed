#include "runtime/lambda/log.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <unistd.h>

#include "runtime/request/text.hpp"

namespace loam::runtime::lambda {
namespace {

constexpr std::array<std::string_view, 6> levelNames{
    "trace", "debug", "info", "warn", "error", "fatal"};

/// Now as RFC 3339 with milliseconds.
std::string timestamp() {
    using namespace std::chrono;
    const auto now = time_point_cast<milliseconds>(system_clock::now()).time_since_epoch();
    const std::time_t seconds = duration_cast<std::chrono::seconds>(now).count();
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 32> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(
        text.data() + size, text.size() - size, ".%03dZ", static_cast<int>(now.count() % 1000));
    return text.data();
}

}  // namespace

std::string_view name(LogLevel level) { return levelNames.at(static_cast<std::size_t>(level)); }

std::optional<LogLevel> logLevel(std::string_view name) {
    const auto equal = [name](std::string_view candidate) {
        return std::equal(candidate.begin(), candidate.end(), name.begin(), name.end(),
            [](char a, char b) { return a == b || a - 'a' + 'A' == b; });
    };
    const auto* const found = std::find_if(levelNames.begin(), levelNames.end(), equal);
    if (found == levelNames.end()) {
        return std::nullopt;
    }
    return static_cast<LogLevel>(found - levelNames.begin());
}

void writeLine(std::string_view line) {
    std::string text(line);
    text += '\n';
    for (std::string_view rest = text; !rest.empty();) {
        const ssize_t written = write(STDOUT_FILENO, rest.data(), rest.size());
        if (written < 0 && errno != EINTR) {
            return;
        }
        rest.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
    }
}

void Logger::log(LogLevel level, std::string_view message, LogFields fields) const {
    if (!isEnabled(level)) {
        return;
    }
    std::string line = R"({"timestamp":")" + timestamp() + R"(","level":")";
    line.append(name(level)).append("\"");
    if (!requestId_.empty()) {
        line += ",\"requestId\":";
        line += request::jsonString(requestId_);
    }
    if (!function_.empty()) {
        line += ",\"function\":";
        line += request::jsonString(function_);
    }
    line += ",\"message\":";
    line += request::jsonString(message);
    for (const auto& [key, value] : fields) {
        line += ',';
        line += request::jsonString(key);
        line += ':';
        line += request::jsonString(value);
    }
    line += '}';
    sink_(line);
}

void Logger::debug(std::string_view message, LogFields fields) const {
    log(LogLevel::Debug, message, fields);
}

void Logger::info(std::string_view message, LogFields fields) const {
    log(LogLevel::Info, message, fields);
}

void Logger::warn(std::string_view message, LogFields fields) const {
    log(LogLevel::Warn, message, fields);
}

void Logger::error(std::string_view message, LogFields fields) const {
    log(LogLevel::Error, message, fields);
}

}  // namespace loam::runtime::lambda
