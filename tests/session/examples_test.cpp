#include "engine/core/errors.h"
#include "engine/explain/readings.h"
#include "engine/explain/words.h"
#include "engine/session/model_session.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace headlight;

namespace {
constexpr size_t longestTitle = 60, longestLook = 140, fewestExamples = 25;

/// Letters as people count them: the bytes that begin a character.
size_t letters(const std::string& text) {
    return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
    }));
}

int occurrences(const std::string& text, const std::string& part) {
    int count = 0;
    for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size()))
        ++count;
    return count;
}

/// "mary|anna": the best two, in either order; "mary": the best one.
QStringList wanted(const std::string& claimed) {
    QStringList names = QString::fromStdString(claimed).split(QLatin1Char('|'));
    names.sort();
    return names;
}

/// What is false of a claim; empty when it holds.
std::string broken(const ExampleClaim& claim, const Trace& trace, const Tokenizer& tokenizer,
                   const HeadAddress& head) {
    if (claim.reads.empty() && claim.strongest.empty())
        return "claims nothing at " + claim.query;
    try {
        const int query = findToken(trace, tokenizer, claim.query);
        if (!claim.reads.empty()) {
            const QStringList expected = wanted(claim.reads);
            QStringList found;
            for (const Reading& each : readings(trace, tokenizer, query, static_cast<int>(expected.size())))
                found << QString::fromStdString(each.piece);
            found.sort();
            if (found != expected)
                return claim.query + " is read as " + found.join(QLatin1Char('|')).toStdString() +
                       ", not as " + claim.reads;
        }
        if (!claim.strongest.empty()) {
            std::set<int> expected, found;
            for (const QString& name : wanted(claim.strongest))
                expected.insert(findToken(trace, tokenizer, name.toStdString()));
            for (const RowKey& key : strongestKeys(trace, head, query))
                if (found.size() < expected.size())
                    found.insert(key.key);
            if (found != expected)
                return claim.query + " looks most strongly at token " +
                       (found.empty() ? "none" : std::to_string(*found.begin())) + ", not at " +
                       claim.strongest;
        }
    } catch (const RequestError& error) {
        return error.what();
    }
    return {};
}
} // namespace

/// The examples that come with the program, held against the model that comes with it.
class BundledExamplesTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        for (const ExampleGroup& group : bundledExamples()) {
            QVERIFY2(!group.title.empty() && !group.examples.empty(), group.title.c_str());
            m_examples.insert(m_examples.end(), group.examples.begin(), group.examples.end());
        }
        m_model = LoadedModel::load("reader");
    }

    void eachHasATitleOfItsOwnAndOneLineOnWhatToLookFor() {
        QVERIFY2(m_examples.size() >= fewestExamples, std::to_string(m_examples.size()).c_str());
        std::set<std::string> titles;
        for (const TextExample& example : m_examples) {
            QVERIFY2(titles.insert(example.title).second, example.title.c_str());
            QVERIFY2(!example.title.empty() && letters(example.title) <= longestTitle, example.title.c_str());
            QVERIFY2(!example.look.empty() && letters(example.look) <= longestLook, example.title.c_str());
            QVERIFY2(example.look.find('\n') == std::string::npos, example.title.c_str());
            QVERIFY2(!example.claims.empty(), example.title.c_str());
        }
    }

    void eachTextIsReadWholeAndOpensOnAHeadOfTheModel() {
        for (const TextExample& example : m_examples) {
            const std::shared_ptr<const Trace> trace = traceOf(example);
            QVERIFY2(trace, example.title.c_str());
            QVERIFY2(!trace->encoding.truncated, example.title.c_str());
            QVERIFY2(m_model->model->shape().has(headOf(example)), example.title.c_str());
            const auto masks =
                std::count_if(trace->tokens().begin(), trace->tokens().end(), [this](const Token& token) {
                    return token.id == m_model->tokenizer->id("[MASK]");
                });
            QCOMPARE(static_cast<int>(masks), occurrences(example.text + example.pair, "[MASK]"));
            if (!example.query.empty())
                findToken(*trace, *m_model->tokenizer, example.query);
        }
    }

    void everyClaimHolds_data() {
        QTest::addColumn<int>("index");
        for (size_t i = 0; i < m_examples.size(); ++i)
            QTest::newRow(m_examples[i].title.c_str()) << static_cast<int>(i);
    }
    void everyClaimHolds() {
        QFETCH(int, index);
        const TextExample& example = m_examples[static_cast<size_t>(index)];
        const std::shared_ptr<const Trace> trace = traceOf(example);
        QVERIFY(trace);
        for (const ExampleClaim& claim : example.claims) {
            const std::string problem = broken(claim, *trace, *m_model->tokenizer, headOf(example));
            QVERIFY2(problem.empty(), problem.c_str());
        }
    }

    void aFalseClaimIsNoticed_data() {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("reads");
        QTest::addColumn<QString>("strongest");
        QTest::newRow("reads") << "it"
                               << "street"
                               << "";
        QTest::newRow("strongest") << "it"
                                   << ""
                                   << "street";
        QTest::newRow("second half") << "it"
                                     << "animal"
                                     << "street";
        QTest::newRow("readings") << "it"
                                  << "street|because"
                                  << "";
        QTest::newRow("one of two keys") << "it"
                                         << ""
                                         << "street|because";
        QTest::newRow("no such word") << "horse"
                                      << "horse"
                                      << "";
        QTest::newRow("nothing claimed") << "it"
                                         << ""
                                         << "";
    }
    void aFalseClaimIsNoticed() {
        QFETCH(QString, query);
        QFETCH(QString, reads);
        QFETCH(QString, strongest);
        TextExample tired;
        tired.text = m_model->notes.exampleText;
        const std::shared_ptr<const Trace> trace = traceOf(tired);
        QVERIFY(trace);
        const HeadAddress head = headOf(tired);
        const ExampleClaim truth{"it", "animal", "animal"};
        QCOMPARE(broken(truth, *trace, *m_model->tokenizer, head), std::string());
        const ExampleClaim claim{query.toStdString(), reads.toStdString(), strongest.toStdString()};
        QVERIFY(!broken(claim, *trace, *m_model->tokenizer, head).empty());
    }

private:
    HeadAddress headOf(const TextExample& example) const {
        const std::string& address = example.head.empty() ? m_model->notes.exampleHead : example.head;
        return parseHeadAddress(address).value_or(HeadAddress{Stack::encoder, -1, -1});
    }

    std::shared_ptr<const Trace> traceOf(const TextExample& example) const {
        RunRequest request;
        request.text = example.text;
        request.pair = example.pair;
        return ModelSession(m_model).run(request, {}).trace;
    }

    std::vector<TextExample> m_examples;
    std::shared_ptr<const LoadedModel> m_model;
};

QTEST_GUILESS_MAIN(BundledExamplesTest)
#include "examples_test.moc"
