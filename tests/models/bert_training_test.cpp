#include "engine/core/errors.h"
#include "engine/models/bert_training.h"
#include "tests/support/compare.h"
#include "tests/support/gradient_check.h"

#include <QTest>

using namespace headlight;
using namespace headlight::testing;

namespace {
BertConfig tinyConfig() {
    BertConfig config;
    config.vocabularySize = 23;
    config.width = 8;
    config.layers = 2;
    config.heads = 2;
    config.feedForward = 12;
    config.maximumPositions = 16;
    config.attentionDropout = 0.25;
    config.hiddenDropout = 0.2;
    return config;
}

Batch raggedBatch() {
    return {{{1, 4, 7, 9, 2}, {}, {{1, 5, 0, 1.0F}, {3, 9, 1, 0.5F}}},
            {{3, 22}, {0, 1}, {{0, 3, 0, 1.0F}}},
            {{8, 8, 15, 16, 17, 18, 19}, {0, 0, 0, 1, 1, 1, 1}, {{6, 0, 0, 2.0F}}}};
}
} // namespace

class BertTrainingTest : public QObject {
    Q_OBJECT
private slots:
    void gradientsAgreeWithDifferences_data();
    void gradientsAgreeWithDifferences();
    void aWrongGradientIsFound();
    void trainingAndInferenceAgree();
    void shardsAddUp();
    void sequencesMayStandAtLaterPositions();
    void examplesThatDoNotFitAreRefused();
    void learnsASmallSet();
};

void BertTrainingTest::gradientsAgreeWithDifferences_data() {
    QTest::addColumn<quint64>("seed");
    QTest::addColumn<double>("nestedHeads");
    QTest::newRow("without noise") << quint64{0} << 0.0;
    QTest::newRow("with dropout") << quint64{77} << 0.0;
    QTest::newRow("with dropout and heads left out") << quint64{78} << 0.7;
}

void BertTrainingTest::gradientsAgreeWithDifferences() {
    QFETCH(quint64, seed);
    QFETCH(double, nestedHeads);
    const TrainingNoise noise{seed, 1, nestedHeads};
    BertTrainable<double> model(tinyConfig(), 5);
    // At the usual small initial weights most gradients are tiny; larger ones make the check see every path.
    uint32_t draw = 60;
    for (Parameter<double>* parameter : model.parameters())
        parameter->value +=
            0.5 * randomMatrix<double>(parameter->value.rows(), parameter->value.cols(), ++draw);
    const Batch batch = raggedBatch();
    Gradients<double> gradients, scratch;
    for (const Parameter<double>* parameter : model.parameters())
        gradients.push_back(Matrix<double>::Zero(parameter->value.rows(), parameter->value.cols()));
    scratch = gradients;
    model.accumulate(batch, noise, gradients);
    const auto loss = [&] { return model.accumulate(batch, noise, scratch).loss; };
    for (Parameter<double>* parameter : model.parameters()) {
        const Index stride = std::max<Index>(1, parameter->value.size() / 40);
        const QString found = gradientDifferences(
            parameter->value, gradients[static_cast<size_t>(parameter->index)], loss, 1e-6, stride);
        QVERIFY2(found.isEmpty(), qPrintable(QString::fromStdString(parameter->name) + ", " + found));
    }
}

void BertTrainingTest::aWrongGradientIsFound() {
    BertTrainable<double> model(tinyConfig(), 5);
    const Batch batch = raggedBatch();
    Gradients<double> gradients;
    for (const Parameter<double>* parameter : model.parameters())
        gradients.push_back(Matrix<double>::Zero(parameter->value.rows(), parameter->value.cols()));
    model.accumulate(batch, {}, gradients);
    Parameter<double>& parameter = *model.parameters()[0];
    gradients[0](4, 3) += 1e-4;
    QVERIFY(!gradientDifferences(
                 parameter.value, gradients[0], [&] { return model.evaluate(batch).loss; }, 1e-6)
                 .isEmpty());
}

void BertTrainingTest::trainingAndInferenceAgree() {
    BertTrainable<double> model(tinyConfig(), 9);
    const Batch batch = raggedBatch();
    double loss = 0;
    for (const Example& example : batch) {
        const auto recording =
            model.network().run({example.ids, example.tokenTypes}, RecordPlan::everything(), {});
        for (const Target& target : example.targets) {
            const auto row = recording.logits->row(target.position);
            double sum = 0;
            for (double logit : row)
                sum += std::exp(logit);
            loss +=
                static_cast<double>(target.weight) * (std::log(sum) - row[static_cast<size_t>(target.id)]);
        }
    }
    QVERIFY(std::abs(model.evaluate(batch).loss - loss) < 1e-10);
}

