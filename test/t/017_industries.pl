# Run-ups and crash odds of 49 US industries since 1926, and the forty run-ups
# of Greenwood, Shleifer and You (2019), on files that are not part of the
# project: skipped where BUBBLE_SHARED_DATA does not name their directory.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $data = $ENV{BUBBLE_SHARED_DATA};
plan skip_all => $ENV{BUBBLE_NO_DATA}
  // 'BUBBLE_SHARED_DATA does not name the directory of the data'
  unless $data && -d "$data/industries";

my $node = PostgreSQL::Test::Cluster->new('industries');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION bubble');

# The lines of a file as lists of fields without blanks.
sub fields
{
	my ($file) = @_;

	return map { [ map { s/\s//gr } split /,/, $_, -1 ] } split /\r?\n/,
	  slurp_file("$data/industries/$file");
}

sub copy
{
	my ($table, @rows) = @_;

	$node->safe_psql('postgres', "COPY $table FROM STDIN;\n"
		  . join('', map { join("\t", @$_) . "\n" } @rows) . "\\.\n");
}

# "192607" as a date.
sub month
{
	return $_[0] =~ s/^(\d{4})(\d\d)$/$1-$2-01/r;
}

# What a dollar became, from the end of the month before the first return on:
# a month's row is dated its first day.
$node->safe_psql('postgres', q{
	CREATE TABLE gain (industry text, month date, gain float8, firms int);
	CREATE TABLE market_gain (month date, gain float8);
	CREATE TABLE published (month date, industry text, crashed int);
	CREATE VIEW market AS
	SELECT month, exp(sum(ln(1 + gain)) OVER (ORDER BY month)) AS market
	FROM (TABLE market_gain UNION ALL SELECT '1926-06-01', 0) AS g;
	CREATE VIEW wealth AS
	SELECT industry, month, exp(sum(ln(1 + gain)) OVER (PARTITION BY industry ORDER BY month)) AS
		price, firms
	FROM (TABLE gain UNION ALL
		SELECT industry, (min(month) - interval '1 month')::date, 0, 0 FROM gain GROUP BY industry)
			AS g});
my ($heading, @returns) = fields('french_49_vw.csv');
my (undef, @firms) = fields('french_49_firms.csv');
my (undef, @factors) = fields('french_factors.csv');
my (undef, @published) = fields('gsy_40_runups.csv');
my %firms = map { $_->[0] => $_ } @firms;
copy('gain', map {
	my $row = $_;
	map { [ $heading->[$_], month($row->[0]), $row->[$_] / 100, $firms{ $row->[0] }[$_] // 0 ] }
	  grep { $row->[$_] > -99 } 1 .. $#$row
} @returns);
copy('market_gain', map { [ month($_->[0]), ($_->[1] + $_->[4]) / 100 ] } @factors);
copy('published', map { [ "$_->[0]-01", @$_[ 1, 2 ] ] } @published);
$node->safe_psql('postgres', q{
	CREATE TABLE industry AS SELECT * FROM wealth LEFT JOIN market USING (month);
	ANALYZE industry});
is($node->safe_psql('postgres',
	'SELECT count(*), count(market), count(DISTINCT industry) FROM industry'),
	'54315|54021|49', '49 industries loaded');

# The table of five thresholds, with and without the rule that an industry has
# ten firms at least: identified to March 2012, so that all outcomes are known.
sub table_of
{
	my ($eligible) = @_;

	return $node->safe_psql('postgres', qq{
		SELECT t, (o).episodes, (o).crashes, (o).unknown,
			round((o).share::numeric, 3), round((o).low::numeric, 3), round((o).high::numeric, 3)
		FROM (SELECT t, (crash_odds(run_up, crashed, ARRAY[t]))[1] AS o
			FROM unnest('{0.5,0.75,1,1.25,1.5}'::float8[]) AS t,
				LATERAL (SELECT industry, run_ups(price, market, $eligible month, t) AS r FROM
					industry GROUP BY industry) AS i,
				unnest(r) AS e
			WHERE identified_at <= '2012-03-01'
			GROUP BY t) AS x
		ORDER BY t});
}
my $ten_firms = table_of('coalesce(firms >= 10, false),');
is($ten_firms, "0.5|202|51|0|0.252|0.198|0.317
0.75|93|34|0|0.366|0.275|0.467
1|48|23|0|0.479|0.345|0.617
1.25|25|18|0|0.720|0.524|0.857
1.5|18|14|0|0.778|0.548|0.910", 'the published rule at five thresholds');
is(table_of(''), "0.5|299|80|0|0.268|0.221|0.320
0.75|156|57|0|0.365|0.294|0.443
1|91|43|0|0.473|0.373|0.574
1.25|56|33|0|0.589|0.459|0.708
1.5|43|26|0|0.605|0.456|0.736", 'the same without the rule of ten firms');

# The authors' own forty, their dates taken as given: how each of them ended.
is( $node->safe_psql(
		'postgres', q{
		SELECT count(*), count(*) FILTER (WHERE p.crashed = 1),
			string_agg(format('%s %s', p.industry, p.month), ', ' ORDER BY p.industry, p.month)
				FILTER (WHERE (ahead >= 0.4) IS DISTINCT FROM (p.crashed = 1))
		FROM published AS p LEFT JOIN (SELECT industry, month,
			drawdown_ahead(price, month, '24 months') OVER (PARTITION BY industry ORDER BY month)
				AS ahead
			FROM industry) AS i USING (industry, month)}),
	'40|21|', 'the outcomes of all forty published run-ups');

# How many of them there are among ours.
$node->safe_psql('postgres', q{
	CREATE TABLE ours AS
	SELECT industry, e.* FROM (SELECT industry, run_ups(price, market, firms >= 10, month) AS r
		FROM industry GROUP BY industry) AS i,
		unnest(r) AS e});
is( $node->safe_psql(
		'postgres', q{
		SELECT count(*) FILTER (WHERE EXISTS (SELECT FROM ours AS o WHERE o.industry = p.industry
				AND o.identified_at BETWEEN p.month - interval '12 months' AND p.month + interval
					'12 months')),
			count(*) FILTER (WHERE EXISTS (SELECT FROM ours AS o WHERE o.industry = p.industry AND
				o.identified_at = p.month))
		FROM published AS p}),
	'30|17', 'thirty of the forty are ours within a year, seventeen in the month');
is( $node->safe_psql(
		'postgres', q{
		SELECT industry, identified_at, round(run_up::numeric, 3), round(net_run_up::numeric, 3),
			round(long_run_up::numeric, 2),
			round(drawdown_ahead::numeric, 3), crashed, long_from_at
		FROM ours WHERE (industry, identified_at) IN
			(('Softw', '1999-03-01'), ('Chems', '1929-01-01'), ('Aero', '1954-12-01'))
		ORDER BY identified_at}),
	"Chems|1929-01-01|2.014|1.083|2.83|0.542|t|1926-06-01
Aero|1954-12-01|1.763|1.249|4.66|0.167|f|1949-12-01
Softw|1999-03-01|1.950|1.264|5.42|0.588|t|1994-03-01",
	'three of them, one younger than five years');

# The same in plain SQL: every month that qualifies is found by a join, and one
# of them is taken 24 months after another at the earliest.
is( $node->safe_psql(
		'postgres', q{
		WITH RECURSIVE qualified AS (
			SELECT i.industry, i.month, i.price / b.price - 1 AS run_up, i.price / b.price -
				i.market / b.market AS net_run_up,
				i.price / l.price - 1 AS long_run_up, i.price / b.price - h.price / b.price AS
					acceleration
			FROM industry AS i
			JOIN industry AS b ON b.industry = i.industry AND b.month = i.month - interval
				'24 months'
			JOIN industry AS h ON h.industry = i.industry AND h.month = i.month - interval
				'12 months',
				LATERAL (SELECT price FROM industry AS l WHERE l.industry = i.industry AND l.month
					>= i.month - interval '60 months'
					ORDER BY l.month LIMIT 1) AS l
			WHERE i.price / b.price - 1 >= 1 AND i.price / b.price - i.market / b.market >= 1 AND
				i.price / l.price - 1 >= 0.5
				AND i.firms >= 10),
		taken AS (
			SELECT DISTINCT ON (industry) * FROM qualified ORDER BY industry, month),
		naive AS (
			TABLE taken
			UNION ALL
			SELECT q.* FROM naive AS n, LATERAL (SELECT * FROM qualified AS q WHERE q.industry =
				n.industry
				AND q.month >= n.month + interval '24 months' ORDER BY q.month LIMIT 1) AS q),
		judged AS (
			SELECT naive.*, 1 - (SELECT min(later.price / earlier.price) FROM industry AS earlier,
				industry AS later
				WHERE earlier.industry = naive.industry AND later.industry = naive.industry AND
					earlier.month >= naive.month
					AND later.month >= earlier.month AND later.month <= naive.month + interval
						'24 months') AS drawdown_ahead,
				(SELECT max(month) FROM industry AS i WHERE i.industry = naive.industry AND market
					IS NOT NULL) >= naive.month + interval '24 months' AS ended
			FROM naive)
		SELECT coalesce(j.month, o.identified_at), j, o
		FROM judged AS j FULL JOIN ours AS o ON o.industry = j.industry AND o.identified_at =
			j.month
		WHERE j.month IS NULL OR o.identified_at IS NULL
			OR NOT abs(j.run_up - o.run_up) + abs(j.net_run_up - o.net_run_up) +
				abs(j.long_run_up - o.long_run_up)
				+ abs(j.acceleration - o.acceleration) + abs(j.drawdown_ahead - o.drawdown_ahead) <
					1e-9
			OR o.crashed IS DISTINCT FROM CASE WHEN j.drawdown_ahead >= 0.4 THEN true WHEN ended
				THEN false END}),
	'', 'as plain SQL finds them');
is($node->safe_psql('postgres',
	'SELECT count(*), count(*) FILTER (WHERE crashed IS NULL) FROM ours'),
	'54|3', 'how many that are, and how many of them have no outcome yet');

# Stored series, and rows in any order, say the same.
is( $node->safe_psql(
		'postgres', q{
		SELECT industry FROM (SELECT industry, run_ups(price, market, month) AS rows,
			run_ups(price, market, month ORDER BY random()) AS shuffled,
				run_ups(bubble_series(price, month) FILTER (WHERE market IS NOT NULL),
					(SELECT bubble_series(market, month) FROM market)) AS series
			FROM industry GROUP BY industry) AS x
		WHERE rows IS DISTINCT FROM shuffled OR rows IS DISTINCT FROM ARRAY(
			SELECT ROW(identified_at::date, run_up, net_run_up, long_run_up, acceleration,
				volatility, drawdown_ahead, crashed, long_from_at::date)::run_up_date
			FROM unnest(series))}),
	'', 'series and rows in any order have the same run-ups');

# How often a crash of 40 % follows a month, by the net return of the 24 months
# before: only the tail is dangerous, and so the area under the ROC curve shows
# nothing.
$node->safe_psql('postgres', q{
	CREATE TABLE month_ahead AS
	SELECT industry, month, price / lag(price, 24) OVER w - market / lag(market, 24) OVER w AS net,
		firms,
		CASE WHEN max_drawdown(price) OVER (w ROWS BETWEEN CURRENT ROW AND 24 FOLLOWING) >= 0.4
			THEN true
			WHEN drawdown_ahead(price, month, '24 months') OVER w < 0.4 THEN false END AS crashed
	FROM industry WINDOW w AS (PARTITION BY industry ORDER BY month)});
is( $node->safe_psql(
		'postgres', q{
		SELECT width_bucket(net, '{0,0.25,0.5,0.75,1,1.25,1.5}') AS bucket, count(*),
			round(avg(crashed::int), 3)
		FROM month_ahead WHERE net IS NOT NULL AND crashed IS NOT NULL AND firms >= 10
		GROUP BY ROLLUP (bucket) ORDER BY bucket}),
	"0|20166|0.118
1|13508|0.083
2|4372|0.116
3|1358|0.183
4|476|0.313
5|205|0.434
6|79|0.532
7|116|0.690
|40280|0.115", 'the share of months followed by a crash, by net return');
is($node->safe_psql('postgres',
	'SELECT round(auroc(net, crashed)::numeric, 3) FROM month_ahead WHERE firms >= 10'),
	'0.500', 'and the area under the ROC curve of the same');

# Episodes of one year are one draw.
is( $node->safe_psql(
		'postgres', q{
		SELECT (c).episodes, (c).crashes, round((c).low::numeric, 2), round((c).high::numeric, 2),
			(c).low < (w).low AND (c).high > (w).high
		FROM (SELECT (crash_odds(run_up, crashed, extract(year FROM identified_at), '{1}'))[1] AS
			c, (crash_odds(run_up, crashed, '{1}'))[1] AS w
			FROM ours WHERE identified_at <= '2012-03-01') AS x}),
	'48|23|0.29|0.64|t', 'by clusters the interval is wider');

is( $node->safe_psql(
		'postgres', q{
		SELECT string_agg(format('%s: %s', year, n), ', ' ORDER BY n DESC, year)
		FROM (SELECT extract(year FROM identified_at) AS year, count(*) AS n FROM ours WHERE
			identified_at <= '2012-03-01' GROUP BY year) AS y
		WHERE n > 2}),
	'1980: 5, 1967: 4, 1968: 4, 1999: 3, 2010: 3', 'booms come together');

# Listed proxies of generative AI: NVIDIA against the NASDAQ-100, daily, and
# that against the S&P composite, monthly.
SKIP:
{
	skip 'no daily closes of technology shares', 2
	  unless -e "$data/tech_2019_2024/NVDA.csv" && -e "$data/shiller/shiller_monthly_1871_2026.csv";

	$node->safe_psql('postgres',
		'CREATE TABLE share (symbol text, day date, close float8);'
		  . ' CREATE TABLE composite (day date, price float8)');
	foreach my $symbol (qw(NVDA NDX))
	{
		my (undef, @rows) = split /\r?\n/, slurp_file("$data/tech_2019_2024/$symbol.csv");

		copy('share', map { my @f = split /,/; $f[5] =~ /\d/ ? [ $symbol, @f[ 0, 5 ] ] : () }
			@rows);
	}
	my (undef, @months) = split /\r?\n/, slurp_file("$data/shiller/shiller_monthly_1871_2026.csv");
	copy('composite', map { [ (split /,/)[ 0, 1 ] ] } @months);
	is( $node->safe_psql(
			'postgres', q{
			SELECT identified_at, round(net_run_up::numeric, 2), round(drawdown_ahead::numeric, 2),
				crashed
			FROM (SELECT run_ups(s.close, m.close, day) AS r FROM share AS s JOIN share AS m USING
				(day)
				WHERE s.symbol = 'NVDA' AND m.symbol = 'NDX') AS x, unnest(r) ORDER BY
					identified_at}),
		"2021-01-04|1.90|0.66|t\n2023-03-08|1.10|0.20|",
			'NVIDIA, the second time with an open outcome');
	is( $node->safe_psql(
			'postgres', q{
			SELECT identified_at::date, round(run_up::numeric, 2), round(net_run_up::numeric, 2),
				round(drawdown_ahead::numeric, 2), crashed
			FROM (SELECT run_ups(bubble_series(close, day),
				(SELECT bubble_series(price, day) FROM composite), 0.5) AS r
				FROM share WHERE symbol = 'NDX') AS x, unnest(r)}),
		"2021-01-04|0.98|0.52|0.36|f", 'the NASDAQ-100, which is no run-up of 100 %');
}

$node->stop;
done_testing();
