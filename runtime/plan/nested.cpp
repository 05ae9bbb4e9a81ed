#include "runtime/plan/nested.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "runtime/plan/filters.hpp"
#include "runtime/plan/writes.hpp"

namespace loam::runtime::plan {
namespace {

using request::Member;
using request::Value;
using Kind = NestedWrite::Kind;

/// Which relations have an operation inside of an update.
enum class On : std::uint8_t { Any, List, ListOfChildren, Optional };

struct Operation {
    std::string_view name;
    Kind kind;
    /// Whether a new record can have it.
    bool inCreate;
    On on;
};

constexpr std::array operations{
    Operation{"create", Kind::Create, true, On::Any},
    Operation{"connectOrCreate", Kind::ConnectOrCreate, true, On::Any},
    Operation{"createMany", Kind::Create, true, On::ListOfChildren},
    Operation{"set", Kind::Set, false, On::List},
    Operation{"disconnect", Kind::Disconnect, false, On::Optional},
    Operation{"delete", Kind::Delete, false, On::Optional},
    Operation{"connect", Kind::Connect, true, On::Any},
    Operation{"update", Kind::Update, false, On::Any},
    Operation{"upsert", Kind::Upsert, false, On::Any},
    Operation{"updateMany", Kind::UpdateMany, false, On::List},
    Operation{"deleteMany", Kind::DeleteMany, false, On::List},
};

bool applies(const Operation& operation, const Link& link, WriteOf of) {
    if (of == WriteOf::NewRecord && !operation.inCreate) {
        return false;
    }
    switch (operation.on) {
        case On::Any:
            return true;
        case On::List:
            return link.isList();
        case On::ListOfChildren:
            return link.isList() && link.joinTable == nullptr;
        case On::Optional:
            return link.isList() || !link.field->isRequired();
    }
    return false;
}

/// The operations that the data of a write has under a relation field, such as "connect".
Names nestedOperations(const Link& link, WriteOf of) {
    Names names;
    for (const Operation& operation : operations) {
        if (applies(operation, link, of)) {
            names.push_back(operation.name);
        }
    }
    return names;
}

class NestedReader {
  public:
    NestedReader(Context& context, const Link& link, std::vector<NestedWrite>& writes)
        : context_(context), link_(link), related_(*link.related), writes_(writes) {}

    void read(const Operation& operation, const Value& value) {
        if (operation.name == "createMany") {
            createMany(value);
        } else if (isTogether(operation.kind)) {
            together(operation.kind, value);
        } else {
            for (const Value* element : elements(value)) {
                one(operation.kind, *element);
            }
        }
    }

  private:
    /// Whether all records that are named must be known before anything happens to one of them.
    bool isTogether(Kind kind) const {
        return kind == Kind::Set ||
               (link_.isList() && (kind == Kind::Connect || kind == Kind::Delete));
    }

    std::vector<const Value*> elements(const Value& value) const {
        if (!link_.isList() && value.kind == Value::Kind::List && value.items().size() != 1) {
            context_.failType(value, {related_.name + "WhereUniqueInput"});
        }
        return elementsOf(value);
    }

    NestedWrite& add(Kind kind) {
        writes_.push_back({.kind = kind, .link = &link_});
        return writes_.back();
    }

    const Value& member(const Value& value, std::string_view name) {
        const Value* found = value.find(name);
        if (found == nullptr || found->isNull()) {
            const auto step = context_.enterArgument(name);
            context_.failRequired(value.location);
        }
        return *found;
    }

    void checkMembers(const Value& value, std::string_view type, const Names& allowed) {
        for (const Member& member : membersOf(context_, value, type)) {
            if (std::find(allowed.begin(), allowed.end(), member.name) == allowed.end()) {
                const auto step = context_.enterArgument(member.name);
                context_.failUnknownField(member, allowed);
            }
        }
    }

    Data create(const Value& value, std::string_view name) {
        const Value& data = member(value, name);
        const auto step = context_.enterArgument(name);
        return recordOf(context_, related_, &data, &link_);
    }

    /// `data` of a write to many.
    Data columnChanges(const Value& value) {
        const Value& data = member(value, "data");
        const auto step = context_.enterArgument("data");
        refuseRelations(context_, related_, data, &link_);
        return changesOf(context_, related_, data, &link_);
    }

    Data changes(const Value& value, std::string_view name) {
        const Value& data = member(value, name);
        const auto step = context_.enterArgument(name);
        return changesOf(context_, related_, data, &link_);
    }

    Filter unique(const Value& value) {
        const Value& where = member(value, "where");
        const auto step = context_.enterArgument("where");
        return uniqueFilterOf(context_, related_, where);
    }

