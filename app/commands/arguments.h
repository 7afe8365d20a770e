#pragma once

#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace headlight {

/// One option of a command: `--name VALUE`, or a switch when it takes no value.
struct Option {
    std::string name;  ///< without the dashes
    std::string value; ///< what the usage line calls its value ("FILE"); empty: a switch
    std::string help;
    bool required = false;
};

/// The command line is not one that the command understands; exit status 2. One sentence.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// What a command was given: `--name value`, `--name=value`, switches and positional words.
class Arguments {
public:
    /// `positionals` are the names of the words that must stand beside the options; those in brackets, at the
    /// end, may be absent. Throws UsageError: an unknown or repeated option, a missing value, a missing or
    /// superfluous word.
    static Arguments parse(const std::vector<std::string>& words, const std::vector<Option>& options,
                           const std::vector<std::string>& positionals);

    bool has(const std::string& option) const { return m_values.contains(option); }
    std::optional<std::string> value(const std::string& option) const;
    std::string value(const std::string& option, const std::string& absent) const;
    /// A whole number in [least, most]. Throws UsageError.
    std::optional<long long> integer(const std::string& option, long long least, long long most) const;
    std::optional<std::string> positional(size_t index) const;

private:
    std::map<std::string, std::string> m_values;
    std::vector<std::string> m_positionals;
};

/// A whole number and nothing else; nothing when the text is not one.
std::optional<long long> parseInteger(const std::string& text);

} // namespace headlight
