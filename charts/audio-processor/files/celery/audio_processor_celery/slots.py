"""Names of the metric files: a child process of the pool uses its slot in the pool, any other process its pid.

prometheus_client names files by pid, so every new child process adds files. Either the volume fills up, or the files
are removed and the counters decrease. A write to a full volume kills the process by SIGBUS, and its task with it.
With the slot as the name, a new child continues the counters of the child that it replaces.
"""

import contextlib
import os
from pathlib import Path

from billiard.process import current_process

DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"
MIN_FREE_BYTES = 2**20  # with fewer free bytes in the volume, a new process writes no metrics

directory = None  # value of PROMETHEUS_MULTIPROC_DIR
main_pid = None  # of the process whose children have slots
cached_identifier = None, None  # (pid, identifier); a forked child inherits its parent's, so the pid is compared
disabled = False  # whether this process writes no metrics


def remove_gauges(identifier):
    """Removes the gauge files of one slot or pid: `child-1` does not match `child-11`."""
    for file in Path(directory).glob(f"gauge_*_{identifier}.db"):
        file.unlink(missing_ok=True)


def process_identifier():
    """The `process_identifier` of prometheus_client, which calls it before each write: `child-<slot>`, or the pid.

    Unique among the processes that run at the same time.
    """
    global cached_identifier
    pid = os.getpid()
    if cached_identifier[0] != pid:
        # A process that a task starts inherits the index of its parent, but its parent is not the main process.
        slot = getattr(current_process(), "index", None) if os.getppid() == main_pid else None
        cached_identifier = pid, pid if slot is None else f"child-{slot}"
        # A killed child leaves its gauges. They are removed here, before the new child writes its first one.
        with contextlib.suppress(OSError):
            remove_gauges(cached_identifier[1])
    return cached_identifier[1]


def install():
    """Makes prometheus_client use these names. Called in a worker before it forks.

    `values.ValueClass = MultiProcessValue(process_identifier)` is the client's own way, but only for metrics created
    afterwards, and the application has created some of its metrics already. These read the function from a closure of
    their class, which is why it is replaced there.
    """
    global main_pid, cached_identifier
    from prometheus_client import values

    main_pid = os.getpid()
    cached_identifier = main_pid, main_pid
    try:
        check = values.ValueClass._MmapedValue__check_for_pid_change
        cell = check.__closure__[check.__code__.co_freevars.index("process_identifier")]
        if cell.cell_contents is os.getpid:  # otherwise the application has set its own function
            cell.cell_contents = process_identifier
    except (AttributeError, ValueError):  # another implementation: existing metrics keep their files by pid
        values.ValueClass = values.MultiProcessValue(process_identifier)
    os.register_at_fork(after_in_child=check_free_space)


def check_free_space():
    """Disables the metrics of this process, also those of the application, if the volume is full.

    Returns whether they are enabled.
    """
    global disabled
    from prometheus_client import values

    with contextlib.suppress(OSError):
        volume = os.statvfs(directory)
        # f_blocks is 0 for a file system without a size limit.
        if volume.f_blocks and volume.f_bavail * volume.f_frsize < MIN_FREE_BYTES and not disabled:
            disabled = True
            value_class = values.ValueClass
            value_class.__init__ = value_class.inc = value_class.set = lambda *_, **__: None
            value_class.get = lambda _: 0.0
    return not disabled
