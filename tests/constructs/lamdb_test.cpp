#include "runtime/contract/contract.hpp"
#include "tests/constructs/aws_support.hpp"

using namespace loam;
using namespace loam::test;
using namespace loam::testing;

namespace {

LamDBProps articles() { return {.name = "articles", .schemaPath = "prisma/schema.prisma"}; }

struct WithLamDB : OneStack {
    LamDB& db;
    explicit WithLamDB(LamDBProps props = articles())
        : db(stack.add<LamDB>("Db", std::move(props))) {}
};

std::string describeEntries(const Function& function) {
    std::string text;
    for (const auto& entry : function.asset()->entries()) {
        text += entry.source + " -> " + entry.archivePath + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("a LamDB has no way to the internet but one to S3", "[lamdb]") {
    WithLamDB test;

    const auto document = test.render();

    CHECK_THAT(document, resourceCount("AWS::EC2::NatGateway", 0));
    CHECK_THAT(document, resourceCount("AWS::EC2::InternetGateway", 0));
    CHECK_THAT(document, resourceCount("AWS::EC2::VPCEndpoint", 1));
    CHECK_THAT(document,
        hasResource("AWS::EC2::VPCEndpoint",
            R"({"VpcEndpointType": "Gateway", "ServiceName": "com.amazonaws.eu-central-1.s3"})"));
}

TEST_CASE("a LamDB keeps its data on an encrypted file system with backups", "[lamdb]") {
    WithLamDB test;

    const auto document = test.render();

    CHECK_THAT(document,
        hasResource("AWS::EFS::FileSystem", R"({
        "DeletionPolicy": "Retain", "Properties": {"Encrypted": true, "BackupPolicy": {"Status": "ENABLED"}}
    })",
            Part::Entry));
    CHECK_THAT(document, hasResource("AWS::EFS::AccessPoint", R"({
        "PosixUser": {"Uid": "1000", "Gid": "1000"},
        "RootDirectory": {"Path": "/lambda",
            "CreationInfo": {"OwnerUid": "1000", "OwnerGid": "1000", "Permissions": "0750"}}
    })"));
}

TEST_CASE("a LamDB has a bucket of the guide's name", "[lamdb]") {
    WithLamDB test;

    const auto document = test.render();

    CHECK_THAT(document, hasResource("AWS::S3::Bucket", R"({
        "BucketName": "123456789012-articles-database",
        "VersioningConfiguration": {"Status": "Enabled"},
        "PublicAccessBlockConfiguration": {"RestrictPublicBuckets": true},
        "LifecycleConfiguration": {"Rules": [{"NoncurrentVersionExpiration": {"NoncurrentDays": 90}}]}
    })"));
    CHECK_THAT(document,
        hasResource("AWS::S3::BucketPolicy",
            R"({"PolicyDocument": {"Statement": [{"Effect": "Deny", "Condition": {"Bool": {"aws:SecureTransport": "false"}}}]}})"));
}

TEST_CASE(
    "in a stack bound to no account the bucket has the account of the deployment", "[lamdb]") {
    App app;
    auto& stack = app.add<Stack>("Test");
    stack.add<LamDB>("Db", articles());

    CHECK_THAT(cloudformation::render(stack),
        hasResource("AWS::S3::Bucket",
            R"({"BucketName": {"Fn::Sub": "${AWS::AccountId}-articles-database"}})"));
}

TEST_CASE("reader, writer and migrate have their names, roles and limits", "[lamdb]") {
    WithLamDB test;

    const auto document = test.render();

    CHECK_THAT(document, resourceCount("AWS::Lambda::Function", 3));
    CHECK_THAT(document, hasResource("AWS::Lambda::Function", R"({"FunctionName": "articles-reader",
        "Handler": "reader", "Timeout": 30, "MemorySize": 1024, "Runtime": "provided.al2023",
        "ReservedConcurrentExecutions": "{{absent}}",
        "FileSystemConfigs": [{"LocalMountPath": "/mnt/database"}]})"));
    CHECK_THAT(document, hasResource("AWS::Lambda::Function", R"({"FunctionName": "articles-writer",
        "Handler": "writer", "ReservedConcurrentExecutions": 1})"));
    CHECK_THAT(
        document, hasResource("AWS::Lambda::Function", R"({"FunctionName": "articles-migrate",
        "Handler": "migrate", "ReservedConcurrentExecutions": 1, "Timeout": 600})"));
}

TEST_CASE("every function comes after all mount targets and after its log group", "[lamdb]") {
    WithLamDB test;

    const auto document = test.render();

    for (const std::string role : {"Reader", "Writer", "Migrate"}) {
        CHECK_THAT(document,
            hasResource("AWS::Lambda::Function",
                R"({
            "DependsOn": {"{{contains}}": ["{{matches ^DbFileSystemMountTargetsIsolatedSubnet1}}",
                "{{matches ^DbFileSystemMountTargetsIsolatedSubnet2}}", "{{matches ^Db)" +
                    role +
                    R"(ExecutionPolicy}}"]},
            "Properties": {"LoggingConfig": {"LogGroup": {"Ref": "{{matches ^Db)" +
                    role + R"(LogGroup}}"}}}
        })",
                Part::Entry));
    }
    CHECK_THAT(document,
        hasResource("AWS::Logs::LogGroup",
            R"({"LogGroupName": "/aws/lambda/articles-writer", "RetentionInDays": 30})"));
}

