import { runScript } from '../backup-script';
import { defineCommand } from '../command';
import { backedUpComponent, oneApplication, oneEnvironment } from '../command-words';

/** Puts a backup back, or lists those that are there. Data are overwritten with `--yes` alone. */
export const restore = defineCommand({
  name: 'restore',
  summary: 'Put a backup of a component back',
  arguments: { application: oneApplication },
  options: {
    environment: oneEnvironment,
    component: backedUpComponent,
    list: { summary: 'list the backups, and put none back' },
    from: { value: 'file', summary: 'the backup, as --list names it', default: 'latest' },
    yes: { summary: 'overwrite the data that the component has now' },
  },
  examples: [
    'catamaran restore shop --environment dev --component database --list',
    'catamaran restore shop --environment dev --component database',
    'catamaran restore shop --environment dev --component database --from 20260102T020000Z.dump --yes',
  ],
  async run({ from, list, yes, ...backed }, context) {
    await runScript(backed, context, list ? ['list'] : ['restore', from, ...(yes ? ['--overwrite'] : [])]);
  },
});
