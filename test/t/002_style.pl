# 002_style.pl - the rules of the source tree that a compiler does not check.
# One assertion per rule; the offenders are listed where it fails.
use strict;
use warnings;
use File::Basename;
use File::Find;
use FindBin;
use Test::More;

my $root = "$FindBin::RealBin/../..";
chdir $root or die "$root: $!";

my @sources;
find({ wanted => sub { push @sources, $_ if /\.[ch]$/ }, no_chdir => 1 },
	'src');
@sources = sort @sources;
my %text = map { $_ => slurp($_) } @sources;

ok(@sources > 0, 'there are sources below src');

none('lines start with tabs, not with four spaces',
	offending_lines(sub { /^ {4}/ }));
none('no white space at the end of a line',
	offending_lines(sub { /[ \t\r]$/ }));
none('lines have at most 79 columns, a tab counting up to 4',
	offending_lines(sub { columns($_) > 79 }));
none('comments are /* */, not //', slash_comments());
none('types are told by declarations, which are there without an expression',
	offending_lines(sub {
		/get_fn_expr_(?:arg|ret)type|get_call_(?:result|expr)_(?:arg)?type/
		  || /->fn_expr\b/ }));
none('texts in messages are cut in whole characters',
	offending_lines(sub { /%\.\d+s/ }));
none('PG_VERSION_NUM is in compat.h only',
	grep { basename($_) ne 'compat.h' && $text{$_} =~ /PG_VERSION_NUM/ }
	  @sources);
none('kernels do not include postgres.h, not through their own headers either',
	grep { first_comment($_) =~ /\bKernel:/ && includes_postgres($_) }
	  @sources);
none('a file of a topic that knows the server says its role in its name',
	grep { m{^src/\w+/\w+\.[ch]$} && !m{^src/foundation/} && !says_role($_)
		  && knows_server($_) } @sources);
my %programs = map { $_ => slurp($_) } glob('test/kernels/*.c');
none('a program of test/kernels names each kernel of a topic',
	grep { !named_by_program($_, \%programs) } grep { is_kernel($_) } @sources);
my %fuzzers = map { $_ => slurp($_) } glob('test/fuzzers/*.c');
none('a fuzzer names each kernel, those of the foundation too',
	grep { !named_by_program($_, \%fuzzers) } grep { is_kernel($_)
		  || m{^src/foundation/\w+\.c$} && !knows_server($_) } @sources);
none('every file starts with a comment that names it',
	grep { index(first_comment($_), basename($_)) < 0 } @sources);

my $makefile = slurp('Makefile');
$makefile =~ s/^\s*#.*//mg;
unlike($makefile, qr/-march|-ffast-math/,
	'Makefile neither ties the build to one machine nor relaxes arithmetic');

my ($version) = slurp('bubble.control') =~ /^default_version\s*=\s*'(.*)'/m;
ok( defined $version
	  && (-e "sql/bubble--$version.sql" || glob("sql/bubble--*--$version.sql")),
	'sql has the script of the version that bubble.control names');
my ($meta_version) = slurp('META.json') =~ /"version"\s*:\s*"(.*?)"/;
like($meta_version, qr/^\Q$version\E(\.|$)/, 'META.json names it as well');

SKIP:
{
	my @tracked = tracked_files();
	my $allowed = qr{^(?:(?:src|sql|expected|test)/|\.|(?:Makefile
		|bubble\.control|README\.md|LICENSE|META\.json|CHANGELOG\.md)$)}x;

	skip system('git --version >/dev/null 2>&1') == 0
	  ? 'not a git checkout' : 'git is not installed', 1
	  unless @tracked;
	none('the top level holds what it should',
		grep { $_ !~ $allowed } @tracked);
}

none('functions of SQL stand in *_sql.c',
	grep { $text{$_} =~ /^PG_FUNCTION_INFO_V1/m && !/_sql\.c$/ } @sources);

my @tests = (glob('test/sql/*.sql'), 'test/setup.sql', glob('test/t/*.p[lm]'));
none('lines of tests have at most 100 columns',
	offending_lines(sub { columns($_) > 100 }, @tests));
none('every test of test/sql begins with the setup, so that it runs alone',
	grep { index(slurp($_), "\n\\i :setup\n") < 0 } glob('test/sql/*.sql'));
my %numbers;
$numbers{$_}++ foreach map { /(\d+)_/ } map { basename($_) } glob('test/t/*.pl');
none('numbers of test/t are unique', grep { $numbers{$_} > 1 } keys %numbers);
my $stems = join '|', 'api', 'calendar', map { basename($_) } glob('src/*/');
none('a test of test/sql bears the stem of its topic',
	grep { basename($_) !~ /^(?:$stems)(?:_\w+)?\.sql$/ }
	  glob('test/sql/*.sql'));

my @pages = grep { -e } 'README.md', 'CHANGELOG.md',
  glob('test/*/README.md'), glob('test/tour/*.md');
