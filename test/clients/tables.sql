-- What the clients ask about.
CREATE TABLE price (symbol text, day date, close float8);
INSERT INTO price VALUES ('A', '2024-01-01', 100), ('A', '2024-01-02', 75), ('A', '2024-01-03', 120), ('A', '2024-01-04', 60),
	('B', '2024-01-01', 10), ('B', '2024-01-02', 11);
CREATE TABLE round (day date, amount float8);
INSERT INTO round VALUES ('2024-01-15', 10), ('2024-02-29', 30);
