# The BSADF path of the price-dividend ratio since 1871.
set ylabel "statistic" textcolor rgb muted
set y2label "price / dividend" textcolor rgb muted
set border 11
set y2tics nomirror scale 0 textcolor rgb muted
set yrange [-4:5]
set y2range [0:200]
set style fill transparent solid 0.3 noborder
plot csv using 1:3:4 with filledcurves above lc rgb orange title "explosive", \
	csv using 1:2 axes x1y2 with lines lc rgb muted lw 1 title "price / dividend (right)", \
	csv using 1:3 with lines lc rgb blue lw 1.5 title "BSADF", \
	csv using 1:4 with lines lc rgb red lw 1.5 dt (8, 5) title "critical value, 95 %"
