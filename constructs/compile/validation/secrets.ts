import { isAbsolute } from 'node:path';
import type { Environment } from '../../environment/environment';
import type { Issue } from '../../issue';
import { subdomainProblem } from '../../model/name';
import type { ApplicationModel } from '../../model/workload';
import type { SecretSource } from '../../environment/secret-source';
import { checkName, checkSeconds, reportTo, type Report } from '../../target/report';

/** The issues of an environment's source of secrets. */
export function secretSourceIssues(
  path: string,
  { secrets: source }: Environment,
  { secrets, randomSecrets, secretDefaults }: ApplicationModel,
): Issue[] {
  const issues: Issue[] = [];
  const report = reportTo(issues, path);
  sourceIssues(source, 'secrets', report);
  const needed = secrets.filter((secret) => !Object.hasOwn(secretDefaults, secret));
  if (source.kind === 'none' && needed.length > 0)
    report('secrets', undefined, `a source, such as envFile(), for the secrets ${needed.join(', ')}`);
  const supplied = needed.filter((secret) => !randomSecrets.includes(secret)).join(', ');
  if (source.kind === 'generated' && source.others.kind === 'none' && supplied !== '')
    report(
      'secrets',
      'generated()',
      'generated({ others: pulumiConfig() }), or another source',
      `secrets is generated(), which makes only random secrets, and not ${supplied}: ` +
        'write generated({ others: pulumiConfig() }), or another source',
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
        report(`${field}.file`, source.file, "the path of a file, relative to the application's folder");
      return;
    case 'existing-secret':
      checkName(report, `${field}.name`, source.name, subdomainProblem);
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
  checkName(report, `${field}.store`, store, subdomainProblem);
  // For External Secrets, 0 means that it never reads the store again.
  checkSeconds(report, `${field}.refresh`, refresh, 1, 2_592_000);
  if (entries.kind === 'one' && entries.key.trim() === '')
    report(
      `${field}.key`,
      entries.key,
      'the name of an entry in the store, or leave key out so that each secret is an entry',
    );
  if (entries.kind === 'each' && /\s/.test(entries.prefix))
    report(`${field}.prefix`, entries.prefix, 'a prefix without spaces, such as shop/');
}
