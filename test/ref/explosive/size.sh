#!/bin/sh
# size.sh - the size of the tests at ten lengths, see size.c; some minutes.
# usage: size.sh DIRECTORY
set -eu
here=$(cd "$(dirname "$0")" && pwd)
source="$here/../../../src"
mkdir -p "$1"
# shellcheck disable=SC2046 # options
${CC:-gcc} -O3 -march=native -fno-math-errno -I "$source" -o "$1/size" \
	"$here/size.c" "$source/explosive/surface.c" \
	"$source/explosive/surface_table.c" "$source/explosive/adf_sweep.c" \
	"$source/explosive/adf_series.c" \
	$(gsl-config --cflags --libs)
while read -r length window replications tests; do
	nice -n "${NICE:-19}" "$1/size" "$length" "$window" "$replications" 1 $tests
done <<-CASES
	20 0 400000
	50 0 200000
	75 0 200000
	100 0 200000
	150 0 100000
	200 0 100000
	400 0 100000 sadf
	1000 0 40000 sadf
	2000 0 40000 sadf
	5000 0 20000 sadf
	3000 250 40000 sadf
	3000 300 40000 sadf
	3000 354 40000 sadf
	20000 0 6000 sadf
	50000 0 4000 sadf
	400 0 20000
	1000 0 16000
	2000 0 5000
	5000 0 800
CASES
