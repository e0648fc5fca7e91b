# SPDX-License-Identifier: MIT

# A crash shall end a program at once, without minutes of symbol look-ups.
export SWIFT_BACKTRACE = enable=no
# Every row of a result names the commit that measured it.
export ACEBENCH_COMMIT := $(shell git describe --always --dirty 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help bootstrap build test sweep bench lint check fuzz sanitize clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

bootstrap: ## Install with apt what is missing
	@scripts/bootstrap.sh

build: bootstrap ## Build the release programs into .build/release
	swift build -c release

test: bootstrap ## Build everything for debugging and run all tests
	swift build
	swift test --disable-xctest

sweep: build ## Run the default sweep: a table, and a CSV under results
	.build/release/acebench sweep

bench: build ## Measure acebench itself: its floor, its memory, the recorder and packing
	scripts/bench.sh

lint: ## Check formatting, names and sizes of the sources
	@scripts/lint.sh

check: bootstrap ## Build with warnings as errors and check what the libraries export and import
	scripts/check-build.sh
	scripts/check-library.sh .build/check/release/libacerecord.so Sources/Recorder/exports.map
	scripts/check-library.sh .build/check/release/libace.so Sources/ACEMalloc/exports.map
	scripts/check-library.sh .build/check/release/libace-table.so Sources/ACEMalloc/exports.map
	scripts/check-library.sh .build/check/release/libace-header.so Sources/ACEMalloc/exports.map

fuzz: bootstrap ## Feed the trace readers a million damaged traces
	scripts/fuzz-trace.sh

sanitize: bootstrap ## Run ACE's own tests under ThreadSanitizer and AddressSanitizer
	scripts/sanitize.sh

clean: ## Remove everything that was built
	rm -rf .build
