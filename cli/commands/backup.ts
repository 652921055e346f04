import { runScript } from '../backup-script';
import { defineCommand } from '../command';
import { backedUpComponent, oneApplication, oneEnvironment } from '../command-words';

/** Backs a component up at once, as its schedule does. */
export const backup = defineCommand({
  name: 'backup',
  summary: 'Back a component up now, as its schedule does',
  arguments: { application: oneApplication },
  options: { environment: oneEnvironment, component: backedUpComponent },
  examples: ['catamaran backup shop --environment dev --component database'],
  async run(given, context) {
    await runScript(given, context, ['backup']);
  },
});
