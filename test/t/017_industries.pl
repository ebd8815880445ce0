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
	SELECT industry, month, exp(sum(ln(1 + gain)) OVER (PARTITION BY industry ORDER BY month)) AS price, firms
	FROM (TABLE gain UNION ALL
		SELECT industry, (min(month) - interval '1 month')::date, 0, 0 FROM gain GROUP BY industry) AS g});
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
is($node->safe_psql('postgres', 'SELECT count(*), count(market), count(DISTINCT industry) FROM industry'),
	'54850|54556|49', '49 industries loaded');

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
				LATERAL (SELECT industry, run_ups(price, market, $eligible month, t) AS r FROM industry GROUP BY industry) AS i,
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
