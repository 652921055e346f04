import type { ArgoCd } from '../../constructs/model/gitops';
import { annotated, type Context } from '../lower/context';
import { jobLifetime } from '../lower/scaling';
import type { Delivered, DeliveryObject, ObjectGroup } from '../group';
import type { Manifest } from '../manifest';
import { deliveryMetadata, deliveryName, folderOf, runsLater } from './metadata';
import { takesData } from '../data';

/**
 * Waves and hooks on the objects, and the Application that syncs them. It is in a folder of its own, which a
 * sync of the environment's folder does not enter.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export function deliverWithArgoCd(groups: readonly ObjectGroup[], argo: ArgoCd, context: Context): Delivered {
  const waves = wavesOf(groups);
  return {
    groups: groups.map((group) => ({
      ...group,
      objects: group.objects.map((object) => inWave(object, waves.get(group.name) ?? 0, context)),
    })),
    delivery: [{ name: 'argocd/application', objects: [application(argo, context)] }],
  };
}

/**
 * How many others come before each group, one after the other. What runs later comes last, as that wave alone is
 * not waited for: a claim may be bound by the first run only, and a run that failed is no failed release.
 * @see https://github.com/argoproj/argo-cd/issues/12840
 */
function wavesOf(groups: readonly ObjectGroup[]): ReadonlyMap<string, number> {
  const waves = new Map<string, number>();
  // Groups are in start order: what comes before is known.
  for (const { name, after } of groups)
    waves.set(name, Math.max(0, ...after.map((other) => (waves.get(other) ?? 0) + 1)));
  const last = Math.max(...waves.values()) + 1;
  return new Map(groups.map((group) => [group.name, runsLater(group) ? last : (waves.get(group.name) ?? 0)]));
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

// A hook of the sync itself, as a PreSync would run before there is a Secret, an account or a permission to
// connect. A Job that failed is made again by the next sync, which a Job that is no hook would not be.
const hook = {
  'argocd.argoproj.io/hook': 'Sync',
  'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
};

// Hooks are not pruned: those of former releases go by themselves.
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
      // The API server fills in what is left out, such as in the claims of a StatefulSet: no difference.
      annotations: { 'argocd.argoproj.io/compare-options': 'ServerSideDiff=true', ...annotations },
      // What is pruned one by one goes as a whole, when the Application goes.
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
        // Old pods keep their configuration until the new ones are ready. What is large fits no annotation.
        syncOptions: ['PruneLast=true', 'ServerSideApply=true'],
      },
    },
  };
}
