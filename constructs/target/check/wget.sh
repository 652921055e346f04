for line do
  shift
  set -- "$@" --header "$line"
done
case $url in https:*) set -- --no-check-certificate "$@";; esac
case $(wget --version 2>&1) in GNU*) set -- --no-config --max-redirect=0 --tries=1 --timeout="$left" "$@";; esac
limited sh -c 'trap "kill \$!" TERM; wget "$@" 2>&1 & echo "pid $!"; wait $!; echo "exit $?"' wget -S -O /dev/null "$@" "$url" | heard
