import type { ApplicationModel } from '../model/workload';
import { noPlainSecretsInModel } from './no-plain-secrets';
import type { Policy } from './policy';
import { queuesInStores } from './queues-in-stores';
import { responsibleOwner } from './responsible-owner';
import { secretsInFiles } from './secrets-in-files';

/** The policies that check the model. They are the same for every target. */
export const modelPolicies: readonly Policy<ApplicationModel>[] = [
  noPlainSecretsInModel,
  queuesInStores,
  responsibleOwner,
  secretsInFiles,
];
