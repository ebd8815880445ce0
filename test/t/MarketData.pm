# Files of the market's history, which are not part of the project, as tables.
package MarketData;
use strict;
use warnings;

use Exporter 'import';
use IO::Uncompress::Gunzip qw(gunzip $GunzipError);
use PostgreSQL::Test::Utils;

our @EXPORT = qw(load_closes);

sub text_of
{
	my ($file) = @_;
	my $text;

	return slurp_file($file) unless $file =~ /\.gz$/;
	gunzip($file => \$text) or die "$file: $GunzipError";
	return $text;
}

# A table (day, close) of the days, up to one, and a column of a CSV file,
# gzipped or not; how many rows it has.
sub load_closes
{
	my ($node, $table, $file, $column, $to) = @_;
	my ($header, @lines) = split /\r?\n/, text_of($file);
	my @names = split /,/, $header;
	my ($at) = grep { $names[$_] eq $column } 0 .. $#names;
	my @rows = map { [ (split /,/)[ 0, $at ] ] } @lines;

	@rows = grep { $_->[0] le $to } @rows if defined $to;
	$node->safe_psql('postgres',
		"CREATE TABLE $table (day date, close double precision);\n"
		  . "COPY $table FROM STDIN;\n"
		  . join('', map { "$_->[0]\t$_->[1]\n" } @rows)
		  . "\\.\n");
	return scalar @rows;
}

1;
