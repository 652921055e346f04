case $url in https:*) echo "bash cannot speak TLS" >&2; return;; esac
limited bash -c 'LC_ALL=C rest=${1#*://} return=$(printf "\r") most=10240 size=0
place=${rest%%[/?]*}
path=${rest#"$place"}
[[ $place =~ ^(.*):([0-9]+)$ ]] && host=${BASH_REMATCH[1]} port=${BASH_REMATCH[2]} || host=$place port=80
host=${host#[}
exec 3<>"/dev/tcp/${host%]}/$port" || exit
[ "${path:0:1}" = / ] || path=/$path
printf "%s\r\n" "GET $path HTTP/1.1" "${@:2}" "Connection: close" "" >&3
while read -rt $(($0 - SECONDS)) -u 3 word value more && [ "$word" != "$return" ]; do
  value=${value%"$return"}
  case ${word,,} in
    http/*) status=$value;;
    location:) location=$value;;
    content-length:) length=$value;;
  esac
done
case $status in 204|304) most=0 length=0;; esac
[ "${length:-$most}" -lt $most ] && most=$length
while [ $size -lt $most ] && IFS= read -rt $(($0 - SECONDS)) -u 3 -d "" -n 4096 more; do size=$((size + ${#more} + (${#more} < 4096))); done
[ $? -lt 128 ] || exit
[ $((size + ${#more})) -ge "${length:-0}" ] || [ $size -ge $most ] || exit
echo "$status $location"' "$left" "$url" "$@"
