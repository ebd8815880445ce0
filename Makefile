# bubble: speculative bubbles measured in SQL. `make && make install`.
EXTENSION = bubble
MODULE_big = bubble
DATA = $(wildcard sql/bubble--*.sql)

OBJS = $(patsubst %.c,%.o,$(sort $(wildcard src/*.c src/*/*.c)))

GSL_CONFIG ?= gsl-config
# Products and sums stay separate, so that every machine gives the same digits,
# in the bitcode too, which is compiled with the CPPFLAGS alone.
PG_CPPFLAGS = -ffp-contract=off -I$(srcdir)/src $(shell $(GSL_CONFIG) --cflags)
SHLIB_LINK = $(shell $(GSL_CONFIG) --libs)

# test/sql holds the inputs, expected/ (found in the current directory) the
# outputs; one stem names a topic everywhere.  api goes first: it creates the
# extension and what the other tests share.
REGRESS = api $(filter-out api,$(sort $(patsubst test/sql/%.sql,%,$(wildcard test/sql/*.sql))))
REGRESS_OPTS = --inputdir=test
# The TAP tests of test/t start servers, which packagers' builds as root cannot
# do: test/check runs them.

EXTRA_CLEAN = $(OBJS:.o=.bc)

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

# PGXS tracks no headers on most installations, and a stale object crashes.
$(OBJS) $(OBJS:.o=.bc): $(wildcard src/*/*.h) Makefile
