# Shared by the scripts of this folder: where things are, and how they speak. To be sourced by a POSIX shell.
root=$(cd "$(dirname "$0")/.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/stagedoor
cargo_bin=${CARGO_HOME:-$HOME/.cargo}/bin

trunk_version=0.21.14
# The same as in Trunk.toml.
binaryen_version=132
axe_version=4.14.1
oidc_provider_version=9.13.3
lighthouse_version=12.8.2
cargo_deny_version=0.20.2
geckodriver_version=0.37.1
# The browsers to test in: everything in Chromium, these topics in the others.
engines=${ENGINES:-chromium firefox webkit}
topics_for_every_engine="accessibility:: engines:: forged_responses:: leaks:: malformed_responses:: music:: pkce:: pkce_offer:: refresh:: response_url:: routes:: storage:: tabs::"
# The generated code and the tool that writes it must be of one version, so the lock file decides.
wasm_bindgen_version=$(sed -n '/^name = "wasm-bindgen"$/{n;s/^version = "\(.*\)"$/\1/p;}' "$root/Cargo.lock")

trunk_home=$cache/trunk-$trunk_version
wasm_bindgen_home=$cache/wasm-bindgen-$wasm_bindgen_version
# A file that says that Trunk has fetched it by itself.
trunk_fetched=$wasm_bindgen_home-by-trunk
binaryen_home=$cache/binaryen-$binaryen_version
axe_home=$cache/axe-core-$axe_version
oidc_provider_home=$cache/oidc-provider-$oidc_provider_version
# The module, which the authorization server of examples/router imports.
OIDC_PROVIDER=$oidc_provider_home/node_modules/oidc-provider/lib/index.js
export OIDC_PROVIDER
lighthouse_home=$cache/lighthouse-$lighthouse_version
cargo_deny_home=$cache/cargo-deny-$cargo_deny_version
geckodriver_home=$cache/geckodriver-$geckodriver_version
servers_home=$cache/servers

PATH=$trunk_home/bin:$wasm_bindgen_home/bin:$binaryen_home/node_modules/.bin:$cargo_deny_home/bin:$geckodriver_home/bin:$PATH:$cargo_bin:$servers_home/usr/sbin:$servers_home/usr/bin:/usr/sbin
export PATH

# Trunk reads NO_COLOR as a boolean of its own, and ends with an error on the 1 that many people have set.
if [ -n "${NO_COLOR:-}" ]; then export NO_COLOR=true; fi

say() { printf 'stagedoor: %s\n' "$*" >&2; }

# stop MISSING NEXT: ends with what is missing and what to do.
stop() {
  say "can't go on: $1."
  say "$2"
  exit 1
}

# is_version COMMAND VERSION: whether COMMAND is on PATH at VERSION.
is_version() { command -v "$1" >/dev/null 2>&1 && "$1" --version 2>/dev/null | grep -qw -- "$2"; }

first_of() {
  for name in "$@"; do
    if command -v "$name" 2>/dev/null; then return; fi
  done
  return 1
}

find_chromium() { first_of "${CHROME:-chromium}" chromium chromium-browser google-chrome google-chrome-stable; }
find_firefox() { first_of "${FIREFOX:-firefox}" firefox firefox-esr; }
has_engine() { case " $engines " in *" $1 "*) true ;; *) false ;; esac; }
find_chromedriver() { first_of "${CHROMEDRIVER:-chromedriver}" chromedriver chromium.chromedriver; }

# What the end-to-end tests find the browsers and their tools by.
export_browsers() {
  CHROME=$(find_chromium)
  CHROMEDRIVER=$(find_chromedriver)
  AXE=$axe_home/node_modules/axe-core/axe.min.js
  export CHROME CHROMEDRIVER AXE
}

# The builds that the end-to-end tests run on: the app, the app below a path, and the examples.
build_for_tests() {
  CONFIG=tests/e2e/config.json
  export CONFIG
  scripts/build
  BASE=/music/ DIST=target/below/dist DEPLOY=target/below/deploy scripts/build
  for example in minimal router; do
    (cd "examples/$example" && trunk build --release --skip-version-check --locked --dist "../../target/$example/dist")
  done
}
