#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loam::runtime::lambda {

/// The other side does not speak HTTP/1.1 as expected, or the connection broke.
class HttpError : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// An answer of an HTTP server. Header names are in lower case.
struct HttpResponse {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    /// Whether the connection may carry another request.
    bool keepAlive = true;

    /// The header's value, empty when there is none; `name` in lower case.
    std::string_view header(std::string_view name) const;
};

/// Reads one HTTP/1.1 response from bytes that arrive in pieces of any size.
///
/// Understands content-length and chunked bodies and bodies that end with the connection; skips
/// interim (1xx) answers.
class ResponseParser {
  public:
    static constexpr std::size_t maxHeaderBytes = 64UL * 1024;
    static constexpr std::size_t maxBodyBytes = 32UL * 1024 * 1024;

    /// Takes the next bytes; true when the response is complete. Throws HttpError when the bytes
    /// are no response, go on after its end, or are more than the limits.
    bool feed(std::string_view bytes);

    /// The connection ended; true when that completes the response. Throws HttpError when it cuts
    /// the response off.
    bool finish();

    /// Nothing has arrived yet, so that the request may be sent again.
    bool isUntouched() const { return untouched_; }

    /// The response, once complete.
    HttpResponse take() { return std::move(response_); }

  private:
    enum class State {
        StatusLine,
        Header,
        Body,
        ChunkSize,
        Chunk,
        ChunkEnd,
        Trailer,
        UntilClose,
        Done
    };

    bool nextLine(std::string_view& bytes);
    void readStatusLine();
    void readHeader();
    void endHeaders();
    void readChunkSize();
    void readBody(std::string_view& bytes);
    void readLine();

    State state_ = State::StatusLine;
    bool untouched_ = true;
    std::string line_;
    std::size_t headerBytes_ = 0;
    std::size_t remaining_ = 0;
    HttpResponse response_;
};

}  // namespace loam::runtime::lambda
