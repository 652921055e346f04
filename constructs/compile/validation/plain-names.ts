import { posix } from 'node:path';
import type { Component } from '../../components/component';
import type { PlainText } from '../../components/plain-text';
import type { Issue } from '../../issue';
import { componentPath } from '../../model/path';
import type { Workload } from '../../model/workload';
import { reportTo, type Report } from '../../target/report';
import { wordOf, type AddressPart } from '../../values/reference';
import type { LoweredComponent } from '../lowered';
import { formInText, hostForm, type HostForm } from './host-names';

/**
 * Reports plain text that names another component as a host. It opens no connection, so the program could not connect.
 * A variable must use a reference. A command or a file may name a component that the program may connect to anyway.
 */
export function plainNameIssues(application: string, lowered: readonly LoweredComponent[]): Issue[] {
  const issues: Issue[] = [];
  for (const { component, own } of lowered) {
    const report = reportTo(issues, componentPath(application, component.name));
    const main = own.find(({ name }) => name === component.name);
    for (const other of lowered) {
      if (other.component.name === component.name) continue;
      const mayConnect = main !== undefined && isOpen(main, other.component.name);
      outsideIssues(component, other.component, report);
      for (const plain of component.plainTexts) variableIssue(plain, other, mayConnect, report);
      if (main && !mayConnect) textIssues(main, other.component, report);
    }
  }
  return issues;
}

// A service outside the application with the name of a component would be the component itself.
function outsideIssues({ outside }: Component, { name, parts }: Component, report: Report): void {
  const hosts = outside.flatMap((one) => (one.kind === 'external' ? [one.host] : []));
  if (!hosts.some((host) => host.toLowerCase() === name.toLowerCase())) return;
  const part = fitting('url', parts);
  const reference = part === undefined ? '' : `, or use ${wordOf(name)}.${part}`;
  report('host', name, `a host outside the application, because ${name} is a component${reference}`);
}

function isOpen({ connections }: Workload, name: string): boolean {
  return connections.some((connection) => {
    if (connection.kind === 'internet') return false;
    return connection.kind === 'workload' ? connection.workload === name : connection.name === name;
  });
}

function variableIssue(
  { field, text, isLiteral }: PlainText,
  other: LoweredComponent,
  mayConnect: boolean,
  report: Report,
): void {
  const { name } = other.component;
  const form = isLiteral ? formInText(text, name) : hostForm(text, name);
  if (form === undefined || (isLiteral && mayConnect)) return;
  const write = insteadOf(form, text.trim().toLowerCase() === name.toLowerCase(), other);
  const sentence = `${field} names the component ${name} in plain text, which opens no connection: write ${write}`;
  report(field, name, write, sentence);
}

/** The references to write, and how to say that a word is no host. */
function insteadOf(form: HostForm, isWhole: boolean, { component, own }: LoweredComponent): string {
  const { name, parts } = component;
  const word = wordOf(name);
  const part = fitting(form, parts);
  const hasPort = own.some((workload) => workload.name === name && workload.ports.length > 0);
  const link = hasPort ? [`connectsTo: [${word}] and a text\`…\` without references`] : [];
  const references =
    part === undefined
      ? link
      : [`${word}.${part}`, ...(isWhole ? [] : [`text\`…\${${word}.${fitting('word', parts) ?? part}}…\``])];
  const literal = isWhole
    ? `text\`${name}\` if this is no host`
    : `the whole value as text\`…\` if this is no host`;
  return [...references, ...(form === 'word' ? [literal] : [])].join(', or ') || 'no name of this component';
}

const partsByForm: Readonly<Record<HostForm, AddressPart>> = {
  word: 'host',
  url: 'url',
  address: 'endpoint',
};

function fitting(form: HostForm, parts: readonly AddressPart[]): AddressPart | undefined {
  return parts.find((part) => part === partsByForm[form]) ?? parts[0];
}

function textIssues(workload: Workload, { name, parts }: Component, report: Report): void {
  const word = wordOf(name);
  for (const { field, text, canRefer } of textsOf(workload)) {
    const form = formInText(text, name);
    const part = form && fitting(form, parts);
    if (form === undefined) continue;
    const reference = canRefer && part !== undefined ? [`text\`…\${${word}.${part}}…\``] : [];
    const write = [...reference, `connectsTo: [${word}]`].join(', or ');
    report(
      field,
      name,
      write,
      `${field} names the component ${name}, to which this component may not connect: write ${write}`,
    );
  }
}

interface NamingText {
  readonly field: string;
  readonly text: string;
  /** Whether the text can contain references. */
  readonly canRefer: boolean;
}

function textsOf({
  entrypoint,
  arguments: args,
  readiness,
  liveness,
  run,
  gate,
  files,
}: Workload): NamingText[] {
  const words = (field: string, texts: readonly string[]) =>
    texts.filter((text) => typeof text === 'string').map((text) => ({ field, text, canRefer: false }));
  const checks = Object.entries({ health: readiness, liveness }).flatMap(([field, health]) =>
    health.kind === 'probe' && health.check.kind === 'command'
      ? words(`${field}.command`, health.check.command)
      : [],
  );
  const contents = files.flatMap(({ path, files: byName }) =>
    Object.entries(byName).map(([name, text]) => ({
      field: `files ${posix.join(path, name)}`,
      text,
      canRefer: true,
    })),
  );
  const migrated =
    run === 'once' && gate.kind === 'check' && gate.check.kind === 'command' ? gate.check.command : [];
  return [
    ...words('command', entrypoint),
    ...words('args', args),
    ...words('check', migrated),
    ...checks,
    ...contents,
  ];
}
