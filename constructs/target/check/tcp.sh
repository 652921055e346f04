limit=$1
shift
limited() { if timeout 9 sh -c : 2>/dev/null; then timeout "$limit" "$@"; else "$@"; fi; }
if command -v python3 >/dev/null; then exec python3 -c 'import sys, socket
socket.create_connection((sys.argv[2], int(sys.argv[3])), int(sys.argv[1]))' "$limit" "$@"
elif command -v node >/dev/null; then exec node -e 'const [limit, host, port] = process.argv.slice(1)
setTimeout(process.exit, limit * 1000, 1)
require("net").connect(port, host, () => process.exit()).on("error", (error) => { console.error(error.message); process.exit(1); })' "$limit" "$@"
elif command -v bash >/dev/null; then limited bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$@"
elif command -v nc >/dev/null; then limited nc -z -w "$limit" "$@" || limited nc -w "$limit" "$@" -e true
else echo "no program to check health with"; exit 1; fi
