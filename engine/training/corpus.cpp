#include "engine/training/corpus.h"

#include "engine/core/errors.h"
#include "engine/core/random.h"
#include "engine/files/atomic_file.h"
#include "engine/files/sha256.h"
#include "engine/files/zip_entry.h"
#include "engine/text/utf8.h"
#include "engine/training/corpus_text.h"

#include <algorithm>

namespace headlight {

namespace {
constexpr size_t mostBytes = size_t{256} << 20U; // of a file
constexpr size_t heldOutOneOf = 50;

std::string checksum(std::string_view text) {
    return sha256(std::as_bytes(std::span(text.data(), text.size())));
}

void requireUtf8(const std::string& text, const std::string& file) {
    if (const std::optional<size_t> bad = firstInvalidUtf8(text))
        throw FileError(
            file, "line " +
                      std::to_string(1 + std::count(text.begin(),
                                                    text.begin() + static_cast<std::ptrdiff_t>(*bad), '\n')) +
                      " is not UTF-8; save the file in that encoding");
}

/// Takes texts (a paragraph, an English side) and keeps their sentences apart.
class Collector {
public:
    Collector(CorpusSource& source, const std::set<std::string>& excluded, std::set<std::string>& heldOut)
        : m_source(source), m_excluded(excluded), m_heldOut(heldOut) {}

    /// `continues`: the text goes on where the last one ended.
    void add(std::string_view text, bool continues) {
        const bool whole = !m_excluded.count(sentenceKey(text));
        for (std::string& sentence : splitSentences(text)) {
            const std::string key = sentenceKey(sentence);
            const bool wanted = whole && !key.empty() && !m_excluded.count(key);
            if (wanted && !heldOutSentence(key)) {
                m_source.training.push_back({std::move(sentence), continues});
                continues = true;
                continue;
            }
            continues = false;
            if (wanted && m_heldOut.insert(key).second)
                m_source.heldOut.push_back(std::move(sentence));
        }
        m_broken = !continues;
    }
    /// Whether the last sentence was left out, so that the next one follows nothing.
    bool broken() const { return m_broken; }

private:
    CorpusSource& m_source;
    const std::set<std::string>& m_excluded;
    std::set<std::string>& m_heldOut;
    bool m_broken = true;
};

class Reader {
public:
    Reader(const std::filesystem::path& folder, const std::set<std::string>& excluded)
        : m_folder(folder), m_excluded(excluded) {}

    Corpus read() {
        std::error_code error;
        if (!std::filesystem::is_directory(m_folder, error))
            throw FileError(m_folder.string(), "there is no such folder");
        readPairs();
        readBooks();
        if (m_corpus.empty())
            throw FileError(m_folder.string(),
                            "there is no fra-eng/fra-eng.zip, fra-eng/fra.txt or "
                            "books-public-domain/*.txt in this folder; name one that has them, "
                            "or leave --data out");
        m_corpus.sha256 = checksum(m_checksums);
        return std::move(m_corpus);
    }

private:
    bool isFile(const std::filesystem::path& path) const {
        std::error_code ignored;
        return std::filesystem::is_regular_file(path, ignored);
    }

    void readPairs() {
        const std::filesystem::path zip = m_folder / "fra-eng" / "fra-eng.zip",
                                    plain = m_folder / "fra-eng" / "fra.txt";
        std::string text, file;
        if (isFile(zip)) {
            const std::string bytes = readTextFile(zip, mostBytes);
            file = zip.string();
            text = zipEntry(std::as_bytes(std::span(bytes)), file, "fra.txt", mostBytes);
            file += " (fra.txt)";
        } else if (isFile(plain)) {
            file = plain.string();
            text = readTextFile(plain, mostBytes);
        } else {
            return;
        }
        requireUtf8(text, file);
        CorpusSource source{"fra-eng",
                            "English sides of English-French sentence pairs: tatoeba.org, prepared by "
                            "manythings.org/anki",
                            "CC-BY 2.0 FR",
                            {"fra-eng/fra.txt"},
                            {},
                            {}};
        Collector collector(source, m_excluded, m_heldOut);
        std::set<std::string> seen;
        std::string_view rest = text;
        for (size_t number = 1; !rest.empty(); ++number) {
            const size_t end = std::min(rest.find('\n'), rest.size());
            const std::string_view line = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (line.empty() || line == "\r")
                continue;
            const size_t tab = line.find('\t');
            if (tab == std::string_view::npos)
                throw FileError(file, "line " + std::to_string(number) +
                                          " has no tab; lines are English, a tab, French");
            std::string english = plainText(line.substr(0, tab));
            if (seen.insert(sentenceKey(english)).second)
                collector.add(english, false);
        }
        keep(std::move(source), text);
    }

    void readBooks() {
        const std::filesystem::path folder = m_folder / "books-public-domain";
        std::error_code error;
        std::vector<std::filesystem::path> paths;
        for (auto at = std::filesystem::directory_iterator(folder, error);
             !error && at != std::filesystem::directory_iterator(); at.increment(error))
            if (at->path().extension() == ".txt")
                paths.push_back(at->path());
        if (paths.empty())
            return;
        std::sort(paths.begin(), paths.end());
        CorpusSource source{
            "books-public-domain", "books of Project Gutenberg", "public domain in the USA", {}, {}, {}};
        std::string all;
        for (const std::filesystem::path& path : paths) {
            const std::string book = readTextFile(path, mostBytes);
            requireUtf8(book, path.string());
            source.files.push_back("books-public-domain/" + path.filename().string());
            Collector collector(source, m_excluded, m_heldOut);
            for (const std::string& paragraph : bookParagraphs(book))
                collector.add(paragraph, !collector.broken());
            all += book;
        }
        keep(std::move(source), all);
    }

    void keep(CorpusSource source, std::string_view text) {
        m_checksums += source.name + ' ' + checksum(text) + '\n';
        if (!source.training.empty() || !source.heldOut.empty())
            m_corpus.sources.push_back(std::move(source));
    }

    const std::filesystem::path& m_folder;
    const std::set<std::string>& m_excluded;
    std::set<std::string> m_heldOut; // keys, over all sources
    Corpus m_corpus;
    std::string m_checksums;
};
} // namespace

Corpus readCorpus(const std::filesystem::path& folder, const std::set<std::string>& excluded) {
    return Reader(folder, excluded).read();
}

bool heldOutSentence(std::string_view key) {
    uint64_t hash = 0xcbf29ce484222325U; // FNV-1a
    for (const char letter : key)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3U;
    return Random(hash).below(heldOutOneOf) == 0;
}

} // namespace headlight
