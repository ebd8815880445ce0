/*
 * Client.java - what arrives in Java, by JDBC.
 * Prints a line a check, "ok - ..." or "not ok - ..."; 77 where there is no
 * driver.  test/t/022_clients.pl runs it.
 */
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

public class Client
{
	private static boolean failed = false;
	private static Connection connection;

	/* Values and types, those of what is in lists too. */
	private static void check(String what, Object got, Object expected)
	{
		boolean good = shown(got).equals(shown(expected));

		System.out.println((good ? "ok - " : "not ok - ") + what);
		if (good)
			return;
		failed = true;
		System.out.println("# got " + shown(got) + ", expected " + shown(expected));
	}

	private static String shown(Object value)
	{
		if (value instanceof List)
		{
			List<String> parts = new ArrayList<>();

			for (Object part : (List<?>) value)
				parts.add(shown(part));
			return parts.toString();
		}
		return value == null ? "null" : value.getClass().getSimpleName() + " " + value;
	}

	/* The values of all rows, one after the other. */
	private static List<Object> values(String query, Object... parameters) throws SQLException
	{
		List<Object> values = new ArrayList<>();

		try (PreparedStatement statement = connection.prepareStatement(query))
		{
			for (int i = 0; i < parameters.length; i++)
				if (parameters[i] instanceof String)
					statement.setString(i + 1, (String) parameters[i]);
				else
					statement.setObject(i + 1, parameters[i]);
			try (ResultSet result = statement.executeQuery())
			{
				while (result.next())
					for (int i = 1; i <= result.getMetaData().getColumnCount(); i++)
						values.add(value(result, i));
			}
		}
		return values;
	}

	private static Object value(ResultSet result, int i) throws SQLException
	{
		Object value = result.getObject(i);

		if (value instanceof Array)
			return Arrays.asList((Object[]) ((Array) value).getArray());
		return value;
	}

	private static java.sql.Date day(String text)
	{
		return java.sql.Date.valueOf(text);
	}

	private static String state(String query, Object... parameters)
	{
		try
		{
			values(query, parameters);
			return "none";
		}
		catch (SQLException error)
		{
			return error.getSQLState();
		}
	}

	private static void checkResults() throws SQLException
	{
		check("a row taken apart: dates, numbers, null, a count",
			values("SELECT (max_drawdown_episode(close, day)).* FROM price WHERE symbol = 'A'"),
			Arrays.asList(day("2024-01-03"), 120.0, day("2024-01-04"), 60.0, null, 0.5, 2L, day("2024-01-04")));
		check("its times",
			values("SELECT (e).peak_at, (e).last_at FROM (SELECT max_drawdown_episode(close, day::timestamptz) AS e "
				+ "FROM price WHERE symbol = 'A') AS s"),
			Arrays.asList(Timestamp.valueOf("2024-01-03 00:00:00"), Timestamp.valueOf("2024-01-04 00:00:00")));
		check("an array of episodes through unnest",
			values("SELECT e.peak_at, e.depth, e.observations, e.recovered_at FROM (SELECT drawdown_episodes(close, day, 0.1) "
				+ "AS episodes FROM price WHERE symbol = 'A') AS s, unnest(episodes) AS e ORDER BY e.peak_at"),
			Arrays.asList(day("2024-01-01"), 0.25, 3L, day("2024-01-03"), day("2024-01-03"), 0.5, 2L, null));
		check("a path of funding through unnest",
			values("SELECT p.period_end, p.amount, p.deals, p.acceleration FROM (SELECT funding_path(amount, day, '1 month') "
				+ "AS path FROM round) AS s, unnest(path) AS p ORDER BY p.period_end"),
			Arrays.asList(day("2024-01-31"), 10.0, 1L, null, day("2024-02-29"), 30.0, 1L, null));
		check("ends of periods are dates",
			values("SELECT period_ends(date '2024-01-01', '2024-03-30', '1 month')"),
			Arrays.asList(day("2024-01-31"), day("2024-02-29")));
		check("arrays of numbers, dates, times",
			values("SELECT series_values(s), dates(s), times(s) FROM (SELECT bubble_series(close, day) AS s FROM price "
				+ "WHERE symbol = 'B') AS t"),
			Arrays.asList(Arrays.asList(10.0, 11.0), Arrays.asList(day("2024-01-01"), day("2024-01-02")),
				Arrays.asList(Timestamp.valueOf("2024-01-01 00:00:00"), Timestamp.valueOf("2024-01-02 00:00:00"))));
		check("a line of characters", values("SELECT sparkline(close, day) FROM price WHERE symbol = 'A'"),
			Arrays.asList("\u2586\u2583\u2588\u2581"));
	}

	/* Types of its own arrive as a PGobject, which has their text. */
	private static void checkOwnTypes() throws SQLException
	{
		String text = "date{2024-01-01=10,2024-01-02=11}";

		check("a series is an object with its text",
			values("SELECT bubble_series(close, day) FROM price WHERE symbol = 'B'").get(0).toString(), text);
		check("a row that is not taken apart likewise",
			values("SELECT max_drawdown_episode(close, day) FROM price WHERE symbol = 'A'").get(0).toString(),
			"(2024-01-03,120,2024-01-04,60,,0.5,2,2024-01-04)");
		check("a series is a parameter",
			values("SELECT max_drawdown(?::bubble_series), observations(?::bubble_series)", text, text), Arrays.asList(0.0, 2L));
	}

	private static void checkParameters() throws SQLException
	{
		String velocity = "SELECT funding_velocity(amount, day, ?, ?) FROM round";

		check("parameters with their types beside them",
			values("SELECT funding_velocity(amount, day, ?::interval, ?::date) FROM round", "1 year", "2024-12-31"),
			Arrays.asList(40.0));
		check("without them a string is a varchar", state(velocity, "1 year", "2024-12-31"), "42883");
		check("a date of Java",
			values("SELECT funding_velocity(amount, day, ?::interval, ?) FROM round", "1 year", LocalDate.of(2024, 12, 31)),
			Arrays.asList(40.0));
		check("a time of Java",
			values("SELECT funding_velocity(amount, day::timestamptz, ?::interval, ?) FROM round", "1 year",
				OffsetDateTime.of(2024, 12, 31, 0, 0, 0, 0, ZoneOffset.UTC)),
			Arrays.asList(40.0));
		check("an error has its state", state("SELECT max_drawdown(-1, date '2024-01-01')"), "22003");
		check("and the connection goes on", values("SELECT max_drawdown(close, day) FROM price WHERE symbol = 'A'"),
			Arrays.asList(0.5));
	}

	public static void main(String[] arguments) throws SQLException
	{
		String url = String.format("jdbc:postgresql://127.0.0.1:%s/%s?user=%s", System.getenv("PGPORT"),
			System.getenv("PGDATABASE"), System.getenv("PGUSER"));

		java.util.TimeZone.setDefault(java.util.TimeZone.getTimeZone("UTC"));
		try
		{
			connection = DriverManager.getConnection(url);
		}
		catch (SQLException error)
		{
			if ("08001".equals(error.getSQLState()) && error.getMessage().startsWith("No suitable driver"))
				System.exit(77);
			throw error;
		}
		checkResults();
		checkOwnTypes();
		checkParameters();
		connection.close();
		connection = DriverManager.getConnection(url + "&stringtype=unspecified");
		check("with stringtype=unspecified a string has no type",
			values("SELECT funding_velocity(amount, day, ?, ?) FROM round", "1 year", "2024-12-31"), Arrays.asList(40.0));
		connection.close();
		System.exit(failed ? 1 : 0);
	}
}
