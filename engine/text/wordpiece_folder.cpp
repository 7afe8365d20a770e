#include "engine/text/wordpiece_folder.h"

#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"
#include "engine/files/checked_json.h"
#include "engine/files/model_folder.h"
#include "engine/files/shown.h"
#include "engine/text/utf8.h"

#include <algorithm>
#include <map>

namespace headlight {
namespace {

using Json = nlohmann::json;

constexpr size_t largestFile = size_t(64) << 20;
constexpr int largestId = 10'000'000;
constexpr auto configName = "tokenizer_config.json";

/// One piece a line, as Python reads text files: "\n", "\r\n" and "\r" all end a line.
std::vector<std::string> splitLines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const size_t end = std::min(text.find_first_of("\r\n"), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
        if (!text.empty())
            text.remove_prefix(text.starts_with("\r\n") ? 2 : 1);
    }
    return lines;
}

std::vector<std::string> readVocabulary(const std::filesystem::path& folder,
                                        const std::filesystem::path& file) {
    if (file.empty()) {
        const bool other = !checkedFile(folder, "tokenizer.json").empty();
        throw FileError(folder.string(),
                        std::string("has no vocab.txt, the list of pieces that a BERT tokenizer needs; ") +
                            (other ? "make one from its tokenizer.json with "
                                     "AutoTokenizer.from_pretrained(folder).save_vocabulary(folder) in Python"
                                   : "copy it here from where the model comes from"));
    }
    const std::string text = readTextFile(file, largestFile);
    if (const auto bad = firstInvalidUtf8(text)) {
        const auto line =
            1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(*bad), '\n');
        throw FileError(file.string(), "is not a vocabulary: line " + std::to_string(line) + " is not UTF-8");
    }
    std::vector<std::string> lines = splitLines(text);
    if (lines.empty())
        throw FileError(file.string(), "is empty; a vocabulary has one piece a line");
    return lines;
}

/// tokenizer_config.json with readable complaints about values of the wrong kind.
class Config {
public:
    Config(const std::filesystem::path& folder, const Json& values)
        : m_file((folder / configName).string()), m_values(values) {}

    std::optional<bool> flag(const char* key) const {
        const auto found = m_values.find(key);
        if (found == m_values.end() || found->is_null())
            return {};
        if (!found->is_boolean())
            throw FileError(m_file, shown(key) + " must be true or false");
        return found->get<bool>();
    }

    std::vector<std::string> words(const char* key) const {
        const auto found = m_values.find(key);
        if (found == m_values.end() || found->is_null())
            return {};
        std::vector<std::string> result;
        if (found->is_array())
            std::transform(found->begin(), found->end(), std::back_inserter(result), spellingOf);
        if (!found->is_array() || std::count(result.begin(), result.end(), std::string()) > 0)
            throw FileError(m_file, shown(key) + " must be a list of words");
        return result;
    }

    /// A token is written as a string or as {"content": "[MASK]", ...}; empty for anything else.
    static std::string spellingOf(const Json& token) {
        if (token.is_string())
            return token.get<std::string>();
        const auto content = token.is_object() ? token.find("content") : token.end();
        return token.is_object() && content != token.end() && content->is_string()
                   ? content->get<std::string>()
                   : std::string();
    }

    const std::string& file() const { return m_file; }
    const Json& values() const { return m_values; }

private:
    std::string m_file;
    const Json& m_values;
};

/// special_tokens_map.json overrides tokenizer_config.json, which overrides BERT's own names.
void readSpecialTokens(const Config& config, const Json& specialTokensMap, WordPieceOptions& options) {
    const std::pair<const char*, std::string WordPieceOptions::*> names[] = {
        {"unk_token", &WordPieceOptions::unknownToken},
        {"sep_token", &WordPieceOptions::separatorToken},
        {"pad_token", &WordPieceOptions::paddingToken},
        {"cls_token", &WordPieceOptions::classToken},
        {"mask_token", &WordPieceOptions::maskToken}};
    for (const auto& [key, member] : names) {
        for (const Json* source : {&config.values(), &specialTokensMap}) {
            const auto found = source->find(key);
            if (found == source->end() || found->is_null())
                continue;
            const std::string spelling = Config::spellingOf(*found);
            if (spelling.empty())
                throw FileError(config.file(), shown(key) + " is not the name of a token");
            options.*member = spelling;
        }
    }
}

