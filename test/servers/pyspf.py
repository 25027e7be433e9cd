"""Reads SPF worlds as JSON lines and prints pyspf's result for each: an evaluator by other people, beside ours.

With a number of milliseconds every answer takes that long; the third column is the time the evaluation took.
"""
import json
import sys
import time

import spf

zone = {}
delay = float(sys.argv[1]) / 1000 if len(sys.argv) > 1 else 0


def lookup(name, qtype, *_, **__):
    time.sleep(delay)
    entry = zone.get(name.rstrip(".").lower(), {})
    if entry.get("silent"):
        raise spf.TempError("DNS timeout")
    records = entry.get(qtype, [])
    if qtype == "TXT":
        return [((name, qtype), (text.encode(),)) for text in records]
    if qtype == "MX":
        return [((name, qtype), (10, exchange)) for exchange in records]
    return [((name, qtype), record) for record in records]


spf.DNSLookup = lookup
for line in sys.stdin:
    case = json.loads(line)
    zone = case["zone"]
    query = spf.query(i=case["ip"], s=case["sender"], h=case["helo"], receiver="receiver.example", strict=1, timeout=0, querytime=0)
    begun = time.perf_counter()
    result = query.check()
    took = round((time.perf_counter() - begun) * 1000)
    print(result[0], result[2], took, sep="\t", flush=True)
