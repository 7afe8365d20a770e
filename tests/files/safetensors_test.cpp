#include "engine/files/safetensors.h"
#include "tests/files/file_fixtures.h"

#include <QTemporaryDir>
#include <QTest>

#include <bit>
#include <limits>
#include <sys/stat.h>

using namespace headlight;
using namespace headlight::testing;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

template <class T>
std::string dataOf(std::initializer_list<T> values) {
    std::string data;
    for (const T& value : values)
        data.append(reinterpret_cast<const char*>(&value), sizeof value);
    return data;
}

/// A parsed file together with its bytes.
class Parsed {
public:
    explicit Parsed(std::string bytes)
        : m_bytes(std::move(bytes)), m_file(SafetensorsFile::parse(bytesOf(m_bytes), "w.safetensors")) {}
    const SafetensorsFile* operator->() const { return m_file.get(); }

private:
    const std::string m_bytes;
    const std::shared_ptr<const SafetensorsFile> m_file;
};

std::string refusalOf(const std::string& bytes) {
    return refusal([&] { Parsed{bytes}; });
}

std::vector<float> floats(const Tensor<float>& tensor) {
    return {tensor.values().begin(), tensor.values().end()};
}

/// A header with one tensor "a" of this description over `bytes` bytes of zeros.
std::string oneTensor(const std::string& description, size_t bytes) {
    return rawSafetensors("{\"a\":" + description + "}", std::string(bytes, '\0'));
}

} // namespace

class SafetensorsTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString path(const char* name) const { return m_folder.filePath(name); }

