import type { Commands } from '../../docker/apply/commands';

/** What is said of a container that is healthy. */
export const healthyState = { Status: 'running', ExitCode: 0, Health: { Status: 'healthy', Log: null } };

/** An engine on which every container is healthy, and was given its names. */
export const healthy: Commands = {
  run: () => Promise.resolve(JSON.stringify({ State: healthyState, NetworkSettings: { Networks: {} } })),
  runForLog: () => Promise.resolve(''),
  pause: () => Promise.resolve(),
};
