#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <catch2/catch.hpp>
#include <fstream>
#include <memory>
#include <netinet/in.h>
#include <optional>
#include <regex>
#include <signal.h>  // NOLINT(modernize-deprecated-headers): SIGTERM is all of it.
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "runtime/lambda/connection.hpp"
#include "tests/runtime/serve_fixture.hpp"
#include "tests/support/runtime/child_process.hpp"
#include "tests/support/runtime/temporary_directory.hpp"

// Runs the lamdb program as a user would and talks HTTP to it.

using loam::runtime::lambda::Connection;
using loam::runtime::lambda::HttpResponse;
using loam::testing::ChildProcess;
using loam::testing::Program;
using loam::testing::Server;

namespace {

/// A connection that speaks bytes.
class RawClient {
  public:
    explicit RawClient(const std::string& address) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in target{};
        target.sin_family = AF_INET;
        target.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        target.sin_port =
            htons(static_cast<std::uint16_t>(std::stoi(address.substr(address.find(':') + 1))));
        REQUIRE(connect(socket_, reinterpret_cast<const sockaddr*>(&target), sizeof target) == 0);
    }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;
    ~RawClient() { close(socket_); }

    void send(const std::string& bytes) const {
        static_cast<void>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
    }

    /// The next `size` bytes, or fewer when the server ends the connection.
    std::string receive(std::size_t size) const {
        std::string text(size, '\0');
        const ssize_t received = recv(socket_, text.data(), size, MSG_WAITALL);
        text.resize(received < 0 ? 0 : static_cast<std::size_t>(received));
        return text;
    }

    /// What comes until the server ends the connection.
    std::string receiveAll() const {
        std::string text;
        std::array<char, 4096> buffer{};
        for (ssize_t size = 0; (size = recv(socket_, buffer.data(), buffer.size(), 0)) > 0;) {
            text.append(buffer.data(), static_cast<std::size_t>(size));
        }
        return text;
    }

  private:
    int socket_;
};

/// Lowers how many files a process may have open, for those that are started while it lives.
class OpenFiles {
  public:
    explicit OpenFiles(rlim_t most) {
        REQUIRE(getrlimit(RLIMIT_NOFILE, &before_) == 0);
        const rlimit fewer{most, before_.rlim_max};
        REQUIRE(setrlimit(RLIMIT_NOFILE, &fewer) == 0);
    }
    OpenFiles(const OpenFiles&) = delete;
    OpenFiles& operator=(const OpenFiles&) = delete;
    ~OpenFiles() { setrlimit(RLIMIT_NOFILE, &before_); }

  private:
    rlimit before_{};
};

const std::string create =
    R"({"query":"mutation { createOneArticle(data: {title: \"a\"}) { id } }"})";
const std::string findMany = R"({"query":"{ findManyArticle { title } }"})";

}  // namespace

TEST_CASE("serve applies the migrations and answers queries") {
    const Program program;
    Server server(program, {"--migrations", "MIGRATIONS"});

    CHECK(server.post("/graphql", create).body == R"({"data":{"createOneArticle":{"id":1}}})");
    CHECK(server.post("/6.19.3/abc/graphql?x=y", findMany).body ==
          R"({"data":{"findManyArticle":[{"title":"a"}]}})");
    CHECK(
        server.post("/migrate", "").body == R"({"success":true,"data":{"appliedMigrations":[]}})");
    program.directory.write("migrations/3_more/migration.sql", "CREATE TABLE more (x);");
    CHECK(server.post("/migrate", "").body ==
          R"({"success":true,"data":{"appliedMigrations":["3_more"]}})");
    program.directory.write("migrations/4_bad/migration.sql", "nonsense");
    const HttpResponse failed = server.post("/migrate", "");
    CHECK(failed.status == 500);
    CHECK_THAT(failed.body, Catch::StartsWith(R"({"success":false,"error":{"code":"P3018")"));
    CHECK(server.stop() == 0);
}

