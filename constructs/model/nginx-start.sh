# Writes what depends on the machine into /tmp, and starts nginx.
# Arguments: the number of workers, a port for each listener, --, and a user, a password file and an htpasswd file each.
set -eu
umask 077
workers=$1
shift
rm -rf /tmp/nginx /tmp/machine
mkdir /tmp/nginx /tmp/machine

# The root is read-only, so this changes a copy of nginx.conf, with links to everything beside it.
ln -s /etc/nginx/* /tmp/nginx/
rm /tmp/nginx/nginx.conf
sed "s/^[[:space:]]*worker_processes[[:space:]].*/worker_processes $workers;/" \
  /etc/nginx/nginx.conf > /tmp/nginx/nginx.conf

# The DNS server and the domain of a cluster are not the same everywhere, and a kernel without IPv6 would stop nginx.
dns=$(awk '$1 == "nameserver" { print ($2 ~ /:/ ? "[" $2 "]" : $2); exit }' /etc/resolv.conf)
domain=$(awk '$1 == "search" { for (i = 2; i <= NF; i++) if (sub(/^svc\./, "", $i)) { print $i; exit } }' \
  /etc/resolv.conf)
ipv6=$(awk '$4 == "00" { print "on"; exit }' /proc/net/if_inet6 2> /dev/null || true)
echo "resolver ${dns:-127.0.0.1} valid=1s ipv6=${ipv6:-off};" > /tmp/machine/resolver.conf
echo "default ${domain:-cluster.local};" > /tmp/machine/domain.conf

while [ "$1" != -- ]; do
  [ -z "$ipv6" ] || echo "listen [::]:$1;" > "/tmp/machine/ipv6-${1%% *}.conf"
  shift
done
shift

# nginx reads only hashes of passwords.
while [ $# -gt 0 ]; do
  hash=$(openssl passwd -apr1 -stdin < "$2")
  test -n "$hash"
  printf "%s:%s\n" "$1" "$hash" > "$3"
  shift 3
done

[ ! -x /docker-entrypoint.sh ] || set -- /docker-entrypoint.sh
exec "$@" nginx -c /tmp/nginx/nginx.conf -g "daemon off;"
