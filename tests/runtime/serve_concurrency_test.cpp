#include <array>
#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <mutex>
#include <numeric>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/runtime/serve_fixture.hpp"

// Many clients at once, for as many seconds as LOAM_CONCURRENCY_SECONDS says, 3 without it. A write
// adds one to both columns of a counter and to each of its parts: in one mutation, in a batch, or
// as read and write in an interactive transaction. Whoever reads a counter must find one number in
// all of these places, never less than before; in the end the counters hold what was acknowledged.

using loam::runtime::lambda::Connection;
using loam::runtime::lambda::HttpResponse;
using loam::testing::Program;
using loam::testing::Server;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t counters = 4;
constexpr std::size_t writers = 8;
constexpr std::size_t readers = 32;

const std::string schema = R"(
datasource db {
  provider = "sqlite"
  url      = "file:database.db"
}
model Counter {
  id    Int    @id
  left  Int    @default(0)
  right Int    @default(0)
  parts Part[]
}
model Part {
  id        Int     @id @default(autoincrement())
  value     Int     @default(0)
  counter   Counter @relation(fields: [counterId], references: [id])
  counterId Int
}
)";

std::string quoted(const std::string& document) { return R"({"query":")" + document + R"("})"; }

const std::string fields = "{ left right parts { value } }";
const std::string all = "findManyCounter(orderBy: {id: asc}) " + fields;
const std::string readAll = quoted("{ " + all + " }");
const std::string readTwice = quoted("{ first: " + all + " second: " + all + " }");

std::string readOne(std::size_t id) {
    return quoted("{ findUniqueCounter(where: {id: " + std::to_string(id) + "}) " + fields + " }");
}

/// A counter as an answer must show it.
std::string shown(long value) {
    const std::string number = std::to_string(value);
    return R"({"left":)" + number + R"(,"right":)" + number + R"(,"parts":[{"value":)" + number +
           R"(},{"value":)" + number + "}]}";
}

/// The value of each counter in an answer; throws when one shows two different values.
std::vector<long> valuesIn(const std::string& answer) {
    std::vector<long> values;
    const std::string mark = R"({"left":)";
    for (std::size_t at = 0; (at = answer.find(mark, at)) != std::string::npos; at += mark.size()) {
        values.push_back(std::strtol(answer.c_str() + at + mark.size(), nullptr, 10));
        if (answer.compare(at, shown(values.back()).size(), shown(values.back())) != 0) {
            throw std::runtime_error("torn: " + answer);
        }
    }
    return values;
}

/// What stands between a mark and the next quotation mark; empty without the mark.
std::string textAfter(const std::string& text, const std::string& mark) {
    const std::size_t at = text.find(mark);
    if (at == std::string::npos) {
        return "";
    }
    const std::size_t start = at + mark.size();
    return text.substr(start, text.find('"', start) - start);
}

/// A client has waited too long: the one kind of error that may come.
struct Refused {
    std::string code;
};

/// The body of an answer without an error.
std::string bodyOf(const HttpResponse& response) {
    const std::string code = textAfter(response.body, R"("error_code":")");
    if (code == "P1008" || code == "P2028" || code == "P2034") {
        throw Refused{code};
    }
    if (response.status != 200 || response.body.find(R"("errors":)") != std::string::npos) {
        throw std::runtime_error(std::to_string(response.status) + " " + response.body);
    }
    return response.body;
}

/// One client: a connection of its own.
class Client {
  public:
    explicit Client(const std::string& address) : address_(address), connection_(address) {}

    std::string ask(const std::string& path, const std::string& body) {
        return bodyOf(connection_.request("POST", path, "", body));
    }

    void increment(std::size_t id) {
        ask("/graphql",
            quoted(
                "mutation { updateOneCounter(where: {id: " + std::to_string(id) +
                "}, data: {left: {increment: 1}, right: {increment: 1}, parts: "
                "{updateMany: {where: {}, data: {value: {increment: 1}}}}}) " +
                fields + " }"));
    }

    void incrementInBatch(std::size_t id) {
        const std::string where = "where: {id: " + std::to_string(id) + "}";
        const std::string parts = "where: {counterId: {equals: " + std::to_string(id) + "}}";
        ask("/graphql",
            R"({"transaction":true,"batch":[)" +
                quoted("mutation { updateOneCounter(" + where +
                       ", data: {left: {increment: 1}}) { id } }") +
                "," +
                quoted("mutation { updateManyPart(" + parts +
                       ", data: {value: {increment: 1}}) { count } }") +
                "," +
                quoted("mutation { updateOneCounter(" + where +
                       ", data: {right: {increment: 1}}) { id } }") +
                "]}");
    }

