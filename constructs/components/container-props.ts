import type { Capability } from '../model/privilege';
import type { Cpu, Duration, Size } from '../model/units';
import type { Workload } from '../model/workload';
import { exceptionsKind } from '../values/exceptions';
import { filesKind, secretFilesKind, type FileSource, type SecretFileSource } from '../values/file';
import { imageKind, type ImageSource } from '../values/image';
import { processShape, type ProcessProps } from '../values/process';
import type { Amount } from '../values/sizing';
import { internetKind, type InternetAccess } from '../values/internet';
import { capabilitiesKind, rootKind, type RootProps } from '../values/privilege';
import { bindMountsKind, scratchKind, type BindMountSource, type ScratchSource } from '../values/storage';
import { userKind, type UserProps } from '../values/user';
import { variablesKind, type EnvironmentValue } from '../values/variable';
import { optional, type Kind, type Shape } from '../shape/kind';
import { command, listOf, programArguments } from '../shape/lists';
import { cpuAmount, duration, memoryAmount } from '../shape/units';
import { instance, number, oneOf } from '../shape/words';
import { BackendPort } from './backend-port';
import { Component } from './component';
import { sharedVolumesKind, type SharedVolumeMount } from './shared-volume';

/** The props of every component that runs one of the application's programs. */
export interface ContainerProps extends ProcessProps {
  /** An image in a registry, such as `api:1.0`, or one to build with `Image.build('api')`. */
  readonly image: ImageSource;
  /**
   * Whether the image has a shell, `sh`. Without one, on Docker, a check by HTTP or TCP is refused, because the engine
   * runs it in the container, and so is a schedule. What else needs a shell is done by the `toolbox` of the environment.
   * @default 'sh'; 'none' if the image is built and its Dockerfile ends with distroless, or with files alone after
   *   `FROM scratch`
   * @example 'none'
   */
  readonly shell?: 'sh' | 'none';
  /** The program and its first arguments. @default the image's entrypoint */
  readonly command?: readonly string[];
  /** The arguments of the program. @default the image's command */
  readonly args?: readonly string[];
  /**
   * Environment variables. A reference to another component also lets this component connect to it, and wait for it.
   * A text`` can contain several references and secrets. A name may have . and -, as some programs want it
   * (`discovery.type`). No shell can read such a variable, and most shells do not pass it on to the programs that they
   * start: a program that a script starts may not get it. @default none
   * @example { LOG_LEVEL: 'info', DATABASE_URL: database.url, API_KEY: Secret.named('API_KEY') }
   * @example { ARTICLES: text`${api.url}/articles`, AUTHORIZATION: text`Bearer ${Secret.named('TOKEN')}` }
   */
  readonly env?: Readonly<Record<string, EnvironmentValue>>;
  /**
   * Configuration files: the content of each file, by absolute path. What else the image has in their folders stays. The
   * program can execute a file that starts with `#!`, or that has such a mode. @default none
   * @example { '/etc/app/config.yaml': text`backend: ${backend.endpoint}` }
   * @example { '/usr/local/bin/report': { content: '#!/bin/sh\nexec app report', mode: '0755' } }
   */
  readonly files?: Readonly<Record<string, FileSource>>;
  /**
   * Secrets as files: the secret of each file, by absolute path. What else the image has in their folders stays. Only the
   * user of the program can read them. A password of another component also lets this component connect to it, and wait for
   * it. @default none
   * @example { '/run/secrets/db-password': database.password, '/etc/app/key': Secret.named('APP_KEY') }
   */
  readonly secretFiles?: Readonly<Record<string, SecretFileSource>>;
  /** CPU request and limit. @default a request of 100 millicores and a limit of 500 */
  readonly cpu?: Amount<Cpu>;
  /** Memory request and limit. @default 256 MiB for both */
  readonly memory?: Amount<Size>;
  /** The largest number of processes and threads at the same time. @default 256 */
  readonly processes?: number;
  /** The user and group that the program runs as. Needed if the image has another user. @default 10001:10001 */
  readonly user?: UserProps;
  /**
   * Writable folders for temporary files. What is written is thrown away with the release. All other folders are read-only.
   * A folder starts empty, or with what the image has there.
   * @default 64 MiB at /tmp
   * @example [{ path: '/var/cache/app', size: Size.mebibytes(32), medium: 'disk' }]
   * @example [{ path: '/etc/nginx', size: Size.mebibytes(8), medium: 'disk', content: 'image' }]
   */
  readonly scratch?: readonly ScratchSource[];
  /**
   * Whether the program can write to the folders of its image. With `writable`, it can write where its user has the right:
   * most files of an image belong to root, so a program that rewrites them also needs `runsAsRoot`, or a `scratch` folder
   * with `content: 'image'`. What it writes is gone with the container. On Kubernetes, it may write 1 GiB.
   * @default read-only
   */
  readonly root?: Workload['root'];
  /**
   * For an image that must start as root: why, and what root may do. Many official images start as root to make their user
   * the owner of a folder, and then become that user. Root can change files only in `scratch` folders and volumes, unless
   * `root` is `writable`. Kubernetes runs it only in environments with `accept: ['privilege']`.
   * @default the program runs as `user`
   * @example { reason: 's6 starts as root and becomes another user' }
   */
  readonly runsAsRoot?: RootProps;
  /**
   * Linux capabilities that the program may use. `NET_BIND_SERVICE` is for a program whose file has that capability: without
   * it, the program does not start. A low `port` alone needs none. Other capabilities need `runsAsRoot`, or an environment
   * with `accept: ['capabilities']`.
   * @default none
   * @example ['NET_BIND_SERVICE']
   */
  readonly capabilities?: readonly Capability[];
  /**
   * Volumes that several components mount. They make no component stateful. @default none
   * @example [{ volume: media, path: '/srv/media', access: 'read-only' }]
   */
  readonly sharedVolumes?: readonly SharedVolumeMount[];
  /**
   * Folders of the host to mount, for development on Docker. To mount them in one environment only, use the
   * `bindMounts` of that environment instead. @default none
   * @example [{ folder: 'src', path: '/app/src' }]
   */
  readonly bindMounts?: readonly BindMountSource[];
  /**
   * Components that this one may connect to, at all their ports, or single ports of them, without a variable and without
   * waiting for them. References in `env` and `files` open their connections themselves. @default none
   * @example [database, api]
   * @example [api.at('metrics')]
   */
  readonly connectsTo?: readonly (Component | BackendPort)[];
  /**
   * Components that must be ready or completed before this one starts. A wait opens the port that its check asks, and
   * nothing else; for a migration, the connections that the migration has itself. This component also waits for the
   * components that `env` and `files` refer to, so you need not repeat those; `later(…)` refers without waiting.
   * @default none
   */
  readonly waitsFor?: readonly Component[];
  /**
   * The way out to the internet: the ports that the program may connect to at every public address. Private addresses,
   * and those of this machine and of its cloud, stay closed, unless `addresses` names them. For one service alone, use an
   * external API instead. Docker cannot close single addresses and ports: there, everything outside is open.
   * @default closed
   * @example { ports: [443] }
   * @example { ports: [443, { number: 53, protocol: 'udp' }], addresses: ['10.1.0.0/16'] }
   */
  readonly internet?: InternetAccess;
  /** How long a stopped program may take to finish its work. After this time, it is killed. @default 20 s */
  readonly grace?: Duration;
  /**
   * Policies that this component may break: the policy's name, and the reason. `catamaran check` reports them instead
   * of failing. @default none
   * @example { 'secrets-in-files': 'the program reads its settings from variables only' }
   */
  readonly exceptions?: Readonly<Record<string, string>>;
  /**
   * The time in which a release must be ready, or a migration must be completed. If it takes longer, the release fails,
   * and the previous release keeps running.
   * @default 10 minutes; 30 minutes for a migration; none for a component with data or a schedule
   */
  readonly deadline?: Duration;
}

