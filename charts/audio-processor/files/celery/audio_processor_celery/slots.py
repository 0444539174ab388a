"""Names the files in which processes count: children of the pool by their slot in it, all others by their process.

prometheus_client makes new ones for each child. Without them the sums would fall, and with them the volume fills up: then
a process that writes to a page which is not there yet dies of SIGBUS, with its task. So a new child in a slot adds to what
those before it have counted.
"""

import contextlib
import os
from pathlib import Path

from billiard.process import current_process

DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"
SPARE = 2**20  # bytes; where fewer are free, a new process counts nothing

directory = None
main = None  # the process whose children have slots
known = None, None  # a process, and the name of its files: a fork inherits those of its parent
full = False  # in a process that counts nothing


def forget(name):
    """Removes the gauges of a slot or of a process: of `child-1`, and not of `child-11`."""
    for file in Path(directory).glob(f"gauge_*_{name}.db"):
        file.unlink(missing_ok=True)


def identifier():
    """What prometheus_client asks for before each write; of processes that live at a time no two have the same."""
    global known
    pid = os.getpid()
    if known[0] != pid:
        # Processes that a task starts take themselves for their parent, but it is not the main process that started them.
        slot = getattr(current_process(), "index", None) if os.getppid() == main else None
        known = pid, pid if slot is None else f"child-{slot}"
        # Here, because no gauge of this process is in a file yet: a child that was killed has left its own.
        with contextlib.suppress(OSError):
            forget(known[1])
    return known[1]


def use():
    """In a worker before it forks. By now the application has made some of its metrics, and others it makes later."""
    global main, known
    from prometheus_client import values

    main = os.getpid()
    known = main, main
    try:
        check = values.ValueClass._MmapedValue__check_for_pid_change
        cell = check.__closure__[check.__code__.co_freevars.index("process_identifier")]
        if cell.cell_contents is os.getpid:  # else the application has names of its own
            cell.cell_contents = identifier
    except (AttributeError, ValueError):  # made in another way: then those that are there keep files by process
        values.ValueClass = values.MultiProcessValue(identifier)
    os.register_at_fork(after_in_child=has_room)


def has_room():
    """Whether this process can count. Without room in the volume it does not, and its application does not, either."""
    global full
    from prometheus_client import values

    with contextlib.suppress(OSError):
        volume = os.statvfs(directory)
        if volume.f_blocks and volume.f_bavail * volume.f_frsize < SPARE and not full:
            full = True
            kind = values.ValueClass
            kind.__init__ = kind.inc = kind.set = lambda *_, **__: None
            kind.get = lambda _: 0.0
    return not full
