import { posix } from 'node:path';
import { present } from '../support/application';
import type { Carrier, Plans } from './entry';
import { configOf, containerOf, objectsOf, podContainerOf, podOf, variableOf } from './plans';

/** A fact that reads the same in both plans. */
function same(by: string, found: Carrier['found'], expected: unknown): Carrier {
  return { by, found, expected: { docker: expected, kubernetes: expected } };
}

/** A fact that holds in both plans. */
function holds(by: string, found: (plans: Plans) => { docker: boolean; kubernetes: boolean }): Carrier {
  return same(by, found, true);
}

/** The image that a workload runs. A tag stands where the compose file has none. */
export function image(workload: string, name: string): Carrier {
  return same(
    `image: '${name}'`,
    (plans) => ({
      docker: containerOf(plans, workload).image,
      kubernetes: podContainerOf(plans, workload).image,
    }),
    name,
  );
}

/** The folder that an image is built from, or another option of the build. */
export function built(workload: string, part: 'context' | 'target', value: string): Carrier {
  const by = part === 'context' ? `Image.build('${value}')` : `Image.build(…, { target: '${value}' })`;
  return same(
    by,
    (plans) => {
      const { builds, image: name } = containerOf(plans, workload);
      const tag = name.slice(name.lastIndexOf(':'));
      const there = podContainerOf(plans, workload).image?.endsWith(tag);
      const got = builds[0]?.[part];
      return { docker: got, kubernetes: there === true ? got : undefined };
    },
    value,
  );
}

/** A variable of a workload. A secret is written `<NAME>`. */
export function variable(workload: string, name: string, text: string): Carrier {
  return same(`env: ${name}`, (plans) => variableOf(plans, workload, name), text);
}

/** A published port: of the host on Docker, of a load balancer in the cluster. */
export function publishes(
  workload: string,
  port: number,
  target: number,
  protocol: 'tcp' | 'udp' = 'tcp',
): Carrier {
  return holds(`publish: ${port}`, (plans) => {
    const containerPort = podContainerOf(plans, workload).ports?.find(
      (one) => one.containerPort === target && one.protocol === protocol.toUpperCase(),
    );
    const services = objectsOf(plans, 'Service').filter(
      ({ spec }) =>
        spec?.type === 'LoadBalancer' && spec.selector?.['app.kubernetes.io/instance'] === workload,
    );
    return {
      docker: containerOf(plans, workload).publish.some(
        (one) => one.port === port && one.target === target && (one.protocol ?? 'tcp') === protocol,
      ),
      kubernetes: services.some(({ spec }) =>
        spec?.ports?.some(
          (one) =>
            one.port === port &&
            one.targetPort === containerPort?.name &&
            one.protocol === protocol.toUpperCase(),
        ),
      ),
    };
  });
}

/** A port of a store that is published for development: on Docker at this host alone, and not in the cluster. */
export function publishedForDevelopment(workload: string, port: number): Carrier {
  return {
    by: `expose: hostPort(${port}) in the environment for development; kubectl port-forward in the cluster`,
    found: (plans) => ({
      docker: containerOf(plans, workload).publish.map((one) => [one.address, one.port]),
      kubernetes: objectsOf(plans, 'Service').some(
        ({ metadata: { name }, spec }) =>
          name === workload && spec?.ports?.some((one) => one.port === port) === true,
      ),
    }),
    expected: { docker: [['127.0.0.1', port]], kubernetes: true },
  };
}

/** A port that others reach by a reference, and that is not published. */
export function onlyInside(workload: string): Carrier {
  return same(
    'a reference opens it, and nothing publishes it',
    (plans) => ({
      docker: containerOf(plans, workload).publish.length,
      kubernetes: objectsOf(plans, 'Service').filter(
        ({ metadata: { name } }) => name === `${workload}-public`,
      ).length,
    }),
    0,
  );
}

/** The start order: a workload waits for another one. */
export function waits(workload: string, on: string, until: 'ready' | 'completed' = 'ready'): Carrier {
  return holds(`a reference, or waitsFor: [${on}]`, (plans) => ({
    docker: containerOf(plans, workload).after.some((one) => one.name === on && one.until === until),
    kubernetes: podOf(plans, workload).initContainers?.some(({ name }) => name === `wait-${on}`) === true,
  }));
}

