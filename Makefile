# The commands of this project. Each first sets up what it needs (scripts/setup.py), which takes a moment once that is done.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help serve build offline new-partnership publish put test check bench coverage reading published stale links annotate audit lint types lock clean setup

# The Python to set up with, when not the machine's own: make build PYTHON=python3.12
STARTER := $(or $(PYTHON),$(shell for name in python3 python python3.13 python3.12 python3.11; do command -v $$name && break; done),python3)
export PYTHON

# Everything after set-up runs in .venv, and finds the Node that set-up put there where the machine had none.
IN := PATH="$(CURDIR)/.venv/bin:$$PATH"
RUN := $(IN) .venv/bin/python

# What comes before a command that drives a Chromium, or a Firefox too: find one, or install one, or stop with a plain line.
BROWSER := CHROMIUM="$$($(RUN) scripts/browsers.py chromium)" || exit 1; export CHROMIUM;
BROWSERS := $(BROWSER) FIREFOX="$$($(RUN) scripts/browsers.py firefox)" || exit 1; export FIREFOX;

help: ## Print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | awk -F'|' '{ printf "%-21s%s\n", $$1, $$2 }'

serve: setup ## Show the site at http://127.0.0.1:8000 and follow every change (PORT=8001 for another port)
	@$(RUN) -m macros.serve

build: setup ## Build the site into site/ (BUILDER=zensical for the builder that may come next)
	@$(RUN) -m macros.build --builder $(or $(BUILDER),mkdocs)

new-partnership: setup ## Ask what makes this copy your partnership's own, and write it
	@$(RUN) -m macros.partnership

publish: setup ## Build the site into site/ for publishing, or say what your partnership has still to fill in
	@$(RUN) -m macros.publish

offline: build ## Make the copy of the site that opens from a folder (each build makes it too)
	@echo "site/downloads/noticing-neglect-offline.zip is the copy: send it, or unpack it."

test: lint types ## Check style and types, build the site, and run every quick test, in real browsers too
	@$(BROWSERS) BUILT_SITE="$(CURDIR)/site" $(RUN) -m pytest -n auto --dist worksteal

check: test audit ## Do all that test does, look for known weaknesses, then run the slow tests
	@$(BROWSERS) BUILT_SITE="$(CURDIR)/site" $(RUN) -m pytest -n auto --dist worksteal -m full

bench: build ## Measure starts, bytes, searches and builds beside others, and write docs/about/performance.md (ONLY="start search")
	@$(BROWSER) browsers=chromium; \
	if FIREFOX="$$($(RUN) scripts/browsers.py firefox)"; then export FIREFOX; browsers="chromium firefox"; fi; \
	$(RUN) -m bench --browsers $$browsers $(if $(ONLY),--only $(ONLY))

coverage: build ## Say which facts, conflicts and catalogue entries no page tells yet
	@$(RUN) -m macros.coverage

reading: setup ## Say how long the sentences of each page are
	@$(RUN) -m macros.reading

published: setup ## List what published questions ask (SAME=id where only its spelling changed, CHECKED=fact or page looked at again)
	@$(RUN) -m macros.published --same $(SAME) --checked $(CHECKED)

stale: setup ## Say what is due for review
	@$(RUN) -m macros.stale

links: build ## Say which links to other sites no longer work (a report: it stops nothing)
	@$(RUN) scripts/links.py

audit: setup ## Ask whether anything we use has a known weakness (AUDIT=required fails where nobody can be asked)
	@$(RUN) -m scripts.audit

annotate: setup ## Say what is wrong with the words, as notes on a proposed change (AS=github or AS=gitlab)
	@$(RUN) -m macros.annotate $(filter-out as,$(AS))

put: setup ## Put site/ onto a branch that a host serves (BRANCH=gh-pages, FOLDER=preview/12 for a preview)
	@$(RUN) scripts/put.py $(BRANCH) $(FOLDER)

lint: setup ## Check the style of the Python
	@$(RUN) -m ruff check

types: build ## Check the types of the Python and the JavaScript
	@$(RUN) -m mypy
	@$(IN) node node_modules/typescript/bin/tsc -p tsconfig.json

lock: setup ## Pin the newest packages that pyproject.toml and package.json allow
	@$(RUN) scripts/setup.py lock

clean: ## Delete what was built (not what was installed: that is .venv, node_modules and .cache)
	@rm -rf site hosting overrides/generated overrides/assets/runtime .cache/site* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find engine macros scripts tests -name __pycache__ -type d -prune -exec rm -rf {} +

setup:
	@command -v "$(STARTER)" >/dev/null 2>&1 || { echo "There is no $(STARTER) here: install Python 3.11 or newer (Debian: apt install python3 python3-venv)." >&2; exit 1; }
	@"$(STARTER)" scripts/setup.py
