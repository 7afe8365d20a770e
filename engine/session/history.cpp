#include "engine/session/history.h"

#include "engine/core/errors.h"
#include "engine/files/text_change.h"

#include <algorithm>

namespace headlight {

namespace {
constexpr int64_t typingMilliseconds = 1000;   // from a node's first letter on
constexpr int64_t steppingMilliseconds = 1500; // between two steps

size_t textBytes(const HistoryNode& node) {
    const Workspace& workspace = *node.workspace;
    return workspace.text.size() + workspace.pair.size() + workspace.shown.compared.text.value_or("").size();
}

bool isSpace(char byte) {
    return byte == ' ' || byte == '\n' || byte == '\t' || byte == '\r';
}

/// One change inside a word, or at its end: nothing but letters goes or comes, and it touches the place of
/// the change before. A word's first letter begins a new one.
bool staysInWord(const std::string& start, const std::string& before, const std::string& after) {
    const TextChange now = findChange(before, after);
    const std::string_view gone = std::string_view(before).substr(now.begin, now.removed);
    const std::string_view come = std::string_view(after).substr(now.begin, now.inserted);
    if (std::any_of(gone.begin(), gone.end(), isSpace) || std::any_of(come.begin(), come.end(), isSpace))
        return false;
    const TextChange sofar = findChange(start, before);
    const size_t left = std::min(sofar.begin, now.begin);
    const size_t right = std::max(sofar.begin + sofar.inserted, now.begin + now.removed);
    const std::string_view between = std::string_view(before).substr(left, right - left);
    return right - left <= sofar.inserted + now.removed + 1 &&
           std::none_of(between.begin(), between.end(), isSpace);
}

/// What B reads: its own sentence, or that of the window.
const std::string& comparedText(const Workspace& workspace) {
    return workspace.shown.compared.text ? *workspace.shown.compared.text : workspace.text;
}

bool onlyCompared(const WorkspaceChange& change) {
    WorkspaceChange only;
    only.compared = true;
    return change == only;
}

/// The same edits with other values, as a slider makes them.
bool sameTargets(const Edits& one, const Edits& other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(), sameTarget);
}
} // namespace

WorkspaceChange changeBetween(const Workspace& before, const Workspace& after) {
    WorkspaceChange change;
    change.model = before.model.name != after.model.name;
    change.texts = before.text != after.text || before.pair != after.pair;
    change.selection = before.selection != after.selection;
    change.zoom = before.shown.zoom != after.shown.zoom;
    ViewChoices shown = before.shown;
    shown.zoom = after.shown.zoom;
    shown.steps = after.shown.steps;
    shown.compared = after.shown.compared;
    change.view = shown != after.shown;
    change.compared = before.shown.compared != after.shown.compared;
    change.edits = before.edits != after.edits &&
                   carried(before.edits, before.text, before.pair, after.text, after.pair) != after.edits;
    return change;
}

History::History(const Workspace& first, Clock clock, const Limits& limits)
    : m_clock(std::move(clock)), m_limits(limits) {
    m_first = m_current = m_lastId = 1;
    Place place;
    place.node = {1, 0, m_clock(), {}, std::make_shared<const Workspace>(withoutLostAnchors(first))};
    m_textBytes = textBytes(place.node);
    m_nodes.emplace(1, std::move(place));
}

History::History(const std::vector<HistoryNode>& nodes, int64_t current, Clock clock, const Limits& limits)
    : m_clock(std::move(clock)), m_limits(limits), m_current(current) {
    for (const HistoryNode& node : nodes) {
        if (node.id < 1 || node.id <= node.parent)
            throw RequestError("A node of a history has an id that is not above 0 and its parent's.");
        Place place;
        place.node = node;
        place.begun = node.time;
        if (!m_nodes.emplace(node.id, std::move(place)).second)
            throw RequestError("Two nodes of a history have the id " + std::to_string(node.id) + ".");
        m_textBytes += textBytes(node);
        m_lastId = std::max(m_lastId, node.id);
    }
    for (auto& [id, place] : m_nodes) {
        if (place.node.parent == 0) {
            if (m_first != 0)
                throw RequestError("A history has two first states.");
            m_first = id;
            continue;
        }
        const auto parent = m_nodes.find(place.node.parent);
        if (parent == m_nodes.end())
            throw RequestError("Node " + std::to_string(id) + " of a history follows one that is not there.");
        parent->second.children.push_back(id);
        parent->second.lastChild = id;
    }
    if (m_first == 0 || !m_nodes.contains(m_current))
        throw RequestError("A history has no first state, or its current one is not there.");
    markWay();
    prune();
}

