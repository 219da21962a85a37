"""Makes this folder ready to build: Python packages, Node, its packages and the runtime's compiler. Every `make` command starts here.

Only what a lock file newly asks for is fetched, so a second run takes a moment and needs no network. Whatever goes wrong is said in
one plain line. The syntax is old on purpose, so that even a Python from years ago can say that it is too old.
"""

from __future__ import print_function

import hashlib
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, ROOT)

from scripts.plain import NO_VENV, Log, Problem, on_path, output, plainly, read, read_bytes, write  # noqa: E402

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
NEWER_NAMES = ("python3.13", "python3.12", "python3.11", "python3.14", "python3", "python")
RESTARTED = "SETUP_RESTARTED"
VERSION = "import sys; print('%d %d %d' % sys.version_info[:3])"


def set_up(root):
    """Fetch what `root` lacks, or raise `Problem`."""
    python = virtual_environment(root)
    pip_install(root, python, "requirements.txt", "Installing Python packages (a minute or so, once).")
    runtime_wheels(root, python)
    node_packages(root, node_and_npm(root, python))


# Python


def restart_with_newer(environment, version, execute=os.execve):
    """Carry on in a newer Python when this one is too old. `PYTHON` in the environment is taken at its word."""
    if suitable(version):
        return
    looking = not environment.get("PYTHON") and not environment.get(RESTARTED)
    newer = newer_python(environment.get("PATH", "")) if looking else None
    if newer is None:
        raise Problem(
            "Python {0}.{1} or newer is needed and this is Python {2}: install one, or name it, "
            "as in `make build PYTHON=python3.12`.".format(OLDEST_PYTHON[0], OLDEST_PYTHON[1], dotted(version))
        )
    sys.stdout.flush()
    execute(newer, [newer] + sys.argv, dict(environment, **{RESTARTED: "1"}))


def newer_python(path):
    """A Python on the path that is new enough and starts, or None."""
    candidates = [python for name in NEWER_NAMES for python in on_path(name, path)]
    return next((python for python in candidates if suitable(numbers(output([python, "-c", VERSION])))), None)


def suitable(version):
    """Whether a Python of this version can build the project."""
    return tuple(version[:2]) >= OLDEST_PYTHON


def numbers(said):
    """The whole numbers a Python said its version was, none when it said nothing."""
    return tuple(int(part) for part in said.split())


def dotted(version):
    """A version as people write it."""
    return ".".join(str(part) for part in version[:3])


def virtual_environment(root):
    """Make `.venv` unless it stands and still serves; return its Python."""
    python = os.path.join(root, ".venv", "bin", "python")
    if serves(root, python, os.environ.get("PYTHON")):
        return python
    if not output([sys.executable, "-c", "import ensurepip, venv; venv.EnvBuilder; print(ensurepip.version())"]):
        named = re.search(r"python3\.\d+$", sys.executable)
        raise Problem(NO_VENV.format(named.group() if named else "python3"))
    print("Making .venv with Python {0}.".format(dotted(sys.version_info)))
    Log(root).run([sys.executable, "-m", "venv", "--clear", os.path.join(root, ".venv")], ".venv")
    write(os.path.join(root, ".venv", "made-in"), root)
    return python


def serves(root, python, asked):
    """Whether `.venv` starts, has pip, is new enough, was made in this folder, and is of the Python `asked` for, if one was."""
    version = numbers(output([python, "-c", "import pip; " + VERSION]))
    moved = read(os.path.join(root, ".venv", "made-in")) not in ("", root)
    return suitable(version) and not moved and (not asked or version[:2] == tuple(sys.version_info[:2]))


def pip_install(root, python, name, message):
    """Install a lock file into `.venv` unless that very file is installed there already."""
    stamp = os.path.join(root, ".venv", "installed-" + name)
    wanted = digest(root, name)
    if read(stamp) != wanted:
        print(message)
        Log(root).run(pip(python, "install", "--require-hashes", "-r", name), name)
        write(stamp, wanted)


def pip(python, verb, *rest):
    """A pip command line that asks nothing and does not speak of itself."""
    return [python, "-m", "pip", verb, "--disable-pip-version-check", "--no-input"] + list(rest)


