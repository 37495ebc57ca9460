"""Turns a regions CSV into packages/core/src/data/regions.json. Usage: regions.py REGIONS.csv GATHERED > regions.json

GATHERED is the day on which the list was gathered, YYYY-MM-DD: the date of a row that has none of its own.
"""

import csv
import json
import re
import sys

rows = []
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    pair = re.search(r"paired with (\w+)", row["notes"] or "")
    rows.append(
        {
            "cloud": row["cloud"],
            "region": row["region"],
            **({"country": row["country"]} if re.fullmatch(r"[A-Z]{2}", row["country"]) else {}),
            "city": row["city"],
            "partition": row["partition"],
            **({"pair": pair.group(1)} if pair else {}),
            **({"notes": row["notes"]} if row["notes"] and not pair else {}),
            "source": row["source"],
            "asOf": row["source_date"] or sys.argv[2],
        }
    )
print("[\n" + ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n]")
