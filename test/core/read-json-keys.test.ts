import { expect, it } from 'vitest';
import { parseStrictly } from '../../core/read-json.ts';

it.each(['__proto__', 'constructor', 'prototype'])('the key %s is refused, however deep', (key) => {
  expect(() => parseStrictly(`{"a":[{"${key}":{"admin":true}}]}`)).toThrow(`key ${key}`);
});
