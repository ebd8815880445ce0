-- Values as the bytes that lie on the disk, without their length, and back: the
-- type raw is a bytea that is aligned like ours. For a superuser of a test.
CREATE TYPE raw;
CREATE FUNCTION raw_in(cstring) RETURNS raw LANGUAGE internal IMMUTABLE STRICT AS 'byteain';
CREATE FUNCTION raw_out(raw) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'byteaout';
CREATE TYPE raw (INPUT = raw_in, OUTPUT = raw_out, ALIGNMENT = double, STORAGE = external);
CREATE CAST (raw AS bubble_series) WITHOUT FUNCTION;
CREATE CAST (raw AS drawdown_summary) WITHOUT FUNCTION;
CREATE CAST (bubble_series AS raw) WITHOUT FUNCTION;
CREATE CAST (drawdown_summary AS raw) WITHOUT FUNCTION;
