# A score as the sum of what its parts add, over a strip of its phases. "parts"
# are the names of the columns from the sixth on, each the sum so far, of which
# the fifth is the start.
array colour[6] = [blue, green, violet, teal, pink, olive]
set ylabel "score, 0 to 100" textcolor rgb muted offset (wide ? 0 : 1), 0
set yrange [-9:100]
set ytics 0, 20, 100
set key maxrows (wide ? 2 : 6)
# Months of one phase are one box, told by the last of them.
middle(run) = timecolumn(1) - run * month / 2
plot for [i = words(parts):1:-1] csv using 1:4 + i:5 + i with filledcurves fillstyle solid 0.55 noborder lc rgb colour[i] title word(parts, i), \
	csv using 1:2 with lines lc rgb ink lw 1.5 title "score", \
	csv using (middle($4)):(strcol(3) eq "calm" ? -5 : NaN):($4 * month / 2):(2.5) with boxxyerror fillstyle solid 1 noborder lc rgb calm title "calm", \
	csv using (middle($4)):(strcol(3) eq "building" ? -5 : NaN):($4 * month / 2):(2.5) with boxxyerror fillstyle solid 1 noborder lc rgb building title "building", \
	csv using (middle($4)):(strcol(3) eq "elevated" ? -5 : NaN):($4 * month / 2):(2.5) with boxxyerror fillstyle solid 1 noborder lc rgb elevated title "elevated", \
	csv using (middle($4)):(strcol(3) eq "bubble" ? -5 : NaN):($4 * month / 2):(2.5) with boxxyerror fillstyle solid 1 noborder lc rgb bubble title "bubble", \
	csv using (middle($4)):(strcol(3) eq "bursting" ? -5 : NaN):($4 * month / 2):(2.5) with boxxyerror fillstyle solid 1 noborder lc rgb bursting title "bursting"
