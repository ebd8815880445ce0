# lib.sh - what demo, check, valgrind and bench share: packages, a private build
# and a throwaway server. Source it; it sets SRC, makes the directory WORK and
# removes it at exit. Nothing but packages is ever installed outside of WORK.

# What the head of a script says of its use.
if [ "${1:-}" = --help ]; then
	sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"
	exit
fi

# The caller's own settings for PostgreSQL must not lead to another server.
for name in $(env | sed -n 's/^\(PG[A-Z]*\)=.*/\1/p'); do
	unset "$name"
done
unset CDPATH MAKEFLAGS MFLAGS MAKELEVEL
export LC_ALL=C PGCLIENTENCODING=UTF8
umask 022

ended='' small_disk=''
SRC=$(cd "$(dirname "$0")" && until [ -f bubble.control ]; do cd ..; done && pwd -P)
WORK=

# Names of test/sql, as arguments.
check_names() {
	for name in "$@"; do
		[ -f "$SRC/test/sql/$name.sql" ] || die "there is no test $name"
	done
}

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

# A pg_config is of use if its server is there, of a major that we know.
usable_pg_config() {
	[ -x "$(command -v "$1")" ] && [ -x "$("$1" --bindir)/postgres" ] &&
		case $("$1" --version) in
			"PostgreSQL 1"[5-9]*) ;;
			*) false ;;
		esac
}

has_headers() {
	[ -f "$("$1" --pgxs)" ] && [ -f "$("$1" --includedir-server)/postgres.h" ]
}

# Sets PG_CONFIG, unless the caller chose it, to the newest one that is usable:
# with headers, or else without.
find_pg_config() {
	if [ -n "${PG_CONFIG:-}" ]; then
		usable_pg_config "$PG_CONFIG"
		return
	fi
	for wanted in has_headers true; do
		for candidate in \
			/usr/lib/postgresql/19/bin/pg_config \
			/usr/lib/postgresql/18/bin/pg_config \
			/usr/lib/postgresql/17/bin/pg_config \
			/usr/lib/postgresql/16/bin/pg_config \
			/usr/lib/postgresql/15/bin/pg_config \
			pg_config; do
			if usable_pg_config "$candidate" && $wanted "$candidate"; then
				PG_CONFIG=$candidate
				return
			fi
		done
	done
	return 1
}

# Prints the Debian packages for what is not there yet. The arguments name
# what a script needs beyond building and running: perl, valgrind, gnuplot.
missing_packages() {
	find_pg_config || echo postgresql
	command -v "${GSL_CONFIG:-gsl-config}" >/dev/null || echo libgsl-dev
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
			clang-tidy | shellcheck)
				command -v "$extra" >/dev/null || echo "$extra"
				;;
		esac
	done
}

install_packages() {
	[ -z "${PG_CONFIG:-}" ] || usable_pg_config "$PG_CONFIG" ||
		die "PG_CONFIG=$PG_CONFIG is not the pg_config of a PostgreSQL" \
			"15 to 19 with its server"
	[ -z "${GSL_CONFIG:-}" ] || command -v "$GSL_CONFIG" >/dev/null ||
		die "GSL_CONFIG=$GSL_CONFIG is not there"
	missing=$(missing_packages "$@" | tr '\n' ' ')
	if [ -n "$missing" ]; then
		command -v apt-get >/dev/null || die "needs PostgreSQL 15 to 19 with" \
			"its server and headers (pg_config), GSL 2 with its headers" \
			"(gsl-config), make and a C compiler${*:+, and also: $*}." \
			"Not found here (by their names in Debian): $missing"
		[ "$(id -u)" = 0 ] || command -v sudo >/dev/null ||
			die "not root and no sudo; please install: $missing"
		update_lists
		missing=$(without_metapackages "$missing")
		say "installing $missing"
		size=$(size_of "$missing")
		[ -z "$size" ] || say "$size"
		# shellcheck disable=SC2086 # a list of words
		get_packages $missing || die "could not install $missing"
	fi
	find_pg_config || die "found no PostgreSQL 15 to 19"
	BINDIR=$("$PG_CONFIG" --bindir)
	has_headers "$PG_CONFIG" || get_headers
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

# install_optional WHAT...: what single tests use, and are skipped without:
# clients (drivers of the languages that are here, and of Python), pg_cron,
# timescaledb, gnuplot, browser (Chromium and what is run in it, where npm is),
# fuzzer (clang with its libraries).
# Nothing fails where it is not to be had.
install_optional() {
	wanted=$(optional_packages "$@" | tr '\n' ' ')
	case " $* " in
		*" clients "*) fetch_node_driver ;;
	esac
	case " $* " in
		*" browser "*) fetch_browser_packages ;;
	esac
	[ -n "$wanted" ] || return 0
	command -v apt-get >/dev/null || return 0
	[ "$(id -u)" = 0 ] || command -v sudo >/dev/null || return 0
	[ -e "$WORK/updated" ] || as_root apt-get update >/dev/null 2>&1 ||
		return 0
	touch "$WORK/updated"
	for package in $wanted; do
		apt-cache show "$package" >/dev/null 2>&1 || continue
		say "installing $package"
		get_packages "$package" 2>/dev/null || say "could not install it"
	done
}

