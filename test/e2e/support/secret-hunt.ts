import { seen } from '../../support/leaks';
import { componentOf, containersOf } from './engine';
import { filesOf, toldByCluster, toldByEngine } from './hunt';
import { ProcessWatch } from './processes';
import type { Project } from './project';
import type { PulumiStack } from './pulumi';

/** Where an application is brought up, as far as its secrets go. */
export interface Scene {
  readonly project: Project;
  readonly environment: string;
  readonly up:
    | { readonly on: 'engine'; readonly project: string }
    | { readonly on: 'cluster'; readonly namespace: string };
  /** Where it is Pulumi that brings it up. */
  readonly stack?: PulumiStack;
  /** What the stand-in for an image does with its own secret, and the image does not. */
  readonly passedOn?: readonly string[];
}

/**
 * Looks for the value of every secret wherever it could be read: files, logs, what commands print, what an engine or
 * a cluster tells, Pulumi's state and its history, and every process of this machine for as long as it is on.
 */
export class SecretHunt {
  private readonly since = new Date();
  private readonly processes: ProcessWatch;

  constructor(private readonly scene: Scene) {
    this.processes = new ProcessWatch(scene.project.secretValues);
  }

  start(): void {
    this.processes.start();
  }

  stop(): Promise<void> {
    return this.processes.stop();
  }

  /** Each is seen where the report of the stack says so, and nowhere else. */
  async expectAsReported(): Promise<void> {
    const { project, environment, up, stack } = this.scene;
    const values = project.secretValues;
    const reported = (await project.reportedSecrets(environment)).flatMap((line) => {
      const [, reader = '', way = '', name = ''] = /^(.*) \((.*)\): (.*)$/.exec(line) ?? [];
      return name in values ? [{ reader, way, name }] : [];
    });
    const ways = [...new Set(reported.map(({ way }) => way))].sort();
    expect(ways).toEqual(['file', 'variable']);
    const told =
      up.on === 'engine' ? await toldByEngine(up.project, this.since) : await toldByCluster(up.namespace);
    const printed = [...project.printed, ...(stack?.printed ?? [])].join('\n');
    const found = seen([...filesOf(project.folder), ...told, ['what was printed', printed]], values);
    const there = up.on === 'engine' ? (await containersOf(up.project)).map(componentOf) : [];
    const inspected = reported.filter(({ reader, way }) => way === 'variable' && there.includes(reader));
    expect(found).toEqual(inspected.map(({ reader, name }) => `inspect of ${reader}: ${name}`).sort());
    // The program of an image may pass a file on to its own processes, as that of PostgreSQL does.
    const given = reported.map(({ reader, name }) => `environment of ${reader}: ${name}`);
    const excused = [...given, ...(this.scene.passedOn ?? [])];
    expect(this.processes.findings.filter((finding) => !excused.includes(finding))).toEqual([]);
    // That it finds anything shows that it looks.
    if (there.length > 0) expect(this.processes.findings).not.toEqual([]);
  }
}