/// Tokens beside the vocabulary, by id: "added_tokens_decoder" of newer folders, added_tokens.json of older
/// ones, and special tokens with names of their own.
std::vector<AddedPiece> readAddedPieces(const Config& config, const Json& addedTokens,
                                        const std::vector<std::string>& vocabulary) {
    std::map<int, AddedPiece> byId;
    const auto add = [&byId](const std::string& spelling, const Json& id, bool special,
                             const std::string& file) {
        if (spelling.empty() || !id.is_number_integer() || id < 0 || id > largestId)
            throw FileError(file, "the added token " + shown(spelling) +
                                      " needs a name and an id from 0 to " + std::to_string(largestId));
        byId[id.get<int>()] = {spelling, id.get<int>(), special};
    };
    const std::vector<std::string> specialNames = config.words("additional_special_tokens");
    const auto isSpecial = [&specialNames](const std::string& spelling) {
        return std::find(specialNames.begin(), specialNames.end(), spelling) != specialNames.end();
    };
    for (const auto& [spelling, id] : addedTokens.items())
        add(spelling, id, isSpecial(spelling), "added_tokens.json");
    if (const auto decoder = config.values().find("added_tokens_decoder"); decoder != config.values().end()) {
        for (const auto& [id, token] : decoder->items())
            add(Config::spellingOf(token), Json::parse(id, nullptr, false),
                token.is_object() && token.contains("special") && token["special"] == true, config.file());
    }
    for (const std::string& spelling : specialNames) {
        const auto found = std::find(vocabulary.rbegin(), vocabulary.rend(), spelling);
        if (found != vocabulary.rend())
            add(spelling, std::distance(found, vocabulary.rend()) - 1, true, config.file());
    }
    std::vector<AddedPiece> result;
    result.reserve(byId.size());
    for (auto& [id, piece] : byId)
        result.push_back(std::move(piece));
    return result;
}

} // namespace

Json readJsonObject(const std::filesystem::path& folder, const std::string& name) {
    const std::filesystem::path file = checkedFile(folder, name);
    if (file.empty())
        return Json::object();
    Json content = parseJson(readTextFile(file, largestFile), file.string());
    if (!content.is_object())
        throw FileError(file.string(), "is not a JSON object; the file is damaged or something else");
    return content;
}

std::shared_ptr<const WordPiece> loadWordPiece(const std::filesystem::path& folder,
                                               const Json& configContent) {
    const Config config(folder, configContent);
    const std::filesystem::path vocabularyFile = checkedFile(folder, "vocab.txt");
    std::vector<std::string> vocabulary = readVocabulary(folder, vocabularyFile);
    if (!config.flag("do_basic_tokenize").value_or(true))
        throw FileError(config.file(), "switches \"do_basic_tokenize\" off, which Headlight does not read");

    WordPieceOptions options;
    options.lowerCase = config.flag("do_lower_case").value_or(true);
    options.stripAccents = config.flag("strip_accents");
    options.splitIdeographs = config.flag("tokenize_chinese_chars").value_or(true);
    options.neverSplit = config.words("never_split");
    readSpecialTokens(config, readJsonObject(folder, "special_tokens_map.json"), options);
    options.added = readAddedPieces(config, readJsonObject(folder, "added_tokens.json"), vocabulary);
    try {
        return std::make_shared<const WordPiece>(std::move(vocabulary), std::move(options));
    } catch (const Error& error) {
        throw FileError(vocabularyFile.string(), error.what());
    }
}

} // namespace headlight
