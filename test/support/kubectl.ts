import type { Kubectl } from '../../charts/apply/kubectl';

/** A cluster where every release is out, and every Job has run. */
export const isDone: Kubectl = (verb) => {
  const job = { status: { conditions: [{ type: 'Complete', status: 'True' }] } };
  const found = { ...job, items: [] };
  return Promise.resolve({ code: 0, stdout: verb === 'get' ? JSON.stringify(found) : '', stderr: '' });
};
