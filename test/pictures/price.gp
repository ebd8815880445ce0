# The closes of a symbol, and how far they are below their highest one so far.
set multiplot
unset key
set lmargin at screen (wide ? 0.1 : 0.22)
set rmargin at screen 0.97
set bmargin at screen 0.1
set tmargin at screen 0.36
set yrange [-100:0]
set ytics -100, (wide ? 25 : 50), 0
set format y "%g %%"
set ylabel "below the peak" textcolor rgb muted
plot csv using 1:3 with filledcurves y1=0 fillstyle transparent solid 0.25 noborder lc rgb red, \
	csv using 1:3 with lines lc rgb red lw 1.5
set bmargin at screen 0.42
set tmargin at screen 0.97
set yrange [50:10000]
set logscale y
set ytics autofreq
set format y "%g"
set ylabel "index, log scale" textcolor rgb muted
unset xtics
plot csv using 1:2 with lines lc rgb blue lw 2
unset multiplot