bool History::record(const Workspace& given) {
    const Workspace workspace = withoutLostAnchors(given);
    Place& at = m_nodes.at(m_current);
    const WorkspaceChange change = changeBetween(*at.node.workspace, workspace);
    if (!change.any()) {
        // Stepping from stage to stage makes no states of its own; a state remembers its last stage.
        if (workspace != *at.node.workspace)
            at.node.workspace = std::make_shared<const Workspace>(workspace);
        return false;
    }
    const int64_t now = m_clock();
    auto kept = std::make_shared<const Workspace>(workspace);
    if (joins(workspace, change, now)) {
        Place& place = m_nodes.at(m_current);
        m_textBytes -= textBytes(place.node);
        place.node.workspace = std::move(kept);
        place.node.time = now;
        m_textBytes += textBytes(place.node);
        prune();
        return true;
    }
    Place next;
    next.node = {++m_lastId, m_current, now, {}, std::move(kept)};
    next.change = change;
    next.begun = now;
    m_textBytes += textBytes(next.node);
    Place& parent = m_nodes.at(m_current);
    parent.children.push_back(m_lastId);
    parent.lastChild = m_lastId;
    m_nodes.emplace(m_lastId, std::move(next));
    m_current = m_lastId;
    m_open = true;
    prune();
    return true;
}

bool History::joins(const Workspace& workspace, const WorkspaceChange& change, int64_t now) const {
    const Place& at = m_nodes.at(m_current);
    if (!m_open || at.node.parent == 0 || !at.children.empty() || !at.node.name.empty())
        return false;
    if (change.model || change.view || at.change.model || at.change.view)
        return false;
    if (change.compared || at.change.compared) {
        const Workspace& start = *m_nodes.at(at.node.parent).node.workspace;
        const Workspace& before = *at.node.workspace;
        ComparedWith typed = before.shown.compared;
        typed.text = workspace.shown.compared.text;
        if (!onlyCompared(change) || !onlyCompared(at.change) || !typed.text || !before.shown.compared.text ||
            typed != workspace.shown.compared)
            return false;
        return (now - at.begun <= typingMilliseconds && now >= at.begun) ||
               staysInWord(comparedText(start), comparedText(before), comparedText(workspace));
    }
    if (change.texts) {
        if (!at.change.texts || change.edits || at.change.edits)
            return false;
        const Workspace& start = *m_nodes.at(at.node.parent).node.workspace;
        const Workspace& before = *at.node.workspace;
        if (before.pair != workspace.pair && before.text != workspace.text)
            return false;
        const bool inText = before.text != workspace.text;
        if (inText ? start.pair != before.pair : start.text != before.text)
            return false; // the other of the two texts was typed in
        if (now - at.begun <= typingMilliseconds && now >= at.begun)
            return true;
        return inText ? staysInWord(start.text, before.text, workspace.text)
                      : staysInWord(start.pair, before.pair, workspace.pair);
    }
    // A selection that a change of the text moved along belongs to that change.
    const bool quickly = now - at.node.time <= steppingMilliseconds && now >= at.node.time;
    return quickly && !at.change.texts && change.zoom == at.change.zoom &&
           change.selection == at.change.selection && change.edits == at.change.edits &&
           sameTargets(at.node.workspace->edits, workspace.edits);
}

void History::undo() {
    if (!canUndo())
        return;
    m_current = current().parent;
    m_open = false;
}

void History::redo() {
    if (!canRedo())
        return;
    m_current = m_nodes.at(m_current).lastChild;
    m_open = false;
}

bool History::goTo(int64_t id) {
    if (!m_nodes.contains(id))
        return false;
    m_current = id;
    m_open = false;
    markWay();
    return true;
}

void History::rename(int64_t id, const std::string& name) {
    if (const auto found = m_nodes.find(id); found != m_nodes.end())
        found->second.node.name = name;
}

const HistoryNode* History::find(int64_t id) const {
    const auto found = m_nodes.find(id);
    return found == m_nodes.end() ? nullptr : &found->second.node;
}

std::vector<HistoryNode> History::nodes() const {
    std::vector<HistoryNode> result;
    result.reserve(m_nodes.size());
    for (const auto& [id, place] : m_nodes)
        result.push_back(place.node);
    return result;
}

/// Redo goes along the way to the current node, from wherever undo leads.
void History::markWay() {
    for (int64_t id = m_current; id != m_first; id = m_nodes.at(id).node.parent)
        m_nodes.at(m_nodes.at(id).node.parent).lastChild = id;
}

bool History::tooLarge() const {
    return m_nodes.size() > m_limits.nodes || m_textBytes > m_limits.textBytes;
}

void History::prune() {
    while (tooLarge() && m_nodes.size() > 1) {
        // Ids grow with time, so the first leaf in their order is the oldest.
        const auto leaf = std::find_if(m_nodes.begin(), m_nodes.end(), [this](const auto& each) {
            return each.second.children.empty() && each.first != m_current;
        });
        if (leaf != m_nodes.end())
            drop(leaf->first);
        else if (m_first != m_current)
            dropFirst();
        else
            return;
    }
}

void History::drop(int64_t leaf) {
    const Place& place = m_nodes.at(leaf);
    Place& parent = m_nodes.at(place.node.parent);
    std::erase(parent.children, leaf);
    if (parent.lastChild == leaf)
        parent.lastChild = parent.children.empty() ? 0 : parent.children.back();
    m_textBytes -= textBytes(place.node);
    m_nodes.erase(leaf);
}

/// Only while every node lies on the way to the current one, so that the first has one child.
void History::dropFirst() {
    const Place& place = m_nodes.at(m_first);
    const int64_t next = place.children.front();
    m_textBytes -= textBytes(place.node);
    m_nodes.erase(m_first);
    m_nodes.at(next).node.parent = 0;
    m_first = next;
}

} // namespace headlight
