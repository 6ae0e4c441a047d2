# The one list of commands. `make build` and `make test` need python3 (3.11 or newer), make and git, nothing else.
PYTHON ?= python3
BIN := .venv/bin
POSTGRES_BIN := .venv-postgres/bin
SUPERSET_BIN := .venv-superset/bin
FILES_BIN := .venv-files/bin
PORT ?= 8088
SPARK_BIN := .venv-spark/bin

PIN := uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--custom-compile-command "make requirements"

.PHONY: build publish site test test-bi test-cluster superset scan postgresql chromium norwegian java lint docs bench \
	setup requirements clean

build: setup ## load reports/, build and test the warehouse, publish it as tiltak.duckdb
	$(BIN)/python -m loaders
	@mkdir -p target
	@# dbt ends with 1 where a model or test failed, which the audit may explain, and otherwise before it built anything.
	@$(BIN)/dbt --quiet build > target/build.log 2>&1; status=$$?; \
		if [ $$status = 1 ]; then $(BIN)/python -m auditors verdict --dbt-log target/build.log; exit 1; fi; \
		cat target/build.log; exit $$status
	$(BIN)/python -m publishers database

publish: setup ## tiltak.duckdb, files/ to take away, and pages to look at in site/, which link them, from the build
	$(BIN)/python -m publishers database
	$(BIN)/python -m publishers files
	$(BIN)/python -m publishers site
	@echo "open site/index.html"

site: build ## pages to look at: site/index.html
	$(BIN)/python -m publishers site
	@echo "open site/index.html"

test: lint ## every test and lint, what takes longest first, so that no core is idle at the end
	$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder \
		tests/test_how_to.py tests/warehouse/test_killing.py tests/warehouse/test_history.py tests/warehouse tests

test-bi: setup .venv-postgres/installed postgresql .venv-metrics/installed .venv-clients/installed .venv-files/installed \
		.venv-browser/installed .venv-superset/installed .venv-scan/installed chromium norwegian ## what needs a server, which the tests start and stop, a browser or an extra
	$(POSTGRES_BIN)/mypy publishers tests/postgres
	$(POSTGRES_BIN)/pytest tests/postgres
	.venv-metrics/bin/pytest tests/metrics
	.venv-clients/bin/pytest tests/clients
	$(FILES_BIN)/mypy publishers tests/files
	$(FILES_BIN)/pytest tests/files
	.venv-browser/bin/pytest tests/site tests/superset
	.venv-scan/bin/pytest tests/loaders/scan

scan: .venv/scan-installed norwegian ## what reads scans, beside what reads other files: `make build` then reads them too

.venv/scan-installed: .venv/installed requirements-scan.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-scan.txt
	@touch $@

superset: .venv-superset/installed tiltak.duckdb ## a dashboard in Superset on this machine alone, until Ctrl-C; PORT=8088
	@exec $(SUPERSET_BIN)/python -m bi.superset.serve --port $(PORT)

tiltak.duckdb:
	$(MAKE) build

postgresql: ## the server's programs, as Debian's package where they are missing
	@if ls /usr/lib/postgresql/*/bin/initdb > /dev/null 2>&1 || command -v initdb > /dev/null; then exit 0; fi; \
		if [ "$$(id -u)" = 0 ]; then as_root=; else as_root="sudo -n"; fi; \
		{ command -v apt-get > /dev/null && $$as_root apt-get update -qq && $$as_root apt-get install -y -qq postgresql; } \
		|| { echo "PostgreSQL: found no initdb; expected a server's programs; install the package postgresql"; exit 1; }

chromium: ## a browser and its driver, as Debian's packages where they are missing
	@if command -v chromium > /dev/null && command -v chromedriver > /dev/null; then exit 0; fi; \
		if [ "$$(id -u)" = 0 ]; then as_root=; else as_root="sudo -n"; fi; \
		{ command -v apt-get > /dev/null && $$as_root apt-get update -qq && $$as_root apt-get install -y -qq chromium chromium-driver; } \
		|| { echo "Chromium: found no chromium and chromedriver; expected both; install the packages chromium and chromium-driver"; exit 1; }

norwegian: ## Tesseract's data for Norwegian, as Debian's package where they are missing
	@if [ -n "$$(PYTHONPATH=. $(PYTHON) -c 'from loaders.formats.scan.installed import data_folder; print(data_folder() or "")')" ]; \
		then exit 0; fi; \
		if [ "$$(id -u)" = 0 ]; then as_root=; else as_root="sudo -n"; fi; \
		{ command -v apt-get > /dev/null && $$as_root apt-get update -qq && $$as_root apt-get install -y -qq tesseract-ocr tesseract-ocr-nor; } \
		|| { echo "Tesseract: found no data for Norwegian; expected nor.traineddata; install the package tesseract-ocr-nor"; exit 1; }

test-cluster: .venv-spark/installed java ## many reports in parts against one build, here and on a Spark cluster, which the tests start and stop
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

.venv-%/installed: requirements-%.txt
	rm -rf .venv-$*
	$(PYTHON) -m venv .venv-$*
	.venv-$*/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-$*.txt
	@touch $@

# Superset's own pins: Python 3.11 or 3.12, and a numpy and a pandas older than the project's.
.venv-superset/installed: requirements-superset.txt
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' \
		|| { echo "Superset needs Python 3.11 or 3.12; name one, as in: make superset PYTHON=python3.12"; exit 1; }
	rm -rf .venv-superset
	$(PYTHON) -m venv .venv-superset
	$(SUPERSET_BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-superset.txt
	@touch $@

requirements: setup ## pin what pyproject.toml and bi/superset/requirements.in ask for; needs uv
	$(PIN) pyproject.toml --extra dev --output-file requirements.txt
	$(PIN) pyproject.toml --extra dev --extra postgres --constraint requirements.txt --output-file requirements-postgres.txt
	$(PIN) pyproject.toml --extra dev --extra browser --constraint requirements.txt --output-file requirements-browser.txt
	$(PIN) pyproject.toml --extra dev --extra clients --constraint requirements.txt --output-file requirements-clients.txt
	$(PIN) pyproject.toml --extra dev --extra metrics --constraint requirements.txt --output-file requirements-metrics.txt
	$(PIN) pyproject.toml --extra dev --extra files-test --constraint requirements.txt --output-file requirements-files.txt
	$(PIN) pyproject.toml --extra dev --extra scan --constraint requirements.txt --output-file requirements-scan.txt
	$(PIN) pyproject.toml --extra dev --extra spark --constraint requirements.txt --output-file requirements-spark.txt
	$(PIN) bi/superset/requirements.in --output-file requirements-superset.txt

clean:
	rm -rf build target logs .venv .venv-*
