log() { echo "schedule: $*" >&2; }
# No signal is lost: each leaves its mark, which the loop looks at after the next nap has begun, and ends the nap. By
# SIGPIPE: what is trapped could be lost while the nap is no program yet, and bash would tell of any other.
wake() { [ -z "$nap" ] || kill -PIPE "$nap" 2>/dev/null; }
stopping= asked= ended= nap=
trap 'stopping=yes; wake' TERM INT
trap 'ended=yes; wake' USR1
trap 'log "a run is asked for"; asked=yes; wake' USR2

has() { case " $2 " in *" $1 "*) ;; *) return 1 ;; esac; }

due() {
  set -- $(TZ=$zone date '+%M %H %d %m %w')
  has "$1" "$minutes" && has "$2" "$hours" && has "$4" "$months" || return 1
  case $day_rule in
    both) has "$3" "$days" && has "$5" "$weekdays" ;;
    either) has "$3" "$days" || has "$5" "$weekdays" ;;
  esac
}

# Waits for a child, also where a signal comes between; $code is how it ended.
await() {
  wait "$1" && code=0 || code=$?
  [ "$code" -gt 128 ] || return 0
  while kill -0 "$1" 2>/dev/null; do wait "$1" && code=0 || code=$?; done
  # Its end may have been seen by a wait that told of the signal: the shell still knows how it ended.
  wait "$1" 2>/dev/null && code=0 || { again=$?; [ "$again" = 127 ] || code=$again; }
}

# Ends what runs. What is not a program of its own yet could lose the signal.
end() {
  [ -n "$child" ] || return 0
  [ -s /run/catamaran/program ] || sleep 1
  kill -TERM "$child" 2>/dev/null
  child=
}

begin() {
  echo "$1" >/run/catamaran/program
  exec "$@"
}

# Runs a program to its end, and ends it where a signal to stop came before it had a number.
start() {
  printf '' >/run/catamaran/program
  begin "$@" &
  started=$!
  child=$started
  [ -z "$stopping" ] || { sleep 1; end; }
  await "$started"
  child=
}

attempt() {
  if [ -n "$limit" ]; then start timeout -k "$grace" "$left" "$@"; else start "$@"; fi
}

spent() {
  left=$((began + timeout - $(date +%s)))
  [ "$left" -le 0 ] && log "stopped after $timeout seconds"
}

run() {
  began=$(date +%s) tried=0 delay=10 stopping= child=
  trap 'stopping=yes; end' TERM
  # The signal may have come before it was trapped.
  [ ! -e /run/catamaran/stop ] || return 0
  log 'a run starts'
  while :; do
    ! spent || break
    attempt "$@"
    [ -z "$stopping" ] || { log "stopped with $code"; break; }
    [ "$code" != 0 ] || { log "succeeded after $(($(date +%s) - began)) seconds"; break; }
    ! spent || break
    [ "$tried" -lt "$retries" ] || { log "failed with $code, and is not tried again"; break; }
    tried=$((tried + 1))
    log "failed with $code: tried again in $delay seconds ($tried of $retries)"
    start sleep "$delay"
    [ -z "$stopping" ] || break
    delay=$((delay < 180 ? delay * 2 : 360))
  done
  kill -USR1 $$
}

stop() {
  echo >/run/catamaran/stop
  [ -z "$job" ] || { kill -TERM "$job" 2>/dev/null; await "$job"; }
  wake
  exit 0
}

case $zone in
  UTC | Etc/UTC) ;;
  *) [ -e "/usr/share/zoneinfo/$zone" ] ||
    { log "the image does not know the time zone $zone: install its tzdata, or write the schedule in UTC"; exit 78; } ;;
esac
limit=$(command -v timeout) || log "the image has no timeout: a run is not stopped after $timeout seconds"
job= waiting=
minute=$(($(date +%s) / 60))
while :; do
  now=$(date +%s)
  sleep $((60 - now % 60)) &
  nap=$!
  echo "$now" >/run/catamaran/alive
  [ -z "$stopping" ] || stop
  if [ -n "$ended" ]; then
    ended=
    job=
  fi
  if [ "$minute" != $((now / 60)) ]; then
    minute=$((now / 60))
    # A run that could not say that it ended, as it was killed.
    [ -z "$job" ] || kill -0 "$job" 2>/dev/null || job=
    if due; then
      waiting=$now
      [ -z "$job" ] || log 'a run is due, and waits for the one before to end'
    fi
  fi
  if [ -n "$asked" ]; then
    asked=
    waiting=$now
  fi
  if [ -n "$waiting" ] && [ -z "$job" ]; then
    if [ $((now - waiting)) -le "$start_within" ]; then
      # Of one that was found to be killed.
      ended=
      run "$@" &
      job=$!
    else
      log "a run is left out: it is $((now - waiting)) seconds late"
    fi
    waiting=
  fi
  wait "$nap"
  nap=
done
