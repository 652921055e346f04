import { number } from './words';

/** A port that clients connect to, or that a program listens on. */
export const anyPort = number('a whole number from 1 to 65535');

/** A number of replicas. */
export const replicaCount = number('a whole number from 1 to 1000');
