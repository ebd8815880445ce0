# client.py DRIVER - what arrives in Python, by psycopg2 or psycopg (3).
# Prints a line a check, "ok - ..." or "not ok - ..."; 77 where there is no
# driver.  test/t/022_clients.pl runs it.
import datetime
import importlib
import sys

try:
    driver = importlib.import_module(sys.argv[1])
except ImportError:
    sys.exit(77)

failed = False
connection = driver.connect("")
connection.autocommit = True


def rows(query, arguments=None):
    with connection.cursor() as cursor:
        cursor.execute(query, arguments)
        return cursor.fetchall()


def row(query, arguments=None):
    return rows(query, arguments)[0]


def check(what, got, expected):
    """Values and types, those of what is in lists too."""
    global failed
    good = repr(got) == repr(expected)
    print(("ok - " if good else "not ok - ") + what)
    if not good:
        failed = True
        print("# got %r, expected %r" % (got, expected))


def midnight(year, month, day):
    return datetime.datetime(year, month, day, tzinfo=datetime.timezone.utc)


def utc(value):
    return value.astimezone(datetime.timezone.utc)


date = datetime.date

check("a row taken apart: dates, numbers, None, a count",
      row("SELECT (max_drawdown_episode(close, day)).* FROM price WHERE symbol = 'A'"),
      (date(2024, 1, 3), 120.0, date(2024, 1, 4), 60.0, None, 0.5, 2, date(2024, 1, 4)))
check("its times",
      tuple(utc(at) for at in row("SELECT (e).peak_at, (e).last_at FROM (SELECT "
                                  "max_drawdown_episode(close, day::timestamptz) AS e FROM price WHERE symbol = 'A') AS s")),
      (midnight(2024, 1, 3), midnight(2024, 1, 4)))
check("an array of episodes through unnest",
      rows("SELECT e.peak_at, e.depth, e.observations, e.recovered_at FROM (SELECT drawdown_episodes(close, day, 0.1) "
           "AS episodes FROM price WHERE symbol = 'A') AS s, unnest(episodes) AS e ORDER BY e.peak_at"),
      [(date(2024, 1, 1), 0.25, 3, date(2024, 1, 3)), (date(2024, 1, 3), 0.5, 2, None)])
check("a path of funding through unnest",
      rows("SELECT p.period_end, p.amount, p.deals, p.acceleration FROM (SELECT funding_path(amount, day, '1 month') "
           "AS path FROM round) AS s, unnest(path) AS p ORDER BY p.period_end"),
      [(date(2024, 1, 31), 10.0, 1, None), (date(2024, 2, 29), 30.0, 1, None)])
check("ends of periods are dates",
      rows("SELECT period_ends(date '2024-01-01', '2024-03-30', '1 month')"),
      [(date(2024, 1, 31),), (date(2024, 2, 29),)])
check("arrays are lists: of numbers, dates, times",
      (lambda values, days, times: (values, days, [utc(at) for at in times]))(
          *row("SELECT series_values(s), dates(s), times(s) FROM (SELECT bubble_series(close, day) AS s FROM price "
               "WHERE symbol = 'B') AS t")),
      ([10.0, 11.0], [date(2024, 1, 1), date(2024, 1, 2)], [midnight(2024, 1, 1), midnight(2024, 1, 2)]))
check("lists are arrays",
      row("SELECT bubble_series(%s::date[], %s::float8[])::text", ([date(2024, 1, 1), date(2024, 1, 2)], [10.0, 11.0])),
      ("date{2024-01-01=10,2024-01-02=11}",))
text = row("SELECT bubble_series(close, day) FROM price WHERE symbol = 'B'")[0]
check("a series is a string", text, "date{2024-01-01=10,2024-01-02=11}")
check("which is a parameter", row("SELECT max_drawdown(%s::bubble_series), observations(%s::bubble_series)", (text, text)),
      (0.0, 2))
check("a series as JSON is a list",
      row("SELECT bubble_series(close, day)::jsonb FROM price WHERE symbol = 'B'")[0],
      [["2024-01-01", 10], ["2024-01-02", 11]])
check("a row that is not taken apart is a string",
      row("SELECT max_drawdown_episode(close, day) FROM price WHERE symbol = 'A'")[0],
      "(2024-01-03,120,2024-01-04,60,,0.5,2,2024-01-04)")
check("an array of rows that is not taken apart is a string",
      row("SELECT drawdown_episodes(close, day, 0.3) FROM price WHERE symbol = 'A'")[0],
      '{"(2024-01-03,120,2024-01-04,60,,0.5,2,2024-01-04)"}')
check("parameters with their types beside them",
      row("SELECT funding_velocity(amount, day, %s::interval, %s::date) FROM round", ("1 year", "2024-12-31")), (40.0,))
check("and as values of Python",
      row("SELECT funding_velocity(amount, day, %s, %s) FROM round", (datetime.timedelta(days=365), date(2024, 12, 31))),
      row("SELECT funding_velocity(amount, day, '365 days', '2024-12-31') FROM round"))
check("a line of characters", row("SELECT sparkline(close, day) FROM price WHERE symbol = 'A'"),
      ("\u2586\u2583\u2588\u2581",))
try:
    rows("SELECT max_drawdown(-1, date '2024-01-01')")
    check("an error has its state", None, "22003")
except driver.Error as error:
    check("an error has its state", getattr(error, "pgcode", None) or error.sqlstate, "22003")
check("and the connection goes on", row("SELECT max_drawdown(close, day) FROM price WHERE symbol = 'A'"), (0.5,))
sys.exit(1 if failed else 0)
