# report, test, lab: each sets up what it needs first.
PYTHON ?= python3
STUDY ?= demo
BIN := .venv/bin

.PHONY: report test lab clean

report: .venv/ready
	@$(BIN)/framing report $(STUDY) $(if $(ARTICLES),--articles "$(ARTICLES)")

# one more process than cores: many tests wait for a kernel or a browser
test: .venv/ready-dev
	@$(BIN)/python -m pytest -n $$($(BIN)/python -c "import os; print(os.cpu_count() + 1)") --dist loadfile; status=$$?; $(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet . && exit $$status

lab: .venv/ready
	@$(BIN)/framing lab

# uv installs from the lock in seconds where pip needs a minute; it comes by its own hash.
.venv/ready: requirements.lock requirements-uv.lock pyproject.toml
	@echo "setting up .venv (once; a minute or so)" >&2
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; try make PYTHON=python3.11" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	@$(call sync,requirements.lock)
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.lock
	@$(call sync,requirements-dev.lock)
	@touch $@

# copies, not hard links: NLTK refuses data files that are linked
define sync
$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --link-mode=copy --compile-bytecode -r $(1) && \
$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable . && \
$(BIN)/python -c "from helpers.render.run import prepare; prepare()"
endef

clean:
	rm -rf .venv build data/processed/*
