# Capital raised in the year up to the end of each month.
set yrange [0:*]
set ylabel "US$ billion a year" textcolor rgb muted offset (wide ? 0 : 1), 0
plot csv using 1:2 with filledcurves y1=0 fillstyle transparent solid 0.25 noborder lc rgb blue notitle, \
	csv using 1:2 with lines lc rgb blue lw 2 title "known then", \
	csv using 1:3 with lines lc rgb orange lw 2 dt (8, 5) title "completed for reports to come"
