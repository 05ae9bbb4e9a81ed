#include "tests/constructs/aws_support.hpp"

using namespace loam;

TEST_CASE("a rate is written in its largest whole unit", "[schedule]") {
    CHECK(Schedule::rate(1h).text() == "rate(1 hour)");
    CHECK(Schedule::rate(days{1}).text() == "rate(1 day)");
    CHECK(Schedule::rate(90min).text() == "rate(90 minutes)");
    CHECK(Schedule::rate(48h).text() == "rate(2 days)");
}

TEST_CASE("a cron expression has a question mark for the day that is not looked at", "[schedule]") {
    CHECK(Schedule::cron({.hour = "3"}).text() == "cron(0 3 * * ? *)");
    CHECK(Schedule::cron({.minute = "30", .hour = "8", .weekDay = "MON-FRI"}).text() ==
          "cron(30 8 ? * MON-FRI *)");
    CHECK(Schedule::cron({.hour = "0", .day = "L"}).text() == "cron(0 0 L * ? *)");
}

TEST_CASE("a point in time is written as it is", "[schedule]") {
    CHECK(Schedule::at("2027-01-31T03:00:00").text() == "at(2027-01-31T03:00:00)");
}

TEST_CASE("rejects schedules that AWS does not know", "[schedule]") {
    CHECK_THROWS_WITH(Schedule::rate(30s), Catch::Contains("got 30 seconds"));
    CHECK_THROWS_WITH(Schedule::rate(90s), Catch::Contains("whole number of minutes"));
    CHECK_THROWS_WITH(Schedule::cron({.day = "1", .weekDay = "2"}), Catch::Contains("not both"));
    CHECK_THROWS_WITH(Schedule::at("tomorrow"), Catch::Contains("got \"tomorrow\""));
}

TEST_CASE("sizes count in powers of two", "[size]") {
    CHECK((10_GiB).toBytes() == 10'737'418'240);
    CHECK((512_MiB).toMebibytes() == 512);
    CHECK(1_GiB == 1024_MiB);
    CHECK(2_KiB < 1_MiB);
}
