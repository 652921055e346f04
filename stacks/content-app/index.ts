import { defineStack } from 'catamaran';
import { ContentApp } from './application';
import { environments } from './environments';

export default defineStack(ContentApp, environments);
