#include "engine/files/recipe.h"

#include "engine/core/errors.h"
#include "engine/files/checked_json.h"
#include "engine/files/mapped_file.h"
#include "engine/files/recipe_png.h"
#include "engine/files/safetensors.h"
#include "engine/files/trace_file.h"

#include <nlohmann/json.hpp>

#include <array>
#include <set>

namespace headlight {

namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr std::string_view keyword = "headlight-workspace";
constexpr std::string_view elementName = "headlight:workspace";
constexpr std::string_view elementSpace = "urn:headlight:workspace";
constexpr std::string_view csvStart = "# headlight-workspace: ";
constexpr size_t headOfFile = 4096;

std::string_view textOf(std::span<const std::byte> bytes) {
    return bytes.empty() ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

/// ASCII alone, so that no program on the way can spoil it.
std::string asciiOf(const Workspace& workspace) {
    try {
        return toJson(workspace).dump(-1, ' ', true);
    } catch (const json::exception&) {
        throw RequestError("A workspace can be saved only when its text is UTF-8");
    }
}

/// The named members of a JSON object; all others are read over and not kept.
json membersOf(std::string_view text, const std::string& file, const std::set<std::string>& names,
               size_t longest) {
    if (text.size() > longest)
        throw FileError(file, "is " + std::to_string(text.size()) + " bytes long, at most " +
                                  std::to_string(longest) + " are read");
    constexpr int deepest = 64;
    using Event = json::parse_event_t;
    const auto keep = [&](int depth, Event event, json& value) {
        if ((event == Event::object_start || event == Event::array_start) && depth >= deepest)
            throw FileError(file, "its JSON is nested deeper than " + std::to_string(deepest) + " levels");
        return event != Event::key || depth != 1 || names.contains(value.get_ref<const std::string&>());
    };
    try {
        return json::parse(text.begin(), text.end(), keep);
    } catch (const json::exception&) {
        throw FileError(file, "is not valid JSON");
    }
}

/// Reads an object no further than to its own "format".
class FormatFinder : public json::json_sax_t {
public:
    std::string format;

    bool null() override { return pass(); }
    bool boolean(bool) override { return pass(); }
    bool number_integer(number_integer_t) override { return pass(); }
    bool number_unsigned(number_unsigned_t) override { return pass(); }
    bool number_float(number_float_t, const string_t&) override { return pass(); }
    bool binary(binary_t&) override { return pass(); }
    bool string(string_t& value) override {
        if (m_next)
            format = value;
        return pass();
    }
    bool start_object(size_t) override { return enter(); }
    bool start_array(size_t) override { return enter(); }
    bool key(string_t& name) override {
        m_next = m_depth == 1 && name == "format";
        return true;
    }
    bool end_object() override { return leave(); }
    bool end_array() override { return leave(); }
    bool parse_error(size_t, const std::string&, const json::exception&) override { return false; }

private:
    bool pass() { return !m_next; }
    bool enter() {
        constexpr int deepest = 64;
        return !m_next && ++m_depth <= deepest;
    }
    bool leave() {
        --m_depth;
        return true;
    }
    int m_depth = 0;
    bool m_next = false; ///< the value that follows is the format
};

std::string formatOf(std::string_view text) {
    FormatFinder finder;
    json::sax_parse(text.begin(), text.end(), &finder);
    return finder.format;
}

std::string_view lastLine(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.remove_suffix(1);
    const size_t lineBreak = text.find_last_of("\r\n");
    return lineBreak == std::string_view::npos ? text : text.substr(lineBreak + 1);
}

bool looksLikeSafetensors(std::span<const std::byte> bytes) {
    constexpr size_t lengthBytes = 8;
    if (bytes.size() <= lengthBytes || textOf(bytes)[lengthBytes] != '{')
        return false;
    uint64_t length = 0;
    for (size_t i = lengthBytes; i-- > 0;)
        length = length << 8U | std::to_integer<uint64_t>(bytes[i]);
    return length <= bytes.size() - lengthBytes;
}

std::string xmlEscaped(std::string_view text) {
    std::string result;
    for (const char letter : text) {
        switch (letter) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        default:
            result += letter;
        }
    }
    return result;
}

std::string xmlUnescaped(std::string_view text, const std::string& file) {
    constexpr std::array<std::pair<std::string_view, char>, 7> entities{{{"&amp;", '&'},
                                                                         {"&lt;", '<'},
                                                                         {"&gt;", '>'},
                                                                         {"&quot;", '"'},
                                                                         {"&apos;", '\''},
                                                                         {"&#34;", '"'},
                                                                         {"&#39;", '\''}}};
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        if (text.front() != '&') {
            result += text.front();
            text.remove_prefix(1);
            continue;
        }
        bool known = false;
        for (const auto& [entity, letter] : entities) {
            if (!text.starts_with(entity))
                continue;
            result += letter;
            text.remove_prefix(entity.size());
            known = true;
            break;
        }
        if (!known)
            throw FileError(file, "the workspace in it is damaged");
    }
    return result;
}

