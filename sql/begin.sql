/* sql/bubble--0.1.sql */

-- complain if script is sourced in psql, rather than via CREATE EXTENSION
\echo Use "CREATE EXTENSION bubble" to load this file. \quit

-- One section a topic.  In each: types, the functions that the aggregates are
-- made of, the aggregates, the scalar functions.
--
-- Aggregates over (value, at) take rows in any order and can be computed in
-- parts (COMBINEFUNC).  Aggregates without a time take rows as they come, so
-- that their parts could not be put together again: no COMBINEFUNC.
--
-- The M... functions serve moving window frames, in which rows also leave.
--
-- COST is by class, so that a planner computes what is dear as late as it can:
-- 1,000 for a pass over a stored value, 100,000 for a test of all its windows,
-- 1,000,000 and more for a simulation.  SSPACE is what a state of a group of
-- some dozen rows takes.
