#include "engine/training/vocabulary.h"

#include "engine/files/atomic_file.h"
#include "engine/training/grammar.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace headlight {

namespace {
constexpr std::string_view specialPieces[] = {"[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"};
constexpr std::string_view asciiPunctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
constexpr std::string_view otherMarks[] = {"‘", "’", "“", "”", "„", "–", "—", "…", "«", "»", "¿", "¡", "•",
                                           "·", "°", "€", "£", "¥", "§", "©", "®", "™", "±", "×", "÷"};
/// Latin letters that do not lose their marks when accents are stripped.
constexpr std::string_view otherLetters[] = {"ß", "æ", "ø", "œ", "ł", "đ", "ð", "þ", "ħ", "ı", "ŋ"};
constexpr std::string_view vowels[] = {"a", "e", "i", "o", "u"};
constexpr std::string_view onsets[] = {"b",  "c",  "d",  "f",  "g",   "h",   "j",   "k",  "l",  "m",  "n",
                                       "p",  "r",  "s",  "t",  "v",   "w",   "y",   "z",  "bl", "br", "ch",
                                       "cl", "cr", "dr", "fl", "fr",  "gl",  "gr",  "kn", "pl", "pr", "qu",
                                       "sc", "sh", "sk", "sl", "sm",  "sn",  "sp",  "st", "sw", "th", "tr",
                                       "tw", "wh", "wr", "ph", "scr", "spr", "str", "thr"};
constexpr std::string_view ends[] = {"b",  "ck", "d",  "g",  "l",  "ll", "m",  "n",  "nd",
                                     "ng", "nk", "nt", "p",  "r",  "rd", "rk", "rm", "rn",
                                     "rt", "s",  "sh", "ss", "st", "t",  "th", "x",  "y"};
constexpr std::string_view suffixes[] = {
    "ing", "ed",   "er",   "ers",  "est",  "ly",   "ness",  "ment", "ments", "tion", "tions", "able", "ible",
    "ful", "less", "ous",  "ive",  "ity",  "ies",  "ish",   "ism",  "ist",   "ance", "ence",  "ship", "ward",
    "ble", "dle",  "gle",  "kle",  "ple",  "tle",  "ber",   "der",  "ger",   "ker",  "ler",   "mer",  "ner",
    "per", "ter",  "ther", "ight", "ound", "ough", "ation", "ure",  "age",   "ate",  "ize"};
/// Common beginnings and short words of which longer ones are made.
constexpr std::string_view beginnings[] = {"un",   "re",   "dis",   "in",    "im",   "over", "under", "out",
                                           "pre",  "sub",  "inter", "super", "some", "any",  "every", "no",
                                           "self", "home", "work",  "day",   "sun",  "moon", "fire",  "air",
                                           "back", "hand", "head",  "eye",   "foot", "land"};

/// Words of at least this count, the most frequent first; equal counts in the order of their spelling.
std::vector<std::string> mostFrequent(const WordCounts& counts, int64_t least) {
    std::vector<std::string> words;
    for (const auto& [word, count] : counts)
        if (count >= least)
            words.push_back(word);
    std::stable_sort(words.begin(), words.end(),
                     [&](const std::string& a, const std::string& b) { return counts.at(a) > counts.at(b); });
    return words;
}
} // namespace

std::span<const std::string_view> wordOnsets() {
    return onsets;
}
std::span<const std::string_view> wordEnds() {
    return ends;
}

std::vector<std::string> buildVocabulary(const Lexicon& lexicon, const Grammar& grammar,
                                         const WordCounts& realWords, const VocabularyPlan& plan) {
    std::vector<std::string> pieces;
    std::set<std::string> seen;
    const auto add = [&](std::string piece) {
        if (seen.insert(piece).second)
            pieces.push_back(std::move(piece));
    };
    const auto addBoth = [&](std::string_view piece) {
        add(std::string(piece));
        add("##" + std::string(piece));
    };
    for (std::string_view piece : specialPieces)
        add(std::string(piece));
    for (const char mark : asciiPunctuation)
        add(std::string(1, mark));
    for (std::string_view mark : otherMarks)
        add(std::string(mark));
    for (char digit = '0'; digit <= '9'; ++digit)
        addBoth({&digit, 1});
    for (char letter = 'a'; letter <= 'z'; ++letter)
        addBoth({&letter, 1});
    for (std::string_view letter : otherLetters)
        addBoth(letter);
    for (const std::string& word : grammar.words())
        add(word);
    for (const std::string& word : lexicon.words())
        add(word);
    size_t words =
        static_cast<size_t>(std::count_if(pieces.begin(), pieces.end(), [](const std::string& piece) {
            return piece.size() > 1 && piece[0] != '#';
        }));
    for (const std::string& word : mostFrequent(realWords, plan.leastCount)) {
        if (words >= plan.words)
            break;
        words += !seen.count(word);
        add(word);
    }
    for (std::string_view onset : onsets) {
        if (onset.size() > 1)
            addBoth(onset);
        else
            for (std::string_view vowel : vowels)
                addBoth(std::string(onset) + std::string(vowel));
    }
    for (std::string_view vowel : vowels)
        for (std::string_view end : ends)
            add("##" + std::string(vowel) + std::string(end));
    for (std::string_view suffix : suffixes)
        add("##" + std::string(suffix));
    for (std::string_view beginning : beginnings)
        add(std::string(beginning));
    WordCounts rare;
    for (const auto& [word, count] : realWords)
        if (!seen.count(word))
            rare[word] = count;
    for (std::string& piece : learnPieces(rare, seen, plan.pieces, plan.mostLetters))
        add(std::move(piece));
    return pieces;
}

void writeTokenizerFiles(const std::filesystem::path& folder, const std::vector<std::string>& vocabulary,
                         int maximumTokens) {
    std::string lines;
    for (const std::string& piece : vocabulary)
        lines += piece + '\n';
    writeFileAtomically(folder / "vocab.txt", lines);
    const nlohmann::ordered_json special = {{"unk_token", "[UNK]"},
                                            {"sep_token", "[SEP]"},
                                            {"pad_token", "[PAD]"},
                                            {"cls_token", "[CLS]"},
                                            {"mask_token", "[MASK]"}};
    writeFileAtomically(folder / "special_tokens_map.json", special.dump(2) + '\n');
    nlohmann::ordered_json config = {{"tokenizer_class", "BertTokenizer"}, {"do_lower_case", true}};
    config.update(special);
    config["model_max_length"] = maximumTokens;
    writeFileAtomically(folder / "tokenizer_config.json", config.dump(2) + '\n');
}

} // namespace headlight
