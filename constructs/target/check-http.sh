url=http://$1:$2$3
if command -v curl >/dev/null; then exec curl -fsSo /dev/null "$url"
elif command -v wget >/dev/null; then exec wget -qO /dev/null "$url"
elif command -v python3 >/dev/null; then exec python3 -c 'import sys,urllib.request as r;r.urlopen(sys.argv[1],timeout=4)' "$url"
elif command -v node >/dev/null; then exec node -e 'fetch(process.argv[1]).then(r=>process.exit(r.status<400?0:1),()=>process.exit(1))' "$url"
elif command -v bash >/dev/null; then exec bash -c 'exec 3<>/dev/tcp/$0/$1; printf "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n" "$2" "$0" >&3; read -r _ status _ <&3; [ "$status" -lt 400 ]' "$@"
else echo "no program to check health with"; exit 1; fi
