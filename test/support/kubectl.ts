import type { Kubectl } from '../../charts/kubectl';

/** A cluster in which every release is out. */
export const rolledOut: Kubectl = () => Promise.resolve({ code: 0, stdout: '', stderr: '' });
