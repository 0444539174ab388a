# preStop hook of a worker: drain.sh SECONDS [PID]
# TERM: Celery takes no new task and finishes what runs. QUIT after SECONDS: what still runs goes back to its queue
# at once, instead of after the visibility timeout.
# Of its sidecar: drain.sh hear [PID]. Nothing but the wait until the process can hear a signal, at most a minute: the
# kubelet sends its own only when the worker has ended.
limit=$1
[ "$1" != hear ] || limit=60
worker=${2:-1}
waited=0

# A process that is still importing has no handler yet, and the kernel drops the signal for process 1.
catches_term() {
  while read -r key mask; do
    if [ "$key" = SigCgt: ]; then
      case $mask in *[4-7c-f]???) return 0 ;; *) return 1 ;; esac
    fi
  done <"/proc/$worker/status"
  return 1
}

tick() {
  sleep 1
  waited=$((waited + 1))
}

until catches_term || [ "$waited" -ge "$limit" ]; do tick; done
[ "$1" != hear ] || exit 0
kill -TERM "$worker"
while kill -0 "$worker" 2>/dev/null && [ "$waited" -lt "$limit" ]; do tick; done
kill -QUIT "$worker" 2>/dev/null || true
