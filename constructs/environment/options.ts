import { copyPlace } from '../code-place';
import { isPlainMapping } from '../model/data';
import { needNames, type NeedName } from '../model/needs';
import type { Feature } from '../model/features';
import { kindOf, optional, type Kind, type Problem, type Shape } from '../shape/kind';
import { listOf, recordOf } from '../shape/lists';
import { checkFields } from '../shape/object';
import { oneOf, quoted, text } from '../shape/words';
import { exceptionsKind } from '../values/exceptions';
import { problemsOf, withProblems, type EnvironmentSpec, type Purpose } from './environment';
import { feature, isFeature } from './features';
import { secretsKind, type SecretSource } from './secret-source';
import { settingsShape, type PlacedSettings, type SettingWords } from './settings';

/** The options that every kind of environment has. */
export interface CommonOptions {
  /**
   * The options to use where the application calls `this.choose(…)`, by the name of the choice.
   * @default the first option of each choice
   * @example { store: 'mongodb' }
   */
  readonly choices?: Readonly<Record<string, string>>;
  /**
   * What the application reads with `this.text(…)` and `this.number(…)`, by name: hosts of routes, public addresses, and
   * other texts and numbers that differ from environment to environment. Secrets have their own place, `secrets`.
   * @default the defaults in the application
   * @example { DOMAIN: 'shop.example.com', WORKERS: 8 }
   */
  readonly texts?: Readonly<Record<string, string | number>>;
  /** Where the values of secrets come from. @default nowhere: an application that needs a secret is an error */
  readonly secrets?: SecretSource;
  /** Whether volumes with data are kept or deleted when the application is removed. @default keep */
  readonly data?: 'keep' | 'delete';
  /**
   * Features of the application that the target refuses, and that this environment can do without. Every other refused
   * feature is an error. A feature is the name of a field of the model: the message of the error says which one.
   * @default none
   * @example ['autoscaling']
   */
  readonly accept?: readonly Feature[];
  /**
   * Needs beyond the hardened defaults that no component may have in this environment. The report of `synth` names the
   * needs of each component. @default none
   * @example ['low-ports']
   */
  readonly forbid?: readonly NeedName[];
  /**
   * Whether each image needs a digest in images.lock.json. With `pinned`, the same commit always runs the same
   * images, and an image without a digest is an error. With `any`, an image without a digest runs by its tag.
   * @default any
   */
  readonly images?: 'any' | 'pinned';
  /**
   * What the environment is for. `catamaran check` does not ask an environment for development for several replicas and
   * pinned images.
   * @default development if its name is dev, development or local, or starts with one of these and `-`; else production
   */
  readonly purpose?: Purpose;
  /**
   * Policies that every component may break in this environment: the policy's name, and the reason. For one
   * component, use the `exceptions` of that component. @default none
   * @example { 'pinned-images': 'the registry is rebuilt every night' }
   */
  readonly exceptions?: Readonly<Record<string, string>>;
  /** The image registry to push the application's own images to. @default none */
  readonly registry?: string;
  /**
   * An image with `sh`, `sleep`, `wget` and `nc`, that runs as any user. It does for components whose own image has no
   * shell what needs one: on Kubernetes, the wait for other components; on Docker, the preparation of their volumes and
   * secrets. @default busybox:1.37
   * @example 'registry.example.com/tools/busybox:1.37'
   */
  readonly toolbox?: string;
  /** Settings for single components, by component name. @default none */
  readonly components?: Readonly<Record<string, PlacedSettings>>;
}

/** The settings of components by name; `checkOptions` checks the settings themselves. */
const componentsKind: Kind<Readonly<Record<string, PlacedSettings>>> = recordOf(
  {
    optional: false,
    check: (got, field, problems) => {
      if (!isPlainMapping(got)) problems.push({ field, got, write: 'its settings, such as { replicas: 2 }' });
    },
  },
  'an object, such as { api: { replicas: 2 } }',
);

/** A text, or a number that is not NaN or infinite. */
const textOrNumber: Kind<string | number> = kindOf((value) =>
  typeof value === 'string' || Number.isFinite(value) ? undefined : 'a text or a number',
);

