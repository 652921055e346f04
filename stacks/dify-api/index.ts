import { defineStack } from 'catamaran';
import { DifyApi } from './application';
import { environments } from './environments';

export default defineStack(DifyApi, environments);
