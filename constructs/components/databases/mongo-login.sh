login=/tmp/login.yaml
printf "%s: '%s'\n" password "$(sed "s/'/''/g" "$password_file")" >"$login"
tool() {
  "$@" --quiet --config="$login" --host="$host" --username "$user" --authenticationDatabase=admin
}
