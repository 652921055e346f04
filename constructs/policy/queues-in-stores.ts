import { renderTemplate, type Template } from '../model/template';
import { callersOf, type ApplicationModel, type Workload } from '../model/workload';
import type { Policy, Violation } from './policy';
import { isQueueVariable, queueSources } from './queue-variables';

export const queuesInStores: Policy<ApplicationModel> = {
  name: 'queues-in-stores',
  rule: 'A library for job queues keeps its jobs in a store, not in a cache.',
  why:
    'A cache drops keys when it is full, and loses all of them when it restarts. The jobs in it are then gone, and ' +
    'nobody is told.',
  sources: queueSources,
  check: (model) =>
    model.workloads
      .filter(isCache)
      .flatMap((cache) => callersOf(model, cache.name).flatMap((caller) => queuesIn(cache, caller))),
};

/** Whether a workload keeps its data in memory only: it has data, and no volume for them. */
function isCache({ run, volumes }: Workload): boolean {
  return run === 'stateful' && volumes.length === 0;
}

function queuesIn({ name: cache }: Workload, { name: workload, variables }: Workload): Violation[] {
  const textOf = (name: string) => {
    const template = Object.hasOwn(variables, name) ? variables[name] : undefined;
    return template && textIn(template);
  };
  return Object.entries(variables)
    .filter(([name, template]) => isQueueVariable(name, textOf) && namesHost(textIn(template), cache))
    .map(([name]) => {
      const field = `env.${name}`;
      const write = `new RedisStore(this, '${cache}') in place of the cache, or beside it for the jobs`;
      const sentence = `${field} keeps jobs in ${cache}, a cache, which drops them when it is full or restarts: write ${write}`;
      return { workload, field, got: cache, write, sentence };
    });
}

/** Whether a text is a host, or contains it as the host of a URL or an address. */
function namesHost(text: string, host: string): boolean {
  return text === host || new RegExp(`(?:^|[/@,;=\\s])${host}(?::\\d+|[/,;?\\s]|$)`).test(text);
}

function textIn(template: Template): string {
  return renderTemplate(
    template,
    (text) => text,
    () => '*',
  );
}
