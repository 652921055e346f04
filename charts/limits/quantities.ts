import type { PodContainer } from '../manifest';
import { amountOf } from '../quantity';
import { eachObject, eachPodContainer, faultUnless, type Fault } from '../policy/rules';
import type { ClusterLimit } from './limit';

const hint = 'a quantity that is not negative, such as 500m or 512Mi';

/** Amounts of CPU, memory and disk: of containers, whose requests are within their limits, and of volume claims. */
export const quantities: ClusterLimit = {
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
  check: (plan) => [
    ...eachPodContainer(({ resources = {} }) => resourceFaults(resources))(plan),
    ...eachObject((object) => {
      if (object.kind === 'PersistentVolumeClaim') return storageFaults(object.spec?.resources?.requests);
      if (object.kind !== 'StatefulSet') return [];
      return (object.spec?.volumeClaimTemplates ?? []).flatMap(({ spec }) =>
        storageFaults(spec?.resources?.requests),
      );
    })(plan),
  ],
};

function resourceFaults({ requests = {}, limits = {} }: NonNullable<PodContainer['resources']>): Fault[] {
  return [
    ...amountFaults('resources.requests', requests),
    ...amountFaults('resources.limits', limits),
    ...Object.entries(requests).flatMap(([name, request]) => {
      const limit = limits[name];
      const [least, most] = [amountOf(request), limit === undefined ? Infinity : amountOf(limit)];
      const within = least === undefined || most === undefined || least <= most;
      return faultUnless(
        within,
        `resources.requests.${name}`,
        request,
        `${limit} or less, which is the limit`,
      );
    }),
  ];
}

type Amounts = Readonly<Record<string, string | number>>;

function amountFaults(field: string, amounts: Amounts): Fault[] {
  return Object.entries(amounts).flatMap(([name, amount]) =>
    faultUnless(amountOf(amount) !== undefined, `${field}.${name}`, amount, hint),
  );
}

function storageFaults({ storage }: Amounts = {}): Fault[] {
  const right = storage !== undefined && (amountOf(storage) ?? 0) > 0;
  return faultUnless(right, 'resources.requests.storage', storage, 'a quantity above 0, such as 10Gi');
}
