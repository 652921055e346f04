import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { must, ofPods } from './rules';

/** No name is asked for in vain. */
export const shortSearch: Policy<KubernetesPlan> = {
  name: 'short-search',
  rule: 'Names with a dot are asked for as they are.',
  why: 'With the default of five dots, every name of the outside is asked for in each domain of the cluster before.',
  sources: [
    'kube-linter dnsconfig-options',
    'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
  ],
  check: ofPods(({ spec: { dnsConfig } }) => {
    const found = dnsConfig?.options?.find(({ name }) => name === 'ndots')?.value;
    return must(found === '2', 'dnsConfig.options ndots', found, '2');
  }),
};
