import { join } from 'node:path';
import {
  anonymousVolumes,
  componentOf,
  containerOf,
  containersOf,
  containersOfComponent,
  docker,
  namesOf,
  stillThere,
  sweep,
  type Container,
} from '../support/engine';
import { hostileEyesOnEngine } from '../support/eyes';
import { answering, ask, json } from '../support/http';
import { Project } from '../support/project';
import { onEngine } from '../support/requirements';
import { SecretHunt } from '../support/secret-hunt';
import { replicas, workerDoesItsWork, type Placed } from '../support/subjects';

/** An application by `docker compose up` of what synth writes, its data and its secrets. */
export function writtenForDocker(subject: Placed): void {
  onEngine(`${subject.name}, written for Docker`, () => {
    const url = `http://127.0.0.1:${subject.hostPort}`;
    let project: Project;
    let compose: (...args: readonly string[]) => Promise<string>;
    let hunt: SecretHunt;

    beforeAll(async () => {
      await sweep(subject.project);
      project = new Project(subject);
      await project.makeSecrets();
      const up = { on: 'engine', project: subject.project } as const;
      hunt = new SecretHunt({ ...subject, project, environment: subject.environment, up });
      hunt.start();
      const file = join(await project.written(subject.environment), 'compose.yaml');
      compose = (...args) =>
        project.run('docker', 'compose', '--env-file', project.secretsFile, '--file', file, ...args);
    });

    afterAll(async () => {
      await hunt.stop();
      await sweep(subject.project);
      project.remove();
    });

    test('written, secrets are seen nowhere', () => hunt.expectAsReported());

    test('comes up in one go', async () => {
      await compose('up', '--detach', '--wait');
      const running = await runningContainers(subject);
      expect(running.map(componentOf).sort()).toEqual(
        [...Object.keys(subject.ports), ...subject.workers, 'backend'].sort((left, right) =>
          left.localeCompare(right),
        ),
      );
      expect(running.map(({ State }) => State.Health?.Status)).toEqual(running.map(() => 'healthy'));
    });

    test('the published proxy answers for both replicas', async () => {
      expect(await replicas(subject, url)).toHaveLength(2);
    });

    workerDoesItsWork(subject, url);

    hostileEyesOnEngine(() => ({
      ...{ folder: project.folder, application: subject.name, environment: subject.environment },
      ...{ project: subject.project, by: 'compose' },
    }));

    test('secrets are seen where the report says, and nowhere else', () => hunt.expectAsReported());

    if (subject.name === 'eq-backend') {
      test('the migration ran once, after the database was there and before the backend', async () => {
        const migrations = await containersOfComponent(subject.project, 'migration');
        expect(migrations.map(({ State, RestartCount }) => [State.ExitCode, RestartCount])).toEqual([[0, 0]]);
        const log = await compose('logs', '--no-log-prefix', 'migration');
        expect(log.trim().split('\n')).toEqual([
          'applied 001_create_notes.sql',
          'applied 002_add_created_at.sql',
        ]);
        const ended = Math.max(...migrations.map(({ State }) => Date.parse(State.FinishedAt)));
        for (const { State } of await containersOfComponent(subject.project, 'backend'))
          expect(Date.parse(State.StartedAt)).toBeGreaterThanOrEqual(ended);
      });

      test('the backend has its configuration', async () => {
        expect(await json(`${url}/config`)).toEqual({
          ENVIRONMENT: subject.environment,
          LOG_LEVEL: 'INFO',
          OPENAI_BASE_URL: 'https://api.openai.com/v1',
          CORS_ORIGINS: ['http://localhost:3000'],
          set: {
            ...{ DATABASE_URL: true, REDIS_URL: true, SECRET_KEY: true, ALGORITHM: true },
            ...{ ACCESS_TOKEN_EXPIRE_MINUTES: true, OPENAI_API_KEY: true },
            ...{ GOOGLE_CLIENT_ID: true, GOOGLE_CLIENT_SECRET: true },
          },
        });
      });

      test('both stores are used', async () => {
        await subject.write(url, 'cached');
        const first = await ask(`${url}/notes`);
        const second = await ask(`${url}/notes`);
        expect([first, second].map(({ headers }) => headers['x-cache'])).toEqual(['miss', 'hit']);
        expect(second.text).toBe(first.text);
      });
    }

    test('data outlives the container of the database', async () => {
      await subject.write(url, 'kept');
      const before = await containerOf(subject.project, 'database');
      await docker('rm', '--force', '--volumes', before.Id);
      await compose('up', '--detach', '--wait');
      const after = await containerOf(subject.project, 'database');
      expect(after.Id).not.toBe(before.Id);
      await answering(`${url}/health/db`);
      expect(await subject.read(url)).toContain('kept');
    });

    test('no container has a volume without a name, which nothing limits or removes', async () => {
      const all = await containersOf(subject.project);
      const having = all.filter((container) => anonymousVolumes([container]).length > 0);
      expect(having.map(componentOf)).toEqual([]);
    });

    test('goes down: data stay, with the files of secrets', async () => {
      const anonymous = anonymousVolumes(await containersOf(subject.project));
      await compose('down');
      expect(await namesOf(subject.project, 'container')).toEqual([]);
      expect(await namesOf(subject.project, 'network')).toEqual([]);
      const volumes = await namesOf(subject.project, 'volume');
      expect(volumes.filter((name) => !/-secrets-[0-9a-f]{8}$/.test(name))).toEqual([
        `${subject.project}_database-data`,
      ]);
      const left = await stillThere(anonymous);
      if (left.length > 0) await docker('volume', 'rm', ...left);
    });

    test('when it is gone, secrets are seen nowhere', () => hunt.expectAsReported());
  });
}

async function runningContainers(subject: Placed): Promise<Container[]> {
  const all = await containersOf(subject.project);
  return all.filter(({ State }) => State.Status === 'running');
}
