import { defineStack } from 'catamaran';
import { Vdt2023 } from './application';
import { environments } from './environments';

export default defineStack(Vdt2023, environments);
