import { removeLeftOver } from './left-over';
import { REPORT, table } from './report';
import { leaveEngine } from './run-lock';

/** Prints the table of every scenario of the run, and removes what failed scenarios have left. */
export default function tearDown(): void {
  process.stdout.write(`\n${table()}\nwhat Terraform and cdktf said: ${REPORT}\n`);
  const left = removeLeftOver();
  leaveEngine();
  if (left.length > 0) throw new Error(`this could not be removed from the engine: ${left.join(', ')}`);
}
