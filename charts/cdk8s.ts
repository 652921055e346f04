import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ApiObject, App, Chart, type ApiObjectProps } from 'cdk8s';
import { Construct } from 'constructs';
import { toYamlDocuments, type YamlMap } from '../constructs/target/yaml';
import { objectFiles, type ObjectFile } from './files';
import type { KubernetesPlan } from './plan';

/** The objects of one group of a plan, as a chart of any cdk8s app. */
export class GroupChart extends Chart {
  constructor(scope: Construct, { name, objects }: ObjectFile) {
    super(scope, name);
    for (const object of objects)
      new ApiObject(this, `${object.kind}-${object.metadata.name}`, object as unknown as ApiObjectProps);
  }
}

/** A cdk8s app of whole plans, that writes the same bytes as `catamaran synth`. */
export class ManifestApp extends App {
  /** Adds a chart for each group, as `<application>/<environment>/<group>`. */
  add(application: string, environment: string, plan: KubernetesPlan): void {
    const parent = this.node.tryFindChild(application) ?? new Construct(this, application);
    const scope = new Construct(parent, environment);
    for (const file of objectFiles(plan)) new GroupChart(scope, file);
  }

  override synth(): void {
    // Manifests are in the order in which people read them, which cdk8s keeps where it is told to.
    process.env['CDK8S_DISABLE_SORT'] = 'true';
    for (const chart of this.charts) {
      const file = join(this.outdir, `${chart.node.path}.yaml`);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, toYamlDocuments(chart.toJson() as YamlMap[]));
    }
  }
}
