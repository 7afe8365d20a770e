#include "engine/core/errors.h"
#include "engine/models/bert_training.h"
#include "engine/training/masked_word_task.h"
#include "engine/training/trainer.h"
#include "tokenizer_folder.h"

#include <QTest>

#include <cstring>

using namespace headlight;

/// The trainer with the model and the task of the reader, in small.
class BertResumeTest : public QObject {
    Q_OBJECT
private:
    GrammarWithTokenizer m_world;

    BertConfig config() const {
        BertConfig config;
        config.vocabularySize = static_cast<int>(m_world.vocabulary.size());
        config.width = 16;
        config.layers = 2;
        config.heads = 2;
        config.feedForward = 32;
        config.attentionDropout = 0.2;
        config.hiddenDropout = 0.1;
        return config;
    }
    MaskedWordTask::Options taskOptions(uint64_t seed) const {
        MaskedWordTask::Options options;
        options.seed = seed;
        options.tokensPerBatch = 200;
        return options;
    }
    static TrainerOptions options() {
        TrainerOptions result;
        result.schedule = {3e-3, 3, 12, 0, LearningRateSchedule::Decay::cosine};
        result.identity = "small reader";
        return result;
    }
    static bool sameBits(BertTrainable<float>& a, BertTrainable<float>& b) {
        for (size_t i = 0; i < a.parameters().size(); ++i) {
            const Matrix<float>& x = a.parameters()[i]->value;
            const Matrix<float>& y = b.parameters()[i]->value;
            if (std::memcmp(x.data(), y.data(), static_cast<size_t>(x.size()) * sizeof(float)) != 0)
                return false;
        }
        return true;
    }

private slots:
    void resumedAndSingleThreadedTrainingsAreBitIdentical() {
        BertTrainable<float> whole(config(), 1);
        MaskedWordTask wholeTask(m_world.grammar, *m_world.tokenizer, taskOptions(1));
        TrainerOptions how = options();
        how.threads = 2;
        const TrainerSummary summary = train(whole, wholeTask, how, {});
        QVERIFY(summary.gigaflops > 0);

        how.threads = 1;
        how.checkpoint = std::filesystem::path(m_world.folder.path().toStdString()) / "training.safetensors";
        BertTrainable<float> first(config(), 1);
        MaskedWordTask firstTask(m_world.grammar, *m_world.tokenizer, taskOptions(1));
        std::stop_source stop;
        JobControl control;
        control.stop = stop.get_token();
        int steps = 0;
        control.report = [&](const Progress&) {
            if (++steps == 5)
                stop.request_stop();
        };
        QVERIFY_THROWS_EXCEPTION(Cancelled, train(first, firstTask, how, control));
        QVERIFY(!sameBits(whole, first));

        BertTrainable<float> second(config(), 77);
        MaskedWordTask secondTask(m_world.grammar, *m_world.tokenizer, taskOptions(77));
        train(second, secondTask, how, {});
        QVERIFY(sameBits(whole, second));
    }
};

QTEST_APPLESS_MAIN(BertResumeTest)
#include "bert_resume_test.moc"
