import type { Stack } from 'catamaran';
import chatbotLogs from '../../stacks/chatbot-logs';
import contentApp from '../../stacks/content-app';
import difyApi from '../../stacks/dify-api';
import eqBackend from '../../stacks/eq-backend';
import helloWorldRestApi from '../../stacks/hello-world-rest-api';
import mem0Server from '../../stacks/mem0-server';
import streamlitApp from '../../stacks/streamlit-app';
import vdt2023 from '../../stacks/vdt2023';

/** Every stack of the repository, by its folder. */
export const stacks: Readonly<Record<string, Stack>> = {
  'chatbot-logs': chatbotLogs,
  'content-app': contentApp,
  'hello-world-rest-api': helloWorldRestApi,
  'mem0-server': mem0Server,
  'dify-api': difyApi,
  'eq-backend': eqBackend,
  'streamlit-app': streamlitApp,
  vdt2023,
};

/** A stack in one of its environments. */
export interface Deployment {
  readonly name: string;
  readonly stack: Stack;
  readonly environment: string;
}

/** Every stack in each of its environments. */
export const deployments: readonly Deployment[] = Object.entries(stacks).flatMap(([name, stack]) =>
  Object.keys(stack.environments).map((environment) => ({ name, stack, environment })),
);