/** A volume of a workload at a path. */
export function volume(workload: string, path: string): Carrier {
  return same(
    `a volume at ${path}`,
    (plans) => {
      const mount = podContainerOf(plans, workload).volumeMounts?.find((one) => one.mountPath === path);
      const set = objectsOf(plans, 'StatefulSet').find(({ metadata }) => metadata.name === workload);
      const claims = set?.spec?.volumeClaimTemplates?.map(({ metadata }) => metadata?.name) ?? [];
      return {
        docker: containerOf(plans, workload).volumes.find((one) => one.path === path)?.path,
        kubernetes: claims.includes(mount?.name) ? mount?.mountPath : undefined,
      };
    },
    path,
  );
}

/** A folder of the host: mounted in development on Docker, and a part of the image in the cluster. */
export function sources(workload: string, folder: string, path: string): Carrier {
  return {
    by: `bindMounts of the environment for development; in the cluster, the image has the folder`,
    found: (plans) => ({
      docker: containerOf(plans, workload).binds.find((one) => one.path === path)?.folder,
      kubernetes: podContainerOf(plans, workload).volumeMounts?.some((one) => one.mountPath === path),
    }),
    expected: { docker: folder, kubernetes: false },
  };
}

/** A folder that starts with what the image has there, and is new for each release. */
export function imageFolder(workload: string, path: string): Carrier {
  return holds(`scratch: [{ path: '${path}', content: 'image' }]`, (plans) => ({
    docker: containerOf(plans, workload).imageFolders.some((one) => one.path === path),
    kubernetes: podContainerOf(plans, workload).volumeMounts?.some((one) => one.mountPath === path) === true,
  }));
}

/** A configuration file with its content. */
export function file(workload: string, path: string, content: string): Carrier {
  return same(
    `files: { '${path}': … }`,
    (plans) => {
      const { dir, base } = posix.parse(path);
      const mount = podContainerOf(plans, workload).volumeMounts?.find((one) => one.mountPath === path);
      const map = podOf(plans, workload).volumes?.find(({ name }) => name === mount?.name)?.configMap?.name;
      return {
        docker: containerOf(plans, workload).configs.find((one) => one.path === dir && base in one.files)
          ?.files[base],
        kubernetes: map === undefined ? undefined : configOf(plans, map)[mount?.subPath ?? ''],
      };
    },
    content,
  );
}

/** A secret as a file. */
export function secretFile(workload: string, path: string, secret: string): Carrier {
  return same(
    `secretFiles: { '${path}': … }`,
    (plans) => {
      const { dir, base } = posix.parse(path);
      const mounts = podContainerOf(plans, workload).volumeMounts ?? [];
      const keys = mounts.flatMap(({ name, mountPath, subPath }) => {
        const items = podOf(plans, workload).volumes?.find((one) => one.name === name)?.secret?.items ?? [];
        return items.filter((item) =>
          subPath === undefined
            ? posix.join(mountPath, item.path) === path
            : mountPath === path && item.path === subPath,
        );
      });
      return {
        docker: containerOf(plans, workload).secrets.find((one) => one.path === dir && base in one.files)
          ?.files[base],
        kubernetes: keys[0]?.key,
      };
    },
    secret,
  );
}

/** The program and its arguments. */
export function command(workload: string, words: readonly string[]): Carrier {
  return same(
    'command and args',
    (plans) => {
      const { entrypoint, command: args } = containerOf(plans, workload);
      const pod = podContainerOf(plans, workload);
      const unescaped = [...(pod.command ?? []), ...(pod.args ?? [])].map((word) =>
        word.replaceAll('$$', '$'),
      );
      return { docker: [...entrypoint, ...args], kubernetes: unescaped };
    },
    words,
  );
}

/** Arguments among those of a server. */
export function argument(workload: string, word: string): Carrier {
  return holds(`args: ['${word}']`, (plans) => ({
    docker: containerOf(plans, workload).command.includes(word),
    kubernetes: podContainerOf(plans, workload).args?.includes(word) === true,
  }));
}

/** A workload that starts again when it ends. That is also what a service without \`restart\` wants of a server. */
export function restarts(workload: string): Carrier {
  return same(
    'a component that runs all the time',
    (plans) => ({
      docker: ['service', 'stateful'].includes(containerOf(plans, workload).run),
      kubernetes: podOf(plans, workload).restartPolicy === 'Always',
    }),
    true,
  );
}

/** The name of a component, which is its host name too. */
export function named(workload: string): Carrier {
  return holds(`the component ${workload}`, (plans) => ({
    docker: containerOf(plans, workload).name === workload,
    kubernetes: podContainerOf(plans, workload).name === workload,
  }));
}

