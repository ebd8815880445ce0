# What all pictures share. The colours are those of theme.awk, which gives each
# another one for dark pages. "csv" names the file, "first" and "last" are its
# first and last day, "wide" is 0 for narrow screens.
set terminal svg size (wide ? 960 : 400), (wide ? 420 : 360) dynamic font "sans-serif,13"
set datafile separator ","
ink = "#25241f"
muted = "#6b6961"
lines_of_grid = "#dedcd3"
blue = "#2a6fc9"
green = "#12805c"
orange = "#c9541b"
violet = "#7a4fc4"
yellow = "#d99a00"
red = "#cf3535"
set border 3 lc rgb muted lw 1
set tics textcolor rgb muted
set xtics nomirror scale 0.5
set ytics nomirror scale 0
set grid ytics lt 1 lc rgb lines_of_grid lw 1
set key above left Left reverse samplen 1.6 width 1 textcolor rgb ink maxrows (wide ? 1 : 3)
set xdata time
set timefmt "%Y-%m-%d"
set format x "%Y"
set xrange [first:last]
month = 365.2425 / 12 * 86400
calm = "#e2dfd4"
building = "#f2c49a"
elevated = "#e87f38"
bubble = "#c02a2a"
bursting = "#641313"
teal = "#0e8a99"
pink = "#b0407f"
olive = "#7c8420"

# Tics at true starts of years, no more than there is room for.
from = int(substr(first, 1, 4))
to = int(substr(last, 1, 4))
span = to - from
years = span < 8 ? 1 : span < 20 ? 2 : span < 60 ? (wide ? 5 : 10) : (wide ? 10 : 30)
set xtics strptime("%Y", "1800"), 1e12
do for [year = int(ceil(1.0 * from / years)) * years : to : years] {
	set xtics add (sprintf("%d", year) strptime("%Y", sprintf("%d", year)))
}
