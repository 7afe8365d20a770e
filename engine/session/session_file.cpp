#include "engine/session/session_file.h"

#include "engine/core/errors.h"
#include "engine/files/atomic_file.h"
#include "engine/files/checked_json.h"
#include "engine/files/recipe.h"

#include <nlohmann/json.hpp>

namespace headlight {

namespace {

using nlohmann::json;

constexpr size_t longestName = 1000;

json nodeJson(const HistoryNode& node) {
    json result = {{"id", node.id}, {"time", node.time}, {"workspace", toJson(*node.workspace)}};
    if (node.parent != 0)
        result["parent"] = node.parent;
    if (!node.name.empty())
        result["name"] = node.name;
    return result;
}

class SessionReader {
public:
    explicit SessionReader(const std::string& file) : m_file(file) {}

    Session read(const json& value) const {
        if (!value.is_object())
            fail("the session", "is not a JSON object");
        if (const json* format = find(value, "format"); !format || *format != sessionFormat)
            fail("/format", "is not \"" + std::string(sessionFormat) + "\", so this is not a session");
        if (const int64_t version = integer(value, "", "version", 1); version > sessionVersion)
            throw FileError(m_file, "was saved by a newer Headlight (session version " +
                                        std::to_string(version) + ", this one reads up to " +
                                        std::to_string(sessionVersion) +
                                        "); open it there, or install a newer Headlight here");
        Session session;
        session.workspace = workspaceFromJson(required(value, "", "workspace"), m_file, "/workspace");
        if (const json* history = find(value, "history"))
            readHistory(*history, session);
        return session;
    }

private:
    [[noreturn]] void fail(const std::string& pointer, const std::string& problem) const {
        throw FileError(m_file, pointer + " " + problem);
    }

    static const json* find(const json& object, const char* key) {
        const auto found = object.find(key);
        return found == object.end() ? nullptr : &*found;
    }

    const json& required(const json& object, const std::string& pointer, const char* key) const {
        const json* value = find(object, key);
        if (!value)
            fail(pointer.empty() ? "the session" : pointer, "has no \"" + std::string(key) + "\"");
        return *value;
    }

    int64_t integer(const json& object, const std::string& pointer, const char* key, int64_t least) const {
        const json& value = required(object, pointer, key);
        constexpr int64_t largest = int64_t{1} << 53U; // what every JSON reader keeps exactly
        const bool whole = value.is_number_integer() &&
                           (!value.is_number_unsigned() || value.get<uint64_t>() <= uint64_t{1} << 53U);
        const int64_t number = whole ? value.get<int64_t>() : least - 1;
        if (number < least || number > largest)
            fail(pointer + "/" + key, "is not a whole number from " + std::to_string(least) + " on");
        return number;
    }

    HistoryNode node(const json& value, const std::string& pointer) const {
        if (!value.is_object())
            fail(pointer, "is not a JSON object");
        HistoryNode node;
        node.id = integer(value, pointer, "id", 1);
        node.parent = find(value, "parent") ? integer(value, pointer, "parent", 1) : 0;
        node.time = integer(value, pointer, "time", 0);
        if (const json* name = find(value, "name")) {
            if (!name->is_string() || name->get_ref<const std::string&>().size() > longestName)
                fail(pointer + "/name",
                     "is not a string of at most " + std::to_string(longestName) + " bytes");
            node.name = name->get<std::string>();
        }
        node.workspace = std::make_shared<const Workspace>(
            workspaceFromJson(required(value, pointer, "workspace"), m_file, pointer + "/workspace"));
        return node;
    }

    void readHistory(const json& value, Session& session) const {
        if (!value.is_object())
            fail("/history", "is not a JSON object");
        const json& nodes = required(value, "/history", "nodes");
        if (!nodes.is_array() || nodes.empty())
            fail("/history/nodes", "is not a list of states");
        for (size_t i = 0; i < nodes.size(); ++i)
            session.history.push_back(node(nodes[i], "/history/nodes/" + std::to_string(i)));
        session.current = integer(value, "/history", "current", 1);
        try {
            const History whole(session.history, session.current, [] { return int64_t{0}; });
        } catch (const RequestError& error) {
            fail("/history", std::string("does not hold together: ") + error.what());
        }
    }

    const std::string& m_file;
};

json documentOf(const Session& session) {
    return {{"format", sessionFormat},
            {"version", sessionVersion},
            {"workspace", toJson(withoutLostAnchors(session.workspace))}};
}

} // namespace

Session sessionOf(const Workspace& workspace, const History& history) {
    return {workspace, history.nodes(), history.current().id};
}

History historyOf(const Session& session, History::Clock clock) {
    if (session.history.empty())
        return {session.workspace, std::move(clock)};
    History history(session.history, session.current, std::move(clock));
    history.record(session.workspace);
    history.separate();
    return history;
}

std::string toText(const Session& session) {
    try {
        json document = documentOf(session);
        if (!session.history.empty()) {
            json nodes = json::array();
            for (const HistoryNode& node : session.history)
                nodes.push_back(nodeJson(node));
            document["history"] = {{"current", session.current}, {"nodes", std::move(nodes)}};
        }
        std::string text = document.dump();
        return text.size() <= maximumSessionBytes ? text : documentOf(session).dump();
    } catch (const json::exception&) {
        throw RequestError("A session can be saved only when its texts are UTF-8");
    }
}

Session sessionFromText(std::string_view text, const std::string& file) {
    return SessionReader(file).read(parseJson(text, file));
}

void writeSession(const Session& session, const std::filesystem::path& path) {
    writeFileAtomically(path, toText(session));
}

Session readSession(const std::filesystem::path& path) {
    return sessionFromText(readTextFile(path, maximumSessionBytes), path.string());
}

} // namespace headlight
