import { join } from 'node:path';
import { OwnProject } from '../support/own-project';
import { kubeconfig, repository } from '../support/requirements';
import { attempt, type Ended } from '../support/run';
import { notesOf, type Store } from '../support/stores';

const program = join(repository, 'lib/cli/main.js');

/** A target with the stores on it. */
export interface Place {
  readonly project: () => OwnProject;
  readonly environment: 'dev' | 'staging';
  readonly kinds: readonly Store[];
  /** Runs a program in the container of a store; returns what it prints. */
  readonly inside: (store: Store, command: readonly string[]) => Promise<string>;
  /** Destroys the volumes of all stores and brings the stores up again. */
  readonly lose: () => Promise<void>;
}

/** A project with the stores, their secrets and what synth writes of them. */
export async function storesProject(): Promise<OwnProject> {
  const project = new OwnProject('stores');
  await project.catamaran('secrets', 'stores', '--environment', 'dev', '--init');
  await project.catamaran('synth', 'stores');
  return project;
}

/** The tests of backups, the same on both targets. */
export function keepTheData({ project, environment, kinds, inside, lose }: Place): void {
  const catamaran = (command: string, { name }: Store, ...args: readonly string[]): Promise<Ended> =>
    attempt(
      process.execPath,
      [program, command, 'stores', '--environment', environment, '--component', name, ...args],
      { cwd: project().folder, env: { KUBECONFIG: kubeconfig } },
    );
  const notes = async (store: Store) => notesOf(await inside(store, store.read));
  const backups = async (store: Store) =>
    (await catamaran('restore', store, '--list')).stdout
      .split('\n')
      .filter((line) => /^\d{8}T\d{6}Z\./.test(line));
  /** For every store at the same time: what became of it, by its name. */
  const each = async <Found>(ask: (store: Store) => Promise<Found>): Promise<Record<string, Found>> =>
    Object.fromEntries(
      await Promise.all(kinds.map(async (store) => [store.name, await ask(store)] as const)),
    );
  const everywhere = <Found>(found: Found) => Object.fromEntries(kinds.map(({ name }) => [name, found]));

  test('are made at once when asked for, and the newest stays', async () => {
    const made = await each(async (store) => {
      let newest = '';
      for (const note of ['one', 'two']) {
        await inside(store, store.add(note));
        const { code, stdout, stderr } = await catamaran('backup', store);
        expect({ store: store.name, code, stderr }).toEqual({ store: store.name, code: 0, stderr });
        newest = /backup: (\S+) has [1-9]\d* bytes/.exec(stdout)?.[1] ?? stdout;
      }
      return [newest, await backups(store)] as const;
    });
    for (const [newest, listed] of Object.values(made)) expect(listed).toEqual([newest]);
  });

  test('are put over data where that is said alone', async () => {
    const told = await each(async (store) => {
      await inside(store, store.add('unsaved'));
      const { code, stdout, stderr } = await catamaran('restore', store);
      return { code, told: (stdout + stderr).includes('there are data'), notes: await notes(store) };
    });
    expect(told).toEqual(everywhere({ code: 1, told: true, notes: ['one', 'two', 'unsaved'] }));
    expect(await each(async (store) => (await catamaran('restore', store, '--yes')).code)).toEqual(
      everywhere(0),
    );
    expect(await each(notes)).toEqual(everywhere(['one', 'two']));
  });

  test('outlive the volume of the data, which they bring back', async () => {
    await lose();
    expect(await each(async (store) => (await catamaran('restore', store)).code)).toEqual(everywhere(0));
    expect(await each(notes)).toEqual(everywhere(['one', 'two']));
  });
}