TEST_CASE("the reader may not write to the file system", "[lamdb]") {
    WithLamDB test;

    const auto document = test.render();

    CHECK_THAT(document, hasResource("AWS::IAM::Policy", R"({
        "Roles": [{"Ref": "{{matches ^DbReaderRole}}"}],
        "PolicyDocument": {"Statement": {"{{contains}}": [{"Action": "elasticfilesystem:ClientMount"}]}}
    })"));
    CHECK_FALSE(
        hasResource("AWS::IAM::Policy", R"({
        "Roles": [{"Ref": "{{matches ^DbReaderRole}}"}],
        "PolicyDocument": {"Statement": {"{{contains}}": [
            {"Action": {"{{contains}}": ["elasticfilesystem:ClientWrite"]}}]}}
    })")
            .match(document));
    CHECK_THAT(document, hasResource("AWS::IAM::Policy", R"({
        "Roles": [{"Ref": "{{matches ^DbWriterRole}}"}],
        "PolicyDocument": {"Statement": {"{{contains}}": [
            {"Action": ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]}]}}
    })"));
}

TEST_CASE("the functions get the variables of the contract", "[lamdb]") {
    WithLamDB test;

    const auto document = test.render();

    CHECK_THAT(
        document, hasResource("AWS::Lambda::Function", R"({"FunctionName": "articles-migrate",
        "Environment": {"Variables": {"{{exactly}}": {
            "DATABASE_PATH": "/mnt/database/database.db", "PRISMA_SCHEMA_PATH": "schema.prisma",
            "MIGRATIONS_PATH": "migrations", "LOG_LEVEL": "info", "ENABLE_METRICS": "true",
            "ENABLE_TRACING": "false", "METRICS_NAMESPACE": "LamDB", "LAMDB_NAME": "articles"
        }}}})"));
    CHECK_THAT(document, hasResource("AWS::Lambda::Function", R"({"FunctionName": "articles-reader",
        "Environment": {"Variables": {"MIGRATIONS_PATH": "{{absent}}"}}})"));
}

TEST_CASE("the schema is in every package and the migrations in that of migrate", "[lamdb]") {
    WithLamDB test;

    CHECK(describeEntries(test.db.reader()) ==
          "query -> bootstrap\nprisma/schema.prisma -> schema.prisma\n");
    CHECK(describeEntries(test.db.writer()) == describeEntries(test.db.reader()));
    CHECK(describeEntries(test.db.migrate()) ==
          "migrate -> bootstrap\nprisma/schema.prisma -> schema.prisma\nprisma/migrations -> "
          "migrations\n");
}

TEST_CASE("the migrations are beside the schema unless told otherwise", "[lamdb]") {
    auto props = articles();

    SECTION("a schema in the working directory") {
        props.schemaPath = "schema.prisma";
        CHECK_THAT(describeEntries(WithLamDB(props).db.migrate()),
            Catch::Contains("\nmigrations -> migrations\n"));
    }
    SECTION("elsewhere") {
        props.migrationsPath = "database/changes";
        CHECK_THAT(describeEntries(WithLamDB(props).db.migrate()),
            Catch::Contains("\ndatabase/changes -> migrations\n"));
    }
}

