#include "engine/core/errors.h"
#include "engine/training/masked_word_task.h"
#include "tokenizer_folder.h"

#include <QTest>

#include <map>
#include <numeric>
#include <set>

using namespace headlight;

class MaskedWordTaskTest : public QObject {
    Q_OBJECT
private slots:
    void sequencesAreWhatTheModelReads() {
        MaskedWordTask task(m_world.grammar, *m_world.tokenizer, {});
        int longest = 0, sequences = 0, separators = 0;
        for (int i = 0; i < 60; ++i) {
            const Batch batch = task.next();
            int tokens = 0;
            for (const Example& example : batch) {
                const auto n = static_cast<int>(example.ids.size());
                tokens += n;
                longest = std::max(longest, n);
                ++sequences;
                QVERIFY(n <= 128);
                QCOMPARE(example.ids.front(), task.cls());
                QCOMPARE(example.ids.back(), task.separator());
                separators += static_cast<int>(
                                  std::count(example.ids.begin(), example.ids.end(), task.separator())) > 1;
                std::set<int> positions;
                for (const Target& target : example.targets) {
                    QVERIFY(target.position > 0 && target.position < n - 1);
                    QVERIFY2(positions.insert(target.position).second, "two targets at one position");
                }
            }
            QVERIFY(tokens >= 1024 && tokens < 1024 + 128);
        }
        QVERIFY(longest > 64);
        QVERIFY(separators > sequences / 20);
    }

    /// However the sentences fall, a packed sequence ends within the model's positions.
    void sequencesEndWithinTheModel() {
        MaskedWordTask::Options options;
        options.packedShare = 1;
        options.maximumTokens = 40;
        MaskedWordTask task(m_world.grammar, *m_world.tokenizer, options);
        int longest = 0;
        for (int i = 0; i < 200; ++i)
            for (const Example& example : task.next())
                longest = std::max(longest, static_cast<int>(example.ids.size()));
        QVERIFY2(longest <= 40 && longest >= 38, std::to_string(longest).c_str());
    }

    /// At a pronoun the target is a piece that stands in the sequence (the noun, or the pronoun itself), and
    /// the pronoun is there.
    void answersStandInTheSequence() {
        MaskedWordTask task(m_world.grammar, *m_world.tokenizer, {});
        const std::set<std::string> pronouns{"it",   "he",     "she",     "they",    "him",       "her",
                                             "them", "itself", "himself", "herself", "themselves"};
        std::map<int, int> kinds;
        for (int i = 0; i < 60; ++i)
            for (const Example& example : task.next())
                for (const Target& target : example.targets) {
                    ++kinds[target.kind];
                    if (target.kind == static_cast<int>(TargetKind::maskedWord))
                        continue;
                    const int id = example.ids[static_cast<size_t>(target.position)];
                    QVERIFY(pronouns.count(std::string(m_world.tokenizer->piece(id))));
                    if (target.kind == static_cast<int>(TargetKind::noAnswer))
                        QCOMPARE(target.id, id);
                    else
                        QVERIFY(target.id != id &&
                                std::count(example.ids.begin(), example.ids.end(), target.id) > 0);
                }
        QVERIFY(kinds[0] > 1000 && kinds[1] > 1000 && kinds[2] > 300);
    }

    void masksInTheRightProportions() {
        MaskedWordTask::Options options;
        options.linkShare = 0;
        options.packedShare = 0;
        MaskedWordTask task(m_world.grammar, *m_world.tokenizer, options);
        int all = 0, masked = 0, kept = 0, other = 0;
        for (int i = 0; i < 150; ++i)
            for (const Example& example : task.next()) {
                all += static_cast<int>(example.ids.size()) - 2;
                for (const Target& target : example.targets) {
                    if (target.kind != static_cast<int>(TargetKind::maskedWord))
                        continue;
                    const int id = example.ids[static_cast<size_t>(target.position)];
                    masked += id == task.mask();
                    kept += id == target.id;
                    other += id != task.mask() && id != target.id;
                }
            }
        const double chosen = masked + kept + other;
        QVERIFY(chosen > 0.13 * all && chosen < 0.17 * all);
        QVERIFY(masked > 0.77 * chosen && masked < 0.85 * chosen);
        QVERIFY(kept > 0.07 * chosen && kept < 0.13 * chosen);
        QVERIFY(other > 0.07 * chosen && other < 0.13 * chosen);
    }

    /// A third of the tokens is real text, in runs as in its source; its pronouns are asked for only where
    /// they are masked.
    void realTextIsMixedIn() {
        const RealText text = realText();
        MaskedWordTask::Options options;
        options.fillerShare = 0;
        MaskedWordTask task(m_world.grammar, *m_world.tokenizer, options, &text);
        const int it = m_world.tokenizer->id("it");
        int all = 0, real = 0, pronouns = 0;
        for (int i = 0; i < 60; ++i)
            for (const Example& example : task.next()) {
                all += static_cast<int>(example.ids.size());
                // Real text is told by its numerals; the grammar has none.
                const auto marked =
                    std::count(example.ids.begin(), example.ids.end(), m_world.tokenizer->id("7"));
                real += marked > 0 ? static_cast<int>(example.ids.size()) : 0;
                for (const Target& target : example.targets)
                    if (marked > 0 && target.id == it &&
                        target.kind == static_cast<int>(TargetKind::maskedWord)) {
                        QCOMPARE(example.ids[static_cast<size_t>(target.position)], task.mask());
                        ++pronouns;
                    }
            }
        QVERIFY2(real > 0.3 * all && real < 0.5 * all, std::to_string(1.0 * real / all).c_str());
        QVERIFY(pronouns > 20);
    }

