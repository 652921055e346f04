import { isMapping } from '../../constructs/model/data';

/** Keys whose list is one thing, such as the words of a command. */
const whole = ['command', 'entrypoint', 'test'];

/** Keys whose list is a list of names or of NAME=value. */
const named = ['environment', 'depends_on', 'networks'];

/**
 * Every key of a compose file that says something, as a path such as `web.ports[0]` or `web.environment.PORT`. Keys outside
 * of services start with the name of their section: `volumes.data`.
 */
export function composeKeys(file: unknown): string[] {
  if (!isMapping(file)) return [];
  const { services = {}, ...others } = file;
  const sections = Object.entries(others).flatMap(([section, content]) => leaves(section, section, content));
  return [
    ...Object.entries(isMapping(services) ? services : {}).flatMap(([name, service]) =>
      leaves(name, name, service),
    ),
    ...sections,
  ];
}

function leaves(path: string, key: string, value: unknown): string[] {
  if (Array.isArray(value)) {
    if (whole.includes(key)) return [path];
    if (named.includes(key)) return value.map((item) => `${path}.${String(item).replace(/=.*$/s, '')}`);
    return value.flatMap((item, index) => leaves(`${path}[${index}]`, '', item));
  }
  if (!isMapping(value) || Object.keys(value).length === 0) return [path];
  return Object.entries(value).flatMap(([name, item]) => leaves(`${path}.${name}`, name, item));
}
