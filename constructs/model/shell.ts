import type { ImageModel } from './image';

/** Whether an image has a shell, `sh`, and programs such as `sleep`. */
export type Shell =
  | { readonly kind: 'own' }
  | {
      readonly kind: 'none';
      /** The image of the containers that help this workload: it has a shell. */
      readonly toolbox: ImageModel;
    };
