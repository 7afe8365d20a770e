#include "engine/files/for_others.h"

#include <QTest>

using namespace headlight;

class ForOthersTest : public QObject {
    Q_OBJECT
private slots:
    void whatLeavesThisComputerNamesNoFolder() {
        for (const auto& [name, part] : {std::pair{"reader", "reader"},
                                         {"/home/a/models/mine", "mine"},
                                         {"/home/a/mine/", "mine"},
                                         {"models/mine", "mine"},
                                         {"", ""},
                                         {"/", "/"}})
            QCOMPARE(lastPartOf(name), std::string(part));
        Workspace workspace;
        workspace.model = {"/home/a/models/mine", "hash"};
        workspace.text = "/home/a stays in the text";
        const Workspace shared = forOthers(workspace);
        QCOMPARE(shared.model, (ModelReference{"mine", "hash"}));
        workspace.model = shared.model;
        QCOMPARE(shared, workspace);
        QCOMPARE(forOthers(shared), shared);
    }
};

QTEST_APPLESS_MAIN(ForOthersTest)
#include "for_others_test.moc"
