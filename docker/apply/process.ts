import type { ContainerArgs } from '@pulumi/docker';
import type { Container } from '../container';

/** How the program of a container is started and stopped. */
export function processOptions({
  workingDirectory,
  terminal,
  stdin,
  init,
  stopSignal,
  platform,
}: Container): Partial<ContainerArgs> {
  return {
    ...(workingDirectory !== '' && { workingDir: workingDirectory }),
    ...(terminal === 'tty' && { tty: true }),
    ...(stdin === 'open' && { stdinOpen: true }),
    ...(init === 'reaper' && { init: true }),
    ...(stopSignal !== 'image' && { stopSignal }),
    ...(platform !== 'any' && { platform }),
  };
}