    void readAndWriteBack(std::size_t id) {
        const std::string path = textAfter(
            ask("/6.19.3/hash/transaction/start", R"({"max_wait":30000,"timeout":30000})"),
            R"("endpoint":"http://)" + address_);
        const long value = valuesIn(ask(path + "/graphql", readOne(id))).at(0) + 1;
        const std::string number = std::to_string(value);
        ask(path + "/graphql",
            quoted(
                "mutation { updateOneCounter(where: {id: " + std::to_string(id) +
                "}, data: {left: {set: " + number + "}, right: {set: " + number + "}}) { id } }"));
        ask(path + "/graphql",
            quoted("mutation { updateManyPart(where: {counterId: {equals: " + std::to_string(id) +
                   "}}, data: {value: {set: " + number + "}}) { count } }"));
        ask(path + "/commit", "");
    }

  private:
    std::string address_;
    Connection connection_;
};

/// What the threads did, by name.
class Tally {
  public:
    void add(const std::string& name) {
        const std::lock_guard guard(mutex_);
        ++counts_[name];
    }

    long operator[](const std::string& name) { return counts_[name]; }

    std::string text() const {
        std::string text;
        for (const auto& [name, count] : counts_) {
            text += (text.empty() ? "" : ", ") + name + " " + std::to_string(count);
        }
        return text;
    }

  private:
    std::mutex mutex_;
    std::map<std::string, long> counts_;
};

/// The writes of a client are of each kind in turn.
void write(Client& client, Tally& tally, std::mt19937& random, std::size_t turn) {
    const std::array<std::pair<const char*, void (Client::*)(std::size_t)>, 3> kinds{{
        {"mutations", &Client::increment},
        {"batches", &Client::incrementInBatch},
        {"transactions", &Client::readAndWriteBack},
    }};
    const auto& [name, call] = kinds.at(turn % kinds.size());
    (client.*call)(random() % counters);
    tally.add(name);
}

/// Reads one counter, all of them, or all of them twice, which must show the same.
void read(Client& client, Tally& tally, std::mt19937& random, std::vector<long>& before) {
    const std::size_t pick = random() % (counters + 2);
    const bool isOne = pick < counters;
    const bool isTwice = pick == counters;
    const std::vector<long> values =
        valuesIn(client.ask("/graphql", isOne ? readOne(pick) : (isTwice ? readTwice : readAll)));
    if (values.size() != (isOne ? 1 : counters * (isTwice ? 2 : 1))) {
        throw std::runtime_error("not every counter was there");
    }
    for (std::size_t index = 0; index < values.size(); ++index) {
        long& last = before[isOne ? pick : index % counters];
        if (values[index] < last || (index >= counters && values[index] != last)) {
            throw std::runtime_error(
                "a counter went from " + std::to_string(last) + " to " +
                std::to_string(values[index]));
        }
        last = values[index];
    }
    tally.add("reads");
}

std::chrono::seconds duration() {
    const char* const seconds = std::getenv("LOAM_CONCURRENCY_SECONDS");
    return std::chrono::seconds(seconds == nullptr ? 3 : std::atoi(seconds));
}

/// Runs all clients until the time is over, each once at least; what went wrong and is not
/// documented.
std::vector<std::string> runClients(const std::string& address, Tally& tally) {
    std::vector<std::string> problems(writers + readers);
    std::vector<std::thread> threads;
    const Clock::time_point end = Clock::now() + duration();
    for (std::size_t index = 0; index < problems.size(); ++index) {
        threads.emplace_back([&, index] {
            std::mt19937 random(static_cast<std::mt19937::result_type>(index));
            std::vector<long> before(counters);
            try {
                Client client(address);
                std::size_t turn = index;
                do {
                    try {
                        index < writers
                            ? write(client, tally, random, turn++)
                            : read(client, tally, random, before);
                    } catch (const Refused& refused) {
                        tally.add(refused.code);
                    }
                } while (Clock::now() < end);
            } catch (const std::exception& error) {
                problems[index] = error.what();
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    std::erase(problems, "");
    return problems;
}

}  // namespace

TEST_CASE("many writers and readers at once lose no update and see no half of one") {
    const Program program;
    program.directory.write("schema.prisma", schema);
    Server server(program, {"--push"});
    for (std::size_t id = 0; id < counters; ++id) {
        Client(server.address())
            .ask("/graphql",
                quoted("mutation { createOneCounter(data: {id: " + std::to_string(id) +
                       ", parts: {create: [{}, {}]}}) { id } }"));
    }
    Tally tally;

    const std::vector<std::string> problems = runClients(server.address(), tally);

    std::cout
        << writers << " writers, " << readers << " readers, " << duration().count()
        << " s: " << tally.text() << '\n';
    CHECK(problems == std::vector<std::string>());
    const std::vector<long> values = valuesIn(Client(server.address()).ask("/graphql", readAll));
    CHECK(std::accumulate(values.begin(), values.end(), 0L) ==
          tally["mutations"] + tally["batches"] + tally["transactions"]);
    CHECK(tally["mutations"] > 0);
    CHECK(tally["batches"] > 0);
    CHECK(tally["transactions"] > 0);
    CHECK(tally["reads"] > 0);
    CHECK(server.stop() == 0);
}
