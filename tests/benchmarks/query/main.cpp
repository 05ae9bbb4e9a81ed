// Queries through the engine beside a plain SQLite program, in process: loam_query_benchmark
// [SECONDS [CASE]], all cases without a name. `loam_query_benchmark --make FOLDER` leaves the
// database and its schema there for a server. Each case runs in turns, so that both meet the same
// load; figures are operations a second.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iomanip>
#include <iostream>
#include <string>
#include <vector>

#include "runtime/engine/engine.hpp"
#include "runtime/request/text.hpp"
#include "tests/benchmarks/query/database.hpp"
#include "tests/benchmarks/query/plain.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using loam::benchmark::Plain;
namespace runtime = loam::runtime;

std::string body(const std::string& query) {
    std::string text = "{\"query\":";
    runtime::request::appendJsonString(text, query);
    return text + ",\"variables\":{}}";
}

struct Case {
    std::string name;
    /// Appends the answer of the n-th run.
    std::function<void(std::string&, int)> engine;
    std::function<void(std::string&, int)> plain;
    bool isRead;
};

const std::string userFields = "{ id email name age }";
const std::string postFields = "{ id title likes }";

std::vector<Case> cases(runtime::engine::Engine& engine, Plain& plain) {
    const auto ask = [&engine](std::string& out, const std::string& text) {
        out += engine.execute(text).body;
    };
    std::string batch = "{\"batch\":[";
    for (int index = 0; index < 100; ++index) {
        batch += index == 0 ? "" : ",";
        batch += body(
            "mutation { createOnePost(data: {title: \"New\", body: \"A new body\", "
            "authorId: 7}) " +
            postFields + " }");
    }
    batch += "],\"transaction\":true}";
    return {
        {"findUnique",
            [=](std::string& out, int run) {
                ask(out,
                    body("{ findUniqueUser(where: {id: " +
                         std::to_string(run % 100000 * 7919 % 100000 + 1) + "}) " + userFields +
                         " }"));
            },
            [&](std::string& out, int run) {
                out += R"({"data":{"findUniqueUser":)";
                plain.findUnique(out, run % 100000 * 7919 % 100000 + 1);
                out += "}}";
            },
            true},
        {"findMany 100",
            [=](std::string& out, int run) {
                ask(out,
                    body("{ findManyUser(where: {age: " + std::to_string(run % 90) +
                         "}, orderBy: {id: desc}, take: 100) " + userFields + " }"));
            },
            [&](std::string& out, int run) {
                out += R"({"data":{"findManyUser":)";
                plain.findMany(out, run % 90);
                out += "}}";
            },
            true},
        {"include 10x10",
            [=](std::string& out, int run) {
                ask(out,
                    body("{ findManyUser(where: {id: {gte: " +
                         std::to_string(run % 9000 * 7919 % 9000 + 1) +
                         "}}, orderBy: {id: asc}, take: 10) { id email name age posts " +
                         postFields + " } }"));
            },
            [&](std::string& out, int run) {
                out += R"({"data":{"findManyUser":)";
                plain.include(out, run % 9000 * 7919 % 9000 + 1);
                out += "}}";
            },
            true},
        {"create",
            [=](std::string& out, int) {
                ask(out,
                    body("mutation { createOnePost(data: {title: \"New\", body: \"A new "
                         "body\", authorId: 7}) " +
                         postFields + " }"));
            },
            [&](std::string& out, int) { plain.create(out, "New", 7); }, false},
        {"update",
            [=](std::string& out, int run) {
                ask(out,
                    body("mutation { updateOnePost(where: {id: " +
                         std::to_string(run % 100000 * 7919 % 100000 + 1) + "}, data: {likes: " +
                         std::to_string(run % 50) + "}) " + postFields + " }"));
            },
            [&](std::string& out, int run) {
                plain.update(out, run % 100000 * 7919 % 100000 + 1, run % 50);
            },
            false},
        {"100 creates", [=](std::string& out, int) { ask(out, batch); },
            [&](std::string& out, int) { plain.createBatch(out, "New", 7); }, false},
    };
}

struct Speed {
    double perSecond;
    double processorMicroseconds;

    bool operator<(const Speed& other) const { return perSecond < other.perSecond; }
};

Speed measure(const std::function<void(std::string&, int)>& run, double seconds, int& number) {
    std::string out;
    const auto start = Clock::now();
    const std::clock_t processor = std::clock();
    int count = 0;
    std::chrono::duration<double> passed{};
    do {
        out.clear();
        run(out, number++);
        ++count;
        passed = Clock::now() - start;
    } while (passed.count() < seconds);
    const double used = static_cast<double>(std::clock() - processor) * 1e6 / CLOCKS_PER_SEC;
    return {count / passed.count(), used / count};
}

/// The median of five rounds on each side.
void report(const Case& item, double seconds) {
    if (item.isRead) {
        std::string ours;
        std::string theirs;
        item.engine(ours, 3);
        item.plain(theirs, 3);
        if (ours != theirs) {
            throw std::runtime_error(item.name + " differs:\n" + ours + "\n" + theirs);
        }
    }
    std::vector<Speed> engine;
    std::vector<Speed> plain;
    int engineRun = 0;
    int plainRun = 0;
    for (int round = 0; round < 5; ++round) {
        engine.push_back(measure(item.engine, seconds / 10, engineRun));
        plain.push_back(measure(item.plain, seconds / 10, plainRun));
    }
    std::sort(engine.begin(), engine.end());
    std::sort(plain.begin(), plain.end());
    std::cout
        << std::left << std::setw(14) << item.name << std::right << std::fixed
        << std::setprecision(0) << std::setw(10) << engine[2].perSecond << std::setw(12)
        << plain[2].perSecond << std::setw(8) << 100 * engine[2].perSecond / plain[2].perSecond
        << " %" << std::setprecision(2) << std::setw(10) << engine[2].processorMicroseconds
        << std::setw(10) << plain[2].processorMicroseconds << std::endl;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string(argv[1]) == "--make") {
        const std::filesystem::path folder = argv[2];
        loam::benchmark::makeDatabase(folder / "data.db");
        std::ofstream(folder / "schema.prisma") << loam::benchmark::schemaText;
        return 0;
    }
    const double seconds = argc > 1 ? std::stod(argv[1]) : 4;
    const std::string only = argc > 2 ? argv[2] : "";
    const auto folder =
        std::filesystem::temp_directory_path() /
        ("loam-query-benchmark-" + std::to_string(Clock::now().time_since_epoch().count()));
    std::filesystem::create_directories(folder);
    int code = 0;
    try {
        const std::string path = folder / "data.db";
        loam::benchmark::makeDatabase(path);
        const auto schema = runtime::schema::parse(loam::benchmark::schemaText);
        auto database = runtime::storage::Database::openWriter(path);
        runtime::engine::Engine engine(schema, database, runtime::engine::Access::ReadWrite);
        Plain plain(path);
        std::cout << "case            engine/s     plain/s   ratio engine us  plain us\n";
        for (const Case& item : cases(engine, plain)) {
            if (only.empty() || only == item.name) {
                report(item, seconds);
            }
        }
    } catch (const std::exception& error) {
        std::cerr << error.what() << '\n';
        code = 1;
    }
    std::filesystem::remove_all(folder);
    return code;
}
