import { join } from 'node:path';
import { kubectl, makeNamespace, podsOf, rolledOut, sweepNamespace } from '../support/cluster';
import { containersOfComponent, docker, sweep } from '../support/engine';
import { hostileEyesOnEngine } from '../support/eyes';
import { hostileEyesInCluster } from '../support/eyes-cluster';
import { answering } from '../support/http';
import { Project } from '../support/project';
import { onCluster, onEngine, repository } from '../support/requirements';
import { run } from '../support/run';
import { Conversation } from '../support/websocket';

const name = 'streamlit-app';
const namespace = `${name}-e2e`;
const hostPort = 18171;
const nodePort = 30046;

/** Python with the stand-in, as builds here have no package index to get Streamlit from. */
const base = 'streamlit-stand-in:e2e';

/** What the stand-in says after each run of the script. */
interface Shown {
  readonly session: string;
  readonly replica: string;
  readonly texts: readonly string[];
}

/** A browser: it keeps cookies, and sends them with everything. */
class Visitor {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly url: string) {}

  async ask(path: string, init: { method?: string; body?: string } = {}): Promise<Response> {
    const headers = { cookie: this.cookie, 'x-xsrftoken': this.cookies.get('_streamlit_xsrf') ?? '' };
    const response = await fetch(`${this.url}${path}`, { ...init, headers });
    this.keep(response.headers.getSetCookie());
    return response;
  }

  /** Opens the WebSocket as Streamlit's page does; with a session, to go on with it. */
  async converse(session?: string): Promise<{ conversation: Conversation; shown: Shown }> {
    const token = this.cookies.get('_streamlit_xsrf') ?? '';
    const protocols = ['streamlit', token, ...(session === undefined ? [] : [session])];
    const conversation = await Conversation.open(`${this.url}/_stcore/stream`, {
      protocols,
      cookie: this.cookie,
    });
    this.keep(conversation.cookies);
    return { conversation, shown: await conversation.heard<Shown>() };
  }

  /** Opens the page, as every visit starts. */
  async arrive(): Promise<this> {
    for (const path of ['/', '/_stcore/health']) expect((await this.ask(path)).status).toBe(200);
    return this;
  }

  private get cookie(): string {
    return [...this.cookies].map(([key, value]) => `${key}=${value}`).join('; ');
  }

  private keep(set: readonly string[]): void {
    for (const [key = '', value = ''] of set.map((line) => line.split(/[=;]/))) this.cookies.set(key, value);
  }
}

/** What must be true of the system, wherever it runs. */
function serves(url: string, replicas: () => Promise<string[]>): void {
  test('the page and the health of the stand-in are answered through the proxy', async () => {
    await answering(url);
    const visitor = new Visitor(url);
    expect(await (await visitor.ask('/')).text()).toContain('<title>Streamlit</title>');
    expect(await (await visitor.ask('/_stcore/health')).text()).toBe('ok');
  });

  test('a visitor counts over a WebSocket', async () => {
    const visitor = await new Visitor(url).arrive();
    const { conversation, shown } = await visitor.converse();
    expect(shown.texts).toEqual(['Counter', 'The count is 0.', `Replica ${shown.replica} keeps it.`]);
    for (const [step, count] of [
      [3, 3],
      [39, 42],
    ]) {
      conversation.say({ Step: step, Count: true });
      expect((await conversation.heard<Shown>()).texts[1]).toBe(`The count is ${count}.`);
    }
    conversation.close();
  });

  test('a page of another host gets no WebSocket', async () => {
    const strange = Conversation.open(`${url}/_stcore/stream`, {
      protocols: ['streamlit', ''],
      cookie: '',
      origin: 'https://evil.example.com',
    });
    await expect(strange).rejects.toThrow(`${url}/_stcore/stream: status 403, and no WebSocket`);
  });

  test('a visitor stays at one replica, over many connections and with a session that goes on', async () => {
    const visitor = await new Visitor(url).arrive();
    const first = await visitor.converse();
    first.conversation.say({ Step: 7, Count: true });
    await first.conversation.heard();
    first.conversation.close();
    const { session, replica } = first.shown;
    for (let count = 0; count < 20; count += 1) {
      const { conversation, shown } = await visitor.converse(session);
      conversation.close();
      expect({ session, replica, count: shown.texts[1] }).toEqual({
        session: shown.session,
        replica: shown.replica,
        count: 'The count is 7.',
      });
      // The replica that has the session, and no other, takes its files.
      const upload = await visitor.ask(`/_stcore/upload_file/${session}/${count}`, {
        method: 'PUT',
        body: 'x',
      });
      expect(upload.status).toBe(204);
    }
  });

  test('a file of 2 MB is taken, without the token of the page none is', async () => {
    const visitor = await new Visitor(url).arrive();
    const { conversation, shown } = await visitor.converse();
    conversation.close();
    const path = `/_stcore/upload_file/${shown.session}/1`;
    const file = { method: 'PUT', body: 'x'.repeat(2 * 1024 ** 2) };
    expect((await visitor.ask(path, file)).status).toBe(204);
    expect((await fetch(`${url}${path}`, file)).status).toBe(403);
  });

  test('visitors are shared out among the replicas', async () => {
    const expected = await replicas();
    expect(expected).toHaveLength(2);
    const seen = new Set<string>();
    for (let count = 0; count < 60 && seen.size < expected.length; count += 1) {
      const { conversation, shown } = await (await new Visitor(url).arrive()).converse();
      conversation.close();
      seen.add(shown.replica);
    }
    expect([...seen].sort()).toEqual(expected.sort());
  });
}

let project: Project;

beforeAll(async () => {
  await docker('build', '--quiet', '--tag', base, join(repository, 'test/e2e/streamlit'));
  project = new Project({
    ...{ name, environment: 'e2e', namespace, hostPort, nodePort },
    published: 8501,
  });
  project.edit('app/Dockerfile', 'FROM python:3.13-slim', `FROM ${base}`);
});

afterAll(() => {
  project.remove();
});

onEngine(`${name} on Docker, with a stand-in for Streamlit`, () => {
  const prefix = `${name}-e2e`;

  beforeAll(async () => {
    await sweep(prefix);
    const file = join(await project.written('e2e'), 'compose.yaml');
    await run('docker', ['compose', '--file', file, 'up', '--detach', '--wait']);
  });

  afterAll(async () => {
    await sweep(prefix);
  });

  hostileEyesOnEngine(() => ({
    ...{ folder: project.folder, application: name, environment: 'e2e' },
    ...{ project: prefix, by: 'compose' },
  }));

  serves(`http://127.0.0.1:${hostPort}`, async () =>
    (await containersOfComponent(prefix, 'app')).map(({ Id }) => Id.slice(0, 12)),
  );
});

onCluster(`${name} on Kubernetes, with a stand-in for Streamlit`, () => {
  beforeAll(async () => {
    await sweepNamespace(namespace);
    await project.buildForCluster();
    await makeNamespace(namespace);
    await kubectl(['apply', '--filename', await project.written('staging')]);
    await rolledOut(namespace);
  });

  afterAll(async () => {
    await sweepNamespace(namespace);
  });

  hostileEyesInCluster(() => ({
    ...{ folder: project.folder, application: name, environment: 'staging' },
    namespace,
  }));

  serves(`http://127.0.0.1:${nodePort}`, async () =>
    (await podsOf(namespace, 'app')).map(({ metadata }) => metadata.name),
  );
});
