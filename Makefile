# Few targets; each one is a script that can be read and run by itself.
.PHONY: help run test dev watch lint fuzz nightly windows bench
.DEFAULT_GOAL := help

help: ## Says what there is
	@grep -E '^[a-z]+: ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+): ## (.*)/make \1\t\2/' | expand -t 14

run: ## Installs what is missing, builds, and starts the web app
	@scripts/run

test: ## Installs what is missing and runs every test, natively, in WASM and in a browser
	@scripts/test

dev: ## The web app, built and loaded again at every change
	@scripts/dev

watch: ## Checks and tests again at every change
	@scripts/watch

lint: ## Format, clippy, licences
	@scripts/lint

fuzz: ## Hostile bytes for every decoder, a minute each (nightly Rust)
	@scripts/fuzz

nightly: ## What takes hours: whole parity, a thousand crashes, long fuzzing
	@scripts/nightly

windows: ## Installs what is missing and builds the executor for Windows
	@scripts/windows

bench: ## Our speed beside that of other engines
	@scripts/bench
