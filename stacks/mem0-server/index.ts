import { defineStack } from 'catamaran';
import { Mem0Server } from './application';
import { environments } from './environments';

export default defineStack(Mem0Server, environments);
