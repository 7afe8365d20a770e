#pragma once

#include "engine/models/bert_config.h"
#include "engine/training/reader_evaluation.h"
#include "engine/training/trainer.h"

#include <string>

namespace headlight {

/// What a reader's model card is made of.
struct ReaderCard {
    BertConfig config;
    int64_t parameters = 0;
    uint64_t seed = 0;
    int threads = 0;
    TrainerSummary training;
    ReaderFigures figures;
};

/// README.md of the model's folder, in Markdown.
std::string readerCardText(const ReaderCard& card);

/// headlight.json of the model's folder: what the window opens it on.
std::string readerNotes(const ReaderCard& card);

} // namespace headlight
