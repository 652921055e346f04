if command -v python3 >/dev/null; then exec python3 -c 'import sys,socket;socket.create_connection((sys.argv[1],int(sys.argv[2])),4)' "$@"
elif command -v node >/dev/null; then exec node -e 'const[h,p]=process.argv.slice(1);require("net").connect(p,h,()=>process.exit(0)).on("error",()=>process.exit(1))' "$@"
elif command -v bash >/dev/null; then exec bash -c 'exec 3<>/dev/tcp/$0/$1' "$@"
elif command -v nc >/dev/null; then exec nc -z "$@"
else echo "no program to check health with"; exit 1; fi
