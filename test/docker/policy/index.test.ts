import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dockerPolicies } from '../../../docker/policy';

const folder = join(__dirname, '../../../docker/policy');
const files = readdirSync(folder).filter((file) => !['index.ts', 'containers.ts'].includes(file));

test('every policy is registered under the name of its file, and has tests', () => {
  expect(dockerPolicies.map(({ name }) => `${name}.ts`).sort()).toEqual(files.sort());
  const tests = files.map((file) => file.replace(/\.ts$/, '.test.ts'));
  expect(tests.filter((file) => !existsSync(join(__dirname, file)))).toEqual([]);
});