std::string element(std::string_view content) {
    return "<" + std::string(elementName) + " xmlns:headlight=\"" + std::string(elementSpace) + "\">" +
           xmlEscaped(content) + "</" + std::string(elementName) + ">";
}

[[noreturn]] void failWithout(const std::string& file) {
    throw FileError(file, "carries no workspace of Headlight, so there is no view to go back to; it was made "
                          "by another program, or lost it on the way (web sites and messengers strip "
                          "pictures): use the file as Headlight wrote it");
}

void checkLength(std::string_view text, const std::string& file) {
    if (text.size() > maximumSessionBytes)
        throw FileError(file, "the workspace in it is " + std::to_string(text.size()) +
                                  " bytes long, at most " + std::to_string(maximumSessionBytes) +
                                  " are read");
}

Workspace inXml(std::string_view text, const std::string& file) {
    const size_t start = text.find("<" + std::string(elementName));
    if (start == std::string_view::npos)
        failWithout(file);
    const size_t begin = text.find('>', start);
    const size_t end =
        begin == std::string_view::npos ? begin : text.find("</" + std::string(elementName) + ">", begin);
    if (end == std::string_view::npos)
        throw FileError(file, "is cut off inside its workspace");
    const std::string_view escaped = text.substr(begin + 1, end - begin - 1);
    checkLength(escaped, file);
    return workspaceFromText(xmlUnescaped(escaped, file), file);
}

Workspace inPng(std::span<const std::byte> bytes, const std::string& file) {
    const std::optional<std::string_view> text = pngText(bytes, keyword, file);
    if (!text)
        failWithout(file);
    checkLength(*text, file);
    return workspaceFromText(*text, file);
}

int digitOf(char letter) {
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    if (letter >= 'A' && letter <= 'F')
        return letter - 'A' + 10;
    return -1;
}

Workspace inCsv(std::string_view text, const std::string& file) {
    const std::string_view line = lastLine(text);
    if (!line.starts_with(csvStart))
        failWithout(file);
    checkLength(line, file);
    std::string result;
    for (size_t i = csvStart.size(); i < line.size(); ++i) {
        // Spreadsheets that save the file again fill the row up with empty cells.
        if (line[i] == ',' || line[i] == ';' || line[i] == '\t')
            break;
        if (line[i] != '%') {
            result += line[i];
            continue;
        }
        const int high = i + 2 < line.size() ? digitOf(line[i + 1]) : -1;
        const int low = i + 2 < line.size() ? digitOf(line[i + 2]) : -1;
        if (high < 0 || low < 0)
            throw FileError(file, "the workspace in its last line is damaged");
        result += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return workspaceFromText(result, file);
}

Workspace inMember(const json& document, const std::string& file) {
    if (!document.is_object() || !document.contains("workspace"))
        failWithout(file);
    return workspaceFromJson(document["workspace"], file, "/workspace");
}

Workspace inTrace(const fs::path& path) {
    const std::shared_ptr<const Trace> trace = readTraceFile(path);
    if (trace->workspace.empty())
        failWithout(path.string());
    return workspaceFromText(trace->workspace, path.string());
}

} // namespace

