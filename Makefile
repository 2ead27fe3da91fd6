# SPDX-License-Identifier: MIT
# postured: what a person or a machine does with it. `make run` and `make test` need nothing but Swift.

PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
DESTDIR ?=
SWIFT ?= swift
# Where the compiler for a Pi is kept, 4 GB; several clones may share one.
CROSS ?= .build/cross
RECORDINGS ?= $(firstword $(wildcard ../broad ../*/accuracy))

# An import that Package.swift does not declare is an error: the layers are kept by the compiler.
FLAGS := --explicit-target-dependency-import-check error
# lld comes with the compiler; the system's linker warns of what the Swift library itself does not use.
RELEASE := -c release --static-swift-stdlib -Xswiftc -use-ld=lld $(FLAGS)
BIN := .build/release
SCENARIOS := $(basename $(notdir $(wildcard Fixtures/*.trace)))

.PHONY: build run demo test kernel-test systemd-test day-test history-test protocol-test plot-test load-test fuzz fuzz-traces replay-day golden \
  traces bench bench-history bench-replay accuracy evaluate pure portable format lint install uninstall \
  deb deb-test deb-arm64 deb-arm64-test prepare clean

build: prepare
	$(SWIFT) build $(RELEASE)

# The daemon on the simulated wearer, and its picture; Ctrl-C ends both. By the hold there is a cue within the first
# minute; by the exposure, which a day is judged by, it would take some minutes of leaning.
run: build
	@bin=$(BIN); dir=$$(mktemp -d); echo "detector.trigger: hold" >"$$dir/run.conf"; \
	"$$bin/postured" --simulate --config "$$dir/run.conf" --socket "$$dir/postured.sock" 2>"$$dir/log" & pid=$$!; \
	finish() { trap - EXIT INT TERM; kill $$pid 2>/dev/null; wait $$pid; rm -rf "$$dir"; }; \
	trap finish EXIT; trap 'finish; exit 0' INT TERM; \
	tries=0; while [ ! -S "$$dir/postured.sock" ] && [ $$tries -lt 50 ]; do tries=$$((tries + 1)); sleep 0.1; done; \
	[ -S "$$dir/postured.sock" ] || { cat "$$dir/log"; exit 1; }; \
	"$$bin/posturectl" watch --socket "$$dir/postured.sock" $(WATCH)

# Four weeks of a simulated wearer, drawn from a model, with their history and report: make demo DEMO="--trainee struggler --days 56"
demo: build
	@"$(BIN)/posturectl" demo $(DEMO)

# Few tests at once: with all of them under way, each waits a minute and more for its turn on a processor, and all of them
# take longer together. What failed stands at the end again, where it is found among thousands of lines.
test: export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH = $(shell echo $$((2 * $$(nproc))))
test: prepare
	@log=$$(mktemp); status=$$(mktemp); \
	{ $(SWIFT) test $(FLAGS) 2>&1 || echo $$? >$$status; } | tee $$log; \
	[ ! -s $$status ] || { echo; echo "what failed:"; grep -aE '^✘|error:' $$log | tail -n 50; }; \
	result=$$(cat $$status); rm -f $$log $$status; exit $${result:-0}

# The shipped programs on a real kernel, in an emulated machine, with a simulated sensor on the bus: make kernel-test CASES="nudge timeout"
kernel-test: build
	@Tests/Kernel/run.sh $(CASES)

# The installed daemon under a real systemd of Debian 12 and of Debian 13, in an emulated machine: make systemd-test RUN="13 reload"
systemd-test: build
	@Tests/Systemd/run.sh $(RUN)

# The kernel rig through a day of simulated time on which something goes wrong every few minutes: make day-test HOURS=2
day-test: build
	@Tests/Kernel/day/run.sh $(HOURS)

# The history after power cuts at random moments, and after kills of the daemon: make history-test CUTS=1000 SEED=7
CUTS ?= 100
history-test: SEED = 1
history-test: build
	@Tests/History/run.sh "$(BIN)" --cuts $(CUTS) --seed $(SEED)

# The socket protocol, and reports, against their schemas and articles: installs socat, jq and two Python libraries where
# they are missing.
protocol-test: build
	@Tests/Protocol/check.sh "$(BIN)"

# Pages of `posturectl plot` and `report` in a real browser; installs Chromium where it is missing. With PICTURES=DIR, screenshots for people.
plot-test: build
	@Tests/Plot/check.sh "$(BIN)" $(PICTURES)

# Rewrites the golden files; the diff is reviewed like code.
golden: build
	@for name in $(SCENARIOS); do \
	  "$(BIN)/posturectl" replay Fixtures/$$name.trace --events Fixtures/$$name.events --checksum || exit 1; done

# Records the simulated fixtures anew, through the daemon's own path; the old one goes when the new one is whole.
traces: build
	@for name in $$(sed -n 's/^# origin: synthetic, scenario \([a-z-]*\),.*/\1/p' Fixtures/*.trace); do \
	  rm -f .build/new.trace; \
	  "$(BIN)/postured" --scenario $$name --speed max --record .build/new.trace --socket .build/traces.sock \
	    2>.build/traces.log || { cat .build/traces.log; exit 1; }; \
	  chmod 644 .build/new.trace && mv .build/new.trace Fixtures/$$name.trace || exit 1; done

# Requests that nobody should send, over the real socket: make fuzz COUNT=1000000 SEED=7
COUNT ?= 1000000
SEED ?= 20
fuzz: prepare
	POSTURED_FUZZ_COUNT=$(COUNT) POSTURED_FUZZ_SEED=$(SEED) $(SWIFT) test $(FLAGS) --filter PostureServiceTests.FuzzTests

# Damaged traces and CSV files, at full speed: make fuzz-traces COUNT=1000000 SEED=7; each kind of recording COUNT times.
fuzz-traces: prepare
	POSTURED_FUZZ_COUNT=$(COUNT) POSTURED_FUZZ_SEED=$(SEED) $(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build/testing $(FLAGS) \
	  --filter PostureFormatsTests.TraceFuzzTests

# A simulated day with faults, commands and other settings, recorded into files and replayed from them: make replay-day HOURS=2
replay-day: prepare
	POSTURED_RECORDED_HOURS=$(or $(HOURS),24) $(SWIFT) test -c release -Xswiftc -enable-testing --scratch-path .build/testing $(FLAGS) \
	  --filter PostureServiceTests.RecordedDayTests

# 64 clients, of which half read slowly or not at all: make load-test LOAD="--seconds 60"
load-test: build
	@Tests/Load/run.sh "$(BIN)" $(LOAD)

# Figures, on this machine: never a verdict.
bench: build
	@Tests/Benchmarks/bench.sh "$(BIN)"

# What the history writes in a day, how large a year is, how long a week takes to read.
bench-history: build
	@Tests/Benchmarks/history.sh "$(BIN)"

# How fast a recording is replayed, beside how fast polars reads the same file: make bench-replay ROWS=10000000
bench-replay: build
	@Tests/Benchmarks/replay.sh "$(BIN)" $(ROWS)

# The tilt filter beside the best open libraries, in error and in cost; the diff of Accuracy.md's figures is reviewed.
# With recordings that have an optical reference: make accuracy RECORDINGS=DIR, or what lies beside the project in a directory
# broad or in a folder accuracy; without any, simulated motion alone.
accuracy: build
	@Tests/Accuracy/run.sh "$(BIN)" "$(RECORDINGS)"

# The decisions on 120 simulated hours, against the truth: make evaluate EVALUATE="--seeds 1-24 --list" looks into other seeds.
evaluate: build
	@$(BIN)/evaluate $(EVALUATE)

pure:
	@Tests/Pure/check.sh

# The fixtures on aarch64, under emulation: installs a cross compiler and qemu where they are missing.
portable:
	@Tests/Portability/check.sh

format:
	$(SWIFT) format -i -r Package.swift Sources Tests

lint:
	$(SWIFT) format lint --strict -r Package.swift Sources Tests

# After `make build`: as root it needs no Swift, and leaves nothing of root's behind.
install:
	@[ -x "$(BIN)/postured" ] || { echo "first: make build" >&2; exit 1; }
	@systemd/install.sh "$(BIN)" "$(DESTDIR)" "$(PREFIX)" "$(SYSCONFDIR)"

uninstall:
	@systemd/uninstall.sh "$(DESTDIR)" "$(PREFIX)"

# A Debian package for machines like this one, into .build/deb.
deb: build
	@systemd/deb/build.sh "$(BIN)" .build/deb

# It installed, used, upgraded and purged in this Debian and later ones, made for that: make deb-test SUITES=trixie
deb-test: deb
	@Tests/Package/check.sh .build/deb/postured_*_$$(dpkg --print-architecture).deb $(SUITES)

# The same for a Pi, built on x86-64 by the Swift that Debian carries: 1.1 GB are downloaded once.
deb-arm64:
	@cross=$$(systemd/deb/cross/build.sh "$(CROSS)") && systemd/deb/build.sh .build/arm64/release .build/deb "$$cross"

# Its programs under emulation, over every fixture.
deb-arm64-test: deb-arm64
	@Tests/Package/arm64.sh .build/deb/postured_*_arm64.deb "$$(systemd/deb/cross/prepare.sh "$(CROSS)")"

prepare:
	@.ci/prepare

# The Debians in it are root's.
clean:
	rm -rf .build 2>/dev/null || sudo rm -rf .build
