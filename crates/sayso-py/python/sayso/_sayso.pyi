from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, Literal, Optional, Union, final

from sayso.record import Record

__all__ = ["ReadError", "Statements", "Unread", "__version__", "read", "read_many"]

__version__: Final[str]

class ReadError(ValueError): ...

@final
class Unread:
    @property
    def article(self) -> int: ...
    @property
    def reason(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __ne__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Statements:
    @property
    def unread(self) -> list[Unread]: ...
    @property
    def n_articles(self) -> int: ...
    @property
    def column_names(self) -> list[str]: ...
    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: Optional[object] = None) -> object: ...

def read(
    text: str,
    *,
    url: Optional[str] = None,
    outlet: Optional[str] = None,
    title: Optional[str] = None,
    byline: Optional[str] = None,
    published: Union[str, date, None] = None,
    language: Optional[str] = None,
    assume_english: bool = False,
    min_confidence: float = 0.0,
) -> Record: ...
def read_many(
    texts: Iterable[Union[str, Mapping[str, Any]]],
    *,
    errors: Literal["warn", "skip", "raise"] = "warn",
    assume_english: bool = False,
    min_confidence: float = 0.0,
) -> Statements: ...
