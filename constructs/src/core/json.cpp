#include <loam/error.hpp>
#include <loam/node.hpp>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace loam {

namespace {

Value convert(const nlohmann::json& json) {
    switch (json.type()) {
        case nlohmann::json::value_t::string:
            return Str(json.get_ref<const std::string&>());
        case nlohmann::json::value_t::boolean:
            return Bool(json.get<bool>());
        case nlohmann::json::value_t::number_integer:
        case nlohmann::json::value_t::number_unsigned:
            return Num(json.get<std::int64_t>());
        case nlohmann::json::value_t::number_float:
            return Num(json.get<double>());
        case nlohmann::json::value_t::array: {
            detail::ListBuilder list;
            for (const auto& item : json) list.add(convert(item));
            return list.take();
        }
        case nlohmann::json::value_t::object: {
            detail::MapBuilder map;
            for (const auto& [key, item] : json.items()) map.add(key, convert(item));
            return map.take();
        }
        default:
            return Str(NoValue{});
    }
}

}  // namespace

Any Any::json(std::string_view text) {
    try {
        return Any(convert(nlohmann::json::parse(text)));
    } catch (const nlohmann::json::parse_error& error) {
        const auto end = std::min<std::size_t>(error.byte, text.size());
        const auto before = text.substr(0, end);
        const auto line = 1 + std::count(before.begin(), before.end(), '\n');
        throw ValidationError("",
            "Any::json: the text is not JSON at line " + std::to_string(line) + ", byte " +
                std::to_string(error.byte) + " of " + std::to_string(text.size()));
    }
}

}  // namespace loam
