import { appendFileSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run';

/** A disk of this machine that has only so much room, for a volume whose size nothing else limits. */
export class SmallDisk {
  readonly folder = mkdtempSync(join(tmpdir(), 'catamaran-disk-'));

  /** @param owner the user and the group that its root belongs to */
  async mount(mebibytes: number, owner: number): Promise<void> {
    const options = `size=${mebibytes}m,uid=${owner},gid=${owner},mode=0770`;
    await run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', this.folder]);
  }

  /** Takes all of its room but some. */
  async fill(leaving: number): Promise<void> {
    const free = Number(await run('stat', ['--file-system', '--format', '%f', this.folder]));
    const block = Number(await run('stat', ['--file-system', '--format', '%S', this.folder]));
    appendFileSync(this.ballast, Buffer.alloc(Math.max(0, free * block - leaving)));
  }

  /** Gives back what was taken. */
  empty(): void {
    rmSync(this.ballast);
  }

  async unmount(): Promise<void> {
    await run('umount', ['--lazy', this.folder]);
    rmdirSync(this.folder);
  }

  private get ballast(): string {
    return join(this.folder, 'ballast');
  }
}
