limit=$1 left=$1 host=$2 url=http://$2:$3$4 name=$5 count=0
shift 5
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
begin=$(date +%s 2>/dev/null)
limited() { if timeout 9 sh -c : 2>/dev/null; then timeout "$left" "$@"; else "$@"; fi; }
heard() {
  status='' location='' over='' pid='' said=''
  while read -r word value more; do
    value=${value%"$(printf '\r')"}
    case $word in
      pid) pid=$value;;
      HTTP/*) status=$value;;
      [Ll][Oo][Cc][Aa][Tt][Ii][Oo][Nn]:) location=$value;;
      size) [ "${value%.*}" -lt 10240 ] || over=0;;
      exit) over=${over:-$value};;
      curl:|wget:|Connecting) said="$word $value $more";;
    esac
    case ${pid:+$status}:$location in 3*:?*) kill "$pid" 2>/dev/null; break;; esac
  done
  case ${location:+0}$over$status in 0*|?*[345]??) ;; *) status=;; esac
  echo "${status:-$said} $location"
}
"$PROGRAMS"
while true; do
  rest=${url#*://}
  place=${rest%%[/?]*}
  answer=$(ask "Host: ${name:-$place}" "$@")
  status=${answer%% *} location=${answer#* }
  case $status in
    2??) exit 0;;
    30[12378]) [ -n "$location" ] || exit 0;;
    3??) exit 0;;
    *) echo "$url: ${answer:-no answer}"; exit 1;;
  esac
  case $location in
    http://*|https://*) url=$location name=;;
    //*) url=${url%%:*}:$location;;
    /*) url=${url%%://*}://$place$location;;
    \?*) url=${url%%\?*}$location;;
    *)
      case ${location%%[/?]*} in *:*) echo "$url: a redirect to $location"; exit 1;; esac
      url=${url%%\?*}
      url=${url%/*}/$location;;
  esac
  url=${url%%#*} rest=${url#*://}
  there=${rest%%[/?]*}
  case $there in \[*) there=${there%%]*}];; *) there=${there%%:*};; esac
  [ "$there" = "$host" ] || exit 0
  count=$((count + 1))
  [ "$count" -lt 10 ] || { echo "$url: more than 9 redirects"; exit 1; }
  left=$((limit + ${begin:-0} - $(date +%s 2>/dev/null || echo 0)))
  [ "$left" -ge 0 ] || { echo "$url: more than $limit s"; exit 1; }
  left=$((left + (left == 0)))
done
