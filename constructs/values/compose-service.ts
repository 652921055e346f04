import { isPlainMapping } from '../model/data';
import type { Kind } from '../shape/kind';
import { recordOf } from '../shape/lists';
import { unknownField } from '../shape/object';
import type { YamlValue } from '../target/yaml';

/** The keys of a service. @see https://docs.docker.com/reference/compose-file/services/ */
export const composeKeys = [
  'annotations',
  'attach',
  'blkio_config',
  'build',
  'cap_add',
  'cap_drop',
  'cgroup',
  'cgroup_parent',
  'command',
  'container_name',
  'cpu_count',
  'cpu_percent',
  'cpu_period',
  'cpu_quota',
  'cpu_rt_period',
  'cpu_rt_runtime',
  'cpu_shares',
  'cpus',
  'cpuset',
  'credential_spec',
  'depends_on',
  'deploy',
  'develop',
  'device_cgroup_rules',
  'devices',
  'dns',
  'dns_opt',
  'dns_search',
  'domainname',
  'entrypoint',
  'env_file',
  'environment',
  'expose',
  'external_links',
  'extra_hosts',
  'gpus',
  'group_add',
  'healthcheck',
  'hostname',
  'image',
  'init',
  'ipc',
  'isolation',
  'label_file',
  'labels',
  'links',
  'logging',
  'mac_address',
  'mem_limit',
  'mem_reservation',
  'mem_swappiness',
  'memswap_limit',
  'network_mode',
  'networks',
  'oom_kill_disable',
  'oom_score_adj',
  'pid',
  'pids_limit',
  'platform',
  'ports',
  'post_start',
  'pre_stop',
  'privileged',
  'profiles',
  'pull_policy',
  'pull_refresh_after',
  'read_only',
  'restart',
  'runtime',
  'scale',
  'secrets',
  'security_opt',
  'shm_size',
  'stdin_open',
  'stop_grace_period',
  'stop_signal',
  'storage_opt',
  'sysctls',
  'tmpfs',
  'tty',
  'ulimits',
  'use_api_socket',
  'user',
  'userns_mode',
  'uts',
  'volumes',
  'volumes_from',
  'working_dir',
] as const;

/** Keys of a service that need other parts of a compose file, and what to write instead. */
const refusedKeys: Readonly<Record<string, string>> = {
  configs: 'a bind mount in volumes, because a service has no other part of the file',
  extends: 'the keys themselves, because a service has no other file',
  models: 'variables, because a service has no other part of the file',
  provider: 'image, because a service here is a container',
};

/**
 * A service in compose's own form, for what no component says. It is written into compose.yaml as it is: compose replaces
 * `${NAME}` in it, and reads `$$` as `$`. Paths are relative to the folder of compose.yaml.
 */
export type ComposeService = Readonly<Partial<Record<(typeof composeKeys)[number], YamlValue>>>;

const isKnown = (key: string) => key.startsWith('x-') || composeKeys.some((known) => known === key);

const service: Kind<ComposeService> = {
  optional: false,
  check: (value, field, problems) => {
    if (!isPlainMapping(value)) {
      problems.push({ field, got: value, write: "an object, such as { image: 'mailhog/mailhog:v1.0.1' }" });
      return;
    }
    for (const key of Object.keys(value)) {
      const instead = Object.hasOwn(refusedKeys, key) ? refusedKeys[key] : undefined;
      if (instead !== undefined)
        problems.push({
          field: `${field}.${key}`,
          got: undefined,
          write: instead,
          sentence: `${field}.${key} cannot be here: write ${instead}`,
        });
      else if (!isKnown(key))
        problems.push(unknownField(key, composeKeys, 'a key of a compose service', `${field}.`));
      else if (!isPlain(value[key]))
        problems.push({
          field: `${field}.${key}`,
          got: value[key],
          write: 'only texts, finite numbers, true, false, null, lists and objects',
        });
    }
    if (value['image'] === undefined && value['build'] === undefined)
      problems.push({
        field: `${field}.image`,
        got: undefined,
        write: "an image, such as 'mailhog/mailhog:v1.0.1', or build",
      });
  },
};

/** Whether a value can be written as YAML. */
function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isPlain);
  return isPlainMapping(value) && Object.values(value).every((item) => item === undefined || isPlain(item));
}

/** Services in compose's own form, by name. */
export const composeServices: Kind<Readonly<Record<string, ComposeService>>> = recordOf(
  service,
  "an object, such as { mailhog: { image: 'mailhog/mailhog:v1.0.1' } }",
);
