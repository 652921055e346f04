import {
  anonymousVolumes,
  containersOf,
  idsByComponent,
  namesOf,
  stillThere,
  sweep,
} from '../support/engine';
import { hostileEyesOnEngine } from '../support/eyes';
import { answering, json, underLoad } from '../support/http';
import { Project } from '../support/project';
import { PulumiStack } from '../support/pulumi';
import { onEngineWithPulumi } from '../support/requirements';
import { SecretHunt } from '../support/secret-hunt';
import { replicas, source, workerDoesItsWork, type Placed } from '../support/subjects';

/** An application by `pulumi up` on an engine: twice, with changes under load, and destroyed. */
export function appliedToDocker(subject: Placed): void {
  onEngineWithPulumi(`${subject.name}, applied to Docker`, () => {
    const url = `http://127.0.0.1:${subject.hostPort}`;
    let project: Project;
    let stack: PulumiStack;
    let hunt: SecretHunt;

    beforeAll(async () => {
      await sweep(subject.project);
      project = new Project(subject);
      project.sign();
      await project.makeSecrets();
      stack = new PulumiStack(project, subject.project);
      const up = { on: 'engine', project: subject.project } as const;
      hunt = new SecretHunt({ ...subject, project, environment: subject.environment, up, stack });
      hunt.start();
      await stack.init();
    });

    afterAll(async () => {
      await hunt.stop();
      await sweep(subject.project);
      project.remove();
    });

    test('up: the published proxy answers for both replicas', async () => {
      await stack.up();
      expect(await replicas(subject, url)).toHaveLength(2);
      await subject.write(url, 'kept');
    });

    test('nothing is left to do, the engine asked or not', async () => {
      await stack.preview('--expect-no-changes');
      await stack.up('--expect-no-changes', '--refresh');
      await stack.preview('--expect-no-changes');
    });

    workerDoesItsWork(subject, url);

    hostileEyesOnEngine(() => ({
      ...{ folder: project.folder, application: subject.name, environment: subject.environment },
      ...{ project: subject.project, by: 'Pulumi' },
    }));

    test('secrets are seen where the report says, and nowhere else', () => hunt.expectAsReported());

    test('another value of a variable replaces the backend alone, and no request fails', async () => {
      expect(await subject.seen(url)).toBe(subject.values[0]);
      const before = await idsByComponent(subject.project);
      project.edit('application.ts', ...subject.variable);
      const { failed } = await underLoad(`${url}/health/db`, () => stack.up());
      expect(await subject.seen(url)).toBe(subject.values[1]);
      const after = await idsByComponent(subject.project);
      expect({ ...after, backend: [] }).toEqual({ ...before, backend: [] });
      expect(after['backend']).toHaveLength(2);
      expect(after['backend']?.filter((id) => before['backend']?.includes(id))).toEqual([]);
      expect(failed).toEqual({});
    });

    test('another image is rolled out, and no request fails', async () => {
      const before = await idsByComponent(subject.project);
      project.edit('backend/app.py', ...source);
      const { failed } = await underLoad(`${url}/health/db`, () => stack.up());
      expect(await json(`${url}/health`)).toEqual({ status: 'fine' });
      const after = await idsByComponent(subject.project);
      for (const component of ['database', 'proxy', 'cache'])
        expect({ component, ids: after[component] }).toEqual({ component, ids: before[component] });
      expect(failed).toEqual({});
    });

    test('destroy leaves nothing but the data, which the next up finds', async () => {
      const anonymous = anonymousVolumes(await containersOf(subject.project));
      await stack.destroy();
      expect(await namesOf(subject.project, 'container')).toEqual([]);
      expect(await namesOf(subject.project, 'network')).toEqual([]);
      expect(await namesOf(subject.project, 'volume')).toEqual([`${subject.project}-database-data`]);
      expect(await stillThere(anonymous)).toEqual([]);
      await hunt.expectAsReported();
      await stack.up();
      await answering(`${url}/health/db`);
      expect(await subject.read(url)).toContain('kept');
    });
  });
}
