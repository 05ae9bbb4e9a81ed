#pragma once

#include <loam/assembly.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace loam::synthesis {

/// What the manifest says of one stack; empty names were not written.
struct StackFiles {
    const AssembledStack* stack = nullptr;
    /// `Articles.template.json`.
    std::string cloudFormation = {};
    std::size_t cloudFormationBytes = 0;
    /// `terraform/Articles/main.tf.json`.
    std::string terraform = {};
    /// Addresses that `terraform destroy` would delete though their removal policy is Retain.
    std::vector<std::string> retained = {};
};

/// `manifest.json`: the stacks in the order of deployment with their files, assets, capabilities
/// and the commands that deploy them, run in the output folder. `${ARTIFACT_BUCKET}` is the user's
/// bucket.
std::string manifest(const std::vector<StackFiles>& stacks);

/// `tree.json`: every construct with its path, and its type and logical id if it has them.
std::string tree(const App& app);

}  // namespace loam::synthesis
