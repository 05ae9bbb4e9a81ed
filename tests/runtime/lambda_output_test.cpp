#include <arpa/inet.h>
#include <array>
#include <catch2/catch.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

#include "runtime/lambda/log.hpp"
#include "runtime/lambda/metrics.hpp"
#include "runtime/lambda/trace.hpp"

using namespace loam::runtime::lambda;
namespace metric = loam::contract::metric;

namespace {

/// Collects lines instead of writing them.
struct Lines {
    std::vector<std::string> lines;
    LineSink sink() {
        return [this](std::string_view line) { lines.emplace_back(line); };
    }
};

/// A UDP socket in the place of the X-Ray daemon.
class FakeDaemon {
  public:
    FakeDaemon() : socket_(socket(AF_INET, SOCK_DGRAM, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), size) == 0);
        getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
    }
    FakeDaemon(const FakeDaemon&) = delete;
    FakeDaemon& operator=(const FakeDaemon&) = delete;
    ~FakeDaemon() { close(socket_); }

    std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

    /// The next datagram, empty when none is there.
    std::string receive() const {
        std::array<char, 4096> buffer{};
        const ssize_t size = recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
        return size < 0 ? "" : std::string(buffer.data(), static_cast<std::size_t>(size));
    }

  private:
    int socket_;
    int port_;
};

constexpr const char* sampled =
    "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

}  // namespace

TEST_CASE("a log line is one JSON object with level, time, request and function") {
    Lines lines;
    Logger logger(LogLevel::Info, "articles-writer", lines.sink());
    logger.setRequestId("id-1");

    logger.info("applied migration \"a\"\n\x1b[31m", {{"migration", "a"}});

    REQUIRE(lines.lines.size() == 1);
    CHECK_THAT(lines.lines[0],
        Catch::Matches(
            R"(\{"timestamp":"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}Z",)"
            R"("level":"info","requestId":"id-1","function":"articles-writer",)"
            R"("message":"applied migration \\"a\\"\\n\\u001b\[31m","migration":"a"\})"));
}

TEST_CASE("lines below the level are left out") {
    Lines lines;
    const Logger logger(LogLevel::Warn, "", lines.sink());

    logger.debug("a");
    logger.info("b");
    logger.warn("c");
    logger.error("d");

    CHECK(lines.lines.size() == 2);
    CHECK_FALSE(logger.isEnabled(LogLevel::Info));
}

TEST_CASE("levels are read by name in either case") {
    CHECK(logLevel("trace") == LogLevel::Trace);
    CHECK(logLevel("FATAL") == LogLevel::Fatal);
    CHECK(logLevel("verbose") == std::nullopt);
    CHECK(logLevel("") == std::nullopt);
    CHECK(name(LogLevel::Error) == "error");
}

TEST_CASE("metrics of an invocation are one line of the embedded metric format") {
    Lines lines;
    Metrics metrics(true, "LamDB", "articles", lines.sink());

    metrics.add(metric::writeOperations, 1);
    metrics.add(metric::writeLatency, 1.25);
    metrics.add(metric::writeOperations, 2);
    metrics.flush();
    metrics.flush();

    REQUIRE(lines.lines.size() == 1);
    CHECK_THAT(lines.lines[0],
        Catch::Matches(
            R"(\{"_aws":\{"Timestamp":[0-9]{13},"CloudWatchMetrics":\[\{"Namespace":"LamDB",)"
            R"("Dimensions":\[\["LamDBName"\]\],"Metrics":\[\{"Name":"WriteOperations","Unit":"Count"\},)"
            R"(\{"Name":"WriteLatency","Unit":"Milliseconds"\}\]\}\]\},"LamDBName":"articles",)"
            R"("WriteOperations":3,"WriteLatency":1\.25\})"));
}

TEST_CASE("no metrics are written when they are off") {
    Lines lines;
    Metrics metrics(false, "LamDB", "articles", lines.sink());

    metrics.add(metric::readOperations, 1);
    metrics.flush();

    CHECK(lines.lines.empty());
}

TEST_CASE("a span of a sampled invocation is one datagram to the daemon") {
    const FakeDaemon daemon;
    Tracer tracer(true, daemon.address());
    tracer.begin(sampled);

    {
        Span span(tracer, "query \"engine\"");
        span.annotate("kind", "read");
        span.fail();
    }

    CHECK_THAT(daemon.receive(),
        Catch::Matches(
            "\\{\"format\":\"json\",\"version\":1\\}\n"
            R"(\{"id":"[0-9a-f]{16}","type":"subsegment","name":"query \\"engine\\"",)"
            R"("trace_id":"1-5759e988-bd862e3fe1be46a994272793","parent_id":"53995c3f42cd8ad8",)"
            R"("start_time":[0-9]+\.[0-9]{6},"end_time":[0-9]+\.[0-9]{6},"fault":true,)"
            R"("annotations":\{"kind":"read"\}\})"));
}

TEST_CASE("nothing is traced without a sampling decision, a daemon or the wish") {
    const FakeDaemon daemon;
    for (const char* header : {"", "Root=1-2-3;Parent=4;Sampled=0", "Parent=4;Sampled=1", ";;="}) {
        Tracer tracer(true, daemon.address());
        tracer.begin(header);
        { const Span span(tracer, "x"); }
        CHECK_FALSE(tracer.isSampled());
    }
    for (const char* address : {"", "localhost:2000", "127.0.0.1", "127.0.0.1:x"}) {
        Tracer tracer(true, address);
        tracer.begin(sampled);
        CHECK_FALSE(tracer.isSampled());
    }
    Tracer off(false, daemon.address());
    off.begin(sampled);
    CHECK_FALSE(off.isSampled());
    CHECK(daemon.receive().empty());
}
