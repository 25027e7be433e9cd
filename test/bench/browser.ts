/** Gives the benches the Chromium and the Electron of the end-to-end tests, or null where there is none. */
import type { TestProject } from 'vitest/node';
import { findChromium, findElectron } from '../e2e/browser.ts';

export default function setup(project: TestProject): void {
  project.provide('chromium', findChromium());
  const { electron, missing } = findElectron();
  project.provide('electron', electron);
  project.provide('electronMissing', missing);
}
