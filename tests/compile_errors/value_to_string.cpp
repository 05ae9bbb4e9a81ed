// A value known only at deployment does not become a string of the program.
#include <loam/resource.hpp>

#include <string>

void make(loam::Resource& resource) {
#ifdef LOAM_GOOD
    loam::Str arn = resource.attribute("Arn");
#else
    std::string arn = resource.attribute("Arn");
#endif
    (void)arn;
}
