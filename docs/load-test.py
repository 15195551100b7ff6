#!/usr/bin/env python3
"""Asks a server of `trimtab serve` many times, with so many requests at once, and prints a table.

    python3 docs/load-test.py http://127.0.0.1:8080 TASK [REQUESTS] [PID]

PID is the server's: its memory is read before and after. The standard library alone.
"""

import http.client
import json
import random
import sys
import threading
import time
import urllib.parse

WORDS = "a quiet clever film that never once forgets what it wanted to say or to whom".split()


def text(stream):
    return " ".join(stream.choice(WORDS) for _ in range(stream.randint(4, 40)))


def memory(pid):
    if pid is None:
        return float("nan")
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def ask(address, task, number, taken, faults):
    connection = http.client.HTTPConnection(address, timeout=60)
    for request in range(number[0], number[1]):
        asked = text(random.Random(request))
        body = json.dumps({"task": task, "texts": [asked]})
        start = time.perf_counter()
        connection.request("POST", "/predict", body, {"Content-Type": "application/json"})
        response = connection.getresponse()
        told = json.loads(response.read())
        taken.append(time.perf_counter() - start)
        if response.status != 200 or "label" not in told["predictions"][0]:
            faults.append(told)
    connection.close()


def measure(address, task, requests, at_once):
    taken, faults = [], []
    bounds = [requests * i // at_once for i in range(at_once + 1)]
    threads = [
        threading.Thread(target=ask, args=(address, task, bounds[i : i + 2], taken, faults))
        for i in range(at_once)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    taken.sort()
    share = lambda part: 1000 * taken[min(len(taken) - 1, int(part * len(taken)))]
    return seconds, len(taken), len(faults), [share(p) for p in (0.5, 0.9, 0.99)]


def main():
    address = urllib.parse.urlparse(sys.argv[1]).netloc
    task = sys.argv[2]
    requests = int(sys.argv[3]) if len(sys.argv) > 3 else 1000
    pid = int(sys.argv[4]) if len(sys.argv) > 4 else None
    measure(address, task, 50, 1)  # warms up
    print("| at once | answered | faults | requests/s | p50 ms | p90 ms | p99 ms | RSS MiB before, after |")
    print("|---|---|---|---|---|---|---|---|")
    lost = 0
    for at_once in (1, 8, 32):
        before = memory(pid)
        seconds, answered, faults, shares = measure(address, task, requests, at_once)
        lost += requests - answered + faults
        rates = " | ".join(f"{share:.0f}" for share in shares)
        print(
            f"| {at_once} | {answered} of {requests} | {faults} | {answered / seconds:.0f} |"
            f" {rates} | {before:.0f}, {memory(pid):.0f} |",
            flush=True,
        )
    sys.exit(1 if lost else 0)


if __name__ == "__main__":
    main()
