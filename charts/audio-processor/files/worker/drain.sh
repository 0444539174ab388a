# preStop hook of a worker: drain.sh SECONDS [PID]
# SIGTERM (warm shutdown): Celery takes no new task and finishes the running ones. SIGQUIT (cold shutdown) after SECONDS:
# tasks that are still running return to their queue at once, instead of after the visibility timeout.
#
# preStop hook of the metrics sidecar: drain.sh wait-only [PID]
# Sends no signal. It waits until the process handles SIGTERM, at most a minute: the kubelet sends SIGTERM once, after the
# worker has ended. Pods of release 0.1.0 call it `hear`: they read this file until an upgrade has replaced them.
timeout=$1
wait_only=false
case $1 in wait-only | hear)
  timeout=60
  wait_only=true
  ;;
esac
process=${2:-1}
waited=0

# While Python is importing there is no handler yet, and the kernel drops SIGTERM for process 1.
handles_sigterm() {
  while read -r key mask; do
    if [ "$key" = SigCgt: ]; then
      case $mask in *[4-7c-f]???) return 0 ;; *) return 1 ;; esac
    fi
  done <"/proc/$process/status"
  return 1
}

wait_a_second() {
  sleep 1
  waited=$((waited + 1))
}

until handles_sigterm || [ "$waited" -ge "$timeout" ]; do wait_a_second; done
if $wait_only; then exit 0; fi
kill -TERM "$process"
while kill -0 "$process" 2>/dev/null && [ "$waited" -lt "$timeout" ]; do wait_a_second; done
kill -QUIT "$process" 2>/dev/null || true
