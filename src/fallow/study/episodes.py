"""
Silence episodes of many dyads as one set of tables, whatever engine holds them: the definition of `fallow.dyad`.

Nothing here names an engine; everything is lazy, and Polars, DuckDB and Spark run it as it stands. A dyad's messages
are in order of time and, of one moment, of the senders' names (twins are left out, so no two have the same place).
A talk is a run of a dyad's messages without a silence inside, so a silence follows every talk, and all that is known
when it begins is a sum, a maximum or the last of the talks before. `tests/study` holds the two definitions equal.
"""

from __future__ import annotations

from typing import Any, Final

import narwhals as nw

from fallow.dyad import (
    ALTER_BROKE,
    COVARIATES,
    DAY_US,
    EGO_BROKE,
    LEAST_DAYS,
    LEAST_MESSAGES,
    LONG_DAYS,
    MEMORIES,
    OPEN,
    START_DAYS,
)

MASS: Final = 5
"""Receivers of one sender in one second; from one more on it is mass mail."""
ROOM: Final = 2**30
"""More people than any log has: a dyad's number is that of one times this, and that of the other."""
SECONDS: Final = 2**32
"""No moment of a log is so many seconds from 0, before or after; `at` in microseconds and twice it are whole floats."""
NEVER: Final = -float(2**53)
"""Microseconds; before every moment of a log."""

Frame = nw.LazyFrame[Any]
SIDES: Final = (0, 1)
"""The one of a dyad whose name comes first, and the other."""


def numbered_people(lines: Frame) -> Frame:
    """`name` and `person`, from 0 in order of the names' code points, of everyone in a log."""
    names = nw.concat([lines.select(name="sender").unique(), lines.select(name="receiver").unique()]).unique()
    return names.with_row_index("person", order_by="name").with_columns(nw.col("person").cast(nw.Int64))


def clean_messages(lines: Frame, people: Frame) -> Frame:
    """
    The messages of a log that are of two people.

    Args:
        lines: `sender`, `receiver` (words), `at` (seconds).
        people: As `numbered_people`.
    Returns:
        `dyad`, in order of the two names; `side` that wrote; `at`, microseconds as a float; `place`, the order within
        the dyad. Messages to oneself and mass mail are gone; of twins, which have one place, the first is not yet.
    """
    sender, receiver = nw.col("sender"), nw.col("receiver")
    at = (nw.col("at").cast(nw.Float64) * 1e6 + 0.5).floor()
    wrote, got = (people.rename({"person": name}) for name in ("wrote", "got"))
    lines = lines.filter(sender != receiver).with_columns(at=at)
    numbered = lines.join(wrote, left_on="sender", right_on="name").join(got, left_on="receiver", right_on="name")
    first = nw.col("wrote") < nw.col("got")
    low, high = (nw.when(first).then(nw.col(a)).otherwise(nw.col(b)) for a, b in (("wrote", "got"), ("got", "wrote")))
    side = nw.when(first).then(nw.lit(0)).otherwise(nw.lit(1)).cast(nw.Int64)
    place = (nw.col("at") * 2).cast(nw.Int64) + side
    second = (nw.col("at").cast(nw.Int64) + SECONDS * 1_000_000) // 1_000_000
    burst = nw.col("wrote") * (2 * SECONDS) + second.cast(nw.Int64)
    placed = numbered.select("at", side=side, dyad=low * ROOM + high, place=place, burst=burst)
    return placed.join(_mass_mail(placed), on="burst", how="anti").select("dyad", "side", "at", "place")


def _mass_mail(placed: Frame) -> Frame:
    """The bursts of one sender in one second that went to too many; twins are told apart only where it matters."""
    crowded = placed.group_by("burst").agg(size=nw.len()).filter(nw.col("size") > MASS)
    single = placed.join(crowded, on="burst", how="semi").select("burst", "dyad", "place").unique()
    return single.group_by("burst").agg(size=nw.len()).filter(nw.col("size") > MASS).select("burst")


