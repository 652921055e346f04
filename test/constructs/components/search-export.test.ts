import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { backupVolume, Schedule, SearchEngine, Size } from 'catamaran';
import { present, workloadOfApp } from '../../support/application';
import { projectOf } from '../../support/project';

const backup = { schedule: Schedule.cron('@daily'), to: backupVolume(Size.gibibytes(1)) };
const { files } = workloadOfApp('search-backup', (app) => new SearchEngine(app, 'search', { backup }));
const program = present(files[0]?.files['search.py']);

interface Document {
  readonly _id: string;
  readonly _source: unknown;
  readonly _routing?: string;
}

interface Index {
  readonly aliases: object;
  readonly mappings: object;
  readonly settings: { readonly index: Readonly<Record<string, unknown>> };
  readonly documents: Document[];
}

/** As much of Elasticsearch as the program asks of it. */
class FakeSearch {
  readonly indices = new Map<string, Index>();
  /** Documents that a search has not given yet, by its number. */
  private readonly searches = new Map<string, Document[]>();
  readonly refused = new Set<string>();
  refreshed = 0;

  get open(): number {
    return this.searches.size;
  }

  answer(method: string, url: URL, body: string): unknown {
    const [, name = '', action] = url.pathname.split('/');
    const index = this.indices.get(name);
    switch (`${method} ${action ?? name}`) {
      case 'GET *':
        return Object.fromEntries([...this.indices].map(([one, { documents: _, ...about }]) => [one, about]));
      case 'POST _search': {
        const { size } = JSON.parse(body) as { readonly size: number };
        return this.page(String(this.searches.size + 1), present(index).documents, size);
      }
      case 'POST scroll': {
        const { scroll_id: id } = JSON.parse(body) as { readonly scroll_id: string };
        return this.page(id, present(this.searches.get(id)), 500);
      }
      case 'DELETE scroll':
        this.searches.delete((JSON.parse(body) as { readonly scroll_id: string }).scroll_id);
        return {};
      case 'POST _bulk':
        return this.bulk(present(index), body);
      case 'POST _refresh':
        this.refreshed++;
        return {};
      case `DELETE ${name}`:
        this.indices.delete(name);
        return {};
      case `PUT ${name}`: {
        const { settings, ...about } = JSON.parse(body) as Index & {
          readonly settings: Index['settings']['index'];
        };
        this.indices.set(name, {
          ...about,
          settings: { index: { ...settings, uuid: 'new' } },
          documents: [],
        });
        return {};
      }
      default:
        throw new Error(`${method} ${url.pathname} is not known`);
    }
  }

  private page(id: string, documents: readonly Document[], size: number): unknown {
    this.searches.set(id, documents.slice(size));
    return { _scroll_id: id, hits: { hits: documents.slice(0, size) } };
  }

  private bulk(index: Index, body: string): unknown {
    const lines = body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    const items = lines.flatMap((line, at) => {
      if (at % 2 === 1) return [];
      const { index: one } = line as { readonly index: { readonly _id: string; readonly routing?: string } };
      if (this.refused.has(one._id)) return [{ index: { error: { type: 'mapper_parsing_exception' } } }];
      const routing = one.routing === undefined ? {} : { _routing: one.routing };
      index.documents.push({ _id: one._id, ...routing, _source: lines[at + 1] });
      return [{ index: {} }];
    });
    return { items };
  }
}

let search = new FakeSearch();
const server = createServer((request: IncomingMessage, response) => {
  void text(request).then((body) => {
    const login = Buffer.from('elastic:pa$$word').toString('base64');
    if (request.headers.authorization !== `Basic ${login}`) {
      response.writeHead(401).end();
      return;
    }
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(
        search.answer(present(request.method), new URL(present(request.url), 'http://search'), body),
      ),
    );
  });
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

beforeEach(() => {
  search = new FakeSearch();
});

const folder = projectOf({ 'search.py': program, password: 'pa$$word\n' });
const file = join(folder, 'backup.ndjson.gz');

/** Runs the program; how it ended, and the last line that it printed. */
async function run(...args: string[]): Promise<{ readonly status: number | null; readonly told: string }> {
  const child = spawn('python3', [join(folder, 'search.py'), ...args], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PASSWORD_FILE: join(folder, 'password'),
      SEARCH_URL: `http://127.0.0.1:${port}`,
    },
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await ended, told: `${out}${error}`.trimEnd().split('\n').at(-1) ?? '' };
}

const done = { status: 0, told: '' };

function index(documents: Document[], settings: Readonly<Record<string, unknown>> = {}): Index {
  return {
    aliases: { latest: {} },
    mappings: { properties: { word: { type: 'keyword' } } },
    settings: { index: { number_of_shards: '1', ...settings } },
    documents,
  };
}

const many = Array.from({ length: 1001 }, (_, at) => ({ _id: `d${at}`, _source: { word: `ü ${at}` } }));

test('an export restores indices, documents of many pages, and their routing', async () => {
  search.indices.set('talks', index(many, { uuid: 'a', creation_date: '1', provided_name: 'talks' }));
  search.indices.set('users', index([{ _id: '1', _source: { word: 'one' }, _routing: 'north' }]));
  search.indices.set('.own', index([]));
  expect(await run('dump', file)).toEqual(done);
  expect(search.open).toBe(0);
  expect(await run('verify', file)).toEqual(done);

  search = new FakeSearch();
  search.indices.set('users', index([{ _id: '2', _source: { word: 'gone' } }]));
  expect(await run('load', file)).toEqual(done);
  expect(Object.fromEntries(search.indices)).toEqual({
    talks: index(many, { uuid: 'new' }),
    users: index([{ _id: '1', _source: { word: 'one' }, _routing: 'north' }], { uuid: 'new' }),
  });
  expect(search.refreshed).toBe(1);
});

test('a file that ends early is incomplete', async () => {
  search.indices.set('talks', index(many));
  await run('dump', file);
  const lines = gunzipSync(readFileSync(file)).toString().trimEnd().split('\n');
  expect(lines).toHaveLength(1003);
  const ends = [lines.slice(0, -1), lines.slice(0, 1), [...lines.slice(0, 500), ...lines.slice(-1)], []];
  for (const left of ends) {
    writeFileSync(file, gzipSync(left.map((line) => `${line}\n`).join('')));
    expect(await run('verify', file)).toEqual({ status: 1, told: `${file} ends early` });
  }
});

test('an export is empty if only the server itself has indices', async () => {
  search.indices.set('.own', index([]));
  expect(await run('is_empty')).toEqual(done);
  search.indices.set('talks', index([]));
  expect(await run('is_empty')).toEqual({ status: 1, told: '' });
});

test('a refused document is reported with the reason', async () => {
  search.indices.set('talks', index(many.slice(0, 3)));
  await run('dump', file);
  search.refused.add('d1');
  expect(await run('load', file)).toEqual({
    status: 1,
    told: "talks: 1 documents were refused: {'type': 'mapper_parsing_exception'}",
  });
});

test('an export fails with a wrong password', async () => {
  writeFileSync(join(folder, 'password'), 'other');
  expect(await run('is_empty')).toEqual({
    status: 1,
    told: 'urllib.error.HTTPError: HTTP Error 401: Unauthorized',
  });
  writeFileSync(join(folder, 'password'), 'pa$$word\n');
});