# Small ones: a JDK or Node.js is not installed for one test.
optional_packages() {
	for what in "$@"; do
		case $what in
			clients)
				/usr/bin/python3 -c 'import psycopg2' 2>/dev/null ||
					echo python3-psycopg2
				if command -v javac >/dev/null &&
					[ ! -e /usr/share/java/postgresql.jar ]; then
					echo libpostgresql-jdbc-java
				fi
				;;
			fuzzer) echo clang libclang-rt-dev | tr ' ' '\n' ;;
			gnuplot) command -v gnuplot >/dev/null || echo gnuplot-nox ;;
			pg_cron) optional_extension pg_cron cron ;;
			timescaledb) optional_extension timescaledb timescaledb ;;
		esac
	done
}

# optional_extension NAME SUFFIX: its package for this PostgreSQL.
optional_extension() {
	[ -e "$("$PG_CONFIG" --sharedir)/extension/$1.control" ] ||
		echo "postgresql-$("$PG_CONFIG" --version |
			sed 's/^PostgreSQL \([0-9]*\).*/\1/')-$2"
}

# Into WORK, 1 MB; Debian's own would want Debian's own Node.js.
fetch_node_driver() {
	command -v npm >/dev/null && ! node -e 'require("pg")' 2>/dev/null ||
		return 0
	as_runner mkdir -p "$WORK/node"
	if as_runner npm install --prefix "$WORK/node" --ignore-scripts \
		--no-audit --no-fund --fetch-retries=0 --fetch-timeout=20000 \
		pg@8 >/dev/null 2>&1; then
		export NODE_PATH="$WORK/node/node_modules"
	fi
}

# A BI tool and the driver of the browser, 78 MB, and Observable Framework, 95
# MB, into WORK. The limit of rows that SQLPad asks the server for is more than
# PostgreSQL takes.
fetch_browser_packages() {
	command -v npm >/dev/null || return 0
	say "fetching a BI tool and a maker of dashboards (npm), for this run only"
	if fetch_node_packages browser; then
		export BUBBLE_BROWSER="$WORK/browser"
		sed -i 's/Number.MAX_SAFE_INTEGER/1000000/' \
			"$WORK/browser/node_modules/sqlpad/drivers/index.js"
	fi
	if fetch_node_packages dashboard; then
		export BUBBLE_DASHBOARD="$WORK/dashboard"
	fi
}

# What package.json of a directory of test/ names, without running its scripts.
fetch_node_packages() {
	as_runner mkdir -p "$WORK/$1"
	as_runner tee "$WORK/$1/package.json" <"$SRC/test/$1/package.json" \
		>/dev/null
	as_runner npm install --prefix "$WORK/$1" --ignore-scripts --no-audit \
		--no-fund --fetch-retries=0 --fetch-timeout=20000 >/dev/null 2>&1
}

