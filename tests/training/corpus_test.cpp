#include "corpus_folder.h"
#include "engine/core/errors.h"
#include "engine/training/corpus.h"
#include "engine/training/corpus_text.h"
#include "engine/training/everyday.h"

#include <QTest>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace headlight;

namespace {
std::vector<std::string> texts(const CorpusSource& source) {
    std::vector<std::string> result;
    for (const CorpusSentence& sentence : source.training)
        result.push_back(sentence.text);
    return result;
}

/// Keys that stand on both sides, or that were to be left out; empty when all is well.
std::string leak(const Corpus& corpus, const std::set<std::string>& excluded) {
    std::set<std::string> heldOut;
    for (const CorpusSource& source : corpus.sources)
        for (const std::string& sentence : source.heldOut)
            if (!heldOut.insert(sentenceKey(sentence)).second || excluded.count(sentenceKey(sentence)))
                return sentence;
    for (const CorpusSource& source : corpus.sources)
        for (const CorpusSentence& sentence : source.training)
            if (const std::string key = sentenceKey(sentence.text); heldOut.count(key) || excluded.count(key))
                return sentence.text;
    return {};
}

/// A zip archive with one stored entry.
QByteArray zipOf(const QByteArray& name, const QByteArray& content) {
    const auto number = [](quint64 value, int bytes) {
        QByteArray text;
        for (int i = 0; i < bytes; ++i)
            text += static_cast<char>(value >> (8 * i));
        return text;
    };
    quint32 crc = 0xffffffffU;
    for (const char letter : content) {
        crc ^= static_cast<unsigned char>(letter);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1U) ^ ((crc & 1U) ? 0xedb88320U : 0U);
    }
    const auto size = static_cast<quint32>(content.size());
    const QByteArray common = number(0, 8) + number(~crc, 4) + number(size, 4) + number(size, 4) +
                              number(static_cast<quint32>(name.size()), 2) + number(0, 2);
    const QByteArray local = "PK\3\4" + number(10, 2) + common + name + content;
    const QByteArray central = "PK\1\2" + number(10, 2) + number(10, 2) + common + number(0, 2 + 2 + 2) +
                               number(0, 4) + number(0, 4) + name;
    return local + central + "PK\5\6" + number(0, 4) + number(1, 2) + number(1, 2) +
           number(static_cast<quint32>(central.size()), 4) + number(static_cast<quint32>(local.size()), 4) +
           number(0, 2);
}
} // namespace