ok(@pages > 1, 'there are pages to read');
none('tables of the pages are whole', map { broken_tables($_) } @pages);

done_testing();

# Passes when no offenders are given.
sub none
{
	my ($name, @offenders) = @_;

	ok(!@offenders, $name) or diag(join("\n", @offenders));
}

sub slurp
{
	my ($file) = @_;

	open(my $in, '<:encoding(UTF-8)', $file) or die "$file: $!";
	local $/;
	return <$in>;
}

# file:line of the lines for which the test, which sees them as $_, is true.
sub offending_lines
{
	my ($test, @files) = @_;
	my @found;

	foreach my $file (@files ? @files : @sources)
	{
		my $number = 0;

		foreach (split /\n/, $text{$file} // slurp($file))
		{
			$number++;
			push @found, "$file:$number" if $test->();
		}
	}
	return @found;
}

sub columns
{
	my ($line) = @_;

	1 while $line =~ s/^([^\t]*)\t/$1 . ' ' x (4 - length($1) % 4)/e;
	return length($line);
}

# Strings and block comments may hold two slashes, so they are stepped over.
sub slash_comments
{
	my @found;

	foreach my $file (@sources)
	{
		while ($text{$file} =~
			m{/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|(//)}sg)
		{
			next unless defined $1;
			my $before = substr($text{$file}, 0, $-[1]);
			push @found, "$file:" . (1 + $before =~ tr/\n//);
		}
	}
	return @found;
}

sub first_comment
{
	my ($file) = @_;

	return $text{$file} =~ m{\A\s*(/\*.*?\*/)}s ? $1 : '';
}

# Functions of SQL, states, rows of results, arguments, templates of aggregates,
# and values of types as they are stored.
sub says_role
{
	my ($file) = @_;

	return basename($file) =~ /_(?:sql|state|row|arguments|aggregate)\.[ch]$|^stored_/;
}

# In quotes stand our own headers and the server's.
sub knows_server
{
	my ($file, %seen) = @_;

	return 0 if $seen{$file}++;
	foreach my $included ($text{$file} =~ /^\s*#\s*include\s*"(.*?)"/mg)
	{
		return 1 unless $text{"src/$included"};
		return 1 if knows_server("src/$included", %seen);
	}
	return 0;
}

# A file of a topic that is neither a binding nor a state, and knows no server.
sub is_kernel
{
	my ($file) = @_;

	return $file =~ m{^src/(?!foundation/)\w+/\w+\.c$}
	  && !says_role($file)
	  && !knows_server($file);
}

sub named_by_program
{
	my ($kernel, $programs) = @_;
	my $stem = basename($kernel, '.c');

	return grep { /\b$stem\b/ } values %$programs;
}

sub includes_postgres
{
	my ($file, %seen) = @_;

	return 0 if $seen{$file}++;
	foreach my $included ($text{$file} =~ /^\s*#\s*include\s*[<"](.*?)[>"]/mg)
	{
		return 1 if $included eq 'postgres.h';
		foreach my $own ("src/$included", dirname($file) . "/$included")
		{
			return 1 if $text{$own} && includes_postgres($own, %seen);
		}
	}
	return 0;
}

# Nothing where this is not a git checkout. test/check has asked already.
sub tracked_files
{
	my $git;

	if ($ENV{BUBBLE_TRACKED})
	{
		open($git, '<', $ENV{BUBBLE_TRACKED}) or return;
	}
	else
	{
		open($git, '-|', 'git', '-C', $ENV{BUBBLE_SOURCE} // '.', 'ls-files')
		  or return;
	}
	chomp(my @files = <$git>);
	return close($git) ? @files : ();
}

# A table is a run of lines that start with a pipe: a heading, the line below
# it, and rows of as many cells.  What an empty line cuts off has no heading.
sub broken_tables
{
	my ($file) = @_;
	my ($fenced, $number, $inside, $cells) = (0, 0, 0);
	my @found;

	foreach my $line (split(/\n/, slurp($file)), '')
	{
		$number++;
		$fenced = !$fenced if $line =~ /^\s*```/;
		if ($fenced || $line !~ /^\s*\|/)
		{
			push @found, "$file:" . ($number - 1) . ': a table of one line'
			  if $inside == 1;
			$inside = 0;
			next;
		}
		$cells = cells($line) if ++$inside == 1;
		push @found, "$file:$number: no line below a heading"
		  if $inside == 2 && $line !~ /^\s*\|(?:\s*:?-+:?\s*\|)+\s*$/;
		push @found, "$file:$number: not as many cells as the heading"
		  if cells($line) != $cells;
	}
	return @found;
}

# Pipes part cells in code as well, unless they are escaped.
sub cells
{
	my ($line) = @_;

	$line =~ s/\\.//g;
	return $line =~ tr/|// - 1;
}
