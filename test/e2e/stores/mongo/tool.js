// mongodump and mongorestore of one database to and from one compressed archive, over mongosh's own driver.
const { readFileSync, writeFileSync } = require('node:fs');
const { URL } = require('node:url');
const { gunzipSync, gzipSync } = require('node:zlib');
const modules = '/usr/local/lib/mongosh/node_modules';
const { MongoClient } = require(`${modules}/mongodb`);
const { EJSON } = require(`${modules}/bson`);

const [verb, ...rest] = process.argv.slice(2);
const known = 'host username authenticationDatabase db nsInclude archive config gzip drop quiet'.split(' ');
const options = {};
for (let index = 0; index < rest.length; index += 1) {
  const [, name, value] = /^--([^=]+)(?:=(.*))?$/.exec(rest[index]) ?? [];
  if (!known.includes(name)) throw new Error(`unknown option ${rest[index]}`);
  options[name] = ['gzip', 'drop', 'quiet'].includes(name) ? true : (value ?? rest[(index += 1)]);
}

// The file holds one line of YAML: password: 'text'.
const [, quoted] = /^password: '(.*)'$/m.exec(readFileSync(options.config, 'utf8'));
const url = new URL(`mongodb://${options.host}/`);
url.username = options.username;
url.password = encodeURIComponent(quoted.replaceAll("''", "'"));
url.searchParams.set('authSource', options.authenticationDatabase);

async function dump(client) {
  const database = client.db(options.db);
  const names = (await database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
  const data = {};
  for (const name of names) data[name] = await database.collection(name).find().toArray();
  writeFileSync(options.archive, gzipSync(EJSON.stringify({ db: options.db, data }, { relaxed: false })));
}

async function restore(client) {
  const { db, data } = EJSON.parse(gunzipSync(readFileSync(options.archive)).toString(), { relaxed: false });
  if (options.nsInclude !== `${db}.*`) throw new Error(`the archive is of ${db}`);
  for (const [name, documents] of Object.entries(data)) {
    const collection = client.db(db).collection(name);
    if (options.drop) await collection.drop().catch(() => undefined);
    if (documents.length > 0) await collection.insertMany(documents);
  }
}

async function main() {
  const client = await MongoClient.connect(url.href, { serverSelectionTimeoutMS: 10_000 });
  try {
    await { dump, restore }[verb](client);
  } finally {
    await client.close();
  }
}

main().catch((error) => {
  console.error(`Failed: ${error.message}`);
  process.exitCode = 1;
});
