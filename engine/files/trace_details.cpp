#include "engine/files/trace_details.h"

#include "engine/files/safetensors.h"

#include <algorithm>
#include <array>

namespace headlight {

namespace {
enum class Kind { required, softmax, optional };
enum class Extent { vectors, cells, rows, heads };

struct DetailArray {
    std::string_view name;
    Tensor<float> SiteDetail::*member;
    Extent extent;
    Kind kind;
};
constexpr std::array arrays{
    DetailArray{"input", &SiteDetail::input, Extent::vectors, Kind::required},
    DetailArray{"scale", &SiteDetail::scale, Extent::heads, Kind::required},
    DetailArray{"temperature", &SiteDetail::temperature, Extent::heads, Kind::required},
    DetailArray{"unscaled_scores", &SiteDetail::dots, Extent::cells, Kind::required},
    DetailArray{"scaled_scores", &SiteDetail::scaled, Extent::cells, Kind::required},
    DetailArray{"position_bias", &SiteDetail::positionBias, Extent::cells, Kind::optional},
    DetailArray{"row_maximum", &SiteDetail::maximum, Extent::rows, Kind::softmax},
    DetailArray{"shifted_scores", &SiteDetail::shifted, Extent::cells, Kind::softmax},
    DetailArray{"exponentials", &SiteDetail::exponentials, Extent::cells, Kind::softmax},
    DetailArray{"row_sum", &SiteDetail::rowSum, Extent::rows, Kind::softmax},
    DetailArray{"joined_context", &SiteDetail::joined, Extent::vectors, Kind::required},
    DetailArray{"attention_output", &SiteDetail::output, Extent::vectors, Kind::required},
    DetailArray{"mid_residual", &SiteDetail::residual, Extent::vectors, Kind::required},
    DetailArray{"attention_norm", &SiteDetail::normed, Extent::vectors, Kind::optional}};

bool allSoftmax(const SiteDetail& detail) {
    return std::all_of(detail.normalisers.begin(), detail.normalisers.end(),
                       [](const std::string& name) { return name == "softmax"; });
}

/// Heads that were switched off left a context of zeros and nothing else.
std::vector<int> headsOff(const Tensor<float>& context) {
    std::vector<int> heads;
    if (context.empty())
        return heads;
    const size_t size = context.size() / static_cast<size_t>(context.dimension(0));
    for (int head = 0; head < context.dimension(0); ++head) {
        const std::span<const float> own = context.values().subspan(static_cast<size_t>(head) * size, size);
        if (std::all_of(own.begin(), own.end(), [](float number) { return number == 0; }))
            heads.push_back(head);
    }
    return heads;
}
} // namespace

void eachDetailArray(
    const StackRecord& record,
    const std::function<void(std::string_view, const std::vector<const Tensor<float>*>&)>& add) {
    bool softmax = true;
    for (const auto& site : record.sites) {
        if (!site->detail)
            return;
        softmax &= allSoftmax(*site->detail);
    }
    for (const DetailArray& array : arrays) {
        if (array.kind == Kind::softmax && !softmax)
            continue;
        std::vector<const Tensor<float>*> layers;
        for (const auto& site : record.sites)
            layers.push_back(&(*site->detail.*array.member));
        add(array.name, layers);
    }
}

void readDetails(const SafetensorsFile& file, Stack stack, const std::vector<int64_t>& weights,
                 const ShapeCheck& check, std::vector<SiteRecord>& sites) {
    const auto nameOf = [stack](const DetailArray& array) {
        return std::string(toString(stack)) + "." + std::string(array.name);
    };
    const auto complete = [&](Kind kind) {
        return std::all_of(arrays.begin(), arrays.end(), [&](const DetailArray& array) {
            return array.kind != kind || file.contains(nameOf(array));
        });
    };
    if (!complete(Kind::required))
        return;
    const bool softmax = complete(Kind::softmax);
    std::vector<std::shared_ptr<SiteDetail>> details;
    for (const SiteRecord& site : sites) {
        details.push_back(std::make_shared<SiteDetail>());
        details.back()->normalisers.assign(static_cast<size_t>(weights[1]),
                                           softmax ? "softmax" : "another rule");
        details.back()->switchedOff = headsOff(site.context);
    }
    int64_t width = -1;
    for (const DetailArray& array : arrays) {
        const std::string tensor = nameOf(array);
        if (!file.contains(tensor) || (array.kind == Kind::softmax && !softmax))
            continue;
        switch (array.extent) {
        case Extent::vectors: {
            // Joined contexts are as wide as the heads together, which need not be D.
            const bool own = array.member == &SiteDetail::joined;
            int64_t expected = own ? -1 : width;
            if (own && !sites.front().context.empty())
                expected = weights[1] * sites.front().context.dimension(2);
            const auto shape = check(tensor, {weights[0], weights[2], expected}, "(layers, tokens, width)");
            if (!own)
                width = shape[2];
            break;
        }
        case Extent::cells:
            check(tensor, weights, "the shape of the weights");
            break;
        case Extent::rows:
            check(tensor, {weights[0], weights[1], weights[2]}, "(layers, heads, query tokens)");
            break;
        case Extent::heads:
            check(tensor, {weights[0], weights[1]}, "(layers, heads)");
            break;
        }
        for (size_t layer = 0; layer < sites.size(); ++layer)
            (*details[layer]).*array.member = file.readSlice(tensor, static_cast<int64_t>(layer), true);
    }
    for (size_t layer = 0; layer < sites.size(); ++layer)
        sites[layer].detail = std::move(details[layer]);
}

} // namespace headlight
