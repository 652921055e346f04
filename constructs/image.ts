/** A folder that an image is built from. */
export interface BuildSource {
  /** The build context, relative to the application's folder. */
  readonly context: string;
  /** Relative to the build context. */
  readonly dockerfile: string;
}

/** An image of a registry, as `name:tag` or `name@sha256:…`, or a folder to build one from. */
export type ImageSource = string | BuildSource;

/** Makes images that the application builds itself. */
export const Image = {
  /**
   * The image that a Dockerfile in a folder of the application makes. It is tagged with a digest of the
   * folder, so that a changed file is a new image.
   * @param options.dockerfile relative to the folder. @default Dockerfile
   */
  build: (context: string, options: { readonly dockerfile?: string } = {}): BuildSource => ({
    context,
    dockerfile: options.dockerfile ?? 'Dockerfile',
  }),
};
