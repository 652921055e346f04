import { number } from './words';

/** A port that clients connect to. */
export const anyPort = number('a whole number from 1 to 65535');

/** A port that a program without root listens on. */
export const containerPort = number('a whole number from 1024 to 65535');

/** A number of replicas. */
export const replicaCount = number('a whole number from 1 to 1000');