/** A network that two workloads share: the permission to connect. */
export function connected(from: string, to: string): Carrier {
  return holds(`a reference from ${from} to ${to}`, (plans) => ({
    docker: containerOf(plans, from).networks.some(({ network }) => network.name === `${from}.${to}`),
    kubernetes: objectsOf(plans, 'NetworkPolicy').some(
      ({ metadata: { name }, spec }) =>
        name === from &&
        spec?.egress?.some(({ to: peers }) =>
          peers?.some(({ podSelector }) => podSelector?.matchLabels?.['app.kubernetes.io/instance'] === to),
        ) === true,
    ),
  }));
}

/** A health check of a workload. */
export function checked(workload: string): Carrier {
  return same(
    'the health check of the component',
    (plans) => ({
      docker: containerOf(plans, workload).health.length,
      kubernetes: podContainerOf(plans, workload).readinessProbe === undefined ? 0 : 1,
    }),
    1,
  );
}

/** A time of a health check, in seconds. */
export function checkedEvery(workload: string, seconds: number): Carrier {
  return same(
    `health: { every: Duration.seconds(${seconds}) }`,
    (plans) => ({
      docker: present(containerOf(plans, workload).health[0]).interval / 1000,
      kubernetes: podContainerOf(plans, workload).readinessProbe?.periodSeconds,
    }),
    seconds,
  );
}

/** How often a health check fails before the workload is unhealthy. */
export function retries(workload: string, count: number): Carrier {
  return same(
    `health: { retries: ${count} }`,
    (plans) => ({
      docker: containerOf(plans, workload).health[0]?.retries,
      kubernetes: podContainerOf(plans, workload).readinessProbe?.failureThreshold,
    }),
    count,
  );
}

/** How long one health check may take, in seconds. */
export function checkTimeout(workload: string, seconds: number): Carrier {
  return same(
    `health: { timeout: Duration.seconds(${seconds}) }`,
    (plans) => ({
      docker: present(containerOf(plans, workload).health[0]).timeout / 1000,
      kubernetes: podContainerOf(plans, workload).readinessProbe?.timeoutSeconds,
    }),
    seconds,
  );
}

/** The time after the start in which a health check may fail, in seconds. */
export function startPeriod(workload: string, seconds: number): Carrier {
  return holds(`health: { startPeriod: Duration.seconds(${seconds}) }`, (plans) => {
    const { periodSeconds = 0, failureThreshold = 0 } = podContainerOf(plans, workload).startupProbe ?? {};
    return {
      docker: containerOf(plans, workload).health[0]?.startPeriod === seconds * 1000,
      kubernetes: periodSeconds * failureThreshold >= seconds,
    };
  });
}

/** A fact that needs words of its own. */
export function carried(by: string, found: Carrier['found'], expected: unknown): Carrier {
  return same(by, found, expected);
}

/** A fact that reads differently in the two plans. */
export function carriedApart(by: string, found: Carrier['found'], expected: Carrier['expected']): Carrier {
  return { by, found, expected };
}

/** The ports that others can reach in a cluster: a port that nothing listens at is opened by nobody. */
export function onlyReachableAt(workload: string, ports: readonly number[]): Carrier {
  return {
    by: 'only ports that the program listens at can be reached',
    found: (plans) => ({
      docker: containerOf(plans, workload).publish.map(({ target }) => target),
      kubernetes: podContainerOf(plans, workload).ports?.map(({ containerPort }) => containerPort),
    }),
    expected: { docker: ports, kubernetes: ports },
  };
}

/** A Linux capability of a workload. */
export function capability(workload: string, name: string): Carrier {
  return holds(`capabilities: ['${name}']`, (plans) => ({
    docker: containerOf(plans, workload).capabilities.includes(name),
    kubernetes: podContainerOf(plans, workload).securityContext?.capabilities?.add?.includes(name) === true,
  }));
}

/** The signal that stops a workload. */
export function stops(workload: string, signal: string): Carrier {
  return holds(`stopSignal: '${signal}'`, (plans) => ({
    docker: containerOf(plans, workload).stopSignal === signal,
    kubernetes: JSON.stringify(podContainerOf(plans, workload).lifecycle?.preStop).includes(
      signal.replace(/^SIG/, ''),
    ),
  }));
}

/** A program whose standard input stays open. */
export function keepsInputOpen(workload: string): Carrier {
  return holds('stdin: true', (plans) => ({
    docker: containerOf(plans, workload).stdin === 'open',
    kubernetes: podContainerOf(plans, workload).stdin === true,
  }));
}
