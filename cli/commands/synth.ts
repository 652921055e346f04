import { join, relative, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Application } from '../../constructs/components/application';
import { withPlace } from '../../constructs/compile/places';
import { conflicts, type Claimant } from '../../constructs/pipeline/conflicts';
import { planApplication, writtenFiles, type Planned } from '../../constructs/pipeline/plan';
import { isProgram } from '../../constructs/model/storage';
import type { Target } from '../../constructs/target/target';
import { distinct, formatIssue, type Issue } from '../../constructs/issue';
import { outOption } from '../../constructs/target/heading';
import { noOthers, othersThan, reportUnseen, type Others } from '../project/others';
import { forEachApplication, select, type Selected } from '../project/select';
import { unusedPins, type Pins, type UsedImage } from '../../constructs/compile/pins';
import { defineCommand } from '../command';
import { application, environment } from '../command-words';
import { readPins } from '../project/lock';
import { lineIn } from '../project/place';
import { noteLines, type PlanNotes } from '../notes';
import { previousFiles } from '../project/committed';
import { apply, changesOf, environmentFolder, formerLists, type Changes } from '../project/output';
import { projectName } from '../project/package';
import { green, yellow } from '../style';
import { updateLines, updatesOf } from '../updates';
import { withSlashes } from '../project/files';

const defaultFolder = 'dist';

/** The folder that is written into. */
interface Out {
  readonly path: string;
  /** The value of --out in the heading of each file; undefined for the default folder. */
  readonly option: string | undefined;
}

/** The results of one application. They do not contain its plan: all plans of a large project would fill the memory. */
interface Synthesized {
  readonly claimant: Claimant;
  readonly folder: string;
  readonly files: readonly [string, string][];
  /** Whether a file is a program, for each file whose content says otherwise. */
  readonly modes: readonly [string, boolean][];
  readonly images: readonly UsedImage[];
  readonly notes: PlanNotes;
  /** One line of the report. */
  readonly line: string;
}

/**
 * Writes the files of applications in their environments. Without arguments, these are all applications in all environments.
 * @throws IssuesError with all mistakes in all stacks; then nothing is written
 */
export const synth = defineCommand({
  name: 'synth',
  summary: 'Write the compose files and manifests of applications',
  arguments: { application },
  options: {
    environment,
    out: {
      short: 'o',
      value: 'folder',
      summary: 'write into <folder>/<application>/<environment>',
      default: defaultFolder,
    },
    check: { summary: 'write nothing, and fail if synth would change files in the folder' },
  },
  examples: [
    'catamaran synth',
    'catamaran synth shop --environment dev',
    'catamaran synth --check',
    'catamaran synth --out ../gitops',
  ],
  writes: ({ check }) => !check,
  run({ application, environment, out, check }, { project, targets }) {
    // Read before the stacks are loaded: if package.json is invalid, this error is clearer than that of Node.js.
    const output = { folder: resolve(project, out), project: projectName(project) };
    const place = outOf(project, output.folder);
    const selected = select(project, { application, environment });
    const pins = readPins(project);
    const everything = application === undefined && environment === undefined;
    const others = everything ? noOthers : othersThan(selected.applications, project, targets);
    const done = synthesizeAll(selected, others, targets, place, pins);
    const files = new Map(done.flatMap((one) => one.files));
    const scope = everything ? undefined : done.map(({ folder }) => folder);
    const changes = changesOf(output, files, scope);
    const updates = updatesOf({ before: previousFiles(output, files), after: files, scope, out }, targets);
    const former = everything ? formerLists(output, files) : [];
    const differing = [...changes.written.keys(), ...changes.removed].map((name) => join(out, name));
    if (!check) apply(output, changes, new Map(done.flatMap(({ modes }) => modes)));
    // One call, because each call of console.log writes to the terminal.
    console.log([...done.map(({ line }) => line), ...noteLines(done.map(({ notes }) => notes))].join('\n'));
    warn(selected);
    if (everything) reportUnused(pins, done, check);
    reportUnseen(others);
    for (const folder of goneFolders(changes, files))
      console.log(`No stack has ${join(out, folder)} any more`);
    for (const list of former) console.error(yellow(formatIssue(formerList(out, list))));
    if (updates.length > 0) console.error(updateLines(updates).join('\n'));
    if (!check) {
      console.log(`${differing.length} of ${changes.compared} files changed in ${out}`);
    } else if (differing.length > 0) {
      console.error(
        `${differing.join('\n')}\nThese files in ${out} differ from the stacks: run catamaran synth${outOption(place.option)}`,
      );
      process.exitCode = 1;
    } else {
      console.log(green(`${out} is up to date`));
    }
  },
});

