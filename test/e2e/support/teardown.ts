import { removeNewImages } from './engine';
import { isThere } from './requirements';
import { imagesBefore } from './setup';

/** Removes the images that the tests made. */
export default async function teardown(): Promise<void> {
  if (isThere('Docker engine')) await removeNewImages(imagesBefore);
}
