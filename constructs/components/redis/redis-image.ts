import { isAtLeast } from '../../model/version';
import type { Problem } from '../../shape/kind';
import type { ImageSource } from '../../values/image';
import { storeImage, type StoreImage } from '../databases/store-image';

/** A module of an image, with the arguments that the image gives it. */
export interface RedisModule {
  /** Its file, or files with `*`. */
  readonly path: string;
  readonly args: string;
}

/** What differs between the images of Redis and of servers that speak its protocol. */
export interface RedisImage {
  readonly server: string;
  readonly client: string;
  /** The program that checks a snapshot. */
  readonly check: string;
  /** A folder of the image with its programs; empty if they are in a usual one. */
  readonly programs: string;
  /** The modules that the image's own start loads. Those that an image does not have are left out. */
  readonly modules: readonly RedisModule[];
  /** Whether the image has /data, and the user 999 owns it. */
  readonly ownsData: boolean;
  /** Whether the server knows `bind * -::*`. An older one listens at every address if no address is named. */
  readonly bindsOptionally: boolean;
}

const official: RedisImage = {
  server: 'redis-server',
  client: 'redis-cli',
  check: 'redis-check-rdb',
  programs: '',
  modules: [],
  ownsData: true,
  bindsOptionally: true,
};

/**
 * The modules of the official image since version 8.
 * @see https://github.com/redis/docker-library-redis/blob/HEAD/debian/docker-entrypoint.sh
 */
const officialModules: readonly RedisModule[] = [{ path: '/usr/local/lib/redis/modules/*.so', args: '' }];

function modulesIn(folder: string, names: readonly string[]): RedisModule[] {
  return names.map((name) => ({ path: `${folder}/${name}.so`, args: '' }));
}

/** Images with other programs, folders or modules, by what their names match. */
const others: readonly (readonly [name: RegExp, image: Partial<RedisImage>])[] = [
  // See https://github.com/valkey-io/valkey-container
  [/valkey/, { server: 'valkey-server', client: 'valkey-cli', check: 'valkey-check-rdb' }],
  // See https://github.com/Snapchat/KeyDB/tree/HEAD/pkg/docker. It follows Redis 6.0.
  [
    /keydb/,
    { server: 'keydb-server', client: 'keydb-cli', check: 'keydb-check-rdb', bindsOptionally: false },
  ],
  // See https://github.com/redis-stack/redis-stack/blob/HEAD/etc/scripts/entrypoint.sh
  [
    /redis-stack/,
    {
      programs: '/opt/redis-stack/bin',
      modules: modulesIn('/opt/redis-stack/lib', [
        ...['rediscompat', 'redisearch', 'redisgraph', 'redistimeseries', 'rejson', 'redisbloom'],
      ]),
      ownsData: false,
    },
  ],
  // See https://github.com/RedisLabsModules/redismod/blob/HEAD/Dockerfile
  [
    /redismod/,
    {
      modules: [
        ...modulesIn('/usr/lib/redis/modules', [
          ...['redisai', 'redisearch', 'redisgraph', 'redistimeseries', 'rejson', 'redisbloom'],
        ]),
        {
          path: '/var/opt/redislabs/lib/modules/redisgears.so',
          args: 'PythonHomeDir /opt/redislabs/lib/modules/python3',
        },
      ],
      ownsData: false,
      bindsOptionally: false,
    },
  ],
  // Its data is in another folder.
  [/^bitnami/, { ownsData: false }],
];

/** Servers with the protocol of Redis that take another configuration, by what their names match. */
const foreign = /dragonfly|garnet|kvrocks|pika|redis-(?:sentinel|cluster)|redisinsight/;

/** The last part of the names of images whose tags start with the version of Redis. */
const names: readonly string[] = ['redis'];

/**
 * The facts about the image of a component.
 * @param folder the folder of the application
 * @param report tells that the image is no Redis
 */
export function readRedisImage(
  image: ImageSource,
  folder: string,
  report: (problem: Problem) => void,
): RedisImage {
  const known = storeImage(image, folder, undefined, { names });
  const write = 'an image of Redis, Valkey or KeyDB, such as redis:7.4, or use a Backend for this one';
  if (foreign.test(known.repository)) report({ field: 'image', got: known.text, write });
  return redisImage(known);
}

/** The facts about an image, by its name. An image that nobody knows counts as the newest Redis. */
function redisImage({ repository, version }: StoreImage): RedisImage {
  const [, other] = others.find(([pattern]) => pattern.test(repository)) ?? [];
  if (other) return { ...official, ...other };
  return {
    ...official,
    modules: version === undefined || isAtLeast(version, [8]) ? officialModules : [],
    bindsOptionally: version === undefined || isAtLeast(version, [6, 2]),
  };
}
