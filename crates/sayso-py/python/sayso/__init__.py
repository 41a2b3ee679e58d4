"""Who said what in the news, through whose hands, in which words, how firmly, and who denies it?

`read` takes one article and gives its record; `read_many` takes many and gives a table of their statements, which
pandas, Polars and pyarrow take over. English only; nothing leaves the machine.

    >>> import sayso
    >>> record = sayso.read("The mayor denied that the dam had leaked.")
    >>> record["attributions"][0]["act"]
    'deny'
"""

from sayso._sayso import ReadError, Statements, Unread, __version__, read, read_many
from sayso.record import Record

__all__ = ["ReadError", "Record", "Statements", "Unread", "__version__", "read", "read_many"]
