import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './requirements';
import { attempt, run } from './run';

/**
 * Has this machine refuse what is meant for networks of an engine that it has no address in, with the commands that the
 * README gives its readers. Docker 20.10 sends requests there while a container stops: without the rules they leave by
 * the default route, and a stranger may answer.
 */
export async function closeRanges(): Promise<void> {
  // A run that was killed has left them.
  await openRanges();
  for (const command of commands()) await run('ip', command);
}

/** In each range, an address that only the default route leads to, as this machine has no network of its own there. */
export async function addressesOfStrangers(): Promise<string[]> {
  const second = Array.from({ length: 16 }, (_, index) => `172.${31 - index}.255.254`);
  const third = Array.from({ length: 16 }, (_, index) => `192.168.${255 - 16 * index}.254`);
  const found: string[] = [];
  for (const candidates of [second, third]) {
    const address = await firstAsync(candidates, onlyByDefault);
    if (address !== undefined) found.push(address);
  }
  return found;
}

async function firstAsync(
  candidates: readonly string[],
  fits: (candidate: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (const candidate of candidates) if (await fits(candidate)) return candidate;
  return undefined;
}

async function onlyByDefault(address: string): Promise<boolean> {
  const routes = (await run('ip', ['route', 'show', 'to', 'match', address])).trim().split('\n');
  return routes.every((route) => route === '' || route.startsWith('default '));
}

/** Takes back what {@link closeRanges} did, as far as it is there. */
export async function openRanges(): Promise<void> {
  for (const [rule = '', , ...what] of commands()) await attempt('ip', [rule, 'delete', ...what]);
}

function commands(): string[][] {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  const [, block = ''] = /```sh host\n([\s\S]*?)```/.exec(readme) ?? [];
  const lines = block.trim().split('\n');
  return lines.map((line) => {
    const [program, ...args] = line.split(' ');
    if (program !== 'ip' || args[0] !== 'rule' || args[1] !== 'add')
      throw new Error(`README.md: its commands for a host are ip rule add …, not ${line}`);
    return args;
  });
}
