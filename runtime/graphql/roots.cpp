#include "runtime/graphql/builder.hpp"

namespace loam::runtime::graphql {

using plan::Action;

/// The root type; null when it would have no fields.
const Type* Builder::root(request::OperationKind kind) {
    const std::vector<std::string_view> names = catalog_.names(kind);
    if (names.empty()) {
        return nullptr;
    }
    return makeNamed(
        TypeKind::Object, std::string(catalog_.rootType(kind)), [this, names, kind](Type& type) {
            for (const std::string_view name : names) {
                const plan::RootField& field = *catalog_.find(kind, name);
                type.fields.push_back(
                    {name, answer(field), {}, inputs(plan::rootArguments(catalog_, field))});
            }
        });
}

/// The type of what a root field answers.
Reference Builder::answer(const plan::RootField& root) {
    const auto required = [](const Type* type) { return Reference{type, false, true}; };
    const auto list = [](const Type* type) { return Reference{type, true, true}; };
    switch (root.action) {
        case Action::FindUnique:
        case Action::FindFirst:
        case Action::UpdateOne:  // What is nested in it may remove or rename the record.
            return {record(*root.model), false, false};
        case Action::FindUniqueOrThrow:
        case Action::FindFirstOrThrow:
        case Action::CreateOne:
        case Action::UpsertOne:
        case Action::DeleteOne:
            return required(record(*root.model));
        case Action::FindMany:
        case Action::CreateManyAndReturn:
        case Action::UpdateManyAndReturn:
            return list(record(*root.model));
        case Action::Aggregate:
            return required(aggregate(*root.model));
        case Action::GroupBy:
            return list(group(*root.model));
        case Action::CreateMany:
        case Action::UpdateMany:
        case Action::DeleteMany:
            return required(affectedRows());
        case Action::QueryRaw:
            return required(scalar("Json"));
        case Action::ExecuteRaw:
            break;
    }
    return required(scalar("Int"));
}

}  // namespace loam::runtime::graphql
