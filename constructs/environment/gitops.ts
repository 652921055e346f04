import type { ArgoCd, ArgoCdSync, Flux, FluxSource, GitOps } from '../model/gitops';
import { Duration } from '../model/units';
import { checkCall } from '../shape/call';
import { optional, type Kind, type Shape } from '../shape/kind';
import { object, options as optionsKind, variant } from '../shape/object';
import { duration } from '../shape/units';
import { flag, oneOf, text } from '../shape/words';

/** How Argo CD deploys an application. */
export interface ArgoCdOptions {
  /**
   * The URL of the Git repository with the written manifests: https://, ssh:// or git@host:path. It must not contain
   * a password: Argo CD has its own credentials.
   */
  readonly repository: string;
  /** The folder of the repository with the output of `synth`; the value of its `--out`. @default dist */
  readonly path?: string;
  /** The branch, tag or commit to deploy. @default HEAD: the newest commit of the default branch */
  readonly revision?: string;
  /** The AppProject. It must allow the application to create its namespace. @default default */
  readonly project?: string;
  /**
   * The URL of the API server to deploy to.
   * @default https://kubernetes.default.svc: the cluster that Argo CD runs in
   */
  readonly server?: string;
  /** The namespace that Argo CD runs in. @default argocd */
  readonly namespace?: string;
  /**
   * Who starts a sync. With `manual`, a person starts it in Argo CD. With an object, Argo CD starts it, and the object
   * says what Argo CD may do.
   * @default { prune: true, selfHeal: true }
   */
  readonly sync?: 'manual' | AutomatedSync;
}

/** What Argo CD may do in a sync that it starts itself. */
export interface AutomatedSync {
  /** Delete objects that are no longer written, and all objects if the Application is deleted. @default true */
  readonly prune?: boolean;
  /** Undo changes that others make in the cluster. @default true */
  readonly selfHeal?: boolean;
}

const syncShape: Shape<AutomatedSync> = { prune: optional(flag), selfHeal: optional(flag) };

const automatedSync = object(syncShape, {
  title: 'a field of sync',
  write: "'manual', or { prune: true, selfHeal: true }",
});

const argoCdShape: Shape<ArgoCdOptions> = {
  repository: text("a URL, such as 'https://git.example.com/gitops.git'"),
  path: optional(text("a folder, such as 'dist'")),
  revision: optional(text("a branch, a tag or a commit, such as 'main'")),
  project: optional(text("the name of an AppProject, such as 'default'")),
  server: optional(text("a URL, such as 'https://kubernetes.default.svc'")),
  namespace: optional(text("a namespace, such as 'argocd'")),
  sync: optional<'manual' | AutomatedSync>({
    optional: false,
    check: (value, field, problems) => {
      if (value !== 'manual') automatedSync.check(value, field, problems);
    },
  }),
};

const argoCdOptions = optionsKind(
  argoCdShape,
  "argoCd({ repository: 'https://git.example.com/gitops.git' })",
);

/**
 * Lets Argo CD (3 or later) apply the written manifests. Sync waves follow the start order. A migration is a sync
 * hook: it runs in each sync, and the sync stops if it fails. Objects that a release no longer has are deleted at
 * the end, when everything in the release is ready.
 *
 * @throws IssuesError if an option is wrong or unknown
 * @example
 * kubernetes({ namespace: 'shop', gitops: argoCd({ repository: 'https://git.example.com/gitops.git' }) })
 */
