/** Gives the benches the Chromium of the end-to-end tests, or null where there is none. */
import type { TestProject } from 'vitest/node';
import { findChromium } from '../e2e/browser.ts';

export default function setup(project: TestProject): void {
  project.provide('chromium', findChromium());
}
