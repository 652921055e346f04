import { defineStack } from 'catamaran';
import { StarterApplication } from './application';
import { environments } from './environments';

export default defineStack(StarterApplication, environments);
