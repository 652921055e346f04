import { runScript } from '../backup-script';
import { defineCommand, notWith } from '../command';
import { backedUpComponent, oneApplication, oneEnvironment } from '../command-words';

/** Restores a backup, or lists the backups. It overwrites data only with `--yes`. */
export const restore = defineCommand({
  name: 'restore',
  summary: 'Restore a backup of a component, or list its backups',
  arguments: { application: oneApplication },
  options: {
    environment: oneEnvironment,
    component: backedUpComponent,
    list: { summary: 'list the backups, and restore none' },
    from: {
      value: 'file',
      summary: 'the name of the backup, as --list prints it; without it, the latest one',
    },
    yes: { summary: 'overwrite the current data of the component' },
  },
  examples: [
    'catamaran restore shop --environment dev --component database --list',
    'catamaran restore shop --environment dev --component database',
    'catamaran restore shop --environment dev --component database --from 20260102T020000Z.dump --yes',
  ],
  misuse({ from, list, yes }) {
    if (list && from !== undefined) return notWith('--from', '--list');
    return list && yes ? notWith('--yes', '--list') : undefined;
  },
  async run({ from = 'latest', list, yes, ...backed }, context) {
    await runScript(backed, context, list ? ['list'] : ['restore', from, ...(yes ? ['--overwrite'] : [])]);
  },
});
