# Valuations, revenue and funding of real companies, on files that are not part
# of the project: skipped where BUBBLE_SHARED_DATA does not name their
# directory.  The price-to-sales ratios of the S&P 500, and Epoch AI's "Data on
# AI Companies" as it is exported: notes of several lines, NULLs, discussions
# beside closed rounds, sales of old shares beside new money.
use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $data = $ENV{BUBBLE_SHARED_DATA};
plan skip_all => $ENV{BUBBLE_NO_DATA}
  // 'BUBBLE_SHARED_DATA does not name the directory of the data'
  unless $data && -d $data;
my $own_data = "$FindBin::RealBin/../data";

my $node = PostgreSQL::Test::Cluster->new('venture');
$node->init(extra => [ '--locale=C', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf',
	"timezone = 'UTC'\ndatestyle = 'ISO, MDY'\n");
$node->start;
sql('CREATE EXTENSION bubble');

sub sql
{
	my ($query) = @_;

	return $node->safe_psql('postgres', $query);
}

# A CSV file as a table, by a reader of CSV that knows quotes; its rows.
sub load
{
	my ($table, $columns, $file) = @_;

	sql("CREATE TABLE $table ($columns);
		COPY $table FROM '$file' WITH (FORMAT csv, HEADER)");
	return sql("SELECT count(*) FROM $table");
}

# ---- price to sales of the S&P 500 ----

is( load(
		'price_sales', 'day date, symbol text, name text, price float8,
			market_cap float8, price_to_sales float8, revenue float8',
		"$data/sp500_financials/price_sales_panel.csv"),
	'6438', 'S&P 500: snapshots loaded');
is( sql("SELECT count(*) FILTER (WHERE name LIKE '%,%'), count(DISTINCT day),
			count(*) FILTER (WHERE price_to_sales IS NULL OR NOT price_to_sales > 0)
		 FROM price_sales"),
	'95|13|0', 'S&P 500: names with commas, days, price-to-sales everywhere');
is( sql('SELECT count(*) FROM price_sales
		 WHERE abs(revenue_multiple(market_cap, revenue) / price_to_sales - 1) > 1e-7'),
	'0', 'S&P 500: multiples are the price-to-sales ratios of the file');

# The index at 1.3 years of revenue in 2012 and 3.8 in 2026.  The largest
# companies became dearest: the aggregate leaves the median behind.
is( sql('SELECT day, count(*), round(valuation_to_revenue(market_cap, revenue)::numeric, 4),
			round(harmonic_multiple(market_cap, revenue)::numeric, 4),
			round(median_multiple(market_cap, revenue)::numeric, 4)
		 FROM price_sales GROUP BY day ORDER BY day'),
	join("\n",
		'2012-12-27|498|1.2957|0.9258|1.5850',
		'2013-05-05|499|1.4720|1.1560|1.8400',
		'2014-05-25|495|1.6798|1.3839|2.0100',
		'2014-12-07|493|1.7970|1.4763|2.1400',
		'2015-07-09|486|1.8266|1.4421|2.1400',
		'2016-07-10|501|1.8841|1.4200|2.2500',
		'2017-03-08|503|2.0988|1.5864|2.5000',
		'2018-02-08|505|2.4355|1.9485|2.8964',
		'2024-10-25|501|3.2296|1.7049|3.2460',
		'2024-12-01|501|3.2821|1.7262|3.3431',
		'2025-02-01|499|3.3301|1.6589|3.2917',
		'2026-05-31|488|3.8370|1.7025|3.1650',
		'2026-08-22|469|3.7958|1.8182|3.2329'),
	'S&P 500: aggregate, harmonic and median price-to-sales');

my $compare = 'SELECT day, valuation_to_revenue(market_cap, revenue) AS aggregate,
		sum(market_cap) / sum(revenue) AS naive_aggregate,
		harmonic_multiple(market_cap, revenue) AS harmonic,
		count(*) / sum(revenue / market_cap) AS naive_harmonic,
		median_multiple(market_cap, revenue) AS median,
		percentile_cont(0.5) WITHIN GROUP (ORDER BY market_cap / revenue) AS naive_median,
		avg(price_to_sales) AS mean
	FROM price_sales WHERE %s GROUP BY day';
is( sql('SELECT x FROM (' . sprintf($compare, 'true') . ') AS x
		 WHERE (abs(aggregate / naive_aggregate - 1) < 1e-12
			AND abs(harmonic / naive_harmonic - 1) < 1e-12
			AND abs(median / naive_median - 1) < 1e-12
			AND harmonic < median AND median < mean) IS NOT TRUE ORDER BY day'),
	'', 'S&P 500: as in plain SQL, and all below the mean');

# The file leaves out what has no ratio.  Were such rows there, they would not
# count: here every bank of the file, whose sales mean little, loses it.
sql("CREATE TABLE some_unknown AS
	SELECT day, market_cap, name, CASE WHEN name !~ 'Banc|Bank' THEN revenue END AS revenue
		FROM price_sales");
my $averages = 'SELECT valuation_to_revenue(market_cap, revenue),
	harmonic_multiple(market_cap, revenue), median_multiple(market_cap, revenue)';
is(sql('SELECT count(*) FROM some_unknown WHERE revenue IS NULL'),
	'97', 'S&P 500: banks of all days');
is( sql("$averages FROM some_unknown"),
	sql("$averages FROM price_sales WHERE name !~ 'Banc|Bank'"),
	'S&P 500: rows without price-to-sales do not count');

is( sql("SELECT to_char(day, 'YYYY-MM'), round(revenue_multiple(market_cap, revenue)::numeric, 1)
		 FROM price_sales WHERE symbol = 'NVDA' AND
			to_char(day, 'YYYY-MM') IN ('2012-12', '2018-02', '2024-10', '2026-08') ORDER BY day"),
	"2012-12|2.3\n2018-02|20.1\n2024-10|36.5\n2026-08|20.5",
	'NVIDIA: price-to-sales');

# Sold in five years at the index's own multiple of that day, for 10 % a year.
is( sql("SELECT round(implied_growth(market_cap, revenue, index, 5, 0.1)::numeric, 3)
		 FROM price_sales JOIN (SELECT day, valuation_to_revenue(market_cap, revenue) AS index
			FROM price_sales GROUP BY day) AS i USING (day)
		 WHERE symbol = 'NVDA' AND day IN ('2012-12-27', '2024-10-25') ORDER BY day"),
	"0.234\n0.787", 'NVIDIA: growth that the price asked for');

# ---- rounds and revenue of AI companies ----

is( load(
		'round', 'id text, company text, closed_on date, status text, equity float8,
			debt float8, post_money float8, reported_on date, source1 text, source2 text,
			source3 text, graph_note text, notes text, kind text, confidence text, hidden text',
		"$data/ai_companies/ai_companies_funding_rounds.csv"),
	'38', 'AI companies: funding rounds loaded');
is( load(
		'revenue', 'id text, company text, at date, any_amount float8, a_year float8,
			kind text, info text, confidence text, source1 text, source2 text, source3 text,
			notes text, reported_on date, source_kind text, graph_note text',
		"$data/ai_companies/ai_companies_revenue_reports.csv"),
	'42', 'AI companies: revenue reports loaded');
is( sql("SELECT count(*) FILTER (WHERE notes LIKE E'%\\n%') > 0,
			count(*) FILTER (WHERE closed_on IS NULL), count(*) FILTER (WHERE status <> 'Closed'),
			count(*) FILTER (WHERE equity = 0), count(*) FILTER (WHERE equity IS NULL)
		 FROM round"),
	't|3|3|4|2', 'AI companies: notes of several lines, NULLs, zeros');
load('own_round', 'company text, at date, raised float8,
	post_money float8, known_at date',
	"$own_data/ai_round.csv");
load('own_revenue', 'company text, at date, revenue float8',
	"$own_data/ai_revenue.csv");
is( sql("SELECT count(*), count(*) FILTER (WHERE reported_on IS DISTINCT FROM known_at),
			min((r.company, closed_on, equity, raised, r.post_money, o.post_money)::text)
				FILTER (WHERE equity / 1e9 IS DISTINCT FROM raised
					OR r.post_money / 1e9 IS DISTINCT FROM o.post_money) AS differing
		 FROM round AS r JOIN own_round AS o ON (r.company, closed_on) = (o.company, o.at)"),
	'25|1|', 'AI companies: the rounds of test/data are those of the file, one date corrected');

# The multiple of a round by the last revenue for a day up to its own.  The
# file's reports of products and of past years are not annualised: NULL.
sql("CREATE VIEW multiple AS
	SELECT r.company, r.closed_on, r.post_money, latest(v.a_year, v.at, '1 year',
		r.closed_on) AS revenue,
		latest(v.a_year, v.at, '1 year', r.closed_on)
			FILTER (WHERE v.reported_on <= r.closed_on) AS reported
	FROM round AS r JOIN revenue AS v USING (company)
	WHERE r.status = 'Closed' AND r.post_money > 0
	GROUP BY r.id, r.company, r.closed_on, r.post_money");
my @rounds = (
	[ 'OpenAI', '2024-10-02', '39.25' ],
	[ 'Anthropic', '2025-03-03', '43.93' ],
	[ 'Anthropic', '2025-09-02', '36.60' ]);
foreach my $round (@rounds)
{
	my ($company, $day, $expected) = @$round;
	is( sql("SELECT round(revenue_multiple(post_money, revenue)::numeric, 2)
			 FROM multiple WHERE company = '$company' AND closed_on = '$day'"),
		$expected, "$company: multiple of $day");
}

# A stricter reading: 1.4 billion for March 2025 became known eight days after
# the round; on its day one billion was.
is( sql("SELECT round(revenue_multiple(post_money, reported)::numeric, 2)
		 FROM multiple WHERE company = 'Anthropic' AND closed_on = '2025-03-03'"),
	'61.50', 'Anthropic: multiple of 2025-03-03 by what had been reported');

# The file ends in January 2026: later rounds from test/data.
is( sql("SELECT r.company, r.at, round(revenue_multiple(r.post_money,
			latest(v.revenue, v.at, '1 year', r.at))::numeric, 2)
		 FROM own_round AS r JOIN own_revenue AS v USING (company)
		 WHERE r.at IN ('2026-03-31', '2026-05-28')
		 GROUP BY r.company, r.at, r.post_money ORDER BY r.at"),
	"OpenAI|2026-03-31|34.08\nAnthropic|2026-05-28|20.53",
	'OpenAI and Anthropic: multiples of 2026');

# All rounds whose revenue is known; without one the multiple is unknown, too.
is( sql('SELECT company, count(*), count(revenue), round(valuation_to_revenue(post_money,
	revenue)::numeric, 2),
			round(harmonic_multiple(post_money, revenue)::numeric, 2),
			round(median_multiple(post_money, revenue)::numeric, 2)
		 FROM multiple GROUP BY company ORDER BY company COLLATE "C"'),
	"Anthropic|6|3|40.53|54.73|43.93\n"
	  . "Mistral AI|5|1|137.00|137.00|137.00\n"
	  . "OpenAI|8|7|36.77|40.80|39.25\n"
	  . "Z.ai|1|1|123.83|123.83|123.83\n"
	  . 'xAI|5|4|622.69|611.49|586.49', 'AI companies: averages of their multiples');

# Capital raised: what is under discussion is not raised.  Velocity over ten
# years, times ten, counts the same.
sql("CREATE VIEW closed AS SELECT * FROM round WHERE status = 'Closed'");
is( sql(q{SELECT company, sum(equity) / 1e9, funding_velocity(equity, closed_on, '10 years',
	date '2026-01-31') * 10 / 1e9
		 FROM closed GROUP BY company ORDER BY company COLLATE "C"}),
	"Anthropic|29.404|29.404\nMistral AI|3.0343|3.0343\n"
	  . "OpenAI|61.75|61.75\nZ.ai|0.558|0.558\nxAI|37|37",
	'AI companies: capital raised in closed rounds');
is( sql("SELECT sum(equity) / 1e9 FROM round WHERE status <> 'Closed'"),
	'115', 'AI companies: another 115 billion under discussion');

# In a secondary sale, and in a merger paid in shares, a valuation is set but
# nobody pays money in: funding 0.  Velocity on any day is the same with and
# without it.
is( sql("SELECT count(*), count(velocity) > 50, min((company, day, velocity, primary_only)::text)
			FILTER (WHERE velocity IS DISTINCT FROM primary_only) AS differing
		 FROM (SELECT company, day, funding_velocity(equity, closed_on, '1 year', day) AS velocity,
				funding_velocity(equity, closed_on, '1 year', day)
					FILTER (WHERE equity > 0) AS primary_only
			FROM closed, (SELECT DISTINCT closed_on AS day FROM closed) AS days GROUP BY company,
				day) AS x"),
	'170|t|', 'AI companies: a secondary sale does nothing to velocity');

# But its day is one on which velocity is asked for, where as_of is not given:
# by February 2024 a year had passed since the ten billion of January 2023.
is( sql("SELECT funding_velocity(equity, closed_on) / 1e9,
			funding_velocity(equity, closed_on) FILTER (WHERE equity > 0) / 1e9
		 FROM closed WHERE company = 'OpenAI' AND closed_on <= '2024-02-16'"),
	'0.3|10.3', 'OpenAI: velocity on the day of a secondary sale');

$node->stop;
done_testing();
