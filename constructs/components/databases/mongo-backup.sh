login=/tmp/login.yaml
printf "%s: '%s'\n" password "$(sed "s/'/''/g" "$password_file")" >"$login"
tool() {
  "$@" --quiet --config="$login" --host="$host" --username "$user" --authenticationDatabase=admin
}
dump() { tool mongodump --db="$database" --gzip --archive="$1"; }
verify() { gzip -t "$1"; }
is_empty() {
  host=$host user=$user database=$database password_file=$password_file mongosh --quiet --nodb --eval '
    const { host, user, database, password_file } = process.env;
    const read = (file) => require("fs").readFileSync(file, "utf8").trim();
    const login = [user, read(password_file)].map(encodeURIComponent).join(":");
    const names = Mongo("mongodb://" + login + "@" + host + "/?authSource=admin").getDB(database).getCollectionNames();
    quit(names.some((name) => !name.startsWith("system.")) ? 1 : 0);'
}
load() { tool mongorestore --drop --nsInclude="$database.*" --gzip --archive="$1"; }
