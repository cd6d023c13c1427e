"""
Phrases in data files: which fields of a structure people read is said by its types, and translated after reading.

A field of type `Phrase` is one; what reads the file is decorated with `per_language` and the type it reads. The same
readers tell `tools/words.py` what there is to translate.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from typing import Annotated, Any, Final, TypeVar

import msgspec
from msgspec import inspect

from fallow.language.speaking import SOURCE, gettext, spoken

T = TypeVar("T")

Phrase = Annotated[str, msgspec.Meta(extra={"phrase": True})]
"""Words of a data file that people read."""
READERS: Final[list[tuple[Callable[[], Any], Any]]] = []
"""Everything that reads phrases, and the form of what it reads, in the order of definition."""


def per_language(form: Any) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """
    Read a data file once for every language spoken, with its phrases in that language.

    Args:
        form: The type of what is read; its fields of type `Phrase` are translated.
    """

    def keep(read: Callable[[], T]) -> Callable[[], T]:
        READERS.append((read, form))

        @cache
        def kept(language: str) -> T:
            value = read()
            return value if language == SOURCE else each_phrase(value, inspect.type_info(form), gettext)

        @wraps(read)
        def reads() -> T:
            return kept(spoken())

        return reads

    return keep


def each_phrase(value: Any, form: Any, turn: Callable[[str], str]) -> Any:
    """
    A value with every phrase in it turned.

    Args:
        value: What msgspec decoded.
        form: What `msgspec.inspect.type_info` says of its type.
        turn: Called with every phrase.
    """
    match form:
        case inspect.Metadata(type=inner, extra=extra):
            return turn(value) if (extra or {}).get("phrase") else each_phrase(value, inner, turn)
        case inspect.StructType(fields=fields):
            return msgspec.structs.replace(
                value, **{each.name: each_phrase(getattr(value, each.name), each.type, turn) for each in fields}
            )
        case inspect.VarTupleType(item_type=item):
            return tuple(each_phrase(each, item, turn) for each in value)
        case inspect.TupleType(item_types=items):
            return tuple(each_phrase(each, item, turn) for each, item in zip(value, items, strict=True))
        case inspect.ListType(item_type=item):
            return [each_phrase(each, item, turn) for each in value]
        case inspect.DictType(value_type=item):
            return {key: each_phrase(each, item, turn) for key, each in value.items()}
        case inspect.UnionType(types=forms):
            fitting = next((each for each in forms if _fits(value, each)), inspect.AnyType())
            return each_phrase(value, fitting, turn)
    return value


def _fits(value: Any, form: Any) -> bool:
    if isinstance(form, inspect.Metadata):
        return _fits(value, form.type)
    if isinstance(form, inspect.StructType):
        return isinstance(value, form.cls)
    kinds = {str: inspect.StrType, tuple: (inspect.VarTupleType, inspect.TupleType), dict: inspect.DictType}
    return any(isinstance(value, kind) and isinstance(form, of) for kind, of in kinds.items())
