#include "runtime/engine/engine.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>
#include <variant>
#include <vector>

#include "runtime/engine/executor.hpp"
#include "runtime/engine/transaction.hpp"
#include "runtime/plan/planner.hpp"
#include "runtime/request/body.hpp"
#include "runtime/request/error.hpp"
#include "runtime/sql/error.hpp"
#include "runtime/sql/raw.hpp"
#include "runtime/sql/raw_text.hpp"
#include "runtime/storage/error.hpp"

namespace loam::runtime::engine {
namespace {

using request::OperationKind;
using request::RequestError;

/// Runs `action`; whatever it throws comes out as a RequestError.
template <typename ActionType>
void withRequestErrors(const schema::Schema& schema, const ActionType& action) {
    try {
        action();
    } catch (const RequestError&) {
        throw;
    } catch (const storage::StorageError& error) {
        throw sql::translate(error, schema);
    } catch (const std::bad_alloc&) {
        throw RequestError("", "There is not enough memory for the request.");
    } catch (const std::exception&) {
        throw RequestError("", "The request failed for an unexpected reason; nothing was changed.");
    }
}

bool isOneStatement(const plan::Plan& plan) {
    if (plan.steps.size() != 1) {
        return false;
    }
    const auto& action = plan.steps.front().action;
    if (plan.kind == OperationKind::Mutation) {
        // Some statements cannot run in a transaction; the others are one by themselves.
        return std::holds_alternative<plan::Raw>(action);
    }
    const auto* read = std::get_if<plan::Read>(&action);
    return read == nullptr ||
           std::none_of(
               read->selection.begin(), read->selection.end(), [](const plan::Output& output) {
                   return output.kind == plan::Output::Kind::Related;
               });
}

bool isQueryRaw(const request::Field& field) { return field.name == "queryRaw"; }

/// Whether the operation changes nothing, as its texts alone show.
bool isRead(const request::Operation& operation) {
    return operation.kind == OperationKind::Query ||
           std::all_of(
               operation.fields.begin(), operation.fields.end(), [](const request::Field& field) {
                   const request::Value* text = field.argument("query");
                   return isQueryRaw(field) && text != nullptr && sql::isPlainRead(text->text);
               });
}

void addError(Answer& answer, const RequestError& error) {
    answer.body += "{\"errors\":[" + error.toJson() + "]}";
    if (!answer.failed) {
        answer.errorCode = error.code();
    }
    answer.failed = true;
}

/// Answers the requests of one body.
class Session {
  public:
    Session(const plan::Catalog& catalog, graphql::Introspector& introspector,
        storage::Database& database, Permissions permissions, plan::Sources sources,
        result::RawForm rawForm, Answer& answer)
        : catalog_(catalog),
          introspector_(introspector),
          database_(database),
          permissions_(permissions),
          sources_(std::move(sources)),
          rawForm_(rawForm),
          answer_(answer) {}

    void runSingle(request::UnparsedOperation& text, request::TextPool& texts) {
        const plan::Plan plan = prepare(text, texts);
        runOne(plan);
    }

    /// Every element has its own transaction and its own answer.
    void runApart(request::Body& body) {
        answer_.body = "{\"batchResult\":[";
        for (std::size_t index = 0; index < body.operations.size(); ++index) {
            answer_.body += index == 0 ? "" : ",";
            const std::size_t start = answer_.body.size();
            try {
                withRequestErrors(catalog_.schema(), [&] {
                    runSingle(body.operations[index], body.texts);
                });
            } catch (const RequestError& error) {
                answer_.body.resize(start);
                addError(answer_, error);
            }
        }
        answer_.body += "]}";
    }

    /// All elements stand or fall together.
    void runTogether(request::Body& body) {
        const std::size_t size = body.operations.size();
        std::size_t index = 0;
        try {
            withRequestErrors(catalog_.schema(), [&] {
                for (; index < size; ++index) {
                    answer_.isWrite =
                        answer_.isWrite ||
                        request::kindOf(body.operations[index], body.texts) ==
                            OperationKind::Mutation;
                }
                Transaction transaction(database_, transactionKind(answer_.isWrite));
                answer_.body = "{\"batchResult\":[";
                for (index = 0; index < size; ++index) {
                    // One at a time, since the plans of a whole batch may not fit into the memory.
                    const plan::Plan plan = prepare(body.operations[index], body.texts);
                    answer_.body += index == 0 ? "{\"data\":" : ",{\"data\":";
                    run(plan);
                    answer_.body += "}";
                }
                transaction.commit();
                answer_.body += "]}";
            });
        } catch (RequestError& error) {
            // Beginning and ending the transaction belong to no element.
            throw index < size ? error.inBatch(index) : error;
        }
    }

