// The model test of the query engine.
//
// A seed makes a schema and a list of requests. Each request goes to the engine and to the oracle,
// a model of the semantics on plain vectors; the answers, and after a write all that is stored,
// must be the same. Requests do not depend on what is stored, so that a list that fails can be
// shortened by leaving requests out.
//
//     loam_model_test [--seed N] [--seeds N] [--operations N] [--seconds N]
//
// runs as many seeds as told, from the first one on, or for as many seconds.

#include <charconv>
#include <chrono>
#include <exception>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/runtime/engine_fixture.hpp"
#include "tests/runtime/model/oracle.hpp"
#include "tests/runtime/model/request_maker.hpp"
#include "tests/runtime/model/shape_maker.hpp"

namespace loam::modeltest {
namespace {

struct Difference {
    std::size_t index = 0;
    std::string request = {};
    std::string expected = {};
    std::string found = {};
};

/// How often requests of each kind were answered and refused.
using Tally = std::map<std::string, std::pair<std::size_t, std::size_t>>;

class Run {
  public:
    Run(const Shape& shape, Tally& tally) : shape_(shape), tally_(tally), database_(shape.print()) {
        state_.tables.resize(shape.models.size());
    }

    /// The first difference that the requests show.
    std::optional<Difference> requests(const std::vector<Request>& requests) {
        for (std::size_t index = 0; index < requests.size(); ++index) {
            std::optional<Difference> difference = check(requests[index]);
            if (!difference && requests[index].isWrite) {
                difference = content();
            }
            if (difference) {
                difference->index = index;
                return difference;
            }
        }
        return std::nullopt;
    }

  private:
    /// What is expected: the value, or the code of an error.
    struct Expected {
        bool isFailure = false;
        std::string text;
    };

    std::optional<Expected> expect(const Request& request) {
        if (!request.isWrite) {
            return Expected{false, Reader(shape_, state_).answer(request)};
        }
        State changed = state_;
        try {
            Expected expected{false, Writer(shape_, changed).answer(request)};
            state_ = std::move(changed);
            return expected;
        } catch (const Failure& failure) {
            return Expected{true, failure.code};
        } catch (const Unclear&) {
            return std::nullopt;
        }
    }

    std::optional<Difference> check(const Request& request) {
        const std::optional<Expected> expected = expect(request);
        if (!expected) {
            return std::nullopt;
        }
        auto& [answered, refused] = tally_[request.action];
        ++(expected->isFailure ? refused : answered);
        const std::string text = print(request);
        const runtime::engine::Answer answer = database_.answer(text);
        const bool isSame =
            expected->isFailure
                ? answer.failed && (expected->text.empty() ? answer.errorCode != "P2009"
                                                           : answer.errorCode == expected->text)
                : answer.body ==
                      R"({"data":{")" + request.root.name + "\":" + expected->text + "}}";
        if (isSame) {
            return std::nullopt;
        }
        return Difference{
            0, text, (expected->isFailure ? "error " : "") + expected->text, answer.body};
    }

    std::optional<Difference> content() {
        Random unused(0);
        const RequestMaker maker(shape_, unused);
        for (std::size_t model = 0; model < shape_.models.size(); ++model) {
            if (std::optional<Difference> difference = check(maker.content(model))) {
                return difference;
            }
        }
        return std::nullopt;
    }

    const Shape& shape_;
    Tally& tally_;
    State state_;
    testing::EngineFixture database_;
};

std::optional<Difference>
run(const Shape& shape, const std::vector<Request>& requests, Tally& tally) {
    return Run(shape, tally).requests(requests);
}

/// Leaves requests out for as long as a difference remains.
void shrink(const Shape& shape, std::vector<Request>& requests, Difference& difference) {
    Tally unused;
    requests.resize(difference.index + 1);
    for (std::size_t size = requests.size() / 2; size > 0; size /= 2) {
        for (std::size_t at = 0; at + size <= requests.size();) {
            std::vector<Request> fewer = requests;
            const auto first = fewer.begin() + static_cast<std::ptrdiff_t>(at);
            fewer.erase(first, first + static_cast<std::ptrdiff_t>(size));
            if (std::optional<Difference> remaining = run(shape, fewer, unused)) {
                difference = *remaining;
                fewer.resize(difference.index + 1);
                requests = std::move(fewer);
            } else {
                at += size;
            }
        }
    }
}

struct Options {
    std::uint64_t seed = 1;
    std::uint64_t seeds = 40;
    std::uint64_t operations = 60;
    std::uint64_t seconds = 0;
};

/// Whether the seed shows no difference; prints it otherwise.
bool isEqual(std::uint64_t seed, std::uint64_t operations, Tally& tally) {
    Random random(seed);
    const Shape shape = makeShape(random);
    RequestMaker maker(shape, random);
    std::vector<Request> requests;
    for (std::uint64_t index = 0; index < operations; ++index) {
        requests.push_back(index < operations / 4 ? maker.make("createOne") : maker.make());
    }
    try {
        std::optional<Difference> difference = run(shape, requests, tally);
        if (!difference) {
            return true;
        }
        shrink(shape, requests, *difference);
        std::cout << "seed " << seed << "\n" << shape.print() << "\n";
        for (const Request& request : requests) {
            std::cout << print(request) << "\n";
        }
        std::cout
            << "\nrequest  " << difference->request << "\nexpected " << difference->expected
            << "\ngot      " << difference->found << "\n";
    } catch (const std::exception& error) {
        std::cout << "seed " << seed << "\n" << shape.print() << "\n" << error.what() << "\n";
    }
    return false;
}

std::optional<Options> optionsOf(const std::vector<std::string_view>& arguments) {
    Options options;
    const std::map<std::string_view, std::uint64_t*> names = {{"--seed", &options.seed},
        {"--seeds", &options.seeds}, {"--operations", &options.operations},
        {"--seconds", &options.seconds}};
    for (std::size_t index = 0; index < arguments.size(); index += 2) {
        const auto found = names.find(arguments[index]);
        if (found == names.end() || index + 1 == arguments.size()) {
            return std::nullopt;
        }
        const std::string_view text = arguments[index + 1];
        const auto end = std::from_chars(text.data(), text.data() + text.size(), *found->second);
        if (end.ec != std::errc() || end.ptr != text.data() + text.size()) {
            return std::nullopt;
        }
    }
    return options;
}

int test(const Options& options) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point end = Clock::now() + std::chrono::seconds(options.seconds);
    Tally tally;
    std::uint64_t seed = options.seed;
    std::cout << "first seed " << seed << std::endl;
    for (; options.seconds > 0 ? Clock::now() < end : seed < options.seed + options.seeds; ++seed) {
        if (!isEqual(seed, options.operations, tally)) {
            return 1;
        }
    }
    std::cout << seed - options.seed << " schemas without a difference; answered and refused:\n";
    for (const auto& [action, counts] : tally) {
        std::cout << "  " << action << " " << counts.first << " " << counts.second << "\n";
    }
    return 0;
}

}  // namespace
}  // namespace loam::modeltest

int main(int argc, char** argv) {
    const auto options = loam::modeltest::optionsOf({argv + 1, argv + argc});
    if (!options) {
        std::cerr
            << "usage: loam_model_test [--seed N] [--seeds N] [--operations N] [--seconds N]\n";
        return 2;
    }
    return loam::modeltest::test(*options);
}
