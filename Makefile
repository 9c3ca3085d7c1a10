# Shopbell. Go is the one prerequisite; run and test install what else they miss.
VERSION := $(shell sed -n 's/^Version = "\(.*\)"/\1/p' FyneApp.toml)
# One set of flags for build, run and test: another would compile the window's C code again.
export GOFLAGS := -trimpath -buildvcs=false -tags=migrated_fynedo
export GOTOOLCHAIN := local
LDFLAGS := -s -w -X main.version=$(VERSION)
STATICCHECK := honnef.co/go/tools/cmd/staticcheck@v0.7.0
# Packages whose goroutines share memory: tested under the race detector alone,
RACY := ^shopbell/(inspector|tunnel|app/(engine|localapi|ui))(/|$$)
# but for what one goroutine paints or fills, and slowly.
ALONE := Drawn|LooksAsBefore|LookAsBefore|EveryLanguageFits|ActivityIsRightWhileWholeDays|CutTable
packages = $$(go list -tags=headless ./... | grep $(1) '$(RACY)')

.PHONY: help run demo test build headless lint interop fuzz bench microbench e2e leak shots

help: ## show this list
	@sed -n 's/^\([a-z0-9]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 11

run: build ## open the window; without a display, run the demo
	@if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then \
	  echo "No display here, so no window. The same job on this machine alone:"; ./bin/shopbell demo; \
	else ./bin/shopbell; fi

demo: headless ## ten deliveries from five providers, judged, kept and forwarded
	@./bin/shopbell-headless demo

test: ## everything that must hold: lint, tests, race detector, the real window
	@.ci/packages test
	@$(MAKE) --no-print-directory lint
	CGO_ENABLED=0 go test -tags=headless $(call packages,-Ev)
	@$(MAKE) --no-print-directory interop
	CGO_ENABLED=0 go test -tags=headless -run '$(ALONE)' $(call packages,-E)
	go test -race -timeout 30m -skip '$(ALONE)' $(call packages,-E)
	@$(MAKE) --no-print-directory e2e

build: ## bin/shopbell, with the window
	@.ci/packages build
	go build -ldflags '$(LDFLAGS)' -o bin/shopbell ./app

headless: ## bin/shopbell-headless, without window and cgo
	CGO_ENABLED=0 GOFLAGS='-trimpath -buildvcs=false -tags=headless' go build -ldflags '$(LDFLAGS)' -o bin/shopbell-headless ./app

lint: ## gofmt, vet, staticcheck, the headless build
	@test -z "$$(gofmt -l app inspector providers tunnel assets)" || { gofmt -l app inspector providers tunnel assets; exit 1; }
	CGO_ENABLED=0 go vet -tags=headless,e2e,bench ./...
	CGO_ENABLED=0 go run $(STATICCHECK) -tags=headless ./...
	CGO_ENABLED=0 go build -tags=headless -o /dev/null ./app

interop: ## the providers' own libraries judge what we sign, and sign for us
	cd providers/interop && CGO_ENABLED=0 go vet . && CGO_ENABLED=0 go test .

fuzz: ## every reader of hostile bytes, FUZZTIME (10s) each
	@.ci/fuzz $(or $(FUZZTIME),10s)

bench: headless $(if $(filter window,$(BENCH)),build) ## speed beside proxies, peers, plain Badger, the disk; BENCH=hot|store|faults|soak|window, ROUNDS= SECONDS= CAPTURES= MINUTES=
	@.ci/packages $(if $(filter window,$(BENCH)),test,bench); cd app/bench && CGO_ENABLED=0 go test -count=1 -tags=headless,bench -run Bench -timeout 90m

microbench: ## the benchmarks beside the code
	CGO_ENABLED=0 go test -tags=headless -run '^$$' -bench . -benchtime 1s ./...

e2e: build ## the real window under a virtual display, driven by clicks and keys; a picture of each step in bin/e2e
	mkdir -p bin/e2e && SHOTS=$(or $(SHOTS),$(CURDIR)/bin/e2e) CGO_ENABLED=0 go test -count=1 -timeout 30m -tags=e2e,headless -run Window -skip AfterAnHour ./app

leak: build ## an hour's worth of deliveries and clicks in MINUTES (1): memory, goroutines and descriptors stay
	CGO_ENABLED=0 go test -count=1 -tags=e2e,headless -run AfterAnHour -timeout 90m -v ./app/ui ./app

shots: e2e ## the pictures in the README, taken from the real window
	for p in window-light window-dark first-run compare search-saved; do convert bin/e2e/$$p.png -strip +dither -colors 256 assets/shots/$$p.png; done