private slots:
    /// The bytes as the format's description has them, written down by hand.
    void theWriterWritesTheseBytes() {
        SafetensorsWriter writer;
        writer.add("b", {2}, std::array{1.0F, -2.0F});
        writer.add("a", {1, 3}, std::array{0.5F, 65504.0F, -0.0F}, ElementType::f16);
        writer.setMetadata("format", "pt");
        const std::string header =
            R"({"__metadata__":{"format":"pt"},"a":{"data_offsets":[8,14],"dtype":"F16","shape":[1,3]},)"
            R"("b":{"data_offsets":[0,8],"dtype":"F32","shape":[2]}})";
        const std::string padding((8 - header.size() % 8) % 8, ' ');
        const std::string expected =
            rawSafetensors(header + padding, std::string("\x00\x00\x80\x3f\x00\x00\x00\xc0", 8) +
                                                 std::string("\x00\x38\xff\x7b\x00\x80", 6));
        const std::vector<std::byte> bytes = writer.bytes();
        const std::string actual(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        QCOMPARE(QByteArray::fromStdString(actual), QByteArray::fromStdString(expected));
    }

    void whatIsWrittenIsReadBack() {
        SafetensorsWriter writer;
        const std::array<float, 6> values{1, 2, 3, 4, -infinity, notANumber};
        const std::array<float, 2> first{7, 8};
        const std::array<float, 1> second{9};
        writer.add("with scores", {2, 3}, values);
        writer.add("half", {2}, std::array{1.0F, 1.0F / 3}, ElementType::f16);
        writer.addReferenced("pieces", {3, 1}, {first, second});
        writer.add("nothing", {4, 0, 2}, {});
        writer.add("scalar", {}, std::array{42.0F});
        writer.setMetadata("text", "it’s \"quoted\"\n");
        writer.write(path("out.safetensors").toStdString());

        const auto file = SafetensorsFile::open(path("out.safetensors").toStdString());
        QCOMPARE(file->tensors().size(), size_t{5});
        QCOMPARE(file->metadata().at("text"), std::string("it’s \"quoted\"\n"));
        const std::vector<float> back = floats(file->read("with scores", {2, 3}, true));
        QCOMPARE(std::memcmp(back.data(), values.data(), sizeof values), 0);
        QCOMPARE(floats(file->read("half")), (std::vector<float>{1, halfToFloat(0x3555)}));
        QCOMPARE(floats(file->read("pieces", {3, 1})), (std::vector<float>{7, 8, 9}));
        QCOMPARE(file->read("nothing").shape(), (std::vector<int64_t>{4, 0, 2}));
        QCOMPARE(floats(file->read("scalar")), std::vector<float>{42});
        QCOMPARE(floats(file->readSlice("pieces", 2)), std::vector<float>{9});
        QCOMPARE(floats(file->readSlice("with scores", 0)), (std::vector<float>{1, 2, 3}));
        QVERIFY(isSentenceAbout(refusal([&] { file->readSlice("with scores", 1); }), "infinity at (1)"));
        QVERIFY(isSentenceAbout(refusal([&] { file->readSlice("pieces", 3); }), "pieces"));
        QVERIFY(isSentenceAbout(refusal([&] { file->readSlice("scalar", 0); }), "scalar"));
    }

    void theWriterRefusesWhatCannotBeWritten() {
        SafetensorsWriter writer;
        writer.add("a", {1}, std::array{1.0F});
        QVERIFY_THROWS_EXCEPTION(RequestError, writer.add("a", {1}, std::array{1.0F}));
        QVERIFY_THROWS_EXCEPTION(RequestError, writer.add("__metadata__", {1}, std::array{1.0F}));
        QVERIFY_THROWS_EXCEPTION(RequestError, writer.add("b", {2}, std::array{1.0F}));
        QVERIFY_THROWS_EXCEPTION(RequestError, writer.add("c", {-1, -1}, std::array{1.0F}));
        QVERIFY_THROWS_EXCEPTION(RequestError, writer.add("d", {1}, std::array{1.0F}, ElementType::i64));
        writer.setMetadata("text", "\xff");
        QVERIFY_THROWS_EXCEPTION(RequestError, writer.write(path("bad").toStdString()));
        QVERIFY(!QFile::exists(path("bad")));
    }

    void everyFloatingTypeIsWidened() {
        const std::string data = dataOf<double>({0.1, -1e300, 3}) +
                                 dataOf<uint16_t>({0x3F80, 0xC2F7, 0x0001}) +
                                 dataOf<uint16_t>({0x3C00, 0x0001});
        const Parsed file(rawSafetensors(R"({"d":{"dtype":"F64","shape":[3],"data_offsets":[0,24]},)"
                                         R"("b":{"dtype":"BF16","shape":[3],"data_offsets":[24,30]},)"
                                         R"("h":{"dtype":"F16","shape":[2],"data_offsets":[30,34]}})",
                                         data));
        QCOMPARE(floats(file->read("d", {}, true)), (std::vector<float>{0.1F, -infinity, 3}));
        QVERIFY(isSentenceAbout(refusal([&] { file->read("d"); }), "infinity at (1)"));
        QCOMPARE(floats(file->read("b")),
                 (std::vector<float>{1, -123.5F, std::bit_cast<float>(0x00010000U)}));
        QCOMPARE(floats(file->read("h")), (std::vector<float>{1, 0x1p-24F}));
    }

    void wholeNumbersAreListedButNotReadAsFloats() {
        const Parsed file(rawSafetensors(R"({"i":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},)"
                                         R"("j":{"dtype":"I32","shape":[1],"data_offsets":[8,12]},)"
                                         R"("u":{"dtype":"U8","shape":[2],"data_offsets":[12,14]},)"
                                         R"("t":{"dtype":"BOOL","shape":[],"data_offsets":[14,15]}})",
                                         std::string(15, '\1')));
        QCOMPARE(file->tensors().at("u").bytes.size(), size_t{2});
        QVERIFY(isSentenceAbout(refusal([&] { file->read("i"); }), "w.safetensors"));
        QVERIFY(refusal([&] { file->read("t"); }).find("BOOL") != std::string::npos);
    }

    /// Data that begins at any address is read alike.
    void unalignedDataIsRead() {
        for (size_t pad = 0; pad < 8; ++pad) {
            const std::string bytes = rawSafetensors(
                R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})" + std::string(pad, ' '),
                dataOf<float>({1.5F, 2.5F}));
            QCOMPARE(floats(Parsed(bytes)->read("a")), (std::vector<float>{1.5F, 2.5F}));
        }
    }

    void everyTruncationIsRefused() {
        SafetensorsWriter writer;
        writer.add("encoder.weight", {2, 2}, std::array{1.0F, 2.0F, 3.0F, 4.0F});
        writer.add("encoder.bias", {2}, std::array{1.0F, 2.0F}, ElementType::f16);
        writer.setMetadata("format", "pt");
        const std::vector<std::byte> bytes = writer.bytes();
        const std::string whole(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        QCOMPARE(refusalOf(whole), std::string());
        for (size_t length = 0; length < whole.size(); ++length) {
            const std::string said = refusalOf(whole.substr(0, length));
            if (!isSentenceAbout(said, "w.safetensors"))
                QFAIL(qPrintable(QString("cut to %1 bytes: \"%2\"").arg(length).arg(said.c_str())));
            const QString cut = path("cut.safetensors");
            writePlainFile(cut, whole.substr(0, length));
            const std::string saidOfFile = refusal([&] { SafetensorsFile::open(cut.toStdString()); });
            QVERIFY2(isSentenceAbout(saidOfFile, cut.toStdString()), saidOfFile.c_str());
        }
        QVERIFY(isSentenceAbout(refusalOf(whole + "x"), "w.safetensors"));
    }

    void brokenHeadersAreRefused_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char* name, const std::string& bytes, const char* expected) {
            QTest::newRow(name) << QByteArray::fromStdString(bytes) << QString(expected);
        };
        row("petabytes", std::string("\xff\xff\xff\xff\xff\xff\xff\x7f{}", 10),
            "claims 9223372036854775807 bytes");
        row("all ones", std::string(8, '\xff') + "{}", "claims 18446744073709551615 bytes");
        row("just over the limit", std::string("\x01\xe1\xf5\x05\0\0\0\0{}", 10), "claims 100000001 bytes");
        row("longer than the file", std::string("\x64\0\0\0\0\0\0\0{}", 10), "claims 100 bytes, 2 are left");
        row("empty header", std::string(8, '\0'), "does not begin with '{'");
        row("a list", rawSafetensors("[1]"), "does not begin with '{'");
        row("not JSON", rawSafetensors("{\"a\":"), "ends too early");
        row("two documents", rawSafetensors("{}{}"), "is not valid JSON");
        row("deep", rawSafetensors("{\"a\":" + std::string(50, '[')), "nested deeper");
        row("not an object", oneTensor("3", 0), "is not described by an object");
        row("no dtype", oneTensor(R"({"shape":[1],"data_offsets":[0,4]})", 4), "has no dtype");
        row("no shape", oneTensor(R"({"dtype":"F32","data_offsets":[0,4]})", 4), "has no shape");
        row("no offsets", oneTensor(R"({"dtype":"F32","shape":[1]})", 4), "has no data_offsets");
        row("unknown dtype", oneTensor(R"({"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]})", 4),
            "element type \"F8_E4M3\"");
        row("dtype number", oneTensor(R"({"dtype":4,"shape":[4],"data_offsets":[0,4]})", 4), "not a string");
        row("shape too small", oneTensor(R"({"dtype":"F32","shape":[3],"data_offsets":[0,16]})", 16),
            "needs 12 bytes, but its data_offsets hold 16");
        row("shape too large", oneTensor(R"({"dtype":"F32","shape":[2,3],"data_offsets":[0,16]})", 16),
            "needs 24 bytes, but its data_offsets hold 16");
        row("negative shape", oneTensor(R"({"dtype":"F32","shape":[-4],"data_offsets":[0,16]})", 16),
            "whole number");
        row("fraction in shape", oneTensor(R"({"dtype":"F32","shape":[4.0],"data_offsets":[0,16]})", 16),
            "whole number");
        row("shape overflows to 16 bytes",
            oneTensor(R"({"dtype":"F32","shape":[4611686018427387905,4],"data_offsets":[0,16]})", 16),
            "more bytes than can be counted");
        row("shape of 2^64",
            oneTensor(R"({"dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,4]})", 4),
            "whole number");
        row("petabytes in offsets",
            oneTensor(R"({"dtype":"F32","shape":[281474976710656],"data_offsets":[0,1125899906842624]})", 4),
            "the file holds only 4");
        row("offsets backwards", oneTensor(R"({"dtype":"F32","shape":[1],"data_offsets":[4,0]})", 4),
            "end before they begin");
        row("three offsets", oneTensor(R"({"dtype":"F32","shape":[1],"data_offsets":[0,2,4]})", 4),
            "two whole numbers");
        row("negative offset", oneTensor(R"({"dtype":"F32","shape":[1],"data_offsets":[-4,0]})", 4),
            "two whole numbers");
        row("hole at the start", oneTensor(R"({"dtype":"F32","shape":[1],"data_offsets":[4,8]})", 8), "hole");
        row("bytes left over", oneTensor(R"({"dtype":"F32","shape":[1],"data_offsets":[0,4]})", 8),
            "take 4 bytes of data, but the file holds 8");
        const std::string a = R"("a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]})";
        row("overlap",
            rawSafetensors("{" + a + R"(,"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
                           std::string(12, '\0')),
            "overlap");
        row("same bytes twice",
            rawSafetensors("{" + a + R"(,"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})",
                           std::string(8, '\0')),
            "overlap");
        row("hole",
            rawSafetensors("{" + a + R"(,"b":{"dtype":"F32","shape":[2],"data_offsets":[12,20]}})",
                           std::string(20, '\0')),
            "there is a hole");
        row("duplicate", rawSafetensors("{" + a + "," + a + "}", std::string(8, '\0')), "twice");
        row("metadata list", rawSafetensors(R"({"__metadata__":[]})"), "__metadata__");
        row("metadata number", rawSafetensors(R"({"__metadata__":{"n":1}})"), "is not a string");
    }
    void brokenHeadersAreRefused() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, expected);
        const std::string said = refusalOf(bytes.toStdString());
        QVERIFY2(isSentenceAbout(said, "w.safetensors") && QString::fromStdString(said).contains(expected),
                 said.c_str());
    }

    void aFileWithoutTensorsIsAFile() {
        QVERIFY(Parsed(rawSafetensors("{}"))->tensors().empty());
        QVERIFY(Parsed(rawSafetensors("{}      "))->metadata().empty());
    }

    void readingSaysWhatIsExpectedAndFound() {
        const auto file =
            Parsed(rawSafetensors(R"({"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]}})",
                                  dataOf<float>({1, 2, 3, 4, notANumber, 6})));
        QVERIFY(file->contains("w") && !file->contains("W"));
        QCOMPARE(refusal([&] { file->read("v"); }), std::string("w.safetensors: tensor \"v\" is missing"));
        QCOMPARE(refusal([&] {
                     file->read("w", {3, 2});
                 }),
                 std::string("w.safetensors: tensor \"w\" has the shape (2, 3), expected is (3, 2)"));
        QCOMPARE(refusal([&] {
                     file->read("w", {2, 3});
                 }),
                 std::string(
                     "w.safetensors: tensor \"w\" holds NaN at (1, 1), where a finite number is expected"));
        QCOMPARE(file->read("w", {2, 3}, true).at(1, 2), 6.0F);
    }

    /// NaN is found wherever it stands, also far behind the first block of the scan.
    void nonFiniteNumbersAreFoundEverywhere() {
        for (const size_t position : {size_t{0}, size_t{4095}, size_t{4096}, size_t{9999}}) {
            std::vector<float> values(10'000, 1);
            values[position] = -infinity;
            SafetensorsWriter writer;
            writer.add("w", {10'000}, values);
            const std::vector<std::byte> bytes = writer.bytes();
            const auto file = SafetensorsFile::parse(bytes, "w.safetensors");
            const std::string said = refusal([&] { file->read("w"); });
            QVERIFY2(said.find("infinity at (" + std::to_string(position) + ")") != std::string::npos,
                     said.c_str());
        }
    }

    void theHashIsOfTheWholeFile() {
        // sha256sum of the ten bytes 02 00 00 00 00 00 00 00 7b 7d
        QCOMPARE(Parsed(rawSafetensors("{}"))->sha256(),
                 std::string("411a485216e432ece6b9af94fa32154cf79a2a56d4f81266baa50063f45092bd"));
    }

    void onlyRegularFilesAreOpened() {
        const auto open = [](const QString& file) {
            return refusal([&] { SafetensorsFile::open(file.toStdString()); });
        };
        QVERIFY(isSentenceAbout(open(path("missing")), path("missing").toStdString()));
        QVERIFY(isSentenceAbout(open(m_folder.path()), "is a folder"));
        QCOMPARE(::mkfifo(qPrintable(path("pipe")), 0600), 0);
        QVERIFY(isSentenceAbout(open(path("pipe")), "not a regular file"));
        QVERIFY(isSentenceAbout(open("/dev/null"), "not a regular file"));
    }
};

QTEST_APPLESS_MAIN(SafetensorsTest)
#include "safetensors_test.moc"
