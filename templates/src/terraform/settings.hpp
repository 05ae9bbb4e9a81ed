#pragma once

#include <loam/terraform.hpp>

namespace loam::terraform {

/// The `backend` entry of the block `terraform`, or absent for Terraform's own default.
Value backendOf(const Stack& stack);

/// The data source that reads the state of another stack.
Value remoteStateOf(const Stack& producer);

}  // namespace loam::terraform
