/*
 * summary_sql.c - SQL functions of the type drawdown_summary
 *
 * Text form:		date{2000-01-03,1d*4,3d;2000-01-03=10,2000-01-05=12;...}
 *					the times of all rows, the peaks, the troughs
 * Binary form:		version, kind, number of peaks, of troughs and of bytes of
 *					packed times, then those
 *
 * Copyright (c) 2026, the bubble authors
 * Released under the PostgreSQL License, see LICENSE.
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "miscadmin.h"

#include "drawdown/episode_row.h"
#include "drawdown/summary_state.h"
#include "foundation/aggregate_head.h"
#include "foundation/arguments.h"
#include "series/stored_series.h"
#include "series/stored_text.h"

PG_FUNCTION_INFO_V1(bubble_drawdown_summary_in);
PG_FUNCTION_INFO_V1(bubble_drawdown_summary_out);
PG_FUNCTION_INFO_V1(bubble_drawdown_summary_recv);
PG_FUNCTION_INFO_V1(bubble_drawdown_summary_send);
PG_FUNCTION_INFO_V1(bubble_summary_transfn);
PG_FUNCTION_INFO_V1(bubble_summary_combinefn);
PG_FUNCTION_INFO_V1(bubble_summary_finalfn);
PG_FUNCTION_INFO_V1(bubble_summary_drawdown);
PG_FUNCTION_INFO_V1(bubble_summary_max_drawdown);
PG_FUNCTION_INFO_V1(bubble_summary_observations);
PG_FUNCTION_INFO_V1(bubble_summary_first_at);
PG_FUNCTION_INFO_V1(bubble_summary_last_at);
PG_FUNCTION_INFO_V1(bubble_summary_max_drawdown_episode);

/* ---- input and output ---- */

/*
 * Rows up to a closing character.
 */
static void
read_rows(TextReader *reader, Series *rows, TimeKind kind, char closing)
{
	do
	{
		int64		at;
		double		value;

		CHECK_FOR_INTERRUPTS();
		ReadRow(reader, kind, &at, &value);
		SeriesAppend(rows, at, value);
	} while (ReadChar(reader, ','));
	ExpectChar(reader, closing);
}

Datum
bubble_drawdown_summary_in(PG_FUNCTION_ARGS)
{
	TextReader	reader = ReadText(PG_GETARG_CSTRING(0), "drawdown_summary");
	TimeKind	kind = ReadKind(&reader);
	DrawdownSummary *summary = CreateSummary(PrivateContext(), kind);
	SummaryParts *parts = &summary->parts;
	const char *defect;

	ExpectChar(&reader, '{');
	TimeSetFromText(&reader, &parts->times, kind);
	ExpectChar(&reader, ';');
	read_rows(&reader, &parts->peaks, kind, ';');
	read_rows(&reader, &parts->troughs, kind, '}');
	ExpectEnd(&reader);
	defect = SummaryDefect(parts);
	if (defect != NULL)
		MalformedError(&reader, defect);
	CheckSummarySize(parts);
	summary->scanned = false;
	PG_RETURN_DATUM(EOHPGetRODatum(&summary->header));
}

static void
write_rows(StringInfo buf, const Series *rows, TimeKind kind)
{
	int64		place;

	for (place = rows->from; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		appendStringInfoChar(buf, place == rows->from ? ';' : ',');
		WriteRow(buf, SeriesAt(rows, place), SeriesValue(rows, place), kind);
	}
}

Datum
bubble_drawdown_summary_out(PG_FUNCTION_ARGS)
{
	SummaryParts parts = SummaryPartsOf(PG_GETARG_DATUM(0));
	StringInfoData buf;

	initStringInfo(&buf);
	appendStringInfo(&buf, "%s{", TimeKindName(parts.kind));
	TimeSetToText(&buf, &parts.times, parts.kind);
	write_rows(&buf, &parts.peaks, parts.kind);
	write_rows(&buf, &parts.troughs, parts.kind);
	appendStringInfoChar(&buf, '}');
	PG_RETURN_CSTRING(buf.data);
}

static void
invalid(const char *detail)
{
	InvalidBinaryError("drawdown_summary", detail);
}

static void
receive_rows(StringInfo buf, Series *rows, uint32 count)
{
	uint32		i;

	if (count > (buf->len - buf->cursor) / (sizeof(int64) + sizeof(double)))
		invalid("The number of rows does not fit the length.");
	for (i = 0; i < count; i++)
	{
		int64		at = pq_getmsgint64(buf);

		CHECK_FOR_INTERRUPTS();
		SeriesAppend(rows, at, CheckPrice(pq_getmsgfloat8(buf)));
	}
}

/*
 * The input is not trusted: times are read run by run, and peaks and troughs
 * must be those of a price history.
 */
Datum
bubble_drawdown_summary_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	int			version = pq_getmsgbyte(buf);
	TimeKind	kind = pq_getmsgbyte(buf);
	uint32		peaks = pq_getmsgint(buf, 4);
	uint32		troughs = pq_getmsgint(buf, 4);
	uint32		packed = pq_getmsgint(buf, 4);
	DrawdownSummary *summary;
	SummaryParts *parts;
	const char *defect;

	if (version != STORED_SUMMARY_VERSION)
		BinaryVersionError("drawdown_summary", version);
	if (kind != TIME_IS_DATE && kind != TIME_IS_TIMESTAMPTZ)
		invalid("The kind of time is not known.");
	summary = CreateSummary(PrivateContext(), kind);
	parts = &summary->parts;
	receive_rows(buf, &parts->peaks, peaks);
	receive_rows(buf, &parts->troughs, troughs);
	if (peaks == 0 || !TimeIsValid(SeriesAt(&parts->peaks, 0), kind) ||
		packed > buf->len - buf->cursor ||
		!TimeSetUnpack(&parts->times, kind, SeriesAt(&parts->peaks, 0),
					   (const uint8 *) pq_getmsgbytes(buf, packed), packed))
		invalid("The times cannot be read.");
	defect = SummaryDefect(parts);
	if (defect != NULL)
		invalid(defect);
	CheckSummarySize(parts);
	summary->scanned = false;
	PG_RETURN_DATUM(EOHPGetRODatum(&summary->header));
}

