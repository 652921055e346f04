import { backend, proveEach } from './support';

export const exceptions = proveEach({
  exceptions() {
    const excused = backend({ exceptions: { 'secrets-in-files': 'it reads no files' } });
    const plain = backend();
    expect(excused.docker.model.workloads[0]?.exceptions).toEqual([
      { policy: 'secrets-in-files', reason: 'it reads no files' },
    ]);
    expect(excused.docker.plan).toEqual(plain.docker.plan);
    expect(excused.kubernetes.plan).toEqual(plain.kubernetes.plan);
  },
});
