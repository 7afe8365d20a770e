#pragma once

#include <csignal>
#include <sstream>
#include <string_view>

namespace headlight {

/// A stream that is interrupted, as by Ctrl-C, when the first progress is written to it.
class InterruptedBuffer : public std::stringbuf {
protected:
    std::streamsize xsputn(const char* bytes, std::streamsize count) override {
        if (!m_raised &&
            std::string_view(bytes, static_cast<size_t>(count)).find('%') != std::string_view::npos) {
            m_raised = true;
            std::raise(SIGINT);
        }
        return std::stringbuf::xsputn(bytes, count);
    }

private:
    bool m_raised = false;
};

} // namespace headlight
