// A list is no string.
#include <loam/resource.hpp>

void make(loam::Resource& resource) {
#ifdef LOAM_GOOD
    loam::StrList names = resource.attributeList("Names");
#else
    loam::Str names = resource.attributeList("Names");
#endif
    (void)names;
}