static void
send_rows(StringInfo buf, const Series *rows)
{
	int64		place;

	for (place = rows->from; place < rows->to; place++)
	{
		CHECK_FOR_INTERRUPTS();
		pq_sendint64(buf, SeriesAt(rows, place));
		pq_sendfloat8(buf, SeriesValue(rows, place));
	}
}

Datum
bubble_drawdown_summary_send(PG_FUNCTION_ARGS)
{
	SummaryParts parts = SummaryPartsOf(PG_GETARG_DATUM(0));
	Size		packed = TimeSetPackedSize(&parts.times);
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, STORED_SUMMARY_VERSION);
	pq_sendbyte(&buf, parts.kind);
	pq_sendint32(&buf, SeriesLength(&parts.peaks));
	pq_sendint32(&buf, SeriesLength(&parts.troughs));
	pq_sendint32(&buf, packed);
	send_rows(&buf, &parts.peaks);
	send_rows(&buf, &parts.troughs);
	enlargeStringInfo(&buf, packed);
	TimeSetPack(&parts.times, (uint8 *) buf.data + buf.len);
	buf.len += packed;
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/* ---- aggregates ---- */

/*
 * A state as the result of a function.  One that no aggregate works on is a
 * value, which must be one that can be stored.
 */
static Datum
state_result(FunctionCallInfo fcinfo, DrawdownSummary *summary)
{
	Datum		result = EOHPGetRWDatum(&summary->header);
	SummaryParts parts;

	if (!AggCheckCallContext(fcinfo, NULL))
	{
		parts = SummaryPartsOf(result);
		CheckSummarySize(&parts);
	}
	PG_RETURN_DATUM(result);
}

Datum
bubble_summary_transfn(PG_FUNCTION_ARGS)
{
	TimeKind	kind = TimeKindOfCall(fcinfo, 2);
	DrawdownSummary *summary;
	double		price;

	if (RowIsNull(fcinfo))
		return UnchangedState(fcinfo);
	price = CheckPriceAt(PG_GETARG_FLOAT8(1), fcinfo, 2, kind);
	summary = SummaryState(fcinfo, kind);
	SummaryAdd(summary, TimeArg(fcinfo, 2, kind, "at"), price);
	return state_result(fcinfo, summary);
}

/*
 * Adds one summary to another: combines parts of an aggregate, and is the
 * transition of rollup().
 */
Datum
bubble_summary_combinefn(PG_FUNCTION_ARGS)
{
	DrawdownSummary *summary;
	SummaryParts parts;

	if (PG_ARGISNULL(1))
		return UnchangedState(fcinfo);
	parts = SummaryPartsOf(PG_GETARG_DATUM(1));
	summary = SummaryState(fcinfo, parts.kind);
	SummaryAddSummary(summary, &parts, PG_GETARG_DATUM(1));
	return state_result(fcinfo, summary);
}

/*
 * What has been collected as a value.
 */
Datum
bubble_summary_finalfn(PG_FUNCTION_ARGS)
{
	SummaryParts parts;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	parts = SummaryPartsOf(PG_GETARG_DATUM(0));
	CheckSummarySize(&parts);
	PG_RETURN_DATUM(PG_GETARG_DATUM(0));
}

/* ---- what a summary says ---- */

static double
highest_price(const SummaryParts *parts)
{
	return SeriesValue(&parts->peaks, parts->peaks.to - 1);
}

Datum
bubble_summary_drawdown(PG_FUNCTION_ARGS)
{
	SummaryParts parts = SummaryPartsOf(PG_GETARG_DATUM(0));

	if (highest_price(&parts) == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(1.0 - SeriesValue(&parts.troughs, parts.troughs.to - 1) /
					 highest_price(&parts));
}

Datum
bubble_summary_max_drawdown(PG_FUNCTION_ARGS)
{
	SummaryParts parts = SummaryPartsOf(PG_GETARG_DATUM(0));

	if (highest_price(&parts) == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(1.0 - SummaryRetained(&parts));
}

Datum
bubble_summary_observations(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(SummaryPartsOf(PG_GETARG_DATUM(0)).times.count);
}

Datum
bubble_summary_first_at(PG_FUNCTION_ARGS)
{
	SummaryParts parts = SummaryPartsOf(PG_GETARG_DATUM(0));

	return StoredTimeDatum(parts.times.first, parts.kind);
}

Datum
bubble_summary_last_at(PG_FUNCTION_ARGS)
{
	SummaryParts parts = SummaryPartsOf(PG_GETARG_DATUM(0));

	return StoredTimeDatum(parts.times.last, parts.kind);
}

/*
 * Also the final function of max_drawdown_episode(price, at): whether the row
 * has dates depends on the function's result type.
 */
Datum
bubble_summary_max_drawdown_episode(PG_FUNCTION_ARGS)
{
	DrawdownSummary *summary = SummaryOf(PG_GETARG_DATUM(0));
	const DrawdownEpisode *deepest = SummaryDeepest(summary);

	if (deepest == NULL)
		PG_RETURN_NULL();
	return EpisodeResult(fcinfo, deepest, summary->parts.kind);
}
