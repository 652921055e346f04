/** What `main` must tell of the whole application, wherever it runs. @param domain the text of the environment */
export function expected(domain: string): unknown {
  return {
    database: ['from the script'],
    reports: 'reporter@reports',
    work_mem: '8MB',
    queue: { kept: true, appendonly: 1, policy: 'noeviction' },
    rooted: { started: 0, runs: 1000, folder: 1000 },
    scribe: { root: 'written', seed: 'from the image', seeds: 'written' },
    reader: { media: 'written by main', write: 'OSError', metrics: 'metrics of main' },
    web: 'carried on port 80',
    bare: 'from scratch',
    files: { beside: 'from the image', added: 'from the stack', mode: '0o755', hello: 'hello' },
    secret: true,
    root: 'OSError',
    build: 'from the build',
    optional: 'the default',
    domain,
  };
}
