import { sweep } from '../support/engine';
import { sweepNamespace } from '../support/cluster';
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

onEngineWithPulumi('a migration that fails on Docker', () => {
  beforeAll(() => sweep(subject.project));
  afterAll(async () => {
    await hunt.stop();
    await sweep(subject.project);
  });

  test('fails the update, which names it, says why, and shows no secret', async () => {
    const stack = new PulumiStack(project, subject.project);
    await stack.init();
    const up = { on: 'engine', project: subject.project } as const;
    hunt = new SecretHunt({ ...subject, project, environment: subject.environment, up, stack });
    hunt.start();
    const { code, stdout, stderr } = await stack.tryUp();
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain('migration: exited with 1');
    expect(stdout + stderr).toContain('migration failed: DivisionByZero: division by zero');
    await hunt.expectAsReported();
  });
});

onClusterWithPulumi('a migration that fails on Kubernetes', () => {
  beforeAll(() => sweepNamespace(subject.namespace));
  afterAll(async () => {
    await hunt.stop();
    await sweepNamespace(subject.namespace);
  });

  test('fails the update, which names it, says why, and shows no secret', async () => {
    // Four tries, each later than the one before, take a minute and a half.
    await project.buildForCluster();
    const stack = new PulumiStack(project, `${subject.name}-staging`);
    await stack.init();
    const up = { on: 'cluster', namespace: subject.namespace } as const;
    hunt = new SecretHunt({ ...subject, project, environment: 'staging', up, stack });
    hunt.start();
    const { code, stdout, stderr } = await stack.tryUp();
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(/migration-[0-9a-f]{8}: BackoffLimitExceeded: .* It said:/);
    expect(stdout + stderr).toContain('migration failed: DivisionByZero: division by zero');
    await hunt.expectAsReported();
  });
});
