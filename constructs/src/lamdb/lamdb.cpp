#include <loam/intrinsics.hpp>
#include <loam/lamdb.hpp>
#include <loam/stack.hpp>
#include <loam/tags.hpp>

#include <algorithm>
#include <array>

#include "constructs/src/aws/props.hpp"
#include "runtime/contract/contract.hpp"

namespace loam {

namespace {

/// The bucket's name has the account and two words around it, and at most 63 characters.
constexpr std::size_t longestName = 40;
constexpr const char* liveAlias = "live";

struct QueryRoute {
    std::string_view id;
    HttpMethod method;
    std::string_view path;
};

/// GraphQL, the JSON protocol and the query plans of Prisma Client. The two that start a
/// transaction lead to a function that says why there is none, which API Gateway's own 404 would
/// not.
constexpr std::array queryRoutes{
    QueryRoute{"GraphQl", HttpMethod::Post, contract::route::graphql},
    QueryRoute{"Client", HttpMethod::Post, contract::route::client},
    QueryRoute{"Plan", HttpMethod::Post, contract::route::plan},
    QueryRoute{"ConnectionInfo", HttpMethod::Get, contract::route::connectionInfo},
    QueryRoute{"TransactionStart", HttpMethod::Post, contract::route::transactionStart},
    QueryRoute{"ClientTransactionStart", HttpMethod::Post, contract::route::clientTransactionStart},
};

bool isName(const std::string& name) {
    const auto isLetter = [](char c) { return c >= 'a' && c <= 'z'; };
    return !name.empty() && name.size() <= longestName && isLetter(name.front()) &&
           name.back() != '-' && std::ranges::all_of(name, [&](char c) {
               return isLetter(c) || (c >= '0' && c <= '9') || c == '-';
           });
}

/// The directory `migrations` beside the schema.
std::string migrationsBeside(const std::string& schemaPath) {
    return schemaPath.substr(0, schemaPath.rfind('/') + 1) +
           std::string(contract::packagedMigrations);
}

/// What a function answers requests with: the alias if environments are kept ready, else itself.
FunctionBase& target(Function& function, const LamDBFunctionProps& own) {
    if (!own.provisionedConcurrency) return function;
    return function.addAlias(liveAlias, {.provisionedConcurrency = own.provisionedConcurrency});
}

}  // namespace

LamDB::LamDB(Scope scope, Props props) : Construct(std::move(scope)), props_(std::move(props)) {
    check();
    if (props_.migrationsPath.empty()) props_.migrationsPath = migrationsBeside(props_.schemaPath);
    tags().add("lamdb:name", name());
    addStorage();
    addFunctions();
    addApi();
    addCompanions();
    add<Output>("Url", {.value = url(), .description = "Where queries are sent"});
    add<Output>("MigrateFunction",
        {.value = migrate_->functionName(), .description = "Call it to apply the migrations"});
}

void LamDB::check() const {
    require(isName(name()), *this,
        "name must have lower-case letters, digits and hyphens only, start with a letter, not end "
        "with a "
        "hyphen and have at most 40 characters, got \"" +
            name() + "\"");
    require(!props_.schemaPath->empty(), *this,
        "schemaPath must name a Prisma schema, such as prisma/schema.prisma");
    require(!props_.migrate.provisionedConcurrency, *this,
        "migrate runs now and then, so it takes no provisionedConcurrency");
}

void LamDB::addStorage() {
    auto& bucket = add<Bucket>("Storage",
        {
            .bucketName = sub("{}-{}-database", stack().account(), name()),
            .lifecycleRules = {{
                .id = "old-versions",
                .noncurrentVersionExpiration = props_.backupRetention,
                .abortIncompleteMultipartUploadAfter = days{7},
            }},
            .removalPolicy = props_.removalPolicy,
        });
    bucket.acknowledge("bucket-access-logs",
        "The bucket holds backups that DataSync writes and the maintenance host reads; the log of "
        "the "
        "one and the sessions of the other tell who did what");
    bucket_ = &bucket;
    vpc_ = &add<Vpc>("Vpc",
        {
            .gatewayEndpoints = {GatewayService::S3},
            .flowLogRetention = props_.logRetention,
            .vpcName = name() + "-vpc",
        });
    fileSystem_ = &add<FileSystem>("FileSystem",
        {.vpc = *vpc_, .fileSystemName = name(), .removalPolicy = props_.removalPolicy});
    accessPoint_ =
        &add<AccessPoint>("AccessPoint", {.fileSystem = *fileSystem_, .path = "/lambda"});
}

std::map<std::string, Str>
LamDB::environmentOf(std::map<std::string, Str> fixed, const LamDBFunctionProps& own) const {
    namespace environment = contract::environment;
    constexpr const char* levels[] = {"trace", "debug", "info", "warn", "error", "fatal"};
    const auto flag = [](bool on) { return on ? "true" : "false"; };
    const auto databasePath =
        std::string(contract::mountPath) + "/" + std::string(contract::databaseFile);
    std::map<std::string, Str> variables;
    const auto set = [&](std::string_view variable, Str value) {
        variables.emplace(variable, std::move(value));
    };
    set(environment::databasePath, databasePath);
    set(environment::prismaSchemaPath, contract::packagedSchema);
    set(environment::logLevel, levels[static_cast<int>(props_.logLevel)]);
    set(environment::enableMetrics, flag(props_.metrics));
    set(environment::enableTracing, flag(props_.tracing));
    set(environment::metricsNamespace, contract::metric::defaultNamespace);
    set(environment::instanceName, name());
    variables.merge(fixed);
    for (const auto& [variable, value] : own.environment) {
        require(variables.emplace(variable, value).second, *this,
            "the variable " + variable + " is set by LamDB itself and cannot be replaced");
    }
    return variables;
}

Function&
LamDB::addFunction(std::string_view id, FunctionProps props, const LamDBFunctionProps& own) {
    std::string role(id);
    role.front() = static_cast<char>(role.front() - 'A' + 'a');
    props.handler = role;
    props.functionName = name() + "-" + role;
    props.architecture = own.architecture.value_or(props_.architecture);
    props.memory = own.memory.value_or(1_GiB);
    props.timeout = own.timeout.value_or(props.timeout);
    props.environment = environmentOf(std::move(props.environment), own);
    props.tracing = props_.tracing;
    props.logRetention = props_.logRetention;
    return add<Function>(id, std::move(props));
}

/// What only the functions that answer queries are told.
std::map<std::string, Str> LamDB::queryEnvironment() const {
    std::map<std::string, Str> variables;
    if (!props_.rawQueries) {
        variables.emplace(contract::environment::rawQueries, "false");
    }
    return variables;
}

void LamDB::addFunctions() {
    const std::string mountPath(contract::mountPath);
    const AssetEntry schema{
        .kind = AssetEntry::Kind::PrismaSchema,
        .source = props_.schemaPath.get(),
        .archivePath = std::string(contract::packagedSchema),
    };
    const AssetEntry migrations{
        .kind = AssetEntry::Kind::Directory,
        .source = props_.migrationsPath,
        .archivePath = std::string(contract::packagedMigrations),
    };
    reader_ = &addFunction("Reader",
        {
            .code = Code::bundled("query", {schema}),
            .environment = queryEnvironment(),
            .description = "Answers reads of the LamDB " + name(),
            .fileSystem =
                FileSystemMount{.accessPoint = *accessPoint_, .path = mountPath, .readOnly = true},
        },
        props_.reader);
    writer_ = &addFunction("Writer",
        {
            .code = Code::bundled("query", {schema}),
            .environment = queryEnvironment(),
            .description = "Answers reads and writes of the LamDB " + name(),
            .fileSystem = FileSystemMount{.accessPoint = *accessPoint_, .path = mountPath},
            .reservedConcurrency = 1,
        },
        props_.writer);
    migrate_ = &addFunction("Migrate",
        {
            .code = Code::bundled("migrate", {schema, migrations}),
            .timeout = minutes{10},
            .environment = {{std::string(contract::environment::migrationsPath),
                contract::packagedMigrations}},
            .description = "Applies the migrations of the LamDB " + name(),
            .fileSystem = FileSystemMount{.accessPoint = *accessPoint_, .path = mountPath},
            .reservedConcurrency = 1,
        },
        props_.migrate);
}

void LamDB::addApi() {
    api_ = &add<HttpApi>("Api",
        {
            .apiName = name() + "-api",
            .description = "Queries of the LamDB " + name(),
            .authorization = props_.authorization,
            .accessLogging = props_.accessLogging,
            .logGroupName = "/aws/vendedlogs/" + name() + "-api",
            .logRetention = props_.logRetention,
        });
    auto& writer = target(*writer_, props_.writer);
    auto& reader = target(*reader_, props_.reader);
    const auto route = [&](const QueryRoute& row, FunctionBase& function) {
        api_->addRoute(row.id, {.path = row.path, .function = function, .method = row.method});
    };
    for (const auto& row : queryRoutes) route(row, writer);
    if (!props_.exposeReaderWriterEndpoints) return;
    route({"Reader", HttpMethod::Post, contract::route::reader}, reader);
    route({"Writer", HttpMethod::Post, contract::route::writer}, writer);
}

void LamDB::addCompanions() {
    if (props_.efs.bastionHost) {
        auto options = props_.efs.bastionHost.options();
        if (options.fileSystem == nullptr) options.fileSystem = fileSystem_;
        if (options.bucket == nullptr) options.bucket = bucket_;
        if (options.instanceName.empty()) options.instanceName = name();
        add<BastionHost>("BastionHost", std::move(options));
    }
    if (props_.efs.s3Sync) {
        auto options = props_.efs.s3Sync.options();
        if (options.source == nullptr) options.source = accessPoint_;
        if (options.destination == nullptr) options.destination = bucket_;
        if (options.taskName.empty()) options.taskName = name() + "-efs-s3-sync";
        add<S3Sync>("S3Sync", std::move(options));
    }
}

Str LamDB::url() const { return api_->url() + contract::route::graphql; }

Grant LamDB::grantQuery(Grantee& grantee) {
    const auto grant = [&](const QueryRoute& row) {
        return api_->grantInvoke(grantee, row.method, row.path);
    };
    std::for_each(queryRoutes.begin(), queryRoutes.end() - 1, grant);
    return grant(queryRoutes.back());
}

}  // namespace loam
