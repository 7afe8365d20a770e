#include "engine/files/recipe.h"
#include "engine/files/recipe_png.h"
#include "engine/files/trace_file.h"
#include "tests/files/file_fixtures.h"

#include <QTemporaryDir>
#include <QTest>

using namespace headlight;
using namespace headlight::testing;

namespace {
Workspace example() {
    Workspace workspace;
    workspace.model = {"reader", std::string(64, 'c')};
    workspace.text = "\"Didn’t\" <it> & 100 %, ; 'and'\t</headlight:workspace> 🙂\n";
    workspace.shown.scale = WeightScale::rank;
    return workspace;
}

/// One green pixel.
std::string plainPng() {
    return QByteArray::fromBase64(
               "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGMQSDAAAAEkAKFZ1em5AAAAAElFTkSuQmCC")
        .toStdString();
}

std::string plainSvg() {
    return "<?xml version=\"1.0\"?>\n<svg "
           "xmlns=\"http://www.w3.org/2000/svg\"><title>t</title><defs/></svg>\n";
}

Workspace in(const std::string& bytes) {
    return workspaceInBytes(bytesOf(bytes), "f");
}
std::string refusalOf(const std::string& bytes) {
    return refusal([&] { in(bytes); });
}
FileKind kind(const std::string& bytes) {
    return kindOfBytes(bytesOf(bytes));
}
} // namespace

class RecipeTest : public QObject {
    Q_OBJECT
private slots:
    void everyFormatGivesItBack() {
        const std::string png = pngWithWorkspace(plainPng(), example());
        QVERIFY(kind(png) == FileKind::png);
        QCOMPARE(in(png), example());
        const std::string svg = svgWithWorkspace(plainSvg(), example());
        QVERIFY(kind(svg) == FileKind::svg);
        QCOMPARE(in(svg), example());
        const std::string pdf = "%PDF-1.4\n" + xmpWithWorkspace(example(), "A & B");
        QVERIFY(kind(pdf) == FileKind::pdf);
        QCOMPARE(in(pdf), example());
        const std::string csv = "\"a\",b\r\n1,2\r\n" + csvWorkspaceLine(example());
        QVERIFY(kind(csv) == FileKind::csv);
        QCOMPARE(in(csv), example());
        const std::string numbers =
            R"({"format":"headlight-map","rows":[[1,2],[3]],"workspace":)" + toText(example()) + "}";
        QVERIFY(kind(numbers) == FileKind::numbers);
        QCOMPARE(in(numbers), example());
        QVERIFY(kind(toText(example())) == FileKind::workspace);
        QCOMPARE(in(toText(example())), example());
    }

    void theLineOfACsvFileIsOneCell() {
        const std::string line = csvWorkspaceLine(example());
        QVERIFY(line.starts_with("# "));
        QVERIFY(line.find_first_of(",;\"\t") == std::string::npos);
        QCOMPARE(line.find('\n'), line.size() - 1);
        QCOMPARE(in("a,b\r\n" + line.substr(0, line.size() - 2) + ",,,\r\n"),
                 example()); // saved by a spreadsheet
    }

    void strippedFiguresSayThatTheyCarryNone() {
        for (const std::string& bytes :
             {plainPng(), plainSvg(), std::string("%PDF-1.4\n%%EOF\n"), std::string("a,b\n1,2\n"),
              std::string("{\"format\":\"headlight-map\"}"), std::string(), std::string("\x00\x01", 2)}) {
            const std::string sentence = refusalOf(bytes);
            QVERIFY2(sentence.find("carries no workspace") != std::string::npos, sentence.c_str());
            QVERIFY(isSentenceAbout(sentence, "f"));
        }
    }

    void cutOffFilesAreRefusedAtEveryLength() {
        const std::vector<std::string> files{pngWithWorkspace(plainPng(), example()),
                                             svgWithWorkspace(plainSvg(), example()),
                                             "a,b\r\n" + csvWorkspaceLine(example()), toText(example())};
        for (const std::string& whole : files)
            for (size_t length = 0; length < whole.size(); ++length) {
                const std::string part = whole.substr(0, length);
                try {
                    QCOMPARE(in(part), example()); // cut behind the workspace
                } catch (const FileError& error) {
                    QVERIFY(isSentenceAbout(error.what(), "f"));
                }
            }
    }

    void aDamagedPictureIsRefused() {
        std::string png = pngWithWorkspace(plainPng(), example());
        png[png.find("reader")] = 'R';
        QVERIFY2(refusalOf(png).find("check sum") != std::string::npos, refusalOf(png).c_str());
        std::string huge = pngWithWorkspace(plainPng(), example());
        huge[33] = '\x7f'; // length of the chunk: two gigabytes
        QVERIFY2(refusalOf(huge).find("cut off") != std::string::npos, refusalOf(huge).c_str());
        QVERIFY_THROWS_EXCEPTION(RequestError, pngWithWorkspace("no picture", example()));
    }

    void newerAndMalformedWorkspacesAreRefused() {
        const std::string svg = svgWithWorkspace(plainSvg(), example());
        std::string newer = svg;
        const size_t place = newer.find("\"version\":" + std::to_string(workspaceVersion));
        QVERIFY(place != std::string::npos);
        newer.replace(place, 11, "\"version\":9");
        QVERIFY(refusalOf(newer).find("newer Headlight") != std::string::npos);
        std::string wrong = svg;
        wrong.replace(wrong.find("\"text\":"), 7, "\"test\":");
        QVERIFY(refusalOf(wrong).find("has no \"text\"") != std::string::npos);
        std::string entity = svg;
        entity.replace(entity.find("&lt;"), 4, "&xx;");
        QVERIFY(refusalOf(entity).find("damaged") != std::string::npos);
        QVERIFY(!refusalOf("{\"format\":\"headlight-map\",\"workspace\":" + std::string(5000, '[')).empty());
    }

    void aHundredMegabytesOfJsonAreNotKept() {
        std::string json = R"({"format":"headlight-session","rows":[)";
        json.reserve(110U << 20U);
        while (json.size() < 100U << 20U)
            json += "0,";
        json += "0]}";
        const std::string sentence = refusalOf(json);
        QVERIFY2(sentence.find("at most") != std::string::npos, sentence.c_str());
    }

    void filesAreToldApartByContent() {
        const QTemporaryDir folder;
        const auto path = [&](const char* name) {
            return std::filesystem::path(folder.filePath(name).toStdString());
        };
        QVERIFY(kindOf(folder.path().toStdString()) == FileKind::modelFolder);
        QVERIFY(!refusal([&] { kindOf(path("missing")); }).empty());
        QVERIFY(!refusal([&] { workspaceIn(folder.path().toStdString()); }).empty());
        const std::vector<float> weights{1};
        SafetensorsWriter writer;
        writer.setMetadata("tokens", "[\"it\"]");
        writer.setMetadata("workspace", toText(example()));
        writer.addReferenced("encoder.weights", {1, 1, 1, 1}, {std::span<const float>(weights)});
        writer.write(path("t.bin"));
        QVERIFY(kindOf(path("t.bin")) == FileKind::trace);
        QCOMPARE(workspaceIn(path("t.bin")), example());
        writePlainFile(folder.filePath("x.png"), "plain words"); // the name says nothing
        QVERIFY(kindOf(path("x.png")) == FileKind::unknown);
    }
};

QTEST_APPLESS_MAIN(RecipeTest)
#include "recipe_test.moc"
