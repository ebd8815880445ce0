# 031_dashboard.pl - the sample dashboard of test/dashboard is built from the
# board by Observable Framework, and shows it in a browser. BUBBLE_DASHBOARD is a
# folder with its packages, BUBBLE_BROWSER one with those of test/browser.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::RealBin/../browser";
use Board;
use IPC::Run qw(run);
use PostgreSQL::Test::Utils;
use Test::More;

my $why = why_no_browser($ENV{BUBBLE_DASHBOARD});
plan skip_all => $why if $why;

my $folder = PostgreSQL::Test::Utils::tempdir();
my $node = board('dashboard');
my $output = '';

run([ 'cp', '-R', "$FindBin::RealBin/../dashboard/.", $folder ]) or die;
symlink("$ENV{BUBBLE_DASHBOARD}/node_modules", "$folder/node_modules") or die $!;
$ENV{OBSERVABLE_TELEMETRY_DISABLE} = 'true';
ok( run([ 'npx', '--no-install', 'observable', 'build' ], '>', \$output, '2>&1',
		init => sub { chdir $folder or die $! }),
	'it is built') or diag($output);

my $rows = $node->safe_psql('postgres',
	q{COPY (SELECT DISTINCT ON (sector) sector, round(score)
		FROM demo.scoreboard ORDER BY sector, at DESC) TO STDOUT (FORMAT csv)});
browser($rows, 'dashboard.js', "$folder/dist");

$node->stop;
done_testing();
