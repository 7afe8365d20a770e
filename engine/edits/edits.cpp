#include "engine/edits/edits.h"

#include <algorithm>

namespace headlight {

bool SiteEdits::isOff(int head) const {
    return std::find(switchedOff.begin(), switchedOff.end(), head) != switchedOff.end();
}

SiteEdits editsOf(const Edits& edits, Stack stack, int layer) {
    SiteEdits site;
    for (const HeadAddress& address : edits.switchedOff)
        if (address.stack == stack && address.layer == layer)
            site.switchedOff.push_back(address.head);
    return site;
}

} // namespace headlight
