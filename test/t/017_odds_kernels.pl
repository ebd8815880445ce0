# Kernels of shares and resampled areas, compiled by themselves, against naive
# computations: test/kernels/odds.c, which prints one line a check.
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $cc = $ENV{CC} || 'cc';
my $build = tempdir(CLEANUP => 1);

plan skip_all => 'no C compiler here'
  if system("echo 'int main(void) { return 0; }' >$build/empty.c && $cc $build/empty.c -o $build/empty 2>$build/log") != 0;

my $sources = join ' ', "$root/test/kernels/odds.c",
  map { "$root/src/$_.c" }
  qw(warning/weighted_roc);
is( system("$cc -O2 -ffp-contract=off -I$root/src $sources -lm -o $build/odds 2>$build/log"),
	0, 'compiled')
  or diag(`cat $build/log`);
my @lines = split /\n/, `$build/odds 2>&1`;
is($?, 0, 'came to its end without a failure');
foreach my $line (@lines)
{
	my ($not, $check) = $line =~ /^(not )?ok - (.*)/;

	ok(defined $check && !$not, $check || $line);
}

done_testing();
