#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace headlight {

/// One sentence of a corpus.
struct CorpusSentence {
    std::string text;
    bool continues = false; ///< it follows the sentence before it in the same text
};

/// One source of real sentences, with what a model card says of it.
struct CorpusSource {
    std::string name; ///< "fra-eng"
    std::string description;
    std::string licence;
    std::vector<std::string> files;
    std::vector<CorpusSentence> training; ///< in the order of the files
    std::vector<std::string> heldOut;     ///< each once
};

/// Real English sentences to train and to measure on. A sentence is kept from training by a hash of its words
/// (see heldOut), so all its copies are, in every source, with any punctuation.
struct Corpus {
    std::vector<CorpusSource> sources;
    std::string sha256; ///< of all that was read

    bool empty() const { return sources.empty(); }
};

/// Reads `folder`: the English side of fra-eng/fra-eng.zip or fra-eng/fra.txt (lines "English TAB French",
/// more columns allowed; equal English sides count once), and books-public-domain/*.txt (Project Gutenberg).
/// One of them is enough. Sentences whose key (see corpus_text.h) is in `excluded` are left out altogether.
/// Throws FileError: nothing of the kind is there, a file is damaged, too long, not UTF-8, or has a line
/// without a tab.
Corpus readCorpus(const std::filesystem::path& folder, const std::set<std::string>& excluded);

/// Whether sentences with this key are kept from training: one of fifty.
bool heldOutSentence(std::string_view key);

} // namespace headlight
