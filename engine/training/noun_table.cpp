#include "engine/training/noun_lists.h"
#include "engine/training/tables.h"

#include <vector>

namespace headlight {

namespace {
/// What stands before the first `mark` of `text`; `text` keeps what follows it.
std::string_view upTo(std::string_view& text, char mark) {
    const std::string_view head = text.substr(0, text.find(mark));
    text.remove_prefix(head.size() < text.size() ? head.size() + 1 : text.size());
    return head;
}

std::vector<NounRow> expanded() {
    std::vector<NounRow> rows;
    for (std::span<const NounList> lists : {livingLists(), thingLists(), placeLists()})
        for (const NounList& list : lists)
            for (std::string_view words = list.words; !words.empty();) {
                std::string_view item = upTo(words, ',');
                NounRow row{{}, {}, list.kinds, list.pronouns};
                if (const size_t star = item.find('*'); star != std::string_view::npos)
                    row.common = true;
                row.word = upTo(item, '/');
                row.plural = item;
                for (std::string_view* form : {&row.word, &row.plural})
                    if (!form->empty() && form->back() == '*')
                        form->remove_suffix(1);
                rows.push_back(row);
            }
    return rows;
}
} // namespace

std::span<const NounRow> nounRows() {
    static const std::vector<NounRow> rows = expanded();
    return rows;
}

} // namespace headlight
