#pragma once

#include "engine/explain/provenance.h"
#include "engine/session/model_session.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <string>

namespace headlight::testing {

inline const std::string defaultText = "The animal didn't cross the street because it was too tired.";

/// The bundled reader, loaded once.
inline const LoadedModel& reader() {
    static const std::shared_ptr<const LoadedModel> model = LoadedModel::load("reader");
    return *model;
}

/// One pass with the details of every site. Null, and the test fails, when it does not complete.
inline std::shared_ptr<const Trace> detailedTrace(const std::string& text, const std::string& pair = {}) {
    static const std::shared_ptr<const LoadedModel> model = LoadedModel::load("reader");
    RunRequest request;
    request.text = text;
    request.pair = pair;
    request.plan.details = DetailChoice::ofAll();
    return ModelSession(model).run(request, {}).trace;
}

/// A trace with one site, whose record and details a test may alter.
struct OpenTrace {
    Trace trace;
    std::shared_ptr<SiteRecord> site;
    std::shared_ptr<SiteDetail> detail;

    OpenTrace(const Trace& from, int layer)
        : trace(from), site(std::make_shared<SiteRecord>(*from.site(Stack::encoder, layer))),
          detail(std::make_shared<SiteDetail>(*site->detail)) {
        site->detail = detail;
        trace.recording.stacks[0].sites[static_cast<size_t>(layer)] = site;
    }
};

/// The terms added up once more, by the test itself: what a pencil does with what is shown.
struct Readded {
    double value = 0, magnitude = 0;
};
inline Readded readdedFromTerms(const Derivation& sum) {
    Readded result;
    double largest = -INFINITY;
    for (const Term& term : sum.terms) {
        double one = static_cast<double>(term.factors[0].value);
        if (term.count == 2)
            one = term.divided ? one / static_cast<double>(term.factors[1].value)
                               : one * static_cast<double>(term.factors[1].value);
        one = term.subtracted ? -one : one;
        largest = std::max(largest, one);
        result.value += one;
        result.magnitude += std::abs(one);
    }
    if (sum.operation == Operation::maximum)
        return {largest, 0};
    if (sum.operation == Operation::exponential)
        return {std::exp(result.value), std::exp(result.value)};
    return result;
}
/// Whether the shown terms give the recorded number within 4 eps x sum of |terms|.
inline bool agreesFromTerms(const Derivation& sum) {
    const Readded again = readdedFromTerms(sum);
    const double eps = static_cast<double>(std::numeric_limits<float>::epsilon());
    return std::abs(again.value - static_cast<double>(sum.recorded)) <=
           4 * eps * again.magnitude + static_cast<double>(std::numeric_limits<float>::min());
}

} // namespace headlight::testing
