import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sweepNamespace } from './support/cluster';
import { sweep } from './support/engine';
import { kubeconfig, onCluster, onEngine, repository, testbed } from './support/requirements';
import { run } from './support/run';

const readme = readFileSync(join(repository, 'README.md'), 'utf8');

/** The blocks of commands that need an engine or a cluster, as they stand. */
function blocks(needs: 'docker' | 'kubernetes'): string[] {
  return [...readme.matchAll(/```sh (\w+)\n([\s\S]*?)```/g)].flatMap(([, kind, text]) =>
    kind === needs ? [text ?? ''] : [],
  );
}

// Where no registry is to be had, the testbed's stands in for the one that images are pushed to.
const push = `npx() {
  case "$*" in
    'catamaran build '*--push)
      set -- "\${@:1:$#-1}"
      command npx "$@" | while read -r image; do "${join(testbed, 'cluster')}" load "$image"; done ;;
    *) command npx "$@" ;;
  esac
}
`;

describe.each(['docker', 'kubernetes'] as const)('the recipes of the README for %s', (target) => {
  const on = target === 'docker' ? onEngine : onCluster;
  on('work as they stand', () => {
    let folder: string;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'catamaran-readme-'));
      for (const name of ['Pulumi.yaml', 'stacks'])
        cpSync(join(repository, name), join(folder, name), { recursive: true });
      // npx prepares a package that it runs from its own folder; there is nothing to build here.
      const { scripts: _scripts, ...manifest } = JSON.parse(
        readFileSync(join(repository, 'package.json'), 'utf8'),
      ) as { scripts: unknown };
      writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
      for (const name of ['lib', 'node_modules']) symlinkSync(join(repository, name), join(folder, name));
      // The testbed's node is smaller than what its pods are sure to get.
      const environments = join(folder, 'stacks', 'vdt2023', 'environments.ts');
      const namespace = "namespace: 'vdt2023-staging',";
      const given = readFileSync(environments, 'utf8');
      expect(given).toContain(namespace);
      writeFileSync(environments, given.replace(namespace, `${namespace} qualityOfService: 'burstable',`));
      // Without the pins: the engine and the cluster have stand-ins for the images of registries.
      await run(process.execPath, ['lib/cli/main.js', 'synth'], { cwd: folder });
    });

    // Each recipe starts where there is nothing of another.
    beforeEach(clean);
    afterAll(async () => {
      await clean();
      rmSync(folder, { recursive: true, force: true });
    });

    test.each(blocks(target).map((text) => [text.trim().split('\n').at(-1), text]))(
      '… %s',
      async (_, text) => {
        const home = join(folder, 'home');
        const script = `set -e\n${push}${text.replaceAll('~/.catamaran', `${home}/.catamaran`)}`;
        const env = { KUBECONFIG: kubeconfig, PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true' };
        const inHome = script.replaceAll('$HOME', home);
        const printed = await run('bash', ['-c', inHome], { cwd: folder, env, timeout: 290 });
        expect(printed).toContain('"message":"Hello"');
      },
    );
  });
});

async function clean(): Promise<void> {
  await sweep('vdt2023-dev');
  await sweepNamespace('vdt2023-staging');
}
