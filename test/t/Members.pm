# What an extension is made of, as the catalogues have it: every member, and all
# that belongs to one (columns, rules, array types, entries of operator families,
# comments, privileges, what it depends on).  Read from the catalogues alone, so
# that no flag is left out, whatever PostgreSQL adds: each column of each row,
# with names where there are OIDs.
package Members;
use strict;
use warnings;

use Exporter 'import';
use Test::More;

our @EXPORT = qw(members differences);

# A statement for each catalogue, which reads its rows of pg_temp.part.
my $functions = <<'SQL';
SET client_min_messages = warning;
SET search_path = pg_temp;
CREATE TABLE pg_temp.part AS
WITH RECURSIVE part (classid, objid) AS (
	SELECT d.classid, d.objid FROM pg_depend d JOIN pg_extension e ON d.refclassid = e.tableoid
		AND d.refobjid = e.oid
	WHERE e.extname = 'bubble' AND d.deptype = 'e'
	UNION
	SELECT more.* FROM part AS p, LATERAL (
		SELECT classid, objid FROM pg_depend
		WHERE refclassid = p.classid AND refobjid = p.objid AND deptype IN ('i', 'a')
			AND classid <> 'pg_extension'::regclass
		UNION ALL
		SELECT 'pg_class'::regclass, typrelid FROM pg_type
		WHERE p.classid = 'pg_type'::regclass AND oid = p.objid AND typrelid <> 0) AS more
)
SELECT classid::regclass AS catalogue, objid, pg_describe_object(classid, objid, 0) AS object
FROM part;
ALTER TABLE pg_temp.part ADD PRIMARY KEY (objid, catalogue);
ANALYZE pg_temp.part;

CREATE FUNCTION pg_temp.named(catalogue oid, oids oid[]) RETURNS text LANGUAGE sql AS
$$SELECT string_agg(CASE WHEN u.oid = 0 THEN '-' ELSE pg_describe_object(catalogue, u.oid, 0) END,
	', ' ORDER BY n) FROM unnest(oids) WITH ORDINALITY AS u (oid, n)$$;

-- How to read a column: what is stored as a tree is read as a statement; what
-- changes by itself is left out, as is a number that Debian keeps with columns.
CREATE FUNCTION pg_temp.reading(a pg_attribute) RETURNS text LANGUAGE sql AS
$$
SELECT CASE
	WHEN a.attname = 'oid' OR a.attrelid = 'pg_class'::regclass
		AND a.attname ~ '^rel(filenode|frozenxid|minmxid|tuples|pages|all.*)$' THEN NULL
	WHEN a.attname = 'prosqlbody' THEN 'pg_get_function_sqlbody(c.oid)'
	WHEN a.attname = 'proargdefaults' THEN 'pg_get_function_arguments(c.oid)'
	WHEN a.attname = 'ev_action' THEN 'pg_get_ruledef(c.oid)'
	WHEN a.attname = 'adbin' THEN 'pg_get_expr(adbin, adrelid)'
	WHEN a.attname = 'conbin' THEN 'pg_get_constraintdef(c.oid)'
	WHEN a.attname ~ '^(indexprs|indpred)$' THEN 'pg_get_indexdef(indexrelid)'
	WHEN a.atttypid = 'pg_node_tree'::regtype THEN format('(%I IS NULL)::text', a.attname)
	WHEN key.pktable IS NULL THEN format('%I::text', a.attname)
	WHEN key.is_array THEN format('pg_temp.named(%s, %I::oid[])', key.pktable::oid, a.attname)
	ELSE format('CASE %2$I::oid WHEN 0 THEN ''-'' ELSE pg_describe_object(%1$s, %2$I, 0) END',
		key.pktable::oid, a.attname)
END
FROM (SELECT a.*) AS x
	LEFT JOIN pg_get_catalog_foreign_keys() AS key ON key.fktable = a.attrelid
		AND key.fkcols = ARRAY[a.attname::text] AND key.pkcols = '{oid}'
$$;

-- The rows of a catalogue that belong to parts by a column, or by two.
CREATE FUNCTION pg_temp.rows(catalogue regclass, of regclass, condition text, prefix text)
RETURNS TABLE (object text, key text, value text) LANGUAGE plpgsql AS
$$
DECLARE
	columns text;
