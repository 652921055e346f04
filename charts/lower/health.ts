import { toSeconds, type Duration } from '../../constructs/model/units';
import type { Check, Gate, HealthModel, Probe as ProbeModel } from '../../constructs/model/health';
import type { Workload } from '../../constructs/model/workload';
import type { LimitCheck } from '../../constructs/target/lowering';
import type { Fragment } from './context';
import { escape } from './expansion';
import { stopCommand } from './process';
import type { PodProbe } from '../manifest';

/** Seconds for which a stopping pod still answers, until proxies and load balancers stop sending requests to it. */
const drain = 5;

/** The times of a health check. */
export function timesOf(health: HealthModel): Duration[] {
  return health.kind === 'none' ? [] : [health.every, health.timeout, health.startPeriod];
}

/** The startup and readiness probes: how long a pod may take to start, and when it gets requests. */
export function lowerReadiness(health: HealthModel, { liveness }: Workload) {
  if (health.kind === 'none') return {};
  const start = Math.max(
    toSeconds(health.startPeriod),
    liveness.kind === 'none' ? 0 : toSeconds(liveness.startPeriod),
  );
  return {
    container: { startupProbe: startup(health, start), readinessProbe: probe(health) },
  } satisfies Fragment;
}

/** The liveness probe: when a container is restarted. Without a readiness check, it has to know when the container has started. */
export function lowerLiveness(health: HealthModel, { readiness }: Workload) {
  if (health.kind === 'none') return {};
  const start =
    readiness.kind === 'none' ? { startupProbe: startup(health, toSeconds(health.startPeriod)) } : {};
  return { container: { ...start, livenessProbe: probe(health) } } satisfies Fragment;
}

/** The startup probe: the container is restarted if the check does not pass within the start period and all retries. */
function startup(health: ProbeModel, startPeriod: number): PodProbe {
  const every = Math.min(2, toSeconds(health.every));
  const patience = startPeriod + health.retries * toSeconds(health.every);
  return {
    ...question(health),
    periodSeconds: every,
    timeoutSeconds: toSeconds(health.timeout),
    failureThreshold: Math.ceil(patience / every),
  };
}

/** The time that a pod has to stop. A pod that serves requests gets a few seconds more, in which it still answers. */
export function lowerGrace(grace: Workload['grace'], { ports, run, stopSignal }: Workload) {
  const seconds = toSeconds(grace);
  const answers = run === 'service' && ports.length > 0;
  if (stopSignal !== 'image') {
    const command = stopCommand(stopSignal, answers ? drain : 0);
    return {
      pod: { terminationGracePeriodSeconds: seconds + (answers ? drain : 0) },
      container: { lifecycle: { preStop: { exec: { command } } } },
    } satisfies Fragment;
  }
  if (!answers) return { pod: { terminationGracePeriodSeconds: seconds } } satisfies Fragment;
  return {
    pod: { terminationGracePeriodSeconds: seconds + drain },
    container: { lifecycle: { preStop: { sleep: { seconds: drain } } } },
  } satisfies Fragment;
}

function probe(health: ProbeModel): PodProbe {
  return {
    ...question(health),
    periodSeconds: toSeconds(health.every),
    timeoutSeconds: toSeconds(health.timeout),
    failureThreshold: health.retries,
  };
}

function question({ check }: ProbeModel): PodProbe {
  switch (check.kind) {
    case 'http':
      return { httpGet: { path: check.path, port: check.port, ...headers(check) } };
    case 'tcp':
      return { tcpSocket: { port: check.port } };
    case 'grpc':
      return { grpc: { port: check.port, service: check.service } };
    case 'command':
      return { exec: { command: check.command.map(escape) } };
  }
}

// The kubelet takes the header Host for the name that it asks for, and still asks the pod.
function headers({ host, headers: others }: Check & { readonly kind: 'http' }): Pick<HttpGet, 'httpHeaders'> {
  const all = Object.entries({ ...(host !== '' && { Host: host }), ...others });
  return all.length === 0 ? {} : { httpHeaders: all.map(([name, value]) => ({ name, value })) };
}

type HttpGet = NonNullable<PodProbe['httpGet']>;

/** Whether a check runs the program of its workload. */
export function runs(check: Check, program: readonly string[]): boolean {
  return check.kind === 'command' && check.command.join('\0') === program.join('\0');
}

/** A gate that only the end of its workload opens: no pod can see that end without a token of the API. */
export function unseenEnd(gate: Gate): LimitCheck {
  if (gate.kind !== 'completion') return { kind: 'within' };
  const fix =
    'check: […], a command that exits with 0 only if the schema is up to date; or repeatable: true, if the command takes ' +
    'a lock and leaves a newer schema alone';
  return { kind: 'beyond', field: 'check', got: 'missing', fix };
}
