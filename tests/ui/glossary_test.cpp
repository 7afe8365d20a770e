#include "ui/glossary/glossary_dialog.h"

#include <QLineEdit>
#include <QListWidget>
#include <QSet>
#include <QTest>
#include <QTextBrowser>

using namespace headlight;

namespace {
QStringList wordsOf(const std::vector<GlossaryTerm>& terms) {
    QStringList words;
    for (const GlossaryTerm& term : terms)
        words << term.word;
    return words;
}
} // namespace

class GlossaryTest : public QObject {
    Q_OBJECT
private slots:
    void everyWordAStudentMeetsIsThere() {
        const QStringList words = wordsOf(glossary());
        for (const char* word :
             {"score", "weight", "softmax", "entropy", "query", "key", "value", "head", "layer", "context",
              "residual stream", "logits", "special token", "token", "mask"})
            QVERIFY2(words.contains(QString::fromLatin1(word)), word);
    }

    void everyTermIsTwoSentencesAndSaysWhereItIsSeen() {
        QSet<QString> ids;
        for (const GlossaryTerm& term : glossary()) {
            QVERIFY2(!ids.contains(term.id), qPrintable(term.id));
            ids.insert(term.id);
            QVERIFY2(term.says.count(QStringLiteral(". ")) >= 1 && term.says.endsWith(QLatin1Char('.')),
                     qPrintable(term.says));
            QVERIFY2(term.where.endsWith(QLatin1Char('.')), qPrintable(term.where));
            QVERIFY(glossaryTip(term.id).contains(term.says.toHtmlEscaped()));
        }
        QVERIFY(glossaryTip(QStringLiteral("no such word")).isEmpty());
    }

    void searchingFindsTheWordItselfFirst() {
        QCOMPARE(searchGlossary({}).size(), glossary().size());
        QCOMPARE(wordsOf(searchGlossary(QStringLiteral("Weight"))).front(), QStringLiteral("weight"));
        QVERIFY(wordsOf(searchGlossary(QStringLiteral("Weight"))).contains(QStringLiteral("softmax")));
        QCOMPARE(wordsOf(searchGlossary(QStringLiteral("stream residual"))), QStringList{"residual stream"});
        QVERIFY(searchGlossary(QStringLiteral("xyzzy")).empty());
    }

    void keysAloneFindAWord() {
        GlossaryDialog dialog;
        dialog.show();
        auto* search = dialog.findChild<QLineEdit*>(QStringLiteral("glossarySearch"));
        auto* list = dialog.findChild<QListWidget*>(QStringLiteral("glossaryWords"));
        auto* text = dialog.findChild<QTextBrowser*>(QStringLiteral("glossaryText"));
        QCOMPARE(list->count(), static_cast<int>(glossary().size()));
        QTest::keyClicks(search, QStringLiteral("softmax"));
        QVERIFY(text->toPlainText().startsWith(QStringLiteral("softmax\n")));
        QVERIFY(text->toPlainText().contains(QStringLiteral("Seen here:")));
        QTest::keyClick(search, Qt::Key_Down);
        QCOMPARE(list->currentRow(), 1);
        QVERIFY(!text->toPlainText().startsWith(QStringLiteral("softmax\n")));
        QTest::keyClick(search, Qt::Key_Return);
        QVERIFY(dialog.isVisible());
        search->setText(QStringLiteral("xyzzy"));
        QVERIFY(text->toPlainText().contains(QStringLiteral("No word here")));
        dialog.choose(QStringLiteral("entropy"));
        QVERIFY(search->text().isEmpty());
        QVERIFY(text->toPlainText().startsWith(QStringLiteral("entropy\n")));
        for (QWidget* widget : dialog.findChildren<QWidget*>())
            if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) != 0 &&
                !widget->inherits("QPushButton"))
                QVERIFY2(!widget->accessibleName().isEmpty() || widget->objectName().startsWith("qt_"),
                         widget->metaObject()->className());
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }

    void whatIsWrittenIsReadableInBothThemes() {
        GlossaryDialog dialog;
        dialog.choose(QStringLiteral("key"));
        auto* text = dialog.findChild<QTextBrowser*>(QStringLiteral("glossaryText"));
        for (const Theme& theme : {lightTheme(), darkTheme()}) {
            dialog.setTheme(theme);
            QVERIFY(text->toHtml().contains(theme.palette.mutedText.name()));
        }
    }
};

QTEST_MAIN(GlossaryTest)
#include "glossary_test.moc"
