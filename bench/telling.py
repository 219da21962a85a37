"""What the page says of each part: sentences and tables from its figures, and why a target is missed where one is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.words import Figures, kilobytes, milliseconds, share, table

NAMES = {"ours": "This site", "bare": "Bare Pyodide", "pyscript": "PyScript"}
CIRCUMSTANCES = {
    "chromium": "Chromium",
    "firefox": "Firefox",
    "slow processor": "Chromium, processor slowed to a quarter",
    "slow line": "Chromium, slow 4G",
}
SEARCHES = {"ours": "This site", "material": "Material's own", "pagefind": "Pagefind"}
BECAUSE = {
    "start": (
        "most of what is left of a start is WebAssembly getting ready and Python's own beginnings, which bare Pyodide has to do as"
        " well. A snapshot of Python's memory would reach it, at a price that is told below."
    ),
    "marking": "a round trip to a worker and back is part of every mark, and a busy machine makes it wait.",
    "wire": "Pyodide's own program takes 2.8 MB of it, and we use it as its makers publish it.",
    "content": "a page carries its navigation, helplines, foot and sources, which plain Material has not.",
    "build": (
        "our build also checks every fact, question and link, and fills in the pages. It makes the search index, explains words and"
        " gives each page its policy. Plain Material is handed pages that are filled in already."
    ),
}


def start(figures: Figures) -> Iterator[str]:
    """From nothing started to a marked answer."""
    yield (
        "The clock runs from the moment an answer is wished for, with nothing started, until it is marked. All three mark the same"
        " answer with the same engine. *Bare Pyodide* is what anyone would write first: Pyodide as published, in a worker, with the"
        " engine's source files. *PyScript* runs on the page, as its manual has it, with the same Pyodide. A first visit is a"
        f" browser with an empty profile. A second visit is the same browser again. Figures are medians of {figures['runs']} runs, or"
        f" of {figures['few']} where the machine or the line is slowed down, and the least and most are in brackets."
    )
    yield _starts(figures)
    yield (
        "*Slowed to a quarter* means that the page's processes stand still for three quarters of the time. The browser's own"
        " slow-down leaves workers alone, and ours is a worker, so it would flatter us. *Slow 4G* is 1.6 megabits a second, shared"
        " by all files, and 150 milliseconds there and back, with files in brotli. Elsewhere files come uncompressed from the same"
        " machine, so that time is work and not network."
    )
    if figures["trips"]:
        yield "Once started, one answer is marked in this time, from the page to the engine and back:"
        rows = [
            (CIRCUMSTANCES[name], f"{each['p50']:.1f} ms", f"{each['p95']:.1f} ms", f"{each['echo p95']:.1f} ms")
            for name, each in figures["trips"].items()
        ]
        yield table(("Browser", "Half of the asks", "95 of 100 asks", "95 of 100 asks of a worker that only echoes"), rows, "")
    yield "\n".join(f"- Not measured: {words}" for words in figures["failed"])
    yield from _snapshot(figures)


def _snapshot(figures: Figures) -> Iterator[str]:
    rows = []
    for name, visits in figures["starts"].items():
        ours, other, bare = (visits.get("warm", {}).get(who) for who in ("ours", "snapshot", "bare"))
        if ours and other and bare:
            rows.append((CIRCUMSTANCES[name], _time(ours), _time(other), share(other["median"], bare["median"])))
    if rows:
        size = figures["snapshot"]
        yield (
            "A second visit could begin from a snapshot of Python's memory, taken with the engine in it. That was tried in the same"
            " runs:"
        )
        yield table(("Where", "This site, second visit", "From a snapshot", "Share of bare"), rows, "")
        yield (
            f"We leave it. It is {kilobytes(size['raw'])}, and {kilobytes(size['brotli'])} more to fetch in brotli, nearly as much as"
            " the whole of a first start. It could only come after a first visit, on the reader's data, for a second visit that may"
            " never be. The engine starts while a question is being read, so few would notice. What makes and reads a snapshot is"
            " private to Pyodide and may change with any version. And every reader's Python would begin with the same random state."
        )


def _starts(figures: Figures) -> str:
    rows = []
    for name, visits in figures["starts"].items():
        for visit, words in (("cold", "first"), ("warm", "second")):
            times = visits.get(visit, {})
            if times:
                ours = times.get("ours")
                beside = [share(ours["median"], times[who]["median"]) if ours and who in times else "" for who in ("bare", "pyscript")]
                rows.append((CIRCUMSTANCES[name], words, *(_time(times.get(who)) for who in NAMES), *beside))
    return table(("Where", "Visit", *NAMES.values(), "Share of bare", "Share of PyScript"), rows, "Nothing was measured.")


def _time(time: dict[str, int] | None) -> str:
    return f"{milliseconds(time['median'])} ({milliseconds(time['least'])} to {milliseconds(time['most'])})" if time else "not measured"


def wire(figures: Figures) -> Iterator[str]:
    """Bytes until the first marked answer."""
    yield (
        "Ours is all that the page of a module asks for, from the page itself to the first marked answer, with nothing cached. The"
        " others are what their bare start asks for, without any page around it. Brotli is at its highest setting, 11, and gzip at"
        " 9."
    )
    rows = [(NAMES[who], found["all"]["files"], *_sizes(found["all"])) for who, found in figures.items()]
    yield table(("Whose", "Files", "As they are", "gzip", "brotli"), rows, "")
    yield "Ours by what it is:"
    yield table(
        ("What", "Files", "As they are", "gzip", "brotli"),
        [(name, each["files"], *_sizes(each)) for name, each in figures["ours"]["groups"].items()],
        "",
    )


def _sizes(sizes: dict[str, int]) -> tuple[str, str, str]:
    return kilobytes(sizes["raw"]), kilobytes(sizes["gzip"]), kilobytes(sizes["brotli"])


def content(figures: Figures) -> Iterator[str]:
    """A page of guidance."""
    yield (
        f"Each of the {figures['pages']} pages of guidance was opened with nothing cached, in both sites. Everything it asked for"
        " was counted: page, styles, scripts, font, and Material's search index, which it fetches at once and ours only when you"
        " search. Plain Material was built from the same words. The table has the page in the middle. Ours is"
        f" {figures['ratio']['median']:.2f} of plain Material's bytes in the middle, and {figures['ratio']['most']:.2f} at the most."
    )
    names = {"ours": "This site", "plain": "Plain Material"}
    rows = [
        (
            name,
            figures["bytes"][who]["files"],
            *_sizes(figures["bytes"][who]),
            kilobytes(figures["page"][who]["brotli"]),
            milliseconds(figures["lcp"][who]),
        )
        for who, name in names.items()
    ]
    yield table(("Whose", "Files", "As they are", "gzip", "brotli", "The page alone, brotli", "Largest part seen"), rows, "")
    yield (
        f"The last column is when the largest part of the page stands on the screen over slow 4G (the median of {figures['timed']}"
        f" pages, opened {figures['runs']} times each)."
    )


def search(figures: Figures) -> Iterator[str]:
    """Finding."""
    yield (
        f"{figures['queries']} queries as practitioners type them, with slips and abbreviations, were written before our search was"
        " tuned, each with the pages a sensible colleague would accept. All three search the same words. Material's and Pagefind's"
        " are as they come. Our list of words that people use for one thing was made for this site, which the others have not."
    )
    rows = [
        (
            name,
            f"{found['first']:.0%}",
            f"{found['three']:.0%}",
            milliseconds(found["p50"]),
            milliseconds(found["p95"]),
            kilobytes(found["bytes"]["brotli"]),
        )
        for who, name in SEARCHES.items()
        for found in [figures[who]]
    ]
    heads = (
        "Whose",
        "Right page first",
        "Among the first three",
        "Half of the keystrokes",
        "95 of 100 keystrokes",
        "Fetched to search, brotli",
    )
    yield table(heads, rows, "")
    late = [
        f"{SEARCHES[who]} left {figures[who]['unanswered']} keystrokes without any change of its list."
        for who in SEARCHES
        if figures[who]["unanswered"]
    ]
    yield " ".join(late)
    missed = ", ".join(f"“{query}”" for query in figures["ours"]["not first"])
    yield f"Ours does not put an accepted page first for: {missed}." if missed else "Ours puts an accepted page first for all of them."


def build(figures: Figures) -> Iterator[str]:
    """Builds."""
    yield (
        "Larger sites are made from this one, with copies of its guidance and its modules under other names. Ours is the whole build"
        " without the downloads: checking, filling in, building, the search index, words explained, policies and links. Plain"
        " Material is given pages filled in already, with the same navigation, pruned as ours is. Memory is the most at any one"
        " time."
    )
    rows = []
    for step in figures["steps"]:
        ours, plain = step["ours"], step["plain"]
        each = f"{1000 * ours['seconds'] / step['pages']:,.0f} ms"
        theirs = (
            (f"{plain['seconds']:,.1f} s", share(ours["seconds"], plain["seconds"]), f"{plain['memory']:,} MB")
            if plain
            else ("not built", "", "")
        )
        rows.append(
            (
                f"{step['pages']:,}",
                f"{step['questions']:,}",
                f"{ours['seconds']:,.1f} s",
                each,
                *theirs[:2],
                f"{ours['memory']:,} MB",
                theirs[2],
            )
        )
    heads = ("Pages", "Questions", "This site", "A page", "Plain Material", "Share", "Our memory", "Its memory")
    yield table(heads, rows, "")


def package(figures: Figures) -> Iterator[str]:
    """Packages."""
    yield (
        "Each module can be put into a learning management system as one zip file, which holds all it needs. The largest of"
        f" {figures['packages']} is {kilobytes(figures['largest'])}; the one measured here is {kilobytes(figures['zip'])}, with"
        f" {figures['files']} files. From opening its page to the first marked answer takes {milliseconds(figures['cold'])} on the"
        f" first visit and {milliseconds(figures['warm'])} on the second, in Chromium, with files from the same machine (medians of"
        f" {figures['runs']} runs). The answer is given by a script, without a person's time to think."
    )


TELLING: dict[str, Callable[[Figures], Iterator[str]]] = {
    "start": start,
    "wire": wire,
    "content": content,
    "search": search,
    "build": build,
    "package": package,
}
