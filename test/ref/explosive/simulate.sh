#!/bin/sh
# simulate.sh - runs simulate until every case has its chunks.
# usage: simulate.sh DIRECTORY
# Can be stopped at any time and started again: finished chunks stay.  Takes
# about 20 minutes of one core.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
directory=$1
mkdir -p "$directory"
# shellcheck disable=SC2046 # options
${CC:-gcc} -O3 -march=native -ffast-math -I "$here" -I "$here/../../../src" \
	-o "$directory/simulate" "$here/simulate.c" \
	"$here/../../../src/explosive/adf_sweep.c" \
	"$here/../../../src/explosive/adf_series.c" \
	$(gsl-config --cflags --libs)
"$directory/simulate" check
# First and last chunk, length of the walks, lags, replications, "sadf".
while read -r first last length lags replications sadf; do
	for chunk in $(seq "$first" "$last"); do
		nice -n "${NICE:-19}" "$directory/simulate" "$directory" "$length" \
			"$lags" "$chunk" "$replications" $sadf
	done
done <<-CASES
	1 3 100 0 100000
	1 3 250 0 100000
	1 3 600 0 50000
	1 3 1500 0 20000
	1 3 100 0,1,2,3,4 100000
	1 3 250 0,1,2,3,4 60000
	1 2 600 0,1,2,3,4 20000
	1 2 1500 0,1,2,3,4 2000
	1 2 100 0,5,6,7,8,9,10,11,12 20000
	1 2 250 0,5,6,7,8,9,10,11,12 10000
	1 2 600 0,5,6,7,8,9,10,11,12 2000
	1 2 1500 0,6,9,12 400
	1 2 5000 0 6000
	1 2 5000 0,1,2,3,4 300
	1 2 5000 0,8,12 50
	1 2 20000 0 600
	1 2 20000 0,1,4 20
	1 2 50000 0 80
	11 11 5000 0,4,8,12 200
	11 11 5000 0,1,2,3,4 500
	11 11 20000 0,4,12 20
	11 11 1500 0,4,8,12 800
	11 11 20000 0,4 80
	11 11 20000 0 150
	11 11 600 0,5,6,7,8,9,10,11,12 1000
	1 3 20000 0,1,2,3,4,5,6,7,8,9,10,11,12 500 sadf
CASES
