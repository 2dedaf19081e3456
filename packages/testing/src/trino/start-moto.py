"""Runs moto's S3 and Glue on a free loopback port, with three gaps of its Glue closed.

Prints moto's own `Running on http://127.0.0.1:PORT` on standard error, and ends when its
standard input does, so that it never outlives whoever started it.
"""

import os
import sys
import threading

from moto.core.responses import ActionResult
from moto.glue import utils
from moto.glue.responses import GlueResponse
from moto.server import main


def mean_all_by_an_empty_expression():
    """Trino asks for every partition with an empty expression, as Glue allows."""
    cache = type(utils._PARTITION_FILTER_EXPRESSION_CACHE)
    parse = cache.get
    cache.get = lambda self, expression: parse(self, expression) if expression else None


def compare_varchar_as_text():
    """Glue compares keys of type `varchar(n)` as text, whatever their length."""
    cast = utils._cast
    utils._cast = lambda type_, value: cast(type_.split("(")[0], value)


def have_no_column_statistics():
    """Trino plans without statistics, and writes none that anybody would read."""
    none = {"ColumnStatisticsList": [], "Errors": []}
    for verb in ("get", "update", "delete"):
        for owner in ("table", "partition"):
            name = f"{verb}_column_statistics_for_{owner}"
            if not hasattr(GlueResponse, name):
                setattr(GlueResponse, name, lambda self: ActionResult(none))


def end_with_standard_input():
    sys.stdin.buffer.read()
    os._exit(0)


mean_all_by_an_empty_expression()
compare_varchar_as_text()
have_no_column_statistics()
threading.Thread(target=end_with_standard_input, daemon=True).start()
main(["-H", "127.0.0.1", "-p", "0"])
