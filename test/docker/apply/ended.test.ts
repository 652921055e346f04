import * as docker from '@pulumi/docker';
import * as pulumi from '@pulumi/pulumi';
import { failureOf, succeeded } from '../../../docker/apply/ended';

/** A container of a migration, which Pulumi says this of. */
async function job(
  id: string | undefined,
  state: Readonly<Record<string, unknown>>,
): Promise<docker.Container> {
  await pulumi.runtime.setMocks(
    { newResource: () => ({ id, state }), call: () => ({}) },
    'shop',
    'dev',
    false,
  );
  return new docker.Container('migration-1', { image: 'api:1.0' });
}

/** What a job is to those that wait for it. */
const outcome = (made: docker.Container) => pulumi.output(succeeded(made, 'migration: the job'));
const settled = (value: pulumi.Output<unknown>) =>
  (value as unknown as { promise(): Promise<unknown> }).promise();

test('a job that exited with 0 is what comes before others', async () => {
  const made = await job('abc', { exitCode: 0, containerLogs: 'done\n' });
  await expect(settled(outcome(made))).resolves.toBe(made);
});

test('one that failed is told with how to run it again, and its last lines', () => {
  expect(failureOf('migration: the job', 'urn:of:it', 1, `${'line\n'.repeat(12)}division by zero\n`)).toBe(
    'migration: the job failed with exit code 1. Correct it, or run it again with ' +
      "pulumi up --replace 'urn:of:it'. Its log ends with:\n" +
      `${'line\n'.repeat(9)}division by zero`,
  );
});

test('a job that was never made, as with pulumi up --target, is not asked how it ended', async () => {
  const made = await job(undefined, {});
  await expect(settled(outcome(made))).resolves.toBeUndefined();
});
