// A value known only at deployment cannot be inspected.
#include <loam/resource.hpp>

bool same(loam::Resource& resource) {
#ifdef LOAM_GOOD
    return resource.attribute("Arn").present();
#else
    return resource.attribute("Arn") == "arn:aws:s3:::b";
#endif
}
