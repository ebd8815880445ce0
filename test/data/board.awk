# board.awk - writes the files of this directory in the layouts of the standard
# tables of a scoreboard: awk -F, -v table=market_price -f board.awk FILE ...

BEGIN {
	heading["market_price"] = "symbol,at,close"
	heading["market_fundamental"] = "symbol,at,shares,earnings"
	heading["funding_round"] = "company,at,reported_at,amount,post_money"
	heading["company_metric"] = "company,metric,at,value"
	heading["adoption"] = "product,at,reported_at,level"
	heading["macro_series"] = "series,at,value"
	print heading[table]
}

FNR == 1 { next }

table == "market_price" && FILENAME == "shiller.csv" { print "S&P composite," month_end($1) "," $2 }
table == "market_price" && FILENAME == "nasdaq.csv" { print "NASDAQ," month_end($1) "," $2 }
table == "market_price" && FILENAME == "tech_stocks.csv" { print $1 "," month_end($2) "," $3 }
# Earnings are the mean of ten years that is behind the ratio.
table == "market_fundamental" && $4 != "" { print "S&P composite," month_end($1) ",1," $2 / $4 }
table == "funding_round" { print $1 "," $2 "," $5 "," $3 "," $4 }
table == "company_metric" { print $1 ",revenue," $2 "," $3 }
# The rate of the federal funds, which one file has from 1980 to where the other begins.
table == "macro_series" && FILENAME == "us_macro.csv" && $1 >= "1980" { print "policy_rate," month_end($1) "," $5 }
table == "macro_series" && FILENAME == "fed_funds.csv" { print "policy_rate," month_end($1) "," $2 }
table == "adoption" && FILENAME == "ai_use.csv" { print "US businesses," $2 ",," $3 }
table == "adoption" && FILENAME == "ai_user.csv" { print $1 "," $2 "," $4 "," $3 }

# No such day: to show what becomes of a line that is wrong.
END { if (table == "market_price") print "NASDAQ,2018-02-30,7273.01" }

# What is of a month is known when it ends.
function month_end(day,    part, leap) {
	split(day, part, "-")
	leap = part[1] % 4 == 0 && (part[1] % 100 != 0 || part[1] % 400 == 0)
	return sprintf("%s-%s-%d", part[1], part[2],
		part[2] == 2 ? 28 + leap : 30 + (part[2] + (part[2] > 7)) % 2)
}
