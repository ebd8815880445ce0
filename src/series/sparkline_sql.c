/*
 * sparkline_sql.c - SQL function sparkline
 *
 * A database in UTF8 has the block characters from one to eight eighths of
 * the height; others hardly any of them, so there the digits 1 to 8 stand for
 * them.
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "series/series_state.h"
#include "series/sparkline.h"

/* The lowest block, U+2581; the others follow in its last byte. */
#define LOWEST_BLOCK "\342\226\201"
#define BLOCK_BYTES 3

#define MOST_WIDTH 10000

static const ParameterDef sparkline_defs[] = {
	{.name = "width",.kind = PARAMETER_COUNT,.least = 1,.most = MOST_WIDTH,
		.sized = true,.number = 20,
	.hint = "Use 20 or so, the number of characters in a line."}
};

static const ParameterTable sparkline_parameters =
PARAMETER_TABLE(sparkline_defs);

PG_FUNCTION_INFO_V1(bubble_sparkline);
PG_FUNCTION_INFO_V1(bubble_sparkline_finalfn);

static char *
append_block(char *to, unsigned char level)
{
	memcpy(to, LOWEST_BLOCK, BLOCK_BYTES);
	to[BLOCK_BYTES - 1] += level;
	return to + BLOCK_BYTES;
}

static Datum
draw_levels(const unsigned char *level, int64 count)
{
	bool		blocks = GetDatabaseEncoding() == PG_UTF8;
	char	   *line = palloc(count * BLOCK_BYTES);
	char	   *end = line;
	int64		i;

	for (i = 0; i < count; i++)
		if (blocks)
			end = append_block(end, level[i]);
		else
			*end++ = '1' + level[i];
	return PointerGetDatum(cstring_to_text_with_len(line, end - line));
}

static Datum
sparkline_of(const SeriesView *view, const ParameterValue *parameter)
{
	int64		width = parameter[0].u.count;
	double	   *shown = palloc(width * sizeof(double));
	unsigned char *level = palloc(width);
	int64		count;

	count = SparklineValues(view->value, view->at, view->length, width,
							shown);
	SparklineLevels(shown, count, level);
	return draw_levels(level, count);
}

Datum
bubble_sparkline(PG_FUNCTION_ARGS)
{
	const ParameterValue *parameter;
	SeriesView	view;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	parameter = ReadParameters(fcinfo, 1, &sparkline_parameters,
							   TIME_IS_DATE);
	view = SeriesViewOf(PG_GETARG_DATUM(0));
	PG_RETURN_DATUM(sparkline_of(&view, parameter));
}

#define AGGREGATE sparkline
#define AGGREGATE_PARAMETERS sparkline_parameters
#include "series/series_aggregate.h"

Datum
bubble_sparkline_finalfn(PG_FUNCTION_ARGS)
{
	const KeptSeries *state = FilledKeptSeries(fcinfo);
	SeriesView	view;

	if (state == NULL)
		PG_RETURN_NULL();
	view = KeptSeriesView(state);
	PG_RETURN_DATUM(sparkline_of(&view, state->head.parameter));
}
