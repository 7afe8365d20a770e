#include "app/commands/program.h"

#include "app/commands/registry.h"
#include "engine/core/errors.h"

#include <algorithm>
#include <filesystem>
#include <new>
#include <ostream>

namespace headlight {

namespace {
constexpr const char* version = "headlight " HEADLIGHT_VERSION;

bool asksForHelp(const std::vector<std::string>& words) {
    return std::any_of(words.begin(), words.end(),
                       [](const std::string& word) { return word == "--help" || word == "-h"; });
}

void printProgramHelp(std::ostream& out) {
    out << "Headlight shows what every head of a transformer looks at.\n\n"
        << "  " << usageOf(windowCommand()) << "\n      " << windowCommand().help << "\n";
    for (const Command& command : commands())
        out << "  " << usageOf(command) << "\n      " << command.help << "\n";
    out << "\nheadlight COMMAND --help says more about one of them.\n"
        << "M is the name of a bundled model or a folder with a model; T is a text, or - to read it from "
           "stdin.\n"
        << "Exit status: 0 done, 1 could not do it, 2 the command line was not understood.\n";
}

void printCommandHelp(const Command& command, std::ostream& out) {
    out << command.help << "\n\n  " << usageOf(command) << "\n\n";
    const auto heading = [](const Option& option) {
        return "--" + option.name + (option.value.empty() ? "" : " ") + option.value;
    };
    size_t width = 0;
    for (const Option& option : command.options)
        width = std::max(width, heading(option).size());
    for (const Option& option : command.options)
        out << "  " << heading(option) << std::string(width + 2 - heading(option).size(), ' ') << option.help
            << "\n";
}

/// A message is one line, whatever text or file name it quotes.
std::string oneLine(std::string message) {
    std::replace_if(
        message.begin(), message.end(), [](char letter) { return letter == '\n' || letter == '\r'; }, ' ');
    return message;
}

int runCommand(const Command& command, const std::vector<std::string>& words, Streams& streams) {
    if (asksForHelp(words)) {
        printCommandHelp(command, streams.out);
        return exitDone;
    }
    const auto say = [&streams](const std::string& sentence) {
        streams.error << "headlight: " << oneLine(sentence) << std::endl;
    };
    try {
        command.run(Arguments::parse(words, command.options, command.positionals), streams);
        streams.out.flush();
        if (!streams.out) {
            say("the output could not be written");
            return exitFailed;
        }
        return exitDone;
    } catch (const UsageError& error) {
        say(error.what());
        streams.error << "usage: " << usageOf(command) << std::endl;
        return exitUsage;
    } catch (const Cancelled&) {
        say("stopped before it was done");
    } catch (const std::bad_alloc&) {
        say("there is not enough memory for this");
    } catch (const std::exception& error) {
        say(error.what());
    }
    return exitFailed;
}
} // namespace

std::string usageOf(const Command& command) {
    std::string usage = "headlight";
    if (!command.name.empty())
        usage += ' ' + command.name;
    for (const std::string& positional : command.positionals)
        usage += ' ' + positional;
    for (const Option& option : command.options) {
        std::string part = "--" + option.name;
        if (!option.value.empty())
            part += ' ' + option.value;
        usage += option.required ? ' ' + part : " [" + part + ']';
    }
    return usage;
}

int runProgram(const std::vector<std::string>& words, Streams& streams) {
    if (!words.empty()) {
        if (words[0] == "--help" || words[0] == "-h" || words[0] == "help") {
            printProgramHelp(streams.out);
            return exitDone;
        }
        if (words[0] == "--version") {
            streams.out << version << "\n";
            return exitDone;
        }
        for (const Command& command : commands())
            if (command.name == words[0])
                return runCommand(command, {words.begin() + 1, words.end()}, streams);
        std::error_code error;
        if (!words[0].starts_with("-") && !std::filesystem::exists(words[0], error)) {
            streams.error << "headlight: \"" << oneLine(words[0])
                          << "\" is neither a command nor a file; headlight --help lists the commands"
                          << std::endl;
            return exitUsage;
        }
    }
    return runCommand(windowCommand(), words, streams);
}

} // namespace headlight