TEST_CASE("queries go to the writer with signed requests", "[lamdb]") {
    WithLamDB test;

    const auto document = test.render();

    CHECK_THAT(document, resourceCount("AWS::ApiGatewayV2::Route", 6));
    for (const std::string key : {"POST /graphql", "POST /{clientVersion}/{schemaHash}/graphql",
             "POST /query", "GET /connection-info", "POST /transaction/start",
             "POST /{clientVersion}/{schemaHash}/transaction/start"}) {
        CHECK_THAT(document,
            hasResource("AWS::ApiGatewayV2::Route",
                R"({"RouteKey": ")" + key + R"(", "AuthorizationType": "AWS_IAM"})"));
    }
    CHECK_FALSE(hasResource("AWS::ApiGatewayV2::Integration",
        R"({"IntegrationUri": {"Fn::GetAtt": ["{{matches ^DbReader}}", "Arn"]}})")
                    .match(document));
    CHECK_THAT(document,
        hasResource("AWS::ApiGatewayV2::Stage",
            R"({"StageName": "$default", "AccessLogSettings": "{{any}}"})"));
    CHECK_THAT(document,
        hasResource("AWS::Logs::LogGroup", R"({"LogGroupName": "/aws/vendedlogs/articles-api"})"));
}

TEST_CASE("the API is open only when that is said", "[lamdb]") {
    auto props = articles();
    props.authorization = Authorization::None;
    WithLamDB test(props);

    CHECK_THAT(test.render(),
        hasResource("AWS::ApiGatewayV2::Route",
            R"({"RouteKey": "POST /graphql", "AuthorizationType": "NONE"})"));
}

TEST_CASE("reader and writer can have routes of their own", "[lamdb]") {
    auto props = articles();
    props.exposeReaderWriterEndpoints = true;
    WithLamDB test(props);

    const auto document = test.render();

    CHECK_THAT(document, resourceCount("AWS::ApiGatewayV2::Route", 8));
    CHECK_THAT(
        document, hasResource("AWS::ApiGatewayV2::Route", R"({"RouteKey": "POST /reader"})"));
    CHECK_THAT(
        document, hasResource("AWS::ApiGatewayV2::Route", R"({"RouteKey": "POST /writer"})"));
    CHECK_THAT(document,
        hasResource("AWS::ApiGatewayV2::Integration",
            R"({"IntegrationUri": {"Fn::GetAtt": ["{{matches ^DbReader}}", "Arn"]}})"));
}

TEST_CASE("the outputs tell the URL and the migrate function", "[lamdb]") {
    WithLamDB test;

    const auto text = test.render().text;

    CHECK_THAT(text, Catch::Contains(".ApiEndpoint}/graphql"));
    CHECK_THAT(text, Catch::Contains("Call it to apply the migrations"));
}

TEST_CASE("raw queries can be turned off for the functions that answer", "[lamdb]") {
    auto props = articles();
    props.rawQueries = GENERATE(true, false);
    const std::string expected = props.rawQueries ? R"("{{absent}}")" : R"("false")";
    WithLamDB test(props);

    const auto document = test.render();

    for (const std::string name : {"articles-reader", "articles-writer"}) {
        CHECK_THAT(document,
            hasResource("AWS::Lambda::Function",
                R"({"FunctionName": ")" + name +
                    R"(", "Environment": {"Variables": {"RAW_QUERIES": )" + expected + "}}}"));
    }
}

TEST_CASE("metrics, logging, tracing and access logs follow the props", "[lamdb]") {
    auto props = articles();
    props.metrics = false;
    props.logLevel = LogLevel::Fatal;
    props.tracing = true;
    props.accessLogging = false;
    props.logRetention = Retention::OneWeek;
    WithLamDB test(props);

    const auto document = test.render();

    CHECK_THAT(document, hasResource("AWS::Lambda::Function", R"({"FunctionName": "articles-writer",
        "TracingConfig": {"Mode": "Active"},
        "Environment": {"Variables": {"ENABLE_METRICS": "false", "LOG_LEVEL": "fatal", "ENABLE_TRACING": "true"}}})"));
    CHECK_THAT(document,
        hasResource("AWS::IAM::Policy", R"({"Roles": [{"Ref": "{{matches ^DbWriterRole}}"}],
        "PolicyDocument": {"Statement": {"{{contains}}": [{"Action": {"{{contains}}": ["xray:PutTraceSegments"]}}]}}})"));
    CHECK_THAT(document,
        hasResource("AWS::ApiGatewayV2::Stage", R"({"AccessLogSettings": "{{absent}}"})"));
    CHECK_FALSE(hasResource("AWS::Logs::LogGroup", R"({"RetentionInDays": 30})").match(document));
    CHECK(test.findings() == Ids{"api-access-logs"});
}

TEST_CASE("without tracing no role may send traces", "[lamdb]") {
    WithLamDB test;

    CHECK_THAT(test.render().text, !Catch::Contains("xray:"));
}