BEGIN
	SELECT string_agg(format('(%L, %s)', a.attname, reading), ', ' ORDER BY a.attnum) INTO columns
	FROM pg_attribute AS a, LATERAL pg_temp.reading(a) AS reading
	WHERE a.attrelid = catalogue AND a.attnum > 0 AND NOT a.attisdropped AND reading IS NOT NULL;
	RETURN QUERY EXECUTE format('SELECT p.object, concat(%s, k), v
		FROM pg_temp.part AS p JOIN %s AS c ON %s, LATERAL (VALUES %s) AS u (k, v)
		WHERE p.catalogue = %s AND v !~ ''^{pg_attver=\d+}$''',
		prefix, catalogue, condition, columns, of::oid);
END
$$;
SQL

my $query = <<'SQL';
SELECT translate(concat_ws(E'\x01', object, key, value), E'\n', E'\x02') FROM (
	SELECT r.* FROM (SELECT DISTINCT catalogue FROM pg_temp.part) AS p,
		LATERAL pg_temp.rows(catalogue, catalogue, 'c.oid = p.objid', '''''') AS r
	UNION ALL
	SELECT r.* FROM (VALUES
		('pg_aggregate'::regclass, 'pg_proc'::regclass, 'aggfnoid = p.objid', ''''''),
		('pg_attribute', 'pg_class', 'attrelid = p.objid AND attnum > 0',
			'''column '', attnum, '' '''),
		('pg_index', 'pg_class', 'indexrelid = p.objid', ''''''),
		('pg_range', 'pg_type', 'rngtypid = p.objid', ''''''))
		AS v (catalogue, of, condition, prefix),
		LATERAL pg_temp.rows(v.catalogue, v.of, v.condition, v.prefix) AS r
	UNION ALL
	SELECT object, concat('comment ', nullif(objsubid, 0)), description
	FROM pg_temp.part JOIN pg_description ON catalogue = classoid AND objid = objoid
	UNION ALL
	SELECT object, concat('label ', provider, nullif(objsubid, 0)), label
	FROM pg_temp.part JOIN pg_seclabel ON catalogue = classoid AND objid = objoid
	UNION ALL
	SELECT object, concat('initial privileges ', nullif(objsubid, 0)), initprivs::text
	FROM pg_temp.part JOIN pg_init_privs ON catalogue = classoid AND objid = objoid
	UNION ALL
	SELECT object, concat('depends ', deptype, ' ', nullif(d.objsubid, 0), ' on ',
		pg_describe_object(refclassid, refobjid, refobjsubid)), 'yes'
	FROM pg_temp.part AS p JOIN pg_depend AS d ON catalogue = d.classid AND p.objid = d.objid
	UNION ALL
	SELECT 'the extension', key, value FROM pg_extension, LATERAL (VALUES
		('schema', extnamespace::regnamespace::text), ('relocatable', extrelocatable::text),
		('configuration', extconfig::text), ('comment', obj_description(pg_extension.oid)))
		AS v (key, value)
	WHERE extname = 'bubble') AS found
WHERE value IS NOT NULL ORDER BY 1
SQL

# Prints all, a line each.
sub statements
{
	return "BEGIN;$functions$query; ROLLBACK;";
}

# The members in a database, after a change that does not stay: object => key =>
# value.
sub members
{
	my ($node, $database, $change) = @_;
	my %found;

	foreach my $line (split /\n/,
		$node->safe_psql($database, 'BEGIN;' . ($change // '') . ";$functions$query; ROLLBACK"))
	{
		my ($object, $key, $value) = split /\x01/, $line, 3;

		next unless defined $key;
		$value =~ tr/\x02/\n/;
		$object =~ s/\b(?:pg_temp|pg_toast)_?\d+\b/temp/g;
		$found{$object}{$key} = join("\n", grep { defined } $found{$object}{$key}, $value);
	}
	return \%found;
}

# What differs, each in a line: "object" is missing, is new, or key: old -> new.
sub differences
{
	my ($expected, $got) = @_;
	my @found;

	foreach my $object (sort keys %$expected)
	{
		my ($one, $two) = ($expected->{$object}, $got->{$object});

		push @found, $two ? () : "$object is missing";
		next unless $two;
		foreach my $key (sort keys %{ { %$one, %$two } })
		{
			my ($a, $b) = map { $_->{$key} // 'nothing' } $one, $two;

			push @found, "$object: $key: $a -> $b" if $a ne $b;
		}
	}
	return @found, map { "$_ is new" } sort grep { !$expected->{$_} } keys %$got;
}

1;
