# The BSADF path of the S&P 500's price-dividend ratio: "path" names the file
# with what bsadf.sql gave.
set terminal svg size 960,480 font "sans-serif,13" background "white"
set datafile separator ","
set xdata time
set timefmt "%Y-%m-%d"
set format x "%Y"
set xrange ["1878-01-01":"2024-01-01"]
set xtics "1880-01-01", 20 * 31556952, "2020-01-01"
set border 3
set xtics nomirror
set ytics nomirror
set grid ytics lc rgb "#dddddd"
set key top left Left reverse
set ylabel "statistic"
set y2label "price / dividend"
set y2tics
set border 11
set yrange [-4:5]
set y2range [0:200]
set style fill transparent solid 0.35 noborder
plot path using 1:($3 > $4 ? 5 : -4):(-4) with filledcurves lc rgb "#f2b84b" title "explosive", \
	path using 1:2 axes x1y2 with lines lc rgb "#999999" lw 1 title "price / dividend (right)", \
	path using 1:3 with lines lc rgb "#1f5fa8" lw 1.5 title "BSADF", \
	path using 1:4 with lines lc rgb "#c0392b" lw 1.5 dt 2 title "critical value, 95 %"
