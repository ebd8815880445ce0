#!/bin/sh
# simulate.sh - runs simulate on all cores until every case has its chunks.
# usage: simulate.sh DIRECTORY [FIRST_CHUNK LAST_CHUNK]
# Can be stopped at any time and started again: finished chunks stay.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
directory=$1
mkdir -p "$directory"
${CC:-gcc} -O2 -ffp-contract=off -I "$here" -I "$here/../../../src" \
	-o "$directory/simulate" "$here/simulate.c" \
	"$here/../../../src/explosive/adf_sweep.c" \
	$(gsl-config --cflags --libs)
for chunk in $(seq "${2:-1}" "${3:-40}"); do
	for lags in 0 1 2 3 4; do
		for window in $((2 * lags + 8)) $((2 * lags + 9)) 12 16 21 28 37 50 67 90 120 160 210 280 354 500 700 1000 1400 2000 2800 5000; do
			if [ "$window" -lt $((2 * lags + 8)) ]; then continue; fi
			replications=1000
			if [ "$window" -ge 90 ] && [ "$window" -le 354 ]; then replications=100; fi
			echo "$directory $lags $window $chunk $replications"
		done
	done
done | xargs -P "$(getconf _NPROCESSORS_ONLN)" -L 1 nice -n 19 "$directory/simulate"
