# BSADF statistics against their critical values: above them growth is explosive.
set ylabel "statistic" textcolor rgb muted offset (wide ? 0 : 1), 0
set style fill transparent solid 0.3 noborder
plot csv using 1:2:3 with filledcurves above lc rgb orange title "explosive", \
	csv using 1:2 with lines lc rgb blue lw 2 title "BSADF", \
	csv using 1:3 with lines lc rgb red lw 1.5 dt (8, 5) title "critical value, 95 %"
