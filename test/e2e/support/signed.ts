import type { Environment, Override, Stack } from 'catamaran';
import { dockerContainer } from 'catamaran/docker';
import { kubernetesObject } from 'catamaran/kubernetes';

/**
 * A stack whose component `proxy`, an nginx, sends a header with every answer: those that it passes on, and its own.
 * This file is copied beside an application, see sign.ts.
 */
export function signed<Name extends string>(stack: Stack<Name>, header: string): Stack<Name> {
  const changes = signing(header);
  const environments = Object.entries<Environment>(stack.environments).map(([name, environment]) => {
    const { components, target } = environment;
    const { proxy } = components;
    const overrides = [...(proxy?.overrides ?? []), ...changes.filter((one) => one.target === target)];
    return [name, { ...environment, components: { ...components, proxy: { ...proxy, overrides } } }];
  });
  return { ...stack, environments: Object.fromEntries(environments) as Record<Name, Environment> };
}

function signing(header: string): Override[] {
  const reason = 'tests tell the answers of the application from those of others';
  // At the head of a file that nginx includes, it holds for every server of the file.
  const line = `add_header ${header} always;\n`;
  const withLine = (files: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, line + text]));
  return [
    dockerContainer({
      reason,
      change: ({ configs, ...container }) => ({
        ...container,
        configs: configs.map(({ files, ...folder }) => ({ ...folder, files: withLine(files) })),
      }),
    }),
    kubernetesObject('ConfigMap', {
      reason,
      change: ({ data = {}, ...map }) => ({ ...map, data: withLine(data) }),
    }),
  ];
}
