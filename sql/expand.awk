# expand.awk - the script that CREATE EXTENSION runs, from the topics' files,
# called .sql.in since pg_regress would take .sql ones for its tests
#
# What differs between two statements is all that is written twice there:
#
#	@replications	how often what is made by chance is made, by default
#	@version		that of the extension
#	@topics			the topics of the files before, separated by commas
#	@time			date in one statement, timestamptz in another; so are
#	@_date			_date and nothing, in names
#	@times			dates and times, in comments
#	@calendar		IMMUTABLE and STABLE, where the answer depends on the calendar
#	[, argument]	optional: a statement for each shorter list of arguments
#	IS 'text'		at the end: the comment on what the statement creates
#
# and the functions of a state, which foundation/aggregate.h makes in C:
#
#	CREATE STATE name(values and parameters) [VARIANTS (word, ...)]
#		[MOVING] [PARTIAL] [STABLE | @calendar]
#		IS 'what it is of';
#
# bubble_name_transfn, or for each variant bubble_word_name_transfn, and, if rows
# can leave it and parts of it be put together, _invtransfn, _combinefn, _serialfn
# and _deserialfn.
#
# Statements are separated by blank lines.  Comments on what users call begin
# with their topic, which is the name of the file.

BEGIN {
	RS = ""
	replications = 999		# as in foundation/parameters.h
}

FNR == 1 && topic() !~ /^(begin|end)$/ { topics = topics (topics == "" ? "" : ",") topic() }

# Some awks leave the last end of line of a file in its last record.
{
	sub(/\n+$/, "")
	gsub(/@replications/, replications)
	gsub(/@topics/, topics)
	gsub(/@version/, version)
}

/(^|\n)CREATE STATE / {
	state()
	next
}

/@/ {
	statements($0)
	next
}

{ forms($0) }

# A statement, for dates and for times if it says so.
function statements(statement)
{
	if (statement !~ /@/) {
		forms(statement)
		return
	}
	over(statement, "date", "_date", "dates", "IMMUTABLE")
	over(statement, "timestamptz", "", "times", "STABLE")
}

# A statement over times of one kind.
function over(statement, time, date, times, calendar)
{
	gsub(/@times/, times, statement)
	gsub(/@time/, time, statement)
	gsub(/@_date/, date, statement)
	gsub(/@calendar/, calendar, statement)
	forms(statement)
}

# A statement for each list of arguments, the shortest first.
function forms(statement, from, to, count, form, i)
{
	from = match(statement, /(^|\n)CREATE (FUNCTION|AGGREGATE) [a-z_0-9]*\(/) ? RSTART + RLENGTH : 0
	if (from == 0) {
		put(statement)
		return
	}
	to = closing(statement, from)
	count = split_forms(substr(statement, from, to - from), form)
	for (i = 1; i <= count; i++)
		put(substr(statement, 1, from - 1) form[i] substr(statement, to))
}

# The place of the parenthesis that closes the one before "from".
function closing(text, from, depth, c)
{
	for (depth = 1; depth > 0; from++) {
		c = substr(text, from, 1)
		if (c == "")
			exit 1
		depth += (c == "(") - (c == ")")
	}
	return from - 1
}

# The lists of arguments that optional ones make, and their number.
function split_forms(arguments, form, count, i, c, list)
{
	count = 0
	list = ""
	for (i = 1; i <= length(arguments); i++) {
		c = substr(arguments, i, 1)
		if (substr(arguments, i, 2) == "[]") {
			list = list "[]"
			i++
		} else if (substr(arguments, i, 2) == "[,") {
			sub(/ +$/, "", list)
			form[++count] = list
		} else if (c != "]")
			list = list c
	}
	form[++count] = list
	return count
}

# The functions of a state.
function state(text, name, arguments, options, volatility, of, from, to, words, count, i)
{
	text = $0
	match(text, /(^|\n)CREATE STATE /)
	printf "%s", substr(text, 1, RSTART - (RSTART > 1 ? 0 : 1))
	text = substr(text, RSTART + RLENGTH)
	from = index(text, "(") + 1
	to = closing(text, from)
	name = substr(text, 1, from - 2)
	arguments = substr(text, from, to - from)
	match(text, /\n\tIS '.*';$/)
	options = substr(text, to + 1, RSTART - to - 1)
	of = substr(text, RSTART + 6, RLENGTH - 8)
	volatility = options ~ /@calendar/ ? "@calendar" : options ~ /STABLE/ ? "STABLE" : "IMMUTABLE"
	count = variants_of(options, words)
	for (i = 1; i <= count; i++)
		of_state(words[i] name "_transfn(internal, " arguments ")", "internal", volatility,
			"transition: " of)
	if (options ~ /MOVING/)
		of_state(name "_invtransfn(internal, " arguments ")", "internal", volatility,
			"moving transition: the oldest row leaves " of)
	if (options !~ /PARTIAL/)
		return
	if (volatility == "@calendar")
		volatility = "STABLE"
	of_state(name "_combinefn(internal, internal)", "internal", volatility, "combine: two parts of " of)
	of_state(name "_serialfn(internal)", "bytea", "IMMUTABLE STRICT", "serialize: " of)
	of_state(name "_deserialfn(bytea, internal)", "internal", volatility " STRICT", "deserialize: " of)
}

# What the names of a state's transition functions begin with, and how many they are.
function variants_of(options, words, count, i)
{
	if (!match(options, /VARIANTS \([^)]*\)/)) {
		words[1] = ""
		return 1
	}
	count = split(substr(options, RSTART + 10, RLENGTH - 11), words, /, */)
	for (i = 1; i <= count; i++)
		words[i] = words[i] "_"
	return count
}

function of_state(signature, result, volatility, text)
{
	statements("CREATE FUNCTION bubble_" signature " RETURNS " result \
		"\n\tAS 'MODULE_PATHNAME', 'bubble_" substr(signature, 1, index(signature, "(") - 1) "'" \
		"\n\tLANGUAGE C " volatility " PARALLEL SAFE\n\tIS '" text "';")
}

# A statement, and a comment on what it creates.
function put(statement, at, text, kind, object)
{
	at = match(statement, /\n\tIS '.*';$/)
	if (at == 0 || statement !~ /(^|\n)CREATE /) {
		print statement "\n"
		return
	}
	text = substr(statement, at + 2)
	statement = substr(statement, 1, at - 1)
	match(statement, /(^|\n)CREATE [A-Z]+ /)
	object = substr(statement, RSTART + RLENGTH)
	kind = substr(statement, RSTART, RLENGTH)
	sub(/^\n?CREATE /, "", kind)
	if (kind == "TYPE ")
		sub(/ AS.*/, "", object)
	else {
		object = substr(object, 1, closing(object, index(object, "(") + 1))
		gsub(/ DEFAULT [^,)]*/, "", object)
		gsub(/\n\t/, " ", object)
	}
	print statement ";\nCOMMENT ON " kind object "\n\t" with_topic(text, object) "\n"
}

# The comment on what users call begins with its topic, which is the file's name.
function with_topic(text, object)
{
	if (text ~ /^IS '(I\/O|implementation of|hash|less-equal-greater|(moving )?transition:|combine:|(de)?serialize:|final:)/ ||
	    object ~ /^bubble_[a-z_]*(fn|_jsonb?|_draws)\(/)
		return text
	return "IS '" topic() ": " substr(text, 5)
}

function topic(name)
{
	name = FILENAME
	sub(/.*\//, "", name)
	sub(/\..*/, "", name)
	return name
}
