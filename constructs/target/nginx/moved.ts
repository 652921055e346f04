import { prefixOf, type Forward } from '../../model/route';
import { unique } from '../../model/sorted';
import { map, pattern } from './proxy';

/**
 * The map for {@link moving}: the address that a component redirects to, as the visitor can reach it. An address of the
 * component itself becomes a path: by its name, or by the visitor's host with the port of the component, or with plain
 * HTTP, because a component does not know the port and the scheme of the visitor. A path gets the prefix that was
 * removed, unless the component knows the prefix. All other addresses stay.
 */
export function movedMap(path: string, { targets, stripPrefix }: Forward, number: number): string[] {
  const prefix = stripPrefix ? prefixOf(path) : '';
  const [host, asked] = [`host_${number}`, `asked_${number}`];
  const inner = unique(
    targets.flatMap(({ workload, port }) => [`${workload}:${port}`, `\\k<${host}>:${port}`]),
  );
  const own = `(?:https?://(?:${inner.join('|')})|http://(?:\\k<${host}>|\\k<${asked}>))`;
  const start = `"~*^(?<${host}>\\S*) (?<${asked}>\\S*)`;
  const [kept, rest] = [`kept_${number}`, `rest_${number}`];
  return map(`"$host $http_host $sent_${number}" $moved_${number}`, [
    ...(prefix === '' ? [] : [`${start} ${own}?(?<${kept}>${pattern(prefix)}(?:[/?#].*)?)$" $${kept}`]),
    `${start} ${own}${prefix === '' ? '' : '?'}/(?<${rest}>.*)$" ${prefix}/$${rest}`,
    `default $sent_${number}`,
  ]);
}

/** Changes the address that a component redirects to. */
export function moving(number: number): string {
  return `        proxy_redirect ~^(?<sent_${number}>.*)$ $moved_${number};`;
}