TEST_CASE("single functions can differ", "[lamdb]") {
    auto props = articles();
    props.reader = {
        .memory = 2_GiB,
        .timeout = 10s,
        .environment = {{"FEATURE", "on"}},
        .architecture = Architecture::Arm64,
        .provisionedConcurrency = 3,
    };
    props.exposeReaderWriterEndpoints = true;
    WithLamDB test(props);

    const auto document = test.render();

    CHECK_THAT(document, hasResource("AWS::Lambda::Function", R"({"FunctionName": "articles-reader",
        "MemorySize": 2048, "Timeout": 10, "Architectures": ["arm64"],
        "Environment": {"Variables": {"FEATURE": "on"}}})"));
    CHECK_THAT(document,
        hasResource("AWS::Lambda::Function",
            R"({"FunctionName": "articles-writer", "Architectures": ["x86_64"]})"));
    CHECK_THAT(document, hasResource("AWS::Lambda::Alias", R"({"Name": "live",
        "ProvisionedConcurrencyConfig": {"ProvisionedConcurrentExecutions": 3}})"));
    CHECK_THAT(document,
        hasResource("AWS::ApiGatewayV2::Integration",
            R"({"IntegrationUri": {"Ref": "{{matches ^DbReaderAliaslive}}"}})"));
}

TEST_CASE("the companions come only when asked for", "[lamdb]") {
    auto props = articles();

    SECTION("by default not") {
        WithLamDB test(props);
        CHECK_THAT(test.render(), resourceCount("AWS::EC2::Instance", 0));
        CHECK_THAT(test.render(), resourceCount("AWS::DataSync::Task", 0));
    }
    SECTION("with their defaults") {
        props.efs = {.bastionHost = true, .s3Sync = true};
        WithLamDB test(props);
        CHECK_THAT(test.render(), resourceCount("AWS::EC2::Instance", 1));
        CHECK_THAT(test.render(),
            hasResource("AWS::DataSync::Task",
                R"json({"Name": "articles-efs-s3-sync", "Schedule": {"ScheduleExpression": "rate(1 hour)"}})json"));
        CHECK_THAT(test.render().text, Catch::Contains("/mnt/articles-efs"));
        CHECK(test.findings().empty());
    }
    SECTION("with options") {
        props.efs = {.bastionHost = BastionHostProps{.instanceType = "t4g.small"},
            .s3Sync = S3SyncProps{Schedule::rate(days{1})}};
        WithLamDB test(props);
        CHECK_THAT(
            test.render(), hasResource("AWS::EC2::Instance", R"({"InstanceType": "t4g.small"})"));
        CHECK_THAT(test.render(),
            hasResource("AWS::DataSync::Task",
                R"json({"Schedule": {"ScheduleExpression": "rate(1 day)"}})json"));
    }
}

TEST_CASE("the removal policy is that of file system and bucket", "[lamdb]") {
    auto props = articles();
    props.removalPolicy = RemovalPolicy::Destroy;
    WithLamDB test(props);

    const auto document = test.render();

    CHECK_THAT(document,
        hasResource("AWS::EFS::FileSystem", R"({"DeletionPolicy": "Delete"})", Part::Entry));
    CHECK_THAT(
        document, hasResource("AWS::S3::Bucket", R"({"DeletionPolicy": "Delete"})", Part::Entry));
}

TEST_CASE("a LamDB passes validation with reasons for what it acknowledges", "[lamdb]") {
    auto props = articles();
    props.efs = {.bastionHost = true, .s3Sync = true};
    props.tracing = true;
    WithLamDB test(props);

    CHECK(test.findings().empty());
    for (const auto* id :
        {"bucket-access-logs", "instance-termination-protection", "wildcard-permission"}) {
        INFO(id);
        CHECK_FALSE(test.reasonFor(id).empty());
    }
}

TEST_CASE("every metric of the contract has a helper with the instance's name", "[lamdb]") {
    WithLamDB test;
    const auto& db = test.db;
    const std::vector<Metric> metrics{db.metricReadOperations(), db.metricWriteOperations(),
        db.metricReadThroughput(), db.metricWriteThroughput(), db.metricReadLatency(),
        db.metricWriteLatency(), db.metricOperationErrors(), db.metricDatabaseSize(),
        db.metricMigrationsApplied()};

    REQUIRE(metrics.size() == contract::metric::all.size());
    for (std::size_t i = 0; i < metrics.size(); ++i) {
        const auto& props = *metrics[i].props();
        CHECK(props.metricName.get() == contract::metric::all[i].name);
        CHECK(props.metricNamespace.get() == contract::metric::defaultNamespace);
        CHECK(props.dimensions.count(std::string(contract::metric::dimension)) == 1);
    }
}

