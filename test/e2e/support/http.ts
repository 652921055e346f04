import { randomInt } from 'node:crypto';
import { request, type IncomingHttpHeaders } from 'node:http';
import { pause, until } from './run';

/** An answer to a request. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Sends a request over a connection of its own; a body is sent as JSON, with POST. */
export function ask(url: string, body?: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const headers = { 'content-type': 'application/json' };
    const from = newVisitor(url);
    const options = { method, headers, agent: false, timeout: 10_000, ...from };
    const sent = request(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    sent.on('timeout', () => sent.destroy(new Error('no answer in 10 s')));
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/**
 * An address of this machine that no request came from yet. A request to a node port whose Service has no pod that is
 * ready is refused, and Linux remembers for two minutes where it went: to the machine itself. The next one from the same
 * address and port goes there too, and is refused, wherever the node port leads by then.
 */
function newVisitor(url: string): { readonly localAddress?: string } {
  // Other systems have 127.0.0.1 alone.
  if (new URL(url).hostname !== '127.0.0.1' || process.platform !== 'linux') return {};
  const [first, second, third] = [randomInt(1, 255), randomInt(256), randomInt(1, 255)];
  return { localAddress: `127.${first}.${second}.${third}` };
}

/** The JSON of an answer that must be a success. */
export async function json<Body>(url: string, body?: unknown): Promise<Body> {
  const { status, text } = await ask(url, body);
  if (status >= 300) throw new Error(`${url}: status ${status}: ${text}`);
  return JSON.parse(text) as Body;
}

/** Waits for an answer that is a success. */
export function answering(url: string, seconds = 60): Promise<Answer> {
  return until(`an answer of ${url}`, seconds, () =>
    ask(url).then(
      (answer) => (answer.status === 200 ? answer : undefined),
      () => undefined,
    ),
  );
}

/** The header of every answer of an application that tests have signed, see sign.ts: no stranger sends it. */
export const signature = { name: 'x-answered-by', value: 'the-application-under-test' } as const;

/** What became of a steady stream of requests. */
export interface Load {
  readonly sent: number;
  /** What went wrong, by its kind, and how often. */
  readonly failed: Readonly<Record<string, number>>;
}

/** How many requests of a load failed. */
export function failures({ failed }: Load): number {
  return Object.values(failed).reduce((sum, count) => sum + count, 0);
}

/**
 * Sends requests to an application that is signed, two at a time and some 40 a second, for as long as something else
 * lasts.
 * @throws Error where somebody else answers one of them: no test stands that
 */
export async function underLoad(url: string, during: () => Promise<unknown>): Promise<Load> {
  const failed: Record<string, number> = {};
  const times: string[] = [];
  const start = Date.now();
  let sent = 0;
  let over = false;
  const client = async (): Promise<void> => {
    while (!over) {
      sent += 1;
      const failure = await failureOf(url);
      if (failure !== undefined) {
        failed[failure] = (failed[failure] ?? 0) + 1;
        times.push(((Date.now() - start) / 1000).toFixed(1));
      }
      await pause(50);
    }
  };
  const clients = [client(), client()];
  try {
    await during();
    await pause(2000);
  } finally {
    over = true;
    await Promise.all(clients);
  }
  const when = times.length === 0 ? '' : `, ${times[0]} to ${times.at(-1)} s after the first`;
  const told = `load on ${url}: ${sent} requests, failed: ${JSON.stringify(failed)}${when}`;
  process.stdout.write(`    ${told}\n`);
  if (Object.keys(failed).some((kind) => kind.startsWith(notOurs))) throw new Error(told);
  return { sent, failed };
}

const notOurs = 'not ours: ';

async function failureOf(url: string): Promise<string | undefined> {
  try {
    const { status, headers } = await ask(url);
    if (headers[signature.name] !== signature.value) return `${notOurs}${status}`;
    return status === 200 ? undefined : `status ${status}`;
  } catch (error) {
    return String(error);
  }
}