def talks_of(messages: Frame, origin: float) -> Frame:
    """
    Runs of messages of a dyad with no silence inside.

    Args:
        messages: As `clean_messages` gives them.
        origin: Microseconds near them; only the rounding depends on it.
    Returns:
        `dyad`, `talk` (its number in the dyad, from 0), `start`, `end`, `first_side`, `last_side`, `widest` (longest
        gap up to and with each message in it, microseconds), and for each side `sent` and `last` in it, and `worth`,
        its messages of the dyad so far, each exp(days since `origin` / memory).
    """
    order = {"order_by": "place"}
    day = (nw.col("at") - origin) / DAY_US
    before = messages.with_columns(before=nw.col("place").shift(1).over("dyad", **order))
    twin = (nw.col("place") == nw.col("before")).fill_null(False)
    gaps = before.filter(~twin).with_columns(gap=nw.col("at") - (nw.col("before") / 2).floor(), day=day)
    back = nw.when(nw.col("gap") >= LEAST_DAYS * DAY_US).then(nw.lit(1)).otherwise(nw.lit(0))
    mine = {side: nw.col("side") == side for side in SIDES}
    worth = {
        f"worth_{memory:.0f}_{side}": nw.when(mine[side]).then((nw.col("day") / memory).exp()).otherwise(nw.lit(0.0))
        for memory in MEMORIES
        for side in SIDES
    }
    marked = gaps.with_columns(
        talk=back.cum_sum().over("dyad", **order).cast(nw.Int64),
        **{name: each.cum_sum().over("dyad", **order) for name, each in worth.items()},
    )
    own = marked.with_columns(
        **{f"sent_{side}": nw.when(mine[side]).then(nw.lit(1.0)).otherwise(nw.lit(0.0)) for side in SIDES},
        **{f"last_{side}": nw.when(mine[side]).then(nw.col("at")) for side in SIDES},
    )
    talks = own.group_by("dyad", "talk").agg(
        nw.col("place").min().alias("first_place"),
        nw.col("place").max().alias("last_place"),
        nw.col("gap").max().alias("widest"),
        *(nw.col(f"sent_{side}").sum() for side in SIDES),
        *(nw.col(f"last_{side}").max() for side in SIDES),
        *(nw.col(name).max() for name in worth),
    )
    ends = {"start": "first_place", "end": "last_place"}
    timed = talks.with_columns(**{name: (nw.col(place) / 2).floor() for name, place in ends.items()})
    sides = {"first_side": ("first_place", "start"), "last_side": ("last_place", "end")}
    return timed.with_columns(
        **{name: nw.col(place) - (nw.col(at) * 2).cast(nw.Int64) for name, (place, at) in sides.items()}
    ).drop("first_place", "last_place")


def silences_after(talks: Frame, *, origin: float, until: float) -> Frame:
    """
    Every silence of a day and more, once for each dyad, with what was known of each side when it began.

    Args:
        talks: As `talks_of` gives them.
        origin: The same as there.
        until: Microseconds at which the log ends.
    Returns:
        `dyad`, `row` (how many messages came before), `begin`, `days`, `ender` (side, null where it is open), and the
        counts of which `views_of` makes covariates.
    """
    order = {"order_by": "talk"}

    def over(each: nw.Expr) -> nw.Expr:
        return each.over("dyad", **order)

    near = talks.with_columns(
        wait=nw.col("start") - over(nw.col("end").shift(1)),
        following=over(nw.col("start").shift(-1)),
        ender=over(nw.col("first_side").shift(-1)),
        origin_day=nw.col("start").min().over("dyad"),
        start_day=(nw.col("start") - origin) / DAY_US,
    )
    back = ~nw.col("wait").is_null()
    counted: dict[str, nw.Expr] = {
        "log_waits": nw.when(back).then((nw.col("wait") / DAY_US).log()).otherwise(nw.lit(0.0))
    }
    for side in SIDES:
        came = back & (nw.col("first_side") == side)
        counted[f"returns_{side}"] = _one(came)
        counted[f"long_{side}"] = _one(came & (nw.col("wait") >= LONG_DAYS * DAY_US))
        counted[f"all_{side}"] = nw.col(f"sent_{side}")
        for memory in MEMORIES:
            past = (nw.col("start_day") / memory).exp()
            counted[f"came_{memory:.0f}_{side}"] = nw.when(came).then(past).otherwise(nw.lit(0.0))
    summed = near.with_columns(
        **{name: over(each.cum_sum()) for name, each in counted.items()},
        **{f"latest_{side}": over(nw.col(f"last_{side}").fill_null(NEVER).cum_max()) for side in SIDES},
        widest=over(nw.col("widest").fill_null(0.0).cum_max()) / DAY_US,
        back=_one(back),
        age=(nw.col("end") - nw.col("origin_day")) / DAY_US,
        end_day=(nw.col("end") - origin) / DAY_US,
    )
    following = nw.when(nw.col("following").is_null()).then(nw.lit(until)).otherwise(nw.col("following"))
    length = following - nw.col("end")
    # Polars multiplies by the reciprocal of a plain number, which moves the last bit; of a column it does not.
    day = nw.col("end") * 0.0 + DAY_US
    silent = summed.with_columns(length=length, days=length / day, row=nw.col("all_0") + nw.col("all_1"))
    both = (nw.col("all_0") > 0) & (nw.col("all_1") > 0)
    enough = both & (nw.col("row") >= LEAST_MESSAGES)
    return silent.filter(enough & (nw.col("length") >= LEAST_DAYS * DAY_US))


