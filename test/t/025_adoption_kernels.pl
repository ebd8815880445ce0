# Kernels of adoption, compiled by themselves, against published numbers and naive
# computations: test/kernels/adoption.c, which prints one line a check.
use strict;
use warnings;
use File::Temp qw(tempdir);
use FindBin;
use Test::More;

my $root = "$FindBin::RealBin/../..";
my $cc = $ENV{CC} || 'cc';
my $gsl_config = $ENV{GSL_CONFIG} || 'gsl-config';
my $build = tempdir(CLEANUP => 1);

chomp(my $cflags = `$gsl_config --cflags 2>$build/log`);
chomp(my $libs = `$gsl_config --libs 2>$build/log`);
plan skip_all => "$gsl_config is not there" unless $libs;
plan skip_all => "$cc compiles nothing here"
  if system("echo 'int main(void) { return 0; }' >$build/empty.c"
	  . " && $cc $build/empty.c -o $build/empty 2>$build/log") != 0;

my $sources = join ' ', "$root/test/kernels/adoption.c",
  map { "$root/src/$_.c" } qw(adoption/curve adoption/start adoption/fit adoption/natural
	adoption/trend);
is( system("$cc -O2 -ffp-contract=off -I$root/src $cflags $sources $libs -lm"
		  . " -o $build/adoption 2>$build/log"),
	0, 'compiled')
  or diag(`cat $build/log`);
my @lines = split /\n/, `$build/adoption 2>&1`;
is($?, 0, 'came to its end without a failure');
foreach my $line (@lines)
{
	my ($not, $check) = $line =~ /^(not )?ok - (.*)/;

	ok(defined $check && !$not, $check || $line);
}

done_testing();
