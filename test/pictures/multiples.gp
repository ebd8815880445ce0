# Valuation over revenue of companies, by what was known at the end of each month.
set logscale y
set yrange [5:1000]
set ylabel "years of revenue, log scale" textcolor rgb muted offset (wide ? 0 : 1), 0
plot csv using 1:2 with steps lc rgb blue lw 2 title "OpenAI", \
	csv using 1:3 with steps lc rgb orange lw 2 title "Anthropic", \
	csv using 1:4 with steps lc rgb violet lw 2 title "xAI", \
	csv using 1:5 with steps lc rgb green lw 2 title "Mistral AI"
