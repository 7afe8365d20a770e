#include "ui/paint/label_thinning.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace headlight {

std::vector<int> labelsToDraw(int count, double spacing, double neededPixels, int always) {
    return labelsFrom(0, count, spacing, neededPixels, always);
}

std::vector<int> labelsFrom(int first, int count, double spacing, double neededPixels, int always) {
    std::vector<int> labels;
    if (count <= 0 || spacing <= 0)
        return labels;
    const bool hasAlways = always >= first && always < first + count;
    // One place is kept for `always`, which may fall between the steps.
    const int places = largestLabelCount - 1;
    const int byRoom = static_cast<int>(std::ceil(neededPixels / spacing));
    const int byNumber = count <= largestLabelCount ? 1 : (count + places - 1) / places;
    const int step = std::max({1, byRoom, byNumber});
    for (int i = (first + step - 1) / step * step; i < first + count; i += step)
        if (!hasAlways || i == always || std::abs(i - always) >= step)
            labels.push_back(i);
    if (hasAlways && !std::binary_search(labels.begin(), labels.end(), always))
        labels.insert(std::upper_bound(labels.begin(), labels.end(), always), always);
    return labels;
}

} // namespace headlight
