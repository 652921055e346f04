import { BackendPort } from '../components/backend-port';
import type { Component } from '../components/component';
import { gateConnections } from '../model/gate';
import type { Connection } from '../model/network';
import { componentPath } from '../model/path';
import { unique } from '../model/sorted';
import type { Workload } from '../model/workload';
import type { LoweredComponent } from './lowered';

/**
 * Opens the connections that need more than one component to know: those of `connectsTo`, to every port of the other
 * component; then those of each wait, to what its check asks. The checks of migrations ask what the migrations connect
 * to, so waits come last.
 */
export function withConnections(lowered: readonly LoweredComponent[]): LoweredComponent[] {
  const linked = lowered.map((one) => withLinks(one, lowered));
  const open = waitOpener(linked.flatMap(({ own }) => own));
  return linked.map(({ component, own }) => ({ component, own: own.map(open) }));
}

function withLinks(
  { component, own }: LoweredComponent,
  lowered: readonly LoweredComponent[],
): LoweredComponent {
  const opened = component.connectsTo.flatMap((other) => {
    if (other instanceof BackendPort) return [other.connection];
    const found = connectionsTo(other, lowered);
    if (found.length === 0) reportClosed(component, other, 'a component with a port, or an external service');
    else if (!isServed(other, lowered)) return found;
    else reportClosed(component, other, 'the components behind it, because the cluster serves its routes');
    return [];
  });
  return {
    component,
    own: own.map((workload) => (workload.name === component.name ? opening(workload, opened) : workload)),
  };
}

function mainOf(other: Component, lowered: readonly LoweredComponent[]): readonly Workload[] {
  const workloads = lowered.find(({ component }) => component === other)?.own ?? [];
  return workloads.filter(({ name }) => name === other.name);
}

/** Whether an Ingress controller or a Gateway of the cluster serves the routes of a proxy, which has no pods then. */
function isServed(other: Component, lowered: readonly LoweredComponent[]): boolean {
  const { proxy } = other.application.environment;
  return proxy.kind !== 'nginx' && mainOf(other, lowered).some(({ routes }) => routes.length > 0);
}

function connectionsTo(other: Component, lowered: readonly LoweredComponent[]): readonly Connection[] {
  if (other.outside.length > 0) return other.outside;
  return mainOf(other, lowered).flatMap(({ name: workload, ports }) =>
    ports.map(({ number: port, protocol }): Connection => ({ kind: 'workload', workload, port, protocol })),
  );
}

function reportClosed({ application, name }: Component, { name: got }: Component, write: string): void {
  application.report({
    path: componentPath(application.name, name),
    field: 'connectsTo',
    got,
    write,
  });
}

/**
 * A function that opens the waits of a workload. The check of a migration may ask what the waits of the migration
 * itself have opened, so those come first. A circle of waits ends here: it is reported with the start order.
 */
function waitOpener(workloads: readonly Workload[]): (workload: Workload) => Workload {
  const byName = new Map(workloads.map((workload) => [workload.name, workload]));
  const done = new Map<Workload, Workload>();
  const open = (workload: Workload): Workload => {
    const known = done.get(workload);
    if (known) return known;
    done.set(workload, workload);
    const awaited = workload.after.flatMap(({ workload: name }) => byName.get(name) ?? []);
    const opened = opening(
      workload,
      awaited.flatMap((one) => gateConnections(open(one))),
    );
    done.set(workload, opened);
    return opened;
  };
  return open;
}

function opening(workload: Workload, opened: readonly Connection[]): Workload {
  if (opened.length === 0) return workload;
  return { ...workload, connections: unique([...workload.connections, ...opened]) };
}
