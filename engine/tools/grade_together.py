"""Grade together: an invented scene graded line by line against a key, for practice in describing care the same way. How marks come about
is the `grade` kind's; this chooses the scene."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.charts import Text
from engine.kinds import grade
from engine.reading import Definition, Refused, read_ids, read_rows
from engine.tools.result import GRADES, Given, Line, Problem, offered

SCENE = "vignette"
FEWEST = 10  # lines in a scene


@dataclass(frozen=True, slots=True)
class Tool:
    """The scenes by id, each as a question of the `grade` kind."""

    scenes: Mapping[str, grade.Question]


@dataclass(frozen=True, slots=True)
class Result:
    """Points of how many, whether that is close to the key, the lines with a safety miss, exact agreement 0 to 1, kappa where it can be
    worked out, and the keys and lines of the prepared texts."""

    points: int
    out_of: int
    close: bool
    misses: tuple[str, ...]
    exact: float
    kappa: float | None
    keys: tuple[str, ...]
    lines: tuple[Line, ...]


def read(definition: Definition) -> Tool:
    """Return the tool from `vignettes: [{id, items: [{id, key}]}]`. Raises Refused for fewer than ten lines in one."""
    rows = read_rows(definition, "vignettes")
    scenes = dict(zip(read_ids(rows, "vignettes", 1), map(grade.read, rows), strict=True))
    if any(len(scene.items) < FEWEST for scene in scenes.values()):
        raise Refused(f"A vignette needs at least {FEWEST} lines.")
    names = [item for scene in scenes.values() for item in scene.items]
    if len({SCENE, *names}) <= len(names):
        raise Refused("Every line needs an id of its own.")
    return Tool(scenes)


def problems(tool: Tool, given: Given) -> tuple[Problem, ...]:
    """Return what has no grade yet in the chosen scene. Raises Refused for what the form does not offer."""
    lines = {item: GRADES for scene in tool.scenes.values() for item in scene.items}
    offered(given.responses, {SCENE: tuple(tool.scenes), **lines})
    scene = tool.scenes.get(given.one(SCENE))
    if scene is None:
        return (Problem(SCENE, "unanswered"),)
    return tuple(Problem(item, "unanswered") for item in scene.items if not given.one(item))


def score(tool: Tool, given: Given) -> Result:
    """Return how near the grades come to the key of the chosen scene. `given` has no problems."""
    name = given.one(SCENE)
    scene = tool.scenes[name]
    mark = grade.mark(scene, [f"{item}={given.one(item)}" for item in scene.items])
    misses = tuple(key.removeprefix("safety:") for key in mark.keys if key.startswith("safety:"))
    close = "close" in mark.keys
    out_of = 2 * len(scene.items)
    points = round(mark.fraction * out_of)
    kappa = mark.figures.get("kappa")
    lines = [Line("points", {"points": Text(text=str(points)), "out_of": Text(text=str(out_of))})]
    lines.append(Line("exact", {"exact": Text(text=f"{round(mark.figures['exact'] * 100)}")}))
    lines += [Line("kappa", {"kappa": Text(text=f"{kappa:.2f}")})] if kappa is not None else []
    keys = (f"scene:{name}", "close" if close else "not-close", *mark.keys, *(() if misses else ("no-miss",)))
    return Result(points, out_of, close, misses, mark.figures["exact"], kappa, tuple(dict.fromkeys(keys)), tuple(lines))
