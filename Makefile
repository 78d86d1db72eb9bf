# Doors of the project. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup test lint slip clean

help: ## List the doors
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

setup: ## Install what the project needs (Debian; root or sudo), once
	@scripts/setup

lint: setup ## Format, lints, documentation, licences
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --locked --quiet
	cargo deny --locked check bans licenses sources

test: lint ## Every check and every test
	cargo test --workspace --locked --no-fail-fast
	scripts/smart-card-test

slip: setup ## Print a sample slip on the virtual printer: docs/slip.png
	scripts/sample-slip

clean: ## Remove what was built
	cargo clean
	rm -rf run
