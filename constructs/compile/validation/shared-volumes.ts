import type { Application } from '../../components/application';
import { Component } from '../../components/component';
import { SharedVolume } from '../../components/shared-volume';
import type { Issue } from '../../issue';
import { componentPath } from '../../model/path';
import { mountersOf, writersOf } from '../../model/shared-volume';
import type { ApplicationModel, User, Workload } from '../../model/workload';
import { checkAmount, mebibytes, reportTo } from '../../target/report';

/** Finds shared volumes of which nobody has anything, and writers that could not change each other's files. */
export function sharedVolumeIssues(
  model: ApplicationModel,
  application: Application,
  complete: readonly Component[],
): Issue[] {
  // A component that is left out of the model, or its mount, may be the one that uses the volume.
  const isWhole =
    complete.length === application.node.findAll().filter((one) => one instanceof Component).length &&
    !application.issues.some(({ field }) => field.startsWith('sharedVolumes'));
  return complete.flatMap((component) =>
    component instanceof SharedVolume ? issuesOf(component, model, isWhole) : [],
  );
}

function issuesOf({ name, size }: SharedVolume, model: ApplicationModel, isWhole: boolean): Issue[] {
  const issues: Issue[] = [];
  const report = reportTo(issues, componentPath(model.name, name));
  checkAmount(report, 'size', size.bytes / 1024 ** 2, { unit: mebibytes, least: 1, most: 67_108_864 });
  const writers = writersOf(model, name);
  const [mounter] = mountersOf(model, name);
  if (!mounter && isWhole) {
    const write = `sharedVolumes: [{ volume, path: '/srv/${name}' }] in the components that use it`;
    report('sharedVolumes', undefined, write, `no component mounts this volume: write ${write}`);
  } else if (mounter && writers.length === 0 && isWhole) {
    const write = "access: 'read-write' in the component that writes the files";
    const sentence = `no component writes to this volume, so that ${mounter.name} reads an empty folder: write ${write}`;
    report('sharedVolumes', 'read-only', write, sentence);
  }
  return [...issues, ...writerIssues(name, writers, model)];
}

function writerIssues(volume: string, writers: readonly Workload[], model: ApplicationModel): Issue[] {
  const [first, ...others] = writers;
  if (!first) return [];
  return others
    .filter(({ user }) => ids(user) !== ids(first.user))
    .map(({ name, user }) => {
      const write = `the same user for both, or access: 'read-only' in one of them`;
      const sentence =
        `user is ${ids(user)}, but ${first.name} writes to the shared volume ${volume} as ${ids(first.user)}, and ` +
        `neither could change the files of the other: write ${write}`;
      return { path: componentPath(model.name, name), field: 'user', got: ids(user), write, sentence };
    });
}

function ids({ uid, gid }: User): string {
  return `${uid}:${gid}`;
}
