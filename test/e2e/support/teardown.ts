import { tidy } from './setup';

/** For a file that runs by itself: others of a gate may still need what it made. */
export default async function teardown(): Promise<void> {
  if (process.env['CATAMARAN_E2E_PREPARED'] === undefined) await tidy();
}