export const commonShape: Shape<CommonOptions> = {
  choices: optional(
    recordOf(text('one of the options as a text'), "an object, such as { store: 'mongodb' }"),
  ),
  texts: optional(recordOf(textOrNumber, "an object, such as { DOMAIN: 'shop.example.com' }")),
  secrets: optional(secretsKind),
  data: optional(oneOf('keep', 'delete')),
  accept: optional(
    listOf(feature, (value) =>
      typeof value === 'string' ? `[${quoted(value)}]` : "a list, such as ['autoscaling']",
    ),
  ),
  forbid: optional(
    listOf(oneOf(...needNames), (value) =>
      typeof value === 'string' ? `[${quoted(value)}]` : "a list, such as ['low-ports']",
    ),
  ),
  images: optional(oneOf('any', 'pinned')),
  purpose: optional(oneOf('development', 'production')),
  exceptions: optional(exceptionsKind),
  registry: optional(text("a host and a path, such as 'registry.example.com/shop'")),
  toolbox: optional(text("an image, such as 'busybox:1.37'")),
  components: optional(componentsKind),
};

/** The options without what is wrong with them, and what is wrong. */
export interface CheckedOptions<Options> {
  readonly right: Options;
  readonly problems: readonly Problem[];
}

/** Checks the options of an environment, and leaves out what is wrong so that the checks of everything else go on. */
export function checkOptions<Options extends CommonOptions>(
  options: Options,
  shape: Shape<Options>,
  words: SettingWords,
): CheckedOptions<Options> {
  const settings = settingsShape(words);
  const { right, problems } = checkFields(options, shape, `an option of ${words.of}`);
  const given = Object.entries(componentsOf(options)).filter(([, one]) => isPlainMapping(one));
  const checked = given.map(([name, one]) => {
    // An unknown setting is told with those that its component takes.
    const place = { before: `components.${name}.`, keepUnknown: true };
    return [name, checkFields(one, settings, `a setting of ${name}`, place)] as const;
  });
  return {
    right: {
      ...right,
      // What is right of a list stays, so that nothing is refused that is accepted.
      ...(Array.isArray(options.accept) && {
        accept: options.accept.filter(isFeature),
      }),
      components: Object.fromEntries(checked.map(([name, one]) => [name, one.right])),
    },
    problems: [...problems, ...checked.flatMap(([, one]) => one.problems)],
  };
}

function componentsOf({ components }: CommonOptions): Readonly<Record<string, PlacedSettings>> {
  return isPlainMapping(components) ? components : {};
}

/** Fills in the defaults of the options that every kind of environment has. */
export function common(
  options: CommonOptions,
): Omit<EnvironmentSpec, 'target' | 'publishesAt' | 'proxy' | 'manifests'> {
  return {
    choices: options.choices ?? {},
    texts: options.texts ?? {},
    secrets: options.secrets ?? { kind: 'none' },
    data: options.data ?? 'keep',
    accept: options.accept ?? [],
    forbid: options.forbid ?? [],
    images: options.images ?? 'any',
    purpose: options.purpose,
    exceptions: options.exceptions ?? {},
    registry: options.registry,
    toolbox: options.toolbox ?? 'busybox:1.37',
    components: options.components ?? {},
  };
}

/**
 * An environment without what is wrong with it. `docker()` and `kubernetes()` have checked their options already, but a
 * stack can also write `{ ...docker(), data: 'delete' }`.
 */
export function checkedSpec<Spec extends EnvironmentSpec>(spec: Spec): Spec {
  const given = common(spec as CommonOptions);
  const { right, problems } = checkOptions<CommonOptions>(given as CommonOptions, commonShape, {
    of: 'an environment',
    expose: spec.publishesAt === 'host-port' ? 'hostPort' : 'loadBalancer',
    override: 'an override, such as dockerContainer({ … })',
  });
  if (problems.length === 0) return spec;
  const whole = { ...spec, ...common(right) };
  return copyPlace(spec, withProblems(whole, [...problemsOf(spec), ...problems]));
}

/** Whether a value is an environment, as `docker()` and `kubernetes()` make it. */
export function isSpec(value: unknown): value is EnvironmentSpec {
  if (!isPlainMapping(value)) return false;
  const { target, publishesAt, proxy } = value;
  return typeof target === 'string' && typeof publishesAt === 'string' && isPlainMapping(proxy);
}
