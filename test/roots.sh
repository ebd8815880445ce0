# roots.sh - what matrix and package share: throwaway Debians, one for each
# PostgreSQL, and commands run inside of them. Source it after lib.sh. Roots lie
# below WORK, or below BUBBLE_ROOTS, where they are kept. What runs in one has
# processes and mounts of its own, which end with it, however it ends.

ROOTS=${BUBBLE_ROOTS:-$WORK/roots}
SHARE=$WORK/share	# what a root sees as /bubble
# shellcheck disable=SC2034 # for who sources this
TREE=/bubble/tree	# the sources, there
making=''	# the root that is not ready yet
running=''	# the process to kill if we are ended

# The suite that has a PostgreSQL; the one of experimental needs sid below it.
suite_of() {
	case $1 in
		15) echo bookworm ;;
		17) echo trixie ;;
		18) echo sid ;;
		19) echo experimental ;;
	esac
}

# Says why no root can be had here, if so.
obstacle() {
	if [ "$(id -u)" != 0 ]; then
		echo "needs root"
	elif ! unshare --mount --pid --fork --mount-proc true 2>/dev/null; then
		echo "cannot mount here"
	elif [ -z "${BUBBLE_ROOTS:-}" ] && ! command -v mmdebstrap >/dev/null; then
		echo "mmdebstrap is not there"
	fi
}

get_mmdebstrap() {
	command -v mmdebstrap >/dev/null && return
	[ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 0
	say "installing mmdebstrap"
	(update_lists && get_packages mmdebstrap) ||
		say "mmdebstrap could not be installed"
}

# apart COMMAND...: with processes and mounts of its own. In the background, so
# that a signal to us is not kept waiting.
apart() {
	unshare --mount --pid --fork --kill-child --mount-proc "$@" </dev/null &
	running=$!
	code=0
	wait "$running" || code=$?
	running=
	return $code
}

# in_root MAJOR COMMAND...: with an environment of its own, but for the way out
# of the machine. With LAYERS, the options of an overlay over the root, what is
# written goes there. Its /tmp is ours, so that nothing is left in a root.
in_root() {
	inside=$ROOTS/pg$1
	shift
	mkdir -p "$inside/bubble" "$SHARE/tmp"
	chmod 1777 "$SHARE/tmp"
	[ -z "${LAYERS:-}" ] || inside=$WORK/layer/root
	# shellcheck disable=SC2016 # for the other shell; which is process 1 and
	# hence has to wait for what its children leave
	apart sh -c '
		root=$1 share=$2 layers=$3
		shift 3
		[ -z "$layers" ] ||
			mount -t overlay -o "$layers" overlay "$root" || exit 125
		mount -t proc proc "$root/proc" &&
			mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm" &&
			mount --bind "$share/tmp" "$root/tmp" &&
			mount --bind "$share" "$root/bubble" || exit 125
		if [ -d "$share/shared/data" ] && [ -d "$BUBBLE_DATA" ]; then
			mount --bind "$BUBBLE_DATA" "$root/bubble/shared/data"
		fi
		chroot "$root" env -i --default-signal=INT,QUIT \
			PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
			HOME=/root LC_ALL=C DEBIAN_FRONTEND=noninteractive \
			${http_proxy:+"http_proxy=$http_proxy"} \
			${https_proxy:+"https_proxy=$https_proxy"} "$@" &
		wait $!' sh "$inside" "$SHARE" "${LAYERS:-}" "$@"
}

# Puts the sources, as they are in the work tree, where roots find them, and
# beside them what they find beside the work tree.
share_tree() {
	mkdir -p "$SHARE/tree"
	if git -c 'safe.directory=*' -C "$SRC" ls-files -co --exclude-standard \
		>"$SHARE/tracked" 2>/dev/null; then
		(cd "$SRC" && tar -c --ignore-failed-read -T "$SHARE/tracked")
	else
		rm -f "$SHARE/tracked"
		tar -c --exclude=./.git --exclude='*.o' --exclude='*.bc' \
			--exclude='*.so' -C "$SRC" .
	fi | tar -x --no-same-owner -C "$SHARE/tree"
	export BUBBLE_DATA="${SRC%/*}/shared/data"
	[ ! -d "$BUBBLE_DATA" ] || mkdir -p "$SHARE/shared/data"
}

# make_root MAJOR: unless it is there.
make_root() {
	root=$ROOTS/pg$1
	if [ -x "$root/usr/lib/postgresql/$1/bin/postgres" ] &&
		[ -f "$root/usr/include/postgresql/$1/server/postgres.h" ]; then
		if [ -e /etc/resolv.conf ]; then
			cat /etc/resolv.conf >"$root/etc/resolv.conf"
		fi
		return
	fi
	command -v mmdebstrap >/dev/null || {
		reason="mmdebstrap is not there"
		return 1
	}
	mkdir -p "$ROOTS"
	# Not half of it: its name is given when all is there.
	making=$ROOTS/pg$1.$$
	log=$WORK/root.log
	if make_debian "$1" >"$log" 2>&1 && mv "$making" "$root" &&
		add_postgresql "$1" >"$log" 2>&1; then
		making=
		return
	fi
	reason=$(grep '^E: \|error: ' "$log" | tail -n 1)
	reason="no root: ${reason:-$(tail -n 1 "$log")}"
	rm -rf "$making" "$root"
	making=
	return 1
}

make_debian() {
	suite=$(suite_of "$1")
	[ "$suite" != experimental ] || suite=sid
	# shellcheck disable=SC2016 # for mmdebstrap's shell
	apart mmdebstrap --mode=root --variant=apt \
		--aptopt='Acquire::Check-Valid-Until "false"' \
		--aptopt='APT::Install-Recommends "false"' \
		--dpkgopt=force-unsafe-io --dpkgopt=path-exclude='/usr/share/man/*' \
		--setup-hook='mkdir -p "$1/usr/sbin"
			printf "#!/bin/sh\nexit 101\n" >"$1/usr/sbin/policy-rc.d"
			chmod +x "$1/usr/sbin/policy-rc.d"' \
		--include=perl,make,gcc,libc6-dev,libgsl-dev,libipc-run-perl \
		"$suite" "$making" || return
	[ "$(suite_of "$1")" != experimental ] ||
		sed -n 's/ sid / experimental /p' "$making/etc/apt/sources.list" \
			>"$making/etc/apt/sources.list.d/experimental.list"
}

# The headers alone, as their package would bring LLVM.
add_postgresql() {
	making=$ROOTS/pg$1
	# shellcheck disable=SC2016 # for the other shell
	in_root "$1" sh -ec '
		apt-get update -q
		apt-get install -y -q ${2:+-t "$2"} "postgresql-$1"
		cd /tmp
		apt-get download -q "postgresql-server-dev-$1"
		dpkg -x "postgresql-server-dev-$1"_*.deb /
		rm "postgresql-server-dev-$1"_*.deb' sh "$1" \
		"$(suite_of "$1" | grep experimental)"
}

# drop_root MAJOR: unless they are kept.
drop_root() {
	[ -n "${BUBBLE_ROOTS:-}" ] || rm -rf "$ROOTS/pg$1"
}

# A root that is not ready is of no use to anyone.
cleanup_roots() {
	trap '' HUP INT QUIT TERM
	if [ -n "$running" ]; then
		kill -KILL "$running" 2>/dev/null || :
		wait "$running" 2>/dev/null || :
	fi
	[ -z "$making" ] || rm -rf "$making"
	cleanup
}
