import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { kubectl, sweepNamespace } from '../support/cluster';
import { namesOf, sweep } from '../support/engine';
import { Project } from '../support/project';
import { PulumiStack } from '../support/pulumi';
import { onClusterWithPulumi, onEngineWithPulumi } from '../support/requirements';
import { SecretHunt } from '../support/secret-hunt';
import { eqBackend, placed } from '../support/subjects';

const failing = ['create index', 'select 1 / 0; create index'] as const;
const subject = placed(eqBackend, 'failing');
let project: Project;
let hunt: SecretHunt;

beforeAll(async () => {
  project = new Project(subject);
  await project.makeSecrets();
  project.edit('backend/migrations/002_add_created_at.sql', ...failing);
});

afterAll(() => {
  project.remove();
});

/** Destroys by the program, which finds no secrets any more. */
async function destroyedWithoutSecrets(stack: PulumiStack): Promise<void> {
  const secrets = readFileSync(project.secretsFile);
  rmSync(project.secretsFile);
  try {
    await stack.destroy('--run-program');
  } finally {
    writeFileSync(project.secretsFile, secrets);
  }
}

onEngineWithPulumi('a migration that fails on Docker', () => {
  let stack: PulumiStack;
  beforeAll(() => sweep(subject.project));
  afterAll(async () => {
    await hunt.stop();
    await sweep(subject.project);
  });

  test('fails the update, which names it, says why, and shows no secret', async () => {
    stack = new PulumiStack(project, subject.project);
    await stack.init();
    const up = { on: 'engine', project: subject.project } as const;
    hunt = new SecretHunt({ ...subject, project, environment: subject.environment, up, stack });
    hunt.start();
    const { code, stdout, stderr } = await stack.tryUp();
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain('migration: the job failed with exit code 1');
    expect(stdout + stderr).toContain('migration failed: DivisionByZero: division by zero');
    await hunt.expectAsReported();
  });

  test('fails the next update in the same words, as it is recorded', async () => {
    const { code, stdout, stderr } = await stack.tryUp();
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain('migration: the job failed with exit code 1');
    expect(stdout + stderr).toContain('migration failed: DivisionByZero: division by zero');
  });

  test('does not keep the program from taking all away but the data', async () => {
    await destroyedWithoutSecrets(stack);
    expect(await namesOf(subject.project, 'container')).toEqual([]);
    expect(await namesOf(subject.project, 'network')).toEqual([]);
    expect(await namesOf(subject.project, 'volume')).toEqual([`${subject.project}-database-data`]);
    await hunt.expectAsReported();
  });
});

onClusterWithPulumi('a migration that fails on Kubernetes', () => {
  let stack: PulumiStack;
  beforeAll(() => sweepNamespace(subject.namespace));
  afterAll(async () => {
    await hunt.stop();
    await sweepNamespace(subject.namespace);
  });

  test('fails the update, which names it, says why, and shows no secret', async () => {
    // Four tries, each later than the one before, take a minute and a half.
    await project.buildForCluster();
    stack = new PulumiStack(project, `${subject.name}-staging`);
    await stack.init();
    const up = { on: 'cluster', namespace: subject.namespace } as const;
    hunt = new SecretHunt({ ...subject, project, environment: 'staging', up, stack });
    hunt.start();
    const { code, stdout, stderr } = await stack.tryUp();
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(
      /migration-[0-9a-f]{8}: the job failed \(BackoffLimitExceeded: .*\)\. .* Its log ends with:/,
    );
    expect(stdout + stderr).toContain('migration failed: DivisionByZero: division by zero');
    await hunt.expectAsReported();
  });

  test('fails the next update as well, as it is recorded', async () => {
    // The cluster has deleted its pods, and what they said.
    const { code, stdout, stderr } = await stack.tryUp();
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(/migration-[0-9a-f]{8}: the job failed \(BackoffLimitExceeded: /);
  });

  test('does not keep the program from taking all away', async () => {
    await destroyedWithoutSecrets(stack);
    const left = ['namespaces', 'priorityclasses'].map((kind) =>
      kubectl(['get', kind, subject.namespace, '--ignore-not-found', '--output', 'name']),
    );
    expect(await Promise.all(left)).toEqual(['', '']);
    await hunt.expectAsReported();
  });
});