    /// Sequences that begin later fill the positions to the end, and only fit.
    void laterPositionsAreTrained() {
        MaskedWordTask task(m_world.grammar, *m_world.tokenizer, {});
        std::vector<int> answersAt(128), firstAt(128);
        for (int i = 0; i < 200; ++i)
            for (const Example& example : task.next()) {
                QVERIFY(example.firstPosition >= 0 &&
                        example.firstPosition + static_cast<int>(example.ids.size()) <= 128);
                ++firstAt[static_cast<size_t>(example.firstPosition)];
                for (const Target& target : example.targets)
                    if (target.kind == static_cast<int>(TargetKind::answer))
                        ++answersAt[static_cast<size_t>(example.firstPosition + target.position)];
            }
        const int sequences = std::accumulate(firstAt.begin(), firstAt.end(), 0);
        QVERIFY(firstAt[0] > 0.45 * sequences && firstAt[0] < 0.6 * sequences);
        for (const int begin : {4, 16, 32, 64, 96, 112})
            QVERIFY2(std::accumulate(answersAt.begin() + begin, answersAt.begin() + begin + 12, 0) > 60,
                     std::to_string(begin).c_str());
    }

    /// Words of real text that stand like nouns take the place of the noun of an "it", as key and as answer.
    void nounsAreSubstituted() {
        const RealText text = realText();
        MaskedWordTask::Options options;
        options.substituteShare = 1;
        options.realShare = 0;
        options.fillerShare = 0;
        MaskedWordTask task(m_world.grammar, *m_world.tokenizer, options, &text);
        const std::vector<int>& words = task.substitutes();
        const int noun = m_world.tokenizer->id("street");
        QVERIFY(std::find(words.begin(), words.end(), noun) != words.end());
        QVERIFY(std::find(words.begin(), words.end(), m_world.tokenizer->id("was")) == words.end());
        int answers = 0, substituted = 0;
        for (int i = 0; i < 40; ++i)
            for (const Example& example : task.next())
                for (const Target& target : example.targets)
                    if (target.kind == static_cast<int>(TargetKind::answer) &&
                        m_world.tokenizer->piece(example.ids[static_cast<size_t>(target.position)]) == "it") {
                        QVERIFY(std::count(example.ids.begin(), example.ids.end(), target.id) > 0);
                        ++answers;
                        substituted += std::find(words.begin(), words.end(), target.id) != words.end();
                    }
        QVERIFY2(substituted > 0.7 * answers, std::to_string(1.0 * substituted / answers).c_str());
    }

    void plainExamplesAreNotMasked() {
        MaskedWordTask task(m_world.grammar, *m_world.tokenizer, {});
        Random random(2);
        for (int i = 0; i < 500; ++i) {
            const GrammarSentence sentence = m_world.grammar.sentence(random, Split::unseenTriples);
            const Example example = task.plain(sentence);
            const Encoding encoding = m_world.tokenizer->encode(sentence.text);
            QCOMPARE(example.ids.size(), encoding.tokens.size());
            for (size_t j = 0; j < example.ids.size(); ++j)
                QCOMPARE(example.ids[j], encoding.tokens[j].id);
            QCOMPARE(example.targets.size(), sentence.pronouns.size());
            for (size_t j = 0; j < sentence.pronouns.size(); ++j) {
                const Token& token = encoding.tokens[static_cast<size_t>(example.targets[j].position)];
                QCOMPARE(token.bytes, sentence.pronouns[j].bytes);
            }
        }
    }

    void stateBringsBackTheStream() {
        MaskedWordTask task(m_world.grammar, *m_world.tokenizer, {}),
            other(m_world.grammar, *m_world.tokenizer, {});
        task.next();
        const std::string state = task.state();
        const Batch expected = task.next();
        other.restore(state);
        const Batch found = other.next();
        QCOMPARE(found.size(), expected.size());
        for (size_t i = 0; i < found.size(); ++i) {
            QVERIFY(found[i].ids == expected[i].ids);
            QCOMPARE(found[i].targets.size(), expected[i].targets.size());
        }
        QVERIFY_THROWS_EXCEPTION(RequestError, task.restore("seven"));
    }

private:
    /// "7 the street is it ." again and again.
    RealText realText() const {
        RealText text;
        RealText::Source& source = text.sources.emplace_back();
        std::vector<int> ids;
        for (const Token& token : m_world.tokenizer->pieces("7 7 7 the street is it . 7 the river is it ."))
            ids.push_back(token.id);
        for (int i = 0; i < 50; ++i)
            source.training.push_back({ids, i % 2 == 1});
        return text;
    }

    GrammarWithTokenizer m_world;
};

QTEST_APPLESS_MAIN(MaskedWordTaskTest)
#include "masked_word_task_test.moc"
