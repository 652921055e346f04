import type { BuiltImage } from '../../constructs/model/image';

/** An image to build, and its names. */
export interface ImageBuild {
  /** The component, as application/component. */
  readonly path: string;
  readonly image: BuiltImage;
  /** The name that workloads use. Its tag is a hash of the sources. */
  readonly name: string;
  /** Additional names for people, with the application's version and the commit as tags. */
  readonly others: readonly string[];
  readonly context: string;
  readonly dockerfile: string;
  /** The values of its secrets, by the names of the secrets. */
  readonly secretValues: Readonly<Record<string, string>>;
}
