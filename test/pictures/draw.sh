# draw.sh - pictures of the board that test/demo.sql makes, by gnuplot. Source
# it after test/lib.sh; a server with that board must be up.

PICTURES=$SRC/test/pictures
# A picture's script, if it is not its own, and what that needs to know.
script_of() {
	case $1 in
		score_*) echo score ;;
		*) echo "$1" ;;
	esac
}

settings_of() {
	case $1 in
		score_ai) echo "parts = 'money capital valuation adoption law economy'" ;;
		score_nasdaq) echo "parts = 'run-up near-peak BSADF explosive cheap-money'" ;;
	esac
}

# draw NAME TITLE TEXT [CLASS]: prints a picture, for narrow screens if that is
# its class.
draw() {
	csv=$WORK/$1.csv
	[ -e "$csv" ] || psql_ -q --csv -t <"$PICTURES/$1.sql" >"$csv" ||
		return
	wide=1
	if [ "${4:-}" = narrow ]; then wide=0; fi
	(cd "$PICTURES" && gnuplot -e "csv = '$csv'; wide = $wide;
		first = '$(head -n 1 "$csv" | cut -d, -f1)';
		last = '$(tail -n 1 "$csv" | cut -d, -f1)'; $(settings_of "$1")" \
		style.gp "$(script_of "$1").gp") >"$WORK/$1.raw" || return
	awk -v name="$1" -v title="$2" -v text="$3" -v class="${4:-}" \
		-f "$PICTURES/theme.awk" "$WORK/$1.raw"
}

captions() {
	psql_ -q -A -t -F '	' <"$PICTURES/captions.sql"
}

escaped() {
	sed 's/&/\&amp;/g; s/</\&lt;/g'
}

# One page that loads nothing from elsewhere.
report() {
	cat <<-PAGE
		<!doctype html>
		<html lang="en">
		<head>
		<meta charset="utf-8">
		<meta name="viewport" content="width=device-width, initial-scale=1">
		<title>Bubble scoreboard</title>
		<style>
	PAGE
	cat "$PICTURES/page.css" # its last rule is for dark pages, and is still open
	awk -v rules=1 -f "$PICTURES/theme.awk" /dev/null
	cat <<-PAGE
		}
		</style>
		</head>
		<body>
		<main>
		<h1>Is it a bubble? What the board says</h1>
	PAGE
	psql_ -q <"$PICTURES/page.sql" || return
	cat <<-PAGE
		<p class="note">A score is the weighted mean, from 0 to 100, of the
		standings of all indicators: the percentile of each among its own months
		so far, so that nothing looks ahead. Calm is below 40, building below 60,
		elevated below 80, bubble above; bursting while the index is more than
		20 % below its highest month, whatever the score.</p>
		<h2>Pictures</h2>
	PAGE
	captions >"$WORK/captions" || return
	while IFS='	' read -r _ name title said; do
		printf '<figure>\n<h3>%s</h3>\n' "$(echo "$title" | escaped)"
		draw "$name" "$title" "$said" wide || return
		draw "$name" "$title" "$said" narrow || return
		printf '<figcaption>%s</figcaption>\n' "$(echo "$said" | escaped)"
		printf '<details><summary>Statement</summary><pre>%s</pre></details>\n' \
			"$(escaped <"$PICTURES/$name.sql")"
		echo '</figure>'
	done <"$WORK/captions"
	cat <<-PAGE
		<p class="note">Made by bubble $(sed -n "s/^default_version = '\(.*\)'/\1/p" \
			"$SRC/bubble.control") from its example data; where they come from
		stands in test/data/README.md. Pictures by gnuplot.</p>
		</main>
		</body>
		</html>
	PAGE
}
