"""Running other programs, and saying in one plain line what went wrong with them. The syntax is old on purpose: see `setup.py`."""

from __future__ import print_function

import errno
import os
import re
import shutil
import subprocess

LEAST_FREE = 30 * 1000 * 1000  # bytes: with less than this left, a full disk is why an installer failed, whatever it said
FULL = "The disk is full: make room, then run the command again."
NO_VENV = (
    "This Python cannot make virtual environments: run `apt install {0}-venv` (Debian, Ubuntu), "
    "or install a whole Python, then run the command again."
)
CAUSES = (
    (r"No space left on device|ENOSPC", FULL[:-1] + " (the full log is {log})."),
    (
        r"DO NOT MATCH THE HASHES|EINTEGRITY",
        "A download is not the file that {what} names, so it was refused: run the command again, "
        "and if it is refused again tell whoever looks after this project (the full log is {log}).",
    ),
    (
        r"NewConnectionError|NameResolutionError|name resolution|Connection refused|timed out|ConnectTimeout|ReadTimeout"
        r"|ProxyError|SSLError|Connection (?:broken|aborted|reset)|RemoteDisconnected|ECONNREFUSED|ECONNRESET|ETIMEDOUT"
        r"|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ERR_SOCKET_TIMEOUT|UNABLE_TO_|HTTP error 5\d\d|5\d\d Server Error",
        "The package registry did not answer, so what {what} names could not be fetched: check the network, "
        "then run the command again (the full log is {log}).",
    ),
    (
        r"No matching distribution found|E404|ETARGET|HTTP error 404",
        "The package registry does not have something that {what} names (the full log is {log}).",
    ),
    (r"ensurepip", NO_VENV.format("python3")),
)
OTHER = "{what} could not be installed (the full log is {log})."


class Problem(Exception):
    """The script cannot go on; the message is the one plain line to print."""


class Log(object):
    """The file that gets what programs said: `.cache/setup.log`, begun afresh by each run of a script that needs it."""

    begun = False

    def __init__(self, root):
        self.root = root
        self.name = ".cache/setup.log"
        self.path = os.path.join(root, ".cache", "setup.log")

    def run(self, command, what, environment=None):
        """Run a program silently; raise `Problem` in our own words when it fails. `what` is the file that asked for it."""
        if not os.path.isdir(os.path.dirname(self.path)):
            os.makedirs(os.path.dirname(self.path))
        with open(self.path, "ab" if Log.begun else "wb") as log, open(os.devnull, "rb") as nothing:
            Log.begun = True
            log.write(("$ " + " ".join(command) + "\n").encode("utf-8"))
            log.flush()
            start = log.tell()
            failed = subprocess.call(command, cwd=self.root, env=environment, stdin=nothing, stdout=log, stderr=log)
        if failed and shutil.disk_usage(self.root).free < LEAST_FREE:
            raise Problem(FULL)
        if failed:
            raise Problem(cause(read_bytes(self.path)[start:].decode("utf-8", "replace"), what, self.name))


def cause(said, what, log):
    """One plain line about why an installer failed, from what it said."""
    for pattern, line in CAUSES:
        if re.search(pattern, said):
            return line.format(what=what, log=log)
    return OTHER.format(what=what, log=log)


def output(command):
    """What a program prints, stripped; empty when it cannot be run or fails."""
    try:
        with open(os.devnull, "r+b") as nothing:
            process = subprocess.Popen(command, stdin=nothing, stdout=subprocess.PIPE, stderr=nothing)
            said = process.communicate()[0]
    except OSError:
        return ""
    return "" if process.returncode else said.decode("utf-8", "replace").strip()


def on_path(name, path):
    """Every runnable file of that name on a path, first first."""
    found = [os.path.join(folder, name) for folder in path.split(os.pathsep) if folder]
    return [file for file in found if os.path.isfile(file) and os.access(file, os.X_OK)]


def read(path):
    """The text of a small file, empty when it is not there."""
    return read_bytes(path).decode("utf-8") if os.path.isfile(path) else ""


def read_bytes(path):
    """All of a file."""
    with open(path, "rb") as file:
        return file.read()


def write(path, text):
    """Put text in a file, in UTF-8 whatever the machine's own habit."""
    with open(path, "wb") as file:
        file.write(text.encode("utf-8"))


def plainly(error):
    """One line about any error, foreseen or not."""
    if isinstance(error, Problem):
        return str(error)
    if isinstance(error, EnvironmentError) and error.errno == errno.ENOSPC:
        return FULL
    if isinstance(error, EnvironmentError) and error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        place = error.filename or "this folder"
        return "This user may not write to {0}: ask for the right to, or copy the project to a folder of your own.".format(place)
    return "Set-up stopped: {0} ({1}).".format(" ".join(str(error).split()) or "no reason given", type(error).__name__)
