#include <loam/terraform.hpp>

#include <algorithm>

#include "templates/src/terraform/mapping.hpp"

namespace loam::terraform {

namespace {

std::vector<TypeMapping> gather() {
    std::vector<TypeMapping> all;
    for (auto* service : {apiGatewayMappings, backupMappings, cloudwatchMappings, datasyncMappings,
             ec2Mappings, ec2InstanceMappings, efsMappings, eventsMappings, iamMappings,
             kmsMappings, lambdaMappings, logsMappings, s3Mappings, schedulerMappings,
             secretsManagerMappings, snsMappings, sqsMappings, ssmMappings}) {
        auto mappings = service();
        std::move(mappings.begin(), mappings.end(), std::back_inserter(all));
    }
    std::sort(all.begin(), all.end(), [](const auto& left, const auto& right) {
        return left.type < right.type;
    });
    return all;
}

}  // namespace

const std::vector<const TypeMapping*>& allMappings() {
    static const std::vector<TypeMapping> all = gather();
    static const auto pointers = [] {
        std::vector<const TypeMapping*> out;
        for (const auto& mapping : all) out.push_back(&mapping);
        return out;
    }();
    return pointers;
}

const TypeMapping* findMapping(std::string_view type) {
    const auto& all = allMappings();
    const auto found = std::lower_bound(all.begin(), all.end(), type,
        [](const TypeMapping* mapping, std::string_view name) { return mapping->type < name; });
    return found != all.end() && (*found)->type == type ? *found : nullptr;
}

bool isMapped(std::string_view cloudFormationType) {
    return findMapping(cloudFormationType) != nullptr;
}

std::vector<std::string_view> mappedTypes() {
    std::vector<std::string_view> types;
    for (const auto* mapping : allMappings()) types.push_back(mapping->type);
    return types;
}

}  // namespace loam::terraform
