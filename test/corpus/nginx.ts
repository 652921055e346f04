import { Size, type BackendProps } from 'catamaran';

/** What the official image of nginx needs to run without root: its user, and the folders that it writes to. */
export const nginxProps = {
  user: { uid: 101, gid: 101 },
  scratch: ['/tmp', '/var/cache/nginx', '/var/run'].map((path) => ({
    path,
    size: Size.mebibytes(32),
    medium: 'disk' as const,
  })),
} satisfies Partial<BackendProps>;