TEST_CASE("the alarm of the guide watches the database's size", "[lamdb]") {
    WithLamDB test;
    test.stack.add<Alarm>("DatabaseSizeAlarm",
        {
            .metric = test.db.metricDatabaseSize({.period = 5min}),
            .threshold = 10_GiB,
            .evaluationPeriods = 1,
            .alarmDescription = "Database exceeded 10 GiB in size",
        });

    CHECK_THAT(test.render(), hasResource("AWS::CloudWatch::Alarm", R"({
        "Namespace": "LamDB", "MetricName": "DatabaseSize", "Statistic": "Maximum", "Period": 300,
        "Dimensions": [{"Name": "LamDBName", "Value": "articles"}],
        "Threshold": 10737418240, "EvaluationPeriods": 1})"));
}

TEST_CASE("queries and migrations are granted apart", "[lamdb]") {
    WithLamDB test;
    auto& role =
        test.stack.add<Role>("Role", {.assumedBy = Principal::service("ec2.amazonaws.com")});

    SECTION("queries") {
        test.db.grantQuery(role);
        CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({"Roles": [{"Ref": "Role"}],
            "PolicyDocument": {"Statement": [{"Action": "execute-api:Invoke", "Resource": [
                {"Fn::Sub": "{{matches POST/graphql$}}"},
                {"Fn::Sub": "{{matches POST/\\*/\\*/graphql$}}"},
                {"Fn::Sub": "{{matches POST/query$}}"},
                {"Fn::Sub": "{{matches GET/connection-info$}}"},
                {"Fn::Sub": "{{matches POST/transaction/start$}}"},
                {"Fn::Sub": "{{matches POST/\\*/\\*/transaction/start$}}"}]}]}})"));
    }
    SECTION("migrations") {
        test.db.grantMigrate(role);
        CHECK_THAT(test.render(), hasResource("AWS::IAM::Policy", R"({"Roles": [{"Ref": "Role"}],
            "PolicyDocument": {"Statement": [{"Action": "lambda:InvokeFunction",
                "Resource": {"Fn::GetAtt": ["{{matches ^DbMigrate}}", "Arn"]}}]}})"));
    }
}

TEST_CASE("all resources of a LamDB carry its name as a tag", "[lamdb]") {
    WithLamDB test;

    CHECK_THAT(test.render(),
        hasResource("AWS::Lambda::Function",
            R"({"Tags": {"{{contains}}": [{"Key": "lamdb:name", "Value": "articles"}]}})"));
    CHECK_THAT(test.render(),
        hasResource("AWS::EFS::FileSystem",
            R"({"FileSystemTags": {"{{contains}}": [{"Key": "lamdb:name", "Value": "articles"}]}})"));
}

TEST_CASE("rejects names that a bucket would not take", "[lamdb]") {
    const auto name = GENERATE(Catch::Generators::as<std::string>(), "", "Articles", "1st", "my_db",
        "db-", "a b", "a-name-of-more-than-forty-characters-is-refused");
    auto props = articles();
    props.name = name;

    CHECK_THROWS_WITH(WithLamDB(props), Catch::Contains("got \"" + name + "\""));
}

TEST_CASE("rejects settings of a LamDB that exclude each other", "[lamdb]") {
    auto props = articles();

    SECTION("no schema") {
        props.schemaPath = "";
        CHECK_THROWS_WITH(
            WithLamDB(props), Catch::Contains("[Test/Db] schemaPath must name a Prisma schema"));
    }
    SECTION("a variable of its own for migrate") {
        props.migrate.environment = {{"MIGRATIONS_PATH", "elsewhere"}};
        CHECK_THROWS_WITH(
            WithLamDB(props), Catch::Contains("the variable MIGRATIONS_PATH is set by LamDB"));
    }
    SECTION("several writers kept ready") {
        props.writer.provisionedConcurrency = 2;
        CHECK_THROWS_WITH(
            WithLamDB(props), Catch::Contains("at most the reserved concurrency (1), got 2"));
    }
    SECTION("migrate kept ready") {
        props.migrate.provisionedConcurrency = 1;
        CHECK_THROWS_WITH(WithLamDB(props), Catch::Contains("migrate runs now and then"));
    }
    SECTION("a variable of the contract") {
        props.reader.environment = {{"DATABASE_PATH", "/tmp/x"}};
        CHECK_THROWS_WITH(
            WithLamDB(props), Catch::Contains("DATABASE_PATH is set by LamDB itself"));
    }
}
