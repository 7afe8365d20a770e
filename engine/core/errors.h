#pragma once

#include <stdexcept>
#include <string>

namespace headlight {

/// Base of everything the engine throws on purpose. `what()` is one sentence for a person: what is wrong,
/// where (file, tensor, line, token) and what to do. The engine itself never prints and never exits.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A file or folder that cannot be used: missing, truncated, wrong shape, not what it claims to be.
class FileError : public Error {
public:
    FileError(std::string file, const std::string& problem)
        : Error(file + ": " + problem), m_file(std::move(file)) {}
    const std::string& file() const { return m_file; }

private:
    std::string m_file;
};

/// A request that cannot be met: an unknown head, a text that is not UTF-8, more memory than is allowed.
class RequestError : public Error {
public:
    using Error::Error;
};

/// Thrown out of a long computation when its stop token asks for it. Neither success nor failure.
class Cancelled : public std::exception {
public:
    const char* what() const noexcept override { return "cancelled"; }
};

} // namespace headlight
