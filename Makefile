# Two commands matter: `make demo` and `make test`. `make help` lists the rest.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
ARGS ?=

.PHONY: help install install-dev demo serve test check format bench lock translations screenshots clean

help: ## Show this list
	@echo "Trinnvis: casework and planning for Norwegian municipalities"
	@echo
	@echo "  Needs only make and Python 3.11 or newer. ARGS=\"…\" is handed on to the command."
	@echo
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: ## Build .venv with the locked dependencies (quick when already done)
	@scripts/install.sh

install-dev:
	@scripts/install.sh --dev

demo: install ## Make the synthetic municipality and serve it on this machine
	@$(BIN)/trinnvis demo $(ARGS)

serve: install ## Serve what the data folder holds
	@$(BIN)/trinnvis serve $(ARGS)

test: install-dev ## Run every test, on SQLite and on PostgreSQL where one answers
	@$(BIN)/python scripts/test.py $(ARGS)

check: install-dev ## Format, lint, types, import contracts, migrations, templates, translations
	@$(BIN)/python scripts/check.py $(ARGS)

format: install-dev ## Format code and templates
	@$(BIN)/ruff format --quiet .
	@$(BIN)/ruff check --quiet --fix-only .
	@find src -path '*/templates/*' -name '*.html' -exec $(BIN)/djade --target-version 5.2 {} +

bench: install-dev ## Measure, and print a table of medians
	@$(BIN)/python benchmarks/run.py $(ARGS)

translations: install-dev ## Collect new texts into the catalogues and compile them (needs GNU gettext)
	@$(BIN)/python scripts/translations.py extract
	@$(BIN)/python scripts/translations.py compile

screenshots: install-dev ## Photograph a running demo into docs/images
	@$(BIN)/python scripts/screenshots.py $(ARGS)

lock: ## Write the lock files anew from pyproject.toml (needs uv; ARGS=--upgrade for newer versions)
	uv pip compile -q --universal --generate-hashes --no-emit-index-url $(ARGS) pyproject.toml --group build -o requirements.lock
	uv pip compile -q --universal --generate-hashes --no-emit-index-url $(ARGS) pyproject.toml --group build --group dev -c requirements.lock -o requirements-dev.lock

clean: ## Remove what was built here (never the data folder)
	rm -rf .venv build dist test-results .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests scripts benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
