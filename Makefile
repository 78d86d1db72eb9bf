# Doors of the project. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench fuzz screenshots slip package clean

help: ## List the doors
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

setup: ## Install what the project needs (Debian; root or sudo), once
	@scripts/setup

run: setup ## A working hall: central, the bench, and the kiosk in front of it
	@scripts/run

lint: setup ## Format, lints, documentation, licences
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --locked --quiet
	cargo deny --locked check bans licenses sources

test: lint ## Every check and every test
	cargo test --workspace --locked --no-fail-fast
	scripts/smart-card-test
	scripts/machine-test

bench: setup ## Every figure of benches/README.md, beside its peer
	@scripts/bench

fuzz: setup ## Arbitrary bytes to all that reads from outside, a minute a target: fuzz/README.md
	@scripts/fuzz all 60

screenshots: setup ## Draw every screen: docs/screenshots
	@scripts/screenshots

slip: setup ## Print a sample slip on the virtual printer: docs/slip.png
	@scripts/sample-slip

package: setup ## Debian packages of the kiosk and of central
	@scripts/package

clean: ## Remove what was built and the hall of `make run`
	cargo clean
	rm -rf run fuzz/target
