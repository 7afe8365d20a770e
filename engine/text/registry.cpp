#include "engine/text/registry.h"

#include "engine/core/errors.h"
#include "engine/files/shown.h"
#include "engine/text/wordpiece_folder.h"

#include <algorithm>
#include <array>

namespace headlight {
namespace {

/// A family of tokenizers that the program reads: the classes that name it in tokenizer_config.json, and its
/// reader.
struct TokenizerFamily {
    std::array<std::string_view, 4> classes;
    std::shared_ptr<const Tokenizer> (*load)(const std::filesystem::path&, const nlohmann::json&);
};

const TokenizerFamily families[] = {
    {{"BertTokenizer", "DistilBertTokenizer", "ElectraTokenizer", "MobileBertTokenizer"},
     [](const std::filesystem::path& folder, const nlohmann::json& config)
         -> std::shared_ptr<const Tokenizer> { return loadWordPiece(folder, config); }},
};

} // namespace

std::shared_ptr<const Tokenizer> loadTokenizer(const std::filesystem::path& folder) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored))
        throw FileError(folder.string(),
                        "is not a folder; a tokenizer is a folder with its vocabulary and settings");
    const std::string configName = "tokenizer_config.json";
    const nlohmann::json config = readJsonObject(folder, configName);

    // Old folders name no class; those of BERT are known by their vocab.txt.
    std::string name = "BertTokenizer";
    if (const auto found = config.find("tokenizer_class"); found != config.end() && !found->is_null()) {
        if (!found->is_string())
            throw FileError((folder / configName).string(), "has a \"tokenizer_class\" that is not a name");
        name = found->get<std::string>();
    }
    std::string_view plainName = name;
    if (plainName.ends_with("Fast"))
        plainName.remove_suffix(4);
    for (const TokenizerFamily& family : families)
        if (std::find(family.classes.begin(), family.classes.end(), plainName) != family.classes.end())
            return family.load(folder, config);
    throw FileError((folder / configName).string(),
                    "names the tokenizer " + shown(name) +
                        ", a kind that this version does not read; it reads those of "
                        "BERT's family, such as BertTokenizer");
}

} // namespace headlight
