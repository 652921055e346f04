import { application, issuesOfApp, onDocker, type Build, withProps } from '../../../support/application';

const label = 'a DNS label: lower-case letters, digits and -, starting with a letter';

describe('a name', () => {
  test.each(['Api', 'api_1', '1api', 'api-', 'a.b', 'é'])('that is no DNS label is refused: %s', (name) => {
    expect(issuesOfApp(withProps({}, name))).toEqual([
      `shop/${name}: name is ${JSON.stringify(name)}: write ${label}`,
    ]);
  });

  test('of an application or environment must be a DNS label as well', () => {
    expect(issuesOfApp(withProps({}), onDocker, { name: 'My Shop', environment: 'Dev' })).toEqual([
      `My Shop: name is "My Shop": write ${label}`,
      `My Shop: environment is "Dev": write ${label}`,
    ]);
  });

  test('is short enough for the names of containers', () => {
    const fits = 'a'.repeat(46 - 'shop-dev-'.length);
    expect(application(withProps({}, fits)).issues).toEqual([]);
    expect(issuesOfApp(withProps({}, `${fits}bcd`))).toEqual([
      `shop/${fits}bcd: name is "${fits}bcd": write a name that is 3 characters shorter`,
    ]);
  });

  test('of two components is refused', () => {
    const twice: Build = (app) => {
      withProps({})(app);
      withProps({})(app);
    };
    expect(issuesOfApp(twice)).toEqual([
      'shop/api: name is "api": write another name, because another component has this one',
    ]);
  });
});
