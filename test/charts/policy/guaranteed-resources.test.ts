import { envFile, kubernetes } from 'catamaran';
import { guaranteedResources } from '../../../charts/policy/guaranteed-resources';
import { planOfApp } from '../../support/application';
import { addShop } from '../../support/shop';
import { kubernetesPlan } from '../../support/written';

const plan = (qualityOfService: 'burstable' | 'guaranteed') =>
  kubernetesPlan(planOfApp(addShop, kubernetes({ namespace: 'shop', qualityOfService, secrets: envFile() })));

const write = "qualityOfService: 'guaranteed' in the environment, if the difference must be reserved";

test('a request below its limit is no finding, and gets advice', () => {
  expect(guaranteedResources.check(plan('burstable'))).toEqual([]);
  expect(guaranteedResources.advise?.(plan('burstable'))).toContainEqual({
    workload: 'api',
    object: 'Deployment/api api',
    field: 'resources',
    got: 'cpu',
    write,
    sentence: `requests less cpu than its limit: write ${write}`,
  });
});

test('requests that equal their limits get none', () => {
  expect(guaranteedResources.advise?.(plan('guaranteed'))).toEqual([]);
});
