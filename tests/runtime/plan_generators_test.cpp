#include <catch2/catch.hpp>
#include <numeric>
#include <regex>

#include "runtime/plan/base64.hpp"
#include "runtime/plan/date_time.hpp"
#include "runtime/plan/generators.hpp"

using namespace loam::runtime::plan;

namespace {

std::string shown(std::int64_t milliseconds) {
    std::string out;
    appendTime(out, milliseconds);
    return out;
}

std::string base64(std::string_view bytes) {
    std::string out;
    appendBase64(out, bytes);
    return out;
}

bool matches(const std::string& text, const char* pattern) {
    return std::regex_match(text, std::regex(pattern));
}

}  // namespace

TEST_CASE("times are read with any offset and shown in UTC", "[date_time]") {
    CHECK(shown(*parseRfc3339("2020-02-29T23:59:59.987654Z")) == "2020-02-29T23:59:59.987Z");
    CHECK(shown(*parseRfc3339("2020-01-01T00:30:00+02:00")) == "2019-12-31T22:30:00.000Z");
    CHECK(shown(*parseRfc3339("1969-12-31 23:59:59.999-00:00")) == "1969-12-31T23:59:59.999Z");
    CHECK(shown(*parseRfc3339("0000-01-01T00:00:00Z")) == "0000-01-01T00:00:00.000Z");
    CHECK(shown(0) == "1970-01-01T00:00:00.000Z");
    CHECK(*parseRfc3339("9999-12-31T23:59:59.999Z") == 253402300799999);
}

TEST_CASE("rejects times without a zone or with impossible parts", "[date_time]") {
    for (const char* text :
        {"2020-01-01", "2020-01-01T00:00:00", "2020-02-30T00:00:00Z", "2019-02-29T00:00:00Z",
            "2020-13-01T00:00:00Z", "2020-01-01T24:00:00Z", "2020-01-01T00:60:00Z",
            "2020-01-01T00:00:00.Z", "2020-01-01T00:00:00Zx", "20-01-01", ""}) {
        INFO(text);
        CHECK_FALSE(parseRfc3339(text));
    }
}

TEST_CASE("stored times may lack a zone or follow RFC 2822", "[date_time]") {
    CHECK(shown(*parseStoredTime("2023-04-05 06:07:08")) == "2023-04-05T06:07:08.000Z");
    CHECK(shown(*parseStoredTime("2020-01-01 00:00:00 +00:00")) == "2020-01-01T00:00:00.000Z");
    CHECK(shown(*parseStoredTime("2020-01-02T03:04:05.678+00:00")) == "2020-01-02T03:04:05.678Z");
    CHECK(shown(*parseStoredTime("2020-01-02")) == "2020-01-02T00:00:00.000Z");
    CHECK(shown(*parseStoredTime("Fri, 21 Nov 1997 09:55:06 -0600")) == "1997-11-21T15:55:06.000Z");
    CHECK_FALSE(parseStoredTime("yesterday"));
}

TEST_CASE("only the years 0 to 9999 can be shown", "[date_time]") {
    CHECK(isShowable(253402300799999));
    CHECK_FALSE(isShowable(253402300800000));
    CHECK_FALSE(isShowable(-62167219200001));
}

TEST_CASE("base64 is written padded and read in both alphabets", "[base64]") {
    CHECK(base64("") == "");
    CHECK(base64("f") == "Zg==");
    CHECK(base64("fo") == "Zm8=");
    CHECK(base64("foo") == "Zm9v");
    CHECK(*decodeBase64("Zm8=") == "fo");
    CHECK(*decodeBase64("Zg") == "f");
    CHECK(*decodeBase64("-_8=") == *decodeBase64("+/8="));
    CHECK_FALSE(decodeBase64("Zm8*"));
    CHECK_FALSE(decodeBase64("Z"));
    CHECK_FALSE(decodeBase64("Zg="));
}

TEST_CASE("generated identifiers have the form of their kind", "[generators]") {
    const Sources sources = systemSources();

    CHECK(matches(makeUuid(4, sources),
        "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    CHECK(matches(makeUuid(7, sources),
        "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
    CHECK(matches(makeCuid(1, sources), "c[0-9a-z]{24}"));
    CHECK(matches(makeCuid(2, sources), "[a-z][0-9a-z]{23}"));
    CHECK(matches(makeNanoid(21, sources), "[0-9A-Za-z_-]{21}"));
    CHECK(matches(makeUlid(sources), "[0-9A-HJKMNP-TV-Z]{26}"));
    CHECK(makeUuid(4, sources) != makeUuid(4, sources));
}

TEST_CASE("identifiers with a time begin with the request's instant", "[generators]") {
    const Sources sources{
        0x0123456789AB, [](std::span<std::uint8_t> bytes) {
            std::iota(bytes.begin(), bytes.end(), std::uint8_t{0});
        }};

    CHECK(makeUuid(7, sources) == "01234567-89ab-7607-8809-0a0b0c0d0e0f");
    CHECK(makeUlid(sources) == "014D2PF2DB0123456789ABCDEF");
}
