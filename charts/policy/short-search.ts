import type { Policy } from '../../constructs/policy/policy';
import type { KubernetesPlan } from '../plan';
import { faultUnless, eachPod } from './rules';

export const shortSearch: Policy<KubernetesPlan> = {
  name: 'short-search',
  rule: 'Names with two or more dots are looked up as they are, without the search domains of the cluster.',
  why: 'By default, names with fewer than five dots are first looked up in every search domain of the cluster.',
  sources: [
    'kube-linter dnsconfig-options',
    'https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/',
  ],
  check: eachPod(({ spec: { dnsConfig } }) => {
    const found = dnsConfig?.options?.find(({ name }) => name === 'ndots')?.value;
    return faultUnless(found === '2', 'dnsConfig.options ndots', found, '2');
  }),
};
