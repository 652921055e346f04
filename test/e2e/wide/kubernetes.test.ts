import {
  giveToCluster,
  kubectl,
  list,
  makeNamespace,
  podComponent,
  rolledOut,
  sweepNamespace,
  tryKubectl,
  type Pod,
} from '../support/cluster';
import { echoed } from '../support/datagram';
import { answering, json } from '../support/http';
import { OwnProject } from '../support/own-project';
import { PulumiStack } from '../support/pulumi';
import { kubeconfig, onCluster, onClusterWithPulumi } from '../support/requirements';
import { expected } from './expected';

const url = 'http://127.0.0.1:30150';
const namespace = 'wide-e2e';
let project: OwnProject;

beforeAll(async () => {
  project = new OwnProject('wide');
  await project.catamaran('secrets', 'wide', '--environment', 'dev', '--init');
  const images = await project.catamaran('build', 'wide', '--environment', 'staging');
  await giveToCluster(images.trim().split('\n'));
});

afterAll(async () => {
  await sweepNamespace(namespace);
  project.remove();
});

interface SecuredPod extends Pod {
  readonly spec: Pod['spec'] & {
    readonly containers: readonly {
      readonly securityContext: { readonly runAsNonRoot: boolean; readonly readOnlyRootFilesystem: boolean };
    }[];
  };
}

/** What every way to run the application must give. */
function carriesAll(): void {
  test('main tells that each need is met, and that nothing else is', async () => {
    await rolledOut(namespace);
    await answering(url);
    expect(await json(`${url}/report`)).toEqual(expected('wide.example.com'));
  });

  test('a datagram comes back', async () => {
    expect(await echoed(30153, 'over UDP')).toBe('over UDP');
  });

  test('the namespace accepts root, and only what says so runs as root or can write to its root', async () => {
    const labels = await kubectl(['get', 'namespace', namespace, '--output', 'jsonpath={.metadata.labels}']);
    expect(JSON.parse(labels)).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'baseline' });
    const pods = await list<SecuredPod>(namespace, 'pods');
    const named = (is: (context: SecuredPod['spec']['containers'][0]['securityContext']) => boolean) =>
      pods
        .filter(({ spec }) => spec.containers.some(({ securityContext }) => is(securityContext)))
        .map(podComponent);
    expect(named(({ runAsNonRoot }) => !runAsNonRoot)).toEqual(['rooted']);
    expect(named(({ readOnlyRootFilesystem }) => !readOnlyRootFilesystem)).toEqual(['scribe']);
  });
}

onCluster('the wide application, written for Kubernetes', () => {
  let folder: string;

  beforeAll(async () => {
    await sweepNamespace(namespace);
    folder = await project.written('staging');
    await makeNamespace(namespace);
    const secret = ['create', 'secret', 'generic', 'wide-secrets'];
    await kubectl([...['--namespace', namespace, ...secret], `--from-env-file=${project.source('.env')}`]);
  });

  test('is applied in one go, without a warning', async () => {
    const { code, stderr } = await tryKubectl(['apply', '--filename', folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  carriesAll();

  test('applying it again changes nothing', async () => {
    expect((await tryKubectl(['diff', '--filename', folder])).stdout).toBe('');
  });
});

onClusterWithPulumi('the wide application, applied to Kubernetes', () => {
  let stack: PulumiStack;

  beforeAll(async () => {
    await sweepNamespace(namespace);
    stack = new PulumiStack(project, 'wide-staging', { KUBECONFIG: kubeconfig });
    await stack.init();
    await stack.up();
  });

  carriesAll();

  test('nothing is left to do, the cluster asked or not', async () => {
    await stack.preview('--expect-no-changes');
    await stack.up('--expect-no-changes', '--refresh');
  });
});
