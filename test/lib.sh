# lib.sh - what demo, check, valgrind and bench share: packages, a private build
# and a throwaway server. Source it; it sets SRC, makes the directory WORK and
# removes it at exit. Nothing but packages is ever installed outside of WORK.

# The caller's own settings for PostgreSQL must not lead to another server.
for name in $(env | sed -n 's/^\(PG[A-Z]*\)=.*/\1/p'); do
	unset "$name"
done
unset CDPATH MAKEFLAGS MFLAGS MAKELEVEL
export LC_ALL=C PGCLIENTENCODING=UTF8
umask 022

SRC=$(cd "$(dirname "$0")" && until [ -f bubble.control ]; do cd ..; done && pwd -P)
WORK=

say() { printf '== %s\n' "$*"; }

die() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

# Runs a command and shows what it printed only if it fails.
quietly() {
	"$@" >"$WORK/step.log" 2>&1 && return
	set -- $?
	cat "$WORK/step.log" >&2
	return "$1"
}

as_root() {
	if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# PostgreSQL refuses to run as root, so for root all of it runs as postgres.
as_runner() {
	if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

# --- packages ---------------------------------------------------------------

# A pg_config is of use if its server, its headers and its major are there.
usable_pg_config() {
	[ -x "$(command -v "$1")" ] &&
		[ -x "$("$1" --bindir)/postgres" ] && [ -f "$("$1" --pgxs)" ] &&
		case $("$1" --version) in
			"PostgreSQL 1"[5-8]*) ;;
			*) false ;;
		esac
}

# Sets PG_CONFIG to the newest usable one, unless the caller chose it.
find_pg_config() {
	if [ -n "${PG_CONFIG:-}" ]; then
		usable_pg_config "$PG_CONFIG"
		return
	fi
	for candidate in \
		/usr/lib/postgresql/18/bin/pg_config \
		/usr/lib/postgresql/17/bin/pg_config \
		/usr/lib/postgresql/16/bin/pg_config \
		/usr/lib/postgresql/15/bin/pg_config \
		pg_config; do
		if usable_pg_config "$candidate"; then
			PG_CONFIG=$candidate
			return
		fi
	done
	return 1
}

# Prints the Debian packages for what is not there yet. The arguments name
# what a script needs beyond building and running: perl, valgrind, gnuplot.
missing_packages() {
	find_pg_config || echo postgresql postgresql-server-dev-all
	command -v gsl-config >/dev/null || echo libgsl-dev
	command -v make >/dev/null || echo make
	echo '#include <math.h>' | cc -E - >/dev/null 2>&1 || echo gcc libc6-dev
	for extra in "$@"; do
		case $extra in
			perl)
				command -v prove >/dev/null || echo perl
				perl -MIPC::Run -e 1 2>/dev/null || echo libipc-run-perl
				;;
			valgrind) command -v valgrind >/dev/null || echo valgrind ;;
			gnuplot) command -v gnuplot >/dev/null || echo gnuplot-nox ;;
		esac
	done
}

