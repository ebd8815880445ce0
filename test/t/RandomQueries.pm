# Random queries: every function, aggregate and window function of the extension,
# as the catalogues tell them, called with edge values in many forms that have to
# agree. What a statement must never do: end the server, raise an internal error,
# run past the timeout, or answer otherwise in another form of the same rows.
#
# A round is one run of psql over tables of its own. A case is one call in
# several forms; a form is one statement, whose output follows a line with its
# number, so that a server that ends is told by the last number.
#
# The same seed makes the same statements.
package RandomQueries;
use strict;
use warnings;

use Exporter 'import';
use File::Temp qw(tempdir);
use Time::HiRes qw(time sleep);

our @EXPORT = qw(random_queries);

my $timeout = 10;                # seconds for a statement

# What the README gives a tolerance for, and sums that it calls compensated with
# what divides by them.
my %tolerance = (growth_rate => 1e-9);
my $compensated = qr/^(average_drawdown|burke_ratio|drawdown_deviation|
	martin_ratio|pain_index|pain_ratio|sterling_ratio|ulcer_index|
	conditional_drawdown_at_risk)$/x;

# --- values -----------------------------------------------------------------

sub one_of { return $_[ int rand @_ ]; }

sub quoted
{
	my ($value) = @_;

	return 'NULL' unless defined $value;
	$value =~ s/'/''/g;
	return "'$value'";
}

my @floats = (
	undef, '0', '-0', '-1', '1', '2', '0.5', '-0.5', '100', '1e308', '-1e308',
	'1.7976931348623157e308', '4.9e-324', '-4.9e-324',
	'2.2250738585072014e-308', '1e-300', '1e15', '9007199254740993', 'NaN',
	'Infinity', '-Infinity', '0.95', '1e-17', '0.9999999999999999');
my @integers = (
	undef, '-9223372036854775808', '-2147483649', '-1', '0', '1', '2', '3', '4',
	'5', '7', '12', '20', '30', '2147483647', '2147483648',
	'9223372036854775807');
my @intervals = (
	undef, '0', '-1 day', '1 microsecond', '1 second', '1 day', '7 days',
	'1 month', '3 months', '1 year', '90 days', '2 years 3 months',
	'1 month -30 days', '-1 month 40 days', '1 month -1 day 3:00',
	'178000000 years', '-178000000 years', '2147483647 days',
	'1 month 2147483647 days', '12:00', '365.2425 days');
my @dates = (
	undef, 'infinity', '-infinity', '4713-01-01 BC', '0044-03-15 BC',
	'0001-01-01', '1969-12-31', '2000-01-01', '2020-02-29', '2020-01-31',
	'2020-12-31', '2021-03-28', '5874897-12-31', '294276-12-31', '294277-01-01');
my @times = (
	undef, 'infinity', '-infinity', '4713-01-01 00:00:00+00 BC',
	'0044-03-15 12:00:00+00 BC', '2000-01-01 00:00:00+00',
	'2020-02-29 23:59:59.999999+00', '2020-03-29 01:30:00+00',
	'2020-12-31 00:00:00+14', '294276-12-31 23:59:59.999999+00');
my @arrays = (
	undef, '{}', '{NULL}', '{NULL,NULL,NULL}', '{1}', '{1,2}', '{1,2,3}',
	'{1,2,3,4}', '{{1,2,3}}', '{{1},{2},{3}}', '{{1,2},{3,4}}', '[0:2]={1,2,3}',
	'{NaN,1,2}', '{Infinity,1,2}', '{-Infinity,NULL,1}', '{0,0,0}', '{-0,0,0}',
	'{-1,-2,-3}', '{1e308,1e308,1e308}', '{4.9e-324,1,1}',
	'{{100,150,160},{110,165,NULL},{120,NULL,NULL}}', '{0.2,0.3,0.5}',
	'{0.5,0.5,NULL}', '{' . join(',', 1 .. 70) . '}',
	'{' . join(',', (1) x 1001) . '}');
my %texts = (
	method => [qw(percentile minmax zscore robust harvey phillips_shi ROBUST)],
	aggregation => [
		qw(arithmetic geometric harmonic minimum maximum median ciss Median) ],
	criterion => [ 'aic', 'bic', 'AIC', undef ],
	deterministic => [qw(none constant trend)],
	filter => [qw(sornette trust shu_zhu lppls none)]);