const component: Kind<Component> = instance(
  (value) => value instanceof Component,
  'a component, such as database',
);

const linked: Kind<Component | BackendPort> = instance(
  (value) => value instanceof Component || value instanceof BackendPort,
  'a component, such as database',
);

const componentsAdvice = (value: unknown) =>
  value instanceof Component && /^[a-z]\w*$/i.test(value.name)
    ? `[${value.name}]`
    : 'a list of components, such as [database]';

export const containerShape: Shape<ContainerProps> = {
  image: imageKind,
  shell: optional(oneOf('sh', 'none')),
  command: optional(command),
  args: optional(programArguments),
  env: optional(variablesKind),
  files: optional(filesKind),
  secretFiles: optional(secretFilesKind),
  sharedVolumes: optional(sharedVolumesKind),
  cpu: optional(cpuAmount),
  memory: optional(memoryAmount),
  processes: optional(number('a whole number, such as 256')),
  user: optional(userKind),
  scratch: optional(scratchKind),
  root: optional(oneOf('read-only', 'writable')),
  runsAsRoot: optional(rootKind),
  capabilities: optional(capabilitiesKind),
  bindMounts: optional(bindMountsKind),
  connectsTo: optional(listOf(linked, componentsAdvice)),
  waitsFor: optional(listOf(component, componentsAdvice)),
  internet: optional(internetKind),
  grace: optional(duration),
  exceptions: optional(exceptionsKind),
  deadline: optional(duration),
  ...processShape,
};