TEST_CASE("serve makes the tables of the schema when it is told to, once") {
    const Program program;
    for (int start = 1; start <= 2; ++start) {
        Server server(program, {"--push"});
        CHECK(
            server
                .post("/graphql",
                    R"({"query":"mutation { createOneArticle(data: {title: \"t)" +
                        std::to_string(start) + R"(\"}) { id } }"})")
                .body == R"({"data":{"createOneArticle":{"id":)" + std::to_string(start) + "}}}");
        CHECK(server.post("/migrate", "").status == 409);
        CHECK(server.stop() == 0);
    }
}

TEST_CASE("requests of several connections are answered at once") {
    const Program program;
    Server server(program, {"--push"});
    std::vector<std::thread> clients;
    std::array<int, 4> good{};
    for (std::size_t i = 0; i < good.size(); ++i) {
        clients.emplace_back([&server, &good, i] {
            Connection connection(server.address());
            for (int n = 0; n < 25; ++n) {
                const std::string title = std::to_string(i) + "-" + std::to_string(n);
                const HttpResponse response = connection.request("POST", "/graphql", "",
                    R"({"query":"mutation { createOneArticle(data: {title: \")" + title +
                        R"(\"}) { title } }"})");
                good.at(i) +=
                    response.body == R"({"data":{"createOneArticle":{"title":")" + title + "\"}}}"
                        ? 1
                        : 0;
            }
        });
    }
    for (std::thread& client : clients) {
        client.join();
    }

    CHECK(good == std::array<int, 4>{25, 25, 25, 25});
}

TEST_CASE("health, unknown paths and wrong methods have their status") {
    const Program program;
    Server server(program, {"--push"});
    Connection connection(server.address());

    CHECK(connection.request("GET", "/health", "", "").body == R"({"status":"ok"})");
    CHECK(connection.request("GET", "/nothing", "", "").status == 404);
    const HttpResponse wrong = connection.request("GET", "/graphql", "", "");
    CHECK(wrong.status == 405);
    CHECK(wrong.header("allow") == "POST");
    CHECK(wrong.header("content-type") == "application/json");
    CHECK(connection.request("POST", "/graphql", "", "{").status == 400);
    CHECK_THAT(connection.request("GET", "/\xff", "", "").body,
        Catch::Contains("there is nothing at this path"));
}

TEST_CASE("rejects bodies and headers that are too large, and what is no HTTP") {
    const Program program;
    Server server(program, {"--push"});
    const auto statusOf = [&server](const std::string& bytes) {
        const RawClient client(server.address());
        client.send(bytes);
        return client.receiveAll().substr(0, 12);
    };
    const std::string line = "POST /graphql HTTP/1.1\r\nHost: x\r\n";

    CHECK(statusOf(line + "Content-Length: 99999999\r\n\r\n") == "HTTP/1.1 413");
    CHECK(statusOf(line + "X: " + std::string(100000, 'x') + "\r\n\r\n") == "HTTP/1.1 431");
    CHECK(statusOf("HELLO\r\n\r\n") == "HTTP/1.1 400");
    CHECK(statusOf(line + "Content-Length: ten\r\n\r\n") == "HTTP/1.1 400");
    CHECK(statusOf(line + "Transfer-Encoding: gzip\r\n\r\n") == "HTTP/1.1 501");
    const std::string chunked = line + "Transfer-Encoding: chunked\r\n\r\n";
    CHECK(statusOf(chunked + "5;" + std::string(100000, 'x')) == "HTTP/1.1 431");
    CHECK(statusOf(chunked + "0\r\nX: " + std::string(100000, 'x')) == "HTTP/1.1 431");
    CHECK(server.post("/graphql", findMany).status == 200);
}

TEST_CASE("a client that waits before it sends its body is told to go on") {
    const Program program;
    Server server(program, {"--push"});
    const RawClient client(server.address());

    client.send(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n"
        "Content-Length: " +
        std::to_string(findMany.size()) + "\r\n\r\n");
    const std::string interim = client.receive(25);
    client.send(findMany);

    CHECK(interim == "HTTP/1.1 100 Continue\r\n\r\n");
    CHECK_THAT(client.receiveAll(),
        Catch::StartsWith("HTTP/1.1 200 ") &&
            Catch::EndsWith(R"({"data":{"findManyArticle":[]}})"));
}

TEST_CASE("requests that come at once are answered in their order") {
    const Program program;
    Server server(program, {"--push"});
    const RawClient client(server.address());
    const std::string health = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
    const std::string query =
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(findMany.size()) +
        "\r\n\r\n" + findMany;

    client.send(
        health + query + query + "GET /no HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    const std::string answers = client.receiveAll();
    CHECK(std::regex_match(answers,
        std::regex(
            "HTTP/1.1 200 [^{]*\\{\"status\":\"ok\"\\}"
            "(HTTP/1.1 200 [^{]*\\{\"data\":\\{\"findManyArticle\":\\[\\]\\}\\}){2}"
            "HTTP/1.1 404 [^]*")));
}

TEST_CASE("a request may arrive byte by byte and in chunks") {
    const Program program;
    Server server(program, {"--push"});
    const RawClient client(server.address());
    std::string chunks;
    for (const char letter : findMany) {
        chunks += std::string("1\r\n") + letter + "\r\n";
    }

    for (const char letter :
        "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        "Transfer-Encoding: chunked\r\n\r\n" +
            chunks + "0\r\n\r\n") {
        client.send({&letter, 1});
    }

    CHECK_THAT(client.receiveAll(),
        Catch::StartsWith("HTTP/1.1 200 ") &&
            Catch::EndsWith(R"({"data":{"findManyArticle":[]}})"));
}

TEST_CASE("an answer that the client takes late arrives whole") {
    const Program program;
    Server server(program, {"--push"});
    const RawClient client(server.address());
    const std::string query =
        R"({"query":"mutation { queryRaw(query: \"SELECT hex(zeroblob(6000000)) AS x\", parameters: \"[]\") }"})";

    client.send(
        "POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " +
        std::to_string(query.size()) + "\r\n\r\n" + query);
    // The server goes on with others meanwhile.
    REQUIRE(server.post("/graphql", findMany).status == 200);
    const std::string answer = client.receiveAll();

    CHECK_THAT(answer.substr(0, 12), Catch::Equals("HTTP/1.1 200"));
    CHECK(std::count(answer.begin(), answer.end(), '0') >= 12000000);
    CHECK_THAT(answer.substr(answer.size() - 20), Catch::EndsWith("}"));
}

TEST_CASE("a client of HTTP/1.0 is told that its connection stays") {
    const Program program;
    Server server(program, {"--push"});
    const RawClient client(server.address());

    client.send("GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    client.send("GET /health HTTP/1.0\r\n\r\n");

    const std::string answers = client.receiveAll();
    CHECK_THAT(answers, Catch::Contains("Connection: keep-alive\r\n"));
    CHECK_THAT(answers.substr(answers.find('}')),
        Catch::StartsWith("}HTTP/1.1 200 ") && Catch::Contains("Connection: close\r\n"));
}

TEST_CASE("the answer to HEAD has no body") {
    const Program program;
    Server server(program, {"--push"});
    const RawClient client(server.address());

    client.send("HEAD /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

    CHECK_THAT(
        client.receiveAll(), Catch::StartsWith("HTTP/1.1 405 ") && Catch::EndsWith("\r\n\r\n"));
}

TEST_CASE("rejects a body that holds NUL, with 400") {
    const Program program;
    Server server(program, {"--push"});

    const HttpResponse response =
        server.post("/graphql", std::string(R"({"query":"{ a)") + '\0' + "\"}");

    CHECK(response.status == 400);
    CHECK_THAT(response.body, Catch::Contains("control character"));
}

TEST_CASE("the server goes on when nobody reads its output any more") {
    const Program program;
    const std::string pipe = program.directory / "pipe";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    const ChildProcess child(
        program.command(
            {"serve", "--schema", "SCHEMA", "--database", "DATABASE", "--push", "--port", "0"}),
        {}, pipe);
    std::ifstream reader(pipe);
    std::string line;
    std::getline(reader, line);
    reader.close();
    Connection connection(line.substr(line.rfind('/') + 1));

    // A failed request is logged.
    connection.request("POST", "/graphql", "", R"({"query":"{ nope }"})");

    CHECK(connection.request("GET", "/health", "", "").status == 200);
}

TEST_CASE("a stop ends idle connections and lets a request that is under way finish") {
    const Program program;
    Server server(program, {"--push"});
    const RawClient idle(server.address());
    const RawClient busy(server.address());
    const std::string head =
        "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(findMany.size()) +
        "\r\n\r\n";
    busy.send(head + findMany.substr(0, 5));
    // A second connection that is answered shows that the server has read the first one's bytes.
    REQUIRE(server.post("/graphql", findMany).status == 200);

    std::thread rest([&busy] { busy.send(findMany.substr(5)); });
    const int code = server.stop();
    rest.join();

    CHECK(code == 0);
    CHECK(idle.receiveAll().empty());
    CHECK_THAT(busy.receiveAll(), Catch::Contains(R"({"data":{"findManyArticle":[]}})"));
}

TEST_CASE("idle connections make room for new ones, the oldest first") {
    const Program program;
    std::optional<OpenFiles> few(64);
    Server server(program, {"--push"});
    few.reset();
    const std::string ask = "GET /health HTTP/1.1\r\nHost: x\r\n\r\n";
    std::vector<std::unique_ptr<RawClient>> idle;
    for (int i = 0; i < 70; ++i) {
        idle.push_back(std::make_unique<RawClient>(server.address()));
    }
    const RawClient newest(server.address());

    newest.send(ask);

    CHECK(newest.receive(12) == "HTTP/1.1 200");
    CHECK(idle.front()->receiveAll().empty());
    // One that would have been open as long as the first, had the server waited for time-outs.
    idle[50]->send(ask);
    CHECK(idle[50]->receive(12) == "HTTP/1.1 200");
}

TEST_CASE("log lines are JSON whatever bytes a request holds") {
    const Program program;
    Server server(program, {"--push", "--log-level", "debug"});

    CHECK(server.post("/graphql", "{\"query\":\"\xff\xc3\"}").status == 400);

    CHECK_THAT(server.log(),
        Catch::Contains(
            R"("body":"{\"query\":\")"
            "\xEF\xBF\xBD\xEF\xBF\xBD"
            R"(\"}")"));
}

TEST_CASE("rejects a port that is in use with one line") {
    Program program;
    const Server server(program, {"--push"});
    const std::string port = server.address().substr(server.address().find(':') + 1);
    const std::string other = program.directory / "other.db";

    CHECK(program.run(
              {"serve", "--schema", "SCHEMA", "--database", other, "--push", "--port", port}) == 1);

    CHECK(
        program.output ==
        "lamdb: port " + port +
            " of 127.0.0.1 is in use; stop the other program or choose another "
            "--port\n");
    CHECK_FALSE(program.directory.has("other.db"));
}

TEST_CASE("migrate applies, reports and resolves") {
    Program program;
    const auto migrate = [&program](const std::vector<std::string>& more) {
        std::vector<std::string> all{
            "migrate", "--database", "DATABASE", "--migrations", "MIGRATIONS"};
        all.insert(all.end(), more.begin(), more.end());
        return program.run(all);
    };

    CHECK(migrate({"--status"}) == 1);
    CHECK(program.output == "Migrations that have not been applied:\n  1_wal\n  2_article\n");
    CHECK(migrate({}) == 0);
    CHECK(program.output ==
          "Applied migration 1_wal\nApplied migration 2_article\n"
          "All migrations have been successfully applied.\n");
    CHECK(migrate({}) == 0);
    CHECK(program.output == "No pending migrations to apply.\n");
    program.directory.write("migrations/3_bad/migration.sql", "nonsense");
    CHECK(migrate({}) == 1);
    CHECK_THAT(program.output, Catch::StartsWith("lamdb: P3018: "));
    CHECK(migrate({"--status"}) == 1);
    CHECK(program.output == "Failed migrations:\n  3_bad\n");
    CHECK(migrate({"--resolve-rolled-back", "3_bad"}) == 0);
    program.directory.write("migrations/3_bad/migration.sql", "CREATE TABLE good (x);");
    CHECK(migrate({}) == 0);
    CHECK(migrate({"--status"}) == 0);
    CHECK(program.output == "Database schema is up to date!\n");
    CHECK(migrate({"--reset"}) == 0);
    CHECK(migrate({"--resolve-applied", "3_bad"}) == 1);
    CHECK_THAT(program.output, Catch::StartsWith("lamdb: P3008: "));
}

TEST_CASE("push makes tables, query reads and writes them") {
    Program program;
    const auto query = [&program](const std::vector<std::string>& more) {
        std::vector<std::string> all{"query", "--schema", "SCHEMA", "--database", "DATABASE"};
        all.insert(all.end(), more.begin(), more.end());
        return program.run(all);
    };

    CHECK(program.run({"push", "--schema", "SCHEMA", "--database", "DATABASE"}) == 0);
    CHECK(query({"--variables", R"({"t":"a"})",
              "mutation($t: String!) { createOneArticle(data: {title: $t}) { id } }"}) == 0);
    CHECK(program.output == "{\"data\":{\"createOneArticle\":{\"id\":1}}}\n");
    CHECK(query({"--explain", "{ findManyArticle { id } }"}) == 0);
    CHECK_THAT(program.output, Catch::Contains("SELECT"));
    CHECK(query({"{ nope }"}) == 1);
    CHECK_THAT(program.output, Catch::StartsWith("{\"errors\":["));
    CHECK(query({"{ \xff }"}) == 1);
    CHECK(program.output == "lamdb: the document is no UTF-8 text: byte 3 is invalid\n");
    CHECK(query({"--variables", "[]", "{ findManyArticle { id } }"}) == 1);
    CHECK(program.output == "lamdb: --variables must be a JSON object such as {\"id\": 1}\n");
    CHECK(program.run({"push", "--schema", "SCHEMA", "--database", "DATABASE"}) == 1);
    CHECK_THAT(program.output, Catch::Contains("is not empty"));
}

TEST_CASE("rejects a database path that the system does not take, with its reason") {
    const std::string path(300, 'x');
    Program program;
    const std::vector<std::vector<std::string>> commands{
        {"serve", "--schema", "SCHEMA", "--database", path, "--push", "--port", "0"},
        {"push", "--schema", "SCHEMA", "--database", path},
        {"query", "--schema", "SCHEMA", "--database", path, "{ a }"},
        {"migrate", "--database", path, "--migrations", "MIGRATIONS", "--status"},
        {"migrate", "--database", path, "--migrations", "MIGRATIONS"}};
    for (const auto& arguments : commands) {
        CHECK(program.run(arguments) == 1);
        CHECK_THAT(program.output, Catch::Contains("File name too long"));
    }
}

TEST_CASE("rejects wrong usage with exit code 2 and one line") {
    Program program;
    const std::vector<std::vector<std::string>> wrong{{}, {"bogus"}, {"push"},
        {"push", "--schema", "SCHEMA", "--database", ":memory:"},
        {"serve", "--schema", "SCHEMA", "--database", "DATABASE", "--port", "70000"},
        {"serve", "--schema", "SCHEMA", "--database", "DATABASE", "--log-level", "loud"},
        {"migrate", "--database", "DATABASE", "--migrations", "MIGRATIONS", "--reset", "--status"},
        {"migrate", "--database", "DATABASE", "--migrations", "MIGRATIONS", "--resolve-applied",
            ""},
        {"migrate", "--database", "DATABASE", "--migrations", "MIGRATIONS", "--resolve-rolled-back",
            ""},
        {"query", "--schema", "SCHEMA", "--database", "DATABASE"}};
    for (const auto& arguments : wrong) {
        CHECK(program.run(arguments) == 2);
        CHECK_THAT(program.output, Catch::Matches("lamdb: [^\n]+; see lamdb --help\n"));
    }
    CHECK(program.run({"push", "--shcema", "SCHEMA"}) == 2);
    CHECK_THAT(program.output, Catch::Contains("--shcema"));
    CHECK(program.run({"--version"}) == 0);
    CHECK_THAT(program.output, Catch::Matches("lamdb [0-9]+\\.[0-9]+\\.[0-9]+\n"));
    CHECK(program.run({"serve", "--help"}) == 0);
    CHECK(program.run({"serve", "--schema", "SCHEMA", "--database", "DATABASE"}) == 1);
    CHECK_THAT(program.output, Catch::Contains("--migrations DIR or with --push"));
}
