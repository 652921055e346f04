import { containerOf, objectOf, podOf, serviceOf } from '../support/written';
import { afterCompose, afterKubelet, backend, noteOf, proveEach } from './support';

const labels = { 'example.com/tier': 'web', team: '$HOME' };

export const process = proveEach({
  labels() {
    const { docker, kubernetes } = backend({ labels: { 'example.com/tier': 'web', team: 'shop' } });
    const { metadata, spec } = objectOf(kubernetes, 'Deployment', 'api');
    expect(metadata.labels).toMatchObject({ 'example.com/tier': 'web', team: 'shop' });
    expect(spec?.template.metadata?.labels).toMatchObject({ 'example.com/tier': 'web', team: 'shop' });
    expect(spec?.selector).toEqual({ matchLabels: { 'app.kubernetes.io/instance': 'api' } });
    expect(serviceOf(docker, 'api').labels).toEqual({ 'example.com/tier': 'web', team: 'shop' });
    const plain = backend();
    expect(serviceOf(plain.docker, 'api').labels).toBeUndefined();
  },

  annotations() {
    const { docker, kubernetes } = backend({ annotations: labels });
    const { metadata, spec } = objectOf(kubernetes, 'Deployment', 'api');
    expect(metadata.annotations).toEqual(labels);
    expect(spec?.template.metadata?.annotations).toEqual(labels);
    expect(serviceOf(docker, 'api').labels).toEqual({ 'example.com/tier': 'web', team: '$$HOME' });
    expect(noteOf(docker, 'annotations')?.note).toBe('An engine has no annotations: they become labels');
  },

  workingDirectory() {
    const { docker, kubernetes } = backend({ workingDirectory: '/srv/$HOME' });
    expect(containerOf(kubernetes, 'api').workingDir).toBe('/srv/$HOME');
    expect(afterCompose([serviceOf(docker, 'api').working_dir ?? ''])).toEqual(['/srv/$HOME']);
  },

  terminal() {
    const { docker, kubernetes } = backend({ tty: true });
    expect(containerOf(kubernetes, 'api').tty).toBe(true);
    expect(serviceOf(docker, 'api').tty).toBe(true);
    expect(containerOf(backend().kubernetes, 'api').tty).toBeUndefined();
  },

  stdin() {
    const { docker, kubernetes } = backend({ stdin: true });
    expect(containerOf(kubernetes, 'api').stdin).toBe(true);
    expect(serviceOf(docker, 'api').stdin_open).toBe(true);
  },

  init() {
    const { docker, kubernetes } = backend({ init: true });
    expect(podOf(kubernetes, 'api').shareProcessNamespace).toBe(true);
    expect(podOf(kubernetes, 'api').containers).toHaveLength(1);
    expect(noteOf(kubernetes, 'init')?.note).toMatch(
      /^The first process of the pod ends what the program leaves/,
    );
    expect(serviceOf(docker, 'api').init).toBe(true);
  },

  stopSignal() {
    const { docker, kubernetes } = backend({ stopSignal: 'SIGINT' });
    expect(serviceOf(docker, 'api').stop_signal).toBe('SIGINT');
    const { lifecycle } = containerOf(kubernetes, 'api');
    expect(afterKubelet(lifecycle?.preStop?.exec?.command)).toEqual([
      'sh',
      '-c',
      'sleep "$1"; kill -s "$2" 1; while kill -0 1 2>/dev/null; do sleep 0.2 || sleep 1; done',
      'stop',
      '5',
      'INT',
    ]);
    expect(podOf(kubernetes, 'api').terminationGracePeriodSeconds).toBe(25);
    expect(noteOf(kubernetes, 'stopSignal')?.note).toMatch(/^A command in the container sends the signal/);
  },

  platform() {
    const { docker, kubernetes } = backend({ platform: 'linux/arm64' });
    expect(serviceOf(docker, 'api').platform).toBe('linux/arm64');
    const { affinity } = podOf(kubernetes, 'api');
    expect(affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms).toEqual(
      [
        {
          matchExpressions: [
            { key: 'kubernetes.io/os', operator: 'In', values: ['linux'] },
            { key: 'kubernetes.io/arch', operator: 'In', values: ['arm64'] },
          ],
        },
      ],
    );
  },
});
