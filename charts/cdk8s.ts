import { dirname, join } from 'node:path';
import { ApiObject, App, Chart, type ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import { makeFolder, writePublicFile } from '../constructs/target/write-file';
import { toYamlDocuments, type YamlMap } from '../constructs/target/yaml';
import type { Environment } from '../constructs/environment/environment';
import { isOn } from '../constructs/target/target';
import { kubernetesTarget } from './target';
import { objectFiles } from './files';
import type { ObjectFile } from './group';
import type { KubernetesPlan } from './plan';

/** A cdk8s chart with the objects of one file of a plan, for any cdk8s app. */
export class GroupChart extends Chart {
  constructor(scope: Construct, { name, objects }: ObjectFile) {
    const path = name.split('/');
    super(path.slice(0, -1).reduce(within, scope), path.slice(-1).join());
    for (const object of objects)
      new ApiObject(this, `${object.kind}-${object.metadata.name}`, object as unknown as ApiObjectProps);
  }
}

/** The applications that run on Kubernetes. cdk8s can write only these. */
export function inClusters<One extends { readonly environment: Environment }>(all: readonly One[]): One[] {
  return all.filter(({ environment }) => isOn(kubernetesTarget, environment));
}

/** A cdk8s app of whole plans. It writes the same files as `catamaran synth`, without the heading of each file. */
export class ManifestApp extends App {
  /** Adds a chart for each file of a plan, with the path `<application>/<environment>/<file>`. */
  add(application: string, environmentName: string, plan: KubernetesPlan): void {
    const scope = within(within(this, application), environmentName);
    for (const file of objectFiles(plan)) new GroupChart(scope, file);
  }

  override synth(): void {
    // Keeps the order of keys, which is made for readers. Otherwise cdk8s sorts the keys.
    process.env['CDK8S_DISABLE_SORT'] = 'true';
    for (const chart of this.charts) {
      const file = join(this.outdir, `${chart.node.path}.yaml`);
      makeFolder(dirname(file));
      writePublicFile(file, toYamlDocuments(chart.toJson() as YamlMap[]));
    }
  }
}

function within(scope: Construct, name: string): Construct {
  const found = scope.node.tryFindChild(name);
  return found instanceof Construct ? found : new Construct(scope, name);
}