def _one(where: nw.Expr) -> nw.Expr:
    return nw.when(where).then(nw.lit(1.0)).otherwise(nw.lit(0.0))


def views_of(silences: Frame) -> Frame:
    """
    Silences as each of the two sees them.

    Returns:
        `dyad`, `view` (the side that is ego), `row`, `begin` (microseconds), `days`, `cause`, COVARIATES; in order of
        view, dyad and row.
    """
    both = nw.concat([_seen_by(silences, ego) for ego in SIDES])
    return both.sort("view", "dyad", "row")


def _seen_by(silences: Frame, ego: int) -> Frame:
    """The equations of `fallow.dyad`, covariate by covariate."""
    alter, short, longer = 1 - ego, *(f"{memory:.0f}" for memory in MEMORIES)
    c = nw.col
    known, x = c("back") > 0, c(f"returns_{alter}") + c(f"returns_{ego}")
    record, talked = c("age") + START_DAYS, c("sent_0") + c("sent_1")

    def left(name: str, memory: str, side: int) -> nw.Expr:
        """How much of a growing sum is remembered at the end."""
        return c(f"{name}_{memory}_{side}") / (c("end_day") / float(memory)).exp()

    def whether(where: nw.Expr, yes: nw.Expr, no: nw.Expr) -> nw.Expr:
        return nw.when(where).then(yes).otherwise(no)

    plus, minus = nw.lit(1.0), nw.lit(-1.0)
    columns = {
        "alter_return_rate": ((c(f"returns_{alter}") + 0.5) / record).log(),
        "ego_return_rate": ((c(f"returns_{ego}") + 0.5) / record).log(),
        "return_rate": ((x + 1) / record).log(),
        "record_days": record.log(),
        "messages": c("row").log(),
        "usual_gap": whether(x > 0, c("log_waits") / whether(x > 0, x, plus), plus),
        "long_silences": (c("long_0") + c("long_1") + 1).log(),
        "long_returns_alter": ((c(f"long_{alter}") + 0.5) / (c(f"long_{ego}") + 0.5)).log(),
        "recent_returns_alter": (left("came", short, alter) + 0.1).log(),
        "recent_returns_ego": (left("came", short, ego) + 0.1).log(),
        "late_returns_alter": (left("came", longer, alter) + 0.1).log(),
        "late_returns_ego": (left("came", longer, ego) + 0.1).log(),
        "recent_messages": (left("worth", short, alter) + left("worth", short, ego)).log(),
        "messages_alter": ((left("worth", longer, alter) + 0.5) / (left("worth", longer, ego) + 0.5)).log(),
        "last_by_ego": whether(c("last_side") == ego, plus, minus),
        "last_gap": whether(known, (whether(known, c("wait"), nw.lit(0.0)) / DAY_US + 1).log(), nw.lit(0.0)),
        "last_return_alter": whether(known, whether(c("first_side") == alter, plus, minus), nw.lit(0.0)),
        "since_return": ((c("end") - c("start")) / DAY_US + 1).log(),
        "since_alter": ((c("end") - c(f"latest_{alter}")) / DAY_US + 1).log(),
        "since_ego": ((c("end") - c(f"latest_{ego}")) / DAY_US + 1).log(),
        "longest_gap": (c("widest") + 1).log(),
        "talk_messages": talked.log(),
        "talk_alter": c(f"sent_{alter}") / talked - 0.5,
    }
    broke = whether(c("ender") == alter, nw.lit(ALTER_BROKE), nw.lit(EGO_BROKE))
    return silences.select(
        c("dyad").cast(nw.Int64),
        nw.lit(ego).cast(nw.Int8).alias("view"),
        c("row").cast(nw.Int64),
        c("end").cast(nw.Int64).alias("begin"),
        c("days").cast(nw.Float64),
        whether(c("ender").is_null(), nw.lit(OPEN), broke).cast(nw.Int8).alias("cause"),
        *(columns[name].cast(nw.Float64).alias(name) for name in COVARIATES),
    )
