#include "runtime/lamdb/transactions.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "runtime/lamdb/transaction_path.hpp"
#include "runtime/schema/ddl.hpp"
#include "tests/support/runtime/temporary_directory.hpp"

// The registry of interactive transactions with a clock that stands still unless a test moves it,
// and without a thread: runDue() is what the server's worker calls.

namespace lamdb = loam::runtime::lamdb;
namespace schema = loam::runtime::schema;
using lamdb::HttpReply;
using loam::testing::TemporaryDirectory;
using std::chrono::milliseconds;

namespace {

constexpr const char* schemaText = R"(
    model Tag {
      name String @id
    }
)";

struct Fixture {
    TemporaryDirectory directory;
    std::string database = directory / "database.db";
    lamdb::TimePoint now = lamdb::TimePoint(std::chrono::hours(1));
    lamdb::ServicePool pool{
        schema::parse(schemaText), database, loam::runtime::engine::Access::ReadWrite};
    lamdb::Transactions transactions;

    explicit Fixture(lamdb::TransactionLimits limits = {})
        : transactions(
              pool, [this] { return now; }, limits) {
        auto opened = loam::runtime::storage::Database::openOrCreate(database);
        for (const std::string& statement : schema::createStatements(schema::parse(schemaText))) {
            opened.execute(statement);
        }
    }

    HttpReply start(const std::string& body = "{}") {
        return transactions.start(body, "http://host/itx/");
    }

    /// The id of a transaction that can start at once.
    std::string startedId(const std::string& body = "{}") {
        const HttpReply reply = start(body);
        REQUIRE(reply.status == 200);
        const std::string mark = R"({"id":")";
        REQUIRE(reply.body.starts_with(mark));
        return reply.body.substr(mark.size(), reply.body.find('"', mark.size()) - mark.size());
    }

    std::string query(const std::string& id, const std::string& graphql) {
        return transactions
            .query(id, R"({"query":")" + graphql + R"("})", loam::runtime::result::RawForm::Table)
            .body;
    }

    std::string create(const std::string& id, const std::string& name) {
        return query(
            id, R"(mutation { createOneTag(data: {name: \")" + name + R"(\"}) { name } })");
    }

    /// What somebody outside sees.
    std::string names() {
        auto service = pool.take();
        std::string body = service->execute(R"({"query":"{ findManyTag { name } }"})").body;
        pool.giveBack(std::move(service));
        return body;
    }
};

std::string namesOf(const std::vector<std::string>& names) {
    std::string text = R"({"data":{"findManyTag":[)";
    for (const std::string& name : names) {
        text += (text.back() == '[' ? R"({"name":")" : R"(,{"name":")") + name + "\"}";
    }
    return text + "]}}";
}

}  // namespace

TEST_CASE("a transaction is seen by others when it is committed") {
    Fixture fixture;
    const std::string id = fixture.startedId();

    CHECK(fixture.create(id, "a") == R"({"data":{"createOneTag":{"name":"a"}}})");
    CHECK(fixture.query(id, "{ findManyTag { name } }") == namesOf({"a"}));
    CHECK(fixture.names() == namesOf({}));
    const HttpReply committed = fixture.transactions.commit(id);

    CHECK(committed.status == 200);
    CHECK(committed.body == "{}");
    CHECK(fixture.names() == namesOf({"a"}));
}

