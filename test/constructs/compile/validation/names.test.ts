import { kubernetes } from 'catamaran';
import { application, issuesOfApp, onDocker, type Build, withProps } from '../../../support/application';

const label = 'only lower-case letters, digits and - are allowed';

describe('a name', () => {
  test.each([
    ['Api', `api: ${label}`],
    ['api_1', `api-1: ${label}`],
    ['a.b', `a-b: ${label}`],
    ['\u00e9', 'a name of lower-case letters, digits and -'],
    ['1api', 'a name that starts with a letter, such as api'],
    ['1', 'a name that starts with a letter'],
    ['api-', 'a name that ends with a letter or a digit, such as api'],
  ])('that is no DNS label is refused by the rule that it breaks: %s', (name, write) => {
    expect(issuesOfApp(withProps({}, name))).toEqual([
      `shop/${name}: name is ${JSON.stringify(name)}: write ${write}`,
    ]);
  });

  test('of an application or environment must be a DNS label as well', () => {
    expect(issuesOfApp(withProps({}), onDocker, { name: 'My Shop', environment: 'Dev' })).toEqual([
      `My Shop: name is "My Shop": write my-shop: ${label}`,
      `My Shop: environment is "Dev": write dev: ${label}`,
    ]);
  });

  test('of a namespace that is too long is told its length alone', () => {
    const namespace = 'a'.repeat(64);
    expect(issuesOfApp(withProps({}), kubernetes({ namespace }))).toEqual([
      `shop (dev): namespace is "${namespace}": write at most 63 characters: this has 64`,
    ]);
  });

  test.each([
    ['a'.repeat(70), 'at most 63 characters: this has 70'],
    ['-team', 'a letter or a digit at both ends, such as team'],
    ['', 'a text of 1 to 63 characters'],
  ])('of a team is a value of a label: %j', (team, write) => {
    expect(issuesOfApp(withProps({}), onDocker, { owner: { team } })).toEqual([
      `shop: owner.team is "${team}": write ${write}`,
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
