#!/usr/bin/env bash
# install-editors.sh DIR [NAME…] → DIR/bin/NAME: the editors that the tests of clients/ run in, without root.
#
# Debian's packages are unpacked, not installed, and run by their own loader and libc: so every suite's editor runs on
# every Linux that has Debian's apt. What is there is kept; remove DIR/NAME to have it anew (DIR cannot be moved).
# The archive is the one that the system's apt is set up for, or DEBIAN_ARCHIVE.
set -euo pipefail

# name     version      suites   packages (a suite after the slash, where it is another)
TABLE='
nvim10     NVIM.v0.10   trixie   neovim patchelf
nvim12     NVIM.v0.12   forky    neovim patchelf
emacs28    Emacs.28     bookworm emacs-nox elpa-lsp-mode elpa-dap-mode
emacs30    Emacs.30     trixie   emacs-nox elpa-lsp-mode/forky elpa-dap-mode/forky elpa-dape/forky elpa-package-lint/forky
vim91      VIM          trixie   vim-nox
hx25       helix.25     trixie   hx
tmux       tmux         trixie   tmux
'
SUITES='bookworm trixie forky'

main() {
  [ $# -ge 1 ] || fail "usage: install-editors.sh DIR [NAME…]"
  command -v apt-get dpkg-deb flock >/dev/null || fail "Debian's apt-get, dpkg-deb and flock are needed"
  mkdir -p "$1/bin"
  dir=$(cd "$1" && pwd)
  case $dir in *[!A-Za-z0-9_./+-]*) fail "only letters, digits and _./+- in DIR, please: $dir" ;; esac
  shift
  exec 9>"$dir/lock"
  flock 9 # one at a time
  local name version suite packages
  while read -r name version suite packages; do
    [ -n "$name" ] && { [ $# = 0 ] || [[ " $* " = *" $name "* ]]; } || continue
    is_whole "$name" || install "$name" "$version" "$suite" "$packages"
    printf '%s: %s\n' "$name" "$(version_of "$dir/bin/$name")"
  done <<<"$TABLE"
  rm -rf "$dir/apt"
}

is_whole() { # NAME; a Neovim of an earlier script has no screen
  [ -x "$dir/bin/$1" ] && [[ $1 != nvim* || -e $dir/$1/usr/bin/patchelf ]]
}

install() { # NAME VERSION SUITE PACKAGES
  local root=$dir/$1 said
  printf '%s: unpacking %s of %s …\n' "$1" "$4" "$3"
  [ -e "$dir/apt/ready" ] || prepare_apt
  unpack "$root" "$3" $4
  case $1 in
    nvim*) make_neovim "$root" ;;
    emacs*) make_emacs "$root" ;;
    vim*) make_vim "$root" ;;
    hx*) make_run "$root" usr/lib/hx/hx "HELIX_RUNTIME=$root/usr/lib/hx/runtime" ;;
    tmux) make_run "$root" usr/bin/tmux "TERMINFO_DIRS=$root/lib/terminfo:$root/usr/share/terminfo:$root/usr/lib/terminfo" ;;
  esac
  said=$(version_of "$root/run")
  [[ ${said// /.} = *"$2"* ]] || fail "Debian's $3 has '$said' now, not ${2/./ }: change the table in $0"
  ln -sf "../$1/run" "$dir/bin/$1" # last: the mark of a whole editor
}

# apt with the system's own settings (proxy, credentials) but lists, cache and "installed" packages (none) of ours.
prepare_apt() {
  local key=/usr/share/keyrings/debian-archive-keyring.gpg codename archive archives suite
  [ -r $key ] || fail "the package debian-archive-keyring is needed"
  rm -rf "$dir/apt"
  mkdir -p "$dir"/apt/{lists,archives}/partial
  : >"$dir/apt/status"
  cat >"$dir/apt/conf" <<X
Dir::State "$dir/apt";
Dir::State::status "$dir/apt/status";
Dir::Cache "$dir/apt";
Dir::Etc::sourcelist "$dir/apt/sources";
Dir::Etc::sourceparts "-";
Dir::Etc::preferences "-";
Dir::Etc::preferencesparts "-";
APT::Sandbox::User "root";
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
X
  codename=$(. /etc/os-release && printf %s "${VERSION_CODENAME:-}")
  archives=${DEBIAN_ARCHIVE:-$(apt-get --print-uris update |
    sed -n "s#^'\(.*\)/dists/$codename/main/binary-.*#\1#p" | sort -u)}
  [ -n "$archives" ] || fail "apt has no source for '$codename': set DEBIAN_ARCHIVE to the URI of a Debian archive"
  for archive in $archives; do # one that Debian's keys do not sign is passed over
    for suite in $SUITES; do
      echo "deb [arch=$(dpkg --print-architecture) target=Packages signed-by=$key] $archive $suite main"
    done >"$dir/apt/sources"
    if own_apt update --error-on=any; then
      touch "$dir/apt/ready"
      return
    fi
  done
  fail "Debian's suites $SUITES cannot be read: $(grep '^[EW]:' "$dir/apt/log")"
}

own_apt() {
  apt-get -qq -c "$dir/apt/conf" "$@" >"$dir/apt/log" 2>&1 9>&-
}

unpack() { # ROOT SUITE PACKAGE…, with all that they depend on
  local root=$1 suite=$2 deb
  shift 2
  rm -rf "$root" "$dir"/apt/archives/*.deb
  mkdir "$root"
  own_apt install -y --download-only --no-install-recommends -t "$suite" "$@" ||
    fail "$* of $suite cannot be had: $(cat "$dir/apt/log")"
  for deb in "$dir"/apt/archives/*.deb; do dpkg-deb -x "$deb" "$root"; done
  rm -rf "$root"/usr/share/{doc,man,info,locale,perl}
}

# A Neovim with a screen starts itself again, by what /proc tells that it runs: that must not be the loader.
make_neovim() { # ROOT
  local lib=$1/usr/lib/$machine lua=$1/usr/lib/$machine/lua/5.1
  make_run "$1" usr/bin/patchelf "LC_ALL=C"
  "$1/run" --force-rpath --set-rpath "$lib:$1/lib/$machine:$lua" --set-interpreter "$(loader_of "$1")" "$1/usr/bin/nvim"
  cat >"$1/run" <<X
#!/bin/sh
export VIMRUNTIME=$1/usr/share/nvim/runtime LUA_CPATH='$lua/?.so;;'
exec $1/usr/bin/nvim "\$@"
X
}

# PYTHONHOME would say the same, to every Python that Vim starts too.
make_vim() { # ROOT
  make_run "$1" usr/bin/vim.nox "VIMRUNTIME=$(echo "$1"/usr/share/vim/vim[0-9]*)" "--cmd 'set pythonthreehome=$1/usr'"
}

# With its packages on the load path, byte-compiled: they load in half the time. Native compilation would need a
# compiler, so it is off.
make_emacs() { # ROOT
  local share exec packages path
  share=$(echo "$1"/usr/share/emacs/[0-9]*)
  exec=$(echo "$1"/usr/libexec/emacs/*/*-linux-gnu)
  packages=$1/usr/share/emacs/site-lisp/elpa-src
  path=$(find "$packages" "$share/lisp" -maxdepth 1 -type d | paste -sd:)
  make_run "$1" usr/bin/emacs-nox "EMACSLOADPATH=$path EMACSDATA=$share/etc EMACSDOC=$share/etc EMACSPATH=$exec \
EMACS_INHIBIT_AUTOMATIC_NATIVE_COMPILATION=1" \
    "--dump-file=$(echo "$exec"/*.pdmp) --eval '(setq native-comp-enable-subr-trampolines nil \
comp-enable-subr-trampolines nil comp-deferred-compilation nil)'"
  # Some files need packages that are not here.
  HOME=$1 "$1/run" -Q --batch -f batch-byte-compile "$packages"/*/*.el >/dev/null 2>&1 || true
}

make_run() { # ROOT PROGRAM ENVIRONMENT [ARGUMENTS]; bookworm has its libraries in /lib, later suites in /usr/lib
  local lib=$1/usr/lib/$machine
  cat >"$1/run" <<X
#!/bin/sh
export $3
exec $(loader_of "$1") --library-path $lib:$1/lib/$machine:$lib/lua/5.1 $1/$2 ${4:-} "\$@"
X
  chmod +x "$1/run"
}

loader_of() { # ROOT
  find "$1" -path "*/$machine/ld-linux-*.so.*" -print -quit
}

version_of() {
  local flag=--version
  [[ $1 = */tmux* ]] && flag=-V
  "$1" "$flag" </dev/null 2>&1 | sed -n 1p
}

fail() {
  echo "install-editors.sh: $*" >&2
  exit 1
}

machine=$(uname -m)-linux-gnu
main "$@"
