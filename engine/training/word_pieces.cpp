#include "engine/training/word_pieces.h"

#include <algorithm>
#include <cctype>

namespace headlight {

namespace {
using Pair = std::pair<int, int>;

struct Word {
    std::vector<int> symbols;
    int64_t count = 0;
};

/// The words as symbols, and how often which two stand side by side.
class Merger {
public:
    explicit Merger(const WordCounts& words) {
        for (const auto& [spelling, count] : words) {
            Word word;
            word.count = count;
            for (size_t i = 0; i < spelling.size(); ++i)
                word.symbols.push_back(symbol((i ? "##" : "") + std::string(1, spelling[i])));
            m_words.push_back(std::move(word));
            countPairs(m_words.size() - 1, 1);
        }
    }

    /// Joins the most frequent pair whose result has at most `mostLetters`, and returns that; empty when
    /// there is none.
    std::string merge(size_t mostLetters) {
        const std::map<Pair, int64_t>::const_iterator none = m_counts.end();
        auto best = none;
        std::string spelling;
        for (auto at = m_counts.begin(); at != none; ++at) {
            if (best != none && at->second < best->second)
                continue;
            std::string joined = join(at->first);
            if (joined.size() - (joined.starts_with("##") ? 2 : 0) > mostLetters)
                continue;
            if (best == none || at->second > best->second || joined < spelling) {
                best = at;
                spelling = std::move(joined);
            }
        }
        if (best == none || best->second < 2)
            return {};
        const Pair pair = best->first;
        const int merged = symbol(spelling);
        const std::set<size_t> where = m_where[pair];
        for (const size_t index : where) {
            countPairs(index, -1);
            std::vector<int>& symbols = m_words[index].symbols;
            for (size_t i = 0; i + 1 < symbols.size(); ++i)
                if (symbols[i] == pair.first && symbols[i + 1] == pair.second) {
                    symbols[i] = merged;
                    symbols.erase(symbols.begin() + static_cast<std::ptrdiff_t>(i) + 1);
                }
            countPairs(index, 1);
        }
        return spelling;
    }

private:
    int symbol(const std::string& spelling) {
        const auto [found, isNew] = m_ids.try_emplace(spelling, static_cast<int>(m_spellings.size()));
        if (isNew)
            m_spellings.push_back(spelling);
        return found->second;
    }
    std::string join(const Pair& pair) const {
        return m_spellings[static_cast<size_t>(pair.first)] +
               m_spellings[static_cast<size_t>(pair.second)].substr(2);
    }
    void countPairs(size_t index, int sign) {
        const Word& word = m_words[index];
        for (size_t i = 0; i + 1 < word.symbols.size(); ++i) {
            const Pair pair{word.symbols[i], word.symbols[i + 1]};
            int64_t& count = m_counts[pair];
            count += sign * word.count;
            if (sign > 0)
                m_where[pair].insert(index);
            else
                m_where[pair].erase(index);
            if (count == 0) {
                m_counts.erase(pair);
                m_where.erase(pair);
            }
        }
    }

    std::vector<Word> m_words;
    std::vector<std::string> m_spellings;
    std::map<std::string, int> m_ids;
    std::map<Pair, int64_t> m_counts;
    std::map<Pair, std::set<size_t>> m_where; // words
};
} // namespace

void countWords(std::string_view text, WordCounts& counts) {
    std::string word;
    bool plain = true;
    const auto finish = [&] {
        if (!word.empty() && plain)
            ++counts[word];
        word.clear();
        plain = true;
    };
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x80 && !std::isalnum(byte)) {
            finish();
            continue;
        }
        plain = plain && std::isalpha(byte) && byte < 0x80;
        word += static_cast<char>(std::tolower(byte));
    }
    finish();
}

std::vector<std::string> learnPieces(const WordCounts& words, const std::set<std::string>& known,
                                     size_t count, size_t mostLetters) {
    std::vector<std::string> pieces;
    std::set<std::string> seen = known;
    Merger merger(words);
    while (pieces.size() < count) {
        std::string piece = merger.merge(mostLetters);
        if (piece.empty())
            break;
        if (seen.insert(piece).second)
            pieces.push_back(std::move(piece));
    }
    return pieces;
}

} // namespace headlight
