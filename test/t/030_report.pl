# 030_report.pl - the report that test/demo leaves: one page, whose pictures say
# what they are and which loads nothing from elsewhere; in a browser, where one
# is to be had, it is read in light and dark on wide and narrow screens.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::RealBin/../browser";
use Board;
use IPC::Run qw(run);
use PostgreSQL::Test::Utils;
use Test::More;

plan skip_all => 'gnuplot is not there' unless grep { -x "$_/gnuplot" } split /:/, $ENV{PATH};

my $root = "$FindBin::RealBin/../..";
my $work = PostgreSQL::Test::Utils::tempdir();
my $node = board('report');
my ($page, $error) = ('', '');

my $drawn = run(
	[ 'sh', '-eu', '-c', 'SRC=$1 WORK=$2; psql_() { psql -X -v ON_ERROR_STOP=1 "$@"; }; . "$SRC/test/pictures/draw.sh"; report', 'sh', $root, $work ],
	'>', \$page, '2>', \$error);
ok($drawn, 'the report is drawn');
is($error, '', 'without a word');

my @pictures = $page =~ m{(<svg .*?</svg>)}sg;
is(scalar(@pictures), 12, 'six pictures, each for wide and for narrow screens');
is(scalar(grep { !m{<title id="[\w-]+">[^<]{10,}</title>\s*<desc id="[\w-]+">[^<]{40,}</desc>} } @pictures), 0,
	'every picture has a title and says in words what it shows');
is(scalar(grep { !m{role="img" aria-labelledby="([\w-]+) ([\w-]+)".*id="\1".*id="\2"}s } @pictures), 0,
	'which readers of screens are told');
my %ids;
$ids{$_}++ foreach $page =~ /\bid="([^"]+)"/g;
is(join(' ', grep { $ids{$_} > 1 } keys %ids), '', 'no id is there twice');
(my $rest = $page) =~ s{xmlns="http://www\.w3\.org/2000/svg"}{}g;
unlike($rest, qr{(?:https?:)?//\w|\bsrc=|\bhref=|\@import|url\(|<script|<link}, 'nothing is loaded from elsewhere');
is(scalar(() = $page =~ /<article>/g), $node->safe_psql('postgres', 'SELECT count(DISTINCT sector) FROM demo.scoreboard'),
	'a card a sector');
like($page, qr/What the figures say.*What they cannot say/s, 'it answers, and says what it cannot');
foreach my $name (qw(score_ai price explosive multiples funding))
{
	my $lines = () = slurp_file("$work/$name.csv") =~ /\n/g;

	cmp_ok($lines, '>', 40, "$name has rows: $lines");
}

SKIP:
{
	my $why = why_no_browser($ENV{BUBBLE_BROWSER});
	my $file = "$work/report.html";

	skip $why, 1 if $why;
	append_to_file($file, $page);
	browser('', 'report.js', $file);
}

$node->stop;
done_testing();
