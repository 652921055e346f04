import { checkCall } from '../shape/call';
import { optional, type Kind, type Shape } from '../shape/kind';
import { options as optionsKind } from '../shape/object';
import { instance, oneOf, quoted, text } from '../shape/words';
import { opaque } from './opaque';

/** How the objects of a file are read. */
export interface ManifestOptions {
  /**
   * Where objects of kinds belong that Kubernetes itself does not have, if they name no namespace: to the namespace of the
   * application, or to the whole cluster.
   * @default what a CustomResourceDefinition among the manifests says. If none does: `cluster` for a kind whose name starts
   *   with Cluster, such as ClusterIssuer. `namespace` for all others
   */
  readonly scope?: 'namespace' | 'cluster';
}

const manifestOptions: Shape<ManifestOptions> = { scope: optional(oneOf('namespace', 'cluster')) };

/**
 * Objects of a cluster in a file of the application's folder, for what no component says: custom resources, access rights,
 * monitoring.
 *
 * They are written and applied beside the application's own objects, as they are: a reader of `dist/` finds the same
 * fields. An object of a namespace that names none gets that of the environment. CustomResourceDefinitions are applied
 * first (with kubectl alone, apply `00-crds.yaml` before the folder), then what the components may need, and Deployments, jobs, autoscalers, disruption budgets and Ingresses last;
 * with Argo CD, a sync wave in the object itself says otherwise. Pulumi does not wait until they are ready. Pods in them
 * are asked by the policies of `catamaran check`, and their `exceptions` are those of the environment. The network policy
 * of the namespace applies to them: without a NetworkPolicy of their own, they reach nothing.
 */
export class Manifest {
  private constructor(
    /** Relative to the application's folder. */
    readonly path: string,
    readonly options: ManifestOptions,
  ) {}

  /**
   * The objects in a file of YAML or JSON, which may have several documents and lists, or in all such files of a folder.
   * Templates, such as those of Helm, are refused: write the output of `helm template` into a file. So are Secrets with
   * values.
   *
   * @param path the file or folder, relative to the application's folder
   * @throws IssuesError if the path is no text, or an option is wrong
   * @example kubernetes({ namespace: 'shop', manifests: [Manifest.file('crd.yaml')] })
   */
  static file(path: string, options: ManifestOptions = {}): Manifest {
    const kinds = {
      path: text("the path of a file, such as 'crd.yaml'"),
      options: optionsKind(manifestOptions, "an object, such as { scope: 'cluster' }"),
    };
    checkCall('Manifest.file', { path, options }, kinds);
    return new Manifest(path, options);
  }
}

opaque(Manifest.prototype, ({ path }) => ({
  what: `the manifest ${path}`,
  write: 'it in manifests of kubernetes()',
}));

/** Objects in a file. */
export const manifestKind: Kind<Manifest> = instance(
  (value) => value instanceof Manifest,
  (value) => `Manifest.file(${typeof value === 'string' ? quoted(value) : "'crd.yaml'"})`,
);
