# The kernel of lines of characters, compiled by itself, against a naive
# computation: test/kernels/series.c, which prints one line a check.
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $cc = $ENV{CC} || 'cc';
my $build = tempdir(CLEANUP => 1);

plan skip_all => "$cc compiles nothing here"
  if system("echo 'int main(void) { return 0; }' >$build/empty.c && $cc $build/empty.c -o $build/empty 2>$build/log") != 0;

is( system("$cc -O2 -ffp-contract=off -I$root/src $root/test/kernels/series.c $root/src/series/sparkline.c -lm -o $build/series 2>$build/log"),
	0, 'compiled')
  or diag(`cat $build/log`);
my @lines = split /\n/, `$build/series 2>&1`;
is($?, 0, 'came to its end without a failure');
foreach my $line (@lines)
{
	my ($not, $check) = $line =~ /^(not )?ok - (.*)/;

	ok(defined $check && !$not, $check || $line);
}

done_testing();
