#pragma once

#include "engine/files/workspace.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace headlight {

/// One state of the window that can be gone back to.
struct HistoryNode {
    int64_t id = 0;
    int64_t parent = 0; ///< 0: the first state
    int64_t time = 0;   ///< of its last change, milliseconds since 1970
    std::string name;   ///< given by a person; empty: none
    std::shared_ptr<const Workspace> workspace;
};

/// What differs between two workspaces.
struct WorkspaceChange {
    bool model = false; ///< another name; the hash follows from it
    bool texts = false;
    bool selection = false;
    bool zoom = false;
    bool view = false;     ///< any other choice of how it is shown
    bool edits = false;    ///< other than those that a change of the text carried along
    bool compared = false; ///< what stands beside on the Compare page
    bool any() const { return model || texts || selection || zoom || view || edits || compared; }
    friend bool operator==(const WorkspaceChange&, const WorkspaceChange&) = default;
};
WorkspaceChange changeBetween(const Workspace& before, const Workspace& after);

/// How much a history keeps.
struct HistoryLimits {
    size_t nodes = 2000;
    size_t textBytes = 2U << 20U; ///< texts, pairs and compared texts of all nodes together
};

/// All states of a window as a tree: going back and typing on starts a branch, and nothing is lost by it.
/// Small steps of one kind become one node: letters typed within a word or within a second, steps of the
/// selection or the zoom, or other values of an edit, that follow each other quickly.
///
/// A value; copying shares the workspaces. Past its limits, the oldest leaf that does not lie on the way to
/// the current node is dropped; when there is none, the first state on that way.
class History {
public:
    using Limits = HistoryLimits;
    using Clock = std::function<int64_t()>; ///< milliseconds since 1970

    /// Starts with one node.
    History(const Workspace& first, Clock clock, const Limits& limits = {});
    /// What was saved. `nodes` in any order. Throws RequestError: an id below 1 or twice, a parent that does
    /// not exist, no or several first states, a ring, a current node that does not exist.
    History(const std::vector<HistoryNode>& nodes, int64_t current, Clock clock, const Limits& limits = {});

    /// The window shows this now. True when a node was added or the current one changed.
    bool record(const Workspace& workspace);
    /// The next change starts a node of its own.
    void separate() { m_open = false; }

    const HistoryNode& current() const { return m_nodes.at(m_current).node; }
    bool canUndo() const { return current().parent != 0; }
    bool canRedo() const { return m_nodes.at(m_current).lastChild != 0; }
    void undo();
    void redo(); ///< to the child that was visited last
    /// False when there is no such node.
    bool goTo(int64_t id);
    void rename(int64_t id, const std::string& name);

    size_t size() const { return m_nodes.size(); }
    int64_t first() const { return m_first; }
    const HistoryNode* find(int64_t id) const;
    /// Oldest first.
    const std::vector<int64_t>& childrenOf(int64_t id) const { return m_nodes.at(id).children; }
    /// The child that redo would lead to; 0: none.
    int64_t lastChildOf(int64_t id) const { return m_nodes.at(id).lastChild; }
    std::vector<HistoryNode> nodes() const; ///< by id: parents before their children

private:
    struct Place {
        HistoryNode node;
        std::vector<int64_t> children;
        int64_t lastChild = 0;
        WorkspaceChange change; ///< what the node collects, from its parent
        int64_t begun = 0;      ///< time of its first change
    };
    bool joins(const Workspace& workspace, const WorkspaceChange& change, int64_t now) const;
    void markWay();
    void prune();
    bool tooLarge() const;
    void drop(int64_t leaf);
    void dropFirst();

    Clock m_clock;
    Limits m_limits;
    std::map<int64_t, Place> m_nodes;
    int64_t m_first = 0;
    int64_t m_current = 0;
    int64_t m_lastId = 0;
    size_t m_textBytes = 0;
    bool m_open = false; ///< the current node may still take a change in
};

} // namespace headlight
