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
  readonly component: string | undefined;
  /** The file of a backup, or `latest`. */
  readonly from: string;
  readonly list: boolean;
  readonly yes: boolean;
  /** The address of those who answer for a new application. */
  readonly owner: string | undefined;
  /** The name of a policy. */
  readonly explain: string | undefined;
}