void BertTrainingTest::shardsAddUp() {
    BertTrainable<double> model(tinyConfig(), 9);
    const Batch batch = raggedBatch();
    const std::span<const Example> all(batch);
    Gradients<double> whole, parts;
    for (const Parameter<double>* parameter : model.parameters())
        whole.push_back(Matrix<double>::Zero(parameter->value.rows(), parameter->value.cols()));
    parts = whole;
    const LossSums together = model.accumulate(all, {}, whole);
    LossSums added = model.accumulate(all.first(1), {}, parts);
    added += model.accumulate(all.subspan(1), {}, parts);
    QVERIFY(std::abs(together.loss - added.loss) < 1e-10);
    QCOMPARE(together.targets, int64_t{4});
    QCOMPARE(added.weight, together.weight);
    for (size_t i = 0; i < whole.size(); ++i) {
        const QString found = differences(cells(whole[i]), cells(parts[i]), 1e-12, 1e-12);
        QVERIFY2(found.isEmpty(), qPrintable(found));
    }
}

/// A sequence from position 3 on reads rows 3, 4, ... of the position table, and trains these.
void BertTrainingTest::sequencesMayStandAtLaterPositions() {
    BertTrainable<double> model(tinyConfig(), 9);
    Batch batch = {raggedBatch().front()};
    batch.front().firstPosition = 3;
    const double later = model.evaluate(batch).loss;
    Gradients<double> gradients;
    Parameter<double>* positions = nullptr;
    for (Parameter<double>* parameter : model.parameters()) {
        gradients.push_back(Matrix<double>::Zero(parameter->value.rows(), parameter->value.cols()));
        if (parameter->name == "bert.embeddings.position_embeddings.weight")
            positions = parameter;
    }
    model.accumulate(batch, {}, gradients);
    const Matrix<double>& moved = gradients[static_cast<size_t>(positions->index)];
    QVERIFY((moved.topRows(3).array() == 0).all() && (moved.middleRows(3, 5).array() != 0).any() &&
            (moved.bottomRows(8).array() == 0).all());
    const Matrix<double> rows = positions->value.middleRows(3, 5);
    positions->value.topRows(5) = rows;
    batch.front().firstPosition = 0;
    QCOMPARE(model.evaluate(batch).loss, later);
}

void BertTrainingTest::examplesThatDoNotFitAreRefused() {
    const BertTrainable<float> model(tinyConfig(), 3);
    const std::vector<int> tooLong(17, 1);
    for (const Example& example : {Example{tooLong, {}, {{0, 1, 0, 1}}}, Example{{1, 23}, {}, {{0, 1, 0, 1}}},
                                   Example{{1, 2}, {}, {{2, 1, 0, 1}}}, Example{{1, 2}, {}, {{-1, 1, 0, 1}}},
                                   Example{{1, 2}, {}, {{0, 23, 0, 1}}}, Example{{1, 2}, {0, 2}, {}},
                                   Example{}, Example{{1, 2}, {}, {}, 15}, Example{{1, 2}, {}, {}, -1}})
        QVERIFY_THROWS_EXCEPTION(RequestError, model.evaluate(std::span(&example, 1)));
}

void BertTrainingTest::learnsASmallSet() {
    BertTrainable<float> model(tinyConfig(), 3);
    const Batch batch = raggedBatch();
    const double before = model.evaluate(batch).loss;
    for (int step = 0; step < 300; ++step) {
        Gradients<float> gradients;
        for (const Parameter<float>* parameter : model.parameters())
            gradients.push_back(Matrix<float>::Zero(parameter->value.rows(), parameter->value.cols()));
        model.accumulate(batch, {}, gradients);
        for (Parameter<float>* parameter : model.parameters())
            parameter->value -= 0.05F * gradients[static_cast<size_t>(parameter->index)];
    }
    const LossSums after = model.evaluate(batch);
    QVERIFY2(after.loss < 0.05 * before, qPrintable(QString("%1 to %2").arg(before).arg(after.loss)));
    QCOMPARE(after.correct, int64_t{4});
}

QTEST_APPLESS_MAIN(BertTrainingTest)
#include "bert_training_test.moc"