update_lists() {
	if [ -e "$WORK/updated" ]; then return; fi
	quietly as_root apt-get update || die "apt-get update failed"
	touch "$WORK/updated"
}

# "postgresql" is the major that this system calls its own.
without_metapackages() {
	server=$(apt-cache depends postgresql 2>/dev/null |
		sed -n 's/^ *Depends: \(postgresql-[0-9]*\)$/\1/p')
	echo "$1" | sed "s/\<postgresql\>/${server:-postgresql}/; s/ *$//"
}

# What comes with these packages, and how large it is.
size_of() {
	# shellcheck disable=SC2086 # a list of words
	{
		apt-get install -y --no-install-recommends --print-uris $1 2>/dev/null |
			sed -n "s/^'[^']*' [^ ]* \([0-9]*\) .*/get \1/p"
		apt-get install -s --no-install-recommends $1 2>/dev/null |
			sed -n 's/^Inst \([^ ]*\) .*(\([^ ]*\) .*/\1=\2/p' |
			xargs -r apt-cache show 2>/dev/null |
			sed -n 's/^Installed-Size: \([0-9]*\)$/put \1/p'
	} | awk '
		$1 == "get" { get += $2 }
		$1 == "put" { put += $2; count++ }
		END {
			if (!count) exit    # apt-get will say why
			printf "%d packages with what they need: ", count
			printf "%d MB to fetch, %d MB on disk\n", get / 1e6 + 0.999, put / 1e3 + 0.999
		}'
}

# Without a cluster, which the server's package makes and starts if there is
# none: the file that says so is put back as it was.
get_packages() {
	# shellcheck disable=SC2016 # for the other shell
	quietly as_root sh -c '
		export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
		conf=/etc/postgresql-common/createcluster.conf
		saved=$1/createcluster.conf
		shift
		get() {
			apt-get install -y --no-install-recommends \
				-o DPkg::Lock::Timeout=120 "$@"
		}
		trap "if [ -e $saved ]; then cp -p $saved $conf; fi" EXIT
		trap "exit 1" HUP INT QUIT TERM
		case " $*" in
			*" postgresql"*)
				[ -e $conf ] || get postgresql-common || exit
				cp -p $conf $saved || exit
				echo "create_main_cluster = false" >>$conf || exit
				;;
		esac
		get "$@"' sh "$WORK" "$@"
}

