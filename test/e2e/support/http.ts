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
    const sent = request(url, { method, headers, agent: false, timeout: 10_000 }, (response) => {
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

/** What became of a steady stream of requests. */
export interface Load {
  readonly sent: number;
  /** What went wrong, by its kind, and how often. */
  readonly failed: Readonly<Record<string, number>>;
}

/** Sends requests, two at a time and some 40 a second, for as long as something else lasts. */
export async function underLoad(url: string, during: () => Promise<unknown>): Promise<Load> {
  const failed: Record<string, number> = {};
  let sent = 0;
  let over = false;
  const client = async (): Promise<void> => {
    while (!over) {
      sent += 1;
      const outcome = await ask(url).then(
        ({ status }) => (status === 200 ? undefined : `status ${status}`),
        (error: unknown) => String(error),
      );
      if (outcome !== undefined) failed[outcome] = (failed[outcome] ?? 0) + 1;
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
  process.stdout.write(`    load on ${url}: ${sent} requests, failed: ${JSON.stringify(failed)}\n`);
  return { sent, failed };
}
