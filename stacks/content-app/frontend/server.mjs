import { createServer } from 'node:http';
import process from 'node:process';
import { noticePage, textPage, topicsPage } from './page.mjs';

const port = 25007;
const backend = process.env.BACKEND_URL;
if (!backend) {
  console.error('missing environment variable: BACKEND_URL');
  process.exit(1);
}

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'",
  'x-content-type-options': 'nosniff',
};

/** What the backend knows; only the fields that a page shows go on from there. */
async function ask(path) {
  const response = await fetch(new URL(path, backend), { signal: AbortSignal.timeout(25_000) });
  if (!response.ok) throw new BackendError(response.status);
  return response.json();
}

class BackendError extends Error {
  constructor(status) {
    super(`the backend answered with ${status}`);
    this.status = status;
  }
}

/** The status and page for a path. */
async function render(path) {
  if (path === '/health') return [200, 'ok'];
  if (path === '/') return [200, topicsPage(await ask('/topics'))];
  const [, name] = /^\/topics\/([a-z0-9-]+)$/.exec(path) ?? [];
  if (name === undefined) return [404, noticePage('There is no such page')];
  return [200, textPage(await ask(`/topics/${name}/text`))];
}

function failed(error) {
  if (error instanceof BackendError && error.status === 404)
    return [404, noticePage('There is no such page')];
  console.error(`${error.name}: ${error.message}`);
  return [502, noticePage('This page cannot be shown right now')];
}

const server = createServer(async (request, response) => {
  const [path = '/'] = (request.url ?? '/').split('?');
  const [status, body] = await render(path).catch(failed);
  response.writeHead(status, headers).end(body);
});

server.listen(port, () => console.log(`listening on port ${port}`));
for (const signal of ['SIGTERM', 'SIGINT'])
  process.once(signal, () => {
    server.close();
    server.closeIdleConnections();
  });