class CorpusTest : public QObject {
    Q_OBJECT
private slots:
    void sentencesAreSplit_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("sentences");
        QTest::newRow("two") << "It rained. We left." << QStringList{"It rained.", "We left."};
        QTest::newRow("abbreviations") << "Mr. J. Bennet met Mrs. Long. She left."
                                       << QStringList{"Mr. J. Bennet met Mrs. Long.", "She left."};
        QTest::newRow("the word I") << "So did I. We left." << QStringList{"So did I.", "We left."};
        QTest::newRow("quotes") << "\"Oh dear!\" she said. \"Why?\" He left."
                                << QStringList{"\"Oh dear!\" she said.", "\"Why?\"", "He left."};
        QTest::newRow("marks in a row")
            << "What?! No... never. 3 men" << QStringList{"What?!", "No... never.", "3 men"};
        QTest::newRow("a number") << "It is 3.5 miles." << QStringList{"It is 3.5 miles."};
        QTest::newRow("nothing") << "" << QStringList{};
    }
    void sentencesAreSplit() {
        QFETCH(QString, text);
        QStringList found;
        for (const std::string& sentence : splitSentences(text.toStdString()))
            found += QString::fromStdString(sentence);
        QTEST(found, "sentences");
    }

    void booksLoseWhatIsNotTheirText() {
        const std::vector<std::string> paragraphs = bookParagraphs(CorpusFolder::book().toStdString());
        QCOMPARE(paragraphs, (std::vector<std::string>{
                                 "Mr. Fox was very tired of sitting by the river. \"Oh dear!\" he said.",
                                 "The river was wide; he didn't cross it."}));
    }

    void keysForgetPunctuationAndCase() {
        QCOMPARE(sentenceKey("\"Don't go,\" he SAID!"), std::string("dont go he said"));
        QCOMPARE(sentenceKey("* * *"), std::string());
        QVERIFY(sentenceKey("Go on.") != sentenceKey("Goon."));
    }

    void bothSourcesAreRead() {
        CorpusFolder folder;
        QVERIFY(folder.write("fra-eng/fra.txt", "Go away!\tVa-t'en !\r\n\r\nGo away.\tPars.\tCC-BY\r\n"
                                                "Tom left. It was late.\tTom est parti.\r\n"));
        QVERIFY(folder.write("books-public-domain/fox.txt", CorpusFolder::book()));
        QVERIFY(folder.write("books-public-domain/notes.md", "\xff"));
        const Corpus corpus = readCorpus(folder.path(), {});
        QCOMPARE(corpus.sources.size(), size_t(2));
        QVERIFY(leak(corpus, {}).empty());
        std::vector<std::string> all = texts(corpus.sources[0]);
        all.insert(all.end(), corpus.sources[0].heldOut.begin(), corpus.sources[0].heldOut.end());
        std::sort(all.begin(), all.end());
        QCOMPARE(all, (std::vector<std::string>{"Go away!", "It was late.", "Tom left."}));
        QCOMPARE(corpus.sources[1].files, std::vector<std::string>{"books-public-domain/fox.txt"});
        QCOMPARE(corpus.sources[1].training.size() + corpus.sources[1].heldOut.size(), size_t(3));
        QVERIFY(!corpus.sources[1].training.front().continues);
        QCOMPARE(corpus.sha256.size(), size_t(64));
    }

    void zipsAreReadAsPlainFilesAre() {
        CorpusFolder plain, zipped;
        QVERIFY(plain.write("fra-eng/fra.txt", CorpusFolder::pairs(50)));
        QVERIFY(zipped.write("fra-eng/fra-eng.zip", zipOf("fra.txt", CorpusFolder::pairs(50))));
        const Corpus a = readCorpus(plain.path(), {}), b = readCorpus(zipped.path(), {});
        QCOMPARE(texts(a.sources[0]), texts(b.sources[0]));
        QCOMPARE(a.sha256, b.sha256);
        QVERIFY(plain.write("fra-eng/fra.txt", CorpusFolder::pairs(51)));
        QVERIFY(readCorpus(plain.path(), {}).sha256 != a.sha256);
    }

    /// A fiftieth is held out, with all copies and in every source; what is excluded is nowhere.
    void nothingLeaks() {
        CorpusFolder folder;
        QVERIFY(folder.write("fra-eng/fra.txt", CorpusFolder::pairs(4000)));
        QByteArray book;
        for (int i = 0; i < 4000; i += 3)
            book += "SENTENCE number " + QByteArray::number(i) + " is here. And a second one, " +
                    QByteArray::number(i) + ", follows.\n\n";
        QVERIFY(folder.write("books-public-domain/numbers.txt", book));
        const std::set<std::string> excluded{"sentence number 12 is here"};
        const Corpus corpus = readCorpus(folder.path(), excluded);
        QCOMPARE(QString::fromStdString(leak(corpus, excluded)), QString());
        const size_t heldOut = corpus.sources[0].heldOut.size(), trained = corpus.sources[0].training.size();
        QCOMPARE(heldOut + trained, size_t(3999));
        QVERIFY2(heldOut > 40 && heldOut < 130, std::to_string(heldOut).c_str());
        // A sentence never follows one that was taken away.
        for (const CorpusSource& source : corpus.sources)
            for (size_t i = 0; i < source.training.size(); ++i)
                if (source.training[i].continues && source.training[i].text.starts_with("And a second"))
                    QVERIFY(i > 0 && source.training[i - 1].text.starts_with("SENTENCE"));
        Corpus leaking = corpus; // negative control
        leaking.sources[1].training.push_back({corpus.sources[0].heldOut.front(), false});
        QVERIFY(!leak(leaking, excluded).empty());
    }

    void realCorporaDoNotLeak() {
        const char* shared = std::getenv("HEADLIGHT_SHARED");
        if (!shared || !std::filesystem::exists(std::filesystem::path(shared) / "corpora")) {
            std::printf("1 cases did not run: HEADLIGHT_SHARED is not set\n");
            return;
        }
        const std::set<std::string> excluded = everydayKeys();
        const Corpus corpus = readCorpus(std::filesystem::path(shared) / "corpora", excluded);
        QCOMPARE(corpus.sources.size(), size_t(2));
        QCOMPARE(QString::fromStdString(leak(corpus, excluded)), QString());
        QVERIFY(corpus.sources[0].heldOut.size() > 1000 && corpus.sources[1].heldOut.size() > 100);
        QVERIFY(corpus.sources[0].training.size() > 90000 && corpus.sources[1].training.size() > 10000);
        for (const CorpusSource& source : corpus.sources)
            for (const CorpusSentence& sentence : source.training)
                QVERIFY2(sentence.text.find("Gutenberg") == std::string::npos, sentence.text.c_str());
    }

    void badFoldersAreRefused_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says");
        const QByteArray zip = zipOf("fra.txt", CorpusFolder::pairs(30));
        QTest::newRow("nothing there")
            << "other/readme.txt" << QByteArray("a") << "there is no fra-eng/fra-eng.zip";
        QTest::newRow("no tab") << "fra-eng/fra.txt" << QByteArray("Go.\tVa.\nStay.\n")
                                << "line 2 has no tab";
        QTest::newRow("not UTF-8") << "fra-eng/fra.txt" << QByteArray("Go.\tVa.\nGo.\tCaf\xe9\n")
                                   << "line 2 is not UTF-8";
        QTest::newRow("a book that is not UTF-8")
            << "books-public-domain/a.txt" << QByteArray("He left.\n\xff") << "a.txt: line 2 is not UTF-8";
        QTest::newRow("no zip") << "fra-eng/fra-eng.zip" << QByteArray("Go.\tVa.\n") << "cannot be read";
        QTest::newRow("a zip cut off")
            << "fra-eng/fra-eng.zip" << zip.left(zip.size() / 2) << "fra-eng.zip: ";
        QTest::newRow("another zip") << "fra-eng/fra-eng.zip" << zipOf("deu.txt", "Go.\tGeh.\n")
                                     << "there is no fra.txt in this zip archive";
    }
    void badFoldersAreRefused() {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QFETCH(QString, says);
        CorpusFolder folder;
        QVERIFY(folder.write(name, content));
        try {
            readCorpus(folder.path(), {});
            QFAIL("it was read");
        } catch (const FileError& error) {
            QVERIFY2(QString(error.what()).contains(says), error.what());
        }
    }
    void foldersThatAreNotThereAreRefused() {
        QVERIFY_THROWS_EXCEPTION(FileError, readCorpus("/nowhere/at/all", {}));
    }

    /// Every zip with one byte changed or cut off at any place is read or refused, and nothing else.
    void damagedZipsNeverCrash() {
        CorpusFolder folder;
        const QByteArray zip = zipOf("fra.txt", "Go.\tVa.\nStay here.\tReste.\n");
        for (qsizetype i = 0; i < zip.size(); ++i) {
            QByteArray changed = zip;
            changed[i] = static_cast<char>(changed[i] ^ 0x5a);
            for (const QByteArray& bytes : {changed, zip.left(i)}) {
                QVERIFY(folder.write("fra-eng/fra-eng.zip", bytes));
                try {
                    readCorpus(folder.path(), {});
                } catch (const FileError&) {
                }
            }
        }
    }

    void everydaySentencesAreThere() {
        const std::vector<EverydaySentence> sentences = everydaySentences();
        QCOMPARE(sentences.size(), size_t(100));
        QCOMPARE(
            std::count_if(sentences.begin(), sentences.end(), [](const auto& s) { return !s.antecedent; }),
            15);
        QVERIFY(everydayKeys().size() >= 100);
    }
    void everydayTablesAreChecked() {
        const std::vector<EverydaySentence> one = parseEveryday("The cat saw it and It ran.\tit#2\tcat\n");
        QCOMPARE(one.front().pronoun, (ByteRange{19, 21}));
        QCOMPARE(*one.front().antecedent, (ByteRange{4, 7}));
        QCOMPARE(one.front().kind, std::string("it"));
        QVERIFY(!parseEveryday("It rains.\tit\t-").front().antecedent);
        for (const char* bad :
             {"It rains.\tit", "It rains.\the\t-", "It rains.\tit\train", "It rains.\tit#2\t-"})
            QVERIFY_THROWS_EXCEPTION(RequestError, parseEveryday(bad));
    }
};

QTEST_APPLESS_MAIN(CorpusTest)
#include "corpus_test.moc"
