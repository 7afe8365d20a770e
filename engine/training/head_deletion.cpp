#include "engine/training/head_deletion.h"

#include "engine/core/errors.h"

#include <algorithm>
#include <atomic>
#include <thread>

namespace headlight {

namespace {
constexpr int mostHeads = 3;

bool contains(const std::vector<HeadAddress>& set, const HeadAddress& head) {
    return std::find(set.begin(), set.end(), head) != set.end();
}

bool same(const std::vector<HeadAddress>& a, const std::vector<HeadAddress>& b) {
    return a.size() == b.size() &&
           std::all_of(a.begin(), a.end(), [&](const HeadAddress& head) { return contains(b, head); });
}

void addSets(const std::vector<HeadAddress>& heads, size_t from, size_t count, std::vector<HeadAddress>& set,
             std::vector<std::vector<HeadAddress>>& sets) {
    if (set.size() == count) {
        sets.push_back(set);
        return;
    }
    for (size_t i = from; i < heads.size(); ++i) {
        set.push_back(heads[i]);
        addSets(heads, i + 1, count, set, sets);
        set.pop_back();
    }
}

std::vector<double> accuracies(const Model& model, const std::vector<AskedSequence>& sequences,
                               const std::vector<std::vector<HeadAddress>>& sets, const JobControl& control) {
    std::vector<double> result(sets.size());
    std::atomic<size_t> next = 0;
    std::atomic<bool> stopped = false;
    const auto work = [&](bool mayPause) {
        for (size_t i = next++; i < sets.size() && !stopped; i = next++) {
            if (mayPause)
                control.stepAside();
            stopped = stopped || control.stop.stop_requested();
            result[i] = accuracyWithout(model, sequences, sets[i]);
        }
    };
    {
        const std::jthread helper([&work] { work(false); });
        work(true);
    }
    if (stopped)
        throw Cancelled();
    return result;
}
} // namespace

std::vector<std::vector<HeadAddress>> headSets(const StackShape& stack, int count) {
    std::vector<HeadAddress> heads, set;
    for (int layer = 0; layer < stack.layers; ++layer)
        for (int head = 0; head < stack.heads; ++head)
            heads.push_back({stack.stack, layer, head});
    std::vector<std::vector<HeadAddress>> sets;
    addSets(heads, 0, static_cast<size_t>(count), set, sets);
    return sets;
}

double accuracyWithout(const Model& model, const std::vector<AskedSequence>& sequences,
                       const std::vector<HeadAddress>& heads) {
    RecordPlan plan = RecordPlan::weightsOnly();
    plan.logits = true;
    RunControl control;
    control.edits = switchedOff(heads);
    Share share;
    for (const AskedSequence& sequence : sequences) {
        const Recording recording = model.run({sequence.ids, {}}, plan, control);
        for (const AskedSequence::Question& question : sequence.questions) {
            const std::span<const float> row = recording.logits->row(question.position);
            share.add(std::max_element(row.begin(), row.end()) - row.begin() == question.answer);
        }
    }
    return share.value();
}

std::vector<DeletionFigures> deleteHeads(const Model& model, const std::vector<AskedSequence>& sequences,
                                         const std::vector<HeadAddress>& linkHeads,
                                         const JobControl& control) {
    const StackShape& stack = model.shape().stacks.front();
    const double whole = accuracyWithout(model, sequences, {});
    std::vector<DeletionFigures> result;
    for (int count = 1;
         count <= std::min({mostHeads, stack.layers * stack.heads - 1, static_cast<int>(linkHeads.size())});
         ++count) {
        DeletionFigures figures;
        figures.heads.assign(linkHeads.begin(), linkHeads.begin() + count);
        figures.othersWorstDrop = -1;
        const std::vector<std::vector<HeadAddress>> sets = headSets(stack, count);
        const std::vector<double> without = accuracies(model, sequences, sets, control);
        for (size_t i = 0; i < sets.size(); ++i) {
            const double drop = whole - without[i];
            if (same(sets[i], figures.heads)) {
                figures.accuracy = without[i];
                figures.drop = drop;
                continue;
            }
            ++figures.others;
            figures.othersMeanDrop += drop;
            if (drop > figures.othersWorstDrop) {
                figures.othersWorstDrop = drop;
                figures.worst = sets[i];
            }
            if (std::none_of(sets[i].begin(), sets[i].end(),
                             [&](const HeadAddress& head) { return contains(figures.heads, head); })) {
                ++figures.apart;
                figures.apartMeanDrop += drop;
            }
        }
        figures.othersMeanDrop /= std::max(figures.others, 1);
        figures.apartMeanDrop /= std::max(figures.apart, 1);
        result.push_back(figures);
    }
    return result;
}

} // namespace headlight
