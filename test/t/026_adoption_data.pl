# Adoption of AI, on files that are not part of the project: skipped where
# BUBBLE_SHARED_DATA does not name their directory.
use strict;
use warnings;

use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $data = $ENV{BUBBLE_SHARED_DATA};
plan skip_all => $ENV{BUBBLE_NO_DATA}
  // 'BUBBLE_SHARED_DATA does not name the directory of the data'
  unless $data && -d $data;

my $node = PostgreSQL::Test::Cluster->new('adoption');
$node->init;
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION bubble');

# The share of businesses in the United States that use AI, every two weeks.
my ($header, @lines) =
  split /\r?\n/, slurp_file("$data/macro/btos_ai_use_by_state.csv");
my @shares = map { (split /,/)[3] } grep { /^XX,current,/ } @lines;
is(scalar @shares, 46, 'shares of businesses');
$node->safe_psql('postgres',
	"CREATE TABLE share AS SELECT date '2023-09-24' + 14 * i::int AS at, y
	 FROM unnest('{" . join(',', @shares) . "}'::float8[]) WITH ORDINALITY AS u (y, i)");
is( $node->safe_psql(
		'postgres',
		'SELECT (f).saturation IS NULL, round((f).saturation_low::numeric, 2),
			(f).saturation_high IS NULL, (f).identified
		 FROM (SELECT logistic_fit(y, at) AS l, gompertz_fit(y, at) AS g FROM share) AS s,
			LATERAL (VALUES (l), (g)) AS v (f)'),
	"t|18.04|t|f\nt|30.18|t|f",
	'their saturation is not identified, but for a lower bound');
# Where the Gompertz curve's bound is held, the best of a grid of the others
# misses as much as an exponential and the margin of the interval (Student's
# quantile with 43 degrees of freedom).
is( $node->safe_psql(
		'postgres',
		'WITH f AS (SELECT (exponential_fit(y, at)).rss AS rss,
				(gompertz_fit(y, at)).saturation_low AS low FROM share),
			s AS (SELECT y, (at - date \'2023-09-24\') / 14.0 AS i FROM share),
			grid AS (SELECT sum((low * exp(-exp(b / 200.0 - c * i / 5000.0)) - y) ^ 2) AS rss
				FROM f, s, generate_series(100, 200) AS b, generate_series(25, 125) AS c
				GROUP BY b, c)
		 SELECT abs(min(grid.rss) / (min(f.rss) * (1 + 2.0166921992 ^ 2 / 43)) - 1) < 1e-4
		 FROM f, grid'),
	't', 'the bound satisfies its equation');

$node->stop;
done_testing();
