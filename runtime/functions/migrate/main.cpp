#include "runtime/contract/contract.hpp"
#include "runtime/lambda/function.hpp"
#include "runtime/migrate/error.hpp"
#include "runtime/migrate/migrate.hpp"
#include "runtime/storage/error.hpp"

// The migrate function: applies the packaged migrations to the database, or resets it.

namespace loam::runtime {
namespace {

class MigrateHandler : public lambda::Handler {
  public:
    explicit MigrateHandler(lambda::Context& context) : context_(context) {
        const std::string& role = context.environment.handler;
        if (role != contract::handler::migrate) {
            throw lambda::FunctionError("InvalidHandler",
                R"(the handler of this function must be "migrate", got ")" + role + "\"");
        }
    }

    std::string handle(const lambda::Invocation& invocation) override {
        try {
            return migrate::toJson(run(migrate::Request::parse(invocation.payload)));
        } catch (const migrate::MigrationError& error) {
            throw lambda::FunctionError(error.code(), error.what());
        } catch (const storage::StorageError& error) {
            throw lambda::FunctionError("DatabaseError", error.what());
        }
    }

  private:
    std::vector<std::string> run(const migrate::Request& request) {
        const lambda::Environment& environment = context_.environment;
        lambda::Span span(context_.tracer, "migrate");
        if (request.reset) {
            context_.logger.warn("resetting the database", {{"path", environment.databasePath}});
        }
        std::vector<std::string> applied = migrate::run(
            {.databasePath = environment.databasePath,
                .migrationsPath = environment.migrationsPath},
            request, [this](const std::string& name) {
                context_.logger.info("applied migration " + name, {{"migration", name}});
                context_.metrics.add(contract::metric::migrationsApplied, 1);
            });
        if (request.migrate && applied.empty()) {
            context_.logger.info("no pending migrations to apply");
        }
        return applied;
    }

    lambda::Context& context_;
};

}  // namespace
}  // namespace loam::runtime

int main() {
    using namespace loam::runtime;
    return lambda::runFunction([](lambda::Context& context) -> std::unique_ptr<lambda::Handler> {
        return std::make_unique<MigrateHandler>(context);
    });
}
