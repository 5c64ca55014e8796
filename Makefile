# Developers' chores. Users need only ./zhidai demo and ./zhidai test.
PYTHON = .venv/bin/python
.PHONY: check test test-slow test-browser mutants generated demo

check:
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	.venv/bin/lint-imports
	$(PYTHON) -m pytest tests/unit -q -k "policy or policies or pack or catalogue"

test:
	./zhidai test

test-slow:
	$(PYTHON) -m pytest -m slow

test-browser:
	$(PYTHON) -m pytest -m browser

mutants:
	nice $(PYTHON) -m tests.mutation.run

# Known holes of the locked packages; needs a network that reaches pypi.org or api.osv.dev.
audit:
	uvx pip-audit --require-hashes --disable-pip --requirement requirements.lock

generated:
	$(PYTHON) -m services.cli.generated

demo:
	./zhidai demo
