import type { Feature } from '../../constructs/model/features';
import type { configuration } from './configuration.test';
import type { exceptions } from './exceptions.test';
import type { health } from './health.test';
import type { network } from './network.test';
import type { process } from './process.test';
import type { program } from './program.test';
import type { proxy } from './proxy.test';
import type { release } from './release.test';
import type { size } from './size.test';
import type { stores } from './stores.test';
import type { storage } from './storage.test';
import type { user } from './user.test';

type EveryField<Checks extends Record<Feature, () => void>> = Checks;

/** The checks of this folder. A field of a workload that none of them is about does not compile here. */
export type AllChecks = EveryField<
  typeof configuration &
    typeof exceptions &
    typeof health &
    typeof network &
    typeof process &
    typeof program &
    typeof proxy &
    typeof release &
    typeof size &
    typeof storage &
    typeof stores &
    typeof user
>;
