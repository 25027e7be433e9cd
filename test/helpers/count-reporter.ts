/** Closes a test run with one plain line of counts, and names what was skipped; why stands in its title or its note. */
import type { Reporter, TestModule } from 'vitest/node';

export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    let passed = 0;
    let failed = 0;
    const skipped: string[] = [];
    for (const module of modules) {
      if (module.state() === 'failed' && [...module.children.allTests()].length === 0) failed += 1;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') passed += 1;
        else if (result.state === 'skipped')
          skipped.push(result.note === undefined ? test.fullName : `${test.fullName}: ${result.note}`);
        else failed += 1;
      }
    }
    for (const reason of skipped) console.log(`skipped: ${reason}`);
    console.log(`${passed} passed, ${failed} failed, ${skipped.length} skipped`);
  }
}