# A constant of a type for an argument of a name; mostly one that is taken.
sub constant
{
	my ($name, $type, $edge) = @_;

	$edge = rand() < 0.3 unless defined $edge;
	if ($type eq 'double precision')
	{
		return quoted(one_of(@floats)) if $edge;
		return sprintf '%.3f', 0.01 + 0.9 * rand
		  if $name =~ /^(level|alpha|preference|perturbation|trimming|growth|
			margin|required_return|probability|min_depth|share)$/x;
		return sprintf '%.3f', 1.5 * rand if $name =~ /exponent/;
		return sprintf '%.2f', 20 * rand if $name =~ /frequency/;
		return sprintf '%.2f', 30 * rand if $name =~ /years|multiple/;
		return sprintf '%.2f', 150 * rand;
	}
	if ($type eq 'bigint' || $type eq 'integer')
	{
		return quoted(one_of(grep { $type eq 'bigint' || !defined || abs($_) < 2**31 }
				@integers))
		  if $edge;
		return one_of(9, 15, 20, 25) if $name =~ /window|shortest/;
		return one_of(30, 40, 60, 100) if $name =~ /observations|longest/;
		return one_of(0, 0, 1, 2) if $name =~ /lags/;
		return one_of(1, 5, 19) if $name =~ /replications/;
		return one_of(5, 10, 40) if $name eq 'step';
		return one_of(1, 2, 3, 5, 10);
	}
	return quoted($edge ? one_of(@intervals)
		: one_of('30 days', '90 days', '1 month', '3 months', '1 year'))
	  if $type eq 'interval';
	return quoted($edge ? one_of(@dates)
		: sprintf '2020-%02d-%02d', 1 + rand 12, 1 + rand 28)
	  if $type eq 'date';
	return quoted($edge ? one_of(@times)
		: sprintf '2020-%02d-%02d %02d:30:00+00', 1 + rand 12, 1 + rand 28,
		rand 24)
	  if $type eq 'timestamp with time zone';
	return one_of('true', 'false', $edge ? 'NULL' : 'true')
	  if $type eq 'boolean';
	if ($type eq 'text')
	{
		return quoted(one_of(undef, '', 'x', "'", 'é' x 70, 'zscore'))
		  if $edge || !$texts{$name};
		return quoted(one_of(@{ $texts{$name} }));
	}
	return quoted($edge ? one_of(@arrays)
		: $name eq 'triangle' ? one_of('{{10,15,16},{11,16,NULL},{12,NULL,NULL}}', '{{5}}')
		: $name eq 'thresholds' ? one_of('{80,100}', '{1,2,3}')
		: one_of('{1,2,3}', '{0.2,0.3,0.5}', '{0,1,0}'))
	  if $type eq 'double precision[]';
	return "(SELECT s FROM odd WHERE n = ${\ int rand 30})"
	  if $type eq 'bubble_series' && $edge;
	return "(SELECT s FROM odd WHERE n = ${\ (30 + int rand 10)})"
	  if $type eq 'bubble_series';
	return "(SELECT m FROM odd WHERE n = ${\ int rand 40})"
	  if $type eq 'drawdown_summary';
	if ($type =~ /^(date|timestamp with time zone)\[\]$/)
	{
		my $element = $1;
		my $length = one_of(0, 1, 3, 3, 4);

		return one_of('NULL', "'{}'", "'{{2020-01-01,2020-01-02}}'",
			"'[0:2]={2020-01-01,2020-01-02,2020-01-03}'", "'{NULL}'")
		  if $edge;
		return 'ARRAY['
		  . join(', ', map { constant('', $element) . "::$element" } 1 .. $length)
		  . ']';
	}
	return 'NULL';
}

# The columns that an observed argument is taken from: good ones, ones with ties
# and NULLs, wild ones.
sub column
{
	my ($name, $type) = @_;
	my $kind = one_of('', '', '', '', '2', '3');

	return one_of('ret', 'ret', 'x3') if $name =~ /^returns?$/;
	return one_of('q', 'q', 'q', 'x3') if $name eq 'probability';
	return "x$kind" if $type eq 'double precision';
	return ($name =~ /next_at|reported_at/ ? 'e' : 'd') . $kind if $type eq 'date';
	return ($name =~ /next_at|reported_at/ ? 'u' : 't') . $kind
	  if $type eq 'timestamp with time zone';
	return "b$kind" if $type eq 'boolean';
	return "a$kind" if $type eq 'double precision[]';
	return one_of('s', 's3') if $type eq 'bubble_series';
	return one_of('m', 'm3') if $type eq 'drawdown_summary';
	return constant($name, $type);
}

my $parameter = qr/^(threshold|thresholds|weights|alpha|min_depth|preference|
	perturbation|as_of|critical|block|trimming|penalty|seed|span)$/x;

