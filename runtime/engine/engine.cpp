#include "runtime/engine/engine.hpp"

#include <algorithm>
#include <exception>
#include <new>
#include <utility>

#include "runtime/engine/executor.hpp"
#include "runtime/engine/transaction.hpp"
#include "runtime/plan/planner.hpp"
#include "runtime/request/body.hpp"
#include "runtime/request/error.hpp"
#include "runtime/request/graphql_operation.hpp"
#include "runtime/sql/error.hpp"
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

void addError(Answer& answer, const RequestError& error) {
    answer.body += "{\"errors\":[" + error.toJson() + "]}";
    if (!answer.failed) {
        answer.errorCode = error.code();
    }
    answer.failed = true;
}

bool isMutation(const request::GraphqlText& text, request::TextPool& texts) {
    const request::Document document = request::parseGraphql(text.query, texts);
    return request::chooseOperation(document, text.operationName).kind == OperationKind::Mutation;
}

/// Answers the requests of one body.
class Session {
  public:
    Session(const plan::Catalog& catalog, storage::Database& database, Access access,
        plan::Sources sources, Answer& answer)
        : catalog_(catalog),
          database_(database),
          access_(access),
          sources_(std::move(sources)),
          answer_(answer) {}

    void runSingle(const request::GraphqlText& text, request::TextPool& texts) {
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
                    if (isMutation(body.operations[index], body.texts)) {
                        noteMutation();
                    }
                }
                Transaction transaction(database_,
                    answer_.isWrite ? Transaction::Kind::Write : Transaction::Kind::Read);
                answer_.body = "{\"batchResult\":[";
                for (index = 0; index < size; ++index) {
                    // One at a time, since the plans of a whole batch may not fit into the memory.
                    const plan::Plan plan = prepare(body.operations[index], body.texts);
                    answer_.body += index == 0 ? "{\"data\":" : ",{\"data\":";
                    engine::execute(plan, catalog_.schema(), database_, answer_.body);
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
    void noteMutation() {
        answer_.isWrite = true;
        if (access_ == Access::ReadOnly) {
            throw RequestError("",
                "Mutations are refused here, where the database can only be read; send them to the "
                "writer.");
        }
    }

    plan::Plan prepare(const request::GraphqlText& text, request::TextPool& texts) {
        const request::Operation operation = request::parseOperation(text, texts);
        if (operation.kind == OperationKind::Mutation) {
            noteMutation();
        }
        answer_.operations += operation.fields.size();
        return plan::plan(catalog_, operation, sources_);
    }

    void runOne(const plan::Plan& plan) {
        answer_.body += "{\"data\":";
        if (plan.kind == OperationKind::Query && plan.steps.size() == 1) {
            // One statement is a transaction of its own.
            engine::execute(plan, catalog_.schema(), database_, answer_.body);
        } else {
            Transaction transaction(database_,
                plan.kind == OperationKind::Mutation
                    ? Transaction::Kind::Write
                    : Transaction::Kind::Read);
            engine::execute(plan, catalog_.schema(), database_, answer_.body);
            transaction.commit();
        }
        answer_.body += "}";
    }

    const plan::Catalog& catalog_;
    storage::Database& database_;
    Access access_;
    plan::Sources sources_;
    Answer& answer_;
};

}  // namespace

Engine::Engine(const schema::Schema& schema, storage::Database& database, Access access)
    : Engine(schema, database, access, plan::systemSources) {}

Engine::Engine(const schema::Schema& schema, storage::Database& database, Access access,
    std::function<plan::Sources()> sources)
    : schema_(schema),
      database_(database),
      access_(access),
      sources_(std::move(sources)),
      catalog_(schema) {}

Answer Engine::execute(std::string_view body) {
    Answer answer;
    try {
        withRequestErrors(schema_, [&] {
            request::Body parsed = request::parseBody(body);
            Session session(catalog_, database_, access_, sources_(), answer);
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
    try {
        request::Body parsed = request::parseBody(body);
        return std::any_of(parsed.operations.begin(), parsed.operations.end(),
            [&parsed](const request::GraphqlText& text) { return isMutation(text, parsed.texts); });
    } catch (const RequestError&) {
        return false;
    }
}

}  // namespace loam::runtime::engine
