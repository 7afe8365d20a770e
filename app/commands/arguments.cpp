#include "app/commands/arguments.h"

#include <algorithm>
#include <charconv>

namespace headlight {

namespace {
const Option& find(const std::vector<Option>& options, const std::string& name) {
    const auto found = std::find_if(options.begin(), options.end(),
                                    [&name](const Option& option) { return option.name == name; });
    if (found == options.end())
        throw UsageError("there is no option --" + name);
    return *found;
}
} // namespace

Arguments Arguments::parse(const std::vector<std::string>& words, const std::vector<Option>& options,
                           const std::vector<std::string>& positionals) {
    Arguments arguments;
    for (size_t i = 0; i < words.size(); ++i) {
        const std::string& word = words[i];
        if (word.size() > 1 && word[0] == '-' && word[1] != '-')
            throw UsageError("there is no option " + word);
        if (!word.starts_with("--")) {
            arguments.m_positionals.push_back(word);
            continue;
        }
        const size_t equals = word.find('=');
        const std::string name = word.substr(2, equals == std::string::npos ? equals : equals - 2);
        const Option& option = find(options, name);
        std::string value;
        if (option.value.empty()) {
            if (equals != std::string::npos)
                throw UsageError("--" + name + " takes no value");
        } else if (equals != std::string::npos) {
            value = word.substr(equals + 1);
        } else if (i + 1 < words.size() && !words[i + 1].starts_with("--")) {
            value = words[++i];
        } else {
            throw UsageError("--" + name + " needs a value (if it begins with dashes: --" + name + "=VALUE)");
        }
        if (!arguments.m_values.emplace(name, value).second)
            throw UsageError("--" + name + " stands twice");
    }
    for (const Option& option : options)
        if (option.required && !arguments.has(option.name))
            throw UsageError("--" + option.name + " is missing");
    const size_t given = arguments.m_positionals.size();
    if (given < positionals.size() && !positionals[given].starts_with('['))
        throw UsageError(positionals[given] + " is missing");
    if (given > positionals.size())
        throw UsageError("\"" + arguments.m_positionals[positionals.size()] +
                         "\" is one word too many; put a text of several words in quotes");
    return arguments;
}

std::optional<std::string> Arguments::value(const std::string& option) const {
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::nullopt : std::optional(found->second);
}

std::string Arguments::value(const std::string& option, const std::string& absent) const {
    return value(option).value_or(absent);
}

std::optional<std::string> Arguments::positional(size_t index) const {
    return index < m_positionals.size() ? std::optional(m_positionals[index]) : std::nullopt;
}

std::optional<long long> Arguments::integer(const std::string& option, long long least,
                                            long long most) const {
    const std::optional<std::string> text = value(option);
    if (!text)
        return std::nullopt;
    const std::optional<long long> number = parseInteger(*text);
    if (!number || *number < least || *number > most)
        throw UsageError("--" + option + " is a whole number from " + std::to_string(least) + " to " +
                         std::to_string(most) + ", not \"" + *text + "\"");
    return number;
}

std::optional<long long> parseInteger(const std::string& text) {
    long long number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

} // namespace headlight
