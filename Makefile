# What can be done here. Each target sets up what it needs first; see README.md.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help setup serve build pages check test engines size bench connection lighthouse shots deny fuzz simulate

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "%-16s %s\n", $$1, $$2 }'

serve: ## run the app on http://127.0.0.1:8888 against the stand-in for Spotify (SPOTIFY_CLIENT_ID=… for Spotify itself, EXAMPLE=minimal or router for that example)
	@scripts/setup $(if $(EXAMPLE),example)
	@scripts/serve

build: ## make the static files, in dist/ (BASE=/music/ to serve them below a path, CONFIG=my-config.json to put that in)
	@scripts/setup release
	@BASE="$(BASE)" CONFIG="$(CONFIG)" scripts/build

pages: ## render and lock down the pages in dist/ anew, after a change of dist/config.json
	@cargo run --quiet --locked --package release

check: ## formatting, lints on both targets, and the docs and the package of the library
	@scripts/setup rust
	@scripts/check

test: ## every test, in real browsers too (ENGINES=chromium to leave out Firefox and WebKit)
	@scripts/setup browser
	@scripts/test

engines: ## the end-to-end tests in Chromium, Firefox and WebKit, and a table of what came of them
	@scripts/setup browser
	@scripts/engines

size: ## what a first visit to the last build downloads; fails over the budget
	@scripts/size

bench: ## start-up times beside a page of plain JavaScript, and layout shift; fails over its limits (RUNS=5, BEFORE=another build's dist/)
	@scripts/setup perf
	@scripts/perf bench

connection: ## what it saves that the page for the response connects to the Web API early (RUNS=5)
	@scripts/setup perf
	@scripts/perf connection

lighthouse: ## Lighthouse on log-in page, profile and music; fails below 100 (performance: 95), and where anything shifts
	@scripts/setup perf
	@scripts/perf lighthouse

shots: ## pictures of every state, in target/shots
	@scripts/setup browser
	@scripts/shots

deny: ## licenses, origins and double versions of what the app is made of
	@scripts/setup deny
	@scripts/deny

fuzz: ## fuzz what reads text from outside for a minute (SECONDS_LONG=600 for ten)
	@scripts/setup rust
	@scripts/fuzz

simulate: ## try to break the session with 200,000 sequences of what happens to a few tabs, for minutes (SEQUENCES=… for another number)
	@scripts/setup rust
	@SEQUENCES="$${SEQUENCES:-200000}" cargo test --locked -p stagedoor --lib e5_no_sequence

setup: ## set up what is missing, and nothing else
	@scripts/setup browser
