import { requireObject } from '../issue';
import type { ArgoCd, Flux, FluxSource } from '../model/gitops';
import { Duration } from '../model/units';

/** What Argo CD has to know besides the application and its namespace. */
export interface ArgoCdOptions {
  /** The Git repository that `synth` writes to, as https://, ssh:// or git@host:path. It holds no password. */
  readonly repository: string;
  /** The folder of the repository that `synth` writes to, as `--out` says. @default dist */
  readonly path?: string;
  /** A branch, a tag or a commit. @default HEAD, the newest commit of the default branch */
  readonly revision?: string;
  /** The AppProject, which has to allow the namespace as an object of the cluster. @default default */
  readonly project?: string;
  /** The API server of the cluster. @default https://kubernetes.default.svc, where Argo CD itself runs */
  readonly server?: string;
  /** Where Argo CD itself runs. @default argocd */
  readonly namespace?: string;
  /**
   * Whether somebody starts each sync, or what Argo CD may do in those that it starts itself: `prune` removes
   * what is written no more, and everything if the Application goes; `selfHeal` undoes what others change in
   * the cluster. @default it starts them itself, with both
   */
  readonly sync?: 'manual' | { readonly prune?: boolean; readonly selfHeal?: boolean };
}

/**
 * Lets Argo CD (3 or later) apply what is written: each workload in the sync wave of its place in the start
 * order, and a migration as a hook, which runs in each sync and stops it if it fails. What a release replaces
 * goes when all of it is ready.
 */
export function argoCd(options: ArgoCdOptions): ArgoCd {
  const { sync = {} } = requireObject(
    options,
    'argoCd',
    "{ repository: 'https://git.example.com/gitops.git' }",
  );
  return {
    kind: 'argo-cd',
    repository: options.repository,
    revision: options.revision ?? 'HEAD',
    path: options.path ?? 'dist',
    project: options.project ?? 'default',
    server: options.server ?? 'https://kubernetes.default.svc',
    namespace: options.namespace ?? 'argocd',
    sync:
      sync === 'manual'
        ? { kind: 'manual' }
        : { kind: 'automated', prune: sync.prune ?? true, selfHeal: sync.selfHeal ?? true },
  };
}

/** What Flux has to know besides the application and its namespace. */
export interface FluxOptions {
  /** The object of Flux that fetches what `synth` writes. */
  readonly sourceRef: {
    /** @default GitRepository */
    readonly kind?: FluxSource['kind'];
    readonly name: string;
    /** @default that of the Kustomizations */
    readonly namespace?: string;
  };
  /** The folder of the source that `synth` writes to, as `--out` says. @default dist */
  readonly path?: string;
  /** Where the Kustomizations are. @default flux-system */
  readonly namespace?: string;
  /** How often the cluster is held against what is written; 1 minute to 1 day. @default 10 minutes */
  readonly interval?: Duration;
  /** How long a workload may take to become ready; 10 seconds to 1 day. @default 10 minutes */
  readonly timeout?: Duration;
  /** Whether what is written no more is removed. @default true */
  readonly prune?: boolean;
  /** The Secret with the keys of what SOPS encrypted, in the namespace of the Kustomizations. @default none */
  readonly decryption?: { readonly secret: string };
}

/**
 * Lets Flux (2 or later) apply what is written: a Kustomization for each workload, which waits until those
 * that the workload depends on are ready, and a migration has succeeded, in the same revision. A migration
 * that failed is tried again when its Job is deleted or changed. What a release replaces goes as soon as it
 * is applied, so that an old pod cannot start again while the new ones are not ready yet.
 */
export function flux(options: FluxOptions): Flux {
  const write = "{ sourceRef: { name: 'gitops' } }";
  const { sourceRef, decryption, namespace = 'flux-system' } = requireObject(options, 'flux', write);
  requireObject(sourceRef, 'flux', "{ name: 'gitops' }", 'sourceRef');
  return {
    kind: 'flux',
    source: {
      kind: sourceRef.kind ?? 'GitRepository',
      name: sourceRef.name,
      namespace: sourceRef.namespace ?? namespace,
    },
    path: options.path ?? 'dist',
    namespace,
    interval: options.interval ?? Duration.minutes(10),
    timeout: options.timeout ?? Duration.minutes(10),
    prune: options.prune ?? true,
    decryption: decryption === undefined ? { kind: 'none' } : { kind: 'sops', secret: decryption.secret },
  };
}
