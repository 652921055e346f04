import { containersOfComponent, containerOf, docker, sweep } from '../support/engine';
import { endDatabase, type Hull } from './bench';

const project = 'faults-dev';

/** The application on a Docker engine, by Pulumi. */
export const engine: Hull = {
  url: 'http://127.0.0.1:18130',
  stack: project,
  async prepare(disk) {
    await sweep(project);
    const options = ['type=none', 'o=bind', `device=${disk}`].flatMap((option) => ['--opt', option]);
    await docker('volume', 'create', '--driver', 'local', ...options, `${project}-database-data`);
  },
  sweep: () => sweep(project),
  async settled() {
    const all = await containersOfComponent(project, 'backend');
    const named = all.filter(({ Name }) => !Name.includes('-files'));
    return named.every(({ State }) => State.Health?.Status === 'healthy')
      ? named.map(({ Name, RestartCount }) => ({ name: Name.slice(1), restarts: RestartCount })).sort(byName)
      : undefined;
  },
  async kill({ name }) {
    // An engine starts no container again that it was itself told to kill.
    process.kill(Number(await docker('inspect', '--format', '{{.State.Pid}}', name)), 'SIGKILL');
  },
  async killDatabase() {
    const { Id } = await containerOf(project, 'database');
    await docker('exec', Id, 'sh', '-c', endDatabase);
  },
};

const byName = (left: { name: string }, right: { name: string }) => (left.name < right.name ? -1 : 1);
