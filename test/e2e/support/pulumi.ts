import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubeconfig, pulumiProgram } from './requirements';
import { killWhen } from './kill';
import { attempt, type Ended } from './run';

const quiet = ['--non-interactive', '--color', 'never'] as const;

/** A Pulumi stack of a project in a folder, which has its state as well. */
export class PulumiStack {
  /** Everything that Pulumi has printed. */
  readonly printed: string[] = [];
  private readonly state: string;

  constructor(
    private readonly project: { readonly folder: string },
    readonly name: string,
    private readonly variables: Readonly<Record<string, string>> = {},
  ) {
    this.state = join(project.folder, 'state');
  }

  async init(): Promise<void> {
    mkdirSync(this.state, { recursive: true });
    await this.pulumi('stack', 'init', this.name, '--no-select');
  }

  /** Deploys; returns what it prints. */
  up(...args: readonly string[]): Promise<string> {
    return this.pulumi('up', '--yes', '--skip-preview', '--stack', this.name, ...args);
  }

  /** Deploys, which may fail. */
  tryUp(): Promise<Ended> {
    return this.attempt('up', '--yes', '--skip-preview', '--stack', this.name);
  }

  preview(...args: readonly string[]): Promise<string> {
    return this.pulumi('preview', '--stack', this.name, ...args);
  }

  /** Removes what was deployed. */
  destroy(...args: readonly string[]): Promise<string> {
    return this.pulumi('destroy', '--yes', '--skip-preview', '--stack', this.name, ...args);
  }

  /**
   * Kills a run of Pulumi, with all that it started, as soon as something is seen; then lets go of the lock, as
   * Pulumi says.
   */
  async killed(command: 'up' | 'destroy', seen: () => Promise<boolean>): Promise<void> {
    const args = [command, '--yes', '--skip-preview', '--stack', this.name, ...quiet];
    await killWhen(seen, pulumiProgram, args, this.place);
    await this.pulumi('cancel', '--yes', '--stack', this.name);
  }

  /** Everything that the state has ever held, as it is on the disk. */
  stateText(): string {
    const files = readdirSync(this.state, { recursive: true, withFileTypes: true });
    return files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
      .join('\n');
  }

  private async pulumi(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.attempt(...args);
    if (code !== 0) throw new Error(`pulumi ${args.join(' ')}: exit code ${code}\n${stderr}\n${stdout}`);
    return stdout;
  }

  private async attempt(...args: readonly string[]): Promise<Ended> {
    const ended = await attempt(pulumiProgram, [...args, ...quiet], this.place);
    this.printed.push(ended.stdout, ended.stderr);
    return ended;
  }

  private get place() {
    const env = {
      ...this.variables,
      // Of what Pulumi writes beside its state, a kill could leave half: the state itself is there as a whole or not.
      PULUMI_BACKEND_URL: `file://${this.state}?metadata=skip`,
      PULUMI_CONFIG_PASSPHRASE: 'test',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      KUBECONFIG: kubeconfig,
    };
    return { cwd: this.project.folder, env, timeout: 290 };
  }
}
