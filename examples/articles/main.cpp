// A database of articles, with a host for maintenance, a daily copy to S3, and an alarm when it
// grows.

#include <loam/loam.hpp>

using namespace loam;

int main(int argc, char** argv) {
    App app;
    auto& stack = app.add<Stack>("Articles", {.env = {.region = "eu-central-1"}});

    auto& db = stack.add<LamDB>("MyLamDB",
        {
            .name = "articles",
            .schemaPath = "prisma/schema.prisma",
            .efs = {.bastionHost = true, .s3Sync = S3SyncProps{Schedule::rate(days{1})}},
            .logLevel = LogLevel::Debug,
            .tracing = true,
        });

    stack.add<Alarm>("DatabaseSizeAlarm",
        {
            .metric = db.metricDatabaseSize({.period = 5min}),
            .threshold = 10_GiB,
            .evaluationPeriods = 1,
            .alarmDescription = "Database exceeded 10 GiB in size",
        });

    return synth(app, argc, argv);
}