    void createMany(const Value& value) {
        checkMembers(value, related_.name + "CreateManyInputEnvelope", {"data"});
        const Value& data = member(value, "data");
        const auto step = context_.enterArgument("data");
        for (const Value* element : elementsOf(data)) {
            NestedWrite& write = add(Kind::Create);
            write.isOfMany = true;
            refuseRelations(context_, related_, *element, &link_);
            Data record = recordOf(context_, related_, element, &link_);
            write.create = std::move(record);
        }
    }

    void together(Kind kind, const Value& value) {
        std::vector<Filter> filters;
        for (const Value* element : elementsOf(value)) {
            filters.push_back(uniqueFilterOf(context_, related_, *element));
        }
        add(kind).filters = std::move(filters);
    }

    void one(Kind kind, const Value& value) {
        NestedWrite write{.kind = kind, .link = &link_};
        switch (kind) {
            case Kind::Create:
                write.create = recordOf(context_, related_, &value, &link_);
                break;
            case Kind::Connect:
                write.filters.push_back(uniqueFilterOf(context_, related_, value));
                break;
            case Kind::ConnectOrCreate:
                checkMembers(value, related_.name + "CreateOrConnectInput", {"where", "create"});
                write.filters.push_back(unique(value));
                write.create = create(value, "create");
                break;
            case Kind::Disconnect:
            case Kind::Delete:
                if (!detach(value, write)) {
                    return;
                }
                break;
            case Kind::Update:
                if (!update(value, write)) {
                    return;
                }
                break;
            case Kind::Upsert:
                upsert(value, write);
                break;
            case Kind::UpdateMany:
                checkMembers(value, related_.name + "UpdateManyWithWhereInput", {"where", "data"});
                where(value, write);
                write.update = columnChanges(value);
                break;
            case Kind::DeleteMany:
                write.filters.push_back(filterOf(context_, related_, value));
                break;
            case Kind::Set:
                break;
        }
        writes_.push_back(std::move(write));
    }

    /// The filter of many records, or of the one that a single relation leads to.
    void where(const Value& value, NestedWrite& write) {
        const Value* given = value.find("where");
        if (given != nullptr && !given->isNull()) {
            const auto step = context_.enterArgument("where");
            write.filters.push_back(filterOf(context_, related_, *given));
        }
    }

    /// Whether there is something to do: `disconnect: false` means nothing.
    bool detach(const Value& value, NestedWrite& write) {
        if (link_.isList()) {
            write.filters.push_back(uniqueFilterOf(context_, related_, value));
            return true;
        }
        if (value.kind == Value::Kind::Boolean) {
            return value.boolean;
        }
        write.filters.push_back(filterOf(context_, related_, value));
        return true;
    }

    /// Whether there is something to do: for `{}` not even the record is looked for, as in Prisma.
    bool update(const Value& value, NestedWrite& write) {
        const bool isWrapped = link_.isList() || hasEnvelope(value);
        if (link_.isList()) {
            checkMembers(value, related_.name + "UpdateWithWhereUniqueInput", {"where", "data"});
            write.filters.push_back(unique(value));
        } else if (isWrapped) {
            where(value, write);
        }
        write.update =
            isWrapped ? changes(value, "data") : changesOf(context_, related_, value, &link_);
        return !(isWrapped ? member(value, "data") : value).members().empty();
    }

    /// Whether the changes stand in `data`, beside an optional `where`.
    bool hasEnvelope(const Value& value) const {
        const Value* data = value.find("data");
        return data != nullptr && data->kind == Value::Kind::Object &&
               std::all_of(
                   value.members().begin(), value.members().end(), [](const Member& member) {
                       return member.name == "data" || member.name == "where";
                   });
    }

    void upsert(const Value& value, NestedWrite& write) {
        checkMembers(value, related_.name + "UpsertInput", {"where", "update", "create"});
        if (link_.isList()) {
            write.filters.push_back(unique(value));
        } else {
            where(value, write);
        }
        write.update = changes(value, "update");
        write.create = create(value, "create");
    }

    Context& context_;
    const Link& link_;
    const schema::Model& related_;
    std::vector<NestedWrite>& writes_;
};

}  // namespace

void addNested(Context& context, const Link& link, const Value& value, WriteOf of,
    std::vector<NestedWrite>& writes) {
    const std::string type =
        link.related->name + (of == WriteOf::NewRecord ? "CreateNestedInput" : "UpdateNestedInput");
    for (const Member& member : membersOf(context, value, type)) {
        const auto step = context.enterArgument(member.name);
        const auto* found =
            std::find_if(operations.begin(), operations.end(), [&](const Operation& operation) {
                return operation.name == member.name && applies(operation, link, of);
            });
        if (found == operations.end()) {
            context.failUnknownField(member, nestedOperations(link, of));
        }
        NestedReader(context, link, writes).read(*found, member.value);
    }
}

}  // namespace loam::runtime::plan
