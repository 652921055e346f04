import type { Duration } from './units';

/** Who brings what is written to the cluster: somebody with `kubectl` or Pulumi, or a controller. */
export type GitOps = { readonly kind: 'none' } | ArgoCd | Flux;

/** What Argo CD is told of an application. */
export interface ArgoCd {
  readonly kind: 'argo-cd';
  readonly repository: string;
  readonly revision: string;
  /** The folder of the repository that `synth` writes to. */
  readonly path: string;
  readonly project: string;
  readonly server: string;
  /** Where Argo CD itself runs. */
  readonly namespace: string;
  readonly sync: ArgoCdSync;
}

/** Whether Argo CD waits for somebody to start a sync, and what one that it starts itself may do. */
export type ArgoCdSync =
  | { readonly kind: 'manual' }
  | { readonly kind: 'automated'; readonly prune: boolean; readonly selfHeal: boolean };

/** What Flux is told of an application. */
export interface Flux {
  readonly kind: 'flux';
  readonly source: FluxSource;
  /** The folder of the source that `synth` writes to. */
  readonly path: string;
  /** Where the Kustomizations are. */
  readonly namespace: string;
  readonly interval: Duration;
  readonly timeout: Duration;
  readonly prune: boolean;
  readonly decryption: { readonly kind: 'none' } | { readonly kind: 'sops'; readonly secret: string };
}

/** The object of Flux that fetches what is written. */
export interface FluxSource {
  readonly kind: 'GitRepository' | 'OCIRepository' | 'Bucket';
  readonly name: string;
  readonly namespace: string;
}
