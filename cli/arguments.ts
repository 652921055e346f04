/** What the command line gives to a command. */
export interface Arguments {
  readonly application: string | undefined;
  readonly environment: string | undefined;
  readonly out: string;
  readonly check: boolean;
  readonly init: boolean;
  readonly push: boolean;
  readonly pin: boolean;
  readonly update: boolean;
  readonly registryMirror: string | undefined;
}
