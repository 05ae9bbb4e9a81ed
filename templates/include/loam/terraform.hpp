#pragma once

// Stacks as Terraform configurations for the provider hashicorp/aws 6.x: one root module, that is
// one main.tf.json and one state, for each stack. docs/terraform.md has the rules of the
// translation.

#include <loam/assembly.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace loam::terraform {

/// Where Terraform keeps the state.
struct Backend {
    /// `local`, `s3`, `remote` or any other that Terraform knows.
    std::string type = "local";
    /// Literal settings of the backend; the text `{stack}` in them becomes the name of the stack.
    /// Default for `local`: Terraform's own, a file beside main.tf.json. For `s3` the `key`
    /// defaults to
    /// `{stack}/terraform.tfstate`, and `encrypt` and `use_lockfile` to true.
    Any settings = {};
};

/// How stacks become Terraform configurations.
struct TerraformProps {
    Backend backend = {};
    /// Constraint on the version of the provider.
    std::string providerVersion = "~> 6.0";
    /// Constraint on the version of Terraform; 1.11 is the first with write-only arguments.
    std::string terraformVersion = ">= 1.11";
    /// Further arguments of the provider block, by Terraform's names: `assume_role`, `endpoints`
    /// ...
    Any providerArguments = {};
    /// Makes resources of types without a mapping through AWS Cloud Control. Default: they are
    /// errors.
    bool cloudControl = false;
    /// Gives resources with the removal policy Retain `prevent_destroy`, so that `terraform
    /// destroy` fails as long as they are in the configuration. Default: a destroy deletes them,
    /// unless the provider can skip that; docs/terraform.md says how to keep them.
    bool protectRetained = false;
};

/// Settings for the stacks in this construct: an app, a stage, a stack. The nearest call holds.
/// Throws ValidationError if a setting is not literal.
void configure(Construct& scope, const TerraformProps& props);

/// The settings that hold for a stack.
TerraformProps settings(const Stack& stack);

/// A stack as a Terraform configuration.
struct Rendering {
    /// The content of main.tf.json: maps, lists and scalars only.
    Value document;
    /// What has no equal in Terraform. With an error among them the document is incomplete.
    Findings findings;
    /// Addresses of the resources that Retain would keep and a destroy deletes, sorted. They stay
    /// if `terraform state rm ADDRESS...` runs before `terraform destroy`.
    std::vector<std::string> retained;
};

/// Renders a stack. Pure: assets are named, not read.
Rendering render(const AssembledStack& stack);

/// The folder of a stack's configuration, relative to the output folder: `terraform/Articles`. The
/// folders of an app lie side by side, and `assets` beside `terraform`: the configurations refer to
/// each other's state and to the assets by these places.
std::string directory(const Stack& stack);

/// Whether the type becomes resources of the provider without Cloud Control.
bool isMapped(std::string_view cloudFormationType);

/// All such types, sorted.
std::vector<std::string_view> mappedTypes();

}  // namespace loam::terraform
