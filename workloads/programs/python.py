# SPDX-License-Identifier: MIT
"""What scripts do: text to JSON and back, dictionaries, sorting, classes, regular expressions, generators.

Run with PYTHONMALLOC=malloc, so that every object is asked of malloc rather than of CPython's own pools.
"""

import json
import random
import re

random.seed(20261101)


class Account:
    def __init__(self, identifier, owner):
        self.identifier = identifier
        self.owner = owner
        self.entries = []

    def post(self, amount, text):
        self.entries.append({"amount": amount, "text": text})

    def as_dictionary(self):
        return {"id": self.identifier, "owner": self.owner, "entries": self.entries}


def word(length):
    return "".join(random.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(length))


def documents(count):
    for identifier in range(count):
        account = Account(identifier, word(random.randint(4, 12)).title())
        for _ in range(random.randint(1, 40)):
            account.post(random.randint(-10000, 10000), " ".join(word(random.randint(2, 9)) for _ in range(4)))
        yield json.dumps(account.as_dictionary())


def main():
    lines = list(documents(500))
    accounts = [json.loads(line) for line in lines]
    words = {}
    for account in accounts:
        for entry in account["entries"]:
            for found in re.findall(r"[a-z]{3,}", entry["text"]):
                words.setdefault(found[:3], []).append(account["id"])
    ranking = sorted(((len(set(places)), prefix) for prefix, places in words.items()), reverse=True)
    totals = {account["owner"]: sum(entry["amount"] for entry in account["entries"]) for account in accounts}
    report = "\n".join(f"{owner:>14} {total:>10}" for owner, total in sorted(totals.items()))
    print(ranking[0], len(report))


main()
