import type { ComponentDescription, ContainerDescription, ValueDescription } from './description';
import type { Draft } from './components';

type Program = ComponentDescription & { readonly props: ContainerDescription };

/** Names the components of drafts, and lets each refer to those before it alone, so that nothing waits for itself. */
export function linked(drafts: readonly Draft[], names: readonly string[]): ComponentDescription[] {
  const done: ComponentDescription[] = [];
  for (const [index, draft] of drafts.entries()) {
    const name = names[index];
    if (name !== undefined) done.push(link({ ...draft.component, name }, draft, done));
  }
  return done;
}

function link(
  component: ComponentDescription,
  { links, waits }: Draft,
  before: readonly ComponentDescription[],
) {
  if (!isProgram(component)) return component;
  const callable = before.filter(({ kind }) => !['worker', 'migration', 'job', 'proxy'].includes(kind));
  const references = links.flatMap(({ to, variable, as }): [string, ValueDescription][] => {
    const found = callable[to % Math.max(1, callable.length)];
    return found ? [[variable, { kind: 'reference', to: found.name, as }]] : [];
  });
  // What cannot be asked whether it is ready cannot be waited for.
  const askable = before.filter(({ kind }) => !['worker', 'job'].includes(kind));
  const waitsFor = new Set(waits.flatMap((one) => askable[one % Math.max(1, askable.length)]?.name ?? []));
  const env = Object.fromEntries([...Object.entries(component.props.env), ...references]);
  return {
    ...component,
    props: { ...component.props, env, waitsFor: [...waitsFor] },
  } as ComponentDescription;
}

function isProgram(component: ComponentDescription): component is Program {
  return 'waitsFor' in component.props;
}