def runtime_wheels(root, python):
    """Download the compiler of the browser runtime: it runs inside Pyodide, so it is never installed here."""
    name, folder = "requirements-runtime.txt", os.path.join(".cache", "wheels")
    digest(root, name)
    wanted = set(re.findall(r"--hash=sha256:([0-9a-f]{64})", read(os.path.join(root, name))))
    if not wanted <= wheels(os.path.join(root, folder)):
        print("Downloading the compiler of the browser runtime (a moment, once).")
        options = ["--no-deps", "--only-binary", ":all:", "--python-version", "3.14", "--require-hashes"]
        Log(root).run(pip(python, "download", *(options + ["-r", name, "-d", folder])), name)


def wheels(folder):
    """The SHA-256 of every wheel in a folder."""
    names = os.listdir(folder) if os.path.isdir(folder) else []
    found = [read_bytes(os.path.join(folder, name)) for name in names if name.endswith(".whl")]
    return set(hashlib.sha256(wheel).hexdigest() for wheel in found)


# Node


def node_and_npm(root, python):
    """The folder of a Node new enough and its npm: this machine's own, else one installed into `.venv`."""
    own = os.path.join(root, ".venv", "bin")
    found = find_node(os.environ.get("PATH", ""), own)
    if found is None:
        message = "Installing Node into .venv, as this machine has none that is new enough (a minute, once)."
        pip_install(root, python, "requirements-node.txt", message)
    return found or own


def find_node(path, skip):
    """The first folder on the path with a Node new enough and npm beside it, or None. `skip` is a folder to pass over."""
    for node in on_path("node", path):
        folder = os.path.dirname(os.path.abspath(node))
        if folder != os.path.abspath(skip) and on_path("npm", folder) and major(output([node, "--version"])) >= OLDEST_NODE:
            return folder
    return None


def major(said):
    """The first number of what `node --version` said, 0 when it said nothing of the kind."""
    found = re.match(r"v(\d+)\.", said)
    return int(found.group(1)) if found else 0


def node_packages(root, folder):
    """Install `package-lock.json` into `node_modules` unless that very file is installed there already."""
    stamp = os.path.join(root, "node_modules", ".installed")
    wanted = digest(root, "package-lock.json", "package.json")
    if read(stamp) != wanted:
        print("Installing Node packages (half a minute, once).")
        npm(root, folder, "package-lock.json", "ci")
        write(stamp, wanted)


def npm(root, folder, what, *arguments):
    """Run the npm of a folder, with the Node beside it, and no script of any package."""
    environment = dict(os.environ, PATH=os.pathsep.join([folder, os.environ.get("PATH", "")]))
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=8000"]
    Log(root).run([os.path.join(folder, "npm")] + list(arguments) + options, what, environment)


def digest(root, *names):
    """One SHA-256 over files that must be there."""
    total = hashlib.sha256()
    for name in names:
        path = os.path.join(root, name)
        if not os.path.isfile(path):
            raise Problem("{0} is missing, so this copy of the project is not whole: fetch it again.".format(name))
        total.update(read_bytes(path))
    return total.hexdigest()


# Locks


def lock(root):
    """Pin again what `pyproject.toml` and `package.json` allow: the newest of each, with hashes and naming no registry."""
    python = os.path.join(root, ".venv", "bin", "python")
    if not output([python, "-m", "uv", "--version"]):
        Log(root).run(pip(python, "install", "uv"), "`make lock`")
    shared = ["--upgrade", "--universal", "--fork-strategy", "fewest", "--python-version", "3.11", "--generate-hashes", "--quiet"]
    shared += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    groups = [("requirements-{0}.txt".format(name), ["--group", name]) for name in ("node", "links", "audit", "next")]
    for name, source in [("requirements.txt", ["pyproject.toml", "--extra", "test"])] + groups:
        print("Pinning {0}.".format(name))
        Log(root).run([python, "-m", "uv", "pip", "compile"] + source + shared + ["-o", name], "pyproject.toml")
    print("Pinning package-lock.json.")
    npm(root, node_and_npm(root, python), "package.json", "update", "--package-lock-only")


def main(arguments):
    """`setup.py` or `setup.py lock`; returns the exit status, and an error is one line on standard error."""
    try:
        restart_with_newer(os.environ, sys.version_info)
        set_up(ROOT)
        if arguments == ["lock"]:
            lock(ROOT)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    except Exception as error:
        print(plainly(error), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
