import { spawnSync } from 'node:child_process';
import { stackFile, withLibrary } from '../../support/project';

/** What Pulumi prints of a program that fails, as the program is built. */
function failureOf(stack: string, project: string): string {
  const program = `require('catamaran/pulumi')().catch((error) => process.stderr.write(error.message));`;
  const env = { ...process.env, PULUMI_NODEJS_STACK: stack, PULUMI_NODEJS_ROOT_DIRECTORY: project };
  return spawnSync(process.execPath, ['-e', program], { cwd: project, env, encoding: 'utf8' }).stderr;
}

test('a mistake is told with the line at which the stack creates the component', () => {
  const project = withLibrary({
    'stacks/shop.ts': stackFile({ props: "image: 'api:1.0', port: 0, replicas: 0" }),
  });
  expect(failureOf('shop-dev', project)).toBe(
    'stacks/shop.ts:6:5: shop/api: replicas is 0: write a whole number from 1 to 1000\n' +
      'stacks/shop.ts:6:5: shop/api: port is 0: write a whole number from 1 to 65535',
  );
});

test('a secret that is missing is told with the line of its environment', () => {
  const project = withLibrary({
    'stacks/shop.ts': stackFile({
      props: "image: 'api:1.0', port: 8000, env: Secret.variables('TOKEN')",
      environments: 'dev: docker({ secrets: envFile() })',
    }),
  });
  expect(failureOf('shop-dev', project)).toBe(
    `stacks/shop.ts:10:41: shop (dev): secret TOKEN is missing: write it into the file ${project}/stacks/.env`,
  );
});
