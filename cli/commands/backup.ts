import { runScript } from '../backup-script';
import { defineCommand } from '../command';
import { backedUpComponent, oneApplication, oneEnvironment } from '../command-words';

/** Backs a component up now, in the same way as its schedule. */
export const backup = defineCommand({
  name: 'backup',
  summary: 'Back up a component now, without waiting for its schedule',
  arguments: { application: oneApplication },
  options: { environment: oneEnvironment, component: backedUpComponent },
  examples: ['catamaran backup shop --environment dev --component database'],
  async run(input, context) {
    await runScript(input, context, ['backup']);
  },
});
