#include "ui/session/selection.h"

#include <algorithm>
#include <string_view>

namespace headlight {

namespace {
int bounded(int index, const Trace* trace) {
    return trace && index >= 0 && static_cast<size_t>(index) < trace->tokens().size() ? index : -1;
}
bool hasLetter(std::string_view spelling) {
    return std::any_of(spelling.begin(), spelling.end(), [](unsigned char byte) {
        return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
               (byte >= 'a' && byte <= 'z');
    });
}

/// The word that the caret touches or has just left, punctuation where there is no word; -1 in front of all.
int tokenBefore(const Trace& trace, size_t byte) {
    int word = -1, any = -1;
    for (size_t i = 0; i < trace.tokens().size(); ++i) {
        const Token& token = trace.tokens()[i];
        if (token.text != 0 || token.bytes.empty() || token.bytes.begin >= std::max<size_t>(byte, 1))
            continue;
        any = static_cast<int>(i);
        if (hasLetter(trace.spelling(token)))
            word = any;
    }
    return word >= 0 ? word : any;
}
} // namespace

void Selection::setHead(const HeadAddress& head) {
    if (head == m_head || !m_trace || !m_trace->shape.has(head))
        return;
    m_head = head;
    leaveHoverFor({head, m_hover.query, m_hover.key});
    Q_EMIT changed();
}

void Selection::setCell(int query, int key) {
    query = bounded(query, m_trace.get());
    select(query, query < 0 ? -1 : bounded(key, m_trace.get()), m_axis);
}

void Selection::setColumn(int key) {
    select(m_query, bounded(key, m_trace.get()), ReadAxis::key);
}

void Selection::setAxis(ReadAxis axis) {
    select(m_query, m_key, axis);
}

void Selection::select(int query, int key, ReadAxis axis) {
    if (query == m_query && key == m_key && axis == m_axis)
        return;
    if (query != m_query)
        m_queryAnchor = m_trace ? TextAnchor(*m_trace, query) : TextAnchor();
    if (key != m_key)
        m_keyAnchor = m_trace ? TextAnchor(*m_trace, key) : TextAnchor();
    m_query = query;
    m_key = key;
    m_axis = axis;
    leaveHoverFor({m_hover.head, query, key});
    Q_EMIT changed();
}

WorkspaceSelection Selection::saved() const {
    WorkspaceSelection saved;
    if (!m_trace)
        return saved;
    saved.head = m_head;
    if (m_query >= 0)
        saved.query = anchorOf(m_trace->tokens(), m_query);
    if (m_key >= 0)
        saved.key = anchorOf(m_trace->tokens(), m_key);
    saved.byKey = m_axis == ReadAxis::key;
    return saved;
}

void Selection::restore(const WorkspaceSelection& saved) {
    if (!m_trace)
        return;
    const auto found = [&](const std::optional<TokenAnchor>& anchor) {
        return anchor ? tokenAt(m_trace->tokens(), *anchor).value_or(-1) : -1;
    };
    if (saved.head)
        setHead(*saved.head);
    select(found(saved.query), found(saved.key), saved.byKey ? ReadAxis::key : ReadAxis::query);
}

void Selection::leaveHoverFor(const Hover& selected) {
    const bool otherHead = m_hover.head && m_hover.head != selected.head;
    const bool otherCell =
        m_hover.query >= 0 && (m_hover.query != selected.query || m_hover.key != selected.key);
    if (otherHead || otherCell)
        clearHover();
}

void Selection::setHover(const Hover& hover) {
    if (hover == m_hover)
        return;
    m_hover = hover;
    Q_EMIT hoverChanged();
}

void Selection::carryTo(std::shared_ptr<const Trace> trace, const std::optional<HeadAddress>& head) {
    m_trace = std::move(trace);
    m_hover = {};
    m_caret = tokenBefore(*m_trace, m_caretByte);
    m_query = m_queryAnchor.findIn(*m_trace);
    m_key = m_query < 0 && m_axis == ReadAxis::query ? -1 : m_keyAnchor.findIn(*m_trace);
    if (head && m_trace->shape.has(*head))
        m_head = *head;
    else if (!m_trace->shape.has(m_head) && !m_trace->shape.stacks.empty())
        m_head = {m_trace->shape.stacks.front().stack, 0, 0};
}

void Selection::start(std::shared_ptr<const Trace> trace, const std::string& word,
                      const std::optional<HeadAddress>& head) {
    m_trace = std::move(trace);
    m_hover = {};
    m_caret = tokenBefore(*m_trace, m_caretByte);
    m_query = -1;
    m_key = -1;
    const std::vector<Token>& tokens = m_trace->tokens();
    for (size_t i = 0; i < tokens.size() && m_query < 0; ++i)
        if (m_trace->spelling(tokens[i]) == word)
            m_query = static_cast<int>(i);
    m_queryAnchor = TextAnchor(*m_trace, m_query);
    m_keyAnchor = TextAnchor();
    if (head && m_trace->shape.has(*head))
        m_head = *head;
    else if (!m_trace->shape.stacks.empty())
        m_head = {m_trace->shape.stacks.front().stack, 0, 0};
}

} // namespace headlight
