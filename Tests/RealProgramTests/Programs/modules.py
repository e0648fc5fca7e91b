# SPDX-License-Identifier: MIT
# Runs modules of CPython's own tests and prints a line for each test: its name and what became of it.
# usage: modules.py MODULE[:CLASS…]… [-SKIPPED-TEST…]
import os
import sys
import unittest
from importlib import import_module

# Programs that the tests start must write nothing on standard error.
os.environ.pop("ACE_STATS", None)

from test import support

# No tests that need a network, much memory or much time.
support.use_resources = []
support.verbose = False


class Lines(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.lines = []

    def note(self, test, what):
        self.lines.append(f"{test.id()} {what}")

    def addSuccess(self, test):
        self.note(test, "ok")

    def addSkip(self, test, reason):
        self.note(test, "skipped")

    def addExpectedFailure(self, test, error):
        self.note(test, "failed as expected")

    def addUnexpectedSuccess(self, test):
        self.note(test, "passed unexpectedly")

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.note(test, "failed")
        print(self.failures[-1][1], file=sys.stderr)

    def addError(self, test, error):
        super().addError(test, error)
        self.note(test, "failed")
        print(self.errors[-1][1], file=sys.stderr)


def chosen(suite, skipped):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from chosen(test, skipped)
        elif test.id().rpartition(".")[2] not in skipped:
            yield test


skipped = {argument[1:] for argument in sys.argv[1:] if argument.startswith("-")}
result = Lines()
for argument in sys.argv[1:]:
    if argument.startswith("-"):
        continue
    name, *classes = argument.split(":")
    module = import_module("test." + name)
    loader = unittest.defaultTestLoader
    found = [loader.loadTestsFromName(each, module) for each in classes] or [loader.loadTestsFromModule(module)]
    unittest.TestSuite(chosen(found, skipped)).run(result)
print("\n".join(sorted(result.lines)))
print(f"{result.testsRun} tests")
sys.exit(0 if result.wasSuccessful() and result.testsRun > 10 else 1)
