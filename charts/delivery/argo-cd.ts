import type { ArgoCd } from '../../constructs/model/gitops';
import { annotated, type Context } from '../lower/context';
import { jobLifetime } from '../lower/scaling';
import { volumesGroup, type Delivered, type DeliveryObject, type ObjectGroup, type OwnGroup } from '../group';
import type { Manifest } from '../manifest';
import type { OwnObject } from '../../constructs/model/own-object';
import { takesOwnData } from '../own';
import {
  deliveryMetadata,
  deliveryName,
  folderOf,
  inOrder,
  ownAnnotated,
  runsLater,
  type AnyGroup,
} from './metadata';
import { takesData } from '../data';

/**
 * Adds sync waves and hooks to the objects, and makes the Application that syncs them. The Application is in a subfolder:
 * a sync of the environment's folder does not read subfolders.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export function deliverWithArgoCd(
  groups: readonly ObjectGroup[],
  own: readonly OwnGroup[],
  argo: ArgoCd,
  context: Context,
): Delivered {
  const waves = wavesOf(inOrder(groups, own));
  return {
    groups: groups.map((group) => ({
      ...group,
      objects: group.objects.map((object) => inWave(object, waves.get(group.name) ?? 0, context)),
    })),
    own: own.map((group) => ({
      ...group,
      objects: group.objects.map((object) => ownInWave(object, waves.get(group.name) ?? 0, context)),
    })),
    delivery: [{ name: 'argocd/application', objects: [application(argo, context)] }],
  };
}

/**
 * The wave of each group: one more than the highest wave of the groups before it. Scheduled workloads are in the last
 * wave, because Argo CD does not wait for the health of the last wave. Waiting would be wrong: the volume claim of a
 * scheduled workload may be bound only at its first run, and a failed run is not a failed release. Shared volumes are in the
 * wave of the first group that mounts one: such a claim, too, may be bound only when a pod uses it.
 * @see https://github.com/argoproj/argo-cd/issues/12840
 */
function wavesOf(groups: readonly AnyGroup[]): ReadonlyMap<string, number> {
  const waves = new Map<string, number>();
  // Groups are in start order, so the waves of the groups before are known.
  for (const { name, after } of groups)
    waves.set(name, Math.max(0, ...after.filter(isAwaited).map((other) => (waves.get(other) ?? 0) + 1)));
  const last = Math.max(...waves.values()) + 1;
  for (const group of groups) if (runsLater(group)) waves.set(group.name, last);
  const users = groups.filter(({ after }) => after.includes(volumesGroup));
  if (users.length > 0)
    waves.set(volumesGroup, Math.min(...users.map(({ name }) => waves.get(name) ?? last)));
  return waves;
}

function isAwaited(group: string): boolean {
  return group !== volumesGroup;
}

function inWave(object: Manifest, wave: number, context: Context): Manifest {
  return annotated(expiring(object), {
    'argocd.argoproj.io/sync-wave': String(wave),
    ...(object.kind === 'Job' && hook),
    ...(takesData(object, context.environment) && {
      'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
    }),
  });
}

// An object of the stack may name its wave itself.
function ownInWave(object: OwnObject, wave: number, context: Context): OwnObject {
  return ownAnnotated(object, {
    'argocd.argoproj.io/sync-wave': String(wave),
    ...(takesOwnData(object, context.environment) && {
      'argocd.argoproj.io/sync-options': 'Delete=false,Prune=false',
    }),
  });
}

// A Job is a Sync hook. A PreSync hook would run before its Secret, service account and network policies exist. Without a
// hook, Argo CD would not create a failed Job again at the next sync.
const hook = {
  'argocd.argoproj.io/hook': 'Sync',
  'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
};

// Argo CD does not prune hooks, so Kubernetes deletes old Jobs after a time.
function expiring(object: Manifest): Manifest {
  if (object.kind !== 'Job' || !object.spec) return object;
  return { ...object, spec: { ...object.spec, ttlSecondsAfterFinished: jobLifetime } };
}

function application(argo: ArgoCd, context: Context): DeliveryObject {
  const { sync } = argo;
  const { annotations, ...metadata } = deliveryMetadata(context, deliveryName(context), argo.namespace);
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      // The API server adds default values, such as in the volume claims of a StatefulSet. A server-side diff does not
      // report them as differences.
      annotations: { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true', ...annotations },
      // With pruning, deleting the Application also deletes its objects.
      ...(sync.kind === 'automated' &&
        sync.prune && { finalizers: ['resources-finalizer.argocd.argoproj.io/foreground'] }),
      ...metadata,
    },
    spec: {
      project: argo.project,
      source: {
        repoURL: argo.repository,
        targetRevision: argo.revision,
        path: folderOf(context, argo.path),
      },
      destination: { server: argo.server, namespace: context.environment.namespace },
      syncPolicy: {
        ...(sync.kind === 'automated' && { automated: { prune: sync.prune, selfHeal: sync.selfHeal } }),
        // PruneLast: old pods need their ConfigMaps until the new pods are ready. ServerSideApply: large objects do not
        // fit into the annotation of a client-side apply.
        syncOptions: ['PruneLast=true', 'ServerSideApply=true'],
      },
    },
  };
}
