# Few targets; each one is a script that can be read and run by itself.
.PHONY: help run test dev lint bench
.DEFAULT_GOAL := help

help: ## Says what there is
	@grep -E '^[a-z]+: ## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+): ## (.*)/make \1\t\2/' | expand -t 12

run: ## The reference backtest: gold, MACD with ADX
	@scripts/run

test: ## Installs what is missing and runs every test, natively and in WASM
	@scripts/test

dev: ## Checks and tests again at every change
	@scripts/dev

lint: ## Format, clippy, licences
	@scripts/lint

bench: ## Our speed beside that of other engines
	@scripts/bench
