import { kubectl, podsOf, sweepNamespace, tryKubectl, uidsByComponent } from '../support/cluster';
import { hostileEyesInCluster } from '../support/eyes-cluster';
import { answering, json, underLoad } from '../support/http';
import { Project } from '../support/project';
import { PulumiStack } from '../support/pulumi';
import { onClusterWithPulumi } from '../support/requirements';
import { until } from '../support/run';
import { SecretHunt } from '../support/secret-hunt';
import { replicas, source, workerDoesItsWork, type Placed } from '../support/subjects';

/** An application by `pulumi up` in a cluster: twice, with changes under load, and destroyed. */
export function appliedToKubernetes(subject: Placed): void {
  const { namespace } = subject;
  onClusterWithPulumi(`${subject.name}, applied to Kubernetes`, () => {
    const url = `http://127.0.0.1:${subject.nodePort}`;
    let project: Project;
    let stack: PulumiStack;
    let hunt: SecretHunt;

    beforeAll(async () => {
      await sweepNamespace(namespace);
      project = new Project(subject);
      project.sign();
      await project.makeSecrets();
      await project.buildForCluster();
      stack = new PulumiStack(project, `${subject.name}-staging`);
      const up = { on: 'cluster', namespace } as const;
      hunt = new SecretHunt({ ...subject, project, environment: 'staging', up, stack });
      hunt.start();
      await stack.init();
    });

    afterAll(async () => {
      await hunt.stop();
      await sweepNamespace(namespace);
      project.remove();
    });

    test('up: the node port answers for both replicas', async () => {
      await stack.up();
      await answering(`${url}/health/db`);
      expect(await replicas(subject, url)).toHaveLength(2);
    });

    workerDoesItsWork(subject, url);

    hostileEyesInCluster(() => ({
      ...{ folder: project.folder, application: subject.name, environment: 'staging' },
      namespace,
    }));

    test('nothing is left to do, the cluster asked or not', async () => {
      await stack.preview('--expect-no-changes');
      await stack.up('--expect-no-changes', '--refresh');
      await stack.preview('--expect-no-changes');
    });

    test('secrets are seen where the report says, and nowhere else', () => hunt.expectAsReported());

    test('another value of a variable replaces the backend alone, and no request fails', async () => {
      expect(await subject.seen(url)).toBe(subject.values[0]);
      const before = await uidsByComponent(namespace);
      project.edit('application.ts', ...subject.variable);
      const { failed } = await underLoad(`${url}/health/db`, async () => {
        await stack.up();
        await settled(namespace);
      });
      expect(await subject.seen(url)).toBe(subject.values[1]);
      const after = await uidsByComponent(namespace);
      expect({ ...after, backend: [] }).toEqual({ ...before, backend: [] });
      expect(after['backend']?.filter((uid) => before['backend']?.includes(uid))).toEqual([]);
      expect(failed).toEqual({});
    });

    test('another image is rolled out, and no request fails', async () => {
      const before = await uidsByComponent(namespace);
      project.edit('backend/app.py', ...source);
      await project.buildForCluster();
      const { failed } = await underLoad(`${url}/health/db`, async () => {
        await stack.up();
        await settled(namespace);
      });
      expect(await json(`${url}/health`)).toEqual({ status: 'fine' });
      const after = await uidsByComponent(namespace);
      for (const component of ['database', 'cache'])
        expect({ component, uids: after[component] }).toEqual({ component, uids: before[component] });
      expect(failed).toEqual({});
    });

    test('destroy leaves nothing, as the environment asks for', async () => {
      await stack.destroy();
      await hunt.expectAsReported();
      const { stdout } = await tryKubectl([
        'get',
        'namespace',
        namespace,
        '--ignore-not-found',
        '-o',
        'name',
      ]);
      expect(stdout).toBe('');
      const claims = await kubectl([
        ...['get', 'persistentvolumes', '--output'],
        'jsonpath={.items[*].spec.claimRef.namespace}',
      ]);
      expect(claims.split(' ')).not.toContain(namespace);
      await expect(answering(url, 1)).rejects.toThrow('not within 1 s');
    });
  });
}

/** Waits until those that were replaced are gone. */
async function settled(namespace: string): Promise<void> {
  await until('the end of the pods that were replaced', 60, async () => {
    const all = await kubectl(['--namespace', namespace, 'get', 'pods', '--output', 'name']);
    const staying = await podsOf(namespace);
    return all.trim().split('\n').length === staying.length ? true : undefined;
  });
}