TEST_CASE("the answer to a start has the id and the endpoint") {
    Fixture fixture;

    const HttpReply reply = fixture.start(R"({"max_wait":2000,"timeout":5000})");

    CHECK_THAT(reply.body,
        Catch::Matches(
            R"re(\{"id":"([0-9a-f]{32})","data-proxy":\{"endpoint":"http://host/itx/\1"\}\})re"));
}

TEST_CASE("a transaction that is rolled back leaves nothing") {
    Fixture fixture;
    const std::string id = fixture.startedId();
    fixture.create(id, "a");

    CHECK(fixture.transactions.rollback(id).status == 200);

    CHECK(fixture.names() == namesOf({}));
    fixture.startedId();
}

TEST_CASE("a request that fails leaves nothing, and the transaction goes on") {
    Fixture fixture;
    const std::string id = fixture.startedId();
    fixture.create(id, "a");

    const std::string twice = fixture.query(id,
        R"(mutation { one: createOneTag(data: {name: \"b\"}) { name } )"
        R"(two: createOneTag(data: {name: \"a\"}) { name } })");
    fixture.create(id, "c");
    fixture.transactions.commit(id);

    CHECK_THAT(twice, Catch::Contains("P2002"));
    CHECK(fixture.names() == namesOf({"a", "c"}));
}

TEST_CASE("rejects requests in a transaction whose time is over, and rolls it back") {
    Fixture fixture;
    const std::string id = fixture.startedId(R"({"timeout":300})");
    fixture.create(id, "a");
    fixture.now += milliseconds(299);
    CHECK_THAT(fixture.create(id, "b"), Catch::StartsWith(R"({"data")"));

    fixture.now += milliseconds(406);
    const HttpReply reply =
        fixture.transactions.query(id, "{}", loam::runtime::result::RawForm::Table);

    CHECK(reply.status == 200);
    CHECK_THAT(reply.body,
        Catch::Contains(R"("error_code":"P2028")") &&
            Catch::Contains(
                "Transaction API error: Transaction already closed: A query "
                "cannot be executed on an expired transaction. The timeout for "
                "this transaction was 300 ms, however 705 ms passed since the "
                "start of the transaction."));
    const HttpReply committed = fixture.transactions.commit(id);
    CHECK(committed.status == 409);
    CHECK_THAT(committed.body,
        Catch::StartsWith(R"({"is_panic":false,"message":"Transaction API error: )") &&
            Catch::Contains("A commit cannot be executed on an expired") &&
            Catch::Contains(R"("error_code":"P2028")"));
    CHECK(fixture.names() == namesOf({}));
}

TEST_CASE("the time of a transaction ends without a request") {
    Fixture fixture;
    fixture.create(fixture.startedId(R"({"timeout":300})"), "a");
    CHECK(fixture.transactions.runDue() == fixture.now + milliseconds(300));

    fixture.now += milliseconds(300);

    CHECK(fixture.transactions.runDue() == std::nullopt);
    fixture.startedId();
}

TEST_CASE("a second start and other writes wait in order") {
    Fixture fixture;
    const std::string first = fixture.startedId();
    std::vector<std::string> replies;
    const auto note = [&replies](const HttpReply& reply) { replies.push_back(reply.body); };
    fixture.transactions.write([] { return HttpReply{.body = "write"}; }).later(note);
    fixture.start().later(note);
    fixture.transactions.write([] { return HttpReply{.body = "last"}; }).later(note);
    fixture.transactions.runDue();
    CHECK(replies.empty());

    fixture.transactions.commit(first);
    fixture.transactions.runDue();

    REQUIRE(replies.size() == 2);
    CHECK(replies[0] == "write");
    CHECK_THAT(replies[1], Catch::StartsWith(R"({"id":)"));
    fixture.transactions.stop();
    fixture.transactions.runDue();
    CHECK(replies.back() == "last");
}

TEST_CASE("rejects a start that has waited for too long") {
    Fixture fixture;
    fixture.startedId();
    HttpReply late;
    fixture.start(R"({"max_wait":100})").later([&late](HttpReply reply) {
        late = std::move(reply);
    });
    CHECK(fixture.transactions.runDue() == fixture.now + milliseconds(100));

    fixture.now += milliseconds(100);
    fixture.transactions.runDue();

    CHECK(late.status == 409);
    CHECK_THAT(late.body,
        Catch::StartsWith(
            R"({"is_panic":false,"message":"Transaction API error: Unable to start a transaction )"
            R"(in the given time.","meta":{"error":"Unable to start a transaction in the given )"
            R"(time."},"error_code":"P2028")"));
}

TEST_CASE("rejects a write that has waited for a transaction for too long") {
    Fixture fixture({.writeWait = milliseconds(50)});
    fixture.startedId();
    HttpReply late;
    fixture.transactions.write([] { return HttpReply{.body = "write"}; })
        .later([&late](HttpReply reply) { late = std::move(reply); });

    fixture.now += milliseconds(50);
    fixture.transactions.runDue();

    CHECK(late.status == 200);
    CHECK_THAT(late.body, Catch::Contains(R"("error_code":"P1008")"));
}

TEST_CASE("rejects transactions that are unknown or at their end") {
    Fixture fixture;
    const std::string id = fixture.startedId();
    fixture.transactions.commit(id);

    CHECK_THAT(fixture.create("unknown", "a"),
        Catch::Contains("Transaction not found.") && Catch::Contains("P2028"));
    CHECK_THAT(fixture.create(id, "a"), Catch::Contains("on a committed transaction."));
    CHECK(fixture.transactions.commit(id).status == 409);
    const HttpReply unknown = fixture.transactions.rollback("unknown");
    CHECK(unknown.status == 409);
    CHECK_THAT(unknown.body, Catch::Contains("Transaction not found."));
}

TEST_CASE("rejects starts beyond the limits") {
    Fixture fixture({.transactions = 2, .timeout = milliseconds(6000)});
    const auto refusal = [&fixture](const std::string& body) {
        const HttpReply reply = fixture.start(body);
        CHECK(reply.status == 409);
        CHECK_THAT(reply.body, Catch::Contains("\"P2028\""));
        return reply.body;
    };

    CHECK_THAT(refusal(R"({"timeout":6001})"), Catch::Contains("must be 0 to 6000 ms"));
    CHECK_THAT(refusal(R"({"timeout":-1})"), Catch::Contains("must be 0 to 6000 ms"));
    CHECK_THAT(refusal(R"({"maxWait":"long"})"), Catch::Contains("maxWait"));
    CHECK_THAT(
        refusal(R"({"isolation_level":"ReadCommitted"})"), Catch::Contains("`Serializable`"));
    fixture.startedId(R"({"isolation_level":"Serializable"})");
    fixture.start().later([](const HttpReply& /*reply*/) {});
    CHECK_THAT(refusal("{}"), Catch::Contains("There are 2 transactions already"));
}

TEST_CASE("rejects statements that would end the transaction of the server") {
    Fixture fixture;
    const std::string id = fixture.startedId();
    fixture.create(id, "a");

    for (const std::string statement :
        {"COMMIT", "/* x */ rollback", ";-- x\\\\n End", "SAVEPOINT x"}) {
        CHECK_THAT(fixture.query(id, R"(mutation { executeRaw(query: \")" + statement + R"(\") })"),
            Catch::Contains("is not taken in raw queries"));
    }

    fixture.transactions.rollback(id);
    CHECK(fixture.names() == namesOf({}));
}

TEST_CASE("stopping rolls back what is open and refuses further starts") {
    Fixture fixture;
    const std::string id = fixture.startedId();
    fixture.create(id, "a");

    fixture.transactions.stop();

    CHECK(fixture.names() == namesOf({}));
    CHECK_THAT(fixture.create(id, "b"), Catch::Contains("that was rolled back."));
    CHECK_THAT(fixture.start().body, Catch::Contains("being stopped"));
}

TEST_CASE("the paths of transactions may begin with a version and a hash") {
    const auto path = lamdb::parseTransactionPath("/4.16.2/hash/itx/id/commit");
    REQUIRE(path);
    CHECK(path->call == lamdb::TransactionPath::Call::Commit);
    CHECK(path->prefix == "/4.16.2/hash");
    CHECK(path->id == "id");
    CHECK(lamdb::parseTransactionPath("/transaction/start"));
    CHECK(lamdb::parseTransactionPath("/6.19.3/h/transaction/start"));
    CHECK(lamdb::parseTransactionPath("/itx/id/rollback"));
    for (const char* other : {"/graphql", "/a/transaction/start", "/itx/id/other", "/itx//commit",
             "/a/b/c/itx/id/commit", "/a/\xff/itx/id/commit"}) {
        CHECK_FALSE(lamdb::parseTransactionPath(other));
    }
}

TEST_CASE("the endpoint has the scheme and the host that the client sees") {
    const auto endpoint =
        [](const std::string& prefix, const std::string& proto, const std::string& forwardedHost) {
            lamdb::HttpRequest request;
            request.header = [&](std::string_view name) -> std::string {
                return name == "host" ? "localhost:4000"
                       : name == "x-forwarded-proto"
                           ? proto
                           : forwardedHost;
            };
            return lamdb::transactionEndpoint(
                request, {lamdb::TransactionPath::Call::Start, prefix, ""});
        };

    CHECK(endpoint("/6.19.3/h", "", "") == "http://localhost:4000/6.19.3/h/itx/");
    CHECK(endpoint("/5.22.0/h", "", "") == "https://localhost:4000/5.22.0/h/itx/");
    CHECK(endpoint("/6.19.3/h", "https", "db.example.org, inner") ==
          "https://db.example.org/6.19.3/h/itx/");
    CHECK(endpoint("", "javascript", "a/b") == "http://localhost:4000/itx/");
}
