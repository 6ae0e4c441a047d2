# The one list of commands. `make build` and `make test` need python3 (3.11 or newer), make and git, nothing else.
PYTHON ?= python3
BIN := .venv/bin
POSTGRES_BIN := .venv-postgres/bin
SPARK_BIN := .venv-spark/bin

PIN := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--custom-compile-command "make requirements"

.PHONY: build test test-bi postgresql test-cluster java lint docs bench setup requirements clean

build: setup ## load reports/, build and test the warehouse, publish it as tiltak.duckdb
	$(BIN)/python -m loaders
	@mkdir -p target
	@# dbt ends with 1 where a model or test failed, which the audit may explain, and otherwise before it built anything.
	@$(BIN)/dbt --quiet build > target/build.log 2>&1; status=$$?; \
		if [ $$status = 1 ]; then $(BIN)/python -m auditors verdict --dbt-log target/build.log; exit 1; fi; \
		cat target/build.log; exit $$status
	$(BIN)/python -m publishers database

test: lint ## every test and lint, what takes longest first, so that no core is idle at the end
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder \
		tests/test_how_to.py tests/warehouse/test_killing.py tests/warehouse/test_history.py tests/warehouse tests

test-bi: .venv-postgres/installed postgresql ## publishing to a PostgreSQL server, which the tests start and stop
	$(POSTGRES_BIN)/mypy publishers tests/postgres
	$(POSTGRES_BIN)/pytest tests/postgres

postgresql: ## the server's programs, as Debian's package where they are missing
	@if ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || command -v initdb > /dev/null; then exit 0; fi; \
		if [ "$$(id -u)" = 0 ]; then as_root=; else as_root="sudo -n"; fi; \
		{ command -v apt-get > /dev/null && $$as_root apt-get update -qq && $$as_root apt-get install -y -qq postgresql; } \
		|| { echo "PostgreSQL: found no initdb; expected a server's programs; install the package postgresql"; exit 1; }

test-cluster: .venv-spark/installed java ## building on a Spark cluster, which the tests start on the loopback interface and stop
	$(SPARK_BIN)/mypy builders tests/cluster
	$(SPARK_BIN)/pytest tests/cluster

java: ## Java 17, which Spark runs on, as Debian's package where no Java is there
	@if command -v java > /dev/null; then exit 0; fi; \
		if [ "$$(id -u)" = 0 ]; then as_root=; else as_root="sudo -n"; fi; \
		{ command -v apt-get > /dev/null && $$as_root apt-get update -qq && $$as_root apt-get install -y -qq openjdk-17-jre-headless; } \
		|| { echo "Java: found no java; expected Java 17; install the package openjdk-17-jre-headless"; exit 1; }

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/sqlfluff lint models tests macros
	$(BIN)/pymarkdown scan --respect-gitignore --recurse .

docs: build ## one static page on every table: target/static_index.html
	$(BIN)/dbt --quiet docs generate --static
	@echo "open target/static_index.html"

bench: setup ## the figures of docs/benchmarks.md, as ratios taken in one run
	$(BIN)/python -m benchmarks

setup: .venv/installed

.venv/installed: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name one, as in: make PYTHON=python3.12"; exit 1; }
	rm -rf .venv
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv-postgres/installed: requirements-postgres.txt
	rm -rf .venv-postgres
	$(PYTHON) -m venv .venv-postgres
	$(POSTGRES_BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-postgres.txt
	@touch $@

.venv-spark/installed: requirements-spark.txt
	rm -rf .venv-spark
	$(PYTHON) -m venv .venv-spark
	$(SPARK_BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.txt
	@touch $@

requirements: setup ## pin what pyproject.toml asks for; needs uv
	$(PIN) --extra dev --output-file requirements.txt
	$(PIN) --extra dev --extra postgres --constraint requirements.txt --output-file requirements-postgres.txt
	$(PIN) --extra dev --extra spark --constraint requirements.txt --output-file requirements-spark.txt

clean:
	rm -rf build target logs .venv .venv-postgres .venv-spark
