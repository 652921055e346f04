import { Cache } from 'catamaran';
import { Construct } from 'constructs';
import { modelOfApp } from '../../support/application';

test('a component outside of an application is refused at once', () => {
  const nowhere = new Construct(undefined as unknown as Construct, '');
  expect(() => new Cache(nowhere, 'cache')).toThrow(
    new Error('cache: create components inside an Application'),
  );
});

test('components may be grouped in constructs of their own', () => {
  const { workloads } = modelOfApp((app) => {
    new Cache(new Construct(app, 'group'), 'cache');
  });
  expect(workloads.map(({ name }) => name)).toEqual(['cache']);
});
