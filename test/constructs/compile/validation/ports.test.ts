import { nodePort } from 'catamaran';
import { issuesOfApp, onKubernetes, type Build, withProps } from '../../../support/application';

describe('a port', () => {
  test.each([80, 1023])('that is %p needs root', (port) => {
    expect(issuesOfApp(withProps({ port }))).toEqual([
      `shop/api: port is ${port}: write a whole number from 1024 to 65535, because lower ports need root; for visitors, write publish: ${port}`,
    ]);
  });

  test.each([0, 65_536, 8000.5, -1])('that is %p is refused', (port) => {
    expect(issuesOfApp(withProps({ port }))).toContain(
      `shop/api: port is ${port}: write a whole number from 1024 to 65535`,
    );
  });

  test('is published within the range of its kind of exposure', () => {
    expect(issuesOfApp(withProps({ publish: 70_000 }))).toEqual([
      'shop/api: publish is 70000: write a whole number from 1 to 65535',
    ]);
    const place = { ...onKubernetes, components: { api: { expose: nodePort(80, 0) } } };
    expect(issuesOfApp(withProps({}), place)).toEqual([
      'shop/api: publish is 0: write a whole number from 1 to 65535',
      'shop/api: expose is 80: write a whole number from 30000 to 32767',
    ]);
  });

  test('of the host or of the nodes is published by one component', () => {
    const two: Build = (app) => {
      withProps({ publish: 8080 }, 'one')(app);
      withProps({ publish: 8080 }, 'two')(app);
    };
    expect(issuesOfApp(two)).toEqual([
      'shop/two: publish is 8080: write another port, because one publishes this one',
    ]);
    const place = {
      ...onKubernetes,
      components: { one: { expose: nodePort(30_001) }, two: { expose: nodePort(30_001) } },
    };
    expect(issuesOfApp(two, place)).toEqual([
      'shop/two: publish is 30001: write another port, because one publishes this one',
    ]);
  });
});
