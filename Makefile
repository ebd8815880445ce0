# bubble: speculative bubbles measured in SQL. `make && make install`.
# Builds in another directory work too: `make -f ../Makefile`.
EXTENSION = bubble
MODULE_big = bubble

# Where this file lies. PGXS calls that srcdir, but finds it out too late.
here := $(patsubst %/,%,$(or $(VPATH),$(dir $(firstword $(MAKEFILE_LIST)))))
files = $(patsubst $(here)/%,%,$(sort $(wildcard $(addprefix $(here)/,$(1)))))

# What CREATE EXTENSION runs is put together from a file a topic. What users
# have of released versions stays as it was in sql/released, by "make freeze"; of
# a released version the files of the topics may give nothing else. The changes
# up to the next one come twice, in them and in sql/bubble--OLD--NEW.sql.
version := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" $(here)/bubble.control)
script = $(CURDIR)/sql/bubble--$(version).sql
released = $(here)/sql/released
frozen := $(wildcard $(released)/bubble--$(version).sql)
parts = $(patsubst %,$(here)/sql/%.sql.in,begin series drawdown valuation \
	funding explosive score warning boom lppls adoption scoreboard end)
DATA = $(call files,sql/bubble--*--*.sql) $(filter-out \
	sql/released/$(notdir $(script)),$(call files,sql/released/bubble--*.sql))
DATA_built = $(script)
OBJS = $(patsubst %.c,%.o,$(call files,src/*.c src/*/*.c))

GSL_CONFIG ?= gsl-config
gsl_cflags := $(shell $(GSL_CONFIG) --cflags 2>/dev/null)
gsl_libs := $(shell $(GSL_CONFIG) --libs 2>/dev/null)
# Products and sums stay separate, so that every machine gives the same digits,
# in the bitcode too, which is compiled with the CPPFLAGS alone.
PG_CPPFLAGS = -ffp-contract=off -I$(here)/src $(gsl_cflags)
# The server's symbols are everyone's: nothing is put there but what it calls.
exports = $(here)/src/exports.map
SHLIB_LINK = $(gsl_libs) \
	$(if $(filter linux,$(PORTNAME)),-Wl$(comma)--version-script=$(exports))
comma := ,

# test/sql holds the inputs, expected/ (found in the current directory) the
# outputs; one stem names a topic everywhere.  Each test runs by itself, as in
# make installcheck REGRESS=warning; api goes first since it shows the most.
topics = $(patsubst test/sql/%.sql,%,$(call files,test/sql/*.sql))
REGRESS = api $(filter-out api,$(topics))
REGRESS_OPTS = --inputdir=$(here)/test
# The TAP tests of test/t start servers, which packagers' builds as root cannot
# do: test/check runs them.

EXTRA_CLEAN = $(OBJS:.o=.bc)

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)

server_header := $(shell $(PG_CONFIG) --includedir-server 2>/dev/null)/postgres.h

# What is missing is said here: make would go on without it.
lacking = $(error $(PG_CONFIG) does not lead to $(1): install PostgreSQL's \
files for building extensions (Debian: postgresql-server-dev-all), or set \
PG_CONFIG=/path/to/pg_config)
ifeq ($(wildcard $(PGXS)),)
$(call lacking,$(or $(PGXS),a PostgreSQL))
endif
ifeq ($(wildcard $(server_header)),)
$(call lacking,$(server_header))
endif
ifneq ($(filter-out %clean installcheck,$(or $(MAKECMDGOALS),all)),)
ifeq ($(gsl_libs),)
$(error $(GSL_CONFIG) does not lead to the GNU Scientific Library: install \
its development files (Debian: libgsl-dev), or set \
GSL_CONFIG=/path/to/gsl-config)
endif
endif
ifeq ($(OBJS),)
$(error no sources below $(here)/src)
endif

include $(PGXS)

$(shlib): $(exports)

# PGXS tracks no headers on most installations, and a stale object crashes.
$(OBJS) $(OBJS:.o=.bc): $(addprefix $(here)/,$(call files,src/*/*.h) Makefile)

# The texts to compare are the same whatever the server is set to.
installcheck: export PGOPTIONS := $(PGOPTIONS) -c extra_float_digits=1 \
	-c quote_all_identifiers=off -c standard_conforming_strings=on

$(script): $(here)/sql/expand.awk $(here)/bubble.control $(parts) $(frozen)
	mkdir -p $(@D)
	awk -v version=$(version) -f $(here)/sql/expand.awk $(parts) >$@.new
	@$(if $(frozen),$(compare))
	mv $@.new $@

define compare
diff $(frozen) $@.new >$@.diff || { \
	head -n 20 $@.diff; rm $@.new $@.diff; \
	echo 'Version $(version) has been released: its script must stay as it is.' \
		'Raise default_version in bubble.control, and write' \
		'sql/bubble--$(version)--NEW.sql, which changes what users have.'; \
	exit 1; } >&2; rm $@.diff
endef

# The last step before a version is published.
freeze: $(script)
	@$(if $(frozen),echo 'Version $(version) has been released already.'; exit 1)
	mkdir -p $(released)
	cp $(script) $(released)
	for update in $(here)/sql/bubble--*--$(version).sql; do \
		[ ! -e $$update ] || mv $$update $(released) || exit; done
	cd $(released) && sha256sum bubble--*.sql >SHA256SUMS
	@echo 'Commit sql/released, from where nothing is ever changed.'
.PHONY: freeze

# The archive for PGXN, which holds the script ready made.
archive = bubble-$(version).0
dist: $(script)
	git -C $(here) archive --format=zip --prefix=$(archive)/sql/ \
		--add-file=$(script) --prefix=$(archive)/ \
		-o $(CURDIR)/$(archive).zip HEAD
.PHONY: dist

lint:
	$(here)/test/lint
.PHONY: lint

# In a directory of its own a build needs folders for its objects, and the
# tests their outputs where they run.
ifneq ($(realpath $(here)),$(CURDIR))
ifneq ($(wildcard $(here)/bubble.so $(addprefix $(here)/,$(OBJS))),)
$(error $(realpath $(here)) holds a build of its own, whose objects would be taken for \
those of this one: run "make clean" there)
endif
folders = $(addprefix $(CURDIR)/,$(sort $(dir $(OBJS))))
$(OBJS) $(OBJS:.o=.bc): | $(folders)
$(folders):
	mkdir -p $@

installcheck: expected-here
clean: clean-expected
.PHONY: expected-here clean-expected
expected-here:
	[ -d expected ] || ln -s $(realpath $(here))/expected expected
clean-expected:
	[ ! -L expected ] || rm expected
endif