# The arguments of an aggregate or of a window function, over the rows.
sub arguments
{
	my ($function) = @_;
	my @arguments;

	foreach my $n (0 .. $#{ $function->{types} })
	{
		my ($name, $type) = ($function->{names}[$n], $function->{types}[$n]);
		my $observed = $name !~ $parameter && ($name ne 'level' || $n == 0)
		  && rand() > 0.02;

		# A row for every month up to as_of, so many in each of many frames, is
		# what was asked for.
		my $edge = "$function->{name} $name" eq 'completed_funding as_of' ? 0 : undef;

		push @arguments,
		  '(' . ($observed ? column($name, $type) : constant($name, $type, $edge))
		  . ")::$type";
	}
	return @arguments;
}

# --- tables -----------------------------------------------------------------

# Rows in four groups of 40, 15, 3 and 1, of which the wild columns hold edge
# values, many or few; the same in a table and in a partitioned one.
sub tables
{
	my @rows;
	my $wild = one_of(0.03, 0.1, 0.5);
	my $month_ends = rand() < 0.3;
	my $price = 100;
	my $i = 0;

	foreach my $group ([ 1, 40 ], [ 2, 15 ], [ 3, 3 ], [ 4, 1 ])
	{
		foreach my $n (1 .. $group->[1])
		{
			my $day = int($month_ends ? 30.44 * $n : 3 * $n + rand 3);
			my $edge = sub { rand() < $wild };

			$price *= 1 + 0.2 * (rand() - 0.48);
			$i++;
			push @rows, '(' . join(', ',
				$group->[0], $i, int rand 6,
				sprintf('%.4f', $price),
				rand() < 0.15 ? 'NULL' : one_of(1, 2, 3, 100.5),
				$edge->() ? constant('', 'double precision', 1)
				: sprintf('%.3f', 20 * rand),
				sprintf('%.3f', 0.2 * (rand() - 0.5)), sprintf('%.3f', rand),
				"date '2020-01-31' + $day",
				rand() < 0.1 ? 'NULL' : "date '2020-01-31' + " . int rand 12,
				$edge->() ? constant('', 'date', 1) : "date '2020-01-01' + $day",
				$edge->() ? constant('', 'timestamp with time zone', 1)
				: "timestamptz '2020-01-01 UTC' + interval '$day days'",
				one_of('true', 'false'), one_of('true', 'false', 'NULL'),
				sprintf("'{%.2f,%.2f,%d}'", $price, 5 * rand, rand 3),
				one_of("'{1,NULL,3}'", "'{NULL,2,3}'", "'{5,4,3}'", 'NULL',
					"'{NULL,NULL,NULL}'"),
				$edge->() ? constant('', 'double precision[]', 1)
				: "'{1,2," . int(rand 9) . "}'",
				int rand 40) . ')';
		}
	}
	@rows = sort { $a->[0] <=> $b->[0] } map { [ rand, $_ ] } @rows;

	my $values = join ",\n", map { $_->[1] } @rows;
	return <<"SQL" . odd_values() . <<'SQL';
DROP TABLE IF EXISTS observed, parts, odd CASCADE;
CREATE TABLE observed (g int, i int, k int, x float8, x2 float8, x3 float8, ret float8, q float8,
	d date, d2 date, d3 date, t3 timestamptz, b bool, b2 bool,
	a float8[], a2 float8[], a3 float8[], n int,
	t timestamptz, t2 timestamptz, b3 bool, e date, e2 date, e3 date,
	u timestamptz, u2 timestamptz, u3 timestamptz,
	s bubble_series, s3 bubble_series, m drawdown_summary, m3 drawdown_summary);
INSERT INTO observed (g, i, k, x, x2, x3, ret, q, d, d2, d3, t3, b, b2, a, a2, a3, n) VALUES
$values;
SQL
UPDATE observed SET t = (d + time '16:00') AT TIME ZONE 'UTC', t2 = d2, b3 = NOT b2, e = d + 20,
	e2 = CASE WHEN k > 2 THEN d2 + 5 END, e3 = d3, u = d + 20, u2 = d2 + 5, u3 = t3,
	s = bubble_series(ARRAY[d], ARRAY[x]), s3 = (SELECT s FROM odd WHERE odd.n = observed.n);
UPDATE observed SET m = (SELECT drawdown_summary(value, at) FROM unnest_dates(s));
UPDATE observed SET m3 = (SELECT odd.m FROM odd WHERE odd.n = observed.n);
CREATE TABLE parts (LIKE observed) PARTITION BY HASH (g);
CREATE TABLE parts_0 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parts SELECT * FROM observed ORDER BY md5(i::text);
ANALYZE observed, parts;
SQL
}

# Series and summaries of odd shapes; what cannot be made is not there.
sub odd_values
{
	my $sql = "CREATE TABLE odd (n int, s bubble_series, m drawdown_summary);\n";
	my $day = "date '2020-01-01' + i";
	my @values = (
		"NULL", 'date{}', 'timestamptz{}', 'date{2020-01-01=1}',
		'date{2020-01-01=0}', 'date{2020-01-01=-0,2020-01-02=0}',
		'date{2020-01-01=1,2020-01-02=1e308,2020-01-03=1e-300}',
		'date{-infinity=1,2020-01-01=2,infinity=3}',
		'date{4713-01-01 BC=1,5874897-12-31=2}',
		'date{2020-01-01=NaN}', 'date{2020-01-01=Infinity}',
		'date{2020-01-01=-1,2020-02-01=-2}',
		'timestamptz{2020-01-01 00:00:00+00=1,2020-01-01 00:00:00.000001+00=2}',
		'timestamptz{-infinity=5,infinity=5}',
		'date{2020-01-01=4.9e-324,2020-01-02=4.9e-324}');

	foreach my $n (0 .. 14)
	{
		$sql .= "INSERT INTO odd (n, s) SELECT $n, "
		  . ($n == 0 ? 'NULL' : quoted($values[$n])) . ";\n";
	}
	foreach my $made (
		"bubble_series(7, $day) FROM generate_series(1, 60) AS i",
		"bubble_series(i, date '2020-01-01') FROM generate_series(1, 9) AS i",
		"bubble_series(2 ^ i, $day) FROM generate_series(1, 60) AS i",
		"bubble_series(2 ^ -i, $day) FROM generate_series(1, 70) AS i",
		"bubble_series(1e308 * (1 - 2 * (i % 2)), $day) FROM generate_series(1, 40) AS i",
		"bubble_series(4.9e-324 * i, $day) FROM generate_series(1, 40) AS i",
		"wealth_series(0.1 * sin(i), $day) FROM generate_series(1, 60) AS i",
		"bubble_series(CASE WHEN i % 3 > 0 THEN i END, $day) FROM generate_series(1, 40) AS i",
		"bubble_series(i, date '2020-01-31' + 31 * i) FROM generate_series(1, 90) AS i",
		"drawdown_path(bubble_series(100 + 30 * sin(i), $day)) FROM generate_series(1, 50) AS i",
		"slice(bubble_series(i, $day), NULL, '2020-01-20') FROM generate_series(1, 40) AS i",
		"bubble_series(i % 2, $day) FROM generate_series(1, 41) AS i",
		"bubble_series(1 + 1e-15 * (i % 3), $day) FROM generate_series(1, 50) AS i",
		"bubble_series(1, timestamptz '2020-01-01' + i * interval '1 us')"
		  . ' FROM generate_series(1, 30) AS i',
		"bubble_series(exp(700 - i), $day) FROM generate_series(1, 50) AS i")
	{
		state_number(\my $n, \$sql, $made);
	}
	foreach my $n (30 .. 39)
	{
		my $length = one_of(30, 45, 60, 100);
		my $step = one_of(0.01, 0.05, 0.2);
		my $price = 0;
		my $at = rand() < 0.6 ? $day
		  : "timestamptz '2020-01-01 UTC' + i * interval '1 day'";
		my $values = join ',',
		  map { $price += $step * (rand() - 0.47); sprintf '%.5f', 100 * exp $price }
		  1 .. $length;

		$sql .= "INSERT INTO odd (n, s) SELECT $n, bubble_series(v, $at)"
		  . " FROM unnest('{$values}'::float8[]) WITH ORDINALITY AS w (v, j), int8(j) AS l,"
		  . " int4(l) AS i;\n";
	}
	my $summary = '(SELECT drawdown_summary(value, at) FROM unnest(s))';

	return $sql
	  . "UPDATE odd SET m = $summary WHERE n >= 25;\n"
	  . "UPDATE odd SET m = $summary WHERE n IN (3, 12, 15, 16);\n"
	  . "UPDATE odd SET m = (SELECT rollup(m) FROM odd) WHERE n = 20;\n";
}

sub state_number
{
	my (undef, $sql, $made) = @_;
	my $n = 15 + (() = $$sql =~ /SELECT \(SELECT/g);

	$$sql .= "INSERT INTO odd (n, s) SELECT (SELECT $n), $made;\n";
}

# --- cases ------------------------------------------------------------------

my @frames = map { my $mode = $_; map { "$mode $_" } (
	'BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW',
	'BETWEEN UNBOUNDED PRECEDING AND 2 FOLLOWING',
	'BETWEEN 3 PRECEDING AND CURRENT ROW', 'BETWEEN 5 PRECEDING AND 2 PRECEDING',
	'BETWEEN 1 FOLLOWING AND 4 FOLLOWING',
	'BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING',
	'BETWEEN 2 PRECEDING AND UNBOUNDED FOLLOWING',
	'BETWEEN 10 PRECEDING AND 10 FOLLOWING', 'BETWEEN CURRENT ROW AND CURRENT ROW',
	'BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING',
	'BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING') } qw(ROWS RANGE GROUPS);

my @exclusions = ('', '', ' EXCLUDE CURRENT ROW', ' EXCLUDE GROUP', ' EXCLUDE TIES',
	' EXCLUDE NO OTHERS');

my $parallel = 'SET max_parallel_workers_per_gather = 2; SET parallel_setup_cost = 0;'
  . ' SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;'
  . ' SET enable_partitionwise_aggregate = on;';
my $serial = 'SET max_parallel_workers_per_gather = 0; RESET enable_hashagg;'
  . ' RESET enable_sort; RESET enable_partitionwise_aggregate;';

# An aggregate over groups, or over all rows.
sub aggregate_case
{
	my ($f) = @_;
	my $arguments = join ', ', arguments($f);
	my $filter = rand() < 0.25 ? one_of('i % 3 <> 0', 'k > 2', 'x2 IS NOT NULL', 'false') : '';
	my ($group, $by, $keys) =
	  rand() < 0.75
	  ? ('g, ', 'GROUP BY g', 'SELECT DISTINCT g FROM observed')
	  : ('', '', 'SELECT 1 AS g');
	my $call = sub {
		my ($order, $filtered) = @_;

		return "$f->{name}($arguments" . ($order ? " ORDER BY $order" : '') . ')'
		  . ($filter && $filtered ? " FILTER (WHERE $filter)" : '');
	};
	my $own = $f->{in_parts} ? '' : 'i';
	my $plain = $call->($own, 1);
	my $where = ($filter ? "WHERE $filter" : 'WHERE true')
	  . ($group ? ' AND o.g = keys.g' : '');
	my $sorted = $group ? 'ORDER BY g' : '';
	my $over = ($group ? 'PARTITION BY g ' : '')
	  . 'ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING';
	my $window = "$f->{name}($arguments)" . ($filter ? " FILTER (WHERE $filter)" : '');
	my $base = "SELECT $group($plain)::text FROM observed $by $sorted";
	my @forms = (
		"SELECT $group("
		  . $call->($own || one_of('md5(i::text)', 'i', 'i DESC', 'k, i'), 1) . ")::text"
		  . " FROM observed $by $sorted",
		"SELECT $group($plain)::text FROM parts $by $sorted",
		"SET enable_partitionwise_aggregate = on;"
		  . " SELECT $group($plain)::text FROM parts $by $sorted",
		"$parallel SELECT $group($plain)::text FROM observed $by $sorted",
		"$parallel SET enable_hashagg = off; SELECT $group($plain)::text FROM parts $by $sorted",
		"BEGIN; DECLARE c SCROLL CURSOR FOR $base; FETCH ALL FROM c; COMMIT",
		"SET enable_sort = off; SELECT $group($plain)::text FROM"
		  . " (SELECT * FROM observed ORDER BY i DESC OFFSET 0) AS o $by $sorted",
		"SELECT ${\ ($group && 'keys.g, ')}"
		  . "(SELECT (${\ $call->($own, 0)})::text FROM observed AS o $where)"
		  . " FROM ($keys) AS keys ${\ ($group && 'ORDER BY keys.g')}",
		"SELECT DISTINCT ON (${\ ($group ? 'g' : '1 + 1')}) $group(w)::text FROM"
		  . " (SELECT g, i, $window OVER ($over) AS w FROM observed) AS o"
		  . ($group ? ' ORDER BY g, i' : ' ORDER BY 1 + 1, i'));

	push @forms, "SELECT g, ($plain)::text FROM observed"
	  . ' GROUP BY GROUPING SETS ((g), (g, k), ()) HAVING grouping(g, k) = 1 ORDER BY g'
	  if $group;
	return case($f, choose($f->{heavy} ? 2 : 4, $base, @forms));
}

# DISTINCT inside the call and before it; 0 and -0 are one value.
sub distinct_case
{
	my ($f) = @_;
	my @arguments = arguments($f);
	my $list = join ', ', map { "$arguments[$_] AS c$_" } 0 .. $#arguments;
	my $columns = join ', ', map { "c$_" } 0 .. $#arguments;

	return aggregate_case($f) unless $f->{in_parts};
	return case($f,
		"SELECT g, ($f->{name}($columns))::text FROM"
		  . " (SELECT DISTINCT g, $list FROM observed WHERE x3::text <> '-0') AS o"
		  . " GROUP BY g ORDER BY g",
		"SELECT g, ($f->{name}(DISTINCT ${\ join ', ', @arguments}))::text FROM observed"
		  . " WHERE x3::text <> '-0' GROUP BY g ORDER BY g");
}

# A moving frame against the same rows gathered anew.
sub frame_case
{
	my ($f) = @_;
	my $arguments = join ', ', arguments($f);
	my $frame = one_of(@frames) . one_of(@exclusions);
	my $key = $f->{in_parts} ? one_of('i', 'k', 'd', 'd2') : 'i';
	my $filter = rand() < 0.15 ? ' FILTER (WHERE k > 1)' : '';
	my $group = rand() < 0.8 ? 'PARTITION BY g ' : '';
	my $rows = $f->{heavy} ? 'observed WHERE i % 2 = 0' : 'observed';

	$frame =~ s/(\d+) (PRECEDING|FOLLOWING)/'$1 days' $2/g
	  if $frame =~ /^RANGE/ && $key =~ /^d/;
	my $over = "($group" . "ORDER BY $key $frame)";
	my $inner = $f->{in_parts} ? '' : ' ORDER BY i';

	return case($f,
		"SELECT i, ($f->{name}($arguments)$filter OVER $over)::text FROM $rows ORDER BY i",
		"SELECT w.i, (SELECT ($f->{name}($arguments$inner)$filter)::text FROM observed AS o"
		  . " WHERE o.i = ANY (w.rows)) FROM"
		  . " (SELECT i, array_agg(i) OVER $over AS rows FROM $rows) AS w ORDER BY w.i",
		rand() < 0.3
		  && ($key eq 'i' || $frame !~ /^ROWS/)
		? "BEGIN; DECLARE c CURSOR FOR SELECT i,"
		  . " ($f->{name}($arguments)$filter OVER $over)::text FROM"
		  . " (SELECT * FROM $rows ORDER BY md5(i::text) OFFSET 0) AS o ORDER BY i;"
		  . ' FETCH ALL FROM c; COMMIT'
		: ());
}

# A window function in whatever order the rows lie.
sub window_case
{
	my ($f) = @_;
	my $arguments = join ', ', arguments($f);
	my $frame = rand() < 0.5 ? ' ' . one_of(@frames) . one_of(@exclusions) : '';
	my $over = '(' . one_of('', 'PARTITION BY g ') . "ORDER BY i$frame)";
	my $call = "$f->{name}($arguments) OVER $over";

	return case($f,
		"SELECT i, ($call)::text FROM observed ORDER BY i",
		"SELECT i, ($call)::text FROM parts ORDER BY i",
		"$parallel SELECT i, ($call)::text FROM"
		  . ' (SELECT * FROM parts ORDER BY md5(i::text) OFFSET 0) AS o ORDER BY i');
}

# A function of constants: folded by the planner, over a row, prepared.
sub function_case
{
	my ($f) = @_;
	my @types = @{ $f->{types} };
	my $left_out = $f->{defaults} ? int rand(1 + $f->{defaults}) : 0;

	$#types -= $left_out;
	my @values = map { '(' . constant($f->{names}[$_], $types[$_]) . ")::$types[$_]" } 0 .. $#types;
	my $prepared = join ', ', @types;
	my $numbers = join ', ', map { '$' . (1 + $_) } 0 .. $#types;
	my $columns = join ', ', map { "c$_" } 0 .. $#types;
	my $list = join ', ', map { "$values[$_] AS c$_" } 0 .. $#types;
	my $select = sub {
		my ($with, $arguments, $from) = @_;

		return $f->{set}
		  ? "${with}SELECT count(*), md5(string_agg(q::text, '|')),"
		  . " left(string_agg(q::text, '|'), 200)"
		  . ' FROM ' . ($from ? "$from, " : '') . "$f->{name}($arguments) AS q"
		  : "${with}SELECT ($f->{name}($arguments))::text" . ($from ? " FROM $from" : '');
	};

	if ($f->{volatile} || $f->{kind} eq 'p')
	{
		return case($f, $f->{kind} eq 'p' ? "CALL $f->{name}(${\ join ', ', @values})"
			: 'BEGIN; ' . $select->('', join(', ', @values), '') . '; ROLLBACK');
	}
	return case($f,
		$select->('', join(', ', @values), ''),
		$select->("WITH v AS MATERIALIZED (SELECT $list) ", $columns, 'v'),
		'DEALLOCATE ALL; SET plan_cache_mode = force_generic_plan; PREPARE p'
		  . ($prepared ? "($prepared)" : '') . ' AS ' . $select->('', $numbers, '')
		  . '; EXECUTE p' . (@values ? '(' . join(', ', unprepared(@values)) . ')' : ''))
	  if $f->{set} || !@values || rand() < 0.7;
	return case($f,
		"SELECT string_agg(($f->{name}($columns))::text, ' ' ORDER BY j) FROM"
		  . " (SELECT j, $list FROM generate_series(1, 3) AS j) AS v",
		"$parallel SELECT string_agg(($f->{name}($columns))::text, ' ' ORDER BY j) FROM"
		  . " (SELECT o.g AS j, $list FROM observed AS o WHERE o.i IN (1, 41, 56)) AS v");
}

# EXECUTE takes no subqueries.
sub unprepared
{
	return map { s/\(SELECT (\w) FROM odd WHERE n = (\d+)\)/odd_$1($2)/gr } @_;
}

sub case
{
	my ($f, @statements) = @_;

	return { name => $f->{name}, statements => \@statements };
}

# The first one and some of the others.
sub choose
{
	my ($count, $first, @others) = @_;

	while (@others > $count) { splice @others, int rand @others, 1; }
	return ($first, @others);
}

sub random_case
{
	my ($f) = @_;

	return function_case($f) if $f->{kind} =~ /[fp]/;
	return window_case($f) if $f->{kind} eq 'w';
	my $kind = rand;
	return distinct_case($f) if $kind < 0.1;
	return frame_case($f) if $kind < 0.4;
	return aggregate_case($f);
}

# --- boards -----------------------------------------------------------------

# A board over tables of edge values: refreshed after every change, it holds the
# same as one that is made of the same tables at once.
sub board_cases
{
	my (@columns) = @_;
	my $f = { name => 'scoreboard' };
	my $fill = sub { join ' ', map { board_rows('board_a', $_, @_) } @columns };
	my $copy = join ' ',
	  map { "INSERT INTO board_b.$_->{relation} SELECT * FROM board_a.$_->{relation};" } @columns;

	return (
		case($f, 'DROP SCHEMA IF EXISTS board_a, board_b CASCADE;'
			  . " SELECT count(*) FROM bubble_create_tables('board_a');"
			  . " SELECT count(*) FROM bubble_create_scoreboard('board_a');"
			  . " SELECT count(*) FROM bubble_create_tables('board_b')"),
		case($f, $fill->(40)), case($f, "CALL bubble_refresh('board_a')"),
		case($f, $fill->(10)), case($f, "CALL bubble_refresh('board_a')"),
		case($f, 'DELETE FROM board_a.market_price WHERE extract(day FROM at) = 7;'
			  . ' UPDATE board_a.market_price SET close = 2 * close'
			  . " WHERE symbol = 'B' AND at < '2021-02-01' AND close < 1e300;"
			  . ' DELETE FROM board_a.member WHERE member = \'C\''),
		case($f, "CALL bubble_refresh('board_a')"),
		case($f, $copy . " SELECT count(*) FROM bubble_create_scoreboard('board_b')"),
		case($f, "CALL bubble_refresh('board_b')"),
		case($f, 'SELECT WHERE false', "SELECT * FROM board_difference('board_a', 'board_b')"),
		case($f, 'SELECT WHERE false',
			"SELECT step, error FROM board_a.scoreboard_log"
			  . " WHERE error <> '' AND error !~ '^55000'"));
}

my $board_difference = <<'SQL';
CREATE OR REPLACE FUNCTION board_difference(one text, other text) RETURNS SETOF text
LANGUAGE plpgsql AS $$
DECLARE
	name text;
BEGIN
	FOR name IN
		SELECT relname FROM pg_class AS c
		WHERE relnamespace = one::regnamespace AND relispopulated AND (relkind = 'm' OR relname IN
			('price_month', 'price_sector', 'price_explosive', 'scoreboard_value'))
			AND relname <> 'price_now'
			AND (SELECT o.relispopulated FROM pg_class AS o
				WHERE o.relname = c.relname AND o.relnamespace = other::regnamespace)
		ORDER BY 1
	LOOP
		RETURN QUERY EXECUTE format('(SELECT %3$L || a::text FROM %1$I.%3$I AS a EXCEPT ALL
			SELECT %3$L || b::text FROM %2$I.%3$I AS b) UNION ALL
			(SELECT ''not '' || %3$L || b::text FROM %2$I.%3$I AS b EXCEPT ALL
			SELECT ''not '' || %3$L || a::text FROM %1$I.%3$I AS a) ORDER BY 1 LIMIT 4',
			one, other, name);
	END LOOP;
END
$$;
SQL

sub board_rows
{
	my ($board, $table, $count) = @_;
	my $relation = $table->{relation};
	my $sql = '';

	if ($relation eq 'market_price')
	{
		my $step = one_of(1, 1, 30);
		my $first = one_of('2019-03-31', '2020-01-01', '2016-12-31');

		$sql = "INSERT INTO $board.market_price SELECT s, date '$first' + i * $step,"
		  . ' 100 * exp(0.3 * sin(i / 17.0 + ascii(s)) + ' . sprintf('%.4f', 0.01 * rand)
		  . " * i) FROM generate_series(1, ${\ ($count * 12)}) AS i, unnest('{A,B,C}'::text[]) AS s"
		  . ' ON CONFLICT DO NOTHING;';
	}
	foreach my $n (1 .. $count)
	{
		my @names = map { $_->[0] } @{ $table->{columns} };
		my $edge = rand() < 0.05;
		my @values =
		  map { board_value($_->[0], $_->[1], $edge && rand() < 0.5) } @{ $table->{columns} };

		$sql .= " INSERT INTO $board.$relation (${\ join ', ', @names})"
		  . " VALUES (${\ join ', ', @values}) ON CONFLICT DO NOTHING;";
	}
	return $sql;
}

sub board_value
{
	my ($name, $type, $edge) = @_;

	return quoted(one_of('revenue', 'net_burn', 'cash', 'compute_spend', 'other'))
	  if $name eq 'metric';
	return quoted(one_of('policy_rate', 'credit_spread', 'other')) if $name eq 'series';
	return quoted(one_of('S', 'T')) if $name eq 'sector';
	return quoted(one_of(undef, 'A', 'S', 'x')) if $name eq 'subject';
	return quoted($edge ? one_of('', 'x', 'é\'"') : one_of('A', 'B', 'C')) if $type eq 'text';
	return constant($name, $type, 1) if $edge && $type eq 'date';
	return quoted(one_of(grep { !defined || abs($_) < 1e100 && abs($_) > 1e-100 } @floats))
	  if $edge;
	return 'NULL' if $name eq 'reported_at' && rand() < 0.5;
	return sprintf "'%d-%02d-%02d'", 2019 + rand 4, 1 + rand 12, 1 + rand 28 if $type eq 'date';
	return sprintf '%.2f', 500 * rand;
}

sub board_columns
{
	my ($psql) = @_;
	my @tables;

	open my $out, '-|', @$psql, '-qAtX', '-c',
	  'SELECT relation, name, type FROM bubble_board_columns()'
	  . " WHERE place > 0 AND relation !~ '^load_' ORDER BY relation, place"
	  or die "psql: $!";
	while (<$out>)
	{
		chomp;
		my ($relation, $name, $type) = split /\|/;

		push @tables, { relation => $relation, columns => [] }
		  if !@tables || $tables[-1]{relation} ne $relation;
		push @{ $tables[-1]{columns} }, [ $name, $type ];
	}
	close $out or die 'psql failed';
	return @tables;
}

# --- what the catalogues tell -------------------------------------------------

my $catalogue = <<'SQL';
SELECT p.proname, p.prokind, p.proretset, p.provolatile = 'v', p.pronargdefaults,
	coalesce(a.aggcombinefn <> 0, false), greatest(p.procost, fin.procost) >= 100000,
	(SELECT string_agg(t::regtype::text, ',' ORDER BY n)
		FROM unnest(p.proargtypes) WITH ORDINALITY AS u (t, n)),
	(SELECT string_agg(coalesce(p.proargnames[n], ''), ',' ORDER BY n)
		FROM unnest(p.proargtypes) WITH ORDINALITY AS u (t, n))
FROM pg_proc p
	JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
	LEFT JOIN pg_aggregate a ON a.aggfnoid = p.oid
	LEFT JOIN pg_proc fin ON fin.oid = a.aggfinalfn
WHERE d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'bubble') AND
	NOT p.proargtypes::oid[] && '{internal,cstring}'::regtype[]::oid[] AND
	p.prorettype <> 'internal'::regtype
