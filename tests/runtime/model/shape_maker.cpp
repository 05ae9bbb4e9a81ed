#include "tests/runtime/model/shape_maker.hpp"

#include "tests/runtime/model/value.hpp"

namespace loam::modeltest {
namespace {

class Maker {
  public:
    explicit Maker(Random& random) : random_(random) {}

    Shape make() {
        shape_.isEmulated = random_.chance(30);
        const std::size_t models = 2 + random_.below(3);
        for (std::size_t index = 0; index < models; ++index) {
            addModel(std::string(1, static_cast<char>('A' + index)) + "thing");
        }
        const std::size_t relations = 1 + random_.below(models + 1);
        for (std::size_t index = 0; index < relations; ++index) {
            addRelation("r" + std::to_string(index));
        }
        return std::move(shape_);
    }

  private:
    void addModel(const std::string& name) {
        Model model{name};
        switch (random_.below(4)) {
            case 0:
                model.columns.push_back({"id", Type::Int, false, true});
                break;
            case 1:
                model.columns.push_back({"id", Type::Int, false, true});
                model.isGenerated = true;
                break;
            case 2:
                model.columns.push_back({"id", Type::String, false, true});
                break;
            default:
                model.columns.push_back({"part", Type::Int, false, true});
                model.columns.push_back({"side", Type::String, false, true});
        }
        for (std::size_t index = 0; index < model.columns.size(); ++index) {
            model.id.push_back(index);
        }
        const std::size_t plain = 2 + random_.below(4);
        for (std::size_t index = 0; index < plain; ++index) {
            model.columns.push_back(plainColumn("f" + std::to_string(index)));
        }
        if (random_.chance(60)) {
            model.columns.push_back({"code", keyType(), random_.chance(40), true, true});
        }
        if (random_.chance(30)) {
            model.uniques.push_back({model.columns.size(), model.columns.size() + 1});
            model.columns.push_back({"u", keyType(), false, true});
            model.columns.push_back({"v", keyType(), false, true});
        }
        model.isMapped = random_.chance(25);
        shape_.models.push_back(std::move(model));
    }

    Type keyType() { return random_.chance(50) ? Type::Int : Type::String; }

    Column plainColumn(std::string name) {
        const auto type = static_cast<Type>(random_.below(10));
        Column column{std::move(name), type, type != Type::Json && random_.chance(50)};
        column.isMapped = random_.chance(20);
        const bool mayHavePreset =
            type != Type::Json && type != Type::Bytes && type != Type::DateTime &&
            type != Type::Decimal;
        if (mayHavePreset && random_.chance(20)) {
            column.preset = random_.pick(samples(type));
        }
        return column;
    }

    void addRelation(const std::string& name) {
        Relation relation{.name = name};
        relation.kind = static_cast<Many>(random_.below(3));
        relation.holder = random_.below(shape_.models.size());
        relation.target = random_.below(shape_.models.size());
        relation.holderField = name + "To";
        relation.targetField = name + "From";
        if (relation.kind == Many::ManyToMany) {
            if (shape_.models[relation.holder].id.size() == 1 &&
                shape_.models[relation.target].id.size() == 1) {
                orderSides(relation);
                shape_.relations.push_back(std::move(relation));
            }
            return;
        }
        const bool isSelf = relation.holder == relation.target;
        relation.isRequired = !isSelf && random_.chance(40);
        relation.references = random_.pick(referable(shape_.models[relation.target]));
        relation.onDelete = action(relation.isRequired);
        relation.onUpdate = action(relation.isRequired);
        if (shape_.isEmulated && relation.holder <= relation.target) {
            // Without these the relations could be a cycle, which is refused.
            relation.onDelete = Action::Restrict;
            relation.onUpdate = Action::Restrict;
        }
        addForeignKey(relation);
        shape_.relations.push_back(std::move(relation));
    }

    /// The left side of a many-to-many relation is the model, or the field, that comes first.
    static void orderSides(Relation& relation) {
        if (relation.holder > relation.target) {
            std::swap(relation.holder, relation.target);
        }
        relation.holderField = relation.name + "Left";
        relation.targetField = relation.name + "Right";
    }

    /// The keys that foreign keys may name: those without NULL or foreign keys.
    static std::vector<std::vector<std::size_t>> referable(const Model& model) {
        std::vector<std::vector<std::size_t>> found;
        for (const auto& key : model.keys()) {
            const Column& first = model.columns[key.front()];
            if (!first.isOptional && !first.isForeign) {
                found.push_back(key);
            }
        }
        return found;
    }

    Action action(bool isRequired) {
        std::vector<Action> actions = {Action::Cascade, Action::Restrict};
        if (!isRequired) {
            actions.insert(actions.end(), 2, Action::SetNull);
        }
        if (!shape_.isEmulated) {
            actions.push_back(Action::NoAction);
        }
        return random_.pick(actions);
    }

    void addForeignKey(Relation& relation) {
        Model& holder = shape_.models[relation.holder];
        for (const std::size_t reference : relation.references) {
            const Column referenced = shape_.models[relation.target].columns[reference];
            relation.columns.push_back(holder.columns.size());
            holder.columns.push_back({relation.name + "_" + referenced.name, referenced.type,
                !relation.isRequired, true, false, true});
        }
        if (relation.kind == Many::OneToOne) {
            if (relation.columns.size() == 1) {
                holder.columns.back().isUnique = true;
            } else {
                holder.uniques.push_back(relation.columns);
            }
        }
    }

    Random& random_;
    Shape shape_;
};

}  // namespace

Shape makeShape(Random& random) { return Maker(random).make(); }

}  // namespace loam::modeltest
