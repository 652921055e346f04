import { images, removeNewImages, sweep } from '../support/engine';
import { sweepNamespace } from '../support/cluster';
import { Project } from '../support/project';
import { PulumiStack } from '../support/pulumi';
import { onClusterWithPulumi, onEngineWithPulumi } from '../support/requirements';
import { eqBackend } from '../support/subjects';

const failing = ['create index', 'select 1 / 0; create index'] as const;
let imagesBefore: string[];
let project: Project;

beforeAll(async () => {
  imagesBefore = await images();
  project = new Project(eqBackend);
  await project.makeSecrets();
  project.edit('backend/migrations/002_add_created_at.sql', ...failing);
});

afterAll(async () => {
  await removeNewImages(imagesBefore);
  project.remove();
});

onEngineWithPulumi('a migration that fails on Docker', () => {
  beforeAll(() => sweep(eqBackend.project));
  afterAll(() => sweep(eqBackend.project));

  test('fails the update, which names it and says why', async () => {
    const stack = new PulumiStack(project, eqBackend.project);
    await stack.init();
    const { code, stdout, stderr } = await stack.tryUp();
    expect(code).not.toBe(0);
    expect(stdout + stderr).toContain('migration: exited with 1');
    expect(stdout + stderr).toContain('migration failed: DivisionByZero: division by zero');
  });
});

onClusterWithPulumi('a migration that fails on Kubernetes', () => {
  beforeAll(() => sweepNamespace(eqBackend.namespace));
  afterAll(() => sweepNamespace(eqBackend.namespace));

  test('fails the update, which names it', async () => {
    // Four tries, each later than the one before, take a minute and a half.
    await project.buildForCluster();
    const stack = new PulumiStack(project, `${eqBackend.name}-staging`);
    await stack.init();
    const { code, stdout, stderr } = await stack.tryUp();
    expect(code).not.toBe(0);
    expect(stdout + stderr).toMatch(/Job\/migration-[0-9a-f]{8}/);
    expect(stdout + stderr).toContain('BackoffLimitExceeded');
  });
});
