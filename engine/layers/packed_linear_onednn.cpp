// The only file that knows oneDNN's interface (2.x; it changed in 3.0).
#include "engine/layers/linear.h"
#include "engine/layers/packed_linear.h"

#include <dnnl.hpp>

#include <map>
#include <mutex>
#include <omp.h>
#include <shared_mutex>
#include <vector>

namespace headlight {

namespace {
using Format = dnnl::memory::format_tag;
constexpr auto f32 = dnnl::memory::data_type::f32;

dnnl::engine& processor() {
    static dnnl::engine engine(dnnl::engine::kind::cpu, 0);
    return engine;
}

/// Products smaller than this run on one thread: libgomp's workers spin between parallel regions and the
/// window needs the other cores.
constexpr double oneThreadFlops = 2e8;

/// While it lives, oneDNN works on so many threads.
class ThreadLimit {
public:
    explicit ThreadLimit(int threads) : m_before(omp_get_max_threads()) { omp_set_num_threads(threads); }
    ~ThreadLimit() { omp_set_num_threads(m_before); }
    ThreadLimit(const ThreadLimit&) = delete;
    ThreadLimit& operator=(const ThreadLimit&) = delete;

private:
    int m_before;
};

dnnl::matmul::primitive_desc describe(Index n, Index in, Index out, bool bias,
                                      const dnnl::memory::desc& weights) {
    const dnnl::memory::desc x({n, in}, f32, Format::ab), y({n, out}, f32, Format::ab),
        b({1, out}, f32, Format::ab);
    dnnl::primitive_attr attributes;
    attributes.set_scratchpad_mode(dnnl::scratchpad_mode::user);
    const dnnl::matmul::desc operation =
        bias ? dnnl::matmul::desc(x, weights, b, y) : dnnl::matmul::desc(x, weights, y);
    return {operation, attributes, processor()};
}
} // namespace

struct PackedLinear::Implementation {
    struct Prepared {
        dnnl::matmul primitive;
        dnnl::matmul::primitive_desc description;
    };

    Index in = 0;
    Index out = 0;
    const float* bias = nullptr;
    dnnl::memory weights;
    std::shared_mutex mutex;
    std::map<Index, Prepared> prepared; // by row count

    const Prepared& prepare(Index n) {
        {
            std::shared_lock lock(mutex);
            if (const auto found = prepared.find(n); found != prepared.end())
                return found->second;
        }
        const auto description = describe(n, in, out, bias != nullptr, weights.get_desc());
        std::unique_lock lock(mutex);
        return prepared.try_emplace(n, Prepared{dnnl::matmul(description), description}).first->second;
    }
};

PackedLinear::PackedLinear(std::unique_ptr<Implementation> implementation)
    : m_implementation(std::move(implementation)) {}
PackedLinear::~PackedLinear() = default;

std::unique_ptr<PackedLinear> PackedLinear::make(const Matrix<float>& weight, const Matrix<float>* bias) {
    auto implementation = std::make_unique<Implementation>();
    implementation->in = weight.cols();
    implementation->out = weight.rows();
    implementation->bias = bias ? bias->data() : nullptr;

    const ThreadLimit limit(1);
    // The layout is chosen for a typed sentence, then used for every row count.
    constexpr Index typicalRows = 32;
    const dnnl::memory::desc any({weight.cols(), weight.rows()}, f32, Format::any);
    const auto description = describe(typicalRows, weight.cols(), weight.rows(), bias != nullptr, any);
    const dnnl::memory::desc plain({weight.cols(), weight.rows()}, f32, Format::ba);
    dnnl::memory source(plain, processor(), const_cast<float*>(weight.data()));
    implementation->weights = dnnl::memory(description.weights_desc(), processor());
    dnnl::stream stream(processor());
    dnnl::reorder(source, implementation->weights).execute(stream, source, implementation->weights);
    stream.wait();
    return std::unique_ptr<PackedLinear>(new PackedLinear(std::move(implementation)));
}

Index PackedLinear::paddedRows(Index n) {
    const Index multiple = n <= 128 ? minimumRows : 4 * minimumRows;
    return (n + multiple - 1) / multiple * multiple;
}

void PackedLinear::forward(const float* x, float* y, Index n) const {
    Implementation& self = *m_implementation;
    // Primitives keep the number of threads that they were made with, so the limit comes first.
    const ThreadLimit limit(packedThreads(n, self.in, self.out));
    const Implementation::Prepared& prepared = self.prepare(n);
    thread_local dnnl::stream stream(processor());
    thread_local std::vector<std::byte> scratchpad;
    const size_t needed = prepared.description.scratchpad_desc().get_size();
    if (scratchpad.size() < needed)
        scratchpad.resize(needed);

    const auto memory = [](const dnnl::memory::desc& description, const void* data) {
        return dnnl::memory(description, processor(), const_cast<void*>(data));
    };
    const auto& description = prepared.description;
    std::unordered_map<int, dnnl::memory> arguments{
        {DNNL_ARG_SRC, memory(description.src_desc(), x)},
        {DNNL_ARG_WEIGHTS, self.weights},
        {DNNL_ARG_DST, memory(description.dst_desc(), y)},
        {DNNL_ARG_SCRATCHPAD, memory(description.scratchpad_desc(), scratchpad.data())}};
    if (self.bias)
        arguments.emplace(DNNL_ARG_BIAS,
                          memory(dnnl::memory::desc({1, self.out}, f32, Format::ab), self.bias));
    prepared.primitive.execute(stream, arguments);
    stream.wait();
}

int packedThreads(Index n, Index in, Index out) {
    const double flops = 2.0 * static_cast<double>(n) * static_cast<double>(in) * static_cast<double>(out);
    return flops < oneThreadFlops ? 1 : omp_get_max_threads();
}

bool packingWins() {
    const auto isa = static_cast<unsigned>(dnnl::get_effective_cpu_isa());
    const auto avx512 = static_cast<unsigned>(dnnl::cpu_isa::avx512_core);
    return (isa & avx512) == avx512;
}

std::string packedBackendName() {
    const dnnl_version_t* version = dnnl_version();
    return "oneDNN " + std::to_string(version->major) + "." + std::to_string(version->minor) + "." +
           std::to_string(version->patch) + (packingWins() ? ", AVX-512" : ", up to AVX2");
}

} // namespace headlight
