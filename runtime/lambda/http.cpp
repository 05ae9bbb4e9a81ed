#include "runtime/lambda/http.hpp"

#include <algorithm>
#include <charconv>

namespace loam::runtime::lambda {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::size_t parseSize(std::string_view text, int base, const char* what) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc{} || end != text.data() + text.size()) {
        throw HttpError("the " + std::string(what) + " \"" + std::string(text) + "\" is no number");
    }
    if (value > ResponseParser::maxBodyBytes) {
        throw HttpError("a body of " + std::to_string(value) + " bytes is too large");
    }
    return value;
}

}  // namespace

std::string_view HttpResponse::header(std::string_view name) const {
    const auto found = std::find_if(headers.begin(), headers.end(), [name](const auto& entry) {
        return entry.first == name;
    });
    return found == headers.end() ? std::string_view{} : std::string_view(found->second);
}

bool ResponseParser::feed(std::string_view bytes) {
    untouched_ = untouched_ && bytes.empty();
    while (!bytes.empty()) {
        switch (state_) {
            case State::Body:
            case State::Chunk:
            case State::UntilClose:
                readBody(bytes);
                break;
            case State::Done:
                throw HttpError("the response goes on after its end");
            default:
                if (nextLine(bytes)) {
                    readLine();
                    line_.clear();
                }
        }
    }
    return state_ == State::Done;
}

bool ResponseParser::finish() {
    if (state_ == State::UntilClose) {
        state_ = State::Done;
    }
    if (state_ != State::Done) {
        throw HttpError("the connection ended in the middle of a response");
    }
    return true;
}

bool ResponseParser::nextLine(std::string_view& bytes) {
    const std::size_t end = bytes.find('\n');
    const std::size_t used = end == std::string_view::npos ? bytes.size() : end + 1;
    headerBytes_ += used;
    if (headerBytes_ > maxHeaderBytes) {
        throw HttpError("the header of the response is too large");
    }
    line_.append(bytes.substr(0, used));
    bytes.remove_prefix(used);
    if (end == std::string_view::npos) {
        return false;
    }
    line_.pop_back();
    if (!line_.empty() && line_.back() == '\r') {
        line_.pop_back();
    }
    return true;
}

void ResponseParser::readLine() {
    switch (state_) {
        case State::StatusLine:
            readStatusLine();
            break;
        case State::Header:
            line_.empty() ? endHeaders() : readHeader();
            break;
        case State::ChunkSize:
            readChunkSize();
            break;
        case State::ChunkEnd:
            if (!line_.empty()) {
                throw HttpError("a chunk is longer than it says");
            }
            state_ = State::ChunkSize;
            break;
        default:
            if (line_.empty()) {
                state_ = State::Done;
            }
    }
}

void ResponseParser::readStatusLine() {
    const std::string_view line = line_;
    if (line.size() < 12 || !line.starts_with("HTTP/1.") || line[8] != ' ') {
        throw HttpError("the answer is no HTTP/1.1 response");
    }
    response_.keepAlive = line[7] != '0';
    response_.status = static_cast<int>(parseSize(line.substr(9, 3), 10, "status"));
    state_ = State::Header;
}

void ResponseParser::readHeader() {
    const std::size_t colon = line_.find(':');
    if (colon == std::string::npos || colon == 0) {
        throw HttpError("the header line \"" + line_.substr(0, 40) + "\" has no name");
    }
    const std::string_view line = line_;
    response_.headers.emplace_back(lowered(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
}

void ResponseParser::endHeaders() {
    if (response_.status < 200) {
        response_ = {};
        state_ = State::StatusLine;
        return;
    }
    const std::string connection = lowered(response_.header("connection"));
    response_.keepAlive =
        connection == "close" ? false : response_.keepAlive || connection == "keep-alive";
    if (response_.status == 204 || response_.status == 304) {
        state_ = State::Done;
    } else if (lowered(response_.header("transfer-encoding")) == "chunked") {
        headerBytes_ = 0;
        state_ = State::ChunkSize;
    } else if (const std::string_view length = response_.header("content-length");
               !length.empty()) {
        remaining_ = parseSize(length, 10, "content-length");
        response_.body.reserve(remaining_);
        state_ = remaining_ == 0 ? State::Done : State::Body;
    } else {
        response_.keepAlive = false;
        state_ = State::UntilClose;
    }
}

void ResponseParser::readChunkSize() {
    headerBytes_ = 0;
    const std::string_view size = trimmed(std::string_view(line_).substr(0, line_.find(';')));
    remaining_ = parseSize(size, 16, "chunk size");
    state_ = remaining_ == 0 ? State::Trailer : State::Chunk;
}

void ResponseParser::readBody(std::string_view& bytes) {
    const std::size_t used =
        state_ == State::UntilClose ? bytes.size() : std::min(remaining_, bytes.size());
    if (response_.body.size() + used > maxBodyBytes) {
        throw HttpError("the body of the response is too large");
    }
    response_.body.append(bytes.substr(0, used));
    bytes.remove_prefix(used);
    if (state_ == State::UntilClose) {
        return;
    }
    remaining_ -= used;
    if (remaining_ == 0) {
        state_ = state_ == State::Body ? State::Done : State::ChunkEnd;
    }
}

}  // namespace loam::runtime::lambda
