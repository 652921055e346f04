import { shellWord } from '../../constructs/model/program';
import { valueAt } from '../../constructs/target/plain-data';
import type { Files, Update } from '../../constructs/target/update';
import { contentOf, textAt, type WrittenObject } from './written';

/** Who applies the files of an environment: a person with kubectl, Argo CD or Flux. */
export interface Applier {
  readonly title: string;
  /** Whether it deletes objects that are no longer in the files. */
  readonly prunes: boolean;
  /** What to do before something is deleted that is to be made again. */
  before(refused: string): readonly string[];
  /** What makes it again. */
  apply(object: Pick<WrittenObject, 'file'>): readonly string[];
  /** What lets the API server merge a change; nothing for who always does so. */
  applyWhole(): readonly string[];
}

/** @param folder the folder of the files, as a user writes it */
export function applierOf(files: Files, folder: string): Applier {
  const controller = controllerOf(files);
  if (controller === undefined)
    return {
      title: 'kubectl apply',
      prunes: false,
      before: () => [],
      apply: () => [`kubectl apply --filename ${shellWord(folder)}`],
      applyWhole: () => [`kubectl apply --server-side --force-conflicts --filename ${shellWord(folder)}`],
    };
  const { title, prunes, name, namespace } = controller;
  return {
    title,
    prunes,
    before: pushed(title),
    applyWhole: () => [],
    apply: ({ file }) =>
      title === 'Argo CD'
        ? [`argocd app sync ${name} --app-namespace ${namespace}`]
        : [`flux reconcile kustomization ${name}-${file} --namespace ${namespace} --with-source`],
  };
}

/** The object that tells a GitOps controller to apply the files of an environment. */
interface Controller {
  readonly title: 'Argo CD' | 'Flux';
  /** Its kind, as kubectl reads it. */
  readonly resource: string;
  readonly name: string;
  readonly namespace: string;
  readonly prunes: boolean;
  /** The names of the objects that it makes of the same kind, which it would leave behind with the patch. */
  readonly parts: readonly string[];
  /** A patch of it, after which its deletion does not delete the objects that it has applied. */
  readonly letGo: string;
}

function controllerOf(files: Files): Controller | undefined {
  const [argo, flux] = [files['argocd/application.yaml'], files['flux/application.yaml']];
  if (argo !== undefined)
    return {
      title: 'Argo CD',
      resource: 'application.argoproj.io',
      ...controllerObject(argo, 'spec.syncPolicy.automated.prune'),
      parts: [],
      letGo: '{"metadata":{"finalizers":null}}',
    };
  if (flux === undefined) return undefined;
  const whole = controllerObject(flux, 'spec.prune');
  return {
    title: 'Flux',
    resource: 'kustomization.kustomize.toolkit.fluxcd.io',
    ...whole,
    parts: Object.keys(files).flatMap((path) => {
      const [, stage] = /^flux\/stages\/(.+)\.yaml$/.exec(path) ?? [];
      return stage === undefined ? [] : [`${whole.name}-${stage}`];
    }),
    letGo: '{"spec":{"prune":false,"suspend":true}}',
  };
}

/** What to say about the object of a GitOps controller that is no longer in the files: a person has to delete it. */
export function formerController(before: Files, after: Files): Update[] {
  const [old, now] = [controllerOf(before), controllerOf(after)];
  if (!old || (now && objectName(now) === objectName(old))) return [];
  const { title, resource, name, namespace, prunes, parts, letGo } = old;
  const isGone = Object.keys(after).length === 0;
  const rest = !prunes
    ? ''
    : isGone
      ? ' Its deletion deletes what it has applied.'
      : ' Its deletion would delete what it has applied.';
  return [
    {
      object: `${resource} ${name}`,
      effect: 'stays-behind',
      reason: `It is no longer in the files, and ${title} does not delete it.${rest}`,
      steps: [name, ...(isGone ? [] : parts)].flatMap((one) => [
        ...(prunes && !isGone
          ? [`${kubectl(namespace)} patch ${resource} ${one} --type merge --patch '${letGo}'`]
          : []),
        `${kubectl(namespace)} delete ${resource} ${one}`,
      ]),
    },
  ];
}

// Before it knows the new files, the controller would make the old object again.
function pushed(title: string): Applier['before'] {
  return (refused) => [
    `# Push the commit, and wait until ${title} reports that the cluster refuses ${refused}.`,
  ];
}

function objectName({ resource, namespace, name }: Controller): string {
  return [resource, namespace, name].join(' ');
}

function controllerObject(text: string, prune: string): Pick<Controller, 'name' | 'namespace' | 'prunes'> {
  const content = contentOf(text);
  return {
    name: textAt(content, 'metadata.name'),
    namespace: textAt(content, 'metadata.namespace'),
    prunes: valueAt(content, prune) === true,
  };
}

/** The start of a kubectl command for objects of a namespace; without a namespace, for objects of the cluster. */
export function kubectl(namespace: string): string {
  return namespace === '' ? 'kubectl' : `kubectl --namespace ${namespace}`;
}
