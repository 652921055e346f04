import { isAbsolute } from 'node:path';
import type { Environment } from '../../environment/environment';
import type { Issue } from '../../issue';
import { isSubdomain, subdomainHint } from '../../model/name';
import type { ApplicationModel } from '../../model/workload';
import type { SecretSource } from '../../environment/secret-source';
import { within, type Report } from '../../target/report';

/** What is wrong with the source of an environment's secrets. */
export function secretSourceIssues(
  path: string,
  { secrets: source }: Environment,
  { secrets, randomSecrets }: ApplicationModel,
): Issue[] {
  const issues: Issue[] = [];
  const report: Report = (field, got, write) => issues.push({ path, field, got, write });
  sourceIssues(source, 'secrets', report);
  if (source.kind === 'none' && secrets.length > 0)
    report(
      'secrets',
      undefined,
      `a source of secrets, such as envFile(), that provides ${secrets.join(', ')}`,
    );
  const supplied = secrets.filter((secret) => !randomSecrets.includes(secret)).join(', ');
  if (source.kind === 'generated' && source.others.kind === 'none' && supplied !== '')
    report(
      'secrets',
      'generated()',
      `generated({ others: pulumiConfig() }), or another source for what nobody can make up: ${supplied}`,
    );
  return issues;
}

function sourceIssues(source: SecretSource, field: string, report: Report): void {
  switch (source.kind) {
    case 'none':
    case 'pulumi-config':
      return;
    case 'env-file':
    case 'sealed-secrets':
    case 'sops':
      if (source.file === '' || source.file.endsWith('/') || isAbsolute(source.file))
        report(`${field}.file`, source.file, "a file, relative to the application's folder");
      return;
    case 'existing-secret':
      if (!isSubdomain(source.name)) report(`${field}.name`, source.name, subdomainHint);
      return;
    case 'generated':
      sourceIssues(source.others, `${field}.others`, report);
      return;
    case 'external-secrets':
      externalIssues(source, field, report);
  }
}

function externalIssues(
  { store, refresh, entries }: SecretSource & { readonly kind: 'external-secrets' },
  field: string,
  report: Report,
): void {
  if (!isSubdomain(store)) report(`${field}.store`, store, subdomainHint);
  // The operator takes 0 for never.
  within(report, `${field}.refresh`, refresh.milliseconds / 1000, 1, 2_592_000, 'seconds');
  if (entries.kind === 'one' && entries.key.trim() === '')
    report(`${field}.key`, entries.key, 'the name of the entry in the store, or no key for an entry each');
  if (entries.kind === 'each' && /\s/.test(entries.prefix))
    report(`${field}.prefix`, entries.prefix, 'what comes before each name, without blanks, such as shop/');
}
