#include "engine/core/errors.h"
#include "engine/training/masked_word_task.h"
#include "tokenizer_folder.h"

#include <QTest>

#include <map>
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
        options.usualTokens = 40;
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
        const std::set<std::string> pronouns{"it", "he", "she", "they", "him", "her", "them"};
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
    GrammarWithTokenizer m_world;
};

QTEST_APPLESS_MAIN(MaskedWordTaskTest)
#include "masked_word_task_test.moc"
