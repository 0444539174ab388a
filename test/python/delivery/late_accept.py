"""With `--include late_accept`, a drain begins after a child has started a task, before the main process knows it."""

import os
import signal
import time

from billiard.pool import ACK, Worker

workloop = Worker.workloop


def workloop_with_late_accept(self, *args, **kwargs):
    put = self.outq.put

    def put_late(message):
        if message[0] == ACK:
            os.kill(os.getppid(), signal.SIGTERM)
            time.sleep(3)  # until the main process has left its event loop; it reads this message during the drain
        put(message)

    self.outq.put = put_late
    return workloop(self, *args, **kwargs)


Worker.workloop = workloop_with_late_accept
