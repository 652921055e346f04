import { limits } from '../../constructs/model/limits';
import { isKey, keyHint } from '../../constructs/model/name';
import { programFaults } from '../../constructs/target/program-texts';
import type { PodContainer } from '../manifest';
import { containersOf } from '../pods';
import { eachPod, eachPodContainer, faultUnless, type Fault } from '../policy/rules';
import type { ClusterLimit } from './limit';

const podReference = 'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/';

/** The names of containers and volumes of a pod, each once. */
export const partNames: ClusterLimit = {
  source: limits.label.source,
  check: eachPod((pod) => [
    ...partFaults('containers', containersOf(pod)),
    ...partFaults('volumes', pod.spec.volumes ?? []),
  ]),
};

function partFaults(field: string, parts: readonly { readonly name: string }[]): Fault[] {
  const names = parts.map(({ name }) => name);
  return [...new Set(names)].flatMap((name) => [
    ...faultUnless(isPodLabel(name), `${field} name`, name, podLabelHint),
    ...faultUnless(
      names.filter((other) => other === name).length === 1,
      `${field} name`,
      name,
      'names that are all different',
    ),
  ]);
}

const podLabelHint = `1 to ${limits.label.most} lower-case letters, digits and -, without - at the ends`;

// Unlike the name of a Service, it may start with a digit.
function isPodLabel(name: string): boolean {
  return name.length <= limits.label.most && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name);
}

/** The image of a container. */
export const images: ClusterLimit = {
  source: `${podReference}#Container`,
  check: eachPodContainer(({ image = '' }) =>
    faultUnless(image !== '', 'image', image, 'the name of an image'),
  ),
};

const portNameHint = `at most ${limits.portName.most} lower-case letters, digits and single -, with a letter`;

/** The names and numbers of the ports of a container. */
export const containerPorts: ClusterLimit = {
  source: limits.portName.source,
  check: eachPodContainer(({ ports = [] }) =>
    ports.flatMap(({ name, containerPort }) => [
      ...faultUnless(name === undefined || isPortName(name), 'ports name', name, portNameHint),
      ...faultUnless(
        ports.filter((other) => name !== undefined && other.name === name).length <= 1,
        'ports name',
        name,
        'names that are all different',
      ),
      ...faultUnless(isPort(containerPort), 'ports containerPort', containerPort, portHint),
    ]),
  ),
};

/** What to write instead of a number that is no port. */
export const portHint = 'a whole number from 1 to 65535';

/** Whether a number is a port. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

/** Whether a text can be the name of a port of a container. @see https://www.rfc-editor.org/rfc/rfc6335#section-5.1 */
export function isPortName(name: string): boolean {
  return name.length <= limits.portName.most && /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
}

/** The names of variables, and the keys that their values come from. */
export const variableNames: ClusterLimit = {
  source: `${podReference}#environment-variables`,
  check: eachPodContainer(({ env = [] }) =>
    env.flatMap(({ name, valueFrom }) => {
      const key = valueFrom?.secretKeyRef?.key ?? valueFrom?.configMapKeyRef?.key;
      return [
        ...faultUnless(
          /^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name),
          'env name',
          name,
          'a name of letters, digits and _ that does not start with a digit',
        ),
        ...faultUnless(key === undefined || isKey(key), `env ${name} key`, key, keyHint),
      ];
    }),
  ),
};

/** The texts that a program starts with. The API server takes longer ones, but no node can start the program. */
export const programTexts: ClusterLimit = {
  source: limits.argument.source,
  check: eachPodContainer(({ command = [], args = [], env = [] }) => {
    const texts = [
      ...command.map((text) => ({ field: 'command', text })),
      ...args.map((text) => ({ field: 'args', text })),
      ...env.map(({ name, value = '' }) => ({ field: `env ${name}`, text: `${name}=${value}` })),
    ];
    return programFaults(texts, 'env, command and args together');
  }),
};

/** The mounts of a container: each at its own path, of a volume that the pod has. */
export const mounts: ClusterLimit = {
  source: 'https://kubernetes.io/docs/concepts/storage/volumes/',
  check: eachPodContainer(({ volumeMounts = [] }: PodContainer, { spec: { volumes = [] }, controller }) => {
    const templates = controller.kind === 'StatefulSet' ? (controller.spec?.volumeClaimTemplates ?? []) : [];
    const known = [...volumes.map(({ name }) => name), ...templates.map(({ metadata }) => metadata?.name)];
    const paths = volumeMounts.map(({ mountPath }) => mountPath);
    return [
      ...volumeMounts.flatMap(({ name }) =>
        faultUnless(known.includes(name), 'volumeMounts name', name, `one of ${known.join(', ')}`),
      ),
      ...[...new Set(paths)].flatMap((path) =>
        faultUnless(
          paths.filter((other) => other === path).length === 1,
          'volumeMounts mountPath',
          path,
          'paths that are all different',
        ),
      ),
    ];
  }),
};

/** The files of ConfigMaps and Secrets in a volume: where they are, and who can read them. */
export const volumeFiles: ClusterLimit = {
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/volume/',
  check: eachPod(({ spec: { volumes = [] } }) =>
    volumes.flatMap(({ name, configMap, secret }) => {
      const { items = [], defaultMode } = { ...configMap, ...secret };
      const modes = [defaultMode, ...items.map(({ mode }) => mode)];
      return [
        ...items.flatMap(({ path, key }) => [
          ...faultUnless(
            !path.startsWith('/') && !path.split('/').includes('..'),
            `volumes ${name} items path`,
            path,
            'a relative path without ..',
          ),
          ...faultUnless(isKey(key), `volumes ${name} items key`, key, keyHint),
        ]),
        ...modes.flatMap((mode) =>
          faultUnless(
            mode === undefined || (mode >= 0 && mode <= 0o777),
            `volumes ${name} mode`,
            mode,
            'a whole number from 0 to 511, which is 0o777',
          ),
        ),
      ];
    }),
  ),
};

/** The ids of users and groups. */
export const ids: ClusterLimit = {
  source: `${podReference}#security-context`,
  check: eachPodContainer(({ securityContext: { runAsUser, runAsGroup } = {} }) =>
    Object.entries({ runAsUser, runAsGroup }).flatMap(([field, id]) =>
      faultUnless(
        id === undefined || (Number.isInteger(id) && id >= 0 && id <= 2_147_483_647),
        `securityContext.${field}`,
        id,
        'a whole number from 0 to 2147483647',
      ),
    ),
  ),
};
