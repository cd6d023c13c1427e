#!/bin/sh
# Make sure of what the tests drive for real: a Chromium, and on Linux strace. Never skips: what is missing is named.
set -eu

have_browser() {
    [ -n "${FALLOW_CHROMIUM:-}" ] && { [ -x "$FALLOW_CHROMIUM" ]; return; }
    for name in chromium-headless-shell chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" >/dev/null 2>&1 && return 0
    done
    [ -x "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" ] ||
        [ -x "/Applications/Chromium.app/Contents/MacOS/Chromium" ]
}

# Playwright's own Node needs libatomic, which a bare Debian does not have.
have_libatomic() { [ "$(uname)" != Linux ] || ldconfig -p 2>/dev/null | grep -q 'libatomic\.so\.1' || ls /usr/lib/*/libatomic.so.1 >/dev/null 2>&1; }
have_pgrep() { command -v pgrep >/dev/null 2>&1; }
have_strace() { [ "$(uname)" != Linux ] || command -v strace >/dev/null 2>&1; }

have_browser && have_libatomic && have_strace && have_pgrep && exit 0

if [ -z "${FALLOW_CHROMIUM:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Debian's Chromium and strace for the tests." >&2
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell libatomic1 strace procps fonts-dejavu-core >/dev/null ||
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium libatomic1 strace procps fonts-dejavu-core >/dev/null
fi

have_browser || { echo "The tests need a Chromium. Debian, Ubuntu: sudo apt install chromium. macOS: install Chrome. Or set FALLOW_CHROMIUM." >&2; exit 1; }
have_libatomic || { echo "The browser driver needs libatomic: sudo apt install libatomic1" >&2; exit 1; }
have_pgrep || { echo "The tests need pgrep: sudo apt install procps" >&2; exit 1; }
have_strace || { echo "The durability tests need strace: sudo apt install strace" >&2; exit 1; }
