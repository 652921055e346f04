import { defineStack } from 'catamaran';
import { EqBackend } from './application';
import { environments } from './environments';

export default defineStack(EqBackend, environments);
