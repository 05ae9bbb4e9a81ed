#pragma once

// Everything that a stack program needs, apart from the typed resources in <loam/aws/...> and the
// matchers for tests in <loam/testing.hpp>.

#include <loam/alarm.hpp>
#include <loam/alias.hpp>
#include <loam/aspect.hpp>
#include <loam/asset.hpp>
#include <loam/bastion_host.hpp>
#include <loam/bucket.hpp>
#include <loam/construct.hpp>
#include <loam/duration.hpp>
#include <loam/error.hpp>
#include <loam/file_system.hpp>
#include <loam/findings.hpp>
#include <loam/function.hpp>
#include <loam/http_api.hpp>
#include <loam/iam.hpp>
#include <loam/intrinsics.hpp>
#include <loam/key.hpp>
#include <loam/lamdb.hpp>
#include <loam/lazy.hpp>
#include <loam/log_group.hpp>
#include <loam/mapping.hpp>
#include <loam/metric.hpp>
#include <loam/parameter.hpp>
#include <loam/props.hpp>
#include <loam/queue.hpp>
#include <loam/resource.hpp>
#include <loam/s3_sync.hpp>
#include <loam/schedule.hpp>
#include <loam/secret.hpp>
#include <loam/security_group.hpp>
#include <loam/size.hpp>
#include <loam/stack.hpp>
#include <loam/tags.hpp>
#include <loam/topic.hpp>
#include <loam/value.hpp>
#include <loam/vpc.hpp>

// Writes the templates; part of loam_synth.
#if __has_include(<loam/synth.hpp>)
#include <loam/synth.hpp>
#endif
