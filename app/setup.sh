# shellcheck shell=bash disable=SC2034,SC2154
# Sourced by app/run and tests/run: which packages a task needs, installing those that are missing, configuring and building.
# Everything here speaks on stderr, so that a command's own stdout stays clean.

# Package lists (Debian and Ubuntu names).
build_packages=(
  g++ cmake ninja-build                    # compiler and build
  libeigen3-dev libdnnl-dev ocl-icd-opencl-dev  # matrices; oneDNN, whose CMake file asks for OpenCL
  nlohmann-json3-dev libssl-dev libutf8proc-dev libarchive-dev # JSON, SHA-256, Unicode, zip
  qt6-base-dev qt6-svg-dev libqcustomplot-dev   # window, pictures, plots
  fonts-noto-core                          # a bare system has no fonts
)
test_packages=("${build_packages[@]}" ccache librsvg2-bin poppler-utils python3 # two independent readers of figures
  python3-numpy libreoffice-calc-nogui) # run what headlight steps writes
package_packages=("${build_packages[@]}" dpkg-dev)  # dpkg-shlibdeps, dpkg-scanpackages
check_packages=("${test_packages[@]}" clang-14 libclang-rt-14-dev llvm-14 clang-format-14 clang-tidy-14)
benchmark_packages=("${build_packages[@]}" ccache libbenchmark-dev xvfb xauth)

say() { printf '%s\n' "$*" >&2; }
fail() { printf 'headlight: %s\n' "$*" >&2; exit 1; }

# minutes SECONDS: "1.4 min"
minutes() { printf '%d.%d min' $(($1 / 60)) $(($1 % 60 / 6)); }

# missing_packages NAME...: those that are not installed, one a line.
missing_packages() {
  local name
  local -A installed=()
  while read -r name; do
    installed[$name]=1
  done < <(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p')
  for name in "$@"; do
    [ -n "${installed[$name]:-}" ] || echo "$name"
  done
}

# require_packages WHY NAME...: installs what is missing, with apt; says so first. Asks for root rights only if something is missing.
require_packages() {
  local why=$1 log=$root/build/log/install.log
  shift
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    say "headlight: not a Debian or Ubuntu system; these packages (Debian's names) are needed $why: $*"
    return 0
  fi
  local missing=() as_root=()
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0
  local by_hand="apt-get update && apt-get install --no-install-recommends ${missing[*]}"
  local hint="The whole output is in $log. To try by hand: $by_hand"
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null || fail "needs packages that are not installed, and there is no sudo here. As root, run: $by_hand"
    as_root=(sudo)
  fi
  mkdir -p "$root/build/log"
  say "Installing what is missing $why: ${missing[*]}"
  local start=$SECONDS
  if [ "${#as_root[@]}" -gt 0 ]; then
    sudo -v || fail "sudo refused. As root, run: $by_hand"
  fi
  apt() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q \
    -o DPkg::Lock::Timeout=300 -o APT::Update::Error-Mode=any "$@" >>"$log" 2>&1 </dev/null; }
  : >"$log"
  # Package lists that are missing or too old are fetched once. Nothing is fetched when the lists at hand will do.
  if ! apt-get --simulate install --no-install-recommends "${missing[@]}" >>"$log" 2>&1 ||
    ! apt install --yes --no-install-recommends "${missing[@]}"; then
    : >"$log"
    apt update || { grep '^E:' "$log" | head -n 3 >&2; fail "apt-get update failed (is there a network?). $hint"; }
    apt install --yes --no-install-recommends "${missing[@]}" ||
      { grep '^E:' "$log" | head -n 5 >&2; fail "apt-get install failed; Headlight builds on Debian 12 and its relatives. $hint"; }
  fi
  unset -f apt
  say "Installed in $(minutes $((SECONDS - start)))."
}

# build_jobs: one a core, but no more than memory allows (a file that includes Eigen takes about 1 GB).
build_jobs() {
  local cores memory
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ { print int($2 / 1000000) }' /proc/meminfo)
  echo $((memory < 1 ? 1 : memory < cores ? memory : cores))
}

# show_progress: reads ninja's lines; on a terminal one line that changes, elsewhere a line every tenth.
show_progress() {
  local line shown=-1 done_steps all tenth
  while IFS= read -r line; do
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\]\ (.*)$ ]] || continue
    done_steps=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
    if [ -t 2 ]; then
      printf '\r\033[K[%d/%d] %.60s' "$done_steps" "$all" "${BASH_REMATCH[3]##*/}" >&2
      shown=0
    elif [ "$all" -ge 10 ]; then
      tenth=$((done_steps * 10 / all))
      [ "$tenth" -le "$shown" ] || printf '  built %d of %d\n' "$done_steps" "$all" >&2
      shown=$((tenth > shown ? tenth : shown))
    fi
  done
  if [ -t 2 ] && [ "$shown" -ge 0 ]; then
    printf '\r\033[K' >&2
  fi
}

# build PRESET [TARGET...]: configures when that was never done or the presets changed, then builds. 0 when all is well;
# otherwise the compiler's first complaint and the log's place on stderr, and 1.
build() {
  local preset=$1 folder=$root/build/$1 log=$root/build/log/$1.log launcher=() targets=()
  shift
  [ $# -eq 0 ] || targets=(--target "$@")
  mkdir -p "$root/build/log"
  : >"$log"
  (
    flock 9
    cd "$root" || exit 1
    # A folder that was moved or copied here from elsewhere cannot be built in: start it afresh.
    if [ -f "$folder/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$folder/CMakeCache.txt"; then
      rm -rf "$folder"
    fi
    if [ ! -f "$folder/build.ninja" ] || [ CMakePresets.json -nt "$folder/build.ninja" ]; then
      say "Configuring build/$preset"
      ! command -v ccache >/dev/null || launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
      if ! cmake --preset "$preset" "${launcher[@]}" >>"$log" 2>&1 9>&-; then
        grep -m 1 -A 12 'CMake Error' "$log" >&2 || tail -n 12 "$log" >&2
        say "headlight: configuring failed; the whole output is in $log"
        rm -f "$folder/build.ninja"
        exit 1
      fi
      touch "$folder/build.ninja"
    fi
    if ! cmake --build "$folder" --parallel "$(build_jobs)" "${targets[@]}" 2>&1 9>&- | tee -a "$log" | show_progress; then
      grep -m 1 -A 12 'CMake Error' "$log" >&2 || grep -m 1 -A 30 -E '^FAILED|^ninja: error' "$log" | cut -c 1-400 >&2 ||
        tail -n 12 "$log" >&2
      say "headlight: the build failed; the whole output is in $log"
      exit 1
    fi
  ) 9>"$root/build/log/$preset.lock"
}
