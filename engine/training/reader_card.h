#pragma once

#include "engine/models/bert_config.h"
#include "engine/training/reader_figures.h"
#include "engine/training/trainer.h"

#include <string>
#include <vector>

namespace headlight {

/// What the card says of one source of real sentences.
struct CardSource {
    std::string name, description, licence;
    std::vector<std::string> files;
    size_t training = 0, heldOut = 0; ///< sentences
};

/// A pattern of the grammar, with sentences that it makes.
struct CardPattern {
    std::string id;
    bool heldOut = false;
    std::vector<std::string> samples;
};

/// What a reader's model card is made of.
struct ReaderCard {
    BertConfig config;
    int64_t parameters = 0;
    uint64_t seed = 0;
    int threads = 0;
    bool withData = false; ///< trained with --data
    std::vector<CardSource> sources;
    double realShare = 0; ///< of training tokens
    std::vector<CardPattern> patterns;
    std::string trials; ///< shapes and seeds that were tried, and why this one; Markdown
    TrainerSummary training;
    ReaderFigures figures;
};

/// README.md of the model's folder, in Markdown.
std::string readerCardText(const ReaderCard& card);

/// headlight.json of the model's folder: what the window opens it on.
std::string readerNotes(const ReaderCard& card);

} // namespace headlight