FileKind kindOfBytes(std::span<const std::byte> bytes) {
    const std::string_view text = textOf(bytes);
    if (isPng(bytes))
        return FileKind::png;
    if (text.starts_with("%PDF-"))
        return FileKind::pdf;
    if (looksLikeSafetensors(bytes))
        return FileKind::trace;
    const size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return FileKind::unknown;
    if (text[first] == '{') {
        const std::string format = formatOf(text);
        if (format == sessionFormat)
            return FileKind::session;
        if (format == keyword)
            return FileKind::workspace;
        return format == numbersFormat || format == comparisonFormat ? FileKind::numbers : FileKind::unknown;
    }
    if (text.substr(0, headOfFile).find("<svg") != std::string_view::npos)
        return FileKind::svg;
    return lastLine(text).starts_with(csvStart) ? FileKind::csv : FileKind::unknown;
}

FileKind kindOf(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(path, error))
        return FileKind::modelFolder;
    return kindOfBytes(MappedFile(path).bytes());
}

Workspace workspaceInBytes(std::span<const std::byte> bytes, const std::string& file) {
    const std::string_view text = textOf(bytes);
    switch (kindOfBytes(bytes)) {
    case FileKind::png:
        return inPng(bytes, file);
    case FileKind::svg:
    case FileKind::pdf:
        return inXml(text, file);
    case FileKind::csv:
        return inCsv(text, file);
    case FileKind::numbers:
        return inMember(membersOf(text, file, {"workspace"}, maximumNumbersBytes), file);
    case FileKind::session:
        return inMember(membersOf(text, file, {"workspace"}, maximumSessionBytes), file);
    case FileKind::workspace:
        checkLength(text, file);
        return workspaceFromText(text, file);
    case FileKind::trace:
    case FileKind::modelFolder:
    case FileKind::unknown:
        break;
    }
    failWithout(file);
}

Workspace workspaceIn(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(path, error))
        throw FileError(path.string(), "is a folder; a folder carries no workspace");
    const MappedFile file(path);
    if (kindOfBytes(file.bytes()) == FileKind::trace)
        return inTrace(path);
    return workspaceInBytes(file.bytes(), path.string());
}

std::string pngWithWorkspace(std::string_view png, const Workspace& workspace) {
    return pngWithText(png, keyword, asciiOf(workspace));
}

std::string svgWithWorkspace(std::string_view svg, const Workspace& workspace) {
    // Behind the title, which stands first; the drawing starts with <defs> or a group.
    size_t place = svg.find("<defs");
    if (place == std::string_view::npos)
        place = svg.find("<g");
    if (place == std::string_view::npos)
        place = svg.rfind("</svg");
    if (place == std::string_view::npos)
        throw RequestError("The drawing is not an SVG.");
    std::string result(svg.substr(0, place));
    result += "<metadata>" + element(asciiOf(workspace)) + "</metadata>\n";
    return result.append(svg.substr(place));
}

std::string xmpWithWorkspace(const Workspace& workspace, const std::string& title) {
    return "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
           "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
           "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
           "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
           "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" +
           xmlEscaped(title) + "</rdf:li></rdf:Alt></dc:title>" + element(asciiOf(workspace)) +
           "</rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"r\"?>\n";
}

std::string csvWorkspaceLine(const Workspace& workspace) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string line(csvStart);
    for (const char letter : asciiOf(workspace)) {
        if (std::string_view("\",;%\t").find(letter) == std::string_view::npos) {
            line += letter;
            continue;
        }
        const auto code = static_cast<unsigned char>(letter);
        line += {'%', digits[code >> 4U], digits[code & 15U]};
    }
    return line + "\r\n";
}

} // namespace headlight
