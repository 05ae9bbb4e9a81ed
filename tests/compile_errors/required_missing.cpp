// A Required field that is left out.
#include <loam/resource.hpp>

void make(loam::Construct& stack) {
#ifdef LOAM_GOOD
    stack.add<loam::RawResource>("R", {.type = "AWS::SNS::Topic"});
#else
    stack.add<loam::RawResource>("R", {.properties = loam::Any::object({})});
#endif
}
