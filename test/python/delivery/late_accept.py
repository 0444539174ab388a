"""With `--include late_accept` the drain begins between the start of a task and the word of its process that it has it."""

import os
import signal
import time

from billiard.pool import ACK, Worker

workloop = Worker.workloop


def workloop_with_a_drain(self, *args, **kwargs):
    put = self.outq.put

    def late(message):
        if message[0] == ACK:
            os.kill(os.getppid(), signal.SIGTERM)
            time.sleep(3)  # meanwhile the worker leaves its event loop; it reads this only while it drains
        put(message)

    self.outq.put = late
    return workloop(self, *args, **kwargs)


Worker.workloop = workloop_with_a_drain
