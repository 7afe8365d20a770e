#pragma once

#include "engine/core/head_address.h"

#include <cstdint>
#include <string>
#include <vector>

namespace headlight {

/// The attention sites whose details are kept (see BasicSiteDetail).
struct DetailChoice {
    struct Site {
        Stack stack = Stack::encoder;
        int layer = 0;
        friend bool operator==(const Site&, const Site&) = default;
    };
    bool all = false;
    std::vector<Site> sites;

    static DetailChoice ofAll() { return {true, {}}; }
    static DetailChoice of(const HeadAddress& head) { return {false, {{head.stack, head.layer}}}; }
    bool has(Stack stack, int layer) const;
    friend bool operator==(const DetailChoice&, const DetailChoice&) = default;
};

/// What a forward pass keeps. Weights and scores of every head are always kept; the rest is by choice.
struct RecordPlan {
    bool vectors = true; ///< queries, keys, values, context
    bool hidden = true;  ///< the residual stream between layers
    bool logits = true;
    DetailChoice details = {}; ///< needs `vectors` to be of use

    /// All but details, which are asked for by name.
    static RecordPlan everything() { return {}; }
    static RecordPlan weightsOnly() { return {false, false, false, {}}; }
    friend bool operator==(const RecordPlan&, const RecordPlan&) = default;
};

/// The shape of one stack of blocks, known before any pass runs.
struct StackShape {
    Stack stack = Stack::encoder;
    int layers = 0;
    int heads = 0;
    int keyHeads = 0;  ///< = heads except in grouped-query models
    int headWidth = 0; ///< d_head
    int width = 0;     ///< D, of the residual stream
};

/// The shape of a whole model.
struct ModelShape {
    std::string family; ///< "bert"
    std::vector<StackShape> stacks;
    int vocabularySize = 0;
    int maximumTokens = 0;
    int64_t parameters = 0;

    /// Null when the model has no such stack.
    const StackShape* find(Stack stack) const {
        for (const StackShape& shape : stacks)
            if (shape.stack == stack)
                return &shape;
        return nullptr;
    }
    bool has(const HeadAddress& address) const {
        const StackShape* shape = find(address.stack);
        return shape && address.layer >= 0 && address.layer < shape->layers && address.head >= 0 &&
               address.head < shape->heads;
    }
};

/// Bytes that a recording of n tokens will take (scores and weights always, the rest by plan), before
/// anything is taken.
int64_t plannedBytes(const RecordPlan& plan, const ModelShape& shape, int64_t tokens);

} // namespace headlight