ORDER BY p.oid::regprocedure::text COLLATE "C"
SQL

sub functions
{
	my ($psql) = @_;
	my @functions;

	open my $out, '-|', @$psql, '-qAtX', '-c', $catalogue or die "psql: $!";
	while (<$out>)
	{
		chomp;
		my ($name, $kind, $set, $volatile, $defaults, $in_parts, $heavy, $types, $names) =
		  split /\|/, $_, -1;
		my @types = split /,/, $types;
		my @names = split /,/, $names, -1;

		push @functions,
		  {
			name => $name,
			kind => $kind,
			set => $set eq 't',
			volatile => $volatile eq 't',
			defaults => $defaults,
			in_parts => $in_parts eq 't',
			heavy => $heavy eq 't',
			types => \@types,
			names => [ map { $names[$_] // '' } 0 .. $#types ]
		  };
	}
	close $out or die 'psql failed';
	die 'the extension is not there' unless @functions > 100;
	return @functions;
}

# --- running ------------------------------------------------------------------

# random_queries(psql => [ command ], statements => N, seed => S, say => sub):
# returns a hash of counts, and the faults as texts.
sub random_queries
{
	my (%options) = @_;
	my $say = $options{say} || sub { };
	my %result = (statements => 0, cases => 0, errors => 0, rounding => 0,
		state => {}, faults => []);
	my $directory = tempdir(CLEANUP => 1);
	my @all = functions($options{psql});
	my @only = grep { !$options{only} || $_->{name} =~ $options{only} } @all;
	my @tables = board_columns($options{psql});
	my @queue;

	srand $options{seed};
	while ($result{statements} < $options{statements})
	{
		my @cases;
		my $count = 0;

		@cases = board_cases(@tables)
		  if $options{boards} && rand() < $options{boards};
		while ($count < 250 && $result{statements} + $count < $options{statements})
		{
			@queue = sort { $a->[0] <=> $b->[0] } map { [ rand, $_ ] } @only unless @queue;
			my $case = random_case((shift @queue)->[1]);

			push @cases, $case;
			$count += @{ $case->{statements} };
		}
		run_round(\%result, $options{psql}, $directory, \@cases);
		$say->(\%result);
	}
	return %result;
}

my $setting = <<"SQL";
\\set VERBOSITY verbose
\\pset null NULL
SET client_min_messages = error;
SET jit = off;
SQL

sub run_round
{
	my ($result, $psql, $directory, $cases) = @_;
	my $file = "$directory/round.sql";
	my @statements = map { @{ $_->{statements} } } @$cases;
	my $zone = one_of('UTC', 'America/New_York', 'Asia/Kolkata', 'Antarctica/Troll');
	my $n = 0;

	open my $sql, '>', $file or die "$file: $!";
	print $sql $setting, "SET timezone = '$zone';\n", tables(), <<"SQL";
CREATE OR REPLACE FUNCTION odd_s(int) RETURNS bubble_series STABLE LANGUAGE sql
	RETURN (SELECT s FROM odd WHERE n = \$1);
CREATE OR REPLACE FUNCTION odd_m(int) RETURNS drawdown_summary STABLE LANGUAGE sql
	RETURN (SELECT m FROM odd WHERE n = \$1);
SET statement_timeout = '${timeout}s';
$board_difference\\timing on
SQL
	foreach my $statement (@statements)
	{
		print $sql "$serial\n\\echo #$n#\n$statement;\n\\echo #end#\nROLLBACK;\n";
		$n++;
	}
	print $sql "\\echo #done#\n";
	close $sql;

	open my $out, '-|', "@$psql -qAtX -f $file 2>&1" or die "psql: $!";
	my (@answers, $current);
	my $done = 0;
	while (<$out>)
	{
		if (/^#(\d+)#$/) { $current = $1; $answers[$current] = ''; }
		elsif (/^#end#$/) { undef $current; }
		elsif (/^#done#$/) { $done = 1; }
		elsif (defined $current) { $answers[$current] .= $_; }
	}
	close $out;
	if (!$done)
	{
		push @{ $result->{faults} }, "the server ended the session\n  $statements[$#answers];\n";
		sleep 1;
		for (1 .. 60)
		{
			last if system("@$psql -qAtX -c 'SELECT 1' >/dev/null 2>&1") == 0;
			sleep 1;
		}
	}
	$n = 0;
	foreach my $case (@$cases)
	{
		my $last = $n + $#{ $case->{statements} };

		last if $last > $#answers;
		judge($result, $case, @answers[ $n .. $last ]);
		$n = $last + 1;
	}
	$result->{statements} += @answers;
}

# Takes the time and the error out of what a statement printed.
sub read_answer
{
	my ($text) = @_;
	my $ms = 0;
	my $error;

	while ($text =~ /^Time: ([\d.]+) ms.*$/gm) { $ms = $1 if $1 > $ms; }
	$text =~ s/^Time: .*\n//gm;
	($error, my $message) = ($1, $2) if $text =~ /(?:ERROR|FATAL|PANIC): +(\w{5}): (.*)/;
	my ($location) = $text =~ /LOCATION: +(.*)/;
	return ($text, $ms, $error, ($message // '') . ' ' . ($location // ''));
}

sub judge
{
	my ($result, $case, @texts) = @_;
	my @read = map { [ read_answer($_) ] } @texts;
	my $name = $case->{name};
	my $failed = 0;

	$result->{cases}++;
	foreach my $n (0 .. $#read)
	{
		my ($text, $ms, $error, $message) = @{ $read[$n] };

		if (defined $error)
		{
			$result->{errors}++;
			$result->{state}{$error}++;
			$failed++;
		}
		if (defined $error && !ordinary($name, $error, $message))
		{
			push @{ $result->{faults} }, "$name: $error $message\n  $case->{statements}[$n];\n";
		}
		if ($ms > 1000 * ($timeout + 2))
		{
			push @{ $result->{faults} }, "$name: took $ms ms\n  $case->{statements}[$n];\n";
		}
	}
	$result->{answered}{$name}++ unless $failed;
	$result->{called}{$name}++;
	if ($failed)
	{
		push @{ $result->{faults} },
		  "$name: an error in one form only\n"
		  . join('',
			map {
				"  $case->{statements}[$_];\n    " . ($read[$_][2] // 'none') . " $read[$_][3]\n"
			  }
			  0 .. $#read)
		  if $failed != @read;
		return;
	}
	foreach my $n (1 .. $#read)
	{
		next if $read[$n][0] eq $read[0][0];
		if (same_but_rounding($read[0][0], $read[$n][0], $tolerance{$name} || 1e-12))
		{
			$result->{rounding}++;
			next if $tolerance{$name} || $name =~ $compensated;
		}
		push @{ $result->{faults} },
		  "$name: answers differ\n  $case->{statements}[0];\n  $case->{statements}[$n];\n"
		  . difference($read[0][0], $read[$n][0]);
	}
}

# What a user can be told: not an internal error, nor a mistake of the generator.
sub ordinary
{
	my ($name, $error, $message) = @_;

	return $error =~ /^23/ if $name eq 'scoreboard';
	return $error !~ /^(XX|57|42|53|0A)/
	  || $error =~ /^42(501|P01|704|602|P06|P07|939|622)/;
}

sub same_but_rounding
{
	my ($one, $other, $tolerance) = @_;
	my $number = qr/-?\d+(?:\.\d+)?(?:e[-+]?\d+)?/;
	my (@one) = $one =~ /$number/g;
	my (@other) = $other =~ /$number/g;

	return 0 if @one != @other || $one =~ s/$number/#/gr ne $other =~ s/$number/#/gr;
	foreach my $n (0 .. $#one)
	{
		my $large = abs $one[$n] > abs $other[$n] ? abs $one[$n] : abs $other[$n];

		return 0 if abs($one[$n] - $other[$n]) > $tolerance * $large;
	}
	return 1;
}

sub difference
{
	my ($one, $other) = @_;
	my @one = split /\n/, $one;
	my @other = split /\n/, $other;
	my $shown = 0;
	my $text = '';

	foreach my $n (0 .. (@one > @other ? $#one : $#other))
	{
		my ($a, $b) = ($one[$n] // '', $other[$n] // '');

		next if $a eq $b;
		$text .= '    ' . substr($a, 0, 300) . "\n    " . substr($b, 0, 300) . "\n";
		last if ++$shown == 3;
	}
	return $text;
}

# main(STATEMENTS, SEED): prints the faults as they are found, and what was run.
sub main
{
	my ($statements, $seed) = @_;
	my ($shown, $told, $started) = (0, 0, time);

	$| = 1;
	my %result = random_queries(
		psql => ['psql'],
		statements => $statements,
		seed => $seed,
		boards => 0.1,
		say => sub {
			my ($so_far) = @_;
			my $faults = $so_far->{faults};

			while ($shown < @$faults) { print "FAULT $faults->[$shown++]\n"; }
			return if $so_far->{statements} < $told + 5000;
			$told = $so_far->{statements};
			printf "   %d statements, %.0f s\n", $told, time - $started;
		});
	my @silent = grep { !$result{answered}{$_} } sort keys %{ $result{called} };

	my @errors = map { "$result{state}{$_} of $_" } sort keys %{ $result{state} };
	print "   errors: ", join(', ', @errors), "\n";
	print "   never answered: @silent\n" if @silent;
	printf "random: %d statements in %d cases, %d errors that users are told, %d faults\n",
	  @result{qw(statements cases errors)}, scalar @{ $result{faults} };
	return @{ $result{faults} } ? 1 : 0;
}

1;
