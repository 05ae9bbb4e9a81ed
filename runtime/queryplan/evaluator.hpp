#pragma once

#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/plan/generators.hpp"
#include "runtime/queryplan/plan.hpp"
#include "runtime/queryplan/value.hpp"

namespace loam::runtime::queryplan {

/// The variables of a request and its clock: turns expressions of a plan into values.
class Evaluator {
  public:
    /// `parameters` is the object of the request, or null; it and `sources` must outlive this.
    Evaluator(const request::Value* parameters, const plan::Sources& sources, Budget& budget);

    /// The value of an expression that was checked. Throws RequestError when a parameter is no time
    /// where one is needed.
    Value evaluate(const request::Value& expression);

    /// The variable's innermost value; undefined when it has none.
    Value variable(std::string_view name);

    void set(std::string_view name, Value value) { variables_[name].push_back(std::move(value)); }
    /// Takes back the last `set` of the name.
    void unset(std::string_view name) { variables_[name].pop_back(); }

  private:
    Value reference(const request::Value& content);
    Value generate(const request::Value& content);
    Value product(const request::Value& arguments);

    std::unordered_map<std::string_view, const request::Value*> parameters_;
    std::unordered_map<std::string_view, std::vector<Value>> variables_;
    const plan::Sources& sources_;
    Budget& budget_;
};

/// The time that the value stands for, or nothing.
std::optional<plan::DateTime> asTime(const Value& value);

}  // namespace loam::runtime::queryplan
