# preStop hook of a worker: drain.sh SECONDS
# TERM: Celery takes no new task and finishes what runs. QUIT after SECONDS: what still runs goes back to its queue
# at once, instead of after the visibility timeout. When the worker has ended, so has this container and the hook.
limit=$1
waited=0

# A process that is still importing has no handler yet, and the kernel drops the signal for process 1.
catches_term() {
  while read -r key mask; do
    if [ "$key" = SigCgt: ]; then
      case $mask in *[4-7c-f]???) return 0 ;; *) return 1 ;; esac
    fi
  done </proc/1/status
  return 1
}

until catches_term || [ "$waited" -ge "$limit" ]; do
  sleep 1
  waited=$((waited + 1))
done

kill -TERM 1
sleep $((limit - waited))
kill -QUIT 1
