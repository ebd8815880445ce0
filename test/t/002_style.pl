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
	offending_lines(sub { /get_fn_expr_(?:arg|ret)type|get_call_(?:result|expr)_(?:arg)?type|->fn_expr\b/ }));
none('texts in messages are cut in whole characters',
	offending_lines(sub { /%\.\d+s/ }));
none('PG_VERSION_NUM is in compat.h only',
	grep { basename($_) ne 'compat.h' && $text{$_} =~ /PG_VERSION_NUM/ }
	  @sources);
none('kernels do not include postgres.h, not through their own headers either',
	grep { first_comment($_) =~ /\bKernel:/ && includes_postgres($_) }
	  @sources);
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

	skip 'not a git checkout', 1 unless @tracked;
	none('the top level holds what it should',
		grep { $_ !~ $allowed } @tracked);
}

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
	my ($test) = @_;
	my @found;

	foreach my $file (@sources)
	{
		my $number = 0;

		foreach (split /\n/, $text{$file})
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

# Nothing where this is not a git checkout. The checkout may be someone else's.
sub tracked_files
{
	my $checkout = $ENV{BUBBLE_SOURCE} // '.';

	open(my $git, '-|', 'git', '-c', 'safe.directory=*', '-C', $checkout,
		'ls-files')
	  or return;
	chomp(my @files = <$git>);
	return close($git) ? @files : ();
}
