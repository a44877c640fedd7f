# Needs Python 3.11 or newer and make; everything else comes from the package registry.

PYTHON ?= python3
UV_VERSION := 0.13.9

venv := .venv
bin := $(venv)/bin
uv := $(bin)/uv
installed := $(venv)/.installed

# The system's certificates: a ministry's network often has its own authority.
uv_options := --quiet --system-certs --python $(bin)/python

.DEFAULT_GOAL := help
.PHONY: help install demo test lint fuzz bench docs messages screenshots audit lock clean

help:  ## List what make can do here
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

install: $(installed)  ## Make .venv with the locked packages, the project and its tools

demo: $(installed)  ## Play a working day at North Gate
	@$(bin)/gatepost demo

test: $(installed)  ## Run the tests; ARGS="-k release" passes words on to pytest
	@$(bin)/pytest -n auto $(ARGS)

lint: $(installed)  ## Check style, format, types and the import contracts
	$(bin)/ruff check
	$(bin)/ruff format --check
	$(bin)/mypy
	$(bin)/lint-imports

fuzz: $(installed)  ## Ask every operation of the API 200 times against its description
	@GATEPOST_EXAMPLES=200 $(bin)/pytest -n auto tests/conformance/test_openapi.py

bench: $(installed)  ## Print every figure we quote, measured now on this machine
	@set -e; for script in $(sort $(wildcard benchmarks/[!_]*.py)); do \
		echo "== $$script"; $(bin)/python "$$script"; \
	done

docs: $(installed)  ## Write docs/reference from the code
	$(bin)/python docs/make_reference.py

messages: $(installed)  ## Bring the catalogues of the pages' languages up to date
	PYTHONPATH=. $(bin)/python docs/make_catalogues.py

screenshots: $(installed)  ## Take pictures of the pages for docs/screenshots; needs Chromium
	$(bin)/python docs/make_screenshots.py

audit: $(installed)  ## Judge licences, write build/sbom.json, ask for known vulnerabilities
	@.ci/audit

lock: $(uv)  ## Resolve the dependencies again into requirements.lock
	$(uv) pip compile --quiet --system-certs --universal --python-version 3.11 --all-extras --upgrade \
		--generate-hashes --no-emit-index-url --custom-compile-command "make lock" \
		--output-file requirements.lock pyproject.toml

clean:  ## Remove .venv and everything the tools leave behind
	rm -rf $(venv) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

$(installed): requirements.lock pyproject.toml | $(uv)
	@echo "Installing the packages of requirements.lock into $(venv)"
	@$(uv) pip install $(uv_options) --require-hashes -r requirements.lock
	@$(uv) pip install $(uv_options) --no-deps --no-build-isolation --editable .
	@touch $@

$(uv):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "Gatepost needs Python 3.11 or newer, and '$(PYTHON)' is not:" \
			"install one and name it, as in 'make install PYTHON=python3.12'." >&2; \
		exit 1; \
	}
	@echo "Making $(venv)"
	@$(PYTHON) -m venv --clear $(venv)
	@$(bin)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