# The headers alone, unpacked into WORK: their package would bring compilers
# of LLVM, of several hundred MB, that no private build uses.
get_headers() {
	major=$("$PG_CONFIG" --version | sed 's/^PostgreSQL \([0-9]*\).*/\1/')
	package=postgresql-server-dev-$major
	case $(command -v apt-get)$BINDIR in
		/*/apt-get/usr/lib/postgresql/*) ;;
		*) die "$("$PG_CONFIG" --version) in $BINDIR came without headers" ;;
	esac
	say "fetching the headers of PostgreSQL $major ($package, 1 MB)," \
		"for this run only"
	mkdir "$WORK/headers"
	download "$package" 2>/dev/null || {
		update_lists
		download "$package"
	} || die "could not fetch $package"
	real=$("$PG_CONFIG" --bindir)/pg_config
	cat >"$WORK/headers/pg_config" <<-SCRIPT
		#!/bin/sh
		# $real, but for what was unpacked here.
		$real "\$@" | sed 's,^$("$real" --pkgincludedir),$WORK/headers&,'
	SCRIPT
	chmod +x "$WORK/headers/pg_config"
	PG_CONFIG=$WORK/headers/pg_config
	has_headers "$PG_CONFIG" || die "$package lacks the headers"
}

download() {
	(cd "$WORK/headers" && quietly apt-get download "$1" &&
		quietly dpkg -x "$1"_*.deb .)
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
	# What another build made, maybe for another PostgreSQL.
	version=$(sed -n "s/^default_version = '\(.*\)'/\1/p" "$SRC/bubble.control")
	rm -f "$WORK/src/sql/bubble--$version.sql"
	find "$WORK/src" \( -name '*.o' -o -name '*.bc' -o -name '*.so' \) \
		-exec rm -f {} +
	if [ "$(id -u)" = 0 ]; then chown -R postgres "$WORK/src"; fi
}

make_() {
	quietly as_runner make -C "$WORK/src" with_llvm=no \
		"PG_CONFIG=$PG_CONFIG" "$@"
}

# Makes the data directory of a server that finds what build installed, with
# the lines of SETTINGS.
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
			${SETTINGS:-}
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
	# Not half of it: a server without its pid file could not be stopped.
	(
		trap '' HUP INT QUIT TERM
		quietly as_runner "$BINDIR/pg_ctl" -D "$WORK/data" \
			-l "$WORK/server.log" -w start
	) || {
		cat "$WORK/server.log" >&2
		die "the server did not start"
	}
}

# start_more COUNT: servers like the first one, on the ports after its own.
start_more() {
	for number in $(seq "$1"); do
		quietly as_runner "$BINDIR/initdb" -D "$WORK/data$number" -U postgres \
			-A trust -E UTF8 --locale=C --no-sync || die "initdb failed"
		{
			cat "$WORK/data/postgresql.conf"
			echo "port = $((PGPORT + number))"
		} >"$WORK/data$number/postgresql.conf"
		(
			trap '' HUP INT QUIT TERM
			quietly as_runner "$BINDIR/pg_ctl" -D "$WORK/data$number" \
				-l "$WORK/server$number.log" -w start
		) || {
			cat "$WORK/server$number.log" >&2
			die "server $number did not start"
		}
	done
}

psql_() {
	as_runner "$BINDIR/psql" -X -v ON_ERROR_STOP=1 -P pager=off "$@"
}

# \copy reads from where psql was started, hence the subshell.
load_data() {
	(cd "$WORK/src/test/data" && quietly psql_ -q -f load.sql) ||
		die "loading test/data failed"
}

# A disk that is soon full, where root may mount one.
make_small_disk() {
	[ "$(id -u)" = 0 ] || return 0
	mkdir "$WORK/small"
	mount -t tmpfs -o size=32m tmpfs "$WORK/small" 2>/dev/null || return 0
	small_disk=$WORK/small
	chown postgres "$small_disk"
	export BUBBLE_SMALL_DISK="$small_disk"
}

# benchmark [SERVERS]: what a script of test/bench does: runs the SQL that bears
# its name, with so many servers more.
benchmark() {
	install_packages
	build
	start_server
	start_more "${1:-0}"
	quietly psql_ -q -c 'CREATE EXTENSION bubble'
	say "$("$PG_CONFIG" --version), $(getconf _NPROCESSORS_ONLN) processors"
	psql_ -q -t -A -f "$WORK/src/test/bench/ratio.sql" \
		-f "$WORK/src/test/bench/${0##*/}.sql" | sed -u '/^$/d'
}

# With those that start_more started.
stop_server() {
	for data in "$WORK"/data*; do
		if [ -f "$data/postmaster.pid" ]; then
			quietly as_runner "$BINDIR/pg_ctl" -D "$data" -m fast stop ||
				quietly as_runner "$BINDIR/pg_ctl" -D "$data" -m immediate stop
		fi
	done
}

# Nothing interrupts the cleaning up. That the run was is said here, since a
# trap may run where output is redirected.
cleanup() {
	trap '' HUP INT QUIT TERM
	if [ -n "$ended" ]; then say "$ended"; fi
	if [ -n "$WORK" ]; then
		stop_server || :
		cd /
		[ -z "$small_disk" ] || umount -l "$small_disk" || :
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
interrupted() {
	trap '' HUP INT QUIT TERM
	ended=interrupted
	exit "$1"
}
trap cleanup EXIT
trap 'interrupted 129' HUP
trap 'interrupted 130' INT
trap 'interrupted 131' QUIT
trap 'interrupted 143' TERM
WORK=$(mktemp -d "$parent/bubble.XXXXXX")
mkdir -m 700 "$WORK/sock" "$WORK/tmp"