install_packages() {
	[ -z "${PG_CONFIG:-}" ] || usable_pg_config "$PG_CONFIG" ||
		die "PG_CONFIG=$PG_CONFIG is not the pg_config of a PostgreSQL" \
			"15 to 18 with its server and headers"
	missing=$(missing_packages "$@" | tr '\n' ' ')
	if [ -n "$missing" ]; then
		command -v apt-get >/dev/null || die "needs PostgreSQL 15 to 18 with" \
			"its server and headers (pg_config), GSL 2 with its headers" \
			"(gsl-config), make and a C compiler${*:+, and also: $*}." \
			"Not found here (by their names in Debian): $missing"
		[ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
			die "not root and no sudo; please install: $missing"
		say "installing $missing"
		# shellcheck disable=SC2086 # a list of words
		quietly as_root sh -ec '
			export DEBIAN_FRONTEND=noninteractive
			apt-get update
			apt-get install -y --no-install-recommends \
				-o DPkg::Lock::Timeout=120 "$@"' sh $missing ||
			die "could not install $missing"
	fi
	find_pg_config || die "found no PostgreSQL 15 to 18 with server and headers"
	BINDIR=$("$PG_CONFIG" --bindir)
	if [ "$(id -u)" = 0 ]; then
		id postgres >/dev/null 2>&1 || die "root cannot run PostgreSQL:" \
			"run this as an ordinary user"
		chown -R postgres "$WORK"
	fi
	# Where everything below happens: the runner may not be able to read the
	# directory that we were called from, or the caller's home.
	cd "$WORK" || exit
	export HOME="$WORK" TMPDIR="$WORK/tmp"
}

# --- build and server -------------------------------------------------------

# build [COPT]: compiles a copy of the sources and installs it below WORK.
build() {
	copy_sources
	make_ -j "$(getconf _NPROCESSORS_ONLN)" ${1:+"COPT=$1"} ||
		die "the build failed"
	make_ install "DESTDIR=$WORK/stage" || die "make install failed"
}

copy_sources() {
	mkdir "$WORK/src"
	for name in src sql expected test Makefile bubble.control META.json \
		README.md LICENSE CHANGELOG.md; do
		if [ -e "$SRC/$name" ]; then cp -R "$SRC/$name" "$WORK/src/"; fi
	done
	chmod -R u+w "$WORK/src"
	# Objects of another build, maybe for another PostgreSQL.
	find "$WORK/src" \( -name '*.o' -o -name '*.bc' -o -name '*.so' \) \
		-exec rm -f {} +
	if [ "$(id -u)" = 0 ]; then chown -R postgres "$WORK/src"; fi
}

make_() {
	quietly as_runner make -C "$WORK/src" with_llvm=no \
		"PG_CONFIG=$PG_CONFIG" "$@"
}

# Makes the data directory of a server that finds what build installed.
init_server() {
	quietly as_runner "$BINDIR/initdb" -D "$WORK/data" -U postgres -A trust \
		-E UTF8 --locale=C --no-sync || die "initdb failed"
	extension_conf >"$WORK/extension.conf"
	{
		cat "$WORK/extension.conf"
		cat <<-CONF
			listen_addresses = ''
			unix_socket_directories = '$WORK/sock'
			fsync = off
			timezone = 'UTC'
			datestyle = 'ISO, MDY'
		CONF
	} >>"$WORK/data/postgresql.conf"
	export PGHOST="$WORK/sock" PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
}

# The settings with which a server finds the extension below WORK/stage.
extension_conf() {
	echo "dynamic_library_path =" \
		"'$WORK/stage$("$PG_CONFIG" --pkglibdir):\$libdir'"
	sharedir=$("$PG_CONFIG" --sharedir)
	if has_setting extension_control_path; then # PostgreSQL 18
		echo "extension_control_path = '$WORK/stage$sharedir:\$system'"
	elif has_setting extension_destdir; then # Debian, up to PostgreSQL 17
		echo "extension_destdir = '$WORK/stage'"
	elif [ ! -f "$sharedir/extension/bubble.control" ]; then
		die "this PostgreSQL finds extensions in its own directories only:" \
			"run 'make install' first"
	fi
}

has_setting() {
	as_runner "$BINDIR/postgres" -D "$WORK/data" -C "$1" >/dev/null 2>&1
}

start_server() {
	init_server
	quietly as_runner "$BINDIR/pg_ctl" -D "$WORK/data" -l "$WORK/server.log" \
		-w start || {
		cat "$WORK/server.log" >&2
		die "the server did not start"
	}
}

psql_() {
	as_runner "$BINDIR/psql" -X -v ON_ERROR_STOP=1 -P pager=off "$@"
}

# \copy reads from where psql was started, hence the subshell.
load_data() {
	(cd "$WORK/src/test/data" && quietly psql_ -q -f load.sql) ||
		die "loading test/data failed"
}

# What a script of test/bench does: runs the SQL that bears its name.
benchmark() {
	install_packages
	build
	start_server
	quietly psql_ -q -c 'CREATE EXTENSION bubble'
	say "$("$PG_CONFIG" --version), $(getconf _NPROCESSORS_ONLN) processors"
	psql_ -q -t -A -f "$WORK/src/test/bench/ratio.sql" \
		-f "$WORK/src/test/bench/${0##*/}.sql" | sed -u '/^$/d'
}

stop_server() {
	if [ -f "$WORK/data/postmaster.pid" ]; then
		quietly as_runner "$BINDIR/pg_ctl" -D "$WORK/data" -m fast stop ||
			quietly as_runner "$BINDIR/pg_ctl" -D "$WORK/data" -m immediate stop
	fi
}

cleanup() {
	if [ -n "$WORK" ]; then
		stop_server || :
		cd /
		rm -rf "$WORK"
		WORK=
	fi
}

# --- the directory ----------------------------------------------------------

# Sockets need short paths and make needs plain ones, so a TMPDIR that is
# neither, or that another user cannot enter, gives way to /tmp.
parent=${TMPDIR:-/tmp}
case $parent in
	*[!A-Za-z0-9_./-]*) parent=/tmp ;;
esac
if [ ${#parent} -gt 45 ] || ! as_runner test -x "$parent" 2>/dev/null; then
	parent=/tmp
fi
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
WORK=$(mktemp -d "$parent/bubble.XXXXXX")
mkdir -m 700 "$WORK/sock" "$WORK/tmp"
