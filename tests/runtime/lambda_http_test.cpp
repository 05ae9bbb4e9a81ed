#include <catch2/catch.hpp>

#include "runtime/lambda/http.hpp"

using loam::runtime::lambda::HttpError;
using loam::runtime::lambda::HttpResponse;
using loam::runtime::lambda::ResponseParser;

namespace {

HttpResponse parse(const std::string& text) {
    ResponseParser parser;
    REQUIRE(parser.feed(text));
    return parser.take();
}

const std::string chunked =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n"
    "5;name=value\r\nhello\r\n06\r\n world\r\n0\r\nTrailer: x\r\n\r\n";
const std::string plain =
    "HTTP/1.1 202 Accepted\r\nContent-Length:  4 \r\nLambda-Runtime-Aws-Request-Id: "
    "\tabc\r\n\r\nbody";

}  // namespace

TEST_CASE("a response has status, headers by lower-case name and body") {
    const HttpResponse response = parse(plain);

    CHECK(response.status == 202);
    CHECK(response.header("lambda-runtime-aws-request-id") == "abc");
    CHECK(response.header("missing").empty());
    CHECK(response.body == "body");
    CHECK(response.keepAlive);
}

TEST_CASE("a response reads the same wherever it is cut") {
    for (const std::string& text : {plain, chunked}) {
        const std::string expected = parse(text).body;
        for (std::size_t first = 0; first < text.size(); ++first) {
            for (std::size_t second = first; second < text.size(); ++second) {
                ResponseParser parser;
                parser.feed(std::string_view(text).substr(0, first));
                parser.feed(std::string_view(text).substr(first, second - first));
                const bool complete = parser.feed(std::string_view(text).substr(second));
                if (!complete || parser.take().body != expected) {
                    FAIL("cut at " << first << " and " << second);
                }
            }
        }
    }
}

TEST_CASE("chunks are joined, their extensions and the trailer ignored") {
    CHECK(parse(chunked).body == "hello world");
}

TEST_CASE("an answer without a length ends with the connection") {
    ResponseParser parser;

    CHECK_FALSE(parser.feed("HTTP/1.0 200 OK\r\n\r\npart one,"));
    CHECK_FALSE(parser.feed(" part two"));
    CHECK(parser.finish());

    const HttpResponse response = parser.take();
    CHECK(response.body == "part one, part two");
    CHECK_FALSE(response.keepAlive);
}

TEST_CASE("interim answers are skipped and empty ones have no body") {
    CHECK(parse("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n").status == 204);
    CHECK(parse("HTTP/1.1 200 OK\ncontent-length: 0\n\n").body.empty());
}

TEST_CASE("the connection is kept as the version and the header say") {
    const std::string rest = "Content-Length: 0\r\n\r\n";

    CHECK_FALSE(parse("HTTP/1.1 200 OK\r\nConnection: Close\r\n" + rest).keepAlive);
    CHECK_FALSE(parse("HTTP/1.0 200 OK\r\n" + rest).keepAlive);
    CHECK(parse("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n" + rest).keepAlive);
}

TEST_CASE("rejects what is no response") {
    const std::vector<std::string> wrong{
        "SSH-2.0-OpenSSH_9.2\r\n",
        "HTTP/2 200\r\n",
        "HTTP/1.1 abc OK\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n",
        "HTTP/1.1 200 OK\r\n: empty\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4 4\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffff\r\n",
        plain + "more",
        "HTTP/1.1 200 OK\r\nA: " + std::string(ResponseParser::maxHeaderBytes, 'a'),
    };
    for (const std::string& text : wrong) {
        INFO(text.substr(0, 80));
        ResponseParser parser;
        CHECK_THROWS_AS(parser.feed(text), HttpError);
    }
}

TEST_CASE("rejects a response that is cut off") {
    for (std::size_t size = 1; size < plain.size(); ++size) {
        ResponseParser parser;
        parser.feed(std::string_view(plain).substr(0, size));
        CHECK_THROWS_AS(parser.finish(), HttpError);
    }
}
