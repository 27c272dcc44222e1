import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openNetworkFile } from '../../../src/formats/open/open-network-file.js';

let folder: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'cnnviz-other-'));
});
afterEach(() => fs.rm(folder, { recursive: true }));

const bytes = (text: string) => Buffer.from(text, 'latin1');

test.each<[string, string, Buffer, RegExp, RegExp]>([
  ['empty', 'network.keras', bytes(''), /it is empty$/, /ended early/],
  [
    'a Git LFS pointer',
    'network.h5',
    bytes('version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 98545\n'),
    /pointer of Git LFS/,
    /git lfs pull/,
  ],
  ['a web page', 'network.h5', bytes('\n<!DOCTYPE html><html><head>'), /web page/, /Download the file itself/],
  ['an XML error', 'network.h5', bytes('<?xml version="1.0"?><Error><Code>AccessDenied'), /XML file/, /Download/],
  ['TensorFlow Lite', 'model.tflite', bytes('\x1c\0\0\0TFL3\x14\0'), /TensorFlow Lite/, /model\.save/],
  ['ONNX', 'model.onnx', bytes('\b\x07\x12\x07pytorch\x1a\x051.8.1'), /network in ONNX/, /model\.save/],
  ['a SavedModel', 'saved_model.pb', bytes('\b\x01\x12\xa4\x01\n\x10*\x05'), /SavedModel/, /model\.save/],
  ['old PyTorch', 'model.pt', bytes('\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.'), /PyTorch/, /in Keras/],
  ['a pickle', 'model.pkl', bytes('\x80\x04\x95\x10\0\0'), /pickle of Python, which is code and is never run/, /Keras/],
  ['safetensors', 'm.safetensors', bytes('\x40\0\0\0\0\0\0\0{"__metadata__'), /weights alone \(safetensors\)/, /Keras/],
  ['an image', 'cat.jpg', bytes('\xff\xd8\xff\xe0\0\x10JFIF'), /an image, not a network/, /--model/],
  ['packed by gzip', 'network.tar.gz', bytes('\x1f\x8b\b\0'), /another kind than zip/, /Unpack it/],
  ['something else', 'notes', bytes('hello'), /no file of a network that is known here/, /Expected a \.keras/],
  [
    'an architecture',
    'm.json',
    bytes('{"class_name":"Sequential","config":{}}'),
    /architecture .* alone/,
    /model\.save/,
  ],
  ['other JSON', 'm.json', bytes('{"a":1}'), /found no modelTopology/, /.*/],
  ['JSON cut short', 'model.json', bytes('{"modelTopology":{"a"'), /not valid JSON$/, /.*/],
])('what is %s is refused in a sentence', async (_, name, content, message, hint) => {
  const path = join(folder, name);
  await fs.writeFile(path, content);
  const error = await openNetworkFile(path).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'BAD_MODEL', message: expect.stringMatching(message) });
  expect((error as { hint?: string }).hint ?? '').toMatch(hint);
  expect((error as Error).message.startsWith(`${path}: `)).toBe(true);
  expect((error as Error).message).not.toContain('\n');
});

test('a folder without a network says what it holds, one with several asks for one', async () => {
  await expect(openNetworkFile(folder)).rejects.toMatchObject({
    message: expect.stringMatching(/folder without a network in it; it holds nothing$/),
  });
  await fs.mkdir(join(folder, 'cats'));
  await fs.writeFile(join(folder, 'notes.txt'), '');
  await expect(openNetworkFile(folder)).rejects.toThrow('it holds cats/, notes.txt');
  for (const name of ['a.h5', 'b.keras']) await fs.writeFile(join(folder, name), 'x');
  await expect(openNetworkFile(folder)).rejects.toMatchObject({
    message: expect.stringMatching(/holds 2 networks: a\.h5, b\.keras$/),
    hint: 'Name one of them.',
  });
  await fs.writeFile(join(folder, 'saved_model.pb'), 'x');
  for (const name of ['a.h5', 'b.keras']) await fs.rm(join(folder, name));
  await expect(openNetworkFile(folder)).rejects.toThrow('it is a SavedModel');
});

test('what is not there is not found', async () => {
  await expect(openNetworkFile(join(folder, 'none.keras'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
