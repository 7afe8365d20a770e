#!/bin/bash
# Installs Headlight @VERSION@ on a machine without internet, from the folder that this file lies in.
#   sudo ./install.sh               installs Headlight and those of the packages beside it that this machine lacks
#   sudo ./install.sh --uninstall   removes Headlight and what was installed with it and nothing else needs
#   ./install.sh --help             this text
# Made for @RELEASE@, @ARCHITECTURE@. May be run again at any time. Exit status 0: done, 1: not done.
set -euo pipefail
version=@VERSION@ architecture=@ARCHITECTURE@ codename=@CODENAME@ release="@RELEASE@"
here=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd -P)
record=/var/lib/headlight-offline/installed # packages that came with Headlight
export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
say() { printf '%s\n' "$*"; }
fail() { printf 'install.sh: %s\n' "$*" >&2; exit 1; }

action=install
case "${1:-}" in
  '') ;;
  --uninstall) action=uninstall ;;
  -h | --help) sed -n '2,/^set /{/^set /!s/^# \{0,1\}//p}' "$here/install.sh"; exit 0 ;;
  *) printf "install.sh: unknown option '%s'; see ./install.sh --help\n" "$1" >&2; exit 2 ;;
esac
[ $# -le 1 ] || { echo "install.sh: one option at most; see ./install.sh --help" >&2; exit 2; }

if ! command -v apt-get >/dev/null || ! command -v dpkg >/dev/null; then
  fail "this is not a Debian system; the kit is made for $release"
fi
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || fail "only root may install programs, and there is no sudo here; log in as root and run $here/install.sh"
  say "Installing programs needs root rights; sudo may ask for your password."
  exec sudo -- bash "$here/install.sh" "$@"
fi

# apt sees the packages of this folder alone, and leaves this machine's own lists and sources as they are.
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
log=$temporary/log
mkdir -p "$temporary/lists/partial" "$temporary/cache/archives/partial"
ln -s "$here" "$temporary/kit" # a path without spaces, which a USB stick's name may have
echo "deb [trusted=yes] file:$temporary/kit ./" >"$temporary/sources.list"
offline_apt() {
  apt-get -q --yes -o Dir::Etc::sourcelist="$temporary/sources.list" -o Dir::Etc::sourceparts=- -o Dir::Etc::preferences=/dev/null \
    -o Dir::Etc::preferencesparts=- -o Dir::State::lists="$temporary/lists" -o Dir::Cache="$temporary/cache" \
    -o APT::Get::Upgrade-By-Source-Package=false -o APT::Sandbox::User=root -o DPkg::Lock::Timeout=300 -o APT::Install-Recommends=0 \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" >>"$log" 2>&1 </dev/null
}
keep_log() { cp "$log" /var/log/headlight-offline.log 2>/dev/null || true; }
apt_failed() {
  keep_log
  grep -E '^(E:|dpkg: error| .*(Depends|Breaks|Conflicts):)' "$log" | head -n 5 >&2 || true
  fail "$1; the whole output is in /var/log/headlight-offline.log"
}
installed_packages() { dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | sort -u; }
state_of() { dpkg-query --show --showformat '${db:Status-Status} ${Version}' "$1" 2>/dev/null || true; }

if [ "$action" = uninstall ]; then
  if [ -z "$(state_of headlight)" ] && [ ! -e "$record" ]; then
    say "Headlight is not installed here."
    exit 0
  fi
  if [ -n "$(state_of headlight)" ]; then
    offline_apt purge headlight || apt_failed "Headlight could not be removed"
  fi
  if [ -e "$record" ]; then
    # Of what came with Headlight, only what nothing else has come to need.
    mapfile -t unneeded < <(apt-get --simulate autoremove 2>/dev/null | sed -n 's/^Remv \([^ ]*\) .*/\1/p' | sort -u | comm -12 - "$record")
    if [ "${#unneeded[@]}" -gt 0 ]; then
      offline_apt purge "${unneeded[@]}" || apt_failed "Headlight is removed, but what was installed with it could not be"
    fi
    rm -rf "$(dirname "$record")"
    say "Headlight and ${#unneeded[@]} packages that came with it are removed."
  else
    say "Headlight is removed."
  fi
  exit 0
fi

[ "$(dpkg --print-architecture)" = "$architecture" ] ||
  fail "this machine's architecture is $(dpkg --print-architecture); the kit is made for $architecture"
names=$(. /etc/os-release 2>/dev/null && echo "${VERSION_CODENAME:-} ${DEBIAN_CODENAME:-} ${UBUNTU_CODENAME:-}") || names=
case " $names " in
  *" $codename "*) ;;
  *) fail "this machine runs $(. /etc/os-release 2>/dev/null && echo "${PRETTY_NAME:-an unknown system}"); the kit is made for $release. Make a kit on such a machine: app/package in Headlight's source" ;;
esac

say "Checking the files of the kit"
[ -r "$here/SHA256SUMS" ] || fail "$here/SHA256SUMS is missing or root may not read it; copy the whole folder to this machine's disk and try again"
if ! (cd "$here" && sha256sum --quiet --strict --check SHA256SUMS) >"$log" 2>&1; then
  grep -m 3 -v '^sha256sum: WARNING' "$log" >&2 || true
  fail "the kit is damaged or incomplete: the files above are not as they were made; copy it anew"
fi

# Changed or missing files; a system may be set up to leave out manuals.
broken_files() { dpkg --verify headlight 2>&1 | grep -v -E '/usr/share/(doc|man)/' || true; }
if [ "$(state_of headlight)" = "installed $version" ] && [ -z "$(broken_files)" ]; then
  say "Headlight $version is installed here already."
else
  begun=$SECONDS
  installed_packages >"$temporary/before"
  offline_apt update || apt_failed "apt cannot read the kit"
  offline_apt --simulate install --reinstall "headlight=$version" ||
    apt_failed "nothing was changed: the packages of this machine and those of the kit do not fit together"
  say "Installing Headlight $version; this may take some minutes"
  # Packages already here stay as they are, unless Headlight needs a newer one. Wayland desktops want one library more.
  wanted=("headlight=$version")
  if [ -z "$(state_of qt6-wayland)" ] && offline_apt --simulate install "headlight=$version" qt6-wayland; then
    wanted+=(qt6-wayland)
  fi
  done_installing=yes
  offline_apt install --reinstall "${wanted[@]}" || done_installing=
  # Recorded even after a failure, so that --uninstall finds what came.
  mkdir -p "$(dirname "$record")"
  { cat "$record" 2>/dev/null || true; installed_packages | comm -13 "$temporary/before" - | sed '/^headlight$/d'; } | sort -u >"$temporary/record"
  mv "$temporary/record" "$record"
  [ -n "$done_installing" ] || apt_failed "apt could not install Headlight"
  ! grep -qx qt6-wayland "$record" || apt-mark auto qt6-wayland >/dev/null 2>&1 || true
  say "Installed in $((SECONDS - begun)) seconds; $(wc -l <"$record") other packages came with it."
fi

# The proof: it runs and reads a sentence.
if ! answer=$(cd / && headlight look --model reader --text "The animal didn't cross the street because it was too tired." --query it 2>&1); then
  printf '%s\n' "$answer" | head -n 3 >&2
  fail "Headlight is installed, but it does not run"
fi
say "It runs. Start it from the menu (Headlight), or type: headlight"
