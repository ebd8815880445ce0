# 001_readme.pl - README.md tells the truth: every ```sql block runs, in order,
# and prints what the ```text block right after it shows; so do the chapters
# of test/tour after it, in the order in which README.md names them. It names
# every function in its index and in its reference, and its links lead
# somewhere.
#
# Each block is one psql run with psql's usual output, command tags included,
# in the same database, which holds the tables of test/data/load.sql. White
# space at the ends of lines does not count.
use strict;
use warnings;
use FindBin;
use IPC::Run qw(run);
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my @chapters = chapters();
my @blocks = map { sql_blocks($_) } 'README.md', @chapters;

my $node = PostgreSQL::Test::Cluster->new('readme');
$node->init(extra => [ '--locale=C', '--encoding=UTF8' ]);
$node->append_conf('postgresql.conf', "timezone = 'UTC'\n");
$node->start;

$node->safe_psql('postgres', 'CREATE EXTENSION bubble');
my ($loaded, undef, $load_error) = psql("$root/test/data", undef, 'load.sql');
ok($loaded, 'test/data/load.sql loads') or diag($load_error);

# A reader may come from test/demo --keep, where its queries have run.
my ($shown, undef, $demo_error) = psql("$root/test/data", undef, '../demo.sql');
ok($shown, 'test/demo.sql runs') or diag($demo_error);

ok(@blocks > 0, 'README.md has sql blocks');
check_block($_) foreach @blocks;

my $page = slurp_file("$root/README.md");
my @index = $page =~ /^(## Functions.*?)^## /ms;
my @reference = $page =~ /^(## Reference.*?)^## Limits/ms;
my @functions = split /\n/,
  $node->safe_psql('postgres', 'SELECT DISTINCT name FROM bubble_functions');
ok(@functions > 0, 'bubble_functions names functions');
none("the index names every function", unnamed($index[0]));
none("the reference names every function", unnamed($reference[0]));

none('every chapter of test/tour is named in README.md',
	grep { my $file = $_; !grep { $_ eq $file } @chapters }
	  map { s/^\Q$root\E\///r } glob("$root/test/tour/*.md"));
none('links lead somewhere',
	map { dead_links($_) } 'README.md', 'test/bench/README.md', @chapters);

$node->stop;
done_testing();

# Passes when no offenders are given.
sub none
{
	my ($name, @offenders) = @_;

	ok(!@offenders, $name) or diag(join("\n", @offenders));
}

# The chapters of the tour, in the order in which README.md names them.
sub chapters
{
	my %seen;

	return grep { !$seen{$_}++ }
	  slurp_file("$root/README.md") =~ m{\]\((test/tour/\w+\.md)[)#]}g;
}

# The functions that do not stand as `name` or `name(arguments)` in a text.
sub unnamed
{
	my ($text) = @_;

	return grep { $text !~ /`$_[`(]/ } @functions;
}

# The links of a page to files that are not there, and to headings that the
# page linked to does not have.
sub dead_links
{
	my ($page) = @_;
	my ($folder) = $page =~ m{^(.*/)};
	my @dead;

	foreach my $link (slurp_file("$root/$page") =~ /\]\(([^()\s]+)\)/g)
	{
		next if $link =~ /^https?:/;
		my ($file, $anchor) = $link =~ /^([^#]*)#?(.*)/;
		my $path = $file eq '' ? $page : ($folder // '') . $file;

		push @dead, "$page: $link"
		  unless -e "$root/$path"
		  && ($anchor eq '' || grep { $_ eq $anchor } anchors($path));
	}
	return @dead;
}

# What the headings of a page are linked by.
sub anchors
{
	my ($page) = @_;

	return map { lc($_) =~ s/[^\w\s-]//gr =~ s/\s/-/gr }
	  slurp_file("$root/$page") =~ /^#+\s+(.*\S)/mg;
}

# The ```sql blocks of a page, each with its heading and the text of a ```text
# block that follows with at most blank lines between.
sub sql_blocks
{
	my ($file) = @_;
	my @found;
	my $heading = $file;
	my ($fence, $body);    # of the block that we are in
	my $before = '';       # the language of the block just left, if any

	foreach my $line (split /\n/, slurp_file("$root/$file"))
	{
		if (defined $fence)
		{
			if ($line !~ /^```\s*$/)
			{
				$body .= "$line\n";
				next;
			}
			push @found, { heading => $heading, sql => $body }
			  if $fence eq 'sql';
			$found[-1]{expected} = $body
			  if $fence eq 'text' && $before eq 'sql';
			$before = $fence;
			undef $fence;
		}
		elsif ($line =~ /^```\s*(\w*)/)
		{
			($fence, $body) = ($1, '');
		}
		elsif ($line =~ /\S/)
		{
			$heading = $1 if $line =~ /^#+\s+(.*)/;
			$before = '';
		}
	}
	return @found;
}

sub check_block
{
	my ($block) = @_;
	my ($first) = $block->{sql} =~ /(\S.*)/;
	my $name = "$block->{heading}: " . ($first // '(empty)');
	my $sql = $block->{sql};

	# pg_cron starts with the server only; what counts is that its commands,
	# given between $$ and $$, are good.
	if ($sql =~ /cron\.schedule\(/)
	{
		my @commands = $sql =~ /\$\$(.*?)\$\$/sg;

		return fail("$name: no command between \$\$ and \$\$")
		  unless @commands;
		$sql = join('', map { "$_;\n" } @commands);
	}

	my ($ok, $out, $err) = psql($root, $sql, '-');

	if (!$ok || !defined $block->{expected})
	{
		ok($ok, $name) or diag($err);
		return;
	}
	is(trimmed($out), trimmed($block->{expected}), $name);
}

# psql(DIRECTORY, INPUT, FILE) runs a script as a reader of README.md would
# from there, and returns success, output and errors.
sub psql
{
	my ($directory, $input, $file) = @_;
	my ($out, $err) = ('', '');
	my $ok = run(
		[
			'psql', '-X', '-P', 'pager=off', '-v', 'ON_ERROR_STOP=1',
			'-d', $node->connstr('postgres'), '-f', $file
		],
		'<', \($input // ''),
		'>', \$out,
		'2>', \$err,
		init => sub { chdir $directory or die "$directory: $!" });

	return ($ok, $out, $err);
}

sub trimmed
{
	my ($text) = @_;

	$text =~ s/[ \t]+$//mg;
	$text =~ s/\s+\z//;
	$text =~ s/\A\n+//;
	return $text;
}
