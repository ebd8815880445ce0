# theme.awk - makes a picture of gnuplot one for light and dark pages, with a
# title and a text instead of it: awk -v name=price -v title=… -v text=…
# [-v class=wide] -f theme.awk FILE.svg. With "class" it is to stand in a page,
# which has the rules for dark ones (-v rules=1 prints them), else alone.

BEGIN {
	split("25241f ebe9e1 6b6961 a5a298 dedcd3 3a3833 2a6fc9 6aa5ee 12805c 3fb489 c9541b f08a52" \
		" 7a4fc4 ac8cf0 0e8a99 45c0cf cf3535 f07070 b0407f e58bbd 7c8420 b5bf55" \
		" e2dfd4 4a4842 f2c49a 8f5d38 e87f38 d0743a c02a2a ea5c5c 641313 92303a", pair)
	for (i = 1; i in pair; i += 2) {
		dark = dark sprintf("[stroke=\"#%s\"]{stroke:#%s}[fill=\"#%s\"]{fill:#%s}",
			pair[i], pair[i + 1], pair[i], pair[i + 1])
	}
	if (rules) {
		print dark
		exit
	}
}

function escaped(words) {
	gsub(/&/, "\\&amp;", words)
	gsub(/</, "\\&lt;", words)
	gsub(/"/, "\\&quot;", words)
	return words
}

# rgb( 42, 111, 201) becomes #2a6fc9
function hexed(line,    part) {
	while (match(line, /rgb\([ 0-9,]*\)/)) {
		split(substr(line, RSTART + 4, RLENGTH - 5), part, ",")
		line = substr(line, 1, RSTART - 1) \
			sprintf("#%02x%02x%02x", part[1], part[2], part[3]) \
			substr(line, RSTART + RLENGTH)
	}
	return line
}

/<svg/ { head = 1 }
head {
	if (match($0, /viewBox="[^"]*"/)) box = substr($0, RSTART, RLENGTH)
	if ($0 !~ /^>/) next
	head = 0
	id = name (class ? "-" class : "")
	printf "<svg %s xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"%s-title %s-text\"%s>\n",
		box, id, id, class ? " class=\"picture " class "\"" : " font-family=\"sans-serif\""
	printf "<title id=\"%s-title\">%s</title>\n<desc id=\"%s-text\">%s</desc>\n",
		id, escaped(title), id, escaped(text)
	if (!class) {
		printf "<style>svg{background:#fcfbf7}@media (prefers-color-scheme:dark){svg{background:#1c1b18}%s}</style>\n", dark
	}
	next
}

/<\?xml/ || /^<desc>/ || /^$/ || /<rect x="0" y="0"/ { next }
/<defs>/ { skipping = 1 }
skipping { if (/<\/defs>/) skipping = 0; next }
{
	gsub(/<title>[^<]*<\/title>/, "")
	gsub(/<tspan font-family="sans-serif" >/, "<tspan>")
	gsub(/ font-family="sans-serif"/, "")
	gsub(/ id="[^"]*"/, "")
	gsub(/ class="gridline"/, "")
	gsub(/stroke='/, "stroke=\"")
	$0 = hexed($0)
	$0 = gensub_stroke($0)
	gsub(/"(black|white)"/, "\"#6b6961\"")
	gsub(/[ \t]+/, " ")
	sub(/^ /, "")
	if ($0 != "") print
}

# The other quote of an attribute that began with a single one.
function gensub_stroke(line) {
	while (match(line, /stroke="[^"' ]*'/)) {
		line = substr(line, 1, RSTART + RLENGTH - 2) "\"" substr(line, RSTART + RLENGTH)
	}
	return line
}