function outOf(project: string, path: string): Out {
  const isDefault = path === resolve(project, defaultFolder);
  // Relative, so that the heading is the same on every machine.
  return { path, option: isDefault ? undefined : withSlashes(relative(project, path)) };
}

/** Prints the warnings of applications. */
function warn({ applications, project }: Selected): void {
  const print = lineIn(project);
  const warnings = applications.flatMap((one) => one.warnings.map(withPlace(one)));
  for (const issue of distinct(warnings, print)) console.error(yellow(print(issue)));
}

/** The folders of environments of which all files are removed. */
function goneFolders({ removed }: Changes, files: ReadonlyMap<string, string>): string[] {
  const now = new Set([...files.keys()].map(environmentFolder));
  return [...new Set(removed.map(environmentFolder))].filter((folder) => !now.has(folder));
}

function formerList(out: string, { list, only }: ReturnType<typeof formerLists>[number]): Issue {
  const path = join(out, list);
  const files =
    only.length === 0
      ? ''
      : `, and the files that only it names: ${only.map((name) => join(out, name)).join(', ')}`;
  const write = `if this project had that name before, remove the list${files}`;
  const got = 'this list of another project names files that this project writes';
  return { path, field: 'files', got, write, sentence: `${got}: ${write}` };
}

// An unused pin has no effect on what runs. So it is a notice, and an error only for --check.
function reportUnused(pins: Pins, done: readonly Synthesized[], check: boolean): void {
  const used = done.flatMap(({ images }) => images);
  const issues = unusedPins(pins, used);
  for (const issue of issues) console.error(yellow(formatIssue(issue)));
  if (check && issues.length > 0) process.exitCode = 1;
}

function synthesizeAll(
  selected: Selected,
  others: Others,
  targets: readonly Target[],
  out: Out,
  pins: Pins,
): readonly Synthesized[] {
  return forEachApplication(
    selected,
    (application) => synthesize(application, targets, out, pins),
    (done) =>
      conflicts(
        done.map(({ claimant }) => claimant),
        others.claimants,
      ).map(withPlace(...selected.applications)),
  );
}

function synthesize(application: Application, targets: readonly Target[], out: Out, pins: Pins): Synthesized {
  const start = performance.now();
  const planned = planApplication(application, targets, pins);
  const { target, environment, model, plan, images, notes } = planned;
  const folder = `${application.name}/${environment.name}`;
  const sources = withSlashes(relative(join(out.path, folder), resolve(application.folder)));
  const files = Object.entries(writtenFiles(planned, sources, out.option)).map(
    ([name, content]): [string, string] => [`${folder}/${name}`, content],
  );
  return {
    claimant: { target, environment, model },
    folder,
    files,
    modes: modesOf(files, new Set(target.programs(plan).map((name) => `${folder}/${name}`))),
    images,
    notes: { application: application.name, environmentName: environment.name, notes },
    line: report(planned, performance.now() - start),
  };
}

function modesOf(files: Synthesized['files'], programs: ReadonlySet<string>): [string, boolean][] {
  return files.flatMap(([name, content]): [string, boolean][] =>
    programs.has(name) === isProgram(content) ? [] : [[name, programs.has(name)]],
  );
}

function report({ application, target, plan }: Planned, milliseconds: number): string {
  const { name, environment } = application;
  const { count, unit } = target.contents.size(plan);
  const title = `${name.padEnd(16)} ${environment.name.padEnd(12)} ${target.name.padEnd(11)}`;
  return `${green(title)}${String(count).padStart(4)} ${unit.padEnd(10)} ${milliseconds.toFixed(1).padStart(6)} ms`;
}
