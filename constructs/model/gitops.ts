import type { Duration } from './units';

/** The controller that applies the written manifests; `none` if somebody runs `kubectl` or Pulumi. */
export type GitOps = { readonly kind: 'none' } | ArgoCd | Flux;

/** How Argo CD deploys an application. */
export interface ArgoCd {
  readonly kind: 'argo-cd';
  readonly repository: string;
  readonly revision: string;
  /** The folder of the repository with the output of `synth`. */
  readonly path: string;
  readonly project: string;
  readonly server: string;
  /** The namespace that Argo CD runs in. */
  readonly namespace: string;
  readonly sync: ArgoCdSync;
}

/** Whether somebody starts each sync, or Argo CD does; and what an automated sync may do. */
export type ArgoCdSync =
  | { readonly kind: 'manual' }
  | { readonly kind: 'automated'; readonly prune: boolean; readonly selfHeal: boolean };

/** How Flux deploys an application. */
export interface Flux {
  readonly kind: 'flux';
  readonly source: FluxSource;
  /** The folder of the source with the output of `synth`. */
  readonly path: string;
  /** The namespace of the Kustomizations. */
  readonly namespace: string;
  /** How often Flux compares the cluster with the manifests. */
  readonly interval: Duration;
  /** How long a workload may take to become ready. */
  readonly timeout: Duration;
  /** Whether Flux deletes objects that are no longer written. */
  readonly prune: boolean;
  readonly decryption: { readonly kind: 'none' } | { readonly kind: 'sops'; readonly secret: string };
}

/** The source object of Flux that fetches the written manifests. */
export interface FluxSource {
  readonly kind: 'GitRepository' | 'OCIRepository' | 'Bucket';
  readonly name: string;
  readonly namespace: string;
}
