/** What a user of one kind of store does in its container: programs of the image, with the password's file. */
export interface Store {
  readonly name: string;
  /** Adds a note; the first makes the place for them. */
  readonly add: (note: string) => readonly string[];
  /** Prints the notes, sorted, with a space after each. */
  readonly read: readonly string[];
}

const database = '/run/secrets/database/password';

function sql(name: string, client: string): Store {
  const run = (statement: string) => [
    ...['sh', '-c', `MYSQL_PWD=$(cat ${database}) ${client} --host=127.0.0.1 --user=app -NB stores -e "$0"`],
    statement,
  ];
  return {
    name,
    add: (note) => run(`create table if not exists notes (text text); insert into notes values ('${note}')`),
    read: run("select coalesce(group_concat(text order by text separator ' '), '') from notes"),
  };
}

const psql = (statement: string) => ['psql', '-qAtU', 'app', '-d', 'stores', '-c', statement];

const curl = (method: string, path: string, body: string) => [
  ...['sh', '-c'],
  `curl -fsS -u "elastic:$(cat /run/secrets/search/password)" -X ${method} -H content-type:application/json ` +
    `"http://127.0.0.1:9200$0" -d "$1"`,
  ...[path, body],
];

const mongosh = (script: string) => [
  ...[
    'sh',
    '-c',
    `mongosh --quiet -u root -p "$(cat ${database})" --authenticationDatabase admin stores --eval "$0"`,
  ],
  script,
];

export const stores: readonly Store[] = [
  {
    name: 'postgres',
    add: (note) => psql(`create table if not exists notes (text text); insert into notes values ('${note}')`),
    read: psql("select string_agg(text, ' ' order by text) from notes"),
  },
  {
    name: 'search',
    add: (note) => curl('POST', '/notes/_doc?refresh=true', JSON.stringify({ text: note })),
    read: curl('POST', '/notes/_search', '{"sort":["text.keyword"]}'),
  },
  sql('mysql', 'mysql'),
  sql('mariadb', 'mariadb'),
  {
    name: 'mongo',
    add: (note) => mongosh(`db.notes.insertOne({ text: '${note}' })`),
    read: mongosh('print(db.notes.find().sort({ text: 1 }).toArray().map((note) => note.text).join(" "))'),
  },
];

/** The notes in what a store prints. */
export function notesOf(printed: string): string[] {
  if (!printed.startsWith('{'))
    return printed
      .trim()
      .split(' ')
      .filter((note) => note !== '');
  const { hits } = JSON.parse(printed) as { hits: { hits: { _source: { text: string } }[] } };
  return hits.hits.map(({ _source }) => _source.text);
}
