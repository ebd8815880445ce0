# Figures of the market's own history, on files that are not part of the
# project: skipped where BUBBLE_SHARED_DATA does not name their directory.
use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use MarketData;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $data = $ENV{BUBBLE_SHARED_DATA};
plan skip_all => $ENV{BUBBLE_NO_DATA}
  // 'BUBBLE_SHARED_DATA does not name the directory of the data'
  unless $data && -d $data;

my $node = PostgreSQL::Test::Cluster->new('market');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION bubble');

sub episode
{
	my ($table, $where) = @_;

	return $node->safe_psql('postgres',
		"SELECT (e).peak_at, (e).trough_at, (e).recovered_at,
			round((e).depth::numeric, 10), (e).observations
		 FROM (SELECT max_drawdown_episode(close, day) AS e
			FROM $table $where) AS x");
}

is(load_closes($node, 'nasdaq', "$data/nasdaq/IXIC_1971_2018.csv.gz", 'Close'),
	11872, 'NASDAQ Composite loaded');
is(episode('nasdaq', ''),
	'2000-03-10|2002-10-09|2015-04-23|0.7793238629|3803',
	'NASDAQ: deepest episode, 647 rows down and 3155 up');
is( $node->safe_psql(
		'postgres',
		'SELECT round(max_drawdown(close, day)::numeric, 10),
			round(max_drawdown(round(close::numeric, 2), day)::numeric, 10),
			round(max_drawdown(close ORDER BY day)::numeric, 10)
		 FROM nasdaq'),
	'0.7793238629|0.7793238548|0.7793238629',
	'NASDAQ: maximum drawdown, on the file and on two-decimal closes');

# The next four, each within dates that hold no deeper one, on two-decimal
# closes.  The file's closes of 1987 and 1989 are not those of the exchange,
# on which these two were 0.3588718534 from 1987-08-26, and 0.3299981471.
my @next = (
	[ '1971-01-01', '1980-01-01', '1973-01-11|1974-10-03', '0.5990207542' ],
	[ '1984-08-01', '1989-01-01', '1987-08-27|1987-10-28', '0.3595875384' ],
	[ '1989-10-01', '1999-01-01', '1989-10-09|1990-10-16', '0.3300391188' ],
	[ '1980-06-01', '1987-01-01', '1983-06-24|1984-07-25', '0.3150101852' ]);
foreach my $case (@next)
{
	my ($from, $to, $dates, $depth) = @$case;
	like(
		episode(
			'(SELECT day, round(close::numeric, 2) AS close FROM nasdaq) AS n',
			"WHERE day BETWEEN '$from' AND '$to'"),
		qr/^\Q$dates\E\|[^|]*\|\Q$depth\E\|/, "NASDAQ: $dates");
}

# All episodes at once, on two-decimal closes: the five deepest, and how many
# there are.  A naive count in plain SQL agrees: a fall from the highest close
# so far begins one.  (The exchange's closes to 2020-01-09 have 320; the file
# ends in February 2018.)
$node->safe_psql('postgres', 'CREATE VIEW cents AS
	SELECT day, round(close::numeric, 2)::double precision AS close FROM nasdaq');
is( $node->safe_psql(
		'postgres',
		'SELECT (e).peak_at, (e).trough_at, round((e).depth::numeric, 10)
		 FROM (SELECT unnest(drawdown_episodes(close, day)) AS e FROM cents) AS x
		 ORDER BY (e).depth DESC LIMIT 5'),
	"2000-03-10|2002-10-09|0.7793238548\n"
	  . "1973-01-11|1974-10-03|0.5990207542\n"
	  . "1987-08-27|1987-10-28|0.3595875384\n"
	  . "1989-10-09|1990-10-16|0.3300391188\n"
	  . '1983-06-24|1984-07-25|0.3150101852',
	'NASDAQ: the five deepest episodes');
my $count = 'SELECT cardinality(drawdown_episodes(close, day)) FROM cents';
my $naive = 'SELECT count(*)
	FROM (SELECT close < peak AS under, lag(close >= peak) OVER (ORDER BY day) AS at_peak
		FROM (SELECT day, close, max(close) OVER (ORDER BY day) AS peak FROM cents) AS p) AS u
	WHERE under AND at_peak';
is($node->safe_psql('postgres', $count), $node->safe_psql('postgres', $naive),
	'NASDAQ: as many episodes as plain SQL counts');
is($node->safe_psql('postgres', $count), '296', 'NASDAQ: 296 episodes');

# Cut into months and rolled up, or stored as a series, it is the same.
is( $node->safe_psql(
		'postgres', "SELECT ROW((e).peak_at::date, (e).trough_at::date, (e).recovered_at::date,
			(e).depth, (e).observations) = ROW((w).peak_at, (w).trough_at, (w).recovered_at,
				(w).depth, (w).observations),
			max_drawdown(s) = (w).depth, observations(d), observations(s)
		 FROM (SELECT max_drawdown_episode(d) AS e, d
				FROM (SELECT rollup(d) AS d FROM (SELECT drawdown_summary(close, day) AS d
					FROM nasdaq GROUP BY date_trunc('month', day)) AS months) AS r) AS x,
			(SELECT max_drawdown_episode(close, day) AS w, bubble_series(close, day) AS s
				FROM nasdaq) AS y"),
	't|t|11872|11872', 'NASDAQ: by months and as a series');
cmp_ok($node->safe_psql('postgres', 'SELECT pg_column_size(drawdown_summary(close, day))
	FROM nasdaq'),
	'<', 33_000, 'NASDAQ: a summary takes less than 33 kB of 190');

# Sampling changes the answer.
foreach my $case ([ 'week', '0.7742' ], [ 'month', '0.7504' ])
{
	my ($unit, $depth) = @$case;
	is( $node->safe_psql(
			'postgres',
			"SELECT round(max_drawdown(close, day)::numeric, 4)
			 FROM (SELECT DISTINCT ON (date_trunc('$unit', day)) day, close
				FROM nasdaq ORDER BY date_trunc('$unit', day), day DESC) AS s"),
		$depth, "NASDAQ: closes at the end of each $unit");
}

load_closes($node, 'sp500', "$data/sp500/GSPC_1950_2018.csv.gz", 'Close');
like(
	episode('sp500', "WHERE day BETWEEN '1990-01-01' AND '2007-06-01'"),
	qr/^2000-03-24\|2002-10-09\|2007-05-30\|0\.4914694/,
	'S&P 500: the dot-com crash');

is( $node->safe_psql(
		'postgres', 'SELECT abs(ulcer_index(close, day) / naive - 1) < 1e-12
		 FROM sp500, (SELECT sqrt(avg((1 - close / peak) ^ 2)) AS naive
			FROM (SELECT close, max(close) OVER (ORDER BY day) AS peak FROM sp500) AS p) AS n
		 GROUP BY naive'),
	't', 'S&P 500: ulcer index');

# Daily closes of many years beside those of a few days: both have their
# statistics.
is( $node->safe_psql(
		'postgres', "SELECT string_agg(((t).observations = n AND (t).adf IS NOT NULL
			AND (t).sadf >= (t).adf AND (t).gsadf >= (t).sadf)::text, ' ')
		 FROM (SELECT explosive_test(ln(close), day) AS t, count(*) AS n FROM sp500
			GROUP BY day < '1950-01-20' ORDER BY 2) AS x"),
	'true true', 'S&P 500: explosive_test of 17,000 days and of 12');

# Shiller's S&P 500 price over dividend, 1871-01 to 2010-12, against the R
# package exuber.
my $shiller = slurp_file("$data/shiller/shiller_monthly_1871_2026.csv");
my @months = map { join "\t", (split /,/)[ 0 .. 2 ] }
  grep { /^\d/ && $_ lt '2011' } split /\r?\n/, $shiller;
$node->safe_psql('postgres',
	"CREATE TABLE shiller (month date, price double precision, dividend double precision);\n"
	  . "COPY shiller FROM STDIN;\n"
	  . join("\n", @months)
	  . "\n\\.\nCREATE VIEW ratio AS SELECT month, price / dividend AS y FROM shiller;\n");
is( $node->safe_psql(
		'postgres', 'SELECT count(*), round(gsadf(y, month)::numeric, 7), round(sadf(y,
			month)::numeric, 7),
			round(adf(y, month)::numeric, 7) FROM ratio'),
	'1680|4.1602978|3.4618962|-1.1643688',
	'price over dividend: GSADF, SADF, ADF');
is( $node->safe_psql(
		'postgres', 'SELECT gsadf(s) = g, sadf(s) = f, adf(s) = a
		 FROM (SELECT bubble_series(y, month) AS s, gsadf(y, month) AS g, sadf(y, month) AS f,
			adf(y, month) AS a FROM ratio) AS x'),
	't|t|t', 'price over dividend: the stored series says the same');
is( $node->safe_psql(
		'postgres', "SELECT e.started_at BETWEEN '1997-01-01' AND '1997-08-01',
			e.ended_at BETWEEN '2000-12-01' AND '2001-07-01', is_bubble
		 FROM (SELECT explosive_episodes(y, month) AS all_of_them FROM ratio) AS x,
			unnest(all_of_them) AS e"),
	't|t|t', 'price over dividend: the dot-com bubble stands alone');
is( $node->safe_psql(
		'postgres', "SELECT string_agg(DISTINCT extract(year FROM started_at)::text, ' '),
			max(ended_at) FILTER (WHERE started_at < '1950-01-01')
		 FROM (SELECT explosive_episodes(y, month, NULL, 0, 0.95, 1) AS all_of_them
			FROM ratio) AS x, unnest(all_of_them) AS e"),
	'1879 1917 1929 1955 1987 1997 2001|1929-09-01', 'price over dividend: with short ones');

# The supremum is that of the window of observations 1262 to 1528.
$node->safe_psql('postgres',
	'CREATE VIEW numbered AS SELECT row_number() OVER w AS i, month, y, bsadf(y) OVER w AS statistic
	 FROM ratio WINDOW w AS (ORDER BY month)');
is( $node->safe_psql(
		'postgres', 'SELECT (SELECT min(i) FROM numbered WHERE statistic IS NOT NULL), i, month,
			round(statistic::numeric, 7)
		 FROM numbered ORDER BY statistic DESC NULLS LAST LIMIT 1'),
	'90|1528|1998-04-01|4.1602978', 'price over dividend: the supremum ends at observation 1528');
is( $node->safe_psql(
		'postgres', 'SELECT adf, supremum
		 FROM (SELECT adf(y, month), max(statistic) AS supremum
			FROM numbered WHERE i BETWEEN 1262 AND 1528) AS x
		 WHERE (abs(adf - supremum) < 1e-12) IS NOT TRUE'),
	'', 'price over dividend: and begins at observation 1262');
is( $node->safe_psql(
		'postgres', 'SELECT at, u.value, n.statistic
		 FROM (SELECT month AS at, statistic FROM numbered WHERE statistic IS NOT NULL) AS n
			FULL JOIN (SELECT u.at::date AS at, value
				FROM (SELECT bubble_series(y, month) AS s FROM ratio) AS x,
					unnest(bsadf_path(s)) AS u) AS u USING (at)
		 WHERE u.value IS DISTINCT FROM n.statistic ORDER BY at LIMIT 5'),
	'', 'price over dividend: bsadf and bsadf_path agree');
is( $node->safe_psql(
		'postgres', "SELECT string_agg(started || ' ' || ended, ', ' ORDER BY started)
		 FROM (SELECT to_char(min(month), 'YYYY-MM') AS started, to_char(max(month),
			'YYYY-MM') AS ended
			FROM (SELECT month, i - row_number() OVER (ORDER BY i) AS run FROM numbered
				WHERE statistic > 1.5) AS x
			GROUP BY run) AS y"),
	'1879-11 1880-02, 1917-11 1917-12, 1929-01 1929-03, 1929-07 1929-09, 1955-06 1955-09, '
	  . '1955-11 1955-12, '
	  . '1987-02 1987-04, 1987-06 1987-09, 1997-01 1997-03, 1997-05 2001-02, 2001-05 2001-06',
	'price over dividend: months above 1.5');

$node->stop;
done_testing();
