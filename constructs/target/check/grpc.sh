limit=$1 place=$2:$3 service=$4 frame=$5
if command -v grpc_health_probe >/dev/null; then exec grpc_health_probe -addr="$place" -service="$service" -connect-timeout="${limit}s" -rpc-timeout="${limit}s"; fi
case $(curl -qV 2>/dev/null) in *HTTP2*) ;; *) echo "a gRPC check needs grpc_health_probe in the image, or a curl that speaks HTTP/2: add one, or write health: Health.command([...])"; exit 1;; esac
answer=$(printf %b "$frame" | curl -qsS --max-time "$limit" --noproxy '*' --http2-prior-knowledge -H 'Content-Type: application/grpc' -H 'TE: trailers' --data-binary @- "http://$place/grpc.health.v1.Health/Check")
[ "$answer" = "$(printf '\002\010\001')" ] || { echo "$place: ${service:-the server} does not say SERVING"; exit 1; }