export function argoCd(options: ArgoCdOptions): ArgoCd {
  checkCall('argoCd', { options }, { options: argoCdOptions });
  const { sync = {} } = options;
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

/** How Flux deploys an application. */
export interface FluxOptions {
  /** The source object of Flux that fetches the written manifests. */
  readonly sourceRef: {
    /** The kind of the source. @default GitRepository */
    readonly kind?: FluxSource['kind'];
    /** The name of the source. */
    readonly name: string;
    /** The namespace of the source. @default the namespace of the Kustomizations */
    readonly namespace?: string;
  };
  /** The folder of the source with the output of `synth`; the value of its `--out`. @default dist */
  readonly path?: string;
  /** The namespace of the Kustomizations. @default flux-system */
  readonly namespace?: string;
  /** How often Flux compares the cluster with the manifests, from 1 minute to 1 day. @default 10 minutes */
  readonly interval?: Duration;
  /** How long a workload may take to become ready, from 10 seconds to 1 day. @default 10 minutes */
  readonly timeout?: Duration;
  /** Whether Flux deletes objects that are no longer written. @default true */
  readonly prune?: boolean;
  /**
   * The name of the Secret with the keys that decrypt SOPS files, in the namespace of the Kustomizations. Needed with
   * `secrets: sops(…)`. @default none
   */
  readonly decryption?: { readonly secret: string };
}

const sourceShape: Shape<FluxOptions['sourceRef']> = {
  kind: optional(oneOf('GitRepository', 'OCIRepository', 'Bucket')),
  name: text("the name of the source, such as 'gitops'"),
  namespace: optional(text("a namespace, such as 'flux-system'")),
};

const decryptionShape: Shape<NonNullable<FluxOptions['decryption']>> = {
  secret: text("the name of a Secret, such as 'sops-keys'"),
};

const fluxShape: Shape<FluxOptions> = {
  sourceRef: object(sourceShape, { title: 'a field of sourceRef', write: "{ name: 'gitops' }" }),
  path: optional(text("a folder, such as 'dist'")),
  namespace: optional(text("a namespace, such as 'flux-system'")),
  interval: optional(duration),
  timeout: optional(duration),
  prune: optional(flag),
  decryption: optional(
    object(decryptionShape, { title: 'a field of decryption', write: "{ secret: 'sops-keys' }" }),
  ),
};

const fluxOptions = optionsKind(fluxShape, "flux({ sourceRef: { name: 'gitops' } })");

/**
 * Lets Flux (2 or later) apply the written manifests. Each workload has a Kustomization, which waits
 * until the workloads that it depends on are ready in the same revision, and migrations have succeeded. To run a failed
 * migration again, delete or change its Job. As soon as Flux has applied a release, it deletes objects that the release
 * no longer has. If an old pod stops after that, it cannot start again, even if the new pods are not ready yet.
 *
 * @throws IssuesError if an option is wrong or unknown
 * @example kubernetes({ namespace: 'shop', gitops: flux({ sourceRef: { name: 'gitops' } }) })
 */
export function flux(options: FluxOptions): Flux {
  checkCall('flux', { options }, { options: fluxOptions });
  const { sourceRef, decryption, namespace = 'flux-system' } = options;
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

const anyText = text();
const syncKind: Kind<ArgoCdSync> = variant<ArgoCdSync>(
  { manual: {}, automated: { prune: flag, selfHeal: flag } },
  "{ kind: 'manual' }",
);
const sourceKind: Kind<FluxSource> = object(
  { kind: oneOf('GitRepository', 'OCIRepository', 'Bucket'), name: anyText, namespace: anyText },
  {
    title: 'a field of source',
    write: "{ kind: 'GitRepository', name: 'gitops', namespace: 'flux-system' }",
  },
);

/** The controller that applies the written manifests. */
export const gitOpsKind: Kind<GitOps> = variant<GitOps>(
  {
    none: {},
    'argo-cd': {
      repository: anyText,
      revision: anyText,
      path: anyText,
      project: anyText,
      server: anyText,
      namespace: anyText,
      sync: syncKind,
    },
    flux: {
      source: sourceKind,
      path: anyText,
      namespace: anyText,
      interval: duration,
      timeout: duration,
      prune: flag,
      decryption: variant<Flux['decryption']>({ none: {}, sops: { secret: anyText } }, "{ kind: 'none' }"),
    },
  },
  "argoCd({ repository: 'https://git.example.com/gitops.git' }) or flux({ sourceRef: { name: 'gitops' } })",
);
