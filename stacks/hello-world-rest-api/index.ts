import { defineStack } from 'catamaran';
import { HelloWorldRestApi } from './application';
import { environments } from './environments';

export default defineStack(HelloWorldRestApi, environments);
