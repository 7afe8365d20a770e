#include "engine/explain/alignment.h"

#include <algorithm>
#include <cstdint>

namespace headlight {

namespace {
/// Words that differ, between two equal ones: pairs first, then the rest of the longer side.
void addGap(std::vector<AlignedPlace>& places, int aBegin, int aEnd, int bBegin, int bEnd) {
    while (aBegin < aEnd && bBegin < bEnd)
        places.push_back({aBegin++, bBegin++, AlignedKind::replaced});
    while (aBegin < aEnd)
        places.push_back({aBegin++, -1, AlignedKind::onlyA});
    while (bBegin < bEnd)
        places.push_back({-1, bBegin++, AlignedKind::onlyB});
}

/// Lengths of the longest common subsequence of a[i...] and b[j...], for every i and j of two ranges.
class CommonLengths {
public:
    CommonLengths(const std::vector<std::string>& a, const std::vector<std::string>& b, size_t begin,
                  size_t aEnd, size_t bEnd)
        : m_begin(begin), m_width(bEnd - begin + 1), m_lengths((aEnd - begin + 1) * m_width) {
        for (size_t i = aEnd; i-- > begin;)
            for (size_t j = bEnd; j-- > begin;)
                m_lengths[place(i, j)] =
                    a[i] == b[j] ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
    }
    uint32_t at(size_t i, size_t j) const { return m_lengths[place(i, j)]; }

private:
    size_t place(size_t i, size_t j) const { return (i - m_begin) * m_width + j - m_begin; }
    size_t m_begin;
    size_t m_width;
    std::vector<uint32_t> m_lengths;
};
} // namespace

std::vector<AlignedPlace> aligned(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    const size_t shorter = std::min(a.size(), b.size());
    size_t begin = 0;
    while (begin < shorter && a[begin] == b[begin])
        ++begin;
    size_t tail = 0;
    while (tail < shorter - begin && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    const size_t aEnd = a.size() - tail, bEnd = b.size() - tail;

    std::vector<AlignedPlace> places;
    places.reserve(std::max(a.size(), b.size()));
    const auto equal = [&](size_t i, size_t j) {
        places.push_back({static_cast<int>(i), static_cast<int>(j), AlignedKind::equal});
    };
    const auto gap = [&](size_t aFrom, size_t aTo, size_t bFrom, size_t bTo) {
        addGap(places, static_cast<int>(aFrom), static_cast<int>(aTo), static_cast<int>(bFrom),
               static_cast<int>(bTo));
    };
    for (size_t i = 0; i < begin; ++i)
        equal(i, i);
    const CommonLengths common(a, b, begin, aEnd, bEnd);
    size_t i = begin, j = begin, aGap = begin, bGap = begin;
    while (i < aEnd && j < bEnd) {
        if (a[i] == b[j]) {
            gap(aGap, i, bGap, j);
            equal(i++, j++);
            aGap = i;
            bGap = j;
        } else if (common.at(i + 1, j) >= common.at(i, j + 1)) {
            ++i;
        } else {
            ++j;
        }
    }
    gap(aGap, aEnd, bGap, bEnd);
    for (size_t k = 0; k < tail; ++k)
        equal(aEnd + k, bEnd + k);
    return places;
}

std::vector<std::string> alignmentNames(const Trace& trace, const std::vector<ShownToken>& tokens) {
    std::vector<std::string> names;
    names.reserve(tokens.size());
    for (const ShownToken& shown : tokens) {
        std::string name;
        for (int index = shown.first; index <= shown.last; ++index) {
            const Token& token = trace.tokens()[static_cast<size_t>(index)];
            name += std::to_string(token.text) + ' ' + token.piece + '\n';
            if (token.unknown)
                name += trace.spelling(token) + '\n';
        }
        names.push_back(std::move(name));
    }
    return names;
}

std::vector<std::string> spelledNames(const Trace& trace, const std::vector<ShownToken>& tokens) {
    constexpr const char* spaces = " \t\r\n";
    std::vector<std::string> names;
    names.reserve(tokens.size());
    for (const ShownToken& shown : tokens) {
        std::string spelled;
        for (int index = shown.first; index <= shown.last; ++index)
            spelled += trace.spelling(trace.tokens()[static_cast<size_t>(index)]);
        const size_t begin = spelled.find_first_not_of(spaces);
        const size_t end = spelled.find_last_not_of(spaces);
        if (begin != std::string::npos)
            spelled = spelled.substr(begin, end + 1 - begin);
        const Token& first = trace.tokens()[static_cast<size_t>(shown.first)];
        names.push_back(std::to_string(first.text) + (first.special ? " * " : " ") + spelled);
    }
    return names;
}

bool cutsDiffer(const Trace& a, const Trace& b) {
    if (a.modelSha256 == b.modelSha256)
        return false;
    if (a.text != b.text || a.pairText != b.pairText)
        return true;
    return spelledNames(a, shownTokens(a, {false})) != spelledNames(b, shownTokens(b, {false}));
}

} // namespace headlight
