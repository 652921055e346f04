import * as pulumi from '@pulumi/pulumi';
import { contentHash, keyedHash } from '../../constructs/target/hash';
import type { Container } from '../container';
import type { Label } from './engine';
import { fillVolume, type Filled, type UploadedFile } from './fill';
import { foldersOf, type PlannedFile } from './folders';

interface FilledContext {
  readonly project: string;
  /** The label of this deployment. */
  readonly mark: Label;
  /** Returns the value of a secret. */
  readonly secret: (name: string) => pulumi.Output<string>;
  /** The key for hashes of secrets. */
  readonly key: pulumi.Output<string>;
  readonly options: pulumi.CustomResourceOptions;
}

/** Creates the volumes with the files and secrets of a container. */
export function filledFolders(
  container: Container,
  { project, mark, secret, key, options }: FilledContext,
): Filled[] {
  const plainHash = (content: unknown) => pulumi.output(contentHash(content));
  const secretHash = (content: unknown) => key.apply((text) => keyedHash(text, content));
  return foldersOf(container).map((folder) => {
    const hasSecrets = folder.files.some(({ kind }) => kind === 'secret');
    const files = folder.files.map((file) => withContent(file, secret));
    const hash = hasSecrets ? secretHash : plainHash;
    const { image, toolbox } = container;
    const needsProgram = toolbox !== '';
    return fillVolume({ ...folder, files }, { project, mark, image, needsProgram, hash, options });
  });
}

function withContent(file: PlannedFile, secret: FilledContext['secret']): UploadedFile {
  const { file: path, mode, hasOwnMode } = file;
  const content = file.kind === 'text' ? file.text : secret(file.secret);
  return { file: path, content, mode, hasOwnMode };
}
