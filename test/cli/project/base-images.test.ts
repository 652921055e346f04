import { baseImages } from '../../../cli/project/base-images';

test.each<[string, string, string[]]>([
  ['an image', 'FROM python:3.13-slim\nCOPY . .\n', ['python:3.13-slim']],
  ['no tag', 'FROM python\n', ['python:latest']],
  ['a port and no tag', 'FROM registry:5000/python\n', ['registry:5000/python:latest']],
  ['a digest', 'FROM python@sha256:1\n', ['python@sha256:1']],
  ['nothing', 'FROM scratch\n', []],
  [
    'stages',
    'from golang:1.26 as build\nRUN go build\nFROM build AS test\nFROM alpine:3\nCOPY --from=build /a /a\n',
    ['golang:1.26', 'alpine:3'],
  ],
  [
    'a platform of its own',
    'FROM --platform=$BUILDPLATFORM node:22 AS build\nFROM nginx:1.27\n',
    ['nginx:1.27'],
  ],
  ['an argument', 'ARG TAG=3.13\nARG BASE="python:$TAG"\nFROM python:${TAG}-slim\n', ['python:3.13-slim']],
  ['an argument that is given later', 'ARG BASE\nFROM $BASE\nFROM base-$TARGETARCH\n', []],
  ['the same twice', 'FROM a:1 AS one\nFROM a:1\n', ['a:1']],
  ['a stage that nothing needs', 'FROM a:1 AS one\nFROM b:1\n', ['b:1']],
  ['a stage that is copied by number', 'FROM a:1\nFROM b:1\nCOPY --from=0 /a /a\n', ['a:1', 'b:1']],
  ['an image that is copied', 'FROM b:1\nCOPY --from=c:2 /a /a\n', ['b:1', 'c:2']],
  [
    'a mounted stage',
    'FROM a:1 AS one\nFROM b:1\nRUN --mount=from=one,target=/x \\\n true\n',
    ['a:1', 'b:1'],
  ],
  ['a default in its place', 'FROM ${BASE:-a:1}\n', ['a:1']],
])('a Dockerfile FROM %s', (_, dockerfile, expected) => {
  expect(baseImages(dockerfile)).toEqual(expected);
});

const stages = 'ARG BASE=a:1\nFROM $BASE AS one\nFROM c:3 AS Two\nFROM one\n';

test.each<[string, Parameters<typeof baseImages>[1], string[]]>([
  ['the last stage', {}, ['a:1']],
  ['a stage by its name, in any case', { target: 'two' }, ['c:3']],
  ['a stage by its number', { target: '1' }, ['c:3']],
  ['an argument', { args: { BASE: 'd:4' } }, ['d:4']],
])('a build of %s needs its images alone', (_, options, expected) => {
  expect(baseImages(stages, options)).toEqual(expected);
});
