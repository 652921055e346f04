/** A value that the environment's source of secrets holds. It is never written anywhere in the clear. */
export class Secret {
  private constructor(
    readonly key: string,
    /** Whether any random text will do, so that it can be generated. */
    readonly random: boolean,
  ) {}

  /** The secret of that name, which somebody has to supply; the name is also its key in every source. */
  static named(name: string): Secret {
    return new Secret(name, false);
  }

  /** A secret that any random text will do for, such as the key that sessions are signed with. */
  static random(name: string): Secret {
    return new Secret(name, true);
  }

  /** Variables that each take the secret of their own name. */
  static variables<Name extends string>(...names: readonly Name[]): Record<Name, Secret> {
    return Object.fromEntries(names.map((name) => [name, Secret.named(name)])) as Record<Name, Secret>;
  }

  /**
   * The path of a file with the secret, for a variable such as `API_KEY_FILE` of an image that can read files.
   * The program's user alone reads it, and it shows in no list of variables.
   */
  get file(): SecretFile {
    return new SecretFile(this);
  }
}

/** The path of a file that holds a secret; see {@link Secret.file}. */
export class SecretFile {
  constructor(readonly secret: Secret) {}

  /** Where the program finds it. */
  get path(): string {
    return `${SecretFile.folder}/${this.secret.key}`;
  }

  /** The folder of all such files. */
  static readonly folder = '/run/secrets/files';
}
