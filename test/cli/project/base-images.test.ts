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
])('a Dockerfile FROM %s', (_, dockerfile, expected) => {
  expect(baseImages(dockerfile)).toEqual(expected);
});