  private:
    void noteMutation(const request::Operation& operation) {
        answer_.isWrite = answer_.isWrite || !isRead(operation);
        // SQLite lets a raw query only read where the database is open for reading.
        if (permissions_.access == Access::ReadOnly &&
            !std::all_of(operation.fields.begin(), operation.fields.end(), isQueryRaw)) {
            throw RequestError("",
                "Mutations are refused here, where the database can only be read; send them to the "
                "writer.");
        }
    }

    plan::Plan prepare(request::UnparsedOperation& text, request::TextPool& texts) {
        const request::Operation operation = request::parseOperation(text, texts);
        if (operation.kind == OperationKind::Mutation) {
            noteMutation(operation);
        }
        answer_.operations += operation.fields.size();
        plan::Plan plan = plan::plan(catalog_, operation, sources_);
        checkRaw(plan);
        introspect(plan);
        return plan;
    }

    void introspect(plan::Plan& plan) {
        for (plan::Step& step : plan.steps) {
            if (auto* introspection = std::get_if<plan::Introspection>(&step.action)) {
                try {
                    introspector_.answer(introspection->field, introspection->answer);
                } catch (RequestError& error) {
                    throw error.under({step.key});
                }
            }
        }
    }

    void checkRaw(const plan::Plan& plan) const {
        for (const plan::Step& step : plan.steps) {
            if (!permissions_.rawQueries && std::holds_alternative<plan::Raw>(step.action)) {
                throw sql::rawError("raw queries are turned off here")
                    .at(step.location)
                    .under({step.key});
            }
        }
    }

    void runOne(const plan::Plan& plan) {
        answer_.body += "{\"data\":";
        if (isOneStatement(plan)) {
            // One statement is a transaction of its own.
            run(plan);
        } else {
            Transaction transaction(
                database_, transactionKind(plan.kind == OperationKind::Mutation));
            run(plan);
            transaction.commit();
        }
        answer_.body += "}";
    }

    Transaction::Kind transactionKind(bool isWrite) const {
        return isWrite && permissions_.access == Access::ReadWrite
                   ? Transaction::Kind::Write
                   : Transaction::Kind::Read;
    }

    void run(const plan::Plan& plan) {
        engine::execute(plan, catalog_, database_, rawForm_, answer_.body);
    }

    const plan::Catalog& catalog_;
    graphql::Introspector& introspector_;
    storage::Database& database_;
    Permissions permissions_;
    plan::Sources sources_;
    result::RawForm rawForm_;
    Answer& answer_;
};

}  // namespace

Engine::Engine(const schema::Schema& schema, storage::Database& database, Permissions permissions)
    : Engine(schema, database, permissions, plan::systemSources) {}

Engine::Engine(const schema::Schema& schema, storage::Database& database, Permissions permissions,
    std::function<plan::Sources()> sources)
    : schema_(schema),
      database_(database),
      permissions_(permissions),
      sources_(std::move(sources)),
      catalog_(schema),
      introspector_(catalog_) {}

Answer Engine::execute(std::string_view body, result::RawForm rawForm) {
    Answer answer;
    try {
        withRequestErrors(schema_, [&] {
            request::Body parsed = request::parseBody(body);
            Session session(
                catalog_, introspector_, database_, permissions_, sources_(), rawForm, answer);
            if (!parsed.isBatch) {
                session.runSingle(parsed.operations.front(), parsed.texts);
            } else if (parsed.isTransaction) {
                session.runTogether(parsed);
            } else {
                session.runApart(parsed);
            }
        });
    } catch (const RequestError& error) {
        answer.body.clear();
        answer.status = error.status();
        addError(answer, error);
    }
    return answer;
}

bool isWrite(std::string_view body) {
    // Spares most reads being parsed twice: without an escape, only these words make a mutation.
    const auto has = [&](std::string_view word) {
        return body.find(word) != std::string_view::npos;
    };
    if (!has("mutation") && !has("\"action\"") && !has("\\")) {
        return false;
    }
    try {
        request::Body parsed = request::parseBody(body);
        const bool mayBeRaw = body.find("queryRaw") != std::string_view::npos;
        return std::any_of(parsed.operations.begin(), parsed.operations.end(),
            [&parsed, mayBeRaw](request::UnparsedOperation& text) {
                return request::kindOf(text, parsed.texts) == OperationKind::Mutation &&
                       !(mayBeRaw && isRead(request::parseOperation(text, parsed.texts)));
            });
    } catch (const RequestError&) {
        return false;
    }
}

}  // namespace loam::runtime::engine
