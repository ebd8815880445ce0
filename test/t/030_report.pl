# 030_report.pl - what test/demo shows and leaves. Its board has a row a month,
# whose sentences are true, and an answer made of it. The report is one page,
# whose pictures say what they are and which loads nothing from elsewhere; in a
# browser, where one is to be had, it is read in light and dark on wide and
# narrow screens.
use strict;
use warnings;
use FindBin;
use lib "$FindBin::RealBin/../browser";
use Board;
use IPC::Run qw(run);
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $work = PostgreSQL::Test::Utils::tempdir();
my $node = board('report');
my ($page, $error) = ('', '');

none('every sector has a row a month', q{
SELECT sector FROM demo.scoreboard GROUP BY sector
HAVING count(*) <> 1 + 12 * (extract(year FROM max(at)) - extract(year FROM min(at)))
	+ extract(month FROM max(at)) - extract(month FROM min(at))});
none('every sentence names the two largest contributions', q{
SELECT sector, at, why, said
FROM demo.scoreboard
CROSS JOIN LATERAL (SELECT 'Score ' || round(score::numeric, 1) || ': '
		|| concat_ws(', ', said[1], said[2]) AS said
	FROM (SELECT array_agg(format('%s%s adds %s (standing %s of 100)',
			CASE sign WHEN -1 THEN 'low ' END, replace(indicator, '_', ' '),
			round(value::numeric, 1), round((components ->> indicator)::numeric))
		ORDER BY value::float8 DESC, indicator) AS said
	FROM jsonb_each_text(contributions) AS c (indicator, value)
		JOIN demo.scoreboard_indicator USING (indicator)) AS parts) AS expected
WHERE score IS NOT NULL AND NOT starts_with(why, said)});
none('the answer is that of the board', q{
SELECT answer FROM demo.answer, demo.scoreboard AS now, demo.scoreboard AS peak
WHERE now.sector = 'generative AI' AND now.at = '2026-08-31'
	AND peak.sector = 'NASDAQ' AND peak.at = '2000-02-29'
	AND NOT (answer LIKE format('%%in August 2026 generative AI scores %s of 100%%"%s"%%',
			round(now.score::numeric, 1), now.phase)
		AND answer LIKE format('%%in February 2000 at its peak, scored %s, "%s"%%',
			round(peak.score::numeric, 1), peak.phase)
		AND answer LIKE format('%%What they cannot say: %s %%%% of the weight has data%%'
			|| 'nothing of adoption since March 2026, economy since May 2026, '
			|| 'law since February 2026, price.%%', round(100 * now.coverage)))});
none('a line that is wrong was not lost', q{
SELECT 1 WHERE (SELECT array_agg(raw) FROM demo.load_rejected)
	IS DISTINCT FROM '{"NASDAQ,2018-02-30,7273.01"}'});

unless (grep { -x "$_/gnuplot" } split /:/, $ENV{PATH})
{
  SKIP:
	{
		skip 'gnuplot is not there', 1;
	}
	$node->stop;
	done_testing();
	exit;
}

my $drawn = run(
	[ 'sh', '-eu', '-c', 'SRC=$1 WORK=$2; psql_() { psql -X -v ON_ERROR_STOP=1 "$@"; }; '
		  . '. "$SRC/test/pictures/draw.sh"; report', 'sh', $root, $work ],
	'>', \$page, '2>', \$error);
ok($drawn, 'the report is drawn');
is($error, '', 'without a word');

my @pictures = $page =~ m{(<svg .*?</svg>)}sg;
is(scalar(@pictures), 12, 'six pictures, each for wide and for narrow screens');
my $said = qr{<title id="[\w-]+">[^<]{10,}</title>\s*<desc id="[\w-]+">[^<]{40,}</desc>};
is(scalar(grep { !m{$said} } @pictures), 0,
	'every picture has a title and says in words what it shows');
is(scalar(grep { !m{role="img" aria-labelledby="([\w-]+) ([\w-]+)".*id="\1".*id="\2"}s }
		  @pictures), 0,
	'which readers of screens are told');
is(scalar(grep { /(?:stroke|fill)="(?!#|none|currentColor)/ } @pictures), 0,
	'every colour is one that has another for dark pages');
my %ids;
$ids{$_}++ foreach $page =~ /\bid="([^"]+)"/g;
is(join(' ', grep { $ids{$_} > 1 } keys %ids), '', 'no id is there twice');
(my $rest = $page) =~ s{xmlns="http://www\.w3\.org/2000/svg"}{}g;
unlike($rest, qr{(?:https?:)?//\w|\bsrc=|\bhref=|\@import|url\(|<script|<link},
	'nothing is loaded from elsewhere');
is(scalar(() = $page =~ /<article>/g),
	$node->safe_psql('postgres',
		'SELECT (SELECT count(DISTINCT sector) FROM demo.scoreboard)
			+ (SELECT count(DISTINCT concern) FROM demo.last_known)'),
	'a card a sector, and one a concern');
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

# Passes when a query has no rows.
sub none
{
	my ($name, $query) = @_;

	is($node->safe_psql('postgres', $query), '', $name);
	return;
}
